// What is due now for a notice, as the agreement's policy says: pure, so that it can be tested with a clock that ticks.
#pragma once

#include <functional>

#include "core/notice/book.h"

namespace scrutineer {

// When a notice began to count as received and which steps were taken, by this node's own clock: claims for driving
// escalation, never evidence.
struct NoticeProgress {
  std::int64_t sent = 0;  // Unix seconds: clocks run from here while nobody shows that it was received
  std::optional<std::int64_t> received;
  bool withdrawn = false, closed = false;
  bool step_taken[5] = {};             // by NoticeStep; a refusal counts as acknowledgement
  std::vector<std::string> escalated;  // codes of deadlines whose escalation is recorded
};
NoticeProgress progress_of(const NoticeBook& book, const RecordId& notice,
                           const std::function<std::int64_t(NoticeIndex)>& known_since);

struct DueEscalation {
  std::string deadline;
  EscalateTo to = EscalateTo::none;
  std::int64_t since = 0;  // Unix seconds: when the deadline passed
};
// Deadlines that have passed, are not met, and whose escalation is not recorded; in the order in which they passed.
std::vector<DueEscalation> due_escalations(const Agreement& terms, NoticeKind kind, const NoticeProgress& progress,
                                           std::int64_t now);
// The next moment at which something may become due; nullopt: nothing will.
std::optional<std::int64_t> next_due(const Agreement& terms, NoticeKind kind, const NoticeProgress& progress,
                                     std::int64_t now);

}  // namespace scrutineer
