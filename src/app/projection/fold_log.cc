#include "app/projection/fold_log.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace scrutineer {
namespace {

constexpr std::size_t kBatch = 512;   // entries parsed ahead in one piece
constexpr std::size_t kBatches = 16;  // that wait to be folded: bounds the memory

struct Parsed {
  Bytes note;
  ParsedEntry entry;
};
using Batch = std::vector<Parsed>;

// Batches from the thread that reads, hashes and parses to the one that folds. Either side can end it.
class Pipe {
 public:
  // False: the folding side has given up.
  bool put(Batch batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return batches_.size() < kBatches || closed_; });
    if (closed_) return false;
    batches_.push_back(std::move(batch));
    changed_.notify_all();
    return true;
  }
  // Nothing more comes.
  void end(Status status) {
    std::lock_guard lock(mutex_);
    status_ = std::move(status);
    ended_ = true;
    changed_.notify_all();
  }
  // nullopt: the end, good or not.
  std::optional<Batch> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !batches_.empty() || ended_; });
    if (batches_.empty()) return std::nullopt;
    Batch batch = std::move(batches_.front());
    batches_.pop_front();
    changed_.notify_all();
    return batch;
  }
  void close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }
  Status status() {
    std::lock_guard lock(mutex_);
    return status_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> batches_;
  Status status_;
  bool ended_ = false;
  bool closed_ = false;
};

void parse_all(const LogReader& log, std::uint64_t end, Pipe& pipe) {
  Batch batch;
  Status read = log.entries(0, end, [&](std::uint64_t index, BytesView note) -> Status {
    auto entry = parse_entry(note);
    if (!entry) return tl::unexpected(placed(entry.error(), "entry " + std::to_string(index)));
    batch.push_back({Bytes(note), std::move(*entry)});
    if (batch.size() == kBatch && !pipe.put(std::exchange(batch, {})))
      return fail(ErrorCode::conflict, "nobody folds what is read");
    return {};
  });
  if (read && !batch.empty()) pipe.put(std::move(batch));
  pipe.end(std::move(read));
}

// Signatures were verified at intake: a key that the book knows is good, any other a stranger's.
void apply(ElectionFold& fold, Position position, const Parsed& parsed, std::vector<SignatureCheck>& checks) {
  checks.clear();
  for (const NoteSignature& signature : parsed.entry.signatures)
    checks.push_back(fold.book().keys().find(signature.name, signature.id) ? SignatureCheck::good
                                                                           : SignatureCheck::unknown_key);
  fold.apply(position, parsed.entry, entry_text(parsed.note), checks);
}

Status feed(const LogReader& log, std::uint64_t end, ElectionFold& fold, const Progress& progress) {
  fold.reserve(end);
  Pipe pipe;
  std::jthread parser([&] { parse_all(log, end, pipe); });
  std::vector<SignatureCheck> checks;
  Position position = 0;
  while (auto batch = pipe.take()) {
    for (const Parsed& parsed : *batch) apply(fold, position++, parsed, checks);
    if (progress) progress(position, end);
  }
  pipe.close();
  return pipe.status();
}

}  // namespace

Result<std::unique_ptr<ElectionFold>> fold_log(const LogReader& log, std::uint64_t end, const Election& election,
                                               const Roots& roots, const Progress& progress) {
  return stable_fold(election, roots, [&](ElectionFold& fold) { return feed(log, end, fold, progress); });
}

}  // namespace scrutineer
