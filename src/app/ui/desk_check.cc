// Before an entry is signed: what was typed, beside what should be read again. Neutral words: the typist judges
// nothing.
#include "app/ui/desk_fields.h"
#include "app/ui/desk_frame.h"
#include "app/ui/desk_messages.h"
#include "app/ui/desk_pages.h"
#include "app/ui/desk_words.h"

namespace scrutineer::ui {

namespace {

void section_address(Html& h, const EntryCheck& page, std::size_t section) {
  unit_address(h, "/desk/entry"_h, page.unit_id, page.contest_id);
  h("&amp;section="_h, Plain(static_cast<std::int64_t>(section)));
}

void confirm_form(Html& h, const DeskFrame& frame, const EntryCheck& page, const EntryCheck::Notice& notice,
                  bool primary) {
  open_form(h, frame, "/desk/entry/confirm"_h, {{"entry"_h, page.token}, {"code"_h, notice.code}});
  h("<button class="_h, primary ? "go>"_h : "second>"_h, desk::confirm, "</button></form>"_h);
}

// The first that is still open is the thing to do next.
void notices(Html& h, const DeskFrame& frame, const EntryCheck& page) {
  if (page.notices.empty()) return;
  h("<section class=\"card again\" aria-labelledby=again><h2 id=again>"_h, desk::notices, "</h2><ul>"_h);
  bool primary = page.text.empty();
  for (const EntryCheck::Notice& notice : page.notices) {
    const bool open = !notice.confirmed;
    h("<li><p>"_h, notice.sentence, " <code>"_h, notice.code, "</code></p>"_h);
    if (notice.error) h("<p class=fine>"_h, desk::to_coordinator, "</p>"_h);
    h("<div class=row>"_h);
    if (open) {
      confirm_form(h, frame, page, notice, primary);
      primary = false;
    } else {
      h("<span class=\"st ok\">"_h, desk::confirmed, "</span>"_h);
    }
    h("<a href=\""_h);
    section_address(h, page, notice.section);
    h("\">"_h, desk::read_section, "</a></div>"_h);
  }
  h("</ul></section>\n"_h);
}

void one_section(Html& h, const EntryCheck& page, std::size_t number) {
  const EntrySection& section = page.sections[number];
  h("<section class=\"card typed\"><div class=ehead><h2>"_h, section.title, "</h2><a class=second href=\""_h);
  section_address(h, page, number);
  h("\" aria-label=\""_h)
      .say(desk::change_of, section.title)("\">"_h, desk::change, "</a></div><table><caption class=vh>"_h);
  h(section.title, "</caption><thead class=vh><tr><th scope=col>"_h, desk::field, "<th scope=col>"_h, desk::typed,
    "<tbody>\n"_h);
  for (const EntryField& field : section.fields) {
    h("<tr><th scope=row>"_h);
    field_label(h, field);
    h("<td>"_h);
    if (field.value.empty() || field.value == "-")
      h("<i>"_h, field.value.empty() ? desk::empty : desk::not_stated_typed, "</i>"_h);
    else
      h("<b>"_h, field.value, "</b>"_h);
    h("\n"_h);
  }
  h("</table></section>\n"_h);
}

}  // namespace

std::string render_entry_check(const DeskFrame& frame, const Site& site, const EntryCheck& page) {
  Html h = desk_html(frame, site.data_lang, 24 << 10);
  open_desk(h, {frame, desk::check_title.in(frame.lang), DeskSection::home});
  h("<h1>"_h, desk::check_title, ": <span"_h).name_lang()(">"_h, page.unit.name, "</span></h1>"_h);
  unit_line(h, site, page.unit_id, {}, page.contest);
  h("<p class=mode>"_h);
  reading_name(h, page.round, page.reading);
  h(" "_h, desk::check_lead, "</p>"_h);
  message_box(h, page.message);
  notices(h, frame, page);
  h("<div class=typeds>"_h);
  for (std::size_t i = 0; i < page.sections.size(); ++i) one_section(h, page, i);
  h("</div>"_h);
  if (page.text.empty()) {
    h("<p>"_h, desk::confirm_first, "</p>"_h);
  } else {
    h("<section class=card>"_h);
    sign_form(h, frame, "/desk/entry/sign"_h, page.text, {desk::entry_meaning, desk::entry_sign},
              {{"entry"_h, page.token}});
    h("</section>\n"_h);
  }
  close_desk(h, frame);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
