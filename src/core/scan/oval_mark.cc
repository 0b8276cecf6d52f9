#include "core/scan/oval_mark.h"

#include <emmintrin.h>

#include <algorithm>
#include <bit>
#include <vector>

namespace scrutineer {
namespace {

constexpr int kCells = kPatchWidth * kPatchHeight;

// Density reader: per mille of darkness.
constexpr int kDensityClean = 100;  // from here: a mark; between: pale, thin or dirt
// Shape reader.
constexpr int kStrokeInk = 100;    // of 255: darker belongs to a stroke
constexpr int kGreyInk = 30;       // of 255: grey, as rubber leaves it
constexpr int kStrokeNone = 14;    // per mille of the inside that strokes cover; below: nothing
constexpr int kStrokeClean = 150;  // from here: a mark
constexpr int kReachNone =
    300;  // per mille of the oval's breadth or height that the largest stroke reaches; below: a speck
constexpr int kReachMark = 500;
constexpr int kErasedGrey = 350;    // per mille of the inside that is grey
constexpr int kErasedStroke = 120;  // per mille of it at most that is stroke
constexpr int kAroundMark = 260;    // per mille of the surroundings with strokes that the form has not
constexpr int kAroundAlone = 45;    // the same where the oval itself is empty
constexpr int kLineSeen = 120;      // per mille of the blank form's line that an empty oval must show
constexpr int kUnusedMost = 350;    // per mille of the inside hidden by streaks

struct Strokes {
  int covered = 0, grey = 0, cells = 0;  // of the inside
  int unused = 0;
  int reach = 0;                     // per mille: the largest stroke's reach across, or down
  int around = 0, around_cells = 0;  // new strokes beside the oval
  int sides = 0;                     // on how many of its four sides
};

using Rows = std::array<std::uint64_t, kPatchHeight>;  // a bit for each cell of two by two pixels, the leftmost lowest

struct CellRows {
  Rows inside{}, around{};  // the printed line belongs to neither
};

const CellRows& cell_rows() {
  static const CellRows rows = [] {
    CellRows all;
    for (int y = 0; y + 1 < kPatchHeight; ++y) {
      for (int x = 0; x + 1 < kPatchWidth; ++x) {
        const PatchPart part = patch_mask()[static_cast<std::size_t>(y * kPatchWidth + x)];
        if (part == PatchPart::inside) all.inside[static_cast<std::size_t>(y)] |= std::uint64_t{1} << x;
        if (part == PatchPart::around) all.around[static_cast<std::size_t>(y)] |= std::uint64_t{1} << x;
      }
    }
    return all;
  }();
  return rows;
}

// Cells of a row whose mean is above the two limits. Two by two pixels together: noise is halved, a pen's line is not.
struct DarkRow {
  std::uint64_t stroke = 0, grey = 0;  // grey: strokes among them
};

DarkRow dark_row(const std::uint8_t* upper) {
  const std::uint8_t* lower = upper + kPatchWidth;
  const __m128i zero = _mm_setzero_si128();
  const __m128i stroke_limit = _mm_set1_epi16(4 * kStrokeInk), grey_limit = _mm_set1_epi16(4 * kGreyInk);
  DarkRow row;
  for (const int x : {0, 16, 32, kPatchWidth - 17}) {  // the last cells are looked at twice
    const auto load = [x](const std::uint8_t* p) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + x)); };
    const __m128i a = load(upper), b = load(upper + 1), c = load(lower), d = load(lower + 1);
    const auto sum = [](__m128i p, __m128i q, __m128i r, __m128i s) {
      return _mm_add_epi16(_mm_add_epi16(p, q), _mm_add_epi16(r, s));
    };
    const __m128i left = sum(_mm_unpacklo_epi8(a, zero), _mm_unpacklo_epi8(b, zero), _mm_unpacklo_epi8(c, zero),
                             _mm_unpacklo_epi8(d, zero));
    const __m128i right = sum(_mm_unpackhi_epi8(a, zero), _mm_unpackhi_epi8(b, zero), _mm_unpackhi_epi8(c, zero),
                              _mm_unpackhi_epi8(d, zero));
    const auto above = [&](__m128i limit) {
      const __m128i cells = _mm_packs_epi16(_mm_cmpgt_epi16(left, limit), _mm_cmpgt_epi16(right, limit));
      return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(cells)));
    };
    row.stroke |= above(stroke_limit) << x;
    row.grey |= above(grey_limit) << x;
  }
  return row;
}

