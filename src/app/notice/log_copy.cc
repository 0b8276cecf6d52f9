#include "app/notice/log_copy.h"

#include <algorithm>
#include <chrono>

#include "app/notice/wire.h"
#include "core/base/limits.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::size_t kExaminedBytes = 64;
constexpr std::size_t kSmallestEntry =
    64;  // no signed note is smaller: each costs memory, and there may be 4 GiB of them
// Whoever gives entries slower holds up those who are asked after it.
constexpr std::chrono::seconds kPatience{20};
constexpr std::uint64_t kSlowestBytesPerSecond = 64u << 10;

Result<Bytes> get(http::Client& client, const std::string& path, std::size_t limit) {
  SCRUTINEER_TRY(http::ClientAnswer answer, client.get(path, limit));
  if (answer.status != 200)
    return fail(ErrorCode::io_error, "it answered with status " + std::to_string(answer.status), path);
  return std::move(answer.body);
}

}  // namespace

Result<std::unique_ptr<LogCopy>> LogCopy::open(Disk& disk, const std::string& directory, const VerifierKey& log) {
  SCRUTINEER_CHECKED(disk.make_directories(directory));
  const std::string name = directory + "/log", text = to_string(log) + "\n";
  SCRUTINEER_TRY(bool there, disk.exists(name));
  if (!there) SCRUTINEER_CHECKED(write_file(disk, name, text, Durability::durable));
  SCRUTINEER_TRY(Bytes whose, read_file(disk, name, limits::kTrustFileBytes));
  if (whose != text) return fail(ErrorCode::conflict, "this is a copy of another log", directory);
  SCRUTINEER_TRY(WitnessedList list, WitnessedList::open(disk, directory + "/checkpoints", log));
  std::unique_ptr<LogCopy> copy(new LogCopy(disk, directory, log, std::move(list)));
  SCRUTINEER_TRY(copy->file_, disk.open(directory + "/entries", OpenMode::create));
  SCRUTINEER_CHECKED(copy->read_entries());
  if (auto examined = read_file(disk, directory + "/examined", kExaminedBytes))
    copy->examined_ = std::min<std::uint64_t>(parse_decimal(*examined).value_or(0), copy->ends_.size());
  if (auto forks = disk.list(directory + "/forks")) copy->forks_ = forks->size();
  return copy;
}

// What lies beyond the largest checkpoint was not checked against any: it is fetched again.
Status LogCopy::read_entries() {
  SCRUTINEER_TRY(Bytes bytes, read_file(disk_, directory_ + "/entries", kCopyBytes));
  const std::uint64_t end = list_.largest();
  std::size_t at = 0;
  while (ends_.size() < end && bytes.size() - at >= 2) {
    const std::size_t size = read_be16(bytes.data() + at);
    if (bytes.size() - at - 2 < size) break;
    frontier_.append(leaf_hash(BytesView(bytes).substr(at + 2, size)));
    at += 2 + size;
    ends_.push_back(at);
  }
  if (ends_.size() < end || (end > 0 && frontier_.root() != list_.root_at(end)))
    return fail(ErrorCode::corrupt, "this copy of a log is damaged: move it away, it is fetched again", directory_);
  if (at < bytes.size()) SCRUTINEER_CHECKED(file_->truncate(at));
  return {};
}

std::uint64_t LogCopy::size() const {
  std::lock_guard lock(mutex_);
  return list_.largest();
}
std::size_t LogCopy::forks() const {
  std::lock_guard lock(mutex_);
  return forks_;
}
std::vector<Bytes> LogCopy::checkpoints() const {
  std::lock_guard lock(mutex_);
  return list_.notes_from(0);
}
std::int64_t LogCopy::seen_until(const std::vector<VerifierKey>& witnesses, std::size_t quorum) const {
  std::lock_guard lock(mutex_);
  return list_.seen_until(list_.largest(), witnesses, quorum);
}
std::uint64_t LogCopy::examined() const {
  std::lock_guard lock(mutex_);
  return examined_;
}
void LogCopy::set_examined(std::uint64_t entries) {
  std::lock_guard lock(mutex_);
  if (examined_ == entries) return;
  examined_ = entries;
  (void)write_file(disk_, directory_ + "/examined", std::to_string(entries), Durability::cached);
}

