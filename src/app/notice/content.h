// What is put under seal: from what a person fills in to fields and files (docs/formats/notice.md, "Fields"), and back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/notice/payload.h"
#include "core/stix/attack_report.h"

namespace scrutineer {

inline constexpr const char* kStixFile = "stix.json";
inline constexpr const char* kStixType = "application/stix+json;version=2.1";
inline constexpr const char* kHuntFile = "hunt.json";  // of answers: a report of `scrutineer hunt`

struct NoticeContent {
  std::vector<PayloadField> fields;
  std::vector<PayloadFile> files;  // stix.json first
};

// Every field is there, also where it says nothing: "attribution" is null where nobody is named, so that each side can
// prove what was not said as well. Errors: those of write_stix; invalid_argument (a file of a reserved name).
Result<NoticeContent> content_of(const AttackReport& report, const StixStamp& stamp, std::vector<PayloadFile> attached);

// The same from other people's STIX, whose bytes are kept as they are. Errors: those of read_stix.
Result<NoticeContent> content_of_stix(BytesView stix, std::vector<PayloadFile> attached);

// What an institution found. Outcomes are a closed set: statements are held against them.
enum class AnswerOutcome : std::uint8_t { not_found, blocked, found, infected, account_taken, looking, other };
inline constexpr std::string_view kAnswerOutcomeNames[] = {"not-found",     "blocked", "found", "infected",
                                                           "account-taken", "looking", "other"};
struct AnswerReport {
  AnswerOutcome outcome = AnswerOutcome::looking;
  std::string actions;        // what was done
  std::string results;        // of looking: what was found, and what could not be searched
  std::optional<Bytes> hunt;  // a report of `scrutineer hunt`, its exact bytes
};
Result<NoticeContent> content_of(const AnswerReport& answer, std::vector<PayloadFile> attached);

// What a person sees of an opened payload. Nothing of it is trusted: it is shown as text.
struct OpenedNotice {
  std::optional<StixSummary> stix;  // absent where there is no such file, or it cannot be read
  std::string stix_trouble;         // why not; never quotes
  std::vector<PayloadField> fields;
  std::vector<PayloadFile> files;
};
Result<OpenedNotice> opened_notice(BytesView plaintext);
// The answer's fields; nullopt where it is no answer of this version.
std::optional<AnswerReport> opened_answer(const OpenedNotice& opened);

// A report as a file that people write (docs/formats/notice.md, "Report file"): JSON, the names of AttackReport.
// Errors: malformed with every problem's place.
Result<AttackReport> read_report_file(BytesView text);

}  // namespace scrutineer
