#include "app/ui/desk_frame.h"

#include <algorithm>

#include "app/ui/adjudicate_messages.h"
#include "app/ui/desk_messages.h"
#include "app/ui/desk_words.h"
#include "app/ui/frame.h"
#include "app/ui/messages.h"

namespace scrutineer::ui {

namespace {

void head(Html& h, const DeskPage& page) {
  const DeskFrame& frame = page.frame;
  h("<!DOCTYPE html>\n<html lang="_h, h.lang() == Lang::ko ? "ko"_h : "en"_h);
  h("><meta charset=utf-8><meta name=viewport content=\"width=device-width,initial-scale=1\"><title>"_h);
  if (frame.simulated) h("["_h, msg::simulated, "] "_h);
  h(page.title);
  if (!frame.election.empty()) h(" · "_h, frame.election);
  h("</title><link rel=icon href=data:,><link rel=stylesheet href=/style.css><link rel=stylesheet href=/web/desk.css>"_h);
  h("<script type=module src=/web/desk.js></script>"_h);
  if (frame.path.starts_with("/desk/")) h("<script type=module src=/web/sign.js></script>"_h);
  if (page.papers) h("<script type=module src=/web/adjudicate.js></script>"_h);
  h("\n"_h);
}

void nav_link(Html& h, Markup address, const Msg& text, bool current) {
  h("<a href="_h, address, current ? " aria-current=true>"_h : ">"_h, text, "</a>"_h);
}

bool is_coordinator(const DeskFrame& frame) {
  return std::ranges::find(frame.roles, "coordinator") != frame.roles.end();
}

void navigation(Html& h, const DeskPage& page) {
  if (!page.links.empty()) {
    h("<nav aria-label=\""_h, desk::nav_pages, "\">"_h);
    for (const NavLink& link : page.links) nav_link(h, link.address, link.text, link.current);
    h("</nav>"_h);
    return;
  }
  const auto here = [&page](DeskSection section) { return page.section == section; };
  h("<nav aria-label=\""_h, desk::nav, "\">"_h);
  if (!page.frame.person.empty()) {
    nav_link(h, "/desk/"_h, desk::home, here(DeskSection::home));
    nav_link(h, "/desk/board"_h, desk::board, here(DeskSection::board));
    if (page.frame.papers) nav_link(h, "/desk/paper"_h, adj::papers, here(DeskSection::papers));
    nav_link(h, "/desk/handover"_h, desk::handover, here(DeskSection::handover));
    nav_link(h, "/desk/reconcile"_h, desk::reconcile, false);
    if (is_coordinator(page.frame)) nav_link(h, "/desk/people"_h, desk::people, here(DeskSection::people));
  }
  nav_link(h, "/explore"_h, desk::explore, here(DeskSection::explore));
  nav_link(h, h.lang() == Lang::ko ? "/ko/index.html"_h : "/en/index.html"_h, desk::public_pages, false);
  h("</nav>"_h);
}

// The same address, but for the language.
std::string without_language(std::string_view path) {
  std::string out(path.substr(0, path.find('?')));
  std::string_view rest = out.size() < path.size() ? path.substr(out.size() + 1) : std::string_view{};
  char joint = '?';
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
    if (one.empty() || one.starts_with("lang=")) continue;
    out += joint;
    out += one;
    joint = '&';
  }
  return out += joint;
}

void other_language(Html& h, const DeskFrame& frame) {
  const Markup tongue = h.lang() == Lang::ko ? "en"_h : "ko"_h;
  h("<a class=lang lang="_h, tongue, " hreflang="_h, tongue, " href=\""_h, without_language(frame.path), "lang="_h,
    tongue, "\">"_h, msg::other_language, "</a>"_h);
}

void link_state(Html& h, const DeskFrame& frame) {
  switch (frame.link) {
    case DeskFrame::Link::is_server: return;
    case DeskFrame::Link::connected: h("<span class=\"st ok\">"_h, desk::link_connected, "</span>"_h); return;
    case DeskFrame::Link::waiting:
      h("<span class=\"st half\">"_h).say(desk::link_waiting, frame.waiting)("</span>"_h);
      return;
    case DeskFrame::Link::off: h("<span class=\"st look\">"_h).say(desk::link_off, frame.waiting)("</span>"_h); return;
  }
}

// Who is here: on a shared computer the most important line of the page.
void who(Html& h, const DeskPage& page) {
  const DeskFrame& frame = page.frame;
  h("<div class=who><span class=where><b>"_h, frame.election, "</b> "_h, frame.centre, "</span>"_h);
  link_state(h, frame);
  // WCAG 2.2.2: what changes by itself can be held. Without JavaScript nothing changes, and the style sheet hides it.
  if (page.refreshes) h("<button class=quiet id=pause aria-pressed=false>"_h, desk::pause, "</button>"_h);
  if (frame.person.empty()) {
    h("</div>"_h);
    return;
  }
  h("<span class=me><span class=vh>"_h, desk::signed_in_as, "</span> <b>"_h, frame.person, "</b>"_h);
  for (const std::string& code : frame.roles) {
    h(" · "_h);
    desk_role(h, code);
  }
  h("</span>"_h);
  h("<form method=post action=/desk/sign-out data-sign-out><input type=hidden name=csrf value=\""_h, frame.csrf,
    "\">"_h);
  h("<button class=quiet>"_h, desk::sign_out, "</button></form></div>"_h);
}

void field_links(Html& h, std::span<const EntryField> fields) {
  h("<ul>"_h);
  for (const EntryField& field : fields) {
    if (!field.problem) continue;
    h("<li><a href=\"#f-"_h, field.name, "\">"_h);
    if (!field.option_name.empty()) h("<span"_h).name_lang()(">"_h, field.option_name, "</span> · "_h);
    h(field.label, "</a>: "_h, *field.problem);
  }
  h("</ul>"_h);
}

}  // namespace

