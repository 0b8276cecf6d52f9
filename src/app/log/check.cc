#include "app/log/check.h"

#include <algorithm>
#include <map>

#include "app/log/column_check.h"
#include "app/log/entries.h"
#include "app/log/id_runs.h"
#include "app/log/published.h"
#include "app/log/reader_state.h"
#include "core/record/record.h"

namespace scrutineer {
namespace {

constexpr std::uint64_t kProgressEvery = 65'536;

// The whole check, as numbered passes over an opened store.
class Checker {
 public:
  Checker(Disk& disk, const std::string& path, const std::function<void(std::uint64_t, std::uint64_t)>& progress)
      : disk_(disk), layout_{path}, progress_(progress) {}

  Result<LogCheck> run() {
    SCRUTINEER_TRY(key_, read_store(disk_, layout_));
    SCRUTINEER_CHECKED(head());
    SCRUTINEER_CHECKED(checkpoint());
    SCRUTINEER_CHECKED(published());
    SCRUTINEER_CHECKED(entries());
    return std::move(out_);
  }

 private:
  Status head();
  Status entries();
  Status checkpoint();
  Status published();
  Result<std::optional<IdRuns>> load_ids();
  Status check_ids(IdRuns& runs, std::uint64_t index, const Frame& frame);
  Status check_id(IdRuns& runs, const Hash256& id, IdKind kind, std::uint64_t index);
  void expect(const SignedCheckpoint& said, const std::string& what);
  void compare_roots(const Frontier& frontier);
  void problem(std::string text) { add_problem(out_, std::move(text)); }

  Disk& disk_;
  Layout layout_;
  const std::function<void(std::uint64_t, std::uint64_t)>& progress_;
  VerifierKey key_;
  LogCheck out_;
  Head head_;
  struct Expected {
    NodeHash root;
    std::string what;
  };
  std::multimap<std::uint64_t, Expected> expected_;  // by size: roots that somebody signed
};

Status Checker::head() {
  SCRUTINEER_TRY(SlotFile file, SlotFile::open(disk_, layout_.head(), OpenMode::read));
  SCRUTINEER_TRY(auto value, file.read());
  auto head = value ? decode_head(value->payload) : std::nullopt;
  if (!head) return fail(ErrorCode::corrupt, "the head makes no sense", layout_.head());
  head_ = *head;
  out_.size = head_.size;
  return {};
}

void Checker::expect(const SignedCheckpoint& said, const std::string& what) {
  if (said.checkpoint.size > head_.size)
    problem(what + ": covers " + std::to_string(said.checkpoint.size) + " entries, more than the head");
  else
    expected_.emplace(said.checkpoint.size, Expected{said.checkpoint.root, what});
}

void Checker::compare_roots(const Frontier& frontier) {
  auto [begin, end] = expected_.equal_range(frontier.size());
  for (auto one = begin; one != end; ++one)
    if (one->second.root != frontier.root()) problem(one->second.what + ": has another root than the entries");
}

Status Checker::checkpoint() {
  auto said = read_checkpoint_file(disk_, layout_, key_);
  if (!said && said.error().code == ErrorCode::io_error) return tl::unexpected(said.error());
  if (!said)
    problem("checkpoint: " + to_string(said.error()));
  else if (!*said)
    problem("checkpoint: there is none; open the log for writing once");
  else
    expect(**said, "checkpoint");
  return {};
}

Status Checker::published() {
  PublishedReader reader(disk_, layout_);
  auto sizes = reader.sizes();
  if (!sizes && sizes.error().code == ErrorCode::io_error) return tl::unexpected(sizes.error());
  if (!sizes) {
    problem("published: " + to_string(sizes.error()));
    return {};
  }
  for (std::uint64_t size : *sizes) {
    SCRUTINEER_TRY(auto note, reader.first_covering(size - 1));
    std::string what = "published checkpoint of " + std::to_string(size);
    auto said = verify_checkpoint(note.value_or(Bytes{}), key_);
    if (said)
      expect(*said, what);
    else
      problem(what + ": " + to_string(said.error()));
  }
  return {};
}

Result<std::optional<IdRuns>> Checker::load_ids() {
  SCRUTINEER_TRY(SlotFile list, SlotFile::open(disk_, layout_.ids_list(), OpenMode::read));
  auto runs = load_runs(disk_, layout_, list);
  if (runs) return std::move(*runs);
  if (runs.error().code != ErrorCode::corrupt) return tl::unexpected(runs.error());
  problem("ids: " + to_string(runs.error()));
  return std::nullopt;
}

Status Checker::check_id(IdRuns& runs, const Hash256& id, IdKind kind, std::uint64_t index) {
  std::vector<std::uint64_t> values;
  Status found = runs.find(id_row(id, kind, 0).key, values);
  if (!found && found.error().code != ErrorCode::corrupt) return found;
  if (!found) {
    problem("ids: " + to_string(found.error()));
  } else if (std::find(values.begin(), values.end(), id_row(id, kind, index).value) == values.end()) {
    problem("ids: entry " + std::to_string(index) + " is missing");
  }
  return {};
}

Status Checker::check_ids(IdRuns& runs, std::uint64_t index, const Frame& frame) {
  if (index >= runs.covered()) return {};
  SCRUTINEER_CHECKED(check_id(runs, frame.leaf.hash, IdKind::entry, index));
  if (frame.kind != FrameKind::record) return {};
  std::string_view text = frame.payload.substr(0, frame.payload.rfind("\n\n") + 1);
  return check_id(runs, record_id(text).hash, IdKind::record, index);
}

Status Checker::entries() {
  SCRUTINEER_TRY(auto file, disk_.open(layout_.entries(), OpenMode::read));
  SCRUTINEER_TRY(ColumnReader columns, ColumnReader::open(disk_, layout_));
  SCRUTINEER_TRY(auto ids, load_ids());
  ColumnCheck check(columns, out_);
  auto walked =
      walk_frames(*file, 0, 0, head_.bytes, [&](std::uint64_t index, const Frame& frame, std::uint64_t end) -> Status {
        if (progress_ && index % kProgressEvery == 0) progress_(index, head_.size);
        if (ids) SCRUTINEER_CHECKED(check_ids(*ids, index, frame));
        SCRUTINEER_CHECKED(check.add(frame.leaf, end));
        compare_roots(check.frontier());
        return {};
      });
  if (!walked && walked.error().code != ErrorCode::corrupt) return walked;
  if (!walked) problem("entries: " + to_string(walked.error()));
  SCRUTINEER_CHECKED(check.finish());
  if (walked && (check.frontier().size() != head_.size || check.frontier().root() != head_.root))
    problem("head: the entries do not re-hash to its root");
  if (progress_) progress_(check.frontier().size(), head_.size);
  return {};
}

}  // namespace

Result<LogCheck> check_log(Disk& disk, const std::string& path,
                           const std::function<void(std::uint64_t done, std::uint64_t total)>& progress) {
  return Checker(disk, path, progress).run();
}

}  // namespace scrutineer
