// The inputs of a sheet, as the entry pages and the third reading have them.
#pragma once

#include <span>

#include "app/ui/desk_model.h"
#include "app/ui/html.h"

namespace scrutineer::ui {

// One labelled input a field. `focus`: the first that is empty (or the first) asks for it.
enum class FocusRule : bool { none, first_empty };
void entry_fields(Html& h, std::span<const EntryField> fields, FocusRule focus);

// An option's name and the label, or the label alone.
void field_label(Html& h, const EntryField& field);

// "First entry, round 2" and what that means.
void reading_name(Html& h, std::int64_t round, std::int64_t reading);

}  // namespace scrutineer::ui
