#include "core/scan/stamp_page.h"

#include "core/image/grey.h"

namespace scrutineer {
namespace {

StampPage refused(SheetDefect defect, std::string detail, bool upside_down = false) {
  StampPage out;
  out.defect = defect;
  out.detail = std::move(detail);
  out.upside_down = upside_down;
  return out;
}

}  // namespace

StampPage upright_stamp_page(const StampForm& form, GreyView page) {
  if (page.width < 200 || page.height < 200 || page.width > kImageSide || page.height > kImageSide)
    return refused(SheetDefect::not_this_ballot, "the picture is too small or too large for a stamp paper");
  StampPage out;
  // Papers are 10 cm wide: a picture much wider or narrower than that at 200 dpi has another resolution.
  const double expected = form.geometry.width * 200 / 2'540.0;
  if (page.width < expected * 0.86 || page.width > expected * 1.4) {
    const double factor = expected / page.width;
    const double height = page.height * factor;
    if (factor < 0.2 || factor > 2.2 || height > 2 * kImageSide || height < 100)
      return refused(SheetDefect::not_this_ballot, "the picture has not the shape of a stamp paper");
    out.made = resized(page, static_cast<int>(expected + 0.5), static_cast<int>(height + 0.5));
    page = out.made.view();
  }
  StampFrameResult found = find_stamp_frame(form.geometry, page);
  if (found.defect == SheetDefect::none && found.frame.upside_down) {
    out.upside_down = true;
    out.made = turned_round(page);
    page = out.made.view();
    found = find_stamp_frame(form.geometry, page);
    if (found.defect == SheetDefect::none && found.frame.upside_down)
      return refused(SheetDefect::registration_frame, "it cannot be told which way up the paper lies", true);
  }
  if (found.defect != SheetDefect::none) return refused(found.defect, std::move(found.detail), out.upside_down);
  out.frame = std::move(found.frame);
  out.view = page;
  return out;
}

}  // namespace scrutineer
