#include "paper_models.h"

#include "app/ui/adjudicate_pages.h"

namespace scrutineer::ui::sample {
namespace {

const std::string kBallot = "0c1d2e3f405162738495a6b7c8d9eafb";

PaperStack stack() {
  return {"7f3a9c51d27be045", {7, "청운효자동 제1투표소"}, "1101-0007", "jongno/sorter-1"};
}

std::vector<PaperOption> options(std::size_t count) {
  const char* names[] = {"푸른미래당 가나다", "함께나라당 라마바", "<새벽> & \"바람\"당 사아자", "차카타",
                         "파하 무소속"};
  std::vector<PaperOption> out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back(
        {std::to_string(i + 1), i < 5 ? names[i] : "모의 단체 " + std::to_string(i + 1) + " 아주 긴 이름의 연합"});
  return out;
}

PaperChoice for_option(std::size_t option) {
  return {PaperChoice::Kind::options, {option}, {}};
}
PaperChoice invalid(std::string reason) {
  return {PaperChoice::Kind::invalid, {}, std::move(reason)};
}

PaperStacks stacks(bool empty) {
  PaperStacks page;
  if (empty) return page;
  page.rows.push_back({stack(), 512, {14, 6, 8, 1}});
  page.rows.push_back({stack(), 1'233, {40, 40, 0, 0}});
  return page;
}

PaperQueue queue() {
  PaperQueue page;
  page.stack = stack();
  page.papers = 512;
  page.progress = {9, 4, 3, 1};
  for (std::size_t i = 0; i < 9; ++i) {
    PaperQueue::Row row;
    row.number = static_cast<std::int64_t>(i + 1);
    row.ballot = kBallot;
    row.phase = static_cast<PaperPhase>(i);
    row.mine = i == 1 || i == 3 ? PaperMine::look : i == 6 ? PaperMine::vote : PaperMine::looked;
    row.picture = i != 4;
    page.rows.push_back(row);
  }
  page.next = kBallot;
  page.more = 3;
  return page;
}

PaperView paper(std::size_t options_count = 5) {
  PaperView page;
  page.stack = stack();
  page.ballot = kBallot;
  page.number = 4;
  page.of = 14;
  page.phase = PaperPhase::once;
  page.picture = true;
  page.reasons = {"straddling", "machine_doubt"};
  page.options = options(options_count);
  page.may_look = true;
  page.reading = 2;
  return page;
}

PaperView looked() {
  PaperView page = paper();
  page.may_look = false;
  page.own = for_option(1);
  page.phase = PaperPhase::differ;
  page.shows_readers = true;
  page.machine = PaperChoice{PaperChoice::Kind::left_to_people, {}, {}};
  for (std::size_t i = 0; i < 5; ++i)
    page.places.push_back({page.options[i].number + " " + page.options[i].name,
                           true,
                           {i == 1 ? "straddling" : "none", i == 1 ? 312 : 4},
                           {i == 1 ? "clean" : "none", i == 1 ? 870 : 0},
                           i == 1 ? "machine_doubt" : "none"});
  page.next = kBallot;
  return page;
}

PaperView agreed() {
  PaperView page = looked();
  page.phase = PaperPhase::agreed;
  page.outcome = for_option(1);
  page.may_object = true;
  return page;
}

PaperView committee(bool tied) {
  PaperView page = agreed();
  page.outcome.reset();
  page.own.reset();
  page.may_object = false;
  page.phase = tied ? PaperPhase::tied : PaperPhase::committee;
  page.objections = {{"d001/observer-1", "도장이 두 칸에 걸쳐 있습니다.\n<b>어느 쪽</b>인지 알 수 없습니다."}};
  page.standing = for_option(1);
  page.may_vote = true;
  page.whole_allowed = true;
  page.chair_decides = !tied;
  if (tied) page.votes.push_back({PaperView::Vote::Question::option, for_option(1), 4, 4, std::nullopt, false});
  return page;
}

PaperView decided() {
  PaperView page = committee(false);
  page.phase = PaperPhase::decided;
  page.may_vote = page.whole_allowed = false;
  page.outcome = invalid("across-two");
  page.votes.push_back({PaperView::Vote::Question::reading, std::nullopt, 3, 5, false, false});
  page.votes.push_back({PaperView::Vote::Question::valid, invalid("across-two"), 4, 4, false, true});
  return page;
}

PaperView not_read() {
  PaperView page = paper();
  page.picture = false;
  page.reasons.clear();
  page.defect = "torn";
  page.like_another = true;
  page.reading = 1;
  page.phase = PaperPhase::waiting;
  page.message = DeskMessage{DeskMessage::Kind::refused, {"하나를 고르십시오.", "Choose one."}, "invalid-argument"};
  return page;
}

PaperView several() {
  PaperView page = paper(12);
  page.seats = 3;
  page.blank_apart = true;
  page.reading = 3;
  page.contest_title = "가상구의회의원선거";
  return page;
}

PaperPiles piles() {
  PaperPiles page;
  page.stack = stack();
  page.papers = 512;
  page.rejected = 1;
  page.progress = {14, 11, 2, 1};
  PaperPiles::Contest contest;
  contest.title = "가상 대통령선거";
  contest.options = options(5);
  contest.machine = {210, 180, 60, 40, 8};
  contest.people = {3, 2, 1, 0, 0};
  contest.people_invalid = 5;
  contest.undecided = 3;
  contest.reasons = {{"machine_doubt", 6}, {"straddling", 4}, {"added_writing", 3}, {"torn", 1}};
  contest.rates = {{{"1 푸른미래당 가나다: 213장 가운데 3장(1.4%). 차이는 기준보다 작습니다.",
                     "1 푸른미래당 가나다: 3 of 213 (1.4%)."},
                    false},
                   {{"2 함께나라당 라마바: 182장 가운데 2장(1.1%).", "2 함께나라당 라마바: 2 of 182 (1.1%)."}, true}};
  contest.invalid = {{"across-two", 3}, {"no-mark", 2}};
  page.contests = {contest};
  contest.blank_apart = true;
  contest.title = "가상구의회의원선거";
  page.contests.push_back(contest);
  return page;
}

PaperPile pile(std::size_t from, std::size_t rows, std::size_t papers) {
  PaperPile page;
  page.stack = stack();
  page.option = 1;
  page.name = {"2", "다라민주당 이두리"};
  page.from = from;
  page.papers = papers;
  for (std::size_t i = 0; i < rows; ++i)
    page.rows.push_back({"b" + std::to_string(from + i), i == 2 ? PaperPhase::committee : PaperPhase::machine, i != 3});
  return page;
}

PaperPiles record(PaperPiles::Record what) {
  PaperPiles page = piles();
  page.contests.resize(1);
  page.record = what;
  page.text = "scrutineer/adjudication/1\n{\"election\":\"3f9ac1d2\",\"decided_by_people\":14}\n";
  page.record_id = "3f9ac1d27be04586a1c95e02d7f4b8e6019d3c7a52e8fb4160c7d9a3e5128bf4";
  return page;
}

}  // namespace

std::vector<DeskSample> paper_samples() {
  std::vector<DeskSample> out;
  auto add = [&](std::string name, auto render, auto make) {
    out.push_back({std::move(name), [render, make](const DeskFrame& frame) {
                     DeskFrame with = frame;
                     with.papers = true;
                     return render(with, desk_site(), make());
                   }});
  };
  add("paper-stacks", render_paper_stacks, [] { return stacks(false); });
  add("paper-stacks-none", render_paper_stacks, [] { return stacks(true); });
  add("paper-queue", render_paper_queue, queue);
  add("paper-look", render_paper, [] { return paper(); });
  add("paper-look-several", render_paper, several);
  add("paper-look-not-read", render_paper, not_read);
  add("paper-looked", render_paper, looked);
  add("paper-agreed", render_paper, agreed);
  add("paper-committee", render_paper, [] { return committee(false); });
  add("paper-tied", render_paper, [] { return committee(true); });
  add("paper-decided", render_paper, decided);
  add("paper-piles", render_paper_piles, piles);
  add("paper-pile", render_paper_pile, [] { return pile(100, 12, 230); });
  add("paper-pile-none", render_paper_pile, [] { return pile(0, 0, 0); });
  add("paper-piles-vote", render_paper_piles, [] { return record(PaperPiles::Record::vote); });
  add("paper-piles-sign", render_paper_piles, [] { return record(PaperPiles::Record::adjudication); });
  add("paper-piles-done", render_paper_piles, [] { return record(PaperPiles::Record::done); });
  add("paper-piles-open", render_paper_piles, [] { return record(PaperPiles::Record::undecided); });
  add("paper-piles-no-batch", render_paper_piles, [] { return record(PaperPiles::Record::no_batch); });
  return out;
}

}  // namespace scrutineer::ui::sample