std::uint64_t used_row(const OvalPatch& patch, int y) {
  std::uint64_t row = 0;
  for (int x = 0; x < kPatchWidth; ++x)
    row |= static_cast<std::uint64_t>(patch.used[static_cast<std::size_t>(y * kPatchWidth + x)] != 0) << x;
  return row;
}

// The largest extent of connected stroke cells of the inside, per mille of the inside's breadth (31) or height (17).
int largest_reach(const Rows& inside) {
  std::array<std::uint8_t, kCells> left{};
  for (int y = 0; y < kPatchHeight; ++y) {
    for (std::uint64_t bits = inside[static_cast<std::size_t>(y)]; bits != 0; bits &= bits - 1)
      left[static_cast<std::size_t>(y * kPatchWidth + std::countr_zero(bits))] = 1;
  }
  std::array<std::int16_t, kCells> stack;
  int best = 0;
  for (int start = 0; start < kCells; ++start) {
    if (left[static_cast<std::size_t>(start)] == 0) continue;
    int top = 0, x0 = kPatchWidth, x1 = 0, y0 = kPatchHeight, y1 = 0;
    stack[static_cast<std::size_t>(top++)] = static_cast<std::int16_t>(start);
    left[static_cast<std::size_t>(start)] = 0;
    while (top > 0) {
      const int at = stack[static_cast<std::size_t>(--top)];
      const int x = at % kPatchWidth, y = at / kPatchWidth;
      x0 = std::min(x0, x), x1 = std::max(x1, x), y0 = std::min(y0, y), y1 = std::max(y1, y);
      for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
          const int next = at + dy * kPatchWidth + dx;
          if (next < 0 || next >= kCells || left[static_cast<std::size_t>(next)] == 0) continue;
          left[static_cast<std::size_t>(next)] = 0;
          stack[static_cast<std::size_t>(top++)] = static_cast<std::int16_t>(next);
        }
      }
    }
    best = std::max({best, (x1 - x0 + 1) * 1000 / 31, (y1 - y0 + 1) * 1000 / 17});
  }
  return std::min(best, 1000);
}

Strokes strokes_of(const OvalPatch& patch, const OvalBlank& blank) {
  constexpr std::uint64_t kLeftHalf = (std::uint64_t{1} << (kPatchWidth / 2)) - 1;
  constexpr int kSideLeast = 8;  // cells
  const CellRows& parts = cell_rows();
  Strokes strokes;
  Rows inside{};
  int above = 0, below = 0, left = 0, right = 0;
  for (int y = 0; y + 1 < kPatchHeight; ++y) {
    const auto at = static_cast<std::size_t>(y);
    const std::uint64_t used = patch.streaked ? used_row(patch, y) : ~std::uint64_t{0};
    const DarkRow dark = dark_row(patch.ink.data() + y * kPatchWidth);
    inside[at] = dark.stroke & parts.inside[at] & used;
    strokes.unused += std::popcount(parts.inside[at] & ~used);
    strokes.cells += std::popcount(parts.inside[at] & used);
    strokes.covered += std::popcount(inside[at]);
    strokes.grey += std::popcount(dark.grey & ~dark.stroke & parts.inside[at] & used);
    const std::uint64_t free = parts.around[at] & ~blank.print[at] & used, strokes_there = dark.stroke & free;
    const int count = std::popcount(strokes_there), count_left = std::popcount(strokes_there & kLeftHalf);
    strokes.around_cells += std::popcount(free);
    strokes.around += count;
    (y < kPatchHeight / 2 ? above : below) += count;
    left += count_left;
    right += count - count_left;
  }
  for (const int side : {above, below, left, right}) strokes.sides += side > kSideLeast ? 1 : 0;
  if (strokes.covered > 0) strokes.reach = largest_reach(inside);
  return strokes;
}