Result<Bytes> LogCopy::entry(std::uint64_t index) const {
  std::shared_ptr<File> file;
  std::uint64_t begin = 0, end = 0;
  {
    std::lock_guard lock(mutex_);
    if (index >= list_.largest()) return fail(ErrorCode::not_found, "the copy has no such entry", log_.name);
    begin = (index == 0 ? 0 : ends_[index - 1]) + 2;
    end = ends_[index];
    file = file_;
  }
  Bytes bytes(static_cast<std::size_t>(end - begin), '\0');
  SCRUTINEER_TRY(std::size_t got, file->read_at(begin, bytes.data(), bytes.size()));
  if (got != bytes.size()) return fail(ErrorCode::corrupt, "the copy was cut short", directory_);
  return bytes;
}

Result<Bytes> LogCopy::entries_framed() const {
  std::uint64_t end = 0;
  {
    std::lock_guard lock(mutex_);
    end = list_.largest() == 0 ? 0 : ends_[list_.largest() - 1];
  }
  Bytes bytes(static_cast<std::size_t>(end), '\0');
  SCRUTINEER_TRY(std::size_t got, file_->read_at(0, bytes.data(), bytes.size()));
  if (got != bytes.size()) return fail(ErrorCode::corrupt, "the copy was cut short", directory_);
  return bytes;
}

Error LogCopy::keep_fork(const SignedCheckpoint& served, std::string sentence) {
  Bytes both;
  append_framed(both, to_bytes(served.note));
  std::lock_guard lock(mutex_);
  for (const Bytes& note : list_.notes_from(std::min(served.checkpoint.size, list_.largest()), 1)) {
    append_framed(both, note);
    break;
  }
  const std::string path = directory_ + "/forks/" + to_hex(sha256(served.note.text));
  auto there = disk_.exists(path);
  if (forks_ < kForksKept && there && !*there && disk_.make_directories(directory_ + "/forks") &&
      write_file(disk_, path, both, Durability::durable))
    ++forks_;
  return Error{ErrorCode::conflict, std::move(sentence), log_.name};
}

Result<LogCopy::Updated> LogCopy::update(http::Client& client, const std::vector<VerifierKey>& witnesses) {
  std::lock_guard one(updating_);
  Updated updated;
  updated.had = updated.size = size();
  SCRUTINEER_TRY(Bytes body, get(client, std::string(kCheckpointsPath) + "?from=" + std::to_string(updated.had),
                                 kCheckpointsBytes));
  std::vector<SignedCheckpoint> checkpoints;
  for (BytesView note : framed_notes(body)) {
    SCRUTINEER_TRY(SignedCheckpoint checkpoint, verify_checkpoint(note, log_));
    checkpoints.push_back(std::move(checkpoint));
  }
  if (checkpoints.empty()) return fail(ErrorCode::malformed, "it shows no checkpoint of its log", log_.name);
  std::stable_sort(checkpoints.begin(), checkpoints.end(),
                   [](const auto& a, const auto& b) { return a.checkpoint.size < b.checkpoint.size; });
  for (const SignedCheckpoint& checkpoint : checkpoints) {
    if (checkpoint.checkpoint.size > updated.had) break;
    std::unique_lock lock(mutex_);
    auto root = list_.root_at(checkpoint.checkpoint.size);
    if (checkpoint.checkpoint.size == 0) root = empty_root();
    lock.unlock();
    if (root && *root != checkpoint.checkpoint.root)
      return tl::unexpected(keep_fork(checkpoint, "the log has forked: it shows two roots at one size"));
    if (checkpoint.checkpoint.size < updated.had && checkpoints.back().checkpoint.size < updated.had)
      return tl::unexpected(keep_fork(checkpoint, "the log is smaller than it was: it was put back from an old copy"));
    if (checkpoint.checkpoint.size < updated.had || checkpoint.checkpoint.size == 0) continue;
    lock.lock();
    SCRUTINEER_TRY(bool news, list_.add(checkpoint, witnesses, false));
    (void)news;
  }
  std::erase_if(checkpoints, [&](const SignedCheckpoint& old) { return old.checkpoint.size <= updated.had; });
  if (!checkpoints.empty()) {
    Status fetched = fetch_entries(client, checkpoints, witnesses);
    if (Status cut = cut_to(size()); !cut) return tl::unexpected(cut.error());
    if (!fetched) return tl::unexpected(fetched.error());
  }
  updated.size = size();
  return updated;
}

