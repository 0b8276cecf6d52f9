// The live count: one marks, another looks on and confirms; then the recorder's first entry is half filled.
#include <algorithm>

#include "app/collect/desk_entry.h"

namespace scrutineer {
namespace {

// Those who stand in the hall. An observer watches the public screen there, a coordinator somewhere else may not see
// figures before the entries agree.
constexpr std::initializer_list<DeskRole> kInTheHall = {DeskRole::typist, DeskRole::chair, DeskRole::member};

const LiveRun* run_of(const CellCount* count) {
  if (!count || !count->draft() || !count->draft()->live) return nullptr;
  return &*count->draft()->live;
}

DeskResult<ui::LivePage> page_of(const Desk::State& s, const DeskPerson& person, const DeskCell& cell) {
  DESK_TRY(DeskSheet sheet, s.find(cell));
  DESK_TRY(DeskLook seen, s.require(person, sheet, kInTheHall));
  ui::LivePage page;
  page.unit = {s.unit(sheet).row, s.unit(sheet).name};
  page.unit_id = cell.unit;
  page.contest = sheet.contest;
  page.contest_id = cell.contest;
  for (const Option& option : s.contest(sheet).options) page.options.push_back(option.name);
  page.tally.assign(page.options.size() + 1, 0);
  const CellCount* count = s.cell(sheet);
  const LiveRun* run = s.counting(seen.log, count) ? run_of(count) : nullptr;
  if (!run) return page;
  const Draft& draft = *count->draft();
  page.tally = run->tally.tally();
  page.called = run->tally.called();
  page.undone = run->tally.undone();
  if (auto last = run->tally.last()) {
    const bool invalid = last->kind == LiveStep::Kind::invalid;
    page.last = invalid ? "invalid" : page.options[last->option];
    page.last_option = invalid ? page.options.size() : last->option;
  }
  page.recorder = draft.by.key.name;
  if (run->checker) page.checker = run->checker->key.name;
  page.is_recorder = draft.by.same_person({person.key});
  page.ended = run->ended();
  page.confirmed = run->checker.has_value();
  page.is_checker = !page.is_recorder && page.ended && !page.confirmed;
  page.token = draft.token;
  return page;
}

DeskResult<DeskPlace> step(Desk::State& s, const DeskPerson& person, const std::string& token, const LiveStep& step) {
  DESK_TRY(DraftAt at, draft_of(s, person, token));
  DESK_CHECKED(s.commit(at.sheet, LiveStepped{step}));
  return DeskPlace{s.cell_of(at.sheet), 0, false, token};
}

}  // namespace

DeskResult<ui::LivePage> Desk::live(const DeskPerson& person, const DeskCell& cell) const {
  std::lock_guard lock(state_->mutex);
  return page_of(*state_, person, cell);
}

DeskResult<ui::LivePage> Desk::live_screen(const DeskPerson& person, const DeskCell& cell) const {
  std::lock_guard lock(state_->mutex);
  return page_of(*state_, person, cell);
}

DeskResult<DeskPlace> Desk::live_start(const DeskPerson& person, const DeskCell& cell) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  DESK_TRY(DeskSheet sheet, s.find(cell));
  DESK_TRY(DeskLook seen, s.require(person, sheet, {DeskRole::typist}));
  if (!s.counting(seen.log, s.cell(sheet))) return refuse_announced();
  if (s.contest(sheet).definition.votes_per_ballot != 1)
    return refuse(ErrorCode::unsupported, "한 투표지에 한 표만 있는 선거에서만 공개 개표를 할 수 있습니다.",
                  "a live count needs ballots with one vote each");
  const CellCount* count = s.cell(sheet);
  if (count && count->draft() && count->draft()->by.same_person({person.key}) && count->draft()->live)
    return DeskPlace{cell, 0, false, count->draft()->token};  // goes on
  DESK_CHECKED(begin(s, person, sheet, 1, true));
  return DeskPlace{cell, 0, false, s.cell(sheet)->draft()->token};
}

DeskResult<DeskPlace> Desk::live_call(const DeskPerson& person, const std::string& token, const std::string& option) {
  std::lock_guard lock(state_->mutex);
  auto called = read_live_step(option, limits::kOptionsPerContest);
  if (!called || called->kind == LiveStep::Kind::undo) return tl::unexpected(words_of(CountRefusal::malformed));
  return step(*state_, person, token, *called);
}

DeskResult<DeskPlace> Desk::live_undo(const DeskPerson& person, const std::string& token) {
  std::lock_guard lock(state_->mutex);
  return step(*state_, person, token, {LiveStep::Kind::undo, 0});
}

DeskResult<DeskPlace> Desk::live_end(const DeskPerson& person, const std::string& token) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  DESK_TRY(DraftAt at, draft_of(s, person, token));
  std::array<std::uint8_t, 16> salt;
  s.rng.fill(salt);
  DESK_CHECKED(s.commit(at.sheet, LiveEnded{to_hex({reinterpret_cast<const char*>(salt.data()), salt.size()})}));
  return DeskPlace{s.cell_of(at.sheet), 0, false, token};
}

DeskResult<DeskPlace> Desk::live_confirm(const DeskPerson& person, const std::string& token) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  auto known = s.tokens.find(token);
  if (known == s.tokens.end()) return tl::unexpected(words_of(CountRefusal::wrong_entry));
  DeskSheet sheet = s.sheet_of(known->second);
  DESK_TRY(DeskLook seen, s.require(person, sheet, kInTheHall));
  const CellCount* count = s.cell(sheet);
  if (!count || !count->draft() || count->draft()->token != token)
    return tl::unexpected(words_of(CountRefusal::wrong_entry));
  if (!s.counting(seen.log, count)) return refuse_announced();
  DESK_CHECKED(s.commit(sheet, LiveConfirmed{{person.key}}));
  return DeskPlace{s.cell_of(sheet), 0, false, token};
}

}  // namespace scrutineer
