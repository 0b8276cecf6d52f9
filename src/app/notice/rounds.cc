// What happens by itself as time goes by: witnesses are asked, deadlines pass, silence is said.
#include <algorithm>

#include "app/notice/node_core.h"
#include "app/notice/routing.h"

namespace scrutineer {
namespace {

constexpr std::chrono::milliseconds kRound{200};
constexpr std::size_t kEscalatedAtOnce = 256;
constexpr std::int64_t kSilenceDays = 400;

}  // namespace

void NodeCore::start() {
  std::lock_guard lock(peers_mutex_);
  started_ = true;
  if (!options_.background) return;
  for (auto& [name, destination] : destinations_) destination->start();
  rounds_thread_ = std::thread([this] { run_rounds(); });
  if (keys_.role != NodeRole::relay)
    poll_thread_ = std::thread([this] {
      for (std::unique_lock waiting(threads_mutex_); !ending_;) {
        if (wake_.wait_for(waiting, options_.poll, [&] { return ending_; })) return;
        waiting.unlock();
        poll();
        waiting.lock();
      }
    });
}

void NodeCore::stop() {
  {
    std::lock_guard lock(threads_mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  if (poll_thread_.joinable()) poll_thread_.join();
  if (rounds_thread_.joinable()) rounds_thread_.join();
  std::vector<Destination*> all;
  {
    std::lock_guard lock(peers_mutex_);
    started_ = false;
    for (auto& [name, destination] : destinations_) all.push_back(destination.get());
  }
  for (Destination* destination : all) destination->stop();
  pool_.reset();
}

void NodeCore::run_rounds() {
  std::unique_lock lock(threads_mutex_);
  while (!wake_.wait_for(lock, kRound, [&] { return ending_; })) {
    lock.unlock();
    witness_round();
    escalate();
    lock.lock();
  }
}

// Every log is witnessed when it grows and, at the agreed heartbeat, also where it does not: silence is shown by that.
void NodeCore::witness_round() {
  if (!pool_) return;
  std::lock_guard lock(witness_mutex_);
  std::int64_t heartbeat = 0;
  {
    std::lock_guard peers(peers_mutex_);
    heartbeat = heartbeat_;
  }
  const std::int64_t now = clock_.now().value;
  const SignedCheckpoint newest = ledger_->log().checkpoint();
  if (newest.checkpoint.size > offered_) {
    pool_->offer(newest);
    offered_ = newest.checkpoint.size;
    refreshed_ = now;
  } else if (offered_ > 0 && heartbeat > 0 &&
             (now - refreshed_ >= std::max<std::int64_t>(1, heartbeat / 2) || now < refreshed_)) {
    pool_->refresh();
    refreshed_ = now;
  }
  for (const Cosigned& cosigned : pool_->rounds()) {
    if (cosigned.cosigned == 0) continue;
    if (auto added = witnessed_->add(cosigned.checkpoint, {}, true); !added) tell(to_string(added.error()));
  }
}

Bytes NodeCore::witnessed_since(std::uint64_t size) const {
  Bytes out;
  {
    std::lock_guard lock(witness_mutex_);
    for (const Bytes& note : witnessed_->notes_from(size, kCheckpointsBytes / 2)) {
      if (out.size() + note.size() + 4 > kCheckpointsBytes / 2) break;  // the rest is asked for from there on
      append_framed(out, note);
    }
  }
  if (out.size() <= kCheckpointsBytes / 2 - limits::kEntryBytes)
    append_framed(out, to_bytes(ledger_->log().checkpoint().note));
  return out;
}

NoticeNode::WitnessedBy NodeCore::witnessed() const {
  std::lock_guard lock(witness_mutex_);
  NoticeNode::WitnessedBy by;
  by.known = witness_count_;
  by.size = witnessed_->largest();
  by.cosigned = witnessed_->witnesses_of(by.size);
  by.time = witnessed_->last_time();
  return by;
}

// Notices whose time has come, or that have changed.
std::vector<NodeCore::Due> NodeCore::due_now(std::int64_t now) {
  std::vector<Due> due;
  std::unordered_set<RecordId> look;
  auto lock = ledger_->reading();
  std::lock_guard peers(peers_mutex_);
  look.swap(changed_);
  while (!watched_.empty() && watched_.begin()->first <= now) {
    look.insert(watched_.begin()->second);
    watched_.erase(watched_.begin());
  }
  const NoticeBook& book = ledger_->book();
  for (const RecordId& id : look) {
    const NoticeVersion* version = book.version(id);
    if (version == nullptr) continue;
    const NoticeRecord& record = book.records()[version->record].record;
    const Agreement& terms = book.agreement(*record.agreement)->terms;
    const NoticeKind kind = std::get<Notice>(record.body).kind;
    NoticeProgress progress = progress_of(book, id, [&](NoticeIndex index) { return ledger_->known_since()[index]; });
    for (DueEscalation& one : due_escalations(terms, kind, progress, now))
      if (due.size() < kEscalatedAtOnce) due.push_back({*record.agreement, id, std::move(one)});
    if (auto next = next_due(terms, kind, progress, now)) watched_.emplace(std::max(*next, now + 1), id);
    for (NoticeIndex index : version->escalations) {
      const std::string& code = std::get<Escalation>(book.records()[index].record.body).deadline;
      const bool said = std::any_of(version->silences.begin(), version->silences.end(), [&](NoticeIndex one) {
        return std::get<Silence>(book.records()[one].record.body).deadline == code;
      });
      if (!said) unanswered_.emplace(id, code);
    }
  }
  return due;
}

void NodeCore::escalate() {
  if (keys_.role != NodeRole::notifier) return;
  const std::int64_t now = clock_.now().value;
  for (const Due& due : due_now(now)) {
    if (due.what.to == EscalateTo::mail)
      if (Status sent = send_by_mail(due.notice); !sent)
        tell("nothing could be put out for mail: " + to_string(sent.error()));
    NoticeRecord record{due.agreement, to_rfc3339({now}), Escalation{due.notice, due.what.deadline, due.what.to}};
    auto said = say_as_machine({notice_record_text(record), std::nullopt});
    if (!said) tell("an escalation was not taken: " + to_string(said.error()));
    if (said) tell("escalated: " + to_hex(due.notice).substr(0, 12) + " " + due.what.deadline);
  }
  say_silences();
}

// The address comes last: a file without one is not finished.
Status NodeCore::send_by_mail(const RecordId& notice) {
  std::optional<std::string> address;
  {
    auto lock = ledger_->reading();
    const NoticeVersion* version = ledger_->book().version(notice);
    if (version == nullptr) return {};
    const RecordId agreement = *ledger_->book().records()[version->record].record.agreement;
    address = address_of(ledger_->book().agreement(agreement)->terms.institution, Channel::mail);
  }
  if (!address) return fail(ErrorCode::not_found, "the agreement gives no mail address");
  SCRUTINEER_TRY(Bytes envelope, envelope_of(notice));
  const std::string stem = options_.directory + "/outbox/mail/" + to_hex(notice);
  SCRUTINEER_CHECKED(write_file(disk_, stem + ".envelope", envelope, Durability::durable));
  return write_file(disk_, stem + ".to", *address + "\n", Durability::durable);
}

// How far the copies of the relays' logs are witnessed past a time: as many as are needed for saying that nothing stood
// at a quorum of them. Empty: not yet.
std::vector<LogHead> NodeCore::heads_past(const Agreement& terms, std::int64_t time) const {
  std::vector<LogHead> heads;
  std::lock_guard lock(peers_mutex_);
  for (const AgreedRelay& relay : terms.relays) {
    auto peer = peers_.find(relay.log.name);
    if (peer == peers_.end() || !peer->second->copy || peer->second->address.log != relay.log) continue;
    const LogCopy& copy = *peer->second->copy;
    if (copy.examined() < copy.size()) continue;
    if (copy.seen_until(terms.witnesses, static_cast<std::size_t>(terms.witness_quorum)) > time)
      heads.push_back({relay.log.name, static_cast<std::int64_t>(copy.size())});
  }
  const std::size_t needed = terms.relays.size() - static_cast<std::size_t>(terms.quorum) + 1;
  if (heads.size() < needed) heads.clear();
  return heads;
}

void NodeCore::say_silences() {
  struct Silent {
    RecordId agreement, notice;
    std::string deadline;
    Agreement terms;
    std::int64_t since = 0;
  };
  std::vector<Silent> open;
  const std::int64_t now = clock_.now().value;
  {
    auto lock = ledger_->reading();
    std::lock_guard peers(peers_mutex_);
    const NoticeBook& book = ledger_->book();
    for (auto one = unanswered_.begin(); one != unanswered_.end();) {
      const auto& [id, code] = *one;
      const NoticeVersion* version = book.version(id);
      const NoticeRecord& record = book.records()[version->record].record;
      const Agreement& terms = book.agreement(*record.agreement)->terms;
      NoticeProgress progress = progress_of(book, id, [&](NoticeIndex index) { return ledger_->known_since()[index]; });
      progress.escalated.clear();
      const auto due = due_escalations(terms, std::get<Notice>(record.body).kind, progress, now);
      const auto found =
          std::find_if(due.begin(), due.end(), [&, &code = code](const auto& d) { return d.deadline == code; });
      if (found == due.end() || found->since < now - kSilenceDays * 86'400) {  // it was met meanwhile
        one = unanswered_.erase(one);
        continue;
      }
      if (open.size() < kEscalatedAtOnce) open.push_back({*record.agreement, id, code, terms, found->since});
      ++one;
    }
  }
  for (const Silent& one : open) {
    std::vector<LogHead> heads = heads_past(one.terms, one.since);
    if (heads.empty()) continue;
    NoticeRecord record{one.agreement, to_rfc3339({now}), Silence{one.notice, one.deadline, std::move(heads)}};
    auto said = say_as_machine({notice_record_text(record), std::nullopt});
    if (!said) tell("a silence was not taken: " + to_string(said.error()));
    std::lock_guard peers(peers_mutex_);
    unanswered_.erase({one.notice, one.deadline});
  }
}

}  // namespace scrutineer
