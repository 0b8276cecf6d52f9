// The evidence explorer: records by id, unit, signer, or the code on a printed sheet.
#include <algorithm>

#include "app/server/state.h"
#include "app/ui/desk_pages.h"
#include "core/verify/manifest.h"

namespace scrutineer {
namespace {

constexpr std::size_t kHits = 50;
constexpr std::size_t kQueryBytes = 512;

using Hit = ui::ExplorerPage::Hit;

Hit hit_of(const Collector::View& view, RecordIndex index) {
  const RecordState record = view.fold.book().records()[index];
  Hit hit;
  hit.record_id = to_hex(record.id);
  hit.type = record_type_name(record.type);
  hit.position = record.first;
  hit.in_effect = record.effect != kNever;
  if (record.target && record.target->units.end == record.target->units.first + 1) {
    const Unit& unit = view.election.tree().units()[record.target->units.first];
    hit.unit_id = unit.id.value();
    hit.unit_name = unit.name;
    hit.page = unit.row;
    if (record.type == RecordType::count_sheet && record.target->contest) {
      const Cell& cell = view.fold.tally().cell(*record.target->contest, record.target->units.first);
      if (cell.state == CellState::counted && cell.versions[cell.current].record == index)
        hit.proof_path = proof_path(unit.row, *record.target->contest);
    }
  }
  for (const RecordSigner signer : record.signers) {
    if (signer.key == kStranger) continue;
    const VerifierKey& key = view.fold.book().keys()[signer.key].key;
    hit.signers.push_back({key.name, "", to_hex({reinterpret_cast<const char*>(key.id.data()), key.id.size()}),
                           signer.state == SignerState::authorised || signer.state == SignerState::adopted});
  }
  return hit;
}

// The id in "SCRUTINEER/1 ..." of a printed sheet: its last word (docs/formats/qr.md).
std::string needle_of(std::string query) {
  if (!query.starts_with("SCRUTINEER/")) return query;
  while (!query.empty() && query.back() == ' ') query.pop_back();
  std::size_t space = query.rfind(' ');
  std::string last = space == query.npos ? query : query.substr(space + 1);
  std::transform(last.begin(), last.end(), last.begin(), [](unsigned char c) { return std::tolower(c); });
  return last;
}

bool signed_by(const Collector::View& view, const RecordState& record, std::string_view name) {
  for (const RecordSigner signer : record.signers)
    if (signer.key != kStranger && view.fold.book().keys()[signer.key].key.name == name) return true;
  return false;
}

void find(const Collector::View& view, std::uint64_t published, const std::string& needle, ui::ExplorerPage& page) {
  const RecordBook& book = view.fold.book();
  auto add = [&](RecordIndex index) {
    if (book.records()[index].first >= published) return;  // not public yet
    if (page.hits.size() < kHits)
      page.hits.push_back(hit_of(view, index));
    else
      ++page.more;
  };
  if (auto hash = hash_from_hex(needle)) {
    if (auto index = book.find(RecordId{*hash})) add(*index);
    return;
  }
  auto unit = view.election.tree().find_unit(UnitId(needle));
  const bool prefix = needle.size() >= 16 && needle.find_first_not_of("0123456789abcdef") == needle.npos;
  for (RecordIndex index = 0; index < book.records().size(); ++index) {
    const RecordState record = book.records()[index];
    bool same_unit = unit && record.target && record.target->units == UnitRange{*unit, *unit + 1};
    if (same_unit || (prefix && to_hex(record.id).starts_with(needle)) ||
        (!unit && !prefix && signed_by(view, record, needle)))
      add(index);
  }
}

}  // namespace

http::Answer answer_explore(ElectionServer::State& server, const http::Request& request) {
  ui::DeskFrame frame;
  frame.lang = language_of(request);
  frame.path = "/explore";
  frame.centre = server.options.name;
  frame.simulated = server.election->definition().simulated;
  frame.election =
      frame.lang == ui::Lang::ko ? server.election->definition().title.ko : server.election->definition().title.en;
  ui::ExplorerPage out;
  out.query = request.parameter("q").substr(0, kQueryBytes);
  if (!is_utf8(out.query)) out.query.clear();
  std::string needle = needle_of(out.query);
  if (!needle.empty()) {
    const std::uint64_t published = server.published_size;
    server.collector->read([&](const Collector::View& view) { find(view, published, needle, out); });
    if (out.hits.size() == 1) {
      auto note = server.log->reader().entry(out.hits[0].position);
      if (note) out.hits[0].note = std::move(*note);
    }
  }
  http::Answer answer;
  answer.body = ui::render_explorer(frame, server.desk->site(frame.lang), out);
  return http::restricted(std::move(answer));
}

}  // namespace scrutineer
