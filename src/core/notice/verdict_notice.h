// One version of a notice: what the evidence shows of it. Private to core/notice.
#pragma once

#include "core/notice/verdict_case.h"

namespace scrutineer {

// What is shown, and what statements are held against.
struct JudgedVersion {
  ShownNotice shown;
  NoticeIndex record = 0;
  TimeBounds acknowledged, opened, telephone;  // when the earliest stood in any log; not shown(): none
  bool has_acknowledgement = false, has_opened = false, has_telephone = false;  // perhaps at no known time
  TimeBounds acknowledged_served, answered_served;                              // not shown(): until when nothing was
  bool has_answer = false;
  std::vector<RecordId> acknowledgements, receipts, calls, answers;  // that count
  // Content.
  bool content_shown = false;         // the whole plaintext, with all that opens its fields
  bool attribution_shown = false;     // a committed field "attribution" with a value
  bool attribution_opened = false;    // and a receipt names it among what was opened
  bool sealed_to_agreed_key = false;  // in the name of one of the institution's keys
  bool opening_failed = false;        // a receipt says that it could not be opened
  bool same_content_named = false;    // a receipt or acknowledgement names the payload that the record commits to
};

JudgedVersion judge_version(const Case& of, NoticeIndex notice);

// What opens fields of these contents: disclosures of the evidence, and those inside the opened plaintext.
struct OpenedField {
  std::string digest;
  Disclosed field;
  bool committed = false;
};
struct OpenedContent {
  bool plaintext_there = false;
  bool whole = false;
  bool damaged = false;  // files that are not what their disclosures say, or contents of another agreement
  std::vector<OpenedField> fields;
};
OpenedContent opened_content(const Case& of, const SealedContent& content);

}  // namespace scrutineer
