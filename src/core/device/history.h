// What the records about machines say together, and what is missing: no statement at open or close, a broken chain,
// parts that nobody looked at, seals that do not fit, people who were present and did not sign. A pure fold.
#pragma once

#include <span>

#include "core/device/quote.h"
#include "core/device/transmit.h"
#include "core/record/record.h"

namespace scrutineer::device {

enum class DeviceIssue : std::uint8_t {
  not_enrolled,   // nobody wrote down how it was sealed
  no_statement,   // it runs software (a sorter, scanner, counter, computer) and has said nothing of itself
  no_open,        // it closed or changed without a statement at open
  no_close,       // the last statement is not one at close
  opened_twice,   // opened again without having closed
  chain_broken,   // a statement does not name the one before it: one may have been left out
  differences,    // a statement differs from the allowed list
  not_compared,   // a statement was compared with no list
  unread,         // a statement lists what could not be looked at
  tpm_missing,    // a key was enrolled, and a statement has no quote
  tpm_refused,    // a quote that does not hold
  seal_broken,    // or missing
  seal_unknown,   // a seal that was neither put on at sealing nor found new or replaced before
  seal_not_seen,  // a seal that was put on, and that the last inspection does not mention
  part_differs,   // people found something else than what was stated
  finding,        // people wrote something down
  not_inspected,  // nobody has inspected it
  part_not_looked_at,
  present_not_signed,
};
inline constexpr std::size_t kDeviceIssues = 19;
// Stable names, for machines.
extern const std::string_view kDeviceIssueNames[kDeviceIssues];

struct IssueAt {
  DeviceIssue issue = DeviceIssue::not_enrolled;
  std::string at;                  // a part, a seal, a role name, the reason; may be empty
  std::optional<RecordId> record;  // that shows it
};
Bilingual sentence(const IssueAt& issue);
const Bilingual& word(DevicePart part);
const Bilingual& word(PartFound found);

// One record in effect, in the order of the log.
struct DeviceRecord {
  RecordId id;
  const RecordBody* body = nullptr;  // of the three types; others are passed over
  std::vector<std::string> signers;  // role names
};

struct DeviceView {
  std::string area, device;
  std::optional<DeviceEnrolment> enrolment;  // the last one
  std::vector<std::pair<RecordId, DeviceStatement>> statements;
  std::vector<std::pair<RecordId, Inspection>> inspections;
  std::vector<IssueAt> issues;  // in the order of DeviceIssue, then of the log
};

// By area and name. An inventory that is a blob has no `unread` to tell.
std::vector<DeviceView> devices(std::span<const DeviceRecord> records);

}  // namespace scrutineer::device
