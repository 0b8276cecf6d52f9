// The forms of a node's pages: what is typed becomes a draft, a draft is signed, what is signed is said.
#include <algorithm>

#include "app/server/notice_content.h"
#include "app/server/notice_state.h"
#include "core/session/signed_form.h"

namespace scrutineer {
namespace {

constexpr const char* kSign = "/desk/sign?draft=";

template <class Enum, std::size_t N>
std::optional<Enum> code_of(const std::string_view (&names)[N], std::string_view code) {
  const auto* found = std::find(std::begin(names), std::end(names), code);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<Enum>(found - std::begin(names));
}

std::string text_of(const NoticeContext& context, std::string_view name) {
  std::string text(context.field(name));
  for (std::size_t at = text.find("\r\n"); at != text.npos; at = text.find("\r\n", at)) text.erase(at, 1);
  return text;
}

http::Answer to_sign(NoticeContext& context, const std::shared_ptr<NoticeDraft>& draft) {
  return http::restricted(http::see_other(kSign + context.server.drafts.add(context.session, draft)));
}

// A record without contents: drafted, shown in words, then signed. `back`: where somebody goes who may not say it.
http::Answer draft_record(NoticeContext& context, NoticeRecord record, std::vector<ui::NoticeToSign::Line> lines,
                          std::string next, ui::Bilingual sentence) {
  const std::string type(kNoticeTypeNames[static_cast<std::size_t>(record.type())]);
  const RecordId* about = notice_of(record);
  auto draft = std::make_shared<NoticeDraft>();
  if (about) draft->about = *about;
  auto made = context.server.node->draft(std::move(record));
  if (!made) return refused(context, std::move(next), made.error());
  draft->draft = std::move(*made);
  draft->shown.type = type;
  draft->shown.text = draft->draft.text;
  draft->shown.lines = std::move(lines);
  draft->shown.back = next;
  draft->done = std::move(sentence);
  draft->next = std::move(next);
  return to_sign(context, draft);
}

// The agreement of a notice that this person may do something with.
Result<RecordId> agreement_for(NoticeContext& context, const RecordId& notice, bool ui::NoticeActions::*may) {
  return context.server.look([&](const NoticeSight& sight) -> Result<RecordId> {
    const NoticeVersion* version = sight.book.version(notice);
    if (version == nullptr || !version->booked) return fail(ErrorCode::not_found, "there is no such notice here");
    if (!(actions_of(sight, *version, context.person).*may))
      return fail(ErrorCode::unauthorised, "this is not for you, or not any more");
    return *sight.book.records()[version->record].record.agreement;
  });
}

// The agreement named in the form, if this person is somebody under it.
Result<RecordId> named_agreement(NoticeContext& context, bool as_representative) {
  return context.server.look([&](const NoticeSight& sight) -> Result<RecordId> {
    const auto id = record_id_of(context.field("agreement"));
    const AgreementState* agreement = id ? sight.book.agreement(*id) : nullptr;
    if (agreement == nullptr) return fail(ErrorCode::not_found, "there is no such agreement here");
    const auto duty = duty_of(*agreement, party_of(sight.role), context.person);
    if (!duty || (as_representative && !may_commit(*duty)))
      return fail(ErrorCode::unauthorised, "only representatives sign this");
    return *id;
  });
}

// ---- Notices ----

struct Targets {
  std::vector<RecordId> agreements;
  std::vector<std::string> names;
};

// Where a notice goes: the agreements chosen, or that of the notice that it replaces; each with this person's right.
Result<Targets> targets_of(NoticeContext& context, const ui::NoticeForm& form) {
  return context.server.look([&](const NoticeSight& sight) -> Result<Targets> {
    Targets targets;
    const bool all = std::find(form.agreements.begin(), form.agreements.end(), "all") != form.agreements.end();
    std::optional<RecordId> only;
    if (auto replaced = record_id_of(form.replaces)) {
      const NoticeVersion* version = sight.book.version(*replaced);
      if (version == nullptr || !version->booked || !actions_of(sight, *version, context.person).update)
        return fail(ErrorCode::unauthorised, "there is no such notice that you could replace");
      only = sight.book.records()[version->record].record.agreement;
    }
    for (const AgreementState* agreement : sight.book.agreements()) {
      const bool chosen = only ? agreement->id == *only
                               : all || std::find(form.agreements.begin(), form.agreements.end(),
                                                  to_hex(agreement->id)) != form.agreements.end();
      if (!chosen || !agreement->in_effect) continue;
      const auto duty = duty_of(*agreement, party_of(sight.role), context.person);
      if (!duty || !may_read(*duty))
        return fail(ErrorCode::unauthorised, "you are no officer under one of these agreements");
      targets.agreements.push_back(agreement->id);
      targets.names.push_back(context.frame.desk.lang == ui::Lang::ko ? agreement->terms.institution.title.ko
                                                                      : agreement->terms.institution.title.en);
    }
    if (targets.agreements.empty()) return fail(ErrorCode::invalid_argument, "choose at least one institution");
    return targets;
  });
}

std::vector<std::string> sealed_names(const NoticeContent& content) {
  std::vector<std::string> names;
  for (const PayloadField& field : content.fields) names.push_back(field.name);
  for (const PayloadFile& file : content.files) names.push_back("file:" + file.name);
  return names;
}

// Ids of its own for every version: what ties versions together are the records.
StixStamp new_stamp(NoticeServer::State& server) {
  StixStamp stamp;
  stamp.modified = stamp.created = server.clock.now();
  server.rng.fill(stamp.seed.bytes);
  return stamp;
}

http::Answer show_again(NoticeContext& context, ui::NoticeForm form, std::vector<ui::FormProblem> problems,
                        std::optional<Error> error) {
  ui::ComposePage page;
  page.agreements = context.server.look(agreements_of);
  page.form = std::move(form);
  page.problems = std::move(problems);
  if (error) page.message = message_of(*error);
  return compose_page(context, std::move(page));
}

Status fill_notice(NoticeContext& context, NoticeDraft& draft, const AttackReport& report, const Targets& targets) {
  NoticeServer::State& server = context.server;
  const ui::NoticeForm& form = draft.form;
  SCRUTINEER_TRY(draft.content, content_of(report, new_stamp(server), draft.attached));
  draft.kind = code_of<NoticeKind>(kNoticeKindNames, form.kind).value_or(NoticeKind::attack);
  const auto change = code_of<NoticeChange>(kNoticeChangeNames, form.change).value_or(NoticeChange::first);
  draft.agreements = targets.agreements;
  draft.shown.type = "notice";
  draft.shown.recipients = targets.names;
  draft.shown.content = shown_content(report, draft.content);
  draft.shown.sealed = sealed_names(draft.content);
  draft.shown.editable = true;
  draft.shown.lines = {{"kind", form.kind}, {"change", form.change}};
  draft.done = {"보냈습니다.", "Sent."};
  draft.next = "/desk/";
  if (targets.agreements.size() > 1) return {};
  draft.shown.lines.push_back({"institution", targets.names.front()});
  SCRUTINEER_TRY(draft.draft,
                 server.node->draft_notice(targets.agreements.front(), draft.kind, change, record_id_of(form.replaces),
                                           draft.content.fields, draft.content.files));
  draft.shown.text = draft.draft.text;
  return {};
}

http::Answer post_compose(NoticeContext& context) {
  NoticeServer::State& server = context.server;
  Turnstile::Turn turn = server.sealing.enter();
  if (!turn) return come_again(context.request.path);
  auto draft = std::make_shared<NoticeDraft>();
  draft->form = read_notice_form(context.form);
  auto files = read_files(context.parts, "file");
  if (!files) return show_again(context, draft->form, {}, files.error());
  draft->attached = std::move(*files);
  if (auto before = server.drafts.find(context.session, draft->form.draft); before && draft->attached.empty())
    draft->attached = before->attached;
  auto targets = targets_of(context, draft->form);
  if (!targets) return show_again(context, draft->form, {}, targets.error());
  ReadReport read = read_report_form(draft->form, context.frame.desk.election);
  if (!read.problems.empty()) return show_again(context, draft->form, std::move(read.problems), std::nullopt);
  if (auto filled = fill_notice(context, *draft, read.report, *targets); !filled)
    return show_again(context, draft->form, {}, filled.error());
  server.drafts.drop(context.session, draft->form.draft);
  return to_sign(context, draft);
}

// To many: one for each, by this machine's key.
http::Answer post_send(NoticeContext& context) {
  NoticeServer::State& server = context.server;
  auto draft = server.drafts.find(context.session, context.field("draft"));
  if (!draft || draft->agreements.size() < 2)
    return refused(context, "/desk/", {ErrorCode::not_found, "this was sent, discarded, or left too long", {}});
  auto allowed = targets_of(context, draft->form);  // nobody's key was removed meanwhile
  if (!allowed) return refused(context, "/desk/", allowed.error());
  Turnstile::Turn turn = server.sealing.enter();
  if (!turn) return come_again(context.request.path);
  server.drafts.drop(context.session, context.field("draft"));
  auto results = server.node->notify_many(draft->agreements, draft->kind, draft->content.fields, draft->content.files);
  NoticeGroup group;
  std::size_t failed = 0;
  for (const auto& one : results) {
    if (one && one->outcome != TakenIn::Outcome::refused)
      group.notices.push_back(one->record);
    else
      ++failed;
  }
  if (group.notices.empty())
    return refused(context, "/desk/",
                   results.empty() || results.front() ? Error{ErrorCode::conflict, "none of them could be sent", {}}
                                                      : results.front().error());
  Hash256 drawn;
  server.rng.fill(drawn.bytes);
  group.token = to_hex(drawn).substr(0, 16);
  group.at = server.clock.now().value;
  group.by = context.person.name;
  group.kind = kNoticeKindNames[static_cast<std::size_t>(draft->kind)];
  const std::string count = std::to_string(group.notices.size()), next = "/desk/board?group=" + group.token;
  const Status kept = server.groups->add(std::move(group));
  if (failed > 0)
    return refused(context, next, {ErrorCode::conflict, std::to_string(failed) + " of them could not be sent", {}});
  if (!kept) return refused(context, next, kept.error());
  return done(context, next, {count + "곳에 보냈습니다.", "Sent to " + count + " institutions."});
}

// ---- Answers ----

http::Answer post_answer(NoticeContext& context) {
  NoticeServer::State& server = context.server;
  Turnstile::Turn turn = server.sealing.enter();
  if (!turn) return come_again(context.request.path);
  const auto id = context.id();
  if (!id) return notice_error(context.frame, {ErrorCode::not_found, "there is no such notice here", {}});
  auto allowed = agreement_for(context, *id, &ui::NoticeActions::answer);
  if (!allowed) return notice_error(context.frame, allowed.error());
  auto draft = std::make_shared<NoticeDraft>();
  draft->answer.row = server.look([&](const NoticeSight& sight) { return row_of(sight, *sight.book.version(*id)); });
  draft->answer.stage = std::string(context.field("stage"));
  draft->answer.outcome = std::string(context.field("outcome"));
  draft->answer.actions = text_of(context, "actions");
  draft->answer.results = text_of(context, "results");
  const auto again = [&](const Error& error) {
    ui::AnswerForm form = draft->answer;
    form.message = message_of(error);
    return answer_page(context, std::move(form));
  };
  const auto stage = code_of<AnswerStage>(kAnswerStageNames, draft->answer.stage);
  const auto outcome = code_of<AnswerOutcome>(kAnswerOutcomeNames, draft->answer.outcome);
  if (!stage || !outcome) return again({ErrorCode::malformed, "it does not say which stage, or which outcome", {}});
  auto files = read_files(context.parts, "file");
  if (!files) return again(files.error());
  auto hunt = read_files(context.parts, "hunt");
  if (!hunt) return again(hunt.error());
  AnswerReport report{*outcome, draft->answer.actions, draft->answer.results, std::nullopt};
  if (!hunt->empty()) report.hunt = std::move(hunt->front().bytes);
  auto content = content_of(report, std::move(*files));
  if (!content) return again(content.error());
  auto made = server.node->draft_answer(*id, *stage, content->fields, content->files);
  if (!made) return again(made.error());
  draft->draft = std::move(*made);
  draft->about = *id;
  draft->shown.type = "answer";
  draft->shown.text = draft->draft.text;
  draft->shown.lines = {{"notice", notice_number(*id)}, {"stage", draft->answer.stage}};
  draft->shown.answer = shown_answer(report, *stage, content->files);
  draft->shown.sealed = sealed_names(*content);
  draft->shown.editable = true;
  draft->done = {"답변을 보냈습니다.", "The answer is sent."};
  draft->next = "/desk/notice?id=" + to_hex(*id);
  return to_sign(context, draft);
}

// ---- Records without contents ----

http::Answer post_refuse(NoticeContext& context) {
  const auto id = context.id();
  if (!id) return notice_error(context.frame, {ErrorCode::not_found, "there is no such notice here", {}});
  auto agreement = agreement_for(context, *id, &ui::NoticeActions::refuse);
  if (!agreement) return notice_error(context.frame, agreement.error());
  const auto code = code_of<RefusalCode>(kRefusalCodeNames, context.field("code"));
  const std::string next = "/desk/notice?id=" + to_hex(*id), reason = text_of(context, "reason");
  if (!code) return refused(context, next, {ErrorCode::malformed, "it does not say why", {}});
  return draft_record(
      context, {*agreement, std::nullopt, NoticeRefusal{*id, *code, reason}},
      {{"notice", notice_number(*id)}, {"code", std::string(context.field("code"))}, {"reason", reason}}, next,
      {"거절이 기록되었습니다.", "The refusal is recorded."});
}

http::Answer post_call(NoticeContext& context) {
  const auto id = context.id();
  if (!id) return notice_error(context.frame, {ErrorCode::not_found, "there is no such notice here", {}});
  auto agreement = agreement_for(context, *id, &ui::NoticeActions::call);
  if (!agreement) return notice_error(context.frame, agreement.error());
  std::string heard(context.field("heard"));
  std::erase(heard, ' ');
  const std::string shown = context.server.node->call_code(*id, context.person);
  const std::string here = "/desk/call?id=" + to_hex(*id);
  if (shown != context.field("shown"))
    return refused(context, here, {ErrorCode::stale, "the code has changed meanwhile: read out the new one", {}});
  if (heard.size() != kCallCodeDigits || heard.find_first_not_of("0123456789") != heard.npos)
    return refused(context, here, {ErrorCode::malformed, "the code has eight digits", {}});
  return draft_record(context, {*agreement, std::nullopt, Call{*id, shown, heard}},
                      {{"notice", notice_number(*id)}, {"shown", shown}, {"heard", heard}},
                      "/desk/call?id=" + to_hex(*id), {"통화를 기록했습니다.", "The call is recorded."});
}

http::Answer post_close(NoticeContext& context) {
  const auto id = context.id();
  if (!id) return notice_error(context.frame, {ErrorCode::not_found, "there is no such notice here", {}});
  auto agreement = agreement_for(context, *id, &ui::NoticeActions::close);
  if (!agreement) return notice_error(context.frame, agreement.error());
  const std::string next = "/desk/notice?id=" + to_hex(*id), outcome(context.field("outcome"));
  const auto code = code_of<ClosingOutcome>(kClosingOutcomeNames, outcome);
  if (!code) return refused(context, next, {ErrorCode::malformed, "it does not say how it ended", {}});
  return draft_record(context, {*agreement, std::nullopt, Closing{*id, *code}},
                      {{"notice", notice_number(*id)}, {"outcome", outcome}}, next, {"종결했습니다.", "Closed."});
}

std::vector<std::string> all_of(const NoticeContext& context, std::string_view name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : context.form)
    if (key == name) values.push_back(value);
  return values;
}

std::string in_one_line(const std::vector<std::string>& names) {
  std::string line;
  for (const std::string& name : names) line += (line.empty() ? "" : ", ") + name;
  return line;
}

http::Answer post_duty(NoticeContext& context) {
  auto agreement = named_agreement(context, true);
  if (!agreement) return refused(context, "/desk/duty", agreement.error());
  const auto from = read_local_time(context.field("from")), until = read_local_time(context.field("until"));
  if (!from || !until || *from >= *until)
    return refused(context, "/desk/duty",
                   {ErrorCode::malformed, "from and until are times such as 2026-11-22 09:00, in this order", {}});
  DutyRota rota{party_of(context.server.node->role()), to_rfc3339({*from}), to_rfc3339({*until}),
                all_of(context, "officer"), all_of(context, "deputy")};
  if (rota.officers.empty() && rota.deputies.empty())
    return refused(context, "/desk/duty", {ErrorCode::malformed, "choose who is on duty", {}});
  std::vector<ui::NoticeToSign::Line> lines = {{"from", local_time(*from)},
                                               {"until", local_time(*until)},
                                               {"officers", in_one_line(rota.officers)},
                                               {"deputies", in_one_line(rota.deputies)}};
  return draft_record(context, {*agreement, std::nullopt, std::move(rota)}, std::move(lines), "/desk/duty",
                      {"당직표를 기록했습니다.", "The rota is recorded."});
}

http::Answer post_statement(NoticeContext& context) {
  auto agreement = named_agreement(context, false);
  if (!agreement) return refused(context, "/desk/statements", agreement.error());
  const auto claim = code_of<Claim>(kClaimNames, context.field("claim"));
  if (!claim) return refused(context, "/desk/statements", {ErrorCode::malformed, "it does not say what was said", {}});
  Statement said{*claim, record_id_of(context.field("notice")), std::nullopt, text_of(context, "words"),
                 text_of(context, "source")};
  std::vector<ui::NoticeToSign::Line> lines = {{"claim", std::string(context.field("claim"))}};
  if (said.notice) lines.push_back({"notice", notice_number(*said.notice)});
  if (!context.field("time").empty()) {
    const auto time = read_local_time(context.field("time"));
    if (!time)
      return refused(context, "/desk/statements", {ErrorCode::malformed, "write the time as 2026-11-22 09:00", {}});
    said.time = to_rfc3339({*time});
    lines.push_back({"time", local_time(*time)});
  }
  lines.push_back({"words", said.words});
  lines.push_back({"source", said.source});
  return draft_record(context, {*agreement, std::nullopt, std::move(said)}, std::move(lines), "/desk/statements",
                      {"발언을 기록했습니다.", "The statement is recorded."});
}

http::Answer post_keys(NoticeContext& context) {
  auto agreement = named_agreement(context, true);
  if (!agreement) return refused(context, "/desk/keys", agreement.error());
  KeyChange change;
  change.party = party_of(context.server.node->role());
  change.part = code_of<KeyPart>(kKeyPartNames, context.field("part")).value_or(KeyPart::person);
  change.duty = code_of<Duty>(kDutyNames, context.field("duty")).value_or(Duty::officer);
  change.add = text_of(context, "add");
  change.remove = text_of(context, "remove");
  change.reason = text_of(context, "reason");
  std::vector<ui::NoticeToSign::Line> lines = {
      {"part", std::string(context.field("part"))}, {"add", change.add}, {"remove", change.remove}};
  if (change.part == KeyPart::person) lines.push_back({"duty", std::string(context.field("duty"))});
  lines.push_back({"reason", change.reason});
  return draft_record(context, {*agreement, std::nullopt, std::move(change)}, std::move(lines), "/desk/keys",
                      {"키를 바꾸었습니다.", "The keys are changed."});
}

// What was signed is what this server drafted; the text that comes back with it is not looked at.
http::Answer post_sign(NoticeContext& context) {
  NoticeServer::State& server = context.server;
  const std::string token(context.field("draft"));
  auto draft = server.drafts.find(context.session, token);
  if (!draft || draft->draft.text.empty())
    return refused(context, "/desk/", {ErrorCode::not_found, "this was signed, discarded, or left too long", {}});
  const std::string here = draft->shown.type == "acknowledgement" ? draft->next : kSign + token;
  auto said = [&]() -> Result<TakenIn> {
    SCRUTINEER_TRY(SignedNote note, signed_form(context.field("text"), context.field("signer"), context.field("key_id"),
                                                context.field("signature")));
    const NoteSignature& signature = note.signatures.front();
    if (signature.name != context.person.name || signature.id != context.person.id)
      return fail(ErrorCode::unauthorised, "this was signed with another key than the one that signed in");
    if (!verify_note_signature(draft->draft.text, signature, context.person))
      return fail(ErrorCode::bad_signature, "the signature is not over this text");
    return server.node->say(to_bytes(SignedNote{draft->draft.text, {signature}}),
                            draft->draft.sealed ? BytesView(draft->draft.sealed->ciphertext) : BytesView());
  }();
  if (!said) return refused(context, here, said.error());
  if (said->outcome == TakenIn::Outcome::refused)
    return refused(context, here, said->error.value_or(Error{ErrorCode::conflict, "it was not taken", {}}));
  server.drafts.drop(context.session, token);
  const std::string next = draft->shown.type == "notice" ? "/desk/notice?id=" + to_hex(said->record) : draft->next;
  return done(context, next, draft->done);
}

http::Answer post_discard(NoticeContext& context) {
  context.server.drafts.drop(context.session, context.field("draft"));
  return done(context, "/desk/", {"버렸습니다. 아무것도 기록되지 않았습니다.", "Discarded. Nothing was recorded."});
}

}  // namespace

http::Answer post_notice(NoticeContext& context, std::string_view place) {
  const NodeRole role = context.server.node->role();
  if (place == "sign") return post_sign(context);
  if (place == "discard") return post_discard(context);
  if (place == "call") return post_call(context);
  if (place == "duty") return post_duty(context);
  if (place == "statements") return post_statement(context);
  if (place == "keys") return post_keys(context);
  if (place == "evidence") return evidence_file(context);
  if (role == NodeRole::notifier) {
    if (place == "compose") return post_compose(context);
    if (place == "send") return post_send(context);
    if (place == "close") return post_close(context);
  }
  if (role == NodeRole::institution) {
    if (place == "answer") return post_answer(context);
    if (place == "refuse") return post_refuse(context);
  }
  return notice_error(context.frame, {ErrorCode::not_found, "there is no such page", {}});
}

}  // namespace scrutineer
