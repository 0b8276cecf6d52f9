// The committee's votes on one paper.
#include "app/ui/adjudicate_messages.h"
#include "app/ui/adjudicate_paper.h"
#include "app/ui/adjudicate_words.h"
#include "app/ui/desk_frame.h"
#include "app/ui/desk_messages.h"

namespace scrutineer::ui {
namespace {

using Question = PaperView::Vote::Question;

const Msg& question_word(Question question) {
  switch (question) {
    case Question::reading: return adj::q_reading;
    case Question::valid: return adj::q_valid;
    case Question::option: return adj::q_option;
  }
  return adj::q_valid;
}

void votes_table(Html& h, const PaperView& page) {
  h("<div class=wide tabindex=0 role=region aria-label=\""_h, adj::votes_table,
    "\"><table class=lines><caption class=vh>"_h, adj::votes_table, "</caption><thead><tr><th scope=col>"_h,
    adj::question, "<th scope=col>"_h, adj::in_favour, "<th scope=col>"_h, adj::against, "<th scope=col class=l>"_h,
    adj::result, "<tbody>"_h);
  for (const PaperView::Vote& vote : page.votes) {
    h("<tr><th scope=row>"_h, question_word(vote.question));
    if (vote.motion && vote.question == Question::option) {
      h(" ("_h);
      choice_words(h, *vote.motion, page.options);
      h(")"_h);
    }
    h("<td>"_h, vote.in_favour, "<td>"_h, vote.against, "<td class=l>"_h,
      !vote.carried   ? adj::tied
      : *vote.carried ? adj::carried
                      : adj::not_carried);
    if (vote.by_chair) h(", "_h, adj::by_chair);
  }
  h("</table></div>\n"_h);
}

void radio(Html& h, Markup name, Markup value, const Msg& text) {
  h("<label class=pick><input type=radio required name="_h, name, " value="_h, value, "><span class=nm>"_h, text,
    "</span></label>"_h);
}

void number(Html& h, Markup name, const Msg& label) {
  h("<p class=f><label>"_h, label,
    "<input type=text inputmode=numeric pattern=\"[0-9]{1,3}\" required autocomplete=off name="_h, name,
    "></label></p>"_h);
}

void option_select(Html& h, const PaperView& page) {
  h("<p class=f><label>"_h, adj::for_whom, "<select name=option><option value=\"\">"_h, adj::choose, "</option>"_h);
  for (std::size_t i = 0; i < page.options.size(); ++i)
    h("<option value="_h, Plain{static_cast<std::int64_t>(i)})
        .name_lang()(">"_h, page.options[i].number, " "_h, page.options[i].name, "</option>"_h);
  if (page.blank_apart) h("<option value=blank>"_h, adj::blank, "</option>"_h);
  h("</select></label></p>"_h);
}

void reason_select(Html& h) {
  h("<p class=f><label>"_h, adj::if_not_valid, "<select name=reason><option value=\"\">"_h, adj::choose, "</option>"_h);
  for (const InvalidWord& one : invalid_words()) h("<option value=\""_h, one.code, "\">"_h, one.text, "</option>"_h);
  h("</select></label></p>"_h);
}

void vote_form(Html& h, const DeskFrame& frame, const PaperView& page) {
  h("<form method=post class=vote action=\""_h);
  paper_address(h, "/desk/paper/vote"_h, page.stack.key, page.ballot, page.contest);
  h("\"><input type=hidden name=csrf value=\""_h, frame.csrf, "\"><fieldset class=picks><legend>"_h, adj::question,
    "</legend>"_h);
  if (page.standing) radio(h, "question"_h, "reading"_h, adj::q_reading);
  radio(h, "question"_h, "valid"_h, adj::q_valid);
  radio(h, "question"_h, "option"_h, adj::q_option);
  h("</fieldset><div class=two>"_h);
  reason_select(h);
  option_select(h, page);
  h("</div><div class=two>"_h);
  number(h, "for"_h, adj::in_favour);
  number(h, "against"_h, adj::against);
  h("</div>"_h);
  if (page.chair_decides)
    h("<p class=f><label>"_h, adj::at_tie, "<select name=chair><option value=\"\">"_h, adj::no_tie,
      "</option><option value=for>"_h, adj::in_favour, "</option><option value=against>"_h, adj::against,
      "</option></select></label></p>"_h);
  h("<p class=fine>"_h, page.chair_decides ? adj::tie_rule : adj::no_tie_rule, "</p><p class=acts><button class=go>"_h,
    adj::write_vote, "</button></p></form>\n"_h);
}

}  // namespace

void committee_part(Html& h, const DeskFrame& frame, const PaperView& page) {
  h("<section class=\"card act\" aria-labelledby=committee><h2 id=committee>"_h, adj::committee_title, "</h2>"_h);
  if (page.may_vote) {
    h("<p>"_h, adj::standing, ": <b>"_h);
    if (page.standing)
      choice_words(h, *page.standing, page.options);
    else
      h(page.votes.empty() ? adj::no_standing : adj::no_standing_left);
    h("</b></p>"_h);
  }
  if (!page.votes.empty()) votes_table(h, page);
  if (page.may_vote) vote_form(h, frame, page);
  h("</section>\n"_h);
}

}  // namespace scrutineer::ui
