// The evidence explorer: records by id, unit, signer, or the code on a printed sheet.
#include <algorithm>
#include <set>

#include "app/server/state.h"
#include "app/ui/desk_pages.h"
#include "core/verify/manifest.h"

namespace scrutineer {
namespace {

constexpr std::size_t kHits = 50;
constexpr std::size_t kQueryBytes = 512;

using Hit = ui::ExplorerPage::Hit;

Hit hit_of(const Collector::View& view, std::uint64_t published, RecordIndex index) {
  const RecordState record = view.fold.book().records()[index];
  Hit hit;
  hit.record_id = to_hex(record.id);
  hit.type = record_type_name(record.type);
  hit.position = record.first;
  hit.in_effect = record.effect < published;
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
    if (signer.key == kStranger || signer.position >= published) continue;
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

// What is looked for, once and for all records.
class Search {
 public:
  Search(const Collector::View& view, std::uint64_t published, std::string needle)
      : published_(published), needle_(std::move(needle)), unit_(view.election.tree().find_unit(UnitId(needle_))) {
    prefix_ = !unit_ && needle_.size() >= 16 && needle_.find_first_not_of("0123456789abcdef") == needle_.npos;
    const KeyTable& keys = view.fold.book().keys();
    for (KeyIndex key = 0; !unit_ && !prefix_ && key < keys.size(); ++key)
      if (keys[key].key.name == needle_) keys_.insert(key);
  }

  // Looks at the records [begin, end). False: there are no more.
  bool look(const Collector::View& view, RecordIndex begin, RecordIndex end, ui::ExplorerPage& page) const {
    const auto& records = view.fold.book().records();
    if (!unit_ && !prefix_ && keys_.empty()) return false;
    for (RecordIndex index = begin; index < std::min<std::size_t>(end, records.size()); ++index)
      if (wanted(records, index)) add(view, index, page);
    return end < records.size();
  }
  void add(const Collector::View& view, RecordIndex index, ui::ExplorerPage& page) const {
    if (view.fold.book().records()[index].first >= published_) return;  // not public yet
    if (page.hits.size() < kHits)
      page.hits.push_back(hit_of(view, published_, index));
    else
      ++page.more;
  }

 private:
  bool wanted(const RecordStates& records, RecordIndex index) const {
    if (prefix_) return to_hex(records.id(index)).starts_with(needle_);
    const RecordState record = records[index];
    if (unit_) return record.target && record.target->units == UnitRange{*unit_, *unit_ + 1};
    return std::any_of(record.signers.begin(), record.signers.end(),
                       [&](const RecordSigner& signer) { return keys_.contains(signer.key); });
  }

  std::uint64_t published_;
  std::string needle_;
  std::optional<UnitIndex> unit_;
  bool prefix_ = false;
  std::set<KeyIndex> keys_;
};

// In slices: whoever hands in a sheet waits for one of them at most.
void find(const ElectionServer::State& server, const std::string& needle, ui::ExplorerPage& page) {
  constexpr RecordIndex kSlice = 20'000;
  const std::uint64_t published = server.published_size;
  std::optional<Search> search;
  bool more = true;
  for (RecordIndex begin = 0; more; begin += kSlice)
    server.collector->read([&](const Collector::View& view) {
      if (!search) search.emplace(view, published, needle);
      if (auto hash = hash_from_hex(needle)) {
        if (auto index = view.fold.book().find(RecordId{*hash})) search->add(view, *index, page);
        more = false;
      } else {
        more = search->look(view, begin, begin + kSlice, page);
      }
    });
}

}  // namespace

http::Answer answer_explore(ElectionServer::State& server, const http::Request& request) {
  if (request.method != "GET" && request.method != "HEAD") return http::refusal(405, request.path);
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
    auto turn = server.searching.enter();
    if (!turn) return come_again(request.path);
    find(server, needle, out);
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
