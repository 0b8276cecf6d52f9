// What first, second and third reading and the live count share; private to app/collect. Lock held.
#pragma once

#include "app/collect/desk_state.h"

namespace scrutineer {

// An entry in progress that this person may go on with.
struct DraftAt {
  DeskSheet sheet;
  CellCount* count = nullptr;
};
DeskResult<DraftAt> draft_of(Desk::State& s, const DeskPerson& person, const std::string& token);
DeskResult<void> begin(Desk::State& s, const DeskPerson& person, const DeskSheet& sheet, std::int64_t reading,
                       bool live);
tl::unexpected<DeskRefusal> refuse_announced();

ui::EntryField page_field(const Desk::State& s, const DeskSheet& sheet, const FormField& field, const Draft& draft,
                          bool say_problems);
bool has_problem(const ui::EntrySection& section);
// Keeps the inputs that are fields of this section; other names of the form are not looked at.
DeskResult<void> keep_typed(Desk::State& s, const DraftAt& at, std::size_t section, const DeskInputs& inputs);
// The commitment to be signed: made once for what is typed, kept before it is shown.
DeskResult<std::string> prepare(Desk::State& s, const DraftAt& at);
DeskResult<void> sign_entry(Desk::State& s, const DeskPerson& person, const DraftAt& at,
                            const NoteSignature& signature);

}  // namespace scrutineer
