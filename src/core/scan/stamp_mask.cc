#include "core/scan/stamp_mask.h"

#include <cmath>

#include "core/image/grey.h"
#include "core/scan/stamp_page.h"

namespace scrutineer {
namespace {

constexpr Length kAround = 100;  // hundredths of a millimetre: a seal is pressed by hand
constexpr double kStep = 5;      // less than half a pixel at 200 dpi
constexpr std::uint8_t kWhite = 255;

void whiten(GreyPage& page, const StampFrame& frame, const PaperArea& area) {
  for (double v = area.y - kAround; v <= area.bottom() + kAround; v += kStep)
    for (double u = area.x - kAround; u <= area.right() + kAround; u += kStep) {
      const PicturePoint at = frame.at(u, v);
      const int x = static_cast<int>(std::lround(at.x)), y = static_cast<int>(std::lround(at.y));
      if (page.view().holds(x, y)) page.at(x, y) = kWhite;
    }
}

}  // namespace

std::optional<GreyPage> masked_stamp_paper(const StampForm& form, GreyView page) {
  return masked_stamp_paper(form, upright_stamp_page(form, page));
}

std::optional<GreyPage> masked_stamp_paper(const StampForm& form, const StampPage& upright) {
  if (upright.defect != SheetDefect::none) return std::nullopt;
  GreyPage out = copy_of(upright.view);
  whiten(out, upright.frame, form.geometry.officer_seal);
  whiten(out, upright.frame, form.geometry.stub);
  return out;
}

}  // namespace scrutineer
