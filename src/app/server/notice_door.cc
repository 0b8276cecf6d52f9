// What stands before every restricted page of a node: who is it, from where, how often, and with which token.
#include "app/server/notice_state.h"
#include "app/ui/desk_frame.h"
#include "app/ui/notice_pages.h"
#include "core/session/signed_form.h"

namespace scrutineer {
namespace {

Error in_words(ErrorCode code, const char* english) {
  return {code, english, {}};
}

http::Answer sign_in_page(NoticeServer::State& server, const http::Request& request,
                          std::optional<ui::DeskMessage> message, int status = 200) {
  ui::NoticeFrame frame = frame_for(server, request, nullptr);
  frame.desk.path = "/desk/sign-in";
  if (std::uint64_t wait = server.door->wait_before_question(request.client); wait > 0)
    return come_again(request.path, wait, 429);
  auto challenge = server.door->ask(origin_of(request));
  if (!challenge) return notice_error(frame, challenge.error());
  return page(ui::render_notice_sign_in(frame, {*challenge, std::move(message)}), status);
}

std::string_view in(const std::vector<http::Field>& form, std::string_view name) {
  for (const auto& [key, value] : form)
    if (key == name) return value;
  return {};
}

http::Answer sign_in(NoticeServer::State& server, const http::Request& request) {
  if (std::uint64_t wait = server.door->wait_before_sign_in(request.client); wait > 0)
    return come_again(request.path, wait, 429);
  auto let_in = [&]() -> Result<std::string> {
    SCRUTINEER_TRY(std::vector<http::Field> form, http::parse_form(request.body));
    SCRUTINEER_TRY(SignedNote note,
                   signed_form(in(form, "text"), in(form, "signer"), in(form, "key_id"), in(form, "signature")));
    SCRUTINEER_TRY(VerifierKey key, server.door->answer(note.text, note.signatures.front(), request.client));
    if (server.look([&](const NoticeSight& sight) { return duties_of(sight, key).empty(); })) {
      server.door->refused(request.client, "no agreement names this key: " + key.name);
      return fail(ErrorCode::unauthorised, "no agreement names this key for this party");
    }
    return server.door->open(key);
  }();
  if (!let_in) return sign_in_page(server, request, message_of(let_in.error()), 403);
  // Whoever sat here before and did not sign out is signed out now.
  if (auto before = request.cookie(session_cookie_name(request))) {
    server.drafts.drop_all(*before);
    server.door->close(*before);
  }
  http::Answer answer = http::see_other("/desk/");
  answer.headers.push_back(session_cookie(request, *let_in));
  return http::restricted(std::move(answer));
}

http::Answer sign_out(NoticeServer::State& server, const http::Request& request, const std::string& session) {
  server.drafts.drop_all(session);
  server.door->close(session);
  http::Answer answer = http::see_other("/desk/sign-in");
  answer.headers.push_back(session_cookie(request, ""));
  answer.headers.emplace_back("Clear-Site-Data", "\"cache\"");
  return http::restricted(std::move(answer));
}

// Fields and files of a form.
Status read_form(NoticeContext& context) {
  if (!context.request.header("content-type").starts_with("multipart/form-data")) {
    SCRUTINEER_TRY(context.form, http::parse_form(context.request.body));
    return {};
  }
  SCRUTINEER_TRY(context.parts, http::parse_multipart(context.request));
  for (http::FormPart& part : context.parts)
    if (part.file_name.empty() && part.type.empty()) context.form.emplace_back(part.name, part.bytes);
  return {};
}

std::string path_with_query(const http::Request& request) {
  std::string path = request.method == "POST" ? "/desk/" : request.path;
  if (request.method == "POST") return path;
  for (const auto& [name, value] : request.query)
    if (name != "lang")
      path += (path.find('?') == path.npos ? "?" : "&") + ui::query_encoded(name) + "=" + ui::query_encoded(value);
  return path;
}

http::Answer inside(NoticeServer::State& server, const http::Request& request, std::string session,
                    const SessionView& view, std::string_view place) {
  NoticeContext context{server, request, {}, {}, std::move(session), view.key, frame_for(server, request, &view.key)};
  context.frame.desk.path = path_with_query(request);
  context.frame.desk.csrf = view.csrf;
  if (context.frame.desk.roles.empty()) {  // removed meanwhile
    server.drafts.drop_all(context.session);
    server.door->close(context.session);
    return sign_in_page(server, request,
                        message_of(in_words(ErrorCode::unauthorised, "no agreement names this key for this party")),
                        403);
  }
  if (request.method != "POST") return get_notice(context, place);
  if (auto read = read_form(context); !read) return notice_error(context.frame, read.error());
  if (!server.door->knows(request.header("origin")) ||
      !server.door->csrf_good(context.session, context.field("csrf"))) {
    server.door->refused(request.client, "a form that no page of ours made, for " + context.person.name);
    return notice_error(context.frame,
                        in_words(ErrorCode::unauthorised, "this form did not come from a page of this server"));
  }
  if (place == "sign-out") return sign_out(server, request, context.session);
  return post_notice(context, place);
}

// One sentence in each language for each code: what parts below say in English alone is added to it in English.
ui::Bilingual sentence_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::unauthorised:
      return {"할 수 없습니다. 이 키에 그 권한이 없거나 잘못된 곳에서 온 요청입니다.",
              "Not allowed: " + error.message + "."};
    case ErrorCode::bad_signature: return {"서명이 맞지 않습니다.", "The signature is not good."};
    case ErrorCode::not_found: return {"그런 것이 없습니다.", "There is no such thing: " + error.message + "."};
    case ErrorCode::conflict:
      return {"지금은 그렇게 할 수 없습니다.", "This cannot be done now: " + error.message + "."};
    case ErrorCode::limit_exceeded: return {"너무 큽니다.", "Too large: " + error.message + "."};
    case ErrorCode::busy: return {"지금은 바쁩니다. 잠시 뒤에 다시 하십시오.", "Busy now. Try again in a moment."};
    case ErrorCode::io_error:
    case ErrorCode::disk_full:
    case ErrorCode::corrupt:
      return {"이 서버가 읽거나 쓰지 못했습니다. 서버 관리자를 부르십시오.",
              "This server could not read or write what it keeps. Call its operator."};
    default: return {"받아들일 수 없습니다.", "This cannot be accepted: " + error.message + "."};
  }
}

}  // namespace

