// Terms, and what these pages show and do not show. Nothing here judges: it says what is claimed, what the evidence
// shows and what is missing.
#include "app/ui/frame.h"
#include "app/ui/messages.h"
#include "app/ui/pages.h"
#include "app/ui/paths.h"

namespace scrutineer::ui {

namespace {

struct Statement3 {
  Msg claimed, shown, missing;
};

constexpr Statement3 kStatements[] = {
    {{"이 개표단위의 득표수는 개표상황표에 적힌 대로이다.", "The votes of this unit are those on its count sheet."},
     {"적힌 이름의 키가 바로 이 수치에 서명했고, 그 뒤 한 글자도 바뀌지 않았습니다.",
      "The keys named there signed exactly these figures, and not a byte has changed since."},
     {"종이 투표지가 이 수치와 같은지는 서명으로 알 수 없습니다. 투표지 감사나 재검표로만 알 수 있습니다.",
      "Signatures cannot show that the paper ballots agree. Only an audit of the paper, or a recount, can."}},
    {{"합계와 의석은 개표상황표에서 나온 것이다.", "Totals and seats follow from the count sheets."},
     {"누구나 공개된 기록에서 다시 계산할 수 있고, 다른 점은 모두 이름 붙여 드러납니다.",
      "Anyone can recompute them from the published records; every difference is named."},
     {"아직 공개되지 않은 개표단위는 합계에 없으며 ‘집계 전’으로 표시됩니다.",
      "Units not published yet are not in the totals and are shown as not counted."}},
    {{"기록은 나중에 지우거나 바꾸지 않았다.", "Nothing was removed or changed afterwards."},
     {"로그는 덧붙이기만 할 수 있고, 체크포인트가 그 전체를 한 값으로 고정하며, 증인이 공동 서명합니다.",
      "The log only grows; a checkpoint fixes all of it in one value, and witnesses cosign it."},
     {"증인이 적거나 없으면, 사람마다 다른 로그를 보여 주지 않았다는 것은 각자 보관한 체크포인트를 서로 견주어야 알 수 "
      "있습니다.",
      "With few or no witnesses, that everyone was shown the same log is known only by comparing the checkpoints that "
      "people kept."}},
    {{"서명한 사람은 그럴 권한이 있다.", "The signers were entitled to sign."},
     {"권한을 준 기록이 같은 로그에 그보다 앞서 있습니다.", "The record that granted it is in the same log, earlier."},
     {"그 역할을 맡은 사람이 누구인지는 공개하지 않습니다. 선거관리기관과 정당이 압니다.",
      "Who the person behind a role is stays with the authority and the parties."}},
    {{"정합성 점검에 걸린 수치가 있다.", "A plausibility check fired."},
     {"공개된 규칙 하나가 적힌 수치에 맞지 않았다는 것뿐입니다.",
      "One published rule did not hold for the stated figures. No more."},
     {"까닭은 알 수 없습니다. 적는 실수나 그 개표단위의 사정처럼 평범한 설명이 있을 수 있습니다.",
      "The reason. There may be an ordinary one, such as a slip of the pen or what kind of unit it is."}},
    {{"옮겨 적은 수치는 공표된 자료와 같다.", "Transcribed figures equal the published data."},
     {"누가 언제 어떤 자료에서 옮겼는지가 기록에 서명되어 있습니다.",
      "Who transcribed them, and from what, is signed in the record."},
     {"개표소의 서명이 없으므로, 자료 자체가 어디에서 왔는지는 증명되지 않습니다.",
      "No station signed them, so where the data themselves come from is not proven."}},
};

struct Term {
  Msg name, meaning;
};

constexpr Term kTerms[] = {
    {{"개표단위", "Unit"},
     {"따로 세어 따로 적는 가장 작은 단위. 투표소 하나, 또는 사전투표 묶음 하나.",
      "The smallest thing that is counted and stated on its own: a polling station, or a group of early votes."}},
    {{"개표상황표", "Count sheet"},
     {"한 개표단위의 한 선거에 대한 개표 결과를 적고 서명한 표.",
      "The signed statement of one unit's count for one contest."}},
    {{"선거인수", "Electors"}, {"투표할 수 있는 사람의 수.", "People entitled to vote."}},
    {{"투표수", "Ballots cast"},
     {"투표함과 봉투에서 나온 투표지의 수.", "Ballot papers found in boxes and envelopes."}},
    {{"유효투표수, 무효투표수", "Valid and invalid votes"},
     {"법에 따라 한 후보자나 명부의 표로 인정된 것과 그렇지 않은 것.",
      "Ballots that the law counts for an option, and those that it does not."}},
    {{"재확인대상 투표지", "Re-check pile"},
     {"투표지분류기가 가려내지 못하여 사람이 한 장씩 판단하는 투표지.",
      "Papers that the sorter sends to people, who decide each one."}},
    {{"기재 없음", "Not stated"},
     {"원래 자료에 그 값이 없음. 0이라는 뜻이 아닙니다.", "The source does not give this figure. It does not mean 0."}},
    {{"정정", "Correction"},
     {"앞의 기록을 대신하는 새 기록. 앞의 기록도 지우지 않고 함께 보입니다.",
      "A later record in place of an earlier one, which stays and is shown."}},
    {{"상충", "Conflict"},
     {"같은 개표단위에 서로 다른 기록이 있고 어느 것도 다른 것을 대신하지 않음. 해결될 때까지 합계에 넣지 않습니다.",
      "Two different records of one unit, neither replacing the other. Not in the totals until resolved."}},
    {{"추첨 필요", "Lot needed"},
     {"정확히 같은 값이어서 법이 추첨으로 정하도록 한 상태. 정상적인 결과입니다.",
      "Exactly equal figures that the law settles by lot. A normal outcome."}},
    {{"로그", "Log"},
     {"서명된 기록을 순서대로 덧붙이기만 하는 공개 장부.",
      "The public, append-only list of signed records, in order."}},
    {{"체크포인트", "Checkpoint"},
     {"어느 시점의 로그 전체를 한 값으로 고정한 서명.",
      "A signature that fixes the whole log, as it was, in one value."}},
    {{"증인", "Witness"},
     {"로그가 앞의 것을 바꾸지 않고 자라기만 했음을 확인하고 공동 서명하는 바깥의 기관이나 사람.",
      "Somebody outside who checks that the log only grew, and cosigns it."}},
    {{"포함 증명", "Inclusion proof"},
     {"한 기록이 체크포인트의 로그 안에 있음을 보이는 짧은 파일.",
      "A short file that shows that a record is in the log of a checkpoint."}},
    {{"확정", "Certified"},
     {"선거관리기관이 결과를 확정하여 기록함. 그 뒤에도 법원이 바꿀 수 있습니다.",
      "The authority has recorded the result as final. A court may still change it."}},
};

constexpr Msg kShows{"보여 주는 것과 보여 주지 못하는 것", "What this shows and what it does not"};
constexpr Msg kLead{
    "이 페이지들은 누구도 비난하지 않습니다. 무엇이 주장되었고, 증거가 무엇을 보이며, 무엇이 빠져 있는지를 적습니다.",
    "These pages accuse nobody. They say what is claimed, what the evidence shows, and what is missing."};
constexpr Msg kClaimed{"주장", "What is claimed"};
constexpr Msg kShown{"증거가 보이는 것", "What the evidence shows"};
constexpr Msg kMissing{"빠져 있는 것", "What is missing"};
constexpr Msg kTermsTitle{"용어", "Terms"};

void statements(Html& h) {
  h("<h2>"_h, kShows, "</h2><p>"_h, kLead, "</p><div class=scroll tabindex=0 role=group aria-label=\""_h, kShows,
    "\"><table class=prose><caption class=vh>"_h, kShows, "</caption><thead><tr><th scope=col>"_h, kClaimed,
    "<th scope=col>"_h, kShown, "<th scope=col>"_h, kMissing, "<tbody>\n"_h);
  for (const Statement3& statement : kStatements)
    h("<tr><th scope=row>"_h, statement.claimed, "<td>"_h, statement.shown, "<td>"_h, statement.missing, "\n"_h);
  h("</table></div>\n"_h);
}

void terms(Html& h) {
  const Lang second = other(h.lang());
  h("<h2>"_h, kTermsTitle, "</h2><dl class=terms>\n"_h);
  for (const Term& term : kTerms) {
    h("<div><dt>"_h, term.name, second == Lang::en ? " <span lang=en>"_h : " <span lang=ko>"_h, term.name.in(second),
      "</span><dd>"_h, term.meaning, "</div>\n"_h);
  }
  h("</dl>\n"_h);
}

}  // namespace

std::string render_glossary(const Site& site, Lang lang) {
  Html h(lang, 1, site.data_lang, 16 << 10);
  const std::string other_file = glossary_file(other(lang));
  open_page(h, {site, msg::glossary.in(lang), other_file, Section::glossary});
  breadcrumb(h, site, msg::glossary);
  h("<h1>"_h, msg::glossary, "</h1>\n"_h);
  statements(h);
  terms(h);
  close_page(h, site);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
