#include "app/ui/questions.h"

#include <algorithm>
#include <span>

#include "app/ui/children.h"
#include "app/ui/frame.h"
#include "app/ui/messages.h"
#include "app/ui/pages.h"
#include "app/ui/paths.h"
#include "app/ui/sheet.h"
#include "core/base/check.h"

namespace scrutineer::ui {

namespace {

constexpr std::size_t kAreaBytes = 128;

const Msg& word(QuestionKind kind) {
  switch (kind) {
    case QuestionKind::correction: return msg::q_correction;
    case QuestionKind::conflict: return msg::q_conflict;
    case QuestionKind::duplicate: return msg::q_duplicate;
    case QuestionKind::refusal: return msg::q_refusal;
    case QuestionKind::plausibility: return msg::q_plausibility;
    case QuestionKind::unauthorised: return msg::q_unauthorised;
  }
  panic("a question without a word");
}

void what(Html& h, const Question& question) {
  if (question.code.empty())
    h(word(question.kind));
  else
    h("<code>"_h, question.code, "</code> "_h, question.sentence);
}

void question_row(Html& h, const Question& question, std::size_t index) {
  h("<tr><th scope=row>"_h);
  what(h, question);
  h("<td class=big>"_h, question.count, "<td class=l>"_h);
  const std::size_t shown = std::min(question.units.size(), kUnitsInQuestionTable);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) h(", "_h);
    node_link(h, question.units[i], true);
  }
  if (question.count > static_cast<std::int64_t>(shown)) {
    h(shown > 0 ? " · <a href="_h : "<a href="_h).to_language_root()("questions.html#q"_h, Plain(index), ">"_h);
    h.say(msg::all_n, question.count)("</a>"_h);
  }
  h("\n"_h);
}

void question_list(Html& h, const Question& question, std::size_t index) {
  h("<section class=ql><h2 id=q"_h, Plain(index), ">"_h);
  what(h, question);
  h(" <span class=n>"_h, question.count, "</span></h2><ul class=units>\n"_h);
  const std::size_t shown = std::min(question.units.size(), kUnitsInQuestionList);
  for (std::size_t i = 0; i < shown; ++i) {
    h("<li>"_h);
    node_link(h, question.units[i], true);
    h("\n"_h);
  }
  h("</ul>"_h);
  const std::int64_t more = question.count - static_cast<std::int64_t>(shown);
  if (more > 0) h("<p class=fine>"_h).say(msg::more_n, more)("</p>"_h);
  h("</section>\n"_h);
}

}  // namespace

void question_table(Html& h, std::span<const Question> questions) {
  h("<section class=qs aria-labelledby=qs><h2 id=qs>"_h, msg::questions, "</h2>"_h);
  if (questions.empty()) {
    h("<p>"_h, msg::no_questions, "</p></section>\n"_h);
    return;
  }
  h("<p class=fine>"_h, msg::questions_lead, "</p><table class=q><caption class=vh>"_h, msg::questions,
    "</caption><thead><tr><th scope=col>"_h, msg::question, "<th scope=col>"_h, msg::how_many,
    "<th scope=col class=l>"_h, msg::where, "<tbody>\n"_h);
  for (std::size_t i = 0; i < questions.size(); ++i) question_row(h, questions[i], i);
  h("</table></section>\n"_h);
}

void independent_tallies(Html& h, std::span<const IndependentTally> tallies) {
  if (tallies.empty()) return;
  h("<section class=ql><h2>"_h, msg::independent_tallies, "</h2><p class=fine>"_h, msg::independent_lead,
    "</p><ul>\n"_h);
  for (const IndependentTally& tally : tallies) {
    Html text(h.lang(), h.depth(), {}, kAreaBytes);
    if (tally.area.empty())
      text(msg::whole_election);
    else
      text(tally.area);
    h("<li>"_h);
    file_link(h, tally.file, text);
    h(" <b>"_h, tally.said.name, "</b>"_h);
    if (!tally.said.text.empty()) h(" <q"_h).name_lang()(">"_h, tally.said.text, "</q>"_h);
    h("<p class=id>"_h, msg::record_id, " <code>"_h, tally.said.record_id, "</code> · "_h, msg::position, " "_h,
      tally.said.position, "</p>\n"_h);
  }
  h("</ul></section>\n"_h);
}

std::string render_questions(const Site& site, const Overview& overview, Lang lang) {
  Html h(lang, 1, site.data_lang, 16 << 10);
  const std::string other_file = questions_file(other(lang));
  open_page(h, {site, msg::questions.in(lang), other_file, Section::questions});
  breadcrumb(h, site, msg::questions);
  h("<h1>"_h, msg::questions, "</h1><p>"_h, overview.questions.empty() ? msg::no_questions : msg::questions_lead,
    "</p>"_h);
  for (std::size_t i = 0; i < overview.questions.size(); ++i) question_list(h, overview.questions[i], i);
  independent_tallies(h, overview.independent_tallies);
  close_page(h, site);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
