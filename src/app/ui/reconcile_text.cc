#include <algorithm>

#include "app/ui/messages.h"
#include "app/ui/number.h"
#include "app/ui/reconcile_messages.h"
#include "app/ui/reconcile_words.h"
#include "app/ui/words.h"
#include "core/base/check.h"

namespace scrutineer::ui {
namespace {

std::string number(std::int64_t value) {
  std::string out;
  append_grouped(out, value);
  return out;
}

// A sentence as plain text: nothing is escaped.
template <int N>
std::string say(const Message<N>& message, Lang lang, const std::array<std::string, N>& arguments) {
  std::string_view rest = message.in(lang);
  std::string out;
  for (std::size_t open = rest.find('{'); open != rest.npos; open = rest.find('{')) {
    out.append(rest.substr(0, open)).append(arguments[static_cast<std::size_t>(rest[open + 1] - '0')]);
    rest.remove_prefix(open + 3);
  }
  return out.append(rest);
}

std::string item_text(const ReconcileItem& item, Lang lang) {
  if (item.figure != Figure::votes) return std::string(word(item.figure).in(lang));
  return say<1>(msg::rec_votes_of, lang, {item.option});
}

std::string place_text(const ReconcilePlace& place, Lang lang) {
  if (!place.is_unit && place.node.number == 0) return std::string(msg::rec_whole.in(lang));
  return place.is_unit ? place.node.name + " [" + place.id + "]" : place.id;
}

std::string count_text(const Count& count, Lang lang) {
  return count ? number(*count) : std::string(msg::not_stated.in(lang));
}

std::string line(const ReconcileDifference& d, Lang lang) {
  std::string out = "  " + place_text(d.place, lang) + " · " + d.contest +
                    (d.other_contest.empty() ? "" : " / " + d.other_contest) + " · " + item_text(d.item, lang) + ": " +
                    std::string(msg::rec_ours.in(lang)) + " " + count_text(d.ours, lang) + ", " +
                    std::string(msg::rec_theirs.in(lang)) + " " + count_text(d.theirs, lang);
  if (auto difference = subtract(d.theirs, d.ours))
    out += " (" + std::string(*difference > 0 ? "+" : "") + number(*difference) + ")";
  return out + "  — " + std::string(word(d.kind).in(lang)) + "\n";
}

std::string heading(const Msg& message, Lang lang) {
  return "\n" + std::string(message.in(lang)) + "\n";
}

void more(std::string& out, std::int64_t all, std::size_t shown, Lang lang) {
  std::int64_t rest = all - static_cast<std::int64_t>(shown);
  if (rest > 0) out += "  " + say<1>(msg::rec_more, lang, {number(rest)}) + "\n";
}

void add_summary(std::string& out, const ReconcileModel& model, Lang lang) {
  out += reconciliation_title(model, lang) + "\n";
  for (const ReconcileAgreement& a : model.agreements) {
    out += "  " + a.contest + ": " + say<2>(msg::rec_units_agree, lang, {number(a.agreeing), number(a.units)});
    if (a.areas > 0) out += " " + say<2>(msg::rec_areas_agree, lang, {number(a.areas_agreeing), number(a.areas)});
    out += "\n";
  }
  if (model.differences_in_all == 0 && model.missing_in_all == 0)
    out += "  " + std::string((compared_nothing(model) ? msg::rec_nothing : msg::rec_same).in(lang)) + "\n";
  else
    out += "  " + say<1>(msg::rec_differences_n, lang, {number(model.differences_in_all)}) + " · " +
           say<1>(msg::rec_missing_n, lang, {number(model.missing_in_all)}) + "\n";
}

void add_remarks(std::string& out, const Msg& title, const std::vector<ReconcileRemark>& remarks, std::size_t rows,
                 Lang lang) {
  if (remarks.empty()) return;
  out += heading(title, lang);
  for (std::size_t i = 0; i < std::min(rows, remarks.size()); ++i)
    out += "  " + remarks[i].where + ": " + remarks[i].message + "\n";
  more(out, static_cast<std::int64_t>(remarks.size()), std::min(rows, remarks.size()), lang);
}

}  // namespace

const Msg& word(ReconcileKind kind) {
  switch (kind) {
    case ReconcileKind::unit: return msg::rec_kind_unit;
    case ReconcileKind::area_stated: return msg::rec_kind_area_stated;
    case ReconcileKind::area_sum: return msg::rec_kind_area_sum;
    case ReconcileKind::concurrent: return msg::rec_kind_concurrent;
  }
  panic("a difference without a word");
}

std::string reconciliation_title(const ReconcileModel& model, Lang lang) {
  if (model.with.empty()) return std::string(msg::rec_concurrent_heading.in(lang));
  return say<1>(msg::rec_title, lang, {model.with});
}

bool compared_nothing(const ReconcileModel& model) {
  return !model.with.empty() && std::all_of(model.agreements.begin(), model.agreements.end(),
                                            [](const ReconcileAgreement& a) { return a.units == 0 && a.areas == 0; });
}

std::string reconciliation_text(const ReconcileModel& model, Lang lang, std::size_t rows) {
  std::string out;
  add_summary(out, model, lang);
  if (!model.differences.empty()) {
    out += heading(msg::rec_differences, lang);
    std::size_t shown = std::min(rows, model.differences.size());
    for (std::size_t i = 0; i < shown; ++i) out += line(model.differences[i], lang);
    more(out, model.differences_in_all, shown, lang);
  }
  if (!model.missing.empty()) {
    out += heading(msg::rec_missing, lang);
    std::size_t shown = std::min(rows, model.missing.size());
    for (std::size_t i = 0; i < shown; ++i) {
      const ReconcileMissing& m = model.missing[i];
      out += "  " + place_text(m.place, lang);
      if (m.units > 1) out += " (" + say<1>(msg::rec_units_n, lang, {number(m.units)}) + ")";
      out += " · " + m.contest + ": " +
             std::string((m.here ? msg::rec_missing_here : msg::rec_missing_there).in(lang)) + "\n";
    }
    more(out, model.missing_in_all, shown, lang);
  }
  if (!model.not_compared.empty()) {
    out += heading(msg::rec_not_compared, lang);
    for (const ReconcileNotCompared& n : model.not_compared)
      out += "  " + item_text(n.item, lang) + " · " + n.contest + ": " +
             std::string((n.here ? msg::rec_not_here : msg::rec_not_there).in(lang)) + "\n";
  }
  add_remarks(out, msg::rec_unknown, model.unknown, rows, lang);
  add_remarks(out, msg::rec_remarks, model.remarks, rows, lang);
  return out;
}

}  // namespace scrutineer::ui
