#include "app/collect/collector.h"

#include <algorithm>
#include <future>

#include "app/threads/parallel.h"
#include "core/base/check.h"

namespace scrutineer {
namespace {

// Of one call with many notes: what is examined at once.
constexpr std::size_t kPieceEntries = 1'024;
constexpr std::size_t kPieceBytes = 2u << 20;

}  // namespace

// Room for some notes, given back when they are answered.
class Collector::Room {
 public:
  Room(Collector& collector, std::size_t entries, std::size_t bytes)
      : collector_(collector), entries_(entries), bytes_(bytes) {}
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;
  ~Room() {
    if (!taken_) return;
    std::lock_guard lock(collector_.state_);
    collector_.entries_ -= entries_;
    collector_.bytes_ -= bytes_;
    collector_.changed_.notify_all();
  }

  Status take(bool wait) {
    std::unique_lock lock(collector_.state_);
    if (wait) collector_.changed_.wait(lock, [&] { return fits() || collector_.closed_ || collector_.stopped_; });
    if (collector_.stopped_) return tl::unexpected(*collector_.stopped_);
    if (collector_.closed_) return fail(ErrorCode::busy, "the server is being stopped; hand it in again later");
    if (!fits()) return fail(ErrorCode::busy, "too many records are on their way; try again in a moment");
    collector_.entries_ += entries_;
    collector_.bytes_ += bytes_;
    taken_ = true;
    return {};
  }

