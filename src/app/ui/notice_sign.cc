// The door, what is to be signed, and what could not be done.
#include "app/ui/desk_messages.h"
#include "app/ui/desk_words.h"
#include "app/ui/notice_pages.h"
#include "app/ui/notice_words.h"

namespace scrutineer::ui {
namespace {

// What the value of a line means: a code of some set, or words.
void line_value(Html& h, const NoticeToSign& page, const NoticeToSign::Line& line) {
  if (line.name == "kind") return notice_word(h, NoticeWord::kind, line.value);
  if (line.name == "change") return notice_word(h, NoticeWord::change, line.value);
  if (line.name == "stage") return notice_word(h, NoticeWord::stage, line.value);
  if (line.name == "code") return notice_word(h, NoticeWord::refusal, line.value);
  if (line.name == "claim") return notice_word(h, NoticeWord::claim, line.value);
  if (line.name == "part") return notice_word(h, NoticeWord::part, line.value);
  if (line.name == "duty") return desk_role(h, line.value);
  if (line.name == "outcome")
    return notice_word(h, page.type == "closing" ? NoticeWord::closing : NoticeWord::outcome, line.value);
  h(line.value);
}

void recorded(Html& h, const NoticeToSign& page) {
  h("<h2>"_h, notice::said_content, "</h2><dl class=facts>"_h);
  for (const NoticeToSign::Line& line : page.lines) {
    h("<div><dt>"_h);
    notice_word(h, NoticeWord::field, line.name);
    h("<dd>"_h);
    line_value(h, page, line);
    h("</div>"_h);
  }
  h("</dl>\n"_h);
  if (page.recipients.size() > 1) {
    h("<details><summary>"_h, notice::recipients, " ("_h, static_cast<std::int64_t>(page.recipients.size()),
      ")</summary><ul>"_h);
    for (const std::string& one : page.recipients) h("<li>"_h, one, "\n"_h);
    h("</ul></details>\n"_h);
  }
}

void sealed(Html& h, const NoticeToSign& page) {
  if (!page.content && !page.answer) {
    h("<p class=\"msg bad\">"_h, notice::public_lead, "</p>\n"_h);
    return;
  }
  h("<h2>"_h, notice::sealed_content, "</h2><p>"_h, page.answer ? notice::answer_sealed : notice::sealed_lead,
    "</p>"_h);
  if (page.content) notice_content(h, *page.content, {});
  if (page.answer) answer_content(h, *page.answer, {});
  if (page.sealed.empty()) return;
  h("<details><summary>"_h, notice::sealed_parts, "</summary><ul>"_h);
  for (const std::string& name : page.sealed) {
    h("<li>"_h);
    if (name.starts_with("file:"))
      h(notice::files_word, " "_h, name.substr(5));
    else
      notice_word(h, NoticeWord::field, name);
    h("\n"_h);
  }
  h("</ul></details>\n"_h);
}

}  // namespace

void to_sign_form(Html& h, const NoticeFrame& frame, const NoticeToSign& page) {
  const Msg& button = page.type == "acknowledgement"                   ? notice::ack_button
                      : page.type == "notice" || page.type == "answer" ? notice::button_sign_send
                                                                       : notice::button_sign;
  sign_form(h, frame.desk, "/desk/sign"_h, page.text, {meaning_of(page.type), button}, {{"draft"_h, page.draft}});
}

std::string render_to_sign(const NoticeFrame& frame, const NoticeToSign& page) {
  Html h = desk_html(frame.desk, {}, 16 << 10);
  const Msg& title = page.text.empty() ? notice::send_title : notice::sign_title;
  open_notice(h, frame, title.in(frame.desk.lang), NoticeSection::none);
  h("<h1>"_h, title, "</h1>"_h);
  message_box(h, page.message);
  h("<p>"_h, notice::sign_lead, "</p>"_h);
  recorded(h, page);
  sealed(h, page);
  h("<section class=\"card act\"><h2>"_h);
  notice_word(h, NoticeWord::type, page.type);
  h("</h2>"_h);
  if (page.text.empty()) {
    open_form(h, frame.desk, "/desk/send"_h, {{"draft"_h, page.draft}});
    h("<p class=mean>"_h, notice::send_meaning, "</p><p class=acts><button class=go>"_h)
        .say(notice::button_send_many, static_cast<std::int64_t>(page.recipients.size()))("</button></p></form>\n"_h);
  } else {
    to_sign_form(h, frame, page);
  }
  h("</section><p class=acts>"_h);
  if (page.editable)
    h("<a class=second href=\"/desk/"_h, page.answer ? "answer"_h : "compose"_h, "?draft="_h, page.draft, "\">"_h,
      notice::edit_again, "</a> "_h);
  h("</p>"_h);
  open_form(h, frame.desk, "/desk/discard"_h, {{"draft"_h, page.draft}});
  h("<p class=acts><button class=quiet>"_h, notice::discard, "</button></p></form>\n"_h);
  close_desk(h, frame.desk);
  return std::move(h).take();
}

std::string render_notice_sign_in(const NoticeFrame& frame, const NoticeSignIn& page) {
  Html h = desk_html(frame.desk, {}, 8 << 10);
  open_notice(h, frame, notice::sign_in_title.in(frame.desk.lang), NoticeSection::none);
  h("<h1>"_h, notice::sign_in_title, "</h1>"_h);
  message_box(h, page.message);
  h("<section class=\"card narrow\"><p>"_h, notice::sign_in_lead, "</p>"_h);
  sign_form(h, frame.desk, "/desk/sign-in"_h, page.challenge, {notice::sign_in_meaning, desk::sign_in_button},
            {{"vkey"_h, {}}});
  h("<p class=fine>"_h, desk::sign_in_shared, "</p></section>\n<details class=\"away narrow\"><summary>"_h,
    desk::browser_key, "</summary><div data-browser-key></div></details>\n"_h);
  close_desk(h, frame.desk);
  return std::move(h).take();
}

std::string render_notice_error(const NoticeFrame& frame, int status, const DeskMessage& message) {
  Html h = desk_html(frame.desk, {}, 4 << 10);
  open_notice(h, frame, notice::error_title.in(frame.desk.lang), NoticeSection::none);
  h("<h1>"_h, notice::error_title, "</h1>"_h);
  message_box(h, message);
  h("<p>"_h, notice::error_nothing, "</p><p class=acts><a class=go href=\""_h,
    frame.desk.person.empty() ? "/"_h : "/desk/"_h, "\">"_h, notice::back_to_list, "</a></p><p class=fine>HTTP "_h,
    Plain{status}, "</p>\n"_h);
  close_desk(h, frame.desk);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
