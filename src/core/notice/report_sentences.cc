#include "core/notice/report.h"

namespace scrutineer {
namespace {

template <std::size_t size, class Code>
const Bilingual& at(const Bilingual (&table)[size], Code code) {
  return table[static_cast<std::size_t>(code)];
}

const Bilingual kVerdicts[] = {
    {"이 약정에 따라 통보 기관의 열쇠로 서명된 통보가 없다.",
     "Nothing under this agreement is signed by the notifier's keys."},
    {"통보 기관이 기록했으나, 보냈다는 것을 다른 누구도 보여 주지 않는다.",
     "The notifier recorded it; nobody else shows that it was sent."},
    {"중계소에 이르렀으나, 약정한 수의 중계소에는 이르지 않았다.",
     "It reached a relay, but not as many relays as agreed."},
    {"약정한 수의 중계소에서 받아 갈 수 있었다.", "It was there to be fetched at as many relays as agreed."},
    {"기관의 기계에 이르렀으나 열지 못했다. 전달된 것이 아니다.",
     "The institution's machine had it and could not open it: it was not delivered."},
    {"전달되었다. 기관의 기계가 일부 항목만 열었다.",
     "It was delivered; the institution's machine opened a part of its fields."},
    {"전달되었고, 기관의 기계가 모든 항목을 열었다.",
     "It was delivered; the institution's machine opened every field."},
    {"전화로 알렸음이 양쪽의 기록으로 증명된다.", "It was told by telephone, as both sides' records prove."},
    {"기관의 담당자가 이유를 들어 거부했다.", "A person of the institution refused it, with a reason."},
    {"기관의 담당자가 이 내용을 확인했다.", "A person of the institution acknowledged these contents."},
    {"기관의 담당자가 답변했다.", "A person of the institution answered it."},
};
static_assert(std::size(kVerdicts) == std::size(kNoticeVerdictNames));

const Bilingual kDeadlines[] = {
    {"지켰다", "met"},
    {"늦었다", "missed: it came late"},
    {"지나도록 아무것도 없었다", "passed in silence"},
    {"증거가 끝날 때 아직 지나지 않았다", "not over yet when the evidence ends"},
    {"판단할 수 없다", "undetermined"},
};
static_assert(std::size(kDeadlines) == std::size(kDeadlineVerdictNames));

const Bilingual kBecause[] = {
    {"", ""},
    {"통보를 받은 것으로 볼 때를 보여 주는 것이 없다", "nothing shows when the notice began to count as received"},
    {"그것을 보여 줄 로그가 없거나 스스로 모순된다", "a log that would show it is missing or contradicts itself"},
    {"그것을 보여 줄 로그가 그때까지 증인의 확인을 받지 않았다", "a log that would show it is not witnessed as far"},
    {"제때였을 수도 아니었을 수도 있다", "it may have been in time, or not"},
    {"증거가 기한 전에 끝난다", "the evidence ends before the deadline"},
    {"기한 전에 새 판이 대신했거나 철회되었다", "a later version took its place in time"},
    {"통보 기관이 기한 전에 마쳤다", "the notifier closed it in time"},
};
static_assert(std::size(kBecause) == std::size(kDeadlineBecauseNames));

const Bilingual kFindings[] = {
    {"약정에 양쪽이 모두 서명하지 않았다", "not both sides have signed this agreement"},
    {"약정이 정한 로그가 증거에 없다", "a log that the agreement names is withheld"},
    {"로그가 다른 로그만큼 증인의 확인을 받지 않았다", "a log is not witnessed as far as the others"},
    {"로그의 두 체크포인트가 서로 모순된다: 로그가 갈라졌다",
     "two checkpoints of a log contradict each other: it is forked"},
    {"로그의 항목이 체크포인트와 맞지 않거나 모자란다", "entries of a log are missing, or do not give its checkpoint"},
    {"약정의 열쇠 이름으로 된 서명이 맞지 않는다: 위조", "a signature in the name of a key of the agreement is forged"},
    {"말할 수 없는 열쇠로 서명되었다", "signed by a key that may not say this"},
    {"폐지된 열쇠로 서명되었고, 폐지 전이라는 것이 보이지 않는다",
     "signed by a removed key, and not shown to be from before its removal"},
    {"새 열쇠를 이미 받고도 옛 열쇠로 봉했다", "sealed to a replaced key though the new one had been served"},
    {"이 기관의 열쇠로 봉하지 않았다", "sealed to no key of this institution"},
    {"약정한 열쇠의 이름으로 봉했으나, 기관은 그 열쇠가 없다고 한다",
     "sealed in the name of an agreed key that the institution says it does not have"},
    {"내용이라고 내보인 것이 보낸 것과 다르다", "what is shown as the content is not what was sent"},
    {"내용을 이 증거에서 열지 않았다", "the content is not opened in this evidence"},
    {"일부 항목은 여는 것 없이 보냈다", "it was sent without what opens some of its fields"},
    {"나중 판이 이 판을 대신했다", "a later version took its place"},
    {"전화는 한쪽의 주장일 뿐이다", "the telephone call is claimed by one side alone"},
    {"다른 내용을 확인한 것이다", "it acknowledges other contents"},
    {"당번표가 근무가 시작된 뒤에 기록되었다", "the rota was recorded after it had begun"},
};
static_assert(std::size(kFindings) == std::size(kNoticeFindingNames));

const Bilingual kStatements[] = {
    {"증거가 뒷받침한다", "the evidence supports it"},
    {"증거와 어긋난다", "the evidence contradicts it"},
    {"판단할 수 없다", "undetermined"},
};
static_assert(std::size(kStatements) == std::size(kStatementVerdictNames));

const Bilingual kReasons[] = {
    {"그 전에 기관의 담당자가 자기 열쇠로 확인했다", "a person of the institution had acknowledged it before"},
    {"그 전에 기관의 기계가 열었다고 서명했다", "the institution's own machine had signed before that it opened it"},
    {"그 전에 전화로 알린 것이 양쪽 기록으로 증명된다",
     "it had been told by telephone before, as both sides' records prove"},
    {"그 전에 약정에 따라 받은 것이 되었다", "it had counted as received before, as both sides had agreed"},
    {"말한 때보다 먼저 받은 것이 되었다", "it had counted as received before the time that was named"},
    {"그 뒤에야 받은 것이 되었다", "it counted as received only later"},
    {"그 전에 답변이 상대에게 이르렀다", "an answer had been there for the other side before"},
    {"그때까지 약정한 수의 중계소에 있었을 수 없다", "it cannot have been at as many relays as agreed by then"},
    {"그때까지 그런 것이 전해진 바 없다", "nothing of the kind had been served by then"},
    {"기관의 기계가 공격자에 관한 항목을 열었다고 서명했다",
     "the institution's machine signed that it opened the attribution"},
    {"공격자에 관한 항목이 기관의 열쇠로 봉해져 읽을 수 있게 있었다",
     "the attribution was there to be read, sealed to a key that the institution had named"},
    {"전체 내용이 공개되었고 공격자에 관한 항목이 없다", "the whole content is shown and holds no attribution"},
    {"여기 내보인 내용이 서명된 통보가 확정한 그 내용이다",
     "the content shown here is the one that the signed notice commits to"},
    {"내용이라고 내보인 것이 보낸 것과 다르다", "what is shown as the content is not what was sent"},
    {"기관 자신의 답변이 달리 말한다", "the institution's own answer says otherwise"},
    {"그런 통보가 증거에 없다", "no such notice is in the evidence"},
    {"때를 말하지 않았다", "no time was named"},
    {"언제 말했는지 보여 주는 로그가 없다", "no witnessed log shows when it was said"},
    {"그 전일 수도 그 뒤일 수도 있다", "it may have been before, or after"},
    {"그것을 보여 줄 로그가 없거나 그 전에 끝난다", "a log that would show it is missing or ends before"},
    {"내용을 이 증거에서 열지 않았다", "the content is not opened in this evidence"},
    {"말한 쪽의 로그에만 있다", "only the party's own log has it"},
    {"공개된 답변 가운데 그것에 관한 것이 없다", "no answer that is opened says anything about it"},
};
static_assert(std::size(kReasons) == std::size(kStatementReasonNames));

const Bilingual kClaims[] = {
    {"통보했다", "we notified them"},
    {"그들이 확인했다", "they acknowledged it"},
    {"통보받은 적 없다", "we were never notified"},
    {"그보다 늦게 통보받았다", "we were notified only later"},
    {"누구의 소행인지 말한 통보는 없었다", "nobody said who was behind it"},
    {"그런 내용이 아니었다", "that is not what it said"},
    {"우리 가운데 누구도 확인하지 않았다", "none of us acknowledged it"},
    {"답변했다", "we answered"},
    {"그들은 답하지 않았다", "they never answered"},
    {"모든 공격을 막았다", "all attacks were blocked"},
};
static_assert(std::size(kClaims) == std::size(kClaimNames));

const Bilingual kOnDuty[] = {
    {"당번이었다", "on duty"},
    {"당번이 아니었다", "not on duty"},
    {"그때의 당번표가 없다", "no rota covers that time"},
    {"당번이었는지 판단할 수 없다", "on duty or not: undetermined"},
};
static_assert(std::size(kOnDuty) == std::size(kOnDutyNames));

}  // namespace

const Bilingual& sentence_of(NoticeVerdict verdict) {
  return at(kVerdicts, verdict);
}
const Bilingual& sentence_of(DeadlineVerdict verdict) {
  return at(kDeadlines, verdict);
}
const Bilingual& sentence_of(DeadlineBecause because) {
  return at(kBecause, because);
}
const Bilingual& sentence_of(NoticeFinding finding) {
  return at(kFindings, finding);
}
const Bilingual& sentence_of(StatementVerdict verdict) {
  return at(kStatements, verdict);
}
const Bilingual& sentence_of(StatementReason reason) {
  return at(kReasons, reason);
}
const Bilingual& sentence_of(Claim claim) {
  return at(kClaims, claim);
}
const Bilingual& sentence_of(OnDuty on_duty) {
  return at(kOnDuty, on_duty);
}

}  // namespace scrutineer