Status LogCopy::take_page(BytesView page, std::uint64_t end) {
  Bytes taken;
  const std::uint64_t start = ends_.empty() ? 0 : ends_.back();
  while (ends_.size() < end && page.size() >= 2) {
    const std::size_t size = read_be16(page.data());
    if (size < kSmallestEntry) return fail(ErrorCode::malformed, "an entry that is no record", log_.name);
    if (page.size() - 2 < size) break;
    taken.append(page.substr(0, 2 + size));
    frontier_.append(leaf_hash(page.substr(2, size)));
    page.remove_prefix(2 + size);
    std::lock_guard lock(mutex_);
    ends_.push_back(start + taken.size());
  }
  if (taken.empty()) return fail(ErrorCode::malformed, "it gives fewer entries than its checkpoint covers", log_.name);
  if (start + taken.size() > kCopyBytes) return fail(ErrorCode::limit_exceeded, "the log is too large to be copied");
  return file_->write_at(start, taken);
}

// Up to each checkpoint in turn; what a checkpoint covers and does not give its root is not kept.
Status LogCopy::fetch_entries(http::Client& client, const std::vector<SignedCheckpoint>& checkpoints,
                              const std::vector<VerifierKey>& witnesses) {
  const auto begun = std::chrono::steady_clock::now();
  std::uint64_t bytes = 0;
  for (const SignedCheckpoint& checkpoint : checkpoints) {
    const std::uint64_t end = checkpoint.checkpoint.size;
    while (ends_.size() < end) {
      SCRUTINEER_TRY(Bytes page, get(client,
                                     std::string(kEntriesPath) + "?from=" + std::to_string(ends_.size()) +
                                         "&to=" + std::to_string(end),
                                     kEntriesBytes + (256u << 10)));
      SCRUTINEER_CHECKED(take_page(page, end));
      bytes += page.size();
      if (std::chrono::steady_clock::now() - begun > kPatience + std::chrono::seconds(bytes / kSlowestBytesPerSecond))
        return fail(ErrorCode::io_error, "it gives its entries too slowly", log_.name);
    }
    if (frontier_.root() != checkpoint.checkpoint.root)
      return tl::unexpected(keep_fork(checkpoint, "the entries that it gives are not those of its checkpoint"));
    SCRUTINEER_CHECKED(file_->sync());
    std::lock_guard lock(mutex_);
    SCRUTINEER_TRY(bool news, list_.add(checkpoint, witnesses, false));
    (void)news;
  }
  return {};
}

Status LogCopy::cut_to(std::uint64_t size) {
  if (ends_.size() == size) return {};
  std::lock_guard lock(mutex_);
  ends_.resize(static_cast<std::size_t>(size));
  SCRUTINEER_CHECKED(file_->truncate(ends_.empty() ? 0 : ends_.back()));
  frontier_ = Frontier();
  Bytes bytes;
  SCRUTINEER_TRY(bytes, read_file(disk_, directory_ + "/entries", kCopyBytes));
  std::size_t at = 0;
  for (std::uint64_t end : ends_) {
    frontier_.append(leaf_hash(BytesView(bytes).substr(at + 2, static_cast<std::size_t>(end) - at - 2)));
    at = static_cast<std::size_t>(end);
  }
  return {};
}

}  // namespace scrutineer
