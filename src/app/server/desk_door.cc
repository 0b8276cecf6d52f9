// What stands before every restricted page: who is it, from where, how often, and with which token.
#include "app/server/state.h"
#include "app/ui/desk_frame.h"
#include "app/ui/desk_pages.h"
#include "core/session/signed_form.h"

namespace scrutineer {
namespace {

ui::DeskFrame stranger_frame(const ElectionServer::State& server, const http::Request& request) {
  ui::DeskFrame frame;
  frame.lang = language_of(request);
  frame.path = request.path;
  frame.election =
      frame.lang == ui::Lang::ko ? server.election->definition().title.ko : server.election->definition().title.en;
  frame.centre = server.options.name;
  frame.simulated = server.election->definition().simulated;
  return frame;
}

http::Answer sign_in_page(ElectionServer::State& server, const http::Request& request,
                          std::optional<ui::DeskMessage> message, int status = 200) {
  ui::DeskFrame frame = stranger_frame(server, request);
  frame.path = "/desk/sign-in";
  if (std::uint64_t wait = server.door->wait_before_question(request.client); wait > 0)
    return come_again(request.path, wait, 429);
  auto challenge = server.door->ask(origin_of(request));
  if (!challenge) return refusal_page(frame, DeskRefusal(challenge.error()));
  return page(ui::render_sign_in(frame, {*challenge, std::move(message)}), status);
}

std::string_view in(const std::vector<http::Field>& form, std::string_view name) {
  for (const auto& [key, value] : form)
    if (key == name) return value;
  return {};
}

Result<SignedNote> signed_in(const std::vector<http::Field>& form) {
  return signed_form(in(form, "text"), in(form, "signer"), in(form, "key_id"), in(form, "signature"));
}

http::Answer sign_in(ElectionServer::State& server, const http::Request& request) {
  if (std::uint64_t wait = server.door->wait_before_sign_in(request.client); wait > 0)
    return come_again(request.path, wait, 429);
  auto let_in = [&]() -> DeskResult<std::string> {
    DESK_TRY(std::vector<http::Field> form, http::parse_form(request.body));
    DESK_TRY(SignedNote note, signed_in(form));
    DESK_TRY(VerifierKey key, server.door->answer(note.text, note.signatures.front(), request.client));
    if (server.desk->roles({key}).empty()) {
      server.door->refused(request.client, "no role here: " + key.name);
      return refuse(ErrorCode::unauthorised, "이 키에는 여기에서 할 일이 주어지지 않았습니다.",
                    "This key has been granted nothing to do here.");
    }
    DESK_TRY(std::string session, server.door->open(key));
    return session;
  }();
  if (!let_in) return sign_in_page(server, request, message_of(let_in.error()), 403);
  // Whoever sat here before and did not sign out is signed out now.
  if (auto before = request.cookie(session_cookie_name(request))) server.door->close(*before);
  http::Answer answer = http::see_other("/desk/");
  answer.headers.push_back(session_cookie(request, *let_in));
  return http::restricted(std::move(answer));
}

http::Answer sign_out(ElectionServer::State& server, const http::Request& request, const std::string& session) {
  server.door->close(session);
  http::Answer answer = http::see_other("/desk/sign-in");
  answer.headers.push_back(session_cookie(request, ""));
  answer.headers.emplace_back("Clear-Site-Data", "\"cache\"");
  return http::restricted(std::move(answer));
}

void fill_link(const ElectionServer::State& server, ui::DeskFrame& frame) {
  if (!server.uplink) return;
  const UplinkState link = server.uplink->state();
  frame.link = link == UplinkState::connected ? ui::DeskFrame::Link::connected
               : link == UplinkState::off     ? ui::DeskFrame::Link::off
                                              : ui::DeskFrame::Link::waiting;
  frame.waiting = static_cast<std::int64_t>(server.uplink->waiting_count());
}

http::Answer inside(ElectionServer::State& server, const http::Request& request, std::string session,
                    const SessionView& view, std::string_view place) {
  DeskContext context{server, request, {}, std::move(session), {view.key}, {}};
  std::string path = request.method == "POST" ? "/desk/" : request.path;
  for (std::size_t i = 0; i < request.query.size(); ++i)
    if (request.query[i].first != "lang")
      path += (path.find('?') == path.npos ? "?" : "&") + ui::query_encoded(request.query[i].first) + "=" +
              ui::query_encoded(request.query[i].second);
  context.frame = server.desk->frame(context.person, language_of(request), path);
  context.frame.csrf = view.csrf;
  fill_link(server, context.frame);
  context.frame.papers = server.papers != nullptr;
  if (server.desk->roles(context.person).empty()) {  // revoked meanwhile
    server.door->close(context.session);
    return sign_in_page(server, request,
                        message_of(DeskRefusal(ErrorCode::unauthorised, "이 키의 권한이 철회되었습니다.",
                                               "What this key was granted has been revoked.")),
                        403);
  }
  if (request.method != "POST") return get_desk(context, place);
  auto form = form_of(request);
  if (!form) return refusal_page(context.frame, DeskRefusal(form.error()));
  context.form = std::move(*form);
  if (!server.door->knows(request.header("origin")) ||
      !server.door->csrf_good(context.session, context.field("csrf"))) {
    server.door->refused(request.client, "a form that no page of ours made, for " + context.person.key.name);
    return refusal_page(
        context.frame,
        DeskRefusal(ErrorCode::unauthorised, "이 양식은 이 서버의 페이지에서 온 것이 아닙니다. 페이지를 다시 여십시오.",
                    "This form did not come from a page of this server. Open the page again."));
  }
  if (place == "sign-out") return sign_out(server, request, context.session);
  return post_desk(context, place);
}

}  // namespace

ui::DeskMessage message_of(const DeskRefusal& refusal) {
  ui::Bilingual sentence = refusal.sentence;
  if (refusal.error.code == ErrorCode::disk_full)
    sentence.en =
        "There is no room left on this server's disk. What was acknowledged is safe; make room, then start it "
        "again.";
  else if (refusal.error.code == ErrorCode::io_error || refusal.error.code == ErrorCode::corrupt)
    sentence.en =
        "This server could not read or write what it keeps, and has stopped taking anything. What was "
        "acknowledged is safe; call its operator.";
  return {ui::DeskMessage::Kind::refused, std::move(sentence), std::string(error_code_name(refusal.error.code))};
}

http::Answer refusal_page(const ui::DeskFrame& frame, int status, ui::DeskMessage message) {
  return page(ui::render_desk_error(frame, status, message), status);
}

http::Answer refusal_page(const ui::DeskFrame& frame, const DeskRefusal& refusal) {
  return refusal_page(frame, status_of(refusal.error.code), message_of(refusal));
}

http::Answer answer_desk(ElectionServer::State& server, const http::Request& request) {
  std::string_view place = std::string_view(request.path).substr(std::string_view("/desk/").size());
  const bool post = request.method == "POST";
  if (!post && request.method != "GET" && request.method != "HEAD") return http::refusal(405, request.path);
  if (place == "sign-in") {
    if (!post) return in_language_of(request, sign_in_page(server, request, std::nullopt));
    if (!server.door->knows(request.header("origin"))) return http::refusal(403, request.path);
    return sign_in(server, request);
  }
  std::string session = request.cookie(session_cookie_name(request)).value_or("");
  auto view = server.door->use(session);
  if (!view) {
    if (!post) return http::restricted(http::see_other("/desk/sign-in"));
    return sign_in_page(
        server, request,
        message_of(DeskRefusal(ErrorCode::unauthorised, "로그인이 끝났습니다. 입력한 것은 남아 있습니다.",
                               "You are signed out. What you typed and kept is still there.")),
        403);
  }
  if (std::uint64_t wait = server.door->wait_before_request(session); wait > 0)
    return come_again(request.path, wait, 429);
  return in_language_of(request, inside(server, request, std::move(session), *view, place));
}

}  // namespace scrutineer
