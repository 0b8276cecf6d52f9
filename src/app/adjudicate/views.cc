// What each person may see. Before somebody has decided on a paper, neither another's decision nor what the machine
// read goes into their page: what is not in the model cannot be seen by looking at the page's source.
#include <algorithm>

#include "app/adjudicate/state.h"
#include "core/sorting/recheck.h"

namespace scrutineer {
namespace {

struct Asked {
  const PaperService::State& s;
  PaperBatch& batch;
  PaperRights rights;
  Looker person;
};

bool before_committee(const PaperCase& state) {
  return state.phase() == CasePhase::committee || state.phase() == CasePhase::tied;
}

ui::PaperStack stack_of(const PaperService::State& s, const PaperBatch& batch) {
  const Unit& unit = s.election.tree().units()[batch.unit];
  return {batch.key, {unit.row, unit.name}, unit.id.value(), batch.info.device};
}

ui::PaperProgress progress_of(const Asked& at) {
  ui::PaperProgress out;
  for (const PaperEntry& entry : at.batch.entries) {
    if (!entry.listed) continue;
    ++out.doubtful;
    out.decided += entry.state.outcome().has_value();
    out.committee += before_committee(entry.state);
    out.for_you += at.rights.look && entry.state.may_look(at.person);
  }
  return out;
}

std::string contest_title(const Asked& at, std::size_t contest) {
  if (at.batch.contests.size() < 2) return {};
  return at.s.election.contests()[at.batch.contests[contest]].definition.title.ko;
}

// The first one behind `after` that this person can look at, and around.
const PaperEntry* next_for(const Asked& at, const PaperEntry* after) {
  const auto& entries = at.batch.entries;
  const std::size_t begin = after ? static_cast<std::size_t>(after - entries.data()) + 1 : 0;
  for (std::size_t i = 0; at.rights.look && i < entries.size(); ++i) {
    const PaperEntry& entry = entries[(begin + i) % entries.size()];
    if (&entry != after && entry.state.may_look(at.person)) return &entry;
  }
  return nullptr;
}

const ContestReading* reading_of(const PaperBatch& batch, const PaperEntry& entry) {
  for (const ContestReading& one : batch.lines[entry.line].reading.contests)
    if (one.contest == entry.contest) return &one;
  return nullptr;
}

// By the machine, whatever people have said since: this is its pile.
bool counted_for(const PaperBatch& batch, const PaperEntry& entry, std::size_t option) {
  const ContestReading* reading = reading_of(batch, entry);
  return reading && reading->decision == Decision::counted &&
         std::find(reading->options.begin(), reading->options.end(), option) != reading->options.end();
}

std::vector<ui::PaperOption> options_of(const Asked& at, std::size_t contest) {
  std::vector<ui::PaperOption> out;
  const auto& options = at.s.election.contests()[at.batch.contests[contest]].options;
  for (std::size_t place : at.batch.options[contest])
    out.push_back({std::to_string(place + 1), options[place].party.empty()
                                                  ? options[place].name
                                                  : options[place].party + " " + options[place].name});
  return out;
}

ui::PaperChoice machine_choice(const ContestReading& reading) {
  using Kind = ui::PaperChoice::Kind;
  ui::PaperChoice out;
  switch (reading.decision) {
    case Decision::counted: out.kind = Kind::options; break;
    case Decision::blank: out.kind = Kind::blank; break;
    case Decision::invalid: out.kind = Kind::invalid; break;
    case Decision::recheck:
    case Decision::rejected: out.kind = Kind::left_to_people; break;
  }
  out.options.assign(reading.options.begin(), reading.options.end());
  return out;
}

// Places are listed as the readers saw them. Which option a place belongs to is the definition's matter: where there is
// one contest with as many places as options they are the same.
void fill_readers(const Asked& at, const PaperEntry& entry, ui::PaperView& page) {
  const SheetReading& reading = at.batch.lines[entry.line].reading;
  const bool one_to_one = at.batch.info.contests.size() == 1;
  auto view = [](const ReaderView& reader) {
    return ui::PaperView::Reader{std::string(mark_class_name(reader.mark)), reader.score};
  };
  for (const PlaceReading& place : reading.places) {
    ui::PaperView::Place out{
        {}, false, view(place.density), view(place.shape), std::string(mark_class_name(place.mark))};
    if (one_to_one && place.place < page.options.size()) {
      out.name = page.options[place.place].number + " " + page.options[place.place].name;
      out.is_option = true;
    }
    page.places.push_back(std::move(out));
  }
  if (const ContestReading* contest = reading_of(at.batch, entry)) page.machine = machine_choice(*contest);
  page.shows_readers = true;
}

void fill_why(const Asked& at, const PaperEntry& entry, ui::PaperView& page) {
  const BallotLine& line = at.batch.lines[entry.line];
  page.like_another = !line.like.empty();
  if (line.reading.defect != SheetDefect::none) page.defect = sheet_defect_name(line.reading.defect);
  if (const ContestReading* reading = reading_of(at.batch, entry))
    for (MarkClass mark : reading->reasons) page.reasons.emplace_back(mark_class_name(mark));
  for (const Objected& one : entry.state.objections())
    page.objections.push_back({one.by.key.name, page.may_look ? std::string() : one.reason});
}

void fill_committee(const PaperEntry& entry, ui::PaperView& page) {
  page.chair_decides = entry.state.rules().tie == TieRule::chair_decides;
  if (entry.state.standing()) page.standing = choice_of(*entry.state.standing());
  for (const Voted& vote : entry.state.votes()) {
    ui::PaperView::Vote out;
    static_assert(static_cast<int>(CommitteeQuestion::option) ==
                  static_cast<int>(ui::PaperView::Vote::Question::option));
    out.question = static_cast<ui::PaperView::Vote::Question>(vote.question);
    if (vote.motion) out.motion = choice_of(*vote.motion);
    out.in_favour = vote.in_favour;
    out.against = vote.against;
    out.carried = carried(vote);
    out.by_chair = vote.chair.has_value();
    page.votes.push_back(std::move(out));
  }
}

ui::PaperView view_of(const Asked& at, const PaperEntry& entry) {
  const BallotLine& line = at.batch.lines[entry.line];
  const PaperCase& state = entry.state;
  ui::PaperView page;
  page.stack = stack_of(at.s, at.batch);
  page.ballot = line.id.value();
  page.contest = entry.contest;
  page.contest_title = contest_title(at, entry.contest);
  page.number = entry.number;
  page.of = at.batch.numbered;
  page.phase = phase_of(state);
  page.picture = line.masked.has_value();
  page.options = options_of(at, entry.contest);
  page.seats = state.rules().form.seats;
  page.blank_apart = state.rules().form.blank_apart;
  page.may_look = at.rights.look && state.may_look(at.person);
  page.reading = state.looks().size() + 1;
  for (const Looked& look : state.looks())
    if (look.by.same_person(at.person)) page.own = choice_of(look.choice);
  page.may_object = at.rights.object && !state.refusal(Objected{at.person, "?"});
  fill_why(at, entry, page);
  if (auto outcome = state.outcome()) page.outcome = choice_of(outcome->choice);
  const bool open =
      state.phase() == CasePhase::waiting || state.phase() == CasePhase::once || state.phase() == CasePhase::differ;
  if (!open || state.has_looked(at.person)) fill_readers(at, entry, page);
  if (!open) fill_committee(entry, page);
  page.may_vote = at.rights.vote && before_committee(state);
  page.whole_allowed = at.rights.whole && before_committee(state);
  if (const PaperEntry* next = next_for(at, &entry)) {
    page.next = at.batch.lines[next->line].id.value();
    page.next_contest = next->contest;
  }
  return page;
}

ui::PaperQueue::Row row_of(const Asked& at, const PaperEntry& entry) {
  ui::PaperQueue::Row row;
  row.number = entry.number;
  row.ballot = at.batch.lines[entry.line].id.value();
  row.contest = entry.contest;
  row.contest_title = contest_title(at, entry.contest);
  row.phase = phase_of(entry.state);
  row.picture = at.batch.lines[entry.line].masked.has_value();
  if (at.rights.look && entry.state.may_look(at.person))
    row.mine = ui::PaperMine::look;
  else if (at.rights.vote && before_committee(entry.state))
    row.mine = ui::PaperMine::vote;
  else if (entry.state.has_looked(at.person))
    row.mine = ui::PaperMine::looked;
  return row;
}

// ---- Piles ----

void count_machine(const ContestReading& reading, ui::PaperPiles::Contest& out) {
  out.machine_invalid += reading.decision == Decision::invalid;
  out.machine_blank += reading.decision == Decision::blank;
  for (std::uint16_t option : reading.options) ++out.machine[option];
}

void count_people(const Choice& choice, ui::PaperPiles::Contest& out, std::int64_t (&by_reason)[kInvalidReasons]) {
  out.people_invalid += choice.decision == Decision::invalid;
  out.people_blank += choice.decision == Decision::blank;
  if (choice.reason) ++by_reason[static_cast<std::size_t>(*choice.reason)];
  for (std::uint16_t option : choice.options) ++out.people[option];
}

void by_number(ui::PaperPiles::Reasons& reasons) {
  std::stable_sort(reasons.begin(), reasons.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
}

// The dispute that has really happened: one option's papers going to people more often than the others'.
void compare_rates(ui::PaperPiles::Contest& out) {
  const RecheckPolicy policy;
  std::vector<RecheckRow> rows;
  for (std::size_t i = 0; i < out.options.size(); ++i)
    rows.push_back(
        {out.options[i].number + " " + out.options[i].name, {out.people[i], out.machine[i] + out.people[i]}});
  for (const RecheckReading& reading : read_rechecks(rows, policy)) {
    const Bilingual sentence = recheck_sentence(RecheckBy::option, reading, policy);
    out.rates.push_back({{sentence.ko, sentence.en}, reading.alarm});
  }
}

ui::PaperPiles::Contest pile_of(const Asked& at, std::uint16_t contest) {
  ui::PaperPiles::Contest out;
  out.title = at.s.election.contests()[at.batch.contests[contest]].definition.title.ko;
  out.options = options_of(at, contest);
  out.machine.assign(out.options.size(), 0);
  out.people.assign(out.options.size(), 0);
  std::int64_t by_reason[kInvalidReasons] = {};
  std::map<std::string, std::int64_t> why;
  for (const PaperEntry& entry : at.batch.entries) {
    if (entry.contest != contest) continue;
    out.blank_apart = entry.state.rules().form.blank_apart;
    const BallotLine& line = at.batch.lines[entry.line];
    const ContestReading* reading = reading_of(at.batch, entry);
    if (!entry.listed && reading) {
      count_machine(*reading, out);
      continue;
    }
    if (line.reading.defect != SheetDefect::none) ++why[std::string(sheet_defect_name(line.reading.defect))];
    if (reading)
      for (MarkClass mark : reading->reasons) ++why[std::string(mark_class_name(mark))];
    if (auto outcome = entry.state.outcome())
      count_people(outcome->choice, out, by_reason);
    else
      ++out.undecided;
  }
  out.reasons.assign(why.begin(), why.end());
  by_number(out.reasons);
  for (std::size_t i = 0; i < kInvalidReasons; ++i)
    if (by_reason[i] > 0) out.invalid.emplace_back(kInvalidReasonNames[i], by_reason[i]);
  by_number(out.invalid);
  compare_rates(out);
  return out;
}

}  // namespace

// The lock is not held while the log is asked what somebody may do.
static DeskResult<Asked> ask(const PaperService::State& s, const PaperPerson& person, const std::string& key) {
  PaperBatch* batch = s.find(key);
  if (!batch) return refuse_no_paper();
  Asked at{s, *batch, s.options.rights(person.key, batch->info.unit), {person.key}};
  if (!at.rights.any()) return refuse_paper_role();
  return at;
}

DeskResult<ui::PaperStacks> PaperService::stacks(const PaperPerson& person) const {
  ui::PaperStacks page;
  for (const auto& batch : state_->batches) {
    Asked at{*state_, *batch, state_->options.rights(person.key, batch->info.unit), {person.key}};
    if (!at.rights.any()) continue;
    std::lock_guard lock(state_->mutex);
    page.rows.push_back({stack_of(*state_, *batch), batch->machine.sheets, progress_of(at)});
  }
  return page;
}

DeskResult<ui::PaperQueue> PaperService::queue(const PaperPerson& person, const std::string& batch) const {
  DESK_TRY(Asked at, ask(*state_, person, batch));
  std::lock_guard lock(state_->mutex);
  ui::PaperQueue page;
  page.stack = stack_of(*state_, at.batch);
  page.papers = at.batch.machine.sheets;
  page.progress = progress_of(at);
  for (const PaperEntry& entry : at.batch.entries)
    if (entry.listed) page.rows.push_back(row_of(at, entry));
  std::sort(page.rows.begin(), page.rows.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  if (page.rows.size() > kQueueRows) {
    page.more = static_cast<std::int64_t>(page.rows.size() - kQueueRows);
    page.rows.resize(kQueueRows);
  }
  if (const PaperEntry* next = next_for(at, nullptr)) {
    page.next = at.batch.lines[next->line].id.value();
    page.next_contest = next->contest;
  }
  return page;
}

DeskResult<ui::PaperView> PaperService::paper(const PaperPerson& person, const PaperPlace& place) const {
  DESK_TRY(Asked at, ask(*state_, person, place.batch));
  std::lock_guard lock(state_->mutex);
  const PaperEntry* entry = at.batch.find(place.ballot, place.contest);
  if (!entry) return refuse_no_paper();
  return view_of(at, *entry);
}

DeskResult<ui::PaperPiles> PaperService::piles(const PaperPerson& person, const std::string& batch) const {
  DESK_TRY(Asked at, ask(*state_, person, batch));
  std::lock_guard lock(state_->mutex);
  ui::PaperPiles page;
  page.stack = stack_of(*state_, at.batch);
  page.papers = at.batch.machine.sheets;
  page.rejected = at.batch.machine.rejected;
  page.progress = progress_of(at);
  for (std::size_t contest = 0; contest < at.batch.info.contests.size(); ++contest)
    page.contests.push_back(pile_of(at, static_cast<std::uint16_t>(contest)));
  return page;
}

DeskResult<ui::PaperPile> PaperService::pile(const PaperPerson& person, const std::string& batch, std::size_t contest,
                                             std::size_t option, std::size_t from) const {
  DESK_TRY(Asked at, ask(*state_, person, batch));
  if (contest >= at.batch.contests.size() || option >= at.batch.options[contest].size()) return refuse_no_paper();
  std::lock_guard lock(state_->mutex);
  std::vector<const PaperEntry*> pile;
  for (const PaperEntry& entry : at.batch.entries)
    if (entry.contest == contest && counted_for(at.batch, entry, option)) pile.push_back(&entry);
  std::sort(pile.begin(), pile.end(), [](const auto* a, const auto* b) { return a->line < b->line; });
  ui::PaperPile page;
  page.stack = stack_of(*state_, at.batch);
  page.contest = contest, page.option = option;
  page.contest_title = contest_title(at, contest);
  page.name = options_of(at, contest)[option];
  page.from = std::min(from, pile.size());
  page.papers = pile.size();
  for (std::size_t i = page.from; i < std::min(pile.size(), page.from + kPileRows); ++i) {
    const BallotLine& line = at.batch.lines[pile[i]->line];
    page.rows.push_back({line.id.value(), phase_of(pile[i]->state), line.masked.has_value()});
  }
  return page;
}

}  // namespace scrutineer
