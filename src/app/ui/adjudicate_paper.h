// A part of the page of one paper; private to app/ui.
#pragma once

#include "app/ui/adjudicate_model.h"
#include "app/ui/html.h"

namespace scrutineer::ui {

// What the committee has voted, and the form for its next vote.
void committee_part(Html& h, const DeskFrame& frame, const PaperView& page);

}  // namespace scrutineer::ui
