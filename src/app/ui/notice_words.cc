#include "app/ui/notice_words.h"

#include <algorithm>

namespace scrutineer::ui {
namespace {

struct Word {
  std::string_view code;
  Msg text;
};

constexpr Word kKinds[] = {{"attack", {"공격 통보", "Attack notice"}},
                           {"warning", {"주의", "Warning"}},
                           {"help", {"지원 제안", "Offer of help"}},
                           {"audit-request", {"점검 요청", "Request for an audit"}},
                           {"recommendation", {"권고", "Recommendation"}}};
constexpr Word kChanges[] = {{"first", {"처음 판", "First version"}},
                             {"update", {"고친 판", "Update"}},
                             {"withdrawal", {"거둠", "Withdrawal"}},
                             {"attribution", {"배후를 덧붙임", "Later attribution"}}};
constexpr Word kSteps[] = {{"receipt", {"기계가 받아 열기", "Received and opened by machine"}},
                           {"acknowledgement", {"사람이 확인", "Acknowledged by a person"}},
                           {"initial", {"첫 답변", "First answer"}},
                           {"full", {"상세 답변", "Full answer"}},
                           {"final", {"마지막 답변", "Final answer"}}};
constexpr Word kStages[] = {{"initial", {"첫 답변", "First answer"}},
                            {"full", {"상세 답변", "Full answer"}},
                            {"final", {"마지막 답변", "Final answer"}}};
constexpr Word kOutcomes[] = {{"not-found", {"찾지 못함", "Nothing found"}},
                              {"blocked", {"막힘", "Blocked"}},
                              {"found", {"흔적을 찾음", "Traces found"}},
                              {"infected", {"감염됨", "Infected"}},
                              {"account-taken", {"계정을 빼앗김", "Account taken over"}},
                              {"looking", {"찾는 중", "Still looking"}},
                              {"other", {"그 밖", "Other"}}};
constexpr Word kRefusals[] = {{"not-for-us", {"우리 일이 아님", "Not for us"}},
                              {"cannot-open", {"열 수 없음", "Cannot be opened"}},
                              {"not-agreed", {"협정에 없음", "Not in the agreement"}},
                              {"disputed", {"다툼이 있음", "Disputed"}},
                              {"other", {"그 밖", "Other"}}};
constexpr Word kEscalates[] = {{"none", {"아무 일도 없음", "Nothing happens by itself"}},
                               {"mail", {"메일로 다시 보냄", "Sent again by mail"}},
                               {"deputy", {"대리에게", "To the deputy"}},
                               {"telephone", {"당직 전화로", "To the duty telephone"}},
                               {"oversight", {"감독 기관에", "To the oversight body"}}};
constexpr Word kChannels[] = {{"https", {"HTTPS", "HTTPS"}},        {"taxii", {"TAXII", "TAXII"}},
                              {"mail", {"메일", "Mail"}},           {"stick", {"저장 매체", "A stick"}},
                              {"telephone", {"전화", "Telephone"}}, {"relay", {"중계소", "A relay"}}};
constexpr Word kTypes[] = {{"agreement", {"협정", "Agreement"}},
                           {"key-change", {"키 바꿈", "Change of keys"}},
                           {"duty", {"당직표", "Duty rota"}},
                           {"notice", {"통보를 서명해 보냄", "Notice signed and sent"}},
                           {"availability", {"중계소가 가지고 있음", "Held by a relay"}},
                           {"receipt", {"기계가 받음", "Received by machine"}},
                           {"acknowledgement", {"읽었음을 확인", "Acknowledged as read"}},
                           {"answer", {"답변", "Answer"}},
                           {"notice-refusal", {"거절", "Refusal"}},
                           {"call", {"통화", "Telephone call"}},
                           {"escalation", {"자동으로 넘김", "Passed on by itself"}},
                           {"silence", {"기한까지 응답 없음", "No response by the deadline"}},
                           {"closing", {"종결", "Closed"}},
                           {"statement", {"공개 발언", "Public statement"}}};
constexpr Word kTroubles[] = {{"none", {"모두 열림", "Opened in full"}},
                              {"no-key", {"열 키가 없음", "No key opens it"}},
                              {"replaced-key", {"바뀐 옛 키로 봉인됨", "Sealed to a key that was replaced"}},
                              {"damaged", {"손상됨", "Damaged"}},
                              {"other-content", {"기록과 다른 내용", "Not the contents that the record states"}},
                              {"missing-disclosures", {"일부가 없음", "Parts of it are missing"}}};
constexpr Word kClaims[] = {
    {"notified", {"알렸다", "We told them"}},
    {"acknowledged", {"저쪽이 확인했다", "They confirmed it"}},
    {"not-notified", {"통보받은 적 없다", "We were never told"}},
    {"notified-later", {"그때보다 늦게야 통보받았다", "We were not told before then"}},
    {"no-attribution", {"누가 배후인지는 아무도 말하지 않았다", "Nobody said who was behind it"}},
    {"content-differs", {"그런 내용이 아니었다", "That is not what it said"}},
    {"not-acknowledged", {"우리 가운데 아무도 확인하지 않았다", "None of us confirmed that"}},
    {"answered", {"답했다", "We answered"}},
    {"not-answered", {"저쪽이 답하지 않았다", "They never answered"}},
    {"all-blocked", {"모든 공격을 막았다", "All attacks were blocked"}}};
constexpr Word kAttacks[] = {{"phishing", {"피싱", "Phishing"}},
                             {"malware-infection", {"악성 코드 감염", "Malware infection"}},
                             {"mailbox-intrusion", {"메일함 침입", "Mailbox intrusion"}},
                             {"other", {"그 밖", "Other"}}};
constexpr Word kIndicators[] = {{"ipv4", {"IPv4 주소", "IPv4 address"}},
                                {"ipv6", {"IPv6 주소", "IPv6 address"}},
                                {"domain", {"도메인", "Domain"}},
                                {"url", {"URL", "URL"}},
                                {"email", {"메일 주소", "Mail address"}},
                                {"file-md5", {"파일 MD5", "File MD5"}},
                                {"file-sha1", {"파일 SHA-1", "File SHA-1"}},
                                {"file-sha256", {"파일 SHA-256", "File SHA-256"}},
                                {"file-sha512", {"파일 SHA-512", "File SHA-512"}}};
constexpr Word kAffected[] = {{"account", {"계정", "Account"}},
                              {"email", {"메일 주소", "Mail address"}},
                              {"address", {"IP 주소", "IP address"}},
                              {"host", {"기기", "Host"}}};
constexpr Word kClosings[] = {{"answered", {"답변받음", "Answered"}},
                              {"withdrawn", {"거둠", "Withdrawn"}},
                              {"no-answer", {"답변 없이", "Without an answer"}}};
constexpr Word kParts[] = {{"person", {"사람", "Person"}}, {"machine", {"기계", "Machine"}},
                           {"box", {"봉인", "Sealing"}},   {"log", {"로그", "Log"}},
                           {"relay", {"중계소", "Relay"}}, {"witness", {"입회", "Witness"}}};
constexpr Word kParties[] = {{"notifier", notice::role_notifier},
                             {"institution", notice::role_institution},
                             {"oversight", notice::role_oversight}};
// Members of records and fields of contents.
constexpr Word kFields[] = {{"kind", {"종류", "Kind"}},
                            {"change", {"판", "Version"}},
                            {"notice", {"통보", "Notice"}},
                            {"institution", notice::role_institution},
                            {"stage", {"단계", "Stage"}},
                            {"outcome", {"결과", "Outcome"}},
                            {"code", {"까닭", "Reason"}},
                            {"reason", {"사유", "Reason in words"}},
                            {"shown", {"읽어 준 번호", "Code read out"}},
                            {"heard", {"들은 번호", "Code heard"}},
                            {"from", {"부터", "From"}},
                            {"until", {"까지", "Until"}},
                            {"officers", {"담당관", "Officers"}},
                            {"deputies", {"대리", "Deputies"}},
                            {"claim", {"발언", "Claim"}},
                            {"time", {"그때", "By then"}},
                            {"words", {"말", "Words"}},
                            {"source", {"어디서", "Where"}},
                            {"part", {"무슨 키", "Kind of key"}},
                            {"add", {"더할 키", "Key to add"}},
                            {"remove", {"뺄 키", "Key to remove"}},
                            {"duty", {"맡은 일", "Duty"}},
                            {"agreement", {"협정", "Agreement"}},
                            {"title", {"제목", "Title"}},
                            {"description", {"설명", "Description"}},
                            {"attack", {"공격의 종류", "Kind of attack"}},
                            {"when", {"언제", "When"}},
                            {"indicators", {"지표", "Indicators"}},
                            {"affected", {"피해 대상", "Affected"}},
                            {"told", {"알린 당사자", "Victims told"}},
                            {"observations", {"관측", "Observations"}},
                            {"relays", {"거쳐 온 주소", "Addresses gone through"}},
                            {"actions", {"조치", "Actions"}},
                            {"results", {"찾은 것", "What was found"}},
                            {"attribution", {"배후", "Attribution"}},
                            {"tlp", {"공유 범위", "Sharing"}},
                            {"language", {"언어", "Language"}},
                            {"reporter", {"알린 곳", "Reported by"}}};

std::span<const Word> words_of(NoticeWord set) {
  switch (set) {
    case NoticeWord::kind: return kKinds;
    case NoticeWord::change: return kChanges;
    case NoticeWord::step: return kSteps;
    case NoticeWord::stage: return kStages;
    case NoticeWord::outcome: return kOutcomes;
    case NoticeWord::refusal: return kRefusals;
    case NoticeWord::escalate: return kEscalates;
    case NoticeWord::channel: return kChannels;
    case NoticeWord::type: return kTypes;
    case NoticeWord::trouble: return kTroubles;
    case NoticeWord::claim: return kClaims;
    case NoticeWord::attack: return kAttacks;
    case NoticeWord::indicator: return kIndicators;
    case NoticeWord::affected: return kAffected;
    case NoticeWord::closing: return kClosings;
    case NoticeWord::part: return kParts;
    case NoticeWord::field: return kFields;
    case NoticeWord::party: return kParties;
  }
  return {};
}

constexpr Msg kStates[] = {{"보냄", "Sent"},
                           {"중계소에 있음", "At the relays"},
                           {"열지 못함", "Could not be opened"},
                           {"기계가 받음", "Received by machine"},
                           {"확인함", "Acknowledged"},
                           {"거절함", "Refused"},
                           {"답변함", "Answered"},
                           {"종결", "Closed"},
                           {"거둠", "Withdrawn"}};
static_assert(std::size(kStates) == kNoticeStates);
constexpr std::string_view kStateCodes[] = {"sent",    "available", "not-opened", "received", "acknowledged",
                                            "refused", "answered",  "closed",     "withdrawn"};
static_assert(std::size(kStateCodes) == kNoticeStates);

}  // namespace

std::string_view notice_word(NoticeWord set, std::string_view code, Lang lang) {
  for (const Word& word : words_of(set))
    if (word.code == code) return word.text.in(lang);
  return code;
}

void notice_word(Html& h, NoticeWord set, std::string_view code) {
  h(notice_word(set, code, h.lang()));
}

std::span<const std::string_view> notice_codes(NoticeWord set) {
  static const auto lists = [] {
    std::vector<std::vector<std::string_view>> all;
    for (int i = 0; i <= static_cast<int>(NoticeWord::party); ++i) {
      all.emplace_back();
      for (const Word& word : words_of(static_cast<NoticeWord>(i))) all.back().push_back(word.code);
    }
    return all;
  }();
  return lists[static_cast<std::size_t>(set)];
}

const Msg& word(NoticeState state) {
  return kStates[static_cast<std::size_t>(state)];
}

std::string_view notice_state_code(NoticeState state) {
  return kStateCodes[static_cast<std::size_t>(state)];
}

std::optional<NoticeState> notice_state_of(std::string_view code) {
  const auto* found = std::find(std::begin(kStateCodes), std::end(kStateCodes), code);
  if (found == std::end(kStateCodes)) return std::nullopt;
  return static_cast<NoticeState>(found - std::begin(kStateCodes));
}

const Msg& word(NoticeRole role) {
  static constexpr Msg kRoles[] = {notice::role_notifier, notice::role_institution, notice::role_relay,
                                   notice::role_oversight};
  return kRoles[static_cast<std::size_t>(role)];
}

void notice_chip(Html& h, NoticeState state) {
  switch (state) {
    case NoticeState::sent: h("<span class=st>"_h); break;
    case NoticeState::available:
    case NoticeState::received: h("<span class=\"st half\">"_h); break;
    case NoticeState::acknowledged:
    case NoticeState::answered:
    case NoticeState::closed: h("<span class=\"st ok\">"_h); break;
    case NoticeState::not_opened: h("<span class=\"st look\">"_h); break;
    case NoticeState::refused:
    case NoticeState::withdrawn: h("<span class=\"st lot\">"_h); break;
  }
  h(word(state), "</span>"_h);
}

void time_left(Html& h, const NoticeClock& clock) {
  const bool late = clock.state == NoticeClock::State::late;
  const std::int64_t s = clock.seconds;
  if (s < 120)
    h.say(late ? notice::seconds_late : notice::seconds_left, s);
  else if (s < 120 * 60)
    h.say(late ? notice::minutes_late : notice::minutes_left, s / 60);
  else if (s < 72 * 3600)
    h.say(late ? notice::hours_late : notice::hours_left, s / 3600);
  else
    h.say(late ? notice::days_late : notice::days_left, s / 86'400);
}

void clock_chip(Html& h, const NoticeClock& clock) {
  switch (clock.state) {
    case NoticeClock::State::waiting: h("<span class=st>"_h, notice::clock_waiting, "</span>"_h); return;
    case NoticeClock::State::over: h("<span class=st>"_h, notice::clock_over, "</span>"_h); return;
    case NoticeClock::State::running: h("<span class=\"st half\">"_h); break;
    case NoticeClock::State::met: h("<span class=\"st ok\">"_h, notice::clock_met, "</span>"_h); return;
    case NoticeClock::State::met_late: h("<span class=\"st look\">"_h, notice::clock_met_late, "</span>"_h); return;
    case NoticeClock::State::late: h("<b class=late>"_h, notice::late, "</b> <span class=st>"_h); break;
  }
  time_left(h, clock);
  h("</span>"_h);
}

void duration(Html& h, std::int64_t seconds) {
  if (seconds < 120)
    h(seconds, " "_h, notice::unit_seconds);
  else if (seconds < 120 * 60)
    h(seconds / 60, " "_h, notice::unit_minutes);
  else if (seconds < 72 * 3600)
    h(seconds / 3600, " "_h, notice::unit_hours);
  else
    h(seconds / 86'400, " "_h, notice::unit_days);
}

const Msg& meaning_of(std::string_view type) {
  static constexpr Word kMeanings[] = {{"notice", notice::meaning_notice},
                                       {"answer", notice::meaning_answer},
                                       {"notice-refusal", notice::meaning_refusal},
                                       {"call", notice::meaning_call},
                                       {"duty", notice::meaning_duty},
                                       {"statement", notice::meaning_statement},
                                       {"key-change", notice::meaning_key},
                                       {"agreement", notice::meaning_agreement},
                                       {"closing", notice::meaning_closing},
                                       {"acknowledgement", notice::ack_meaning}};
  for (const Word& one : kMeanings)
    if (one.code == type) return one.text;
  return notice::meaning_other;
}

}  // namespace scrutineer::ui
