#include "core/notice/escalate.h"

#include <algorithm>

namespace scrutineer {
namespace {

bool holds_for(const AgreedDeadline& deadline, NoticeKind kind) {
  if (deadline.kinds.empty()) return true;
  const std::string_view name = kNoticeKindNames[static_cast<std::size_t>(kind)];
  return std::find(deadline.kinds.begin(), deadline.kinds.end(), name) != deadline.kinds.end();
}

// Whether nothing can become due for it any more.
bool is_settled(const AgreedDeadline& deadline, NoticeKind kind, const NoticeProgress& progress) {
  return !holds_for(deadline, kind) || progress.withdrawn || progress.closed ||
         progress.step_taken[static_cast<std::size_t>(deadline.step)] ||
         std::find(progress.escalated.begin(), progress.escalated.end(), deadline.code) != progress.escalated.end();
}

void take(NoticeProgress& progress, NoticeStep step) {
  progress.step_taken[static_cast<std::size_t>(step)] = true;
}

}  // namespace

NoticeProgress progress_of(const NoticeBook& book, const RecordId& notice,
                           const std::function<std::int64_t(NoticeIndex)>& known_since) {
  NoticeProgress progress;
  const NoticeVersion* version = book.version(notice);
  if (!version) return progress;
  const BookedNotice& record = book.records()[version->record];
  const AgreementState* agreement = book.agreement(*record.record.agreement);
  if (!agreement) return progress;

  progress.sent = known_since(version->record);
  // By this node's own clock: when as many relays as agreed had said that they hold it, or its receipt came.
  std::vector<std::pair<std::size_t, std::int64_t>> held;  // relay, since
  for (NoticeIndex index : version->availabilities)
    for (const NoticeSigner& signer : book.records()[index].signers)
      held.emplace_back(agreement->speakers[signer.speaker].relay, known_since(index));
  std::sort(held.begin(), held.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  std::vector<std::size_t> relays;
  for (const auto& [relay, since] : held) {
    if (std::find(relays.begin(), relays.end(), relay) == relays.end()) relays.push_back(relay);
    if (relays.size() < static_cast<std::size_t>(agreement->terms.quorum)) continue;
    if (agreement->terms.received == CountsAsReceived::available) progress.received = since;
    break;
  }
  for (NoticeIndex index : version->receipts) {
    const std::int64_t since = known_since(index);
    if (!progress.received || since < *progress.received) progress.received = since;
    if (std::get<Receipt>(book.records()[index].record.body).payload) take(progress, NoticeStep::receipt);
  }
  // A refusal is an answer of a person: it ends every clock but that of the machine.
  if (!version->refusals.empty())
    for (NoticeStep step : {NoticeStep::acknowledgement, NoticeStep::initial, NoticeStep::full, NoticeStep::final})
      take(progress, step);
  if (!version->acknowledgements.empty()) take(progress, NoticeStep::acknowledgement);
  for (NoticeIndex index : version->answers) {
    take(progress, NoticeStep::acknowledgement);
    // A later stage says all that an earlier one would have said.
    const auto stage = static_cast<int>(std::get<NoticeAnswer>(book.records()[index].record.body).stage);
    for (int one = 0; one <= stage; ++one)
      take(progress, static_cast<NoticeStep>(static_cast<int>(NoticeStep::initial) + one));
  }
  for (NoticeIndex index : version->escalations)
    progress.escalated.push_back(std::get<Escalation>(book.records()[index].record.body).deadline);
  progress.closed = !version->closings.empty();
  // A later version takes the place of this one; a withdrawal ends all clocks.
  const RecordId* first = book.first_of(notice);
  const Exchange* exchange = first ? book.exchange(*first) : nullptr;
  if (exchange)
    for (const RecordId& other : exchange->versions) {
      const NoticeVersion* later = book.version(other);
      const NoticeRecord& said = book.records()[later->record].record;
      if (said.agreement == record.record.agreement && std::get<Notice>(said.body).replaces == notice)
        progress.withdrawn = true;
    }
  if (std::get<Notice>(record.record.body).change == NoticeChange::withdrawal) progress.withdrawn = true;
  return progress;
}

std::vector<DueEscalation> due_escalations(const Agreement& terms, NoticeKind kind, const NoticeProgress& progress,
                                           std::int64_t now) {
  std::vector<DueEscalation> due;
  const std::int64_t start = progress.received.value_or(progress.sent);
  for (const AgreedDeadline& deadline : terms.deadlines)
    if (!is_settled(deadline, kind, progress) && now > start + deadline.after)
      due.push_back({deadline.code, deadline.then, start + deadline.after});
  std::stable_sort(due.begin(), due.end(),
                   [](const DueEscalation& a, const DueEscalation& b) { return a.since < b.since; });
  return due;
}

std::optional<std::int64_t> next_due(const Agreement& terms, NoticeKind kind, const NoticeProgress& progress,
                                     std::int64_t now) {
  std::optional<std::int64_t> next;
  const std::int64_t start = progress.received.value_or(progress.sent);
  for (const AgreedDeadline& deadline : terms.deadlines) {
    if (is_settled(deadline, kind, progress)) continue;
    const std::int64_t at = std::max(now, start + deadline.after + 1);
    if (!next || at < *next) next = at;
  }
  return next;
}

}  // namespace scrutineer
