// One stamp paper read: frame, whole paper against the blank form, two readers, the rules. Pure; see
// docs/formats/reading-stamps.md for every threshold and its reason.
#pragma once

#include "core/image/image.h"
#include "core/scan/reading.h"
#include "core/scan/stamp_page.h"

namespace scrutineer {

// `page`: a scan of one paper in grey, 100 to 600 dpi, either way up. The contest and style are 0; places are the
// boxes. The machine counts only where both readers see official stamps in the same one box and nothing else on the
// paper is unexplained. It never says "invalid" and never "blank": what is not counted goes to people.
SheetReading read_stamp_paper(const StampForm& form, GreyView page);
// The same of a page that is upright already: whoever masks and compares it, too, finds its frame once.
SheetReading read_stamp_paper(const StampForm& form, const StampPage& upright);

}  // namespace scrutineer