Html desk_html(const DeskFrame& frame, std::string_view data_lang, std::size_t expected_bytes) {
  return Html(frame.lang, 0, data_lang, expected_bytes);
}

void open_desk(Html& h, const DeskPage& page) {
  head(h, page);
  h("<body class=\"desk"_h, page.frame.simulated ? " simulated"_h : ""_h,
    page.layout == DeskLayout::wall ? " wall"_h : ""_h, "\"><a class=skip href=#main>"_h, msg::skip, "</a><header>"_h);
  Site marks;
  marks.simulated = page.frame.simulated;
  notices(h, marks);
  h("<div class=top>"_h);
  navigation(h, page);
  other_language(h, page.frame);
  h("</div>"_h);
  who(h, page);
  // Outside <main>, since that one is replaced while the page refreshes: a live region must stay to be heard.
  h("</header>\n<p id=said class=vh role=status></p><p id=stale class=\"msg bad\" role=alert hidden>"_h, desk::stale,
    "</p>\n<main id=main"_h, page.refreshes ? " data-refresh=2>"_h : ">"_h);
}

void close_desk(Html& h, const DeskFrame&) {
  h("</main>\n<footer><p>"_h, desk::footer, "</p></footer>\n"_h);
}

bool takes_focus(const std::optional<DeskMessage>& message) {
  return message && message->kind == DeskMessage::Kind::refused;
}

void message_box(Html& h, const std::optional<DeskMessage>& message) {
  message_box(h, message, {});
}

void message_box(Html& h, const std::optional<DeskMessage>& message, std::span<const EntryField> fields) {
  const bool problems = std::ranges::any_of(fields, [](const EntryField& field) { return field.problem.has_value(); });
  if (!message && !problems) return;
  if (message && message->kind == DeskMessage::Kind::done) {
    h("<div class=\"msg good\" role=status><p><b>"_h, desk::done, "</b> "_h, message->sentence, "</p>"_h);
  } else {
    h("<div class=\"msg bad\" role=alert tabindex=-1 id=message autofocus><p><b>"_h, desk::refused, "</b> "_h);
    if (message) h(message->sentence);
    h("</p>"_h);
  }
  if (problems) {
    h("<p>"_h, desk::read_again, "</p>"_h);
    field_links(h, fields);
  }
  if (message && !message->code.empty())
    h("<p class=fine>"_h, desk::reason_code, " <code>"_h, message->code, "</code></p>"_h);
  h("</div>\n"_h);
}

void open_form(Html& h, const DeskFrame& frame, Markup action, std::initializer_list<Hidden> hidden) {
  h("<form method=post action="_h, action, "><input type=hidden name=csrf value=\""_h, frame.csrf, "\">"_h);
  for (const Hidden& one : hidden) h("<input type=hidden name="_h, one.name, " value=\""_h, one.value, "\">"_h);
}

void text_field(Html& h, Markup name, const Msg& label, FieldNeed need) {
  h("<p class=f><label>"_h, label);
  if (need == FieldNeed::optional) h(" <span class=opt>"_h, desk::optional_note, "</span>"_h);
  h("<input type=text name="_h, name, " autocomplete=off"_h, need == FieldNeed::required ? " required"_h : ""_h,
    "></label></p>"_h);
}

void area_field(Html& h, Markup name, const Msg& label, const Msg* hint, FieldNeed need) {
  h("<p class=f><label>"_h, label);
  if (hint != nullptr) h(" <span class=opt>"_h, *hint, "</span>"_h);
  h("<textarea name="_h, name, " rows=2 autocomplete=off"_h, need == FieldNeed::required ? " required"_h : ""_h,
    "></textarea></label></p>"_h);
}

void sign_form(Html& h, const DeskFrame& frame, Markup action, std::string_view text, const SignWords& words,
               std::initializer_list<Hidden> hidden, Weight weight) {
  h("<form class=sign data-sign method=post action="_h, action, "><input type=hidden name=csrf value=\""_h, frame.csrf,
    "\">"_h);
  for (const Hidden& one : hidden) h("<input type=hidden name="_h, one.name, " value=\""_h, one.value, "\">"_h);
  h("<input type=hidden name=signature><input type=hidden name=signer><input type=hidden name=key_id><p class=mean>"_h,
    words.meaning, "</p><details><summary>"_h, desk::text_to_sign, "</summary><label>"_h, desk::text_label,
    "<textarea name=text readonly rows=8>\n"_h, text, "</textarea></label></details><div data-sign-ui></div>"_h);
  h("<noscript><p class=\"msg bad\">"_h, desk::needs_script, "</p></noscript><button class="_h,
    weight == Weight::primary ? "go>"_h : "second>"_h, words.button, "</button></form>\n"_h);
}

std::string query_encoded(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

void unit_address(Html& h, Markup page, std::string_view unit, std::string_view contest) {
  h(page, "?unit="_h, query_encoded(unit));
  if (!contest.empty()) h("&amp;contest="_h, query_encoded(contest));
}

void unit_line(Html& h, const Site& site, std::string_view unit_id, std::string_view kind, std::size_t contest) {
  h("<p class=sub>"_h);
  if (contest < site.contests.size()) h("<b"_h).name_lang()(">"_h, site.contests[contest].title, "</b> · "_h);
  if (!kind.empty()) {
    unit_kind(h, kind);
    h(" · "_h);
  }
  h(msg::unit_id, " "_h, unit_id, "</p>\n"_h);
}

}  // namespace scrutineer::ui