int per_mille(int part, int whole) {
  return whole > 0 ? part * 1000 / whole : 0;
}

// 1 where a pixel is of the oval's inside.
const std::array<std::uint8_t, kCells>& inside_bytes() {
  static const std::array<std::uint8_t, kCells> bytes = [] {
    std::array<std::uint8_t, kCells> all{};
    for (std::size_t at = 0; at < kCells; ++at) all[at] = patch_mask()[at] == PatchPart::inside ? 1 : 0;
    return all;
  }();
  return bytes;
}

// Darkness of the inside, added up, and of how many pixels; streaks are left out.
struct Darkness {
  int sum = 0, cells = 0;
};
Darkness inside_darkness(const OvalPatch& patch) {
  static_assert(kCells % 16 == 0);
  const std::uint8_t *inside = inside_bytes().data(), *ink = patch.ink.data();
  const __m128i zero = _mm_setzero_si128(), one = _mm_set1_epi8(1);
  __m128i sums = zero, counts = zero;
  for (int at = 0; at < kCells; at += 16) {
    const auto load = [at](const std::uint8_t* p) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + at)); };
    __m128i counted = load(inside);
    if (patch.streaked) counted = _mm_and_si128(counted, load(patch.used.data()));
    const __m128i mask = _mm_cmpeq_epi8(counted, one);
    sums = _mm_add_epi32(sums, _mm_sad_epu8(_mm_and_si128(load(ink), mask), zero));
    counts = _mm_add_epi32(counts, _mm_sad_epu8(counted, zero));
  }
  const auto total = [](__m128i v) { return _mm_cvtsi128_si32(_mm_add_epi32(v, _mm_srli_si128(v, 8))); };
  return {total(sums), total(counts)};
}

// The paper right beside the oval, measured as the inside is: grey paper and noise count for nothing. Eight pieces
// above and below it; the third lightest, since a mark may reach over some of them.
int paper_beside(const OvalPatch& patch, const OvalBlank& blank) {
  std::array<int, 8> pieces{};
  pieces.fill(1'000);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const int x0 = static_cast<int>(i % 4) * kPatchWidth / 4, x1 = static_cast<int>(i % 4 + 1) * kPatchWidth / 4;
    const int y0 = i < 4 ? 0 : kPatchHeight - 5, y1 = y0 + 5;
    int sum = 0, cells = 0;
    for (int y = y0; y < y1; ++y) {
      for (int x = x0; x < x1; ++x) {
        const auto at = static_cast<std::size_t>(y * kPatchWidth + x);
        const int counts = !blank.printed(x, y) && !(patch.streaked && patch.used[at] == 0) ? 1 : 0;
        sum += counts * patch.ink[at];
        cells += counts;
      }
    }
    if (cells >= 20) pieces[i] = per_mille(sum, cells * 255);
  }
  std::nth_element(pieces.begin(), pieces.begin() + 2, pieces.end());
  return pieces[2] < 1'000 ? pieces[2] : 0;
}

}  // namespace

OvalBlank oval_blank(const OvalPatch& blank) {
  OvalBlank result;
  const PatchMask& mask = patch_mask();
  int sum = 0, cells = 0;
  for (int y = 0; y < kPatchHeight; ++y) {
    for (int x = 0; x < kPatchWidth; ++x) {
      const auto at = static_cast<std::size_t>(y * kPatchWidth + x);
      if (mask[at] == PatchPart::inside) sum += blank.ink[at], ++cells;
      if (blank.ink[at] < 50) continue;
      // Three pixels of room: print moves a little from sheet to sheet.
      for (int ny = std::max(0, y - 3); ny <= std::min(kPatchHeight - 1, y + 3); ++ny) {
        for (int nx = std::max(0, x - 3); nx <= std::min(kPatchWidth - 1, x + 3); ++nx)
          result.print[static_cast<std::size_t>(ny)] |= std::uint64_t{1} << nx;
      }
    }
  }
  result.inside_ink = static_cast<std::uint16_t>(per_mille(sum, cells * 255));
  result.line_ink = line_ink(blank);
  return result;
}

