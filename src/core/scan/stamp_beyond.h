// What lies beside the paper: a scanner's ground has no print.
#pragma once

#include "core/scan/stamp_form.h"
#include "core/scan/stamp_frame.h"

namespace scrutineer {

// Print is seen further than 4 mm beyond the paper's edges: of another sheet, under this one or over it.
bool print_beyond(const StampForm& form, const StampFrame& frame, GreyView page);

}  // namespace scrutineer
