// One scan of a stamp paper, as its readers want it: about 200 dpi, upright, its frame found.
#pragma once

#include <string>

#include "core/scan/stamp_form.h"
#include "core/scan/stamp_frame.h"

namespace scrutineer {

struct StampPage {
  StampPage() = default;
  StampPage(StampPage&&) = default;  // `view` stays good: what it looks at does not move
  StampPage& operator=(StampPage&&) = default;
  SheetDefect defect = SheetDefect::none;
  std::string detail;
  bool upside_down = false;  // it came that way; `view` is upright
  StampFrame frame;          // where defect is none
  GreyView view;             // of `made`, or of the picture that was given; where a frame was not found, the picture
  GreyPage made;             // empty where the picture is good as it came
};

// `page` is borrowed by the result. 100 to 600 dpi, either way up.
StampPage upright_stamp_page(const StampForm& form, GreyView page);

}  // namespace scrutineer
