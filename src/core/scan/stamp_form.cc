#include "core/scan/stamp_form.h"

#include <algorithm>

#include "core/ballot/ink.h"
#include "core/scan/stamp_compare.h"
#include "core/scan/stamp_frame.h"
#include "core/scan/stamp_overprint.h"

namespace scrutineer {
namespace {

constexpr int kPrintLeast = 20;    // of 255: ink of the blank form that counts as printed
constexpr int kSpecimenNoise = 4;  // per cent of the paper's level: roughness of the specimen's paper
constexpr int kRoom = 1;           // pixels around it: what registration may be off
constexpr Length kEdge = 130;      // of the paper: dark for its own reasons
constexpr Length kAroundMasked = 150;

int pixel(Length at) {
  return static_cast<int>(at / kStampPixel + 0.5);
}

void paint(GreyPage& page, const PaperArea& area, Length around) {
  for (int y = std::max(0, pixel(area.y - around)); y < std::min(page.height(), pixel(area.bottom() + around)); ++y)
    for (int x = std::max(0, pixel(area.x - around)); x < std::min(page.width(), pixel(area.right() + around)); ++x)
      page.at(x, y) = 255;
}

GreyPage widened(const GreyPage& ink) {
  GreyPage out(ink.width(), ink.height(), 0);
  for (int y = 0; y < ink.height(); ++y)
    for (int x = 0; x < ink.width(); ++x) {
      if (ink.at(x, y) < kPrintLeast) continue;
      for (int dy = -kRoom; dy <= kRoom; ++dy)
        for (int dx = -kRoom; dx <= kRoom; ++dx)
          if (x + dx >= 0 && x + dx < ink.width() && y + dy >= 0 && y + dy < ink.height()) out.at(x + dx, y + dy) = 255;
    }
  return out;
}

StampForm form_without_print(const StampPaper& paper, const StampGeometry& geometry) {
  StampForm form;
  form.paper = paper;
  form.geometry = geometry;
  form.width = pixel(geometry.width), form.height = pixel(geometry.height);
  form.ignored = GreyPage(form.width, form.height, 0);
  paint(form.ignored, geometry.officer_seal, kAroundMasked);
  paint(form.ignored, geometry.stub, kAroundMasked);
  paint(form.ignored, {0, 0, geometry.width, kEdge}, 0);
  paint(form.ignored, {0, 0, kEdge, geometry.height}, 0);
  paint(form.ignored, {geometry.width - kEdge, 0, kEdge, geometry.height}, 0);
  paint(form.ignored, {0, geometry.height - kEdge, geometry.width, kEdge}, 0);
  for (std::size_t i = 0; i < kStampCases; ++i) {
    const StampRule* rule = stamp_rule(static_cast<StampCase>(i), paper.date);
    form.machine[i] =
        rule && rule->machine && rule->law == StampVerdict::valid && paper.marking == StampMarking::official_stamp;
  }
  for (const std::string& code : paper.people)
    if (auto what = stamp_case_of(code)) form.machine[static_cast<std::size_t>(*what)] = false;
  return form;
}

void add_masks(StampForm& form) {
  form.printed = widened(form.blank);
  form.masked = GreyPage(form.width, form.height, 0);
  for (int y = 0; y < form.height; ++y)
    for (int x = 0; x < form.width; ++x) {
      form.masked.at(x, y) = form.printed.at(x, y) | form.ignored.at(x, y);
      const auto index = static_cast<std::uint32_t>(y * form.width + x);
      if (form.blank.at(x, y) > 200 && !form.ignored.at(x, y) && index % 7 == 0) form.full.push_back(index);
    }
  form.windows = print_windows(form);
}

// How dark the specimen's fully printed pixels are: what a twentieth of its ink is darker than.
int full_ink(const StampForm& form, const ComparedPage& page) {
  std::array<int, 256> histogram{};
  int ink = 0;
  for (int y = 0; y < form.height; ++y)
    for (int x = 0; x < form.width; ++x)
      if (!form.ignored.at(x, y) && page.dark.at(x, y) * 10 > page.level * 3) ++histogram[page.dark.at(x, y)], ++ink;
  int value = 255, seen = 0;
  while (value > 0 && (seen += histogram[static_cast<std::size_t>(value)]) * 20 < ink) --value;
  return std::max(40, value);
}

GreyPage halved(const GreyPage& ink, int width, int height) {
  GreyPage out(width, height, 0);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      int sum = 0;
      for (int k = 0; k < 4; ++k)
        sum += ink.at(std::min(2 * x + (k & 1), ink.width() - 1), std::min(2 * y + (k >> 1), ink.height() - 1));
      out.at(x, y) = static_cast<std::uint8_t>((sum + 2) / 4);
    }
  return out;
}

}  // namespace

Result<StampForm> prepare(const StampPaper& paper) {
  SCRUTINEER_TRY(StampGeometry geometry, stamp_geometry(paper.date, paper.options.size()));
  StampForm form = form_without_print(paper, geometry);
  form.blank = halved(blank_stamp_paper(paper, 2 * kStampCompareDpi), form.width, form.height);
  add_masks(form);
  return form;
}

Result<StampForm> prepare(const StampPaper& paper, GreyView specimen) {
  SCRUTINEER_TRY(StampGeometry geometry, stamp_geometry(paper.date, paper.options.size()));
  StampForm form = form_without_print(paper, geometry);
  StampFrameResult found = find_stamp_frame(geometry, specimen);
  if (found.frame.upside_down)
    return fail(ErrorCode::invalid_argument, "the specimen lies upside down: turn its picture");
  if (found.defect != SheetDefect::none)
    return fail(ErrorCode::invalid_argument, "the specimen is no blank paper of this election: " + found.detail);
  form.blank = GreyPage(form.width, form.height, 0);
  form.masked = GreyPage(form.width, form.height, 0);
  ComparedPage page = compare_with_form(form, found.frame, specimen);
  if (page.outside > 0.02)
    return fail(ErrorCode::invalid_argument, "the specimen's picture does not hold the whole paper");
  const int full = full_ink(form, page);
  for (int y = 0; y < form.height; ++y)
    for (int x = 0; x < form.width; ++x) {
      const int dark = form.ignored.at(x, y) ? 0 : page.dark.at(x, y);
      form.blank.at(x, y) =
          static_cast<std::uint8_t>(dark * 100 < page.level * kSpecimenNoise ? 0 : std::min(255, dark * 255 / full));
    }
  // What nobody prints there is no print: a mark on the specimen would make that option's votes invisible.
  for (std::size_t i = 0; i < geometry.boxes; ++i) {
    const PaperArea cell = geometry.stamp_cell(i);
    for (int y = pixel(cell.y + 100); y < pixel(cell.bottom() - 100); ++y)
      for (int x = pixel(cell.x + 100); x < pixel(cell.right() - 100); ++x)
        if (form.blank.at(x, y) > kPrintLeast)
          return fail(ErrorCode::invalid_argument, "the specimen has ink where stamps belong: it is not blank");
  }
  add_masks(form);
  return form;
}

}  // namespace scrutineer
