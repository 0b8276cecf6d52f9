// The third reading: a third person reads from the paper what the two entries do not agree about, and sees neither.
#include "app/collect/desk_entry.h"

namespace scrutineer {
namespace {

DeskResult<DraftAt> begun_third(Desk::State& s, const DeskPerson& person, const DeskSheet& sheet) {
  DESK_TRY(DeskLook seen, s.require(person, sheet, {DeskRole::typist}));
  CellCount& count = s.cell_to_change(sheet);
  if (!s.counting(seen.log, &count)) return refuse_announced();
  bool own = count.draft() && count.draft()->reading == 3 && count.draft()->by.same_person({person.key});
  if (own) return DraftAt{sheet, &count};
  if (count.phase() != EntryPhase::different && count.phase() != EntryPhase::third)
    return tl::unexpected(words_of(CountRefusal::nothing_to_enter));
  DESK_CHECKED(begin(s, person, sheet, 3, false));
  return DraftAt{sheet, &count};
}

DeskResult<DraftAt> third_of(Desk::State& s, const DeskPerson& person, const std::string& token) {
  DESK_TRY(DraftAt at, draft_of(s, person, token));
  if (at.count->draft()->reading != 3) return tl::unexpected(words_of(CountRefusal::malformed));
  return at;
}

}  // namespace

DeskResult<ui::ThirdReading> Desk::third(const DeskPerson& person, const DeskCell& cell) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  DESK_TRY(DeskSheet sheet, s.find(cell));
  DESK_TRY(DraftAt at, begun_third(s, person, sheet));
  const Draft& draft = *at.count->draft();
  ui::ThirdReading page;
  page.unit = {s.unit(sheet).row, s.unit(sheet).name};
  page.unit_id = cell.unit;
  page.contest = sheet.contest;
  page.contest_id = s.contest(sheet).definition.id.value();
  page.round = at.count->round();
  page.token = draft.token;
  for (const std::string& name : at.count->differing())
    page.fields.push_back(page_field(s, sheet, *at.count->form().find(name), draft, !draft.seen.empty()));
  if (at.count->answers(draft)) {
    DESK_TRY(page.text, prepare(s, at));
  }
  return page;
}

DeskResult<DeskPlace> Desk::third_save(const DeskPerson& person, const std::string& token, const DeskInputs& inputs) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  DESK_TRY(DraftAt at, third_of(s, person, token));
  DESK_CHECKED(keep_typed(s, at, 0, inputs));
  return DeskPlace{s.cell_of(at.sheet), 0, false, token};
}

DeskResult<DeskPlace> Desk::third_sign(const DeskPerson& person, const std::string& token,
                                       const NoteSignature& signature) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  DESK_TRY(DraftAt at, third_of(s, person, token));
  DESK_CHECKED(sign_entry(s, person, at, signature));
  return DeskPlace{s.cell_of(at.sheet), 0, false, {}};
}

}  // namespace scrutineer
