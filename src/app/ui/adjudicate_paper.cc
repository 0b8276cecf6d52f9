// One doubtful paper: its picture, what a person makes of it, and - afterwards - what the machine saw.
#include "app/ui/adjudicate_paper.h"

#include "app/ui/adjudicate_messages.h"
#include "app/ui/adjudicate_pages.h"
#include "app/ui/adjudicate_words.h"
#include "app/ui/desk_frame.h"
#include "app/ui/desk_messages.h"

namespace scrutineer::ui {
namespace {

constexpr std::size_t kKeys = 9;  // options that have a number key

void picture_address(Html& h, const PaperView& page) {
  paper_address(h, "/desk/paper/image"_h, page.stack.key, page.ballot, page.contest);
}

// The room for the picture is there before it comes. Without a script it is shown whole, and opens alone by its link.
void picture(Html& h, const PaperView& page) {
  h("<section class=pv aria-label=\""_h, adj::picture_of, "\">"_h);
  if (page.picture) {
    h("<div class=pframe id=pframe data-view tabindex=0 role=group aria-label=\""_h, adj::picture_of, ": "_h,
      adj::zoom_keys, "\"><img id=pimg alt=\""_h, adj::picture_of, "\" src=\""_h);
    picture_address(h, page);
    h("\"></div><div class=\"row ptools\" role=group aria-label=\""_h, adj::zoom_group,
      "\"><button type=button class=quiet data-zoom=in aria-keyshortcuts=\"+\">"_h, adj::zoom_in,
      " <kbd aria-hidden=true>+</kbd></button><button type=button class=quiet data-zoom=out aria-keyshortcuts=\"-\">"_h,
      adj::zoom_out,
      " <kbd aria-hidden=true>-</kbd></button><button type=button class=quiet data-zoom=whole aria-keyshortcuts=0>"_h,
      adj::zoom_reset, " <kbd aria-hidden=true>0</kbd></button></div><p class=fine>"_h, adj::masked_note,
      " <a href=\""_h);
    picture_address(h, page);
    h("\">"_h, adj::open_picture, "</a>"_h);
  } else {
    h("<p class=nopic>"_h, adj::no_picture, "</p><p class=fine>"_h);
  }
  if (page.whole_allowed) {
    h(" <a href=\""_h);
    picture_address(h, page);
    h("&amp;whole=1\">"_h, adj::open_whole, "</a>"_h);
  }
  h("</p></section>\n"_h);
}

// Why it is here names no option: it may be read before one has decided.
void why(Html& h, const PaperView& page) {
  h("<section class=pwhy aria-labelledby=why><h2 id=why>"_h, adj::why_here, "</h2><ul>"_h);
  if (!page.defect.empty()) {
    h("<li>"_h, adj::not_read);
    if (const Msg* text = defect_word(page.defect)) h(": "_h, *text);
  }
  for (const std::string& code : page.reasons)
    if (const Msg* text = mark_word(code)) h("<li>"_h, *text);
  if (page.like_another) h("<li>"_h, adj::like_another);
  for (const PaperView::Objection& one : page.objections)
    h("<li>"_h, adj::objected, ": "_h, one.reason, " <span class=fine>("_h, one.by, ")</span>"_h);
  if (page.defect.empty() && page.reasons.empty() && !page.like_another && page.objections.empty())
    h("<li>"_h, page.phase == PaperPhase::machine ? adj::how_machine : adj::why_machine_left);
  h("</ul></section>\n"_h);
}

void pick(Html& h, Markup type, Markup name, std::string_view value, char key) {
  h("<label class=pick><input type="_h, type, " name="_h, name, " value=\""_h, value, "\""_h);
  const char lower[] = {static_cast<char>(key >= 'A' && key <= 'Z' ? key + 32 : key), 0};
  if (key != 0) h(" data-key="_h, std::string_view(lower), " aria-keyshortcuts="_h, std::string_view(lower));
  h("><span class=no aria-hidden=true>"_h, std::string_view(&key, key != 0 ? 1 : 0), "</span><span class=nm>"_h);
}

void option_picks(Html& h, const PaperView& page) {
  const bool several = page.seats > 1;
  for (std::size_t i = 0; i < page.options.size(); ++i) {
    const char key = i < kKeys ? static_cast<char>('1' + i) : char{0};
    pick(h, several ? "checkbox"_h : "radio"_h, several ? "option"_h : "choice"_h, std::to_string(i), key);
    const bool numbered = page.options[i].number != std::string(1, key);
    if (numbered && !page.options[i].number.empty()) h(page.options[i].number, " "_h);
    h("<b"_h).name_lang()(">"_h, page.options[i].name, "</b></span></label>"_h);
  }
  if (several) {
    pick(h, "radio"_h, "choice"_h, "counted", 0);
    h(adj::counted_choice, "</span></label>"_h);
  }
}

void choice_form(Html& h, const DeskFrame& frame, const PaperView& page) {
  h("<form class=pform method=post data-paper action=\""_h);
  paper_address(h, "/desk/paper/look"_h, page.stack.key, page.ballot, page.contest);
  h("\"><input type=hidden name=csrf value=\""_h, frame.csrf, "\"><h2>"_h, adj::what_says,
    " <span class=\"st half\">"_h,
    page.reading == 1   ? adj::first_look
    : page.reading == 2 ? adj::second_look
                        : adj::third_look,
    "</span></h2><p class=fine>"_h, adj::blind_note, "</p><fieldset class=picks><legend>"_h);
  if (page.seats > 1)
    h.say(adj::valid_seats, static_cast<std::int64_t>(page.seats));
  else
    h(adj::valid_for);
  h("</legend>"_h);
  option_picks(h, page);
  if (page.blank_apart) {
    pick(h, "radio"_h, "choice"_h, "blank", 'N');
    h(adj::blank, "</span></label>"_h);
  }
  h("</fieldset><fieldset class=\"picks inv\"><legend>"_h, adj::invalid_because, "</legend>"_h);
  char key = 'A';
  for (const InvalidWord& one : invalid_words()) {
    pick(h, "radio"_h, "choice"_h, one.code, key++);
    h(one.text, "</span></label>"_h);
  }
  h("</fieldset><label class=\"pick onp\"><input type=checkbox name=paper value=yes required data-key=p "_h,
    "aria-keyshortcuts=p><span class=no aria-hidden=true>P</span><span class=nm>"_h, adj::on_paper,
    "</span></label><p class=acts><button class=go>"_h, adj::keep, "</button></p>"_h);
  // WCAG 2.1.4: single keys can be turned off.
  h("<p class=keys id=keys-line><label><input type=checkbox id=keys checked> "_h, adj::keys_line,
    "</label></p></form>\n"_h);
}

void reader_cell(Html& h, const PaperView::Reader& reader) {
  h("<td class=l>"_h);
  if (const Msg* text = mark_word(reader.mark)) h(*text);
  h(" <span class=fine>"_h).say(adj::score, reader.score)("</span>"_h);
}

// On demand, and only in the model once this person has decided.
void readers(Html& h, const PaperView& page) {
  if (!page.shows_readers) return;
  h("<details class=readers id=readers><summary>"_h, adj::readers, "</summary>"_h);
  if (page.machine) {
    h("<p>"_h, adj::machine_said, ": <b>"_h);
    choice_words(h, *page.machine, page.options);
    h("</b></p>"_h);
  }
  if (!page.places.empty()) {
    h("<div class=wide tabindex=0 role=region aria-label=\""_h, adj::readers_table,
      "\"><table class=lines><caption class=vh>"_h, adj::readers_table, "</caption><thead><tr><th scope=col>"_h,
      adj::place, "<th scope=col class=l>"_h, adj::reader_density, "<th scope=col class=l>"_h, adj::reader_shape,
      "<th scope=col class=l>"_h, adj::reader_both, "<tbody>"_h);
    for (const PaperView::Place& place : page.places) {
      h("<tr><th scope=row>"_h);
      if (place.is_option)
        h("<span"_h).name_lang()(">"_h, place.name, "</span>"_h);
      else
        h(adj::other_place);
      reader_cell(h, place.density);
      reader_cell(h, place.shape);
      h("<td class=l>"_h);
      if (const Msg* text = mark_word(place.both)) h(*text);
    }
    h("</table></div>"_h);
  }
  h("</details>\n"_h);
}

const Msg& waits(PaperPhase phase) {
  switch (phase) {
    case PaperPhase::waiting: return adj::waits_first;
    case PaperPhase::once: return adj::waits_second;
    case PaperPhase::differ: return adj::waits_third;
    case PaperPhase::tied: return adj::waits_tie;
    case PaperPhase::committee: return adj::waits_committee;
    case PaperPhase::machine: return adj::how_machine;
    case PaperPhase::agreed: return adj::how_agreed;
    case PaperPhase::settled: return adj::how_settled;
    case PaperPhase::decided: return adj::how_committee;
  }
  return adj::waits_first;
}

void standing_of(Html& h, const PaperView& page) {
  h("<section class=pstate aria-label=\""_h, adj::outcome, "\"><p><span class=\""_h, phase_class(page.phase), "\">"_h,
    word(page.phase), "</span></p>"_h);
  if (page.outcome) {
    h("<p class=pout>"_h, adj::outcome, ": <b>"_h);
    choice_words(h, *page.outcome, page.options);
    h("</b></p>"_h);
  }
  if (page.own) {
    h("<p>"_h, adj::your_decision, ": <b>"_h);
    choice_words(h, *page.own, page.options);
    h("</b></p>"_h);
  }
  h("<p>"_h, waits(page.phase), "</p></section>\n"_h);
}

void object_form(Html& h, const DeskFrame& frame, const PaperView& page) {
  h("<details class=away id=object><summary>"_h, adj::object_title, "</summary><form method=post action=\""_h);
  paper_address(h, "/desk/paper/object"_h, page.stack.key, page.ballot, page.contest);
  h("\"><input type=hidden name=csrf value=\""_h, frame.csrf, "\"><p>"_h,
    page.phase == PaperPhase::machine ? adj::object_machine_lead : adj::object_lead, "</p>"_h);
  area_field(h, "reason"_h, adj::object_reason, nullptr, FieldNeed::required);
  h("<p class=acts><button class=second>"_h, adj::object_button, "</button></p></form></details>\n"_h);
}

void onward(Html& h, const PaperView& page) {
  h("<p class=acts>"_h);
  if (!page.next.empty() && !page.may_look) {
    h("<a class="_h, page.may_vote ? "second"_h : "go"_h, " data-next href=\""_h);
    paper_address(h, "/desk/paper/look"_h, page.stack.key, page.next, page.next_contest);
    h("\">"_h, adj::next_paper, "</a> "_h);
  }
  h("<a class=second href=\""_h);
  stack_address(h, "/desk/paper/queue"_h, page.stack.key);
  h("\">"_h, adj::back_to_queue, "</a></p>\n"_h);
}

}  // namespace

std::string render_paper(const DeskFrame& frame, const Site& site, const PaperView& page) {
  Html h = desk_html(frame, site.data_lang, 24 << 10);
  DeskPage around{frame, adj::queue_title.in(frame.lang), DeskSection::papers};
  around.papers = true;
  open_desk(h, around);
  h("<h1>"_h).say(adj::paper_number, page.number)("</h1>"_h);
  stack_line(h, page.stack);
  if (!page.contest_title.empty()) h("<p class=sub"_h).name_lang()(">"_h, page.contest_title, "</p>"_h);
  message_box(h, page.message);
  h("<div class=pgrid>\n"_h);
  picture(h, page);
  h("<div class=pside>\n"_h);
  why(h, page);
  if (page.may_look)
    choice_form(h, frame, page);
  else
    standing_of(h, page);
  if (page.may_vote || !page.votes.empty()) committee_part(h, frame, page);
  readers(h, page);
  if (page.may_object) object_form(h, frame, page);
  onward(h, page);
  h("</div></div>\n"_h);
  close_desk(h, frame);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
