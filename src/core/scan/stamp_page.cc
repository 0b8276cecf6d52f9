#include "core/scan/stamp_page.h"

#include <algorithm>
#include <cmath>

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

// By what a picture may have to be resized to have 200 dpi, the likeliest first. Papers are 10 cm wide, and a long one
// that lies turned makes a wider picture; its height tells the rest, and resolutions are round numbers.
std::vector<double> likely_factors(const StampGeometry& g, GreyView page) {
  const double width = g.width * 200 / 2'540.0, height = g.height * 200 / 2'540.0;
  const bool native = page.width >= width * 0.86 && page.width <= width * 1.4;
  std::vector<double> out = {native ? 1.0 : width / page.width};
  for (double factor :
       {1.0, height / page.height, 200 / 300.0, 200 / 150.0, 200 / 240.0, 200 / 400.0, 200 / 600.0, 2.0}) {
    const double w = page.width * factor;
    const bool fits = w >= width * 0.9 && w <= width * 1.4 + height * 0.065;
    const bool tried = std::any_of(out.begin(), out.end(), [&](double f) { return std::abs(factor / f - 1) < 0.03; });
    if (fits && !tried) out.push_back(factor);
  }
  return out;
}

bool may_be_another_scale(SheetDefect defect) {
  return defect == SheetDefect::registration_frame || defect == SheetDefect::not_this_ballot ||
         defect == SheetDefect::stretch || defect == SheetDefect::cut_short || defect == SheetDefect::wrong_election;
}

StampPage upright_at(const StampForm& form, GreyView page, double factor) {
  StampPage out;
  if (factor != 1) {
    const double width = page.width * factor, height = page.height * factor;
    if (factor < 0.2 || factor > 2.2 || height > 2 * kImageSide || height < 100)
      return refused(SheetDefect::not_this_ballot, "the picture has not the shape of a stamp paper");
    out.made = resized(page, static_cast<int>(width + 0.5), static_cast<int>(height + 0.5));
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

}  // namespace

StampPage upright_stamp_page(const StampForm& form, GreyView page) {
  if (page.width < 200 || page.height < 200 || page.width > kImageSide || page.height > kImageSide)
    return refused(SheetDefect::not_this_ballot, "the picture is too small or too large for a stamp paper");
  const std::vector<double> factors = likely_factors(form.geometry, page);
  StampPage first = upright_at(form, page, factors.front());
  for (std::size_t i = 1; i < factors.size() && may_be_another_scale(first.defect); ++i) {
    StampPage other = upright_at(form, page, factors[i]);
    if (other.defect == SheetDefect::none) return other;
  }
  if (first.defect != SheetDefect::none) first.view = page;
  return first;
}

}  // namespace scrutineer