 private:
  bool fits() const {
    return collector_.entries_ == 0 || (collector_.entries_ + entries_ <= collector_.options_.entries &&
                                        collector_.bytes_ + bytes_ <= collector_.options_.bytes);
  }
  Collector& collector_;
  std::size_t entries_, bytes_;
  bool taken_ = false;
};

// What was admitted waits for the log; what was there already, for everything that was folded by then.
struct Collector::Place {
  std::future<Result<Appended>> appended;
  std::optional<Appended> known;
  std::uint64_t until = 0;
};

Result<std::unique_ptr<Collector>> Collector::open(Log& log, const Election& election, const Roots& roots,
                                                   CollectorOptions options) {
  std::unique_ptr<Collector> collector(new Collector(log, election, roots, options));
  std::uint64_t size = log.reader().size();
  SCRUTINEER_TRY(collector->fold_, fold_log(log.reader(), size, election, roots));
  collector->next_ = collector->acknowledged_ = size;
  collector->compromises_ = collector->fold_->book().declared();
  return collector;
}

Collector::~Collector() {
  stop();
}

// A shared_mutex may let readers in for ever while a writer waits; whoever comes second waits at the turnstile.
std::shared_lock<std::shared_mutex> Collector::lock_for_reading() const {
  std::lock_guard turn(turn_);
  return std::shared_lock(lock_);
}
std::unique_lock<std::shared_mutex> Collector::lock_for_writing() const {
  std::lock_guard turn(turn_);
  return std::unique_lock(lock_);
}

void Collector::find_and_try(Candidate& candidate, std::span<const VerifierKey> introduced) const {
  std::shared_lock lock = lock_for_reading();
  auto signers = find_signers(fold_->book(), candidate.entry, introduced);
  lock.unlock();
  try_signatures(candidate, signers);
}

Result<Appended> Collector::submit(Bytes note) {
  Room room(*this, 1, note.size());
  SCRUTINEER_CHECKED(room.take(false));
  SCRUTINEER_TRY(Candidate candidate, parse_candidate(std::move(note)));
  find_and_try(candidate, {});
  SCRUTINEER_TRY(Place place, admit(candidate));
  return answer(place);
}

std::vector<Result<Appended>> Collector::submit(std::span<const Bytes> notes) {
  std::vector<Result<Appended>> results;
  results.reserve(notes.size());
  while (!notes.empty()) {
    std::size_t count = 0, bytes = 0;
    while (count < notes.size() && count < kPieceEntries && (count == 0 || bytes + notes[count].size() <= kPieceBytes))
      bytes += notes[count++].size();
    Room room(*this, count, bytes);
    if (Status taken = room.take(true); !taken)
      results.insert(results.end(), count, tl::unexpected(taken.error()));
    else
      for (auto& result : submit_some(notes.first(count))) results.push_back(std::move(result));
    notes = notes.subspan(count);
  }
  return results;
}

std::vector<Result<Appended>> Collector::submit_some(std::span<const Bytes> notes) {
  std::vector<Result<Candidate>> candidates(notes.size(), fail(ErrorCode::malformed, "not examined"));
  parallel_for(notes.size(), options_.threads, 16,
               [&](std::size_t i, std::size_t) { candidates[i] = parse_candidate(notes[i]); });
  std::vector<VerifierKey> introduced = introduced_by(candidates);
  parallel_for(notes.size(), options_.threads, 4, [&](std::size_t i, std::size_t) {
    if (candidates[i]) find_and_try(*candidates[i], introduced);
  });
  std::vector<Result<Place>> places;
  places.reserve(notes.size());
  for (auto& candidate : candidates)
    places.push_back(candidate ? admit(*candidate) : tl::unexpected(candidate.error()));
  std::vector<Result<Appended>> results;
  for (auto& place : places) results.push_back(place ? answer(*place) : tl::unexpected(place.error()));
  return results;
}

Result<Collector::Place> Collector::admit(Candidate& candidate) {
  std::lock_guard admitting(admission_);
  if (auto reason = stopped()) return tl::unexpected(*reason);
  // Only who admits changes the fold: here it is read without its lock.
  const RecordBook& book = fold_->book();
  if (auto known = already_known(book, candidate)) return Place{{}, known, next_};
  std::vector<SignatureCheck> checks = check_signatures(book, candidate);
  SCRUTINEER_CHECKED(book.may_enter(candidate.entry, checks));
  SCRUTINEER_TRY(Place place, append(candidate, checks));
  SCRUTINEER_CHECKED(rebuild_where_needed());
  return place;
}

Result<Collector::Place> Collector::append(Candidate& candidate, std::span<const SignatureCheck> checks) {
  Position position = next_;
  {
    std::unique_lock lock = lock_for_writing();
    fold_->apply(position, candidate.entry, entry_text(candidate.note), checks);
    ++next_;
  }
  auto promise = std::make_shared<std::promise<Result<Appended>>>();
  Place place{promise->get_future(), std::nullopt, 0};
  auto done = [this, promise, position](const Result<Appended>& result) {
    check(!result || result->index == position, "the log and its fold disagree about a position");
    acknowledge(result);
    promise->set_value(result);  // from here on the collector may be gone
  };
  Status queued = log_.submit(std::move(candidate.note), candidate.entry.id, done, Log::Repeats::adds);
  if (!queued) {
    stop_with(queued.error());
    return tl::unexpected(queued.error());
  }
  return place;
}

Result<Appended> Collector::answer(Place& place) {
  if (!place.known) return place.appended.get();
  std::unique_lock lock(state_);
  changed_.wait(lock, [&] { return acknowledged_ >= place.until || stopped_; });
  if (acknowledged_ < place.until) return tl::unexpected(*stopped_);
  return Appended{place.known->index, true, acknowledged_};
}

// A declaration of a compromised key reaches back: then everything is folded again, beside the fold that is read
// meanwhile. admission_ is held, so that the log stands still.
Status Collector::rebuild_where_needed() {
  if (fold_->book().declared() == compromises_) return {};
  {
    std::unique_lock lock(state_);
    changed_.wait(lock, [&] { return acknowledged_ >= next_ || stopped_; });
    if (acknowledged_ < next_) return tl::unexpected(*stopped_);
  }
  auto rebuilt = fold_log(log_.reader(), next_, election_, roots_);
  if (!rebuilt) {
    stop_with(rebuilt.error());
    return tl::unexpected(rebuilt.error());
  }
  std::lock_guard nobody_reads_long(stillness_);
  std::unique_lock lock = lock_for_writing();
  fold_.swap(*rebuilt);
  compromises_ = fold_->book().declared();
  return {};
}

void Collector::acknowledge(const Result<Appended>& result) {
  if (!result) return stop_with(result.error());
  std::lock_guard lock(state_);
  if (result->covered_by <= acknowledged_) return;
  acknowledged_ = result->covered_by;
  changed_.notify_all();
}

void Collector::stop_with(Error error) {
  std::lock_guard lock(state_);
  if (!stopped_) stopped_ = std::move(error);
  changed_.notify_all();
}

// stillness_ is held, so that fold_ is not replaced.
void Collector::hold() {
  std::unique_lock lock = lock_for_writing();
  fold_->hold_tally();
}

void Collector::finish() {
  std::lock_guard nobody_reads_long(stillness_);
  hold();
  Tally::SameFigures found = fold_->tally().find_same_figures();
  std::unique_lock lock = lock_for_writing();
  fold_->release_tally();
  fold_->finish(std::move(found));
}

void Collector::still(const std::function<void(const View&)>& prepare, const std::function<void(const Tally&)>& use) {
  std::lock_guard one(stillness_);
  {
    std::unique_lock lock = lock_for_writing();
    prepare(View{*fold_, election_, next_});
    fold_->hold_tally();
  }
  use(fold_->tally());
  std::unique_lock lock = lock_for_writing();
  fold_->release_tally();
}

std::uint64_t Collector::acknowledged() const {
  std::lock_guard lock(state_);
  return acknowledged_;
}

std::uint64_t Collector::wait_for_change(std::uint64_t seen, std::chrono::milliseconds timeout) const {
  std::unique_lock lock(state_);
  changed_.wait_for(lock, timeout, [&] { return acknowledged_ > seen || closed_ || stopped_; });
  return acknowledged_;
}

bool Collector::wait_until(std::uint64_t folded, std::chrono::milliseconds timeout) const {
  std::unique_lock lock(state_);
  changed_.wait_for(lock, timeout, [&] { return acknowledged_ >= folded || stopped_; });
  return acknowledged_ >= folded;
}

std::optional<Error> Collector::stopped() const {
  std::lock_guard lock(state_);
  return stopped_;
}

void Collector::stop() {
  std::unique_lock lock(state_);
  closed_ = true;
  changed_.notify_all();
  changed_.wait(lock, [&] { return entries_ == 0; });
}

}  // namespace scrutineer
