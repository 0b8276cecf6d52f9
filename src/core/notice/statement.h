// What a party said in public, held against the evidence: a fixed table of claims and what supports or contradicts them
// (docs/formats/notice-verdicts.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/record/notices.h"

namespace scrutineer {

enum class StatementVerdict : std::uint8_t { supported, contradicted, undetermined };
inline constexpr std::string_view kStatementVerdictNames[] = {"supported", "contradicted", "undetermined"};

// The row of the table.
enum class StatementReason : std::uint8_t {
  // It was, and when
  acknowledged_by_person,  // a person's key of the institution confirmed it before
  opened_by_machine,       // the institution's own machine says that it opened it, before
  told_by_telephone,       // both sides' records of the call cross
  received_as_agreed,      // it counted as received, as both sides had agreed
  received_before,         // ... before the time that was named
  received_later,          // ... after the time that was named
  answer_served,           // an answer was there for the other side to have
  // It was not
  not_available_by_then,   // a quorum of relays could not have had it when this was said
  nothing_served_by_then,  // nothing of the kind was served when this was said
  // What it said
  attribution_opened,     // the institution's machine says that it opened the field
  attribution_available,  // it was there to be read, sealed to a key that the institution had named
  whole_content_without,  // the whole content is shown, in every version, and holds no attribution
  same_content,           // the institution's own record names the content that is shown here
  content_changed,        // what is shown as the content is not what was sent
  answer_says_otherwise,  // the institution's own answer
  // Nobody can tell
  notice_not_shown,     // no such notice is in the evidence
  no_time_named,        // the claim needs a time
  statement_undated,    // no witnessed log shows when this was said
  bounds_overlap,       // it may have been before, or after
  log_withheld,         // a log that would show it is missing, contradicts itself, or ends before
  content_withheld,     // the content is not opened in this evidence
  own_log_alone,        // only the party's own log has it
  no_answer_disclosed,  // no answer that was opened says anything about it
};
inline constexpr std::string_view kStatementReasonNames[] = {
    "acknowledged-by-person", "opened-by-machine",  "told-by-telephone",     "received-as-agreed",
    "received-before",        "received-later",     "answer-served",         "not-available-by-then",
    "nothing-served-by-then", "attribution-opened", "attribution-available", "whole-content-without",
    "same-content",           "content-changed",    "answer-says-otherwise", "notice-not-shown",
    "no-time-named",          "statement-undated",  "bounds-overlap",        "log-withheld",
    "content-withheld",       "own-log-alone",      "no-answer-disclosed"};

struct ShownStatement {
  RecordId record;
  PartyRole party = PartyRole::institution;
  std::string key;  // name of the signer's key
  Claim claim = Claim::not_notified;
  std::optional<RecordId> notice;
  StatementVerdict verdict = StatementVerdict::undetermined;
  StatementReason because = StatementReason::notice_not_shown;
  std::vector<RecordId> evidence;  // records that show it
};

}  // namespace scrutineer
