#include "notice_models.h"

namespace scrutineer::ui::sample {
namespace {

const std::string kId(64, 'a');
const std::string kText =
    "scrutineer/acknowledgement/1\n{\"agreement\":\"5f2c\",\"at\":\"2026-11-22T10:20:00Z\",\"notice\":\"aaaa\"}\n";
const Bilingual kInstitution{"가상선거관리위원회", "Invented Election Commission"};
const Bilingual kNotifier{"가상정보원", "Invented Security Service"};

NoticeFrame frame_of(const DeskFrame& desk, NoticeRole role) {
  NoticeFrame frame{desk, role};
  const bool ko = desk.lang == Lang::ko;
  frame.desk.election = role == NoticeRole::notifier ? (ko ? kNotifier.ko : kNotifier.en)
                        : role == NoticeRole::relay  ? (ko ? "가상 중계소" : "Invented relay")
                                                     : (ko ? kInstitution.ko : kInstitution.en);
  frame.desk.centre = role == NoticeRole::notifier ? "nis.example/notices" : "nec.example/notices";
  frame.desk.link = DeskFrame::Link::is_server;
  if (!frame.desk.person.empty()) {
    frame.desk.person = role == NoticeRole::notifier ? "nis/officer-1" : "nec/officer-1";
    frame.desk.roles = {"officer", "representative"};
  }
  return frame;
}

NoticeClock clock(NoticeClock::State state, std::int64_t seconds, std::string code, std::string step,
                  std::string then) {
  NoticeClock made;
  made.state = state;
  made.code = std::move(code);
  made.step = std::move(step);
  made.due = "2026-11-22 19:35:00 KST";
  made.seconds = seconds;
  made.then = std::move(then);
  return made;
}

NoticeRow row(std::size_t i) {
  constexpr NoticeState kMany[] = {NoticeState::received,  NoticeState::acknowledged, NoticeState::answered,
                                   NoticeState::available, NoticeState::closed,       NoticeState::not_opened,
                                   NoticeState::refused,   NoticeState::withdrawn,    NoticeState::sent};
  NoticeRow made;
  made.id = kId;
  made.number = "3f2a 91" + std::to_string(10 + i);
  made.kind = i % 4 == 1 ? "warning" : "attack";
  made.change = i % 7 == 3 ? "update" : "first";
  made.other = kInstitution;
  if (i > 0) made.other = {"가상기관 " + std::to_string(i), "Invented institution " + std::to_string(i)};
  made.sent = "2026-11-22 19:20:01 KST";
  made.state = kMany[i % 9];
  made.late = i % 3 == 0;
  if (i % 9 < 4)
    made.next = clock(made.late ? NoticeClock::State::late : NoticeClock::State::running,
                      40 + 700 * static_cast<std::int64_t>(i), "person-15m", "acknowledgement", "deputy");
  if (made.late) made.escalated = "deputy";
  if (i % 9 == 2) made.stage = "full";
  made.unreachable = i % 9 == 3;
  made.relays_holding = i % 9 == 8 ? 1 : 3;
  made.relays = 3;
  made.quorum = 2;
  made.received = "2026-11-22 19:20:02 KST";
  if (i % 9 == 1 || i % 9 == 2) made.acknowledged = "2026-11-22 19:31:40 KST";
  if (i % 9 == 2) made.answered = "2026-11-22 20:10:00 KST";
  return made;
}

NoticeList list(std::size_t rows) {
  NoticeList made;
  for (std::size_t i = 0; i < rows; ++i) {
    made.rows.push_back(row(i));
    ++made.counts[static_cast<std::size_t>(made.rows.back().state)];
    made.late += made.rows.back().late;
  }
  made.all = static_cast<std::int64_t>(rows);
  made.unread = made.counts[3];
  made.as_of = "2026-11-22 19:40:00 KST";
  return made;
}

NoticeContent content() {
  NoticeContent made;
  made.title = "직원 메일 계정을 노린 피싱 메일";
  made.description =
      "2021년 4월 19일 오후, 보안 점검을 사칭한 메일이 두 사람에게 왔습니다.\n링크를 누른 사람이 있습니다.";
  made.attack = "phishing";
  made.first = "2021-04-19T08:44:00Z";
  made.last = "2021-04-19T08:56:00Z";
  made.indicators = {{"ipv4", "192.0.2.44", "중계 서버"},
                     {"domain", "mail-check.example", ""},
                     {"file-sha256", std::string(64, '7'), "attachment"},
                     {"url", "https://mail-check.example/login?u=1", ""}};
  made.affected = {{"email", "officer@nec.example", "2021-04-19 20:44", "전화", true},
                   {"host", "pc-117.nec.example", "", "", false}};
  made.observations = {{"198.51.100.7", "192.0.2.44", "2021-04-19 17:44", "2021-04-19 17:56", 9}};
  made.relays = {"192.0.2.44"};
  made.actions = {"두 계정의 비밀번호를 바꾸고 로그를 보존하십시오.", "지표를 최근 90일 로그에서 찾으십시오."};
  made.attributions = {{"가상 공작조 7", "Invented Group 7, IG-7", 85}};
  made.reporter = "가상정보원";
  made.tlp = "TLP:AMBER+STRICT";
  made.files = {{"stix.json", "application/stix+json;version=2.1", 8124}, {"mail.eml", "message/rfc822", 41'122}};
  return made;
}

NoticeStepRow step(std::string type, Bilingual party, std::string signer, std::string code) {
  NoticeStepRow made;
  made.type = std::move(type);
  made.record = kId;
  made.signers = {std::move(signer)};
  made.party = std::move(party);
  made.code = std::move(code);
  made.claimed = "2026-11-22 19:20:00 KST";
  made.known = "2026-11-22 19:20:02 KST";
  made.by = "2026-11-22 19:20:31 KST";
  return made;
}

NoticePage notice(bool institution) {
  NoticePage page;
  page.row = row(0);
  if (institution) page.row.other = kNotifier;
  using State = NoticeClock::State;
  page.clocks = {clock(State::met, 0, "machine-5s", "receipt", "mail"),
                 clock(State::late, 312, "person-15m", "acknowledgement", "deputy"),
                 clock(State::running, 7'000, "answer-24h", "initial", "oversight"),
                 clock(State::waiting, 0, "full-72h", "full", "none")};
  page.clocks[0].met = "2026-11-22 19:20:02 KST";
  page.clocks[1].escalated = true;
  page.clocks[2].law = "정보통신망법 제48조의3, 24시간";
  page.steps = {step("notice", kNotifier, "nis/officer-1", "first"),
                step("availability", {"중계소 하나", "Relay one"}, "relay-1", ""),
                step("receipt", kInstitution, "nec.example/machine", "https"),
                step("escalation", kNotifier, "nis.example/machine", "deputy"),
                step("notice-refusal", kInstitution, "nec/officer-2", "disputed")};
  page.steps[3].detail = "person-15m";
  page.steps[4].words = "우리 기관의 주소가 아닙니다";
  page.steps[4].by.clear();
  page.steps[4].counts = false;
  page.versions = {{kId, "3f2a 9110", "first", "2026-11-22 19:20:01 KST", true},
                   {kId, "77aa 0012", "attribution", "2026-11-22 21:00:00 KST", false}};
  page.relays = {{{"중계소 하나", "Relay one"}, true, "2026-11-22 19:20:02 KST"},
                 {{"중계소 둘", "Relay two"}, false, ""}};
  page.answers = {kId};
  page.may.read = page.may.call = true;
  page.may.answer = page.may.refuse = institution;
  page.may.update = page.may.close = !institution;
  page.may.closing = "no-answer";
  return page;
}

NoticeToSign to_sign(std::string type) {
  NoticeToSign made;
  made.draft = "d1aft";
  made.type = std::move(type);
  made.text = kText;
  made.lines = {{"notice", "3f2a 9110"}};
  return made;
}

std::vector<ComposePage::Agreement> agreements(std::size_t count) {
  std::vector<ComposePage::Agreement> made;
  for (std::size_t i = 0; i < count; ++i)
    made.push_back({kId.substr(2) + std::to_string(10 + i),
                    {"가상기관 " + std::to_string(i), "Invented institution " + std::to_string(i)}});
  return made;
}

ComposePage compose() {
  ComposePage page;
  page.agreements = agreements(61);
  page.form.agreements = {page.agreements[3].id};
  page.form.title = "직원 메일 계정을 노린 피싱 메일";
  page.form.indicators = "192.0.2.44 | 중계 서버\nmail-check[.]example\nzz";
  page.form.files = {{"mail.eml", "message/rfc822", 41'122}};
  page.problems = {{"indicators", 3, {"무엇인지 알 수 없습니다.", "It is not clear what this is."}}};
  return page;
}

KeysPage keys() {
  KeysPage page;
  KeysPage::Agreement one;
  one.id = kId;
  one.title = {"통보 협정", "Service agreement"};
  one.quorum = 2;
  one.witness_quorum = 2;
  one.heartbeat = 60;
  one.received = "available";
  KeysPage::Party party;
  party.role = "institution";
  party.title = kInstitution;
  party.keys = {{"nec/officer-1", "1a2b3c4d", "officer", "person", false, "nec/officer-1+1a2b3c4d+AbCd"},
                {"nec/officer-0", "00000000", "officer", "person", true, "nec/officer-0+00000000+AbCd"}};
  one.parties = {party};
  one.deadlines = {clock(NoticeClock::State::waiting, 900, "person-15m", "acknowledgement", "deputy")};
  one.sign = to_sign("agreement");
  page.agreements = {one};
  page.may_sign = true;
  return page;
}

NoticePublic everybody() {
  NoticePublic page;
  page.as_of = "2026-11-22 19:40:00 KST";
  page.notices = 124;
  page.received = 120;
  page.acknowledged = 101;
  page.answered = 88;
  page.late = 9;
  page.silences = 3;
  page.escalations = 14;
  page.clocks = {
      {"receipt", 120, 1, 44}, {"acknowledgement", 101, 640, 90'000}, {"initial", 0, std::nullopt, std::nullopt}};
  page.logs = {{"nec.example/notices", 4'117, "EhLY8UXXGd8axPS/CtI1Rl5elC9I5o5VBB64hDQ1T/A=", "2026-11-22 19:39:40 KST",
                3, 3, false, false},
               {"relay-1.example/notices", 912, "", "", 0, 0, true, true}};
  page.agreements = {{kId, kNotifier, kInstitution, 124, 101, 88, 9}};
  return page;
}

using Render = std::function<std::string(const DeskFrame&)>;

template <class Page>
Render with(NoticeRole role, std::string (*render)(const NoticeFrame&, const Page&), Page page) {
  return [=](const DeskFrame& desk) { return render(frame_of(desk, role), page); };
}

}  // namespace

std::vector<DeskSample> notice_samples() {
  const NoticeRole notifier = NoticeRole::notifier, institution = NoticeRole::institution;
  NoticeList sent = list(9), inbox = list(4), none = list(0);
  sent.may_compose = true;
  sent.troubles = {{"nec.example/notices", 12, "2026-11-22 19:22:00 KST"}};
  for (NoticeRow& one : inbox.rows) one.other = kNotifier;
  none.message = {DeskMessage::Kind::done, {"보냈습니다.", "Sent."}, {}};
  NoticeBoard board;
  board.list = list(61);
  board.groups = {{"g1", "attack", "2026-11-22 19:20 KST", "nis/officer-1", 61},
                  {"g2", "warning", "2026-11-20 09:00 KST", "nis/officer-1", 12}};
  board.group = "g1";
  NoticeReading reading;
  reading.row = row(0);
  reading.content = content();
  reading.acknowledge = to_sign("acknowledgement");
  reading.may.answer = reading.may.refuse = true;
  NoticeToSign one = to_sign("notice"), many = to_sign("notice"), refusal = to_sign("notice-refusal");
  one.content = many.content = content();
  one.lines = {{"kind", "attack"}, {"institution", "가상선거관리위원회"}};
  one.sealed = {"attribution", "title", "indicators", "file:stix.json"};
  one.editable = many.editable = true;
  many.text.clear();
  for (int i = 0; i < 61; ++i) many.recipients.push_back("가상기관 " + std::to_string(i));
  refusal.lines = {{"notice", "3f2a 9110"}, {"code", "disputed"}, {"reason", "우리 주소가 아닙니다"}};
  AnswerForm answer;
  answer.row = row(0);
  CallPage call;
  call.row = row(0);
  call.code = "48120917";
  call.recorded = {{"nis/telephone-1", "2026-11-22 19:38:00 KST", true}};
  call.telephones = {"+82-2-555-0199"};
  DutyPage duty;
  duty.rotas = {{kId,
                 "2026-11-22T00:00:00Z",
                 "2026-11-23T00:00:00Z",
                 kInstitution,
                 {"nec/officer-1"},
                 {"nec/deputy-1"},
                 true,
                 false}};
  duty.agreements = agreements(2);
  duty.people = {"nec/officer-1", "nec/deputy-1"};
  duty.may_sign = true;
  StatementsPage statements;
  statements.statements = {step("statement", kInstitution, "nec/representative-1", "not-notified")};
  statements.statements[0].words = "우리는 통보받은 적이 없습니다.";
  statements.about = {""};
  statements.agreements = agreements(1);
  statements.notices = {row(0)};
  statements.claims = {"not-notified", "all-blocked"};
  statements.may_sign = true;
  return {{"notice-sign-in", with(institution, render_notice_sign_in, NoticeSignIn{kText, std::nullopt}), false},
          {"notice-list", with(notifier, render_notice_list, sent)},
          {"notice-inbox", with(institution, render_notice_list, inbox)},
          {"notice-none", with(institution, render_notice_list, none)},
          {"notice-board", with(notifier, render_notice_board, board)},
          {"notice-one", with(notifier, render_notice, notice(false))},
          {"notice-arrived", with(institution, render_notice, notice(true))},
          {"notice-content", with(institution, render_notice_reading, reading)},
          {"notice-answered", with(notifier, render_answer_reading,
                                   AnswerReading{row(2),
                                                 kId,
                                                 {"full",
                                                  "found",
                                                  "계정을 잠갔습니다.",
                                                  "로그 90일치를 찾아보았습니다.",
                                                  {{"hunt.json", "application/json", 912}}}})},
          {"notice-compose", with(notifier, render_compose, compose())},
          {"notice-preview", with(notifier, render_to_sign, one)},
          {"notice-preview-many", with(notifier, render_to_sign, many)},
          {"notice-refusal", with(institution, render_to_sign, refusal)},
          {"notice-answer", with(institution, render_answer_form, answer)},
          {"notice-refuse", with(institution, render_refuse, RefuseForm{row(0), std::nullopt})},
          {"notice-call", with(institution, render_call, call)},
          {"notice-duty", with(institution, render_duty, duty)},
          {"notice-statements", with(institution, render_statements, statements)},
          {"notice-keys", with(institution, render_keys, keys())},
          {"notice-public", with(NoticeRole::relay, render_notice_public, everybody()), false},
          {"notice-error", [](const DeskFrame& desk) {
             return render_notice_error(
                 frame_of(desk, NoticeRole::institution), 404,
                 {DeskMessage::Kind::refused, {"그런 통보가 없습니다.", "There is no such notice."}, "not_found"});
           }}};
}

}  // namespace scrutineer::ui::sample
