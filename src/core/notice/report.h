// What evidence shows, for people: Korean or English, one paragraph a notice, then statements and findings; and the
// same as JSON. No contents and no values of fields.
#pragma once

#include "core/notice/verdict.h"

namespace scrutineer {

enum class ReportLanguage : std::uint8_t { ko, en };
std::string evidence_text(const EvidenceReport& report, ReportLanguage language);
std::string evidence_json(const EvidenceReport& report);

// One sentence for each, in both languages.
const Bilingual& sentence_of(NoticeVerdict verdict);
const Bilingual& sentence_of(DeadlineVerdict verdict);
const Bilingual& sentence_of(NoticeFinding finding);
const Bilingual& sentence_of(StatementVerdict verdict);
const Bilingual& sentence_of(StatementReason reason);
const Bilingual& sentence_of(Claim claim);

}  // namespace scrutineer