ui::NoticeFrame frame_for(NoticeServer::State& server, const http::Request& request, const VerifierKey* person) {
  ui::NoticeFrame frame;
  frame.role = static_cast<ui::NoticeRole>(server.node->role());
  frame.desk.lang = language_of(request);
  frame.desk.path = request.path;
  frame.desk.election = frame.desk.lang == ui::Lang::ko ? server.node->title().ko : server.node->title().en;
  frame.desk.centre = server.node->log_key().name;
  server.look([&](const NoticeSight& sight) {
    for (const AgreementState* agreement : sight.book.agreements())
      if (agreement->terms.simulated) frame.desk.simulated = true;
    if (person != nullptr) frame.desk.roles = duties_of(sight, *person);
    return 0;
  });
  if (person != nullptr) frame.desk.person = person->name;
  return frame;
}

ui::DeskMessage message_of(const Error& error) {
  return {ui::DeskMessage::Kind::refused, sentence_of(error), std::string(error_code_name(error.code))};
}

http::Answer notice_error(const ui::NoticeFrame& frame, const Error& error) {
  const int status = status_of(error.code);
  return page(ui::render_notice_error(frame, status, message_of(error)), status);
}

http::Answer done(NoticeContext& context, std::string next, ui::Bilingual sentence) {
  context.server.door->say(context.session, {ui::DeskMessage::Kind::done, std::move(sentence), {}});
  return http::restricted(http::see_other(std::move(next)));
}

http::Answer refused(NoticeContext& context, std::string next, const Error& error) {
  context.server.door->say(context.session, message_of(error));
  return http::restricted(http::see_other(std::move(next)));
}

std::string_view NoticeContext::field(std::string_view name) const {
  return in(form, name);
}

std::optional<RecordId> NoticeContext::id() const {
  const std::string_view posted = field("id");
  return record_id_of(posted.empty() ? request.parameter("id") : posted);
}

http::Answer answer_notice_desk(NoticeServer::State& server, const http::Request& request) {
  std::string_view place = std::string_view(request.path).substr(std::string_view("/desk/").size());
  const bool post = request.method == "POST";
  if (!post && request.method != "GET" && request.method != "HEAD") return http::refusal(405, request.path);
  if (server.node->role() == NodeRole::relay) return http::refusal(404, request.path);  // nobody signs in at a relay
  if (place == "sign-in") {
    if (!post) return in_language_of(request, sign_in_page(server, request, std::nullopt));
    if (!server.door->knows(request.header("origin"))) return http::refusal(403, request.path);
    return sign_in(server, request);
  }
  std::string session = request.cookie(session_cookie_name(request)).value_or("");
  auto view = server.door->use(session);
  if (!view) {
    server.drafts.drop_all(session);
    if (!post) return http::restricted(http::see_other("/desk/sign-in"));
    return sign_in_page(server, request, message_of(in_words(ErrorCode::unauthorised, "you are signed out")), 403);
  }
  if (std::uint64_t wait = server.door->wait_before_request(session); wait > 0)
    return come_again(request.path, wait, 429);
  return in_language_of(request, inside(server, request, std::move(session), *view, place));
}

}  // namespace scrutineer