bool line_seen(const OvalPatch& patch, const OvalBlank& blank) {
  return patch.streaked || line_ink(patch) * 1000 >= blank.line_ink * kLineSeen;
}

ReaderView density_view(const OvalPatch& patch, const OvalBlank& blank) {
  const auto [sum, cells] = inside_darkness(patch);
  const int score = std::max(0, per_mille(sum, cells * 255) - blank.inside_ink - paper_beside(patch, blank));
  const MarkClass mark = score < kDensityNone    ? MarkClass::none
                         : score < kDensityClean ? MarkClass::light
                                                 : MarkClass::clean;
  return {mark, static_cast<std::uint16_t>(score)};
}

ReaderView shape_view(const OvalPatch& patch, const OvalBlank& blank) {
  const Strokes strokes = strokes_of(patch, blank);
  const int covered = per_mille(strokes.covered, strokes.cells), grey = per_mille(strokes.grey, strokes.cells);
  const int around = per_mille(strokes.around, strokes.around_cells);
  ReaderView view{MarkClass::machine_doubt, static_cast<std::uint16_t>(covered)};
  if (per_mille(strokes.unused, strokes.unused + strokes.cells) > kUnusedMost) return view;
  if (grey >= kErasedGrey && covered <= kErasedStroke) {
    view.mark = MarkClass::erased;
  } else if (covered < kStrokeNone || strokes.reach < kReachNone) {
    view.mark = around < kAroundAlone ? MarkClass::none
                : strokes.sides >= 3  ? MarkClass::circled
                                      : MarkClass::added_writing;
  } else if (strokes.reach < kReachMark) {
    view.mark = MarkClass::machine_doubt;
  } else if (around >= kAroundMark) {
    view.mark = strokes.sides == 4 ? MarkClass::crossed_out : MarkClass::smeared;
  } else {
    view.mark = covered >= kStrokeClean ? MarkClass::clean : MarkClass::light;
  }
  return view;
}

PlaceReading agree(std::uint16_t place, ReaderView density, ReaderView shape) {
  const auto marked = [](MarkClass mark) { return mark == MarkClass::clean || mark == MarkClass::light; };
  PlaceReading reading{place, density, shape, MarkClass::machine_doubt};
  if (density.mark == MarkClass::none && shape.mark == MarkClass::none) {
    reading.mark = MarkClass::none;
  } else if (marked(density.mark) && marked(shape.mark)) {
    reading.mark =
        density.mark == MarkClass::clean || shape.mark == MarkClass::clean ? MarkClass::clean : MarkClass::light;
  } else if (!marked(shape.mark) && shape.mark != MarkClass::none) {
    reading.mark = shape.mark;  // it saw something that the other cannot tell: people look
  }
  return reading;
}

const std::vector<OvalThreshold>& oval_mark_thresholds() {
  static const std::vector<OvalThreshold> all = {
      {"around-alone", kAroundAlone}, {"around-mark", kAroundMark},   {"density-clean", kDensityClean},
      {"density-none", kDensityNone}, {"erased-grey", kErasedGrey},   {"erased-stroke", kErasedStroke},
      {"grey-ink", kGreyInk},         {"line-seen", kLineSeen},       {"reach-mark", kReachMark},
      {"reach-none", kReachNone},     {"stroke-clean", kStrokeClean}, {"stroke-ink", kStrokeInk},
      {"stroke-none", kStrokeNone},   {"unused-most", kUnusedMost}};
  return all;
}

}  // namespace scrutineer
