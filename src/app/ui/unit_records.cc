// What is recorded about a unit beside the figures of its sheets.
#include <algorithm>

#include "app/ui/desk_messages.h"
#include "app/ui/desk_words.h"
#include "app/ui/messages.h"
#include "app/ui/sheet.h"

namespace scrutineer::ui {

namespace {

constexpr std::size_t kLinkBytes = 256;

const Msg& word_of_reading(std::int64_t reading) {
  return reading == 1 ? msg::reading_first : reading == 2 ? msg::reading_second : msg::reading_third;
}

// Names alone: what they typed is committed to, and stays private.
void readings(Html& h, const Site& site, std::span<const Reading> readings) {
  if (readings.empty()) return;
  h("<h3>"_h, msg::readings, "</h3><ul>\n"_h);
  for (const Reading& reading : readings) {
    h("<li>"_h);
    if (site.contests.size() > 1) h("<span"_h).name_lang()(">"_h, site.contests[reading.contest].title, "</span>: "_h);
    h(word_of_reading(reading.reading), " <b>"_h, reading.name, "</b>\n"_h);
  }
  h("</ul>\n"_h);
}

void comma_list(Html& h, std::span<const std::string> all) {
  for (std::size_t i = 0; i < all.size(); ++i) h(i == 0 ? ""_h : ", "_h, all[i]);
}

void place(Html& h, const CustodyStep& step) {
  if (!step.from.empty()) h(step.from, step.to.empty() ? ""_h : " → "_h);
  h(step.to);
  if (!step.order.empty()) h(step.from.empty() && step.to.empty() ? ""_h : "<br>"_h, step.order);
  if (!step.note.empty()) h("<p class=fine><q"_h).name_lang()(">"_h, step.note, "</q></p>"_h);
}

void custody(Html& h, std::span<const CustodyStep> steps) {
  if (steps.empty()) return;
  h("<h3 id=custody>"_h, desk::custody_title,
    "</h3><div class=scroll tabindex=0 role=group aria-labelledby=custody>"
    "<table class=prose><caption class=vh>"_h,
    desk::custody_table, "</caption><thead><tr><th scope=col>"_h, desk::object, "<th scope=col>"_h, desk::event,
    "<th scope=col>"_h, desk::seals, "<th scope=col>"_h, msg::place, "<th scope=col>"_h, msg::signers,
    "<th scope=col>"_h, msg::position, "<tbody>\n"_h);
  for (const CustodyStep& step : steps) {
    h("<tr><th scope=row>"_h);
    custody_object(h, step.object);
    h(" "_h, step.name, "<td>"_h);
    custody_event(h, step.event);
    h("<td>"_h);
    comma_list(h, step.seals);
    if (!step.broken.empty()) {
      h("<p class=fine>"_h, desk::broken, ": "_h);
      comma_list(h, step.broken);
      h("</p>"_h);
    }
    h("<td>"_h);
    place(h, step);
    h("<td>"_h);
    comma_list(h, step.signers);
    h("<td>"_h, step.position, "\n"_h);
  }
  h("</table></div>\n"_h);
}

}  // namespace

void file_link(Html& h, const FileRef& file, const Html& text) {
  if (file.there)
    h("<a href="_h).to_root()(file.path, ">"_h, text, "</a>"_h);
  else
    h(text, " <span class=\"st half\">"_h, msg::file_missing, "</span>"_h);
  h(" <small>"_h, file.type, ", "_h).say(msg::bytes_n, file.size)("</small>"_h);
}

void sheet_photographs(Html& h, const Sheet& sheet) {
  if (sheet.attachments.empty()) return;
  h("<h3>"_h, msg::photographs, "</h3><ul>\n"_h);
  for (std::size_t i = 0; i < sheet.attachments.size(); ++i) {
    const Attachment& one = sheet.attachments[i];
    Html text(h.lang(), h.depth(), {}, kLinkBytes);
    text.say(msg::photograph_n, i + 1);
    h("<li>"_h);
    file_link(h, one.file, text);
    h("<br><b>"_h, one.said.name, "</b>"_h);
    if (!one.said.text.empty()) h(" <q"_h).name_lang()(">"_h, one.said.text, "</q>"_h);
    h("<p class=id>"_h, msg::record_id, " <code>"_h, one.said.record_id, "</code> · "_h, msg::position, " "_h,
      one.said.position, "</p>\n"_h);
  }
  h("</ul>\n"_h);
}

void unit_records(Html& h, const Site& site, const Unit& unit) {
  if (unit.readings.empty() && unit.custody.empty() && unit.remarks.empty() && unit.more_records == 0) return;
  h("<section class=sheet>"_h);
  readings(h, site, unit.readings);
  custody(h, unit.custody);
  statements(h, msg::remarks, unit.remarks);
  if (unit.more_records > 0) h("<p class=fine>"_h).say(msg::more_records, unit.more_records)("</p>"_h);
  h("</section>\n"_h);
}

}  // namespace scrutineer::ui
