// What comes in: who may say it, what is kept, in which order. Nothing is answered before it is durable.
#include <algorithm>

#include "app/notice/node_core.h"
#include "app/notice/routing.h"
#include "app/threads/parallel.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::size_t kFewRecords = 16;         // read in the caller's own thread
constexpr std::int64_t kReadAcceptedEvery = 2;  // seconds: DIR/agreements, for what is not in it

// After these the keys may be others.
bool changes_keys(NoticeType type) {
  return type == NoticeType::agreement || type == NoticeType::key_change;
}

class Counted {
 public:
  explicit Counted(std::atomic<std::size_t>& count) : count_(count), now_(++count) {}
  ~Counted() { --count_; }
  std::size_t now() const { return now_; }

 private:
  std::atomic<std::size_t>& count_;
  std::size_t now_;
};

}  // namespace

struct NodeCore::Incoming {
  std::vector<NoticeCandidate> candidates;
  std::vector<std::size_t> places;  // in the envelope
  std::unordered_map<BlobHash, BytesView> blobs;
  TakenInAll out;
  std::uint64_t until = 0;
};

Status NodeCore::accept(const RecordId& agreement) {
  std::lock_guard lock(accepted_mutex_);
  SCRUTINEER_CHECKED(add_accepted(disk_, options_.directory, agreement));
  accepted_.insert(agreement);
  return {};
}

// An operator may add one while the node runs.
bool NodeCore::is_accepted(const RecordId& agreement) {
  std::lock_guard lock(accepted_mutex_);
  if (accepted_.contains(agreement)) return true;
  const std::int64_t now = clock_.now().value;
  if (now - accepted_read_ < kReadAcceptedEvery && now >= accepted_read_) return false;
  accepted_read_ = now;
  auto ids = read_accepted(disk_, options_.directory);
  if (!ids) {
    tell(to_string(ids.error()));
    return false;
  }
  accepted_.insert(ids->begin(), ids->end());
  return accepted_.contains(agreement);
}

std::optional<Error> NodeCore::may_take(const ParsedNotice& entry) {
  if (!is_accepted(entry.record.agreement.value_or(entry.id)))
    return Error{ErrorCode::unauthorised, "this node takes no part in that agreement: it is not for us", {}};
  if (auto* terms = std::get_if<Agreement>(&entry.record.body); terms && !part_in(keys_, *terms))
    return Error{ErrorCode::unauthorised, "this agreement names another log: it is not for us", {}};
  return std::nullopt;
}

TakenInAll NodeCore::take_in(const Envelope& envelope, Channel channel) {
  Counted counted(envelopes_);
  Incoming incoming;
  const std::size_t n = envelope.records.size();
  incoming.out.results.resize(n);
  if (counted.now() > kEnvelopesAtOnce) {
    for (TakenIn& result : incoming.out.results)
      result.error = Error{ErrorCode::busy, "too much is coming in; send it again in a moment", {}};
    return std::move(incoming.out);
  }
  std::vector<std::optional<Result<ParsedNotice>>> parsed(n);
  std::vector<BlobHash> hashes(envelope.blobs.size());
  const std::size_t threads = n + hashes.size() <= kFewRecords ? 1 : default_threads();
  parallel_for(n + hashes.size(), threads, 8, [&](std::size_t i, std::size_t) {
    if (i < n)
      parsed[i] = parse_notice_entry(envelope.records[i]);
    else
      hashes[i - n] = blob_hash(envelope.blobs[i - n]);
  });
  for (std::size_t i = 0; i < hashes.size(); ++i) incoming.blobs[hashes[i]] = envelope.blobs[i];
  for (std::size_t i = 0; i < n; ++i) {
    TakenIn& result = incoming.out.results[i];
    if (!*parsed[i]) {
      result.error = parsed[i]->error();
      // Whoever sends a wrong thing may have sent a confidential one: none of its words come back.
      if (result.error->code == ErrorCode::unsupported)
        result.error = Error{ErrorCode::unsupported, "this is no record of notices that this node knows", {}};
      continue;
    }
    result.record = (*parsed[i])->id;
    result.error = may_take(**parsed[i]);
    if (result.error) continue;
    incoming.candidates.push_back({envelope.records[i], std::move(**parsed[i]), {}, {}, false});
    incoming.places.push_back(i);
  }
  for (std::size_t begin = 0; begin < incoming.candidates.size();) {
    std::size_t end = begin;
    while (end < incoming.candidates.size() && !changes_keys(incoming.candidates[end].parsed.record.type())) ++end;
    if (end < incoming.candidates.size()) ++end;
    take_run(incoming, begin, end);
    begin = end;
  }
  if (Status durable = ledger_->wait(incoming.until); !durable) {
    for (TakenIn& result : incoming.out.results)
      result = {result.record, TakenIn::Outcome::refused, durable.error(), 0};
    return std::move(incoming.out);
  }
  std::vector<RecordId> notices;
  for (std::size_t i = 0; i < incoming.candidates.size(); ++i)
    if (!incoming.out.results[incoming.places[i]].error &&
        incoming.candidates[i].parsed.record.type() == NoticeType::notice)
      notices.push_back(incoming.candidates[i].parsed.id);
  respond(notices, channel, incoming.out.said);
  wake_destinations();
  return std::move(incoming.out);
}

