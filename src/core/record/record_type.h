// The closed set of record types of this version. New capabilities add types; old ones verify for ever.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace scrutineer {

enum class RecordType : std::uint8_t {
  definition,
  grant,
  revoke,
  compromised,
  adopt,
  count_sheet,
  refusal,
  lot,
  result_claim,
  // Counting and collecting (counting.h)
  entry,
  acceptance,
  remark,
  attachment,
  custody,
  independent_tally,
  // The counting machine (device.h)
  device_statement,
  device_enrolment,
  inspection,
  // Scanned ballot papers (ballots.h)
  ballot_batch,
  adjudication,
  committee_vote,
  release_order,
  image_release,
};
inline constexpr std::size_t kRecordTypes = 23;
inline constexpr int kRecordVersion = 1;  // of every type above

// As in the first line of a record: scrutineer/<name>/<version>
inline constexpr std::array<std::string_view, kRecordTypes> kRecordTypeNames = {
    "definition",
    "grant",
    "revoke",
    "compromised",
    "adopt",
    "count-sheet",
    "refusal",
    "lot",
    "result-claim",
    "entry",
    "acceptance",
    "remark",
    "attachment",
    "custody",
    "independent-tally",
    "device-statement",
    "device-enrolment",
    "inspection",
    "ballot-batch",
    "adjudication",
    "committee-vote",
    "release-order",
    "image-release",
};

inline std::string_view record_type_name(RecordType type) {
  return kRecordTypeNames[static_cast<std::size_t>(type)];
}
std::optional<RecordType> record_type_from(std::string_view name);

}  // namespace scrutineer
