// What a machine says by itself about a notice that has come: an institution opens it and says what it could open, a
// relay says that it holds it. Each notice once, whatever channels it comes by.
#include <algorithm>

#include "app/notice/node_core.h"
#include "app/threads/parallel.h"

namespace scrutineer {
namespace {

constexpr std::size_t kFewNotices = 4;  // opened in the caller's own thread
constexpr std::size_t kOpenedAtOnce = 1'024;

}  // namespace

void NodeCore::respond(const std::vector<RecordId>& notices, Channel channel, std::vector<Bytes>& said) {
  if (keys_.role != NodeRole::institution && keys_.role != NodeRole::relay) return;
  for (std::size_t begin = 0; begin < notices.size(); begin += kOpenedAtOnce) {
    std::vector<RecordId> some(
        notices.begin() + static_cast<std::ptrdiff_t>(begin),
        notices.begin() + static_cast<std::ptrdiff_t>(std::min(notices.size(), begin + kOpenedAtOnce)));
    std::sort(some.begin(), some.end());
    some.erase(std::unique(some.begin(), some.end()), some.end());
    {
      std::unique_lock lock(responding_mutex_);
      auto busy = [&] {
        return std::any_of(some.begin(), some.end(), [&](const RecordId& id) { return responding_.contains(id); });
      };
      responded_.wait(lock, [&] { return !busy(); });
      responding_.insert(some.begin(), some.end());
    }
    if (keys_.role == NodeRole::institution)
      open_and_receipt(some, channel, said);
    else
      attest(some, said);
    std::lock_guard lock(responding_mutex_);
    for (const RecordId& id : some) responding_.erase(id);
    responded_.notify_all();
  }
}

// Inside reading(): where the first of these records that this node's own machine signed stands.
std::optional<std::uint64_t> NodeCore::own_place(const AgreementState& agreement,
                                                 const std::vector<NoticeIndex>& said) const {
  for (NoticeIndex index : said)
    for (const NoticeSigner& signer : ledger_->book().records()[index].signers)
      for (const NodeMachine& machine : keys_.machines)
        if (agreement.speakers[signer.speaker].key == machine.vkey) return ledger_->place_of(index);
  return std::nullopt;
}

// Makes what was said durable and says it.
bool NodeCore::enter_said(std::vector<NoticeCandidate>& made, std::vector<Bytes>& said) {
  if (made.empty()) return true;
  Ledger::Admitted admitted = ledger_->admit(made);
  if (Status durable = ledger_->wait(admitted.until); !durable) return false;
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (admitted.results[i].error)
      tell("what the machine said was not taken: " + to_string(*admitted.results[i].error));
    else
      said.push_back(made[i].note);
  }
  return true;
}

void NodeCore::open_and_receipt(const std::vector<RecordId>& notices, Channel channel, std::vector<Bytes>& said) {
  struct ToOpen {
    RecordId notice, agreement;
    SealedContent content;
    std::shared_ptr<const KeyRing> ring;
    std::size_t machine = 0;
  };
  std::vector<ToOpen> work;
  std::vector<std::uint64_t> there;
  {
    auto lock = ledger_->reading();
    const NoticeBook& book = ledger_->book();
    for (const RecordId& id : notices) {
      const NoticeVersion* version = book.version(id);
      if (version == nullptr) continue;
      const BookedNotice& booked = book.records()[version->record];
      const AgreementState* agreement = book.agreement(*booked.record.agreement);
      if (auto place = own_place(*agreement, version->receipts)) {
        there.push_back(*place);
        continue;
      }
      const SealedContent& content = std::get<Notice>(booked.record.body).content;
      auto machine = machine_for(*agreement);
      if (machine && sealed_->has(content.ciphertext.sha256))
        work.push_back({id, agreement->id, content, key_ring(*agreement), *machine});
    }
  }
  std::vector<std::optional<NoticeCandidate>> made(work.size());
  const std::size_t threads = work.size() <= kFewNotices ? 1 : default_threads();
  parallel_for(work.size(), threads, 4, [&](std::size_t i, std::size_t) {
    const ToOpen& one = work[i];
    auto ciphertext = sealed_->get(one.content.ciphertext.sha256);
    if (!ciphertext) return;
    OpenAttempt attempt = try_to_open(one.notice, one.agreement, one.content, *ciphertext, one.ring->current,
                                      one.ring->replaced, channel);
    if (attempt.plaintext) wipe(*attempt.plaintext);
    NoticeRecord record{one.agreement, to_rfc3339(clock_.now()), std::move(attempt.receipt)};
    if (auto candidate = signed_by_machine(notice_record_text(record), one.machine)) made[i] = std::move(*candidate);
  });
  std::vector<NoticeCandidate> receipts;
  for (auto& one : made)
    if (one) receipts.push_back(std::move(*one));
  enter_said(receipts, said);
  for (std::uint64_t place : there)
    if (ledger_->wait(place + 1))
      if (auto note = ledger_->log().entry(place)) said.push_back(std::move(*note));
}

void NodeCore::attest(const std::vector<RecordId>& notices, std::vector<Bytes>& said) {
  struct ToSay {
    std::vector<RecordId> notices;
    std::size_t machine = 0;
  };
  std::map<RecordId, ToSay> work;  // by agreement
  std::set<std::uint64_t> there;
  {
    auto lock = ledger_->reading();
    const NoticeBook& book = ledger_->book();
    for (const RecordId& id : notices) {
      const NoticeVersion* version = book.version(id);
      if (version == nullptr) continue;
      const BookedNotice& booked = book.records()[version->record];
      const AgreementState* agreement = book.agreement(*booked.record.agreement);
      if (auto place = own_place(*agreement, version->availabilities)) {
        there.insert(*place);
        continue;
      }
      auto machine = machine_for(*agreement);
      if (!machine || !sealed_->has(std::get<Notice>(booked.record.body).content.ciphertext.sha256)) continue;
      ToSay& one = work[agreement->id];
      one.notices.push_back(id);
      one.machine = *machine;
    }
  }
  std::vector<NoticeCandidate> made;
  for (auto& [agreement, one] : work)
    for (std::size_t begin = 0; begin < one.notices.size(); begin += kNoticesPerAvailability) {
      const std::size_t end = std::min(one.notices.size(), begin + kNoticesPerAvailability);
      Availability availability{{one.notices.begin() + static_cast<std::ptrdiff_t>(begin),
                                 one.notices.begin() + static_cast<std::ptrdiff_t>(end)},
                                keys_.log.name};
      NoticeRecord record{agreement, to_rfc3339(clock_.now()), std::move(availability)};
      if (auto candidate = signed_by_machine(notice_record_text(record), one.machine))
        made.push_back(std::move(*candidate));
    }
  enter_said(made, said);
  for (std::uint64_t place : there)
    if (ledger_->wait(place + 1))
      if (auto note = ledger_->log().entry(place)) said.push_back(std::move(*note));
}

}  // namespace scrutineer
