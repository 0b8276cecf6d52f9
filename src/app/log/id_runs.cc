#include "app/log/id_runs.h"

#include <algorithm>

namespace scrutineer {
namespace {

constexpr std::size_t kInfoBytes = 40;
static_assert(kMaxRuns * kInfoBytes <= kSlotPayload);

// The rows of one run in order, read 64 pages at a time.
class RunCursor {
 public:
  explicit RunCursor(const IdRun& run) : run_(run) {}
  Status start() { return load(); }
  bool done() const { return page_ == pages_.size(); }
  const IdRow& row() const { return pages_[page_].rows[row_]; }
  Status next() {
    if (++row_ < pages_[page_].used) return {};
    row_ = 0;
    return ++page_ < pages_.size() ? Status{} : load();
  }

 private:
  Status load() {
    std::uint64_t count = std::min<std::uint64_t>(64, run_.pages() - at_);
    pages_.resize(static_cast<std::size_t>(count));
    page_ = 0;
    SCRUTINEER_CHECKED(run_.read(at_, pages_));
    at_ += count;
    return {};
  }
  const IdRun& run_;
  std::vector<IdPage> pages_;
  std::uint64_t at_ = 0;
  std::size_t page_ = 0;
  std::uint32_t row_ = 0;
};

Status merge_rows(std::vector<RunCursor>& cursors, IdRunWriter& writer) {
  for (RunCursor& cursor : cursors) SCRUTINEER_CHECKED(cursor.start());
  for (;;) {
    RunCursor* least = nullptr;  // few runs: looking at each is as fast as a heap
    for (RunCursor& cursor : cursors)
      if (!cursor.done() && (least == nullptr || cursor.row() < least->row())) least = &cursor;
    if (least == nullptr) return {};
    SCRUTINEER_CHECKED(writer.add(least->row()));
    SCRUTINEER_CHECKED(least->next());
  }
}

}  // namespace

Status IdRuns::find(std::uint64_t key, std::vector<std::uint64_t>& values) const {
  for (const IdRunPtr& run : runs) SCRUTINEER_CHECKED(run->find(key, values));
  return {};
}

Bytes encode(const std::vector<IdRunInfo>& runs) {
  Bytes out;
  for (const IdRunInfo& run : runs)
    for (std::uint64_t field : {run.number, run.rows, run.begin, run.end, run.checksum}) append_be64(out, field);
  return out;
}

std::optional<std::vector<IdRunInfo>> decode_runs(BytesView payload) {
  if (payload.size() % kInfoBytes != 0) return std::nullopt;
  std::vector<IdRunInfo> runs;
  std::uint64_t covered = 0;
  for (; !payload.empty(); payload.remove_prefix(kInfoBytes)) {
    const char* p = payload.data();
    runs.push_back({read_be64(p), read_be64(p + 8), read_be64(p + 16), read_be64(p + 24), read_be64(p + 32)});
    if (runs.back().begin != covered || runs.back().end <= covered || runs.back().rows > 2 * kStoreEntries)
      return std::nullopt;
    covered = runs.back().end;
  }
  return runs;
}

Result<IdRuns> load_runs(Disk& disk, const Layout& layout, const SlotFile& list) {
  SCRUTINEER_TRY(auto value, list.read());
  IdRuns out;
  if (!value) return out;
  auto infos = decode_runs(value->payload);
  if (!infos) return fail(ErrorCode::corrupt, "the list of runs makes no sense", layout.ids_list());
  for (const IdRunInfo& info : *infos) {
    auto run = IdRun::open(disk, layout.ids_run(info.number), info);
    if (!run && run.error().code == ErrorCode::not_found)
      return fail(ErrorCode::corrupt, "a run is missing", run.error().where);
    if (!run) return tl::unexpected(run.error());
    out.runs.push_back(std::move(*run));
  }
  return out;
}

Result<IdRunPtr> merge_runs(Disk& disk, const Layout& layout, std::span<const IdRunPtr> runs, std::uint64_t number) {
  std::string path = layout.ids_run(number);
  SCRUTINEER_TRY(IdRunWriter writer, IdRunWriter::create(disk, path));
  std::vector<RunCursor> cursors;
  for (const IdRunPtr& run : runs) cursors.emplace_back(*run);
  SCRUTINEER_CHECKED(merge_rows(cursors, writer));
  IdRunInfo info{number, 0, runs.front()->info().begin, runs.back()->info().end, 0};
  SCRUTINEER_TRY(info, writer.finish(info));
  return IdRun::open(disk, path, info);
}

}  // namespace scrutineer
