#include "core/scan/oval_form.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/image/grey.h"

namespace scrutineer {
namespace {

// Which page a blank picture is of: what its bottom row encodes; where there is no such code, its place in the list.
std::size_t page_of(const OvalBits& bits, std::size_t index) {
  if (const auto front = front_code(bits)) return 0;
  if (const auto back = back_code(bits)) return 1;
  return index;
}

// Where the oval really is printed, in marks from where the definition says: up to a sixth of the grid. Definitions
// round.
std::optional<PagePoint> printed_oval(GreyView blank, const OvalFrame& frame, const Ground& ground, float column,
                                      float row) {
  constexpr int kReach = 8;       // patch pixels
  constexpr int kOvalLeast = 15;  // mean ink of the line, of 255, beyond the inside's
  OvalPatch patch;
  int best = -1'000;
  PagePoint found;
  for (int dy = -kReach; dy <= kReach; ++dy) {
    for (int dx = -kReach; dx <= kReach; ++dx) {
      const PagePoint shift{static_cast<float>(dx) / kPatchPitch, static_cast<float>(dy) / kPatchPitch};
      if (!cut_patch(blank, frame, ground, {}, column, row, shift, patch)) return std::nullopt;
      const int score = line_ink(patch);
      if (score > best) best = score, found = shift;
    }
  }
  if (best < kOvalLeast) return std::nullopt;
  return found;
}

Result<OvalPageForm> page_form(const OvalDefinition& definition, std::size_t page, GreyView blank, GreyView small,
                               int factor, const OvalFrame& frame) {
  OvalPageForm form;
  form.bottom = frame.bottom;
  const OvalGround ground(small, factor, frame);
  const OvalMap map = oval_map(small, factor, frame, ground);
  form.anchor = oval_anchor(map);
  if (std::none_of(form.anchor.blocks.begin(), form.anchor.blocks.end(),
                   [](const AnchorBlock& b) { return b.tells_column; }) ||
      std::none_of(form.anchor.blocks.begin(), form.anchor.blocks.end(),
                   [](const AnchorBlock& b) { return b.tells_row; })) {
    return fail(ErrorCode::unsupported, "the blank form has too little print to check registration by",
                fmt::format("page {}", page + 1));
  }
  OvalPatch patch;
  for (std::size_t i = 0; i < definition.places.size(); ++i) {
    const OvalPlace& place = definition.places[i];
    if (place.page != page) continue;
    const float column = static_cast<float>(place.column) / 100, row = static_cast<float>(place.row) / 100;
    const Ground here = ground.at(column, row);
    const auto offset = printed_oval(blank, frame, here, column, row);
    if (!offset) {
      return fail(ErrorCode::malformed, "the blank form has no oval where the definition says",
                  fmt::format("page {} column {} row {}", page + 1, column, row));
    }
    if (!cut_patch(blank, frame, here, {}, column, row, *offset, patch)) {
      return fail(ErrorCode::malformed, "a place lies beside the blank form", fmt::format("page {}", page + 1));
    }
    form.places.push_back(static_cast<std::uint16_t>(i));
    form.offsets.push_back(*offset);
    form.blanks.push_back(oval_blank(patch));
    if (form.blanks.back().inside_ink > 120) {
      return fail(ErrorCode::malformed, "where the definition has an oval, the blank form is dark",
                  fmt::format("page {} column {} row {}", page + 1, column, row));
    }
    form.near_ink.push_back(static_cast<std::uint16_t>(area_ink(map, near_area(place))));
    form.writing_ink.push_back(static_cast<std::uint16_t>(place.writing ? area_ink(map, *place.writing) : 0));
  }
  return form;
}

}  // namespace

int area_ink(const OvalMap& map, GridArea area) {
  const auto sample = [](GridUnits units) { return (units + 100) * OvalMap::kSteps / 100; };
  const int x0 = std::clamp(sample(area.x), 0, map.width - 1),
            x1 = std::clamp(sample(area.x + area.width), x0, map.width - 1);
  const int y0 = std::clamp(sample(area.y), 0, map.height - 1),
            y1 = std::clamp(sample(area.y + area.height), y0, map.height - 1);
  std::array<int, 512>
      counts{};  // of ink + 128, in one pass: the paper's own grey is where two fifths of the samples lie below
  std::int64_t sum = 0;
  const int cells = (x1 - x0 + 1) * (y1 - y0 + 1);
  for (int y = y0; y <= y1; ++y) {
    for (int x = x0; x <= x1; ++x) {
      sum += map.row(y)[x];
      ++counts[static_cast<std::size_t>(map.row(y)[x] + 128)];
    }
  }
  int below = 0, paper = -128;
  for (std::size_t i = 0; i < counts.size() && below * 5 < cells * 2; ++i) {
    below += counts[i];
    paper = static_cast<int>(i) - 128;
  }
  return static_cast<int>(std::max<std::int64_t>(0, sum - std::int64_t{paper} * cells) * 1000 /
                          (std::int64_t{255} * cells));
}

GridArea near_area(const OvalPlace& place) {
  return {place.column - 450, place.row - 80, 520, 160};
}

Result<OvalForm> make_oval_form(OvalDefinition definition, const std::vector<GreyView>& blanks) {
  SCRUTINEER_CHECKED(check_oval_definition(definition));
  OvalForm form;
  std::vector<std::optional<OvalPageForm>> pages(static_cast<std::size_t>(definition.pages()));
  for (std::size_t i = 0; i < blanks.size(); ++i) {
    const std::string where = fmt::format("blank form {}", i + 1);
    if (blanks[i].width < 300) return fail(ErrorCode::malformed, "the picture is too small", where);
    const int factor = frame_factor(blanks[i].width);
    const GreyPage small = reduced(blanks[i], factor);
    const OvalFrameResult frame = find_oval_frame(small.view(), factor, definition.rows);
    if (frame.defect != SheetDefect::none) {
      return fail(
          ErrorCode::malformed,
          fmt::format("the blank form does not register: {} ({})", sheet_defect_name(frame.defect), frame.detail),
          where);
    }
    const std::size_t page = page_of(frame.frame.bottom, i);
    if (page >= pages.size()) return fail(ErrorCode::malformed, "the definition has no such page", where);
    if (pages[page]) return fail(ErrorCode::malformed, "two blank forms are of the same page", where);
    SCRUTINEER_TRY(pages[page], page_form(definition, page, blanks[i], small.view(), factor, frame.frame));
  }
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (!pages[i])
      return fail(ErrorCode::not_found, "a page of the definition has no blank form", fmt::format("page {}", i + 1));
    for (std::size_t j = 0; j < i; ++j) {
      if (pages[j]->bottom == pages[i]->bottom)
        return fail(ErrorCode::malformed, "two pages have the same timing marks", fmt::format("page {}", i + 1));
    }
  }
  for (auto& page : pages) form.pages.push_back(std::move(*page));
  form.definition = std::move(definition);
  return form;
}

}  // namespace scrutineer
