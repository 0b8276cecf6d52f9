// The sentences of a report on evidence: one for each verdict, reason and finding, in both languages. The same stand in
// docs/formats/notice-verdicts.md.
#pragma once

#include "core/notice/verdict.h"

namespace scrutineer {

const Bilingual& sentence_of(NoticeVerdict verdict);
const Bilingual& sentence_of(DeadlineVerdict verdict);
const Bilingual& sentence_of(DeadlineBecause because);
const Bilingual& sentence_of(NoticeFinding finding);
const Bilingual& sentence_of(StatementVerdict verdict);
const Bilingual& sentence_of(StatementReason reason);
const Bilingual& sentence_of(Claim claim);
const Bilingual& sentence_of(OnDuty on_duty);

// "2021-04-19T17:44:03Z"; "-" where the bound is open.
std::string spelt_time(std::int64_t time);

// Names out of the evidence as they may stand on a terminal: whatever is not plain ASCII is spelt out.
std::string spelt_name(std::string_view name);

}  // namespace scrutineer
