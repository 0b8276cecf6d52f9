// The pages and forms of the counting desk: from addresses to the desk's methods and back.
#include <charconv>

#include "app/server/state.h"
#include "app/ui/desk_frame.h"
#include "app/ui/desk_pages.h"
#include "core/base/limits.h"
#include "core/session/signed_form.h"

namespace scrutineer {
namespace {

std::string of_cell(std::string_view place, const DeskCell& cell) {
  return "/desk/" + std::string(place) + "?unit=" + ui::query_encoded(cell.unit) +
         "&contest=" + ui::query_encoded(cell.contest);
}

std::optional<std::size_t> number(std::string_view text) {
  std::size_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// What was signed is what the desk made; the text that comes back with it is not looked at.
Result<NoteSignature> signature_of(const DeskContext& context) {
  SCRUTINEER_TRY(SignedNote note, signed_form(context.field("text"), context.field("signer"), context.field("key_id"),
                                              context.field("signature")));
  return note.signatures.front();
}

constexpr std::string_view kNotInputs[] = {"csrf", "entry", "section", "go", "lang"};

DeskInputs inputs_of(const DeskContext& context) {
  DeskInputs inputs;
  for (const auto& [name, value] : context.form)
    if (std::find(std::begin(kNotInputs), std::end(kNotInputs), name) == std::end(kNotInputs))
      inputs.emplace_back(name, value);
  return inputs;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
    if (!line.empty()) lines.emplace_back(line);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return lines;
}

// A page of the desk with what was last said to this session on top.
template <class Page, class Render>
http::Answer show(DeskContext& context, DeskResult<Page> result, Render render) {
  if (!result) return refusal_page(context.frame, result.error());
  if (auto said = context.server.door->said(context.session)) result->message = std::move(said);
  if (!result->message) result->message = context.server.trouble();
  return page(render(context.frame, context.server.desk->site(context.frame.lang), *result));
}

// After a form: to the page that follows, with a sentence about what happened.
class Outcome {
 public:
  Outcome(DeskContext& context, std::string back) : context_(context), next_(std::move(back)) {}

  Outcome& to(std::string next) {
    next_ = std::move(next);
    return *this;
  }
  Outcome& done(std::string ko, std::string en) {
    say({ui::DeskMessage::Kind::done, {std::move(ko), std::move(en)}, {}});
    return *this;
  }
  http::Answer refused(const DeskRefusal& refusal) {
    say(message_of(refusal));
    return http::see_other(next_);
  }
  http::Answer answer() { return http::see_other(next_); }

 private:
  void say(ui::DeskMessage message) { context_.server.door->say(context_.session, std::move(message)); }
  DeskContext& context_;
  std::string next_;
};

std::string address_of(const DeskPlace& place) {
  if (place.check) return "/desk/entry/check?entry=" + ui::query_encoded(place.token);
  return of_cell("entry", place.cell) + "&section=" + std::to_string(place.section);
}

http::Answer save_entry(DeskContext& context) {
  std::string token(context.field("entry"));
  std::size_t section = number(context.field("section")).value_or(0);
  std::string here =
      context.cell().unit.empty() ? "/desk/" : of_cell("entry", context.cell()) + "&section=" + std::to_string(section);
  Outcome outcome(context, here);
  auto place = context.server.desk->entry_save(context.person, token, section, inputs_of(context),
                                               context.field("go") != "back");
  if (!place) return outcome.refused(place.error());
  return outcome.to(address_of(*place)).answer();
}

http::Answer post_entry(DeskContext& context, std::string_view what) {
  Desk& desk = *context.server.desk;
  std::string token(context.field("entry"));
  Outcome outcome(context, "/desk/entry/check?entry=" + ui::query_encoded(token));
  if (what == "confirm") {
    auto place = desk.entry_confirm(context.person, token, std::string(context.field("code")));
    return place ? outcome.answer() : outcome.refused(place.error());
  }
  if (what == "sign") {
    auto signature = signature_of(context);
    if (!signature) return outcome.refused(DeskRefusal(signature.error()));
    auto place = desk.entry_sign(context.person, token, *signature);
    if (!place) return outcome.refused(place.error());
    return outcome.to("/desk/").done("입력이 서명되어 보관되었습니다.", "The entry is signed and kept.").answer();
  }
  if (what == "discard") {
    auto place =
        token.empty() ? desk.entry_discard(context.person, context.cell()) : desk.entry_discard(context.person, token);
    outcome.to("/desk/");
    if (!place) return outcome.refused(place.error());
    return outcome.done("입력하던 내용을 버렸습니다.", "What was typed so far was discarded.").answer();
  }
  return http::refusal(404, context.request.path);
}

http::Answer post_third(DeskContext& context, std::string_view what) {
  Desk& desk = *context.server.desk;
  std::string token(context.field("entry"));
  Outcome outcome(context, context.cell().unit.empty() ? "/desk/" : of_cell("third", context.cell()));
  if (what.empty()) {
    auto place = desk.third_save(context.person, token, inputs_of(context));
    if (!place) return outcome.refused(place.error());
    return outcome.to(of_cell("third", place->cell)).answer();
  }
  if (what != "sign") return http::refusal(404, context.request.path);
  auto signature = signature_of(context);
  if (!signature) return outcome.refused(DeskRefusal(signature.error()));
  auto place = desk.third_sign(context.person, token, *signature);
  if (!place) return outcome.refused(place.error());
  return outcome.to("/desk/").done("세 번째 읽기가 서명되었습니다.", "The third reading is signed.").answer();
}

http::Answer attach(DeskContext& context, Outcome outcome) {
  auto parts = http::parse_multipart(context.request);
  if (!parts) return outcome.refused(DeskRefusal(parts.error()));
  for (const http::FormPart& part : *parts) {
    if (part.name != "file") continue;
    auto done = context.server.desk->sheet_attach(context.person, context.cell(), std::string(context.field("note")),
                                                  part.bytes);
    return done ? outcome.answer() : outcome.refused(done.error());
  }
  return outcome.refused(DeskRefusal(ErrorCode::malformed, "파일이 오지 않았습니다.", "No file arrived."));
}

http::Answer post_sheet(DeskContext& context, std::string_view what) {
  Desk& desk = *context.server.desk;
  const DeskCell cell = context.cell();
  Outcome outcome(context, of_cell("sheet", cell));
  if (what == "attach") return attach(context, outcome);
  if (what == "correct") {
    auto done = desk.sheet_correct(context.person, cell, std::string(context.field("reason")),
                                   std::string(context.field("order")));
    if (!done) return outcome.refused(done.error());
    return outcome.to("/desk/")
        .done("이 개표상황표를 다시 입력하도록 열었습니다.", "This sheet is open to be entered again.")
        .answer();
  }
  auto act = sheet_act_from(context.field("act"));
  if (!act)
    return outcome.refused(
        DeskRefusal(ErrorCode::malformed, "무엇을 하려는지 알 수 없습니다.", "It does not say what to do."));
  if (what == "reason") {
    auto done = desk.sheet_reason(context.person, cell, *act, std::string(context.field("code")),
                                  std::string(context.field("reason")));
    return done ? outcome.answer() : outcome.refused(done.error());
  }
  if (what != "sign") return http::refusal(404, context.request.path);
  auto signature = signature_of(context);
  if (!signature) return outcome.refused(DeskRefusal(signature.error()));
  auto done = desk.sheet_sign(context.person, cell, *act, *signature);
  if (!done) return outcome.refused(done.error());
  return outcome.done("서명되었습니다.", "Signed.").answer();
}

http::Answer post_live(DeskContext& context, std::string_view what) {
  Desk& desk = *context.server.desk;
  std::string token(context.field("entry"));
  Outcome outcome(context, of_cell("live", context.cell()));
  DeskResult<DeskPlace> place = refuse(ErrorCode::not_found, "그런 단계는 없습니다.", "There is no such step.");
  if (what == "start") place = desk.live_start(context.person, context.cell());
  if (what == "call") place = desk.live_call(context.person, token, std::string(context.field("option")));
  if (what == "undo") place = desk.live_undo(context.person, token);
  if (what == "end") place = desk.live_end(context.person, token);
  if (what == "confirm") place = desk.live_confirm(context.person, token);
  if (!place) return outcome.refused(place.error());
  return outcome.to(of_cell("live", place->cell)).answer();
}

http::Answer post_custody(DeskContext& context, std::string_view what) {
  Desk& desk = *context.server.desk;
  std::string unit(context.field("unit"));
  Outcome outcome(context, "/desk/custody?unit=" + ui::query_encoded(unit));
  if (what == "new") {
    auto text = [&](std::string_view name) { return std::string(context.field(name)); };
    auto done = desk.custody_new(
        context.person, {unit, text("object"), text("name"), text("event"), lines_of(context.field("seals")),
                         lines_of(context.field("broken")), text("from"), text("to"), text("order"), text("note")});
    return done ? outcome.answer() : outcome.refused(done.error());
  }
  if (what != "sign") return http::refusal(404, context.request.path);
  auto signature = signature_of(context);
  if (!signature) return outcome.refused(DeskRefusal(signature.error()));
  auto done = desk.custody_sign(context.person, unit, *signature);
  if (!done) return outcome.refused(done.error());
  return outcome.done("서명되었습니다.", "Signed.").answer();
}

http::Answer post_people(DeskContext& context, std::string_view what) {
  Desk& desk = *context.server.desk;
  Outcome outcome(context, "/desk/people");
  if (what == "new") {
    auto done = desk.people_new(context.person, std::string(context.field("vkey")), std::string(context.field("role")),
                                lines_of(context.field("units")));
    return done ? outcome.answer() : outcome.refused(done.error());
  }
  if (what == "revoke") {
    auto done =
        desk.people_revoke(context.person, std::string(context.field("grant")), std::string(context.field("reason")));
    return done ? outcome.answer() : outcome.refused(done.error());
  }
  if (what != "sign") return http::refusal(404, context.request.path);
  auto signature = signature_of(context);
  if (!signature) return outcome.refused(DeskRefusal(signature.error()));
  auto done = desk.people_sign(context.person, *signature);
  if (!done) return outcome.refused(done.error());
  if (done->revoked) context.server.door->close_all(*done->revoked);
  return outcome.done("서명되어 로그에 올랐습니다.", "Signed and in the log.").answer();
}

http::Answer people_page(DeskContext& context) {
  auto people = context.server.desk->people(context.person);
  if (people)
    for (const RefusedAttempt& attempt : context.server.door->refused_attempts())
      people->refused.push_back({to_rfc3339(attempt.at), attempt.client, {}, attempt.reason});
  return show(context, std::move(people), ui::render_people);
}

std::pair<std::string_view, std::string_view> split(std::string_view place) {
  std::size_t slash = place.find('/');
  if (slash == place.npos) return {place, {}};
  return {place.substr(0, slash), place.substr(slash + 1)};
}

}  // namespace

std::string_view DeskContext::field(std::string_view name) const {
  for (const auto& [key, value] : form)
    if (key == name) return value;
  return {};
}

DeskCell DeskContext::cell() const {
  auto either = [&](std::string_view name) {
    std::string_view posted = field(name);
    return std::string(posted.empty() ? request.parameter(name) : posted);
  };
  return {either("unit"), either("contest")};
}

http::Answer get_desk(DeskContext& context, std::string_view place) {
  Desk& desk = *context.server.desk;
  const DeskPerson& person = context.person;
  const http::Request& request = context.request;
  if (place.empty()) return show(context, desk.home(person, std::string(request.parameter("q"))), ui::render_home);
  if (place == "board") {
    auto board = desk.board(person);
    if (!board) return refusal_page(context.frame, board.error());
    return page(ui::render_board(context.frame, desk.site(context.frame.lang), *board));
  }
  if (place == "entry") {
    auto entry = desk.entry(person, context.cell(), number(request.parameter("section")));
    if (entry && entry->section >= entry->sections)  // it was left on the last page
      return http::restricted(http::see_other("/desk/entry/check?entry=" + ui::query_encoded(entry->token)));
    return show(context, std::move(entry), ui::render_entry);
  }
  if (place == "entry/check")
    return show(context, desk.entry_check(person, std::string(request.parameter("entry"))), ui::render_entry_check);
  if (place == "third") return show(context, desk.third(person, context.cell()), ui::render_third);
  if (place == "sheet") return show(context, desk.sheet(person, context.cell()), ui::render_sheet);
  if (place == "live") return show(context, desk.live(person, context.cell()), ui::render_live);
  if (place == "live/screen") return show(context, desk.live_screen(person, context.cell()), ui::render_live_screen);
  if (place == "custody")
    return show(context, desk.custody(person, std::string(request.parameter("unit"))), ui::render_custody);
  if (place == "people") return people_page(context);
  if (place == "handover" || place == "handover/file")
    return handover_page(context, context.server.door->said(context.session));
  if (place == "reconcile") return reconcile_page(context);
  if (place == "paper" || place.starts_with("paper/")) return get_paper(context, split(place).second);
  return refusal_page(context.frame,
                      DeskRefusal(ErrorCode::not_found, "그런 페이지가 없습니다.", "There is no such page."));
}

http::Answer post_desk(DeskContext& context, std::string_view place) {
  auto [first, rest] = split(place);
  if (first == "entry") return rest.empty() ? save_entry(context) : post_entry(context, rest);
  if (first == "third") return post_third(context, rest);
  if (first == "sheet") return post_sheet(context, rest);
  if (first == "live") return post_live(context, rest);
  if (first == "custody") return post_custody(context, rest);
  if (first == "people") return post_people(context, rest);
  if (first == "handover") return post_handover(context, rest);
  if (first == "paper") return post_paper(context, rest);
  if (first == "reconcile") return reconcile_page(context);
  return refusal_page(context.frame,
                      DeskRefusal(ErrorCode::not_found, "그런 페이지가 없습니다.", "There is no such page."));
}

}  // namespace scrutineer
