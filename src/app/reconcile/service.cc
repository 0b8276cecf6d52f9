#include "app/reconcile/service.h"

#include <algorithm>

#include "core/codec/gzip.h"

namespace scrutineer {
namespace {

bool looks_like_xml(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != text.npos && text[first] == '<';
}

class Models {
 public:
  Models(const Election& election, ui::Lang lang) : election_(election), lang_(lang) {}

  std::string contest(ContestIndex index) const {
    const Bilingual& title = election_.contests()[index].definition.title;
    return lang_ == ui::Lang::ko ? title.ko : title.en;
  }

  ui::ReconcilePlace place(Place place) const {
    const UnitTree& tree = election_.tree();
    ui::NodeNumber number = place.is_area ? place.index : tree.units()[place.index].row;
    return {{number, place_name(tree, place)}, !place.is_area, place_id(tree, place)};
  }

  ui::ReconcileItem item(ContestIndex contest, std::size_t column) const {
    constexpr ui::Figure kWords[kFigures] = {ui::Figure::electors, ui::Figure::issued,  ui::Figure::cast,
                                             ui::Figure::valid,    ui::Figure::invalid, ui::Figure::blank};
    if (column < kFigures) return {kWords[column], {}};
    const Option& option = election_.contests()[contest].options[column - kFigures];
    std::string name = option.name;
    if (!option.party.empty() && option.party != option.name) name = option.party + " " + option.name;
    return {ui::Figure::votes, std::move(name)};
  }

 private:
  const Election& election_;
  ui::Lang lang_;
};

ui::ReconcileKind kind(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::unit: return ui::ReconcileKind::unit;
    case DifferenceKind::area_stated: return ui::ReconcileKind::area_stated;
    case DifferenceKind::area_sum: return ui::ReconcileKind::area_sum;
    case DifferenceKind::concurrent: return ui::ReconcileKind::concurrent;
  }
  __builtin_unreachable();
}

std::vector<ui::ReconcileRemark> remarks(const Problems& problems) {
  std::vector<ui::ReconcileRemark> out;
  for (const Problem& problem : problems.listed()) out.push_back({problem.where, problem.message});
  return out;
}

}  // namespace

std::optional<OtherTally> read_other(const Election& election, std::optional<ContestIndex> contest, BytesView bytes,
                                     const std::string& file, std::size_t limit, Problems& problems) {
  auto refuse = [&](const Error& error) -> std::optional<OtherTally> {
    problems.add(error.where.empty() ? file : error.where, error.message);
    return std::nullopt;
  };
  Bytes unpacked;
  if (is_gzip(bytes)) {
    auto out = gunzip(bytes, limit);
    if (!out) return refuse(out.error());
    unpacked = std::move(*out);
    bytes = unpacked;
  }
  if (bytes.size() > limit) return refuse({ErrorCode::limit_exceeded, "the file is too large", file});
  if (!looks_like_xml(bytes)) return read_other_csv(election, contest, bytes, file, problems);
  auto count = eml::read_510(bytes, file);
  if (!count) return refuse(count.error());
  return other_from_eml(election, contest, *count, file);
}

ui::ReconcileModel to_model(const Reconciliation& result, const Election& election, ui::Lang lang, std::size_t rows) {
  Models models(election, lang);
  ui::ReconcileModel model;
  model.with = result.with;
  for (const Matching& a : result.agreements)
    model.agreements.push_back({models.contest(a.contest), a.units, a.agreeing, a.areas, a.areas_agreeing});
  model.differences_in_all = static_cast<std::int64_t>(result.differences.size());
  for (std::size_t i = 0; i < std::min(rows, result.differences.size()); ++i) {
    const Difference& d = result.differences[i];
    model.differences.push_back({kind(d.kind), models.place(d.place), models.contest(d.contest),
                                 models.item(d.contest, d.column), d.ours, d.theirs,
                                 d.other_contest ? models.contest(*d.other_contest) : std::string()});
  }
  model.missing_in_all = static_cast<std::int64_t>(result.missing.size());
  for (std::size_t i = 0; i < std::min(rows, result.missing.size()); ++i) {
    const Missing& m = result.missing[i];
    model.missing.push_back({m.side == Side::ours, models.place(m.place), models.contest(m.contest), m.units});
  }
  for (const NotCompared& n : result.not_compared)
    model.not_compared.push_back({models.contest(n.contest), models.item(n.contest, n.column), n.side == Side::ours});
  model.unknown = remarks(result.unknown);
  model.remarks = remarks(result.remarks);
  return model;
}

Reconciliation reconcile_concurrent(const Tally& tally) {
  Reconciliation result;
  result.differences = concurrent_differences(tally);
  return result;
}

}  // namespace scrutineer
