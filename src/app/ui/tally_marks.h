// Tally marks, drawn: 正 in Korean, five strokes to a character, |||| crossed in English. The number stands beside
// them, so they are hidden from screen readers.
#pragma once

#include "app/ui/html.h"

namespace scrutineer::ui {

// `newest`: the last stroke is the one that was called just now, and drawn so.
void tally_marks(Html& h, std::int64_t count, bool newest);

}  // namespace scrutineer::ui