// Contents that good records name, before the records: whoever is told that a notice is here can have it.
Status NodeCore::keep_contents(Incoming& incoming, std::span<NoticeCandidate> candidates) {
  std::vector<std::pair<BlobHash, BytesView>> keep;
  {
    auto lock = ledger_->reading();
    for (const NoticeCandidate& candidate : candidates) {
      const SealedContent* content = content_of(candidate.parsed.record);
      if (content == nullptr || sealed_->has(content->ciphertext.sha256)) continue;
      auto blob = incoming.blobs.find(content->ciphertext.sha256);
      if (blob == incoming.blobs.end() || static_cast<std::int64_t>(blob->second.size()) != content->ciphertext.size)
        continue;
      if (!candidate.known &&
          !ledger_->book().may_enter(candidate.parsed, {candidate.checks.data(), candidate.parsed.signatures.size()}))
        continue;
      keep.emplace_back(blob->first, blob->second);
    }
  }
  if (keep.empty()) return {};
  SCRUTINEER_CHECKED(sealed_->keep(keep));
  std::lock_guard lock(peers_mutex_);
  for (const NoticeCandidate& candidate : candidates)
    if (const SealedContent* content = content_of(candidate.parsed.record);
        content && sealed_->has(content->ciphertext.sha256))
      missing_.erase(candidate.parsed.id);
  return {};
}

void NodeCore::take_run(Incoming& incoming, std::size_t begin, std::size_t end) {
  std::span<NoticeCandidate> run(incoming.candidates.data() + begin, end - begin);
  ledger_->verify(run);
  if (Status kept = keep_contents(incoming, run); !kept) {
    for (std::size_t i = begin; i < end; ++i) incoming.out.results[incoming.places[i]].error = kept.error();
    tell("sealed contents cannot be kept: " + to_string(kept.error()));
    return;
  }
  Ledger::Admitted admitted = ledger_->admit(run);
  for (std::size_t i = begin; i < end; ++i)
    incoming.out.results[incoming.places[i]] = std::move(admitted.results[i - begin]);
  incoming.until = std::max(incoming.until, admitted.until);
}

Result<TakenIn> NodeCore::say(const Bytes& note, BytesView ciphertext) {
  SCRUTINEER_TRY(ParsedNotice parsed, parse_notice_entry(note));
  if (auto error = may_take(parsed)) return tl::unexpected(*error);
  const bool ours = is_told(keys_.role, parsed.record.type(), Peer::relay);
  if (!ours) return fail(ErrorCode::unauthorised, "a node of this role does not say this");
  Incoming incoming;
  const SealedContent* content = content_of(parsed.record);
  if (content && !ciphertext.empty()) {
    if (blob_hash(ciphertext) != content->ciphertext.sha256)
      return fail(ErrorCode::invalid_argument, "these are not the sealed contents that the record names");
    incoming.blobs[content->ciphertext.sha256] = ciphertext;
  }
  if (content && ciphertext.empty() && !sealed_->has(content->ciphertext.sha256))
    return fail(ErrorCode::not_found, "the sealed contents that the record names are not here");
  incoming.candidates.push_back({note, std::move(parsed), {}, {}, false});
  incoming.places.push_back(0);
  incoming.out.results.resize(1);
  take_run(incoming, 0, 1);
  TakenIn result = incoming.out.results.front();
  if (result.error) return tl::unexpected(*result.error);
  SCRUTINEER_CHECKED(ledger_->wait(incoming.until));
  wake_destinations();
  return result;
}

// Signed a moment ago by this node's machine.
Result<TakenIn> NodeCore::enter_own(std::vector<NoticeCandidate> candidates) {
  Ledger::Admitted admitted = ledger_->admit(candidates);
  SCRUTINEER_CHECKED(ledger_->wait(admitted.until));
  wake_destinations();
  if (admitted.results.front().error) return tl::unexpected(*admitted.results.front().error);
  return admitted.results.front();
}

}  // namespace scrutineer
