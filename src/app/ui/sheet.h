// The parts of a unit page: one count sheet of one contest.
#pragma once

#include "app/ui/html.h"
#include "app/ui/model.h"

namespace scrutineer::ui {

// Votes per option, with machine and hand columns side by side where the sheet has them (sheet_table.cc).
void sheet_table(Html& h, const Contest& contest, const Sheet& sheet);

// Who signed, who refused, what was remarked, which checks fired (sheet_people.cc).
void sheet_people(Html& h, const Sheet& sheet);

// Every version with what changed, where there is more than one (sheet_history.cc).
void sheet_history(Html& h, const Contest& contest, const Sheet& sheet);

}  // namespace scrutineer::ui
