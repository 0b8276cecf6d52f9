// The parts of a unit page: one count sheet of one contest.
#pragma once

#include <span>

#include "app/ui/html.h"
#include "app/ui/model.h"

namespace scrutineer::ui {

// Votes per option, with machine and hand columns side by side where the sheet has them (sheet_table.cc).
void sheet_table(Html& h, const Contest& contest, const Sheet& sheet);

// Who signed, who refused, what was remarked, which checks fired (sheet_people.cc).
void sheet_people(Html& h, const Sheet& sheet);

// A file that a record names, as a link that says how large it is.
void file_link(Html& h, const FileRef& file, const Html& text);

// Photographs of the paper (unit_records.cc).
void sheet_photographs(Html& h, const Sheet& sheet);

// What is recorded about the unit beside its sheets: who typed, its boxes, remarks (unit_records.cc).
void unit_records(Html& h, const Site& site, const Unit& unit);

// What somebody said, with the record that says it (sheet_people.cc).
void statements(Html& h, const Msg& title, std::span<const Statement> statements);

// Every version with what changed, where there is more than one (sheet_history.cc).
void sheet_history(Html& h, const Contest& contest, const Sheet& sheet);

}  // namespace scrutineer::ui
