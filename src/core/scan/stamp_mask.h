// What is taken out of a picture before people look at it, or it is shown to anybody: the rule of stamp papers. The
// officer's seal (whose paper it was handed out with) and the stub with its serial number become white.
#pragma once

#include <optional>

#include "core/scan/stamp_page.h"

namespace scrutineer {

// The page upright, with both places white; nothing else is changed. nullopt: the frame was not found, so nobody knows
// where they are. `page`: as for read_stamp_paper, about 200 dpi.
std::optional<GreyPage> masked_stamp_paper(const StampForm& form, GreyView page);
std::optional<GreyPage> masked_stamp_paper(const StampForm& form, const StampPage& upright);

}  // namespace scrutineer
