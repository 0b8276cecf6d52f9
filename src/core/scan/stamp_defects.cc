#include "core/scan/stamp_defects.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace scrutineer {
namespace {

constexpr int kFadedBelow = 12;  // per cent of the paper's level
constexpr double kOutsideMost = 0.03;
constexpr int kTornPixels = 900;                // of the compared page: 58 square millimetres
constexpr int kTornLeast = 60;                  // the same, 4 square millimetres, where it is why people look
constexpr int kBorderShare = 70;                // per cent of an edge
constexpr int kHoleLeast = 14, kHoleMost = 40;  // pixels at 100 dpi: 3.5 to 10 mm
constexpr int kHoleShare = 70;                  // per cent of its rectangle; a circle has 79
constexpr int kHoleDark = 70;                   // per cent of the paper's level
constexpr int kFoldLong = 25;                   // per cent of the paper's way across or along
constexpr int kFoldWay = 60, kFoldThick = 9;    // per cent of the way; pixels
constexpr int kFoldOnLine = 60;                 // per cent of a piece's ink that lies on a fold

constexpr int kBeside = 6;                      // pixels at 200 dpi from a stroke to the paper beside it
constexpr int kStreakDark = 10;                 // per cent of the paper's level
constexpr int kStreakRows = 80;                 // per cent of the picture's rows
constexpr int kRowsLooked = 120;                // evenly over the picture: enough to tell, and quick
constexpr int kStreakStep = 5;                  // rows
constexpr int kFarBeside = 14;                  // the same where strokes are blurred
constexpr int kBlurShare = 60;                  // per cent: steepest step of that between ink and paper
constexpr int kBlurLevel = 150, kInkSeen = 14;  // grey values: mostly paper; ink at all

// From light to dark: the value that `per_mille` of the pixels reach.
int reached_by(const std::array<std::uint32_t, 256>& histogram, std::uint64_t all, std::uint64_t per_mille) {
  std::uint64_t seen = 0;
  int value = 255;
  while (value > 0 && (seen += histogram[static_cast<std::size_t>(value)]) * 1'000 < all * per_mille) --value;
  return value;
}

struct Sharpness {
  int level = 0;  // of the paper
  int ink = 0;    // how much darker strokes are than the paper beside them
  int step = 0;   // the steepest steps between pixels two apart
  int noise = 0;  // the usual difference
};
Sharpness sharpness_of(GreyView p) {
  std::array<std::uint32_t, 256> values{}, inks{}, steps{};
  std::uint64_t all = 0;
  const int apart = std::max(3, p.height / kRowsLooked);
  for (int y = 1; y + 1 < p.height; y += apart)
    for (int x = kFarBeside; x + kFarBeside < p.width; ++x) {
      // Means of three rows, since a pixel alone is noise.
      auto at = [&](int ax) { return (p.at(ax, y - 1) + p.at(ax, y) + p.at(ax, y + 1)) / 3; };
      const int here = at(x);
      ++values[static_cast<std::size_t>(here)];
      ++inks[static_cast<std::size_t>(std::max(0, std::min(at(x - kFarBeside), at(x + kFarBeside)) - here))];
      ++steps[static_cast<std::size_t>(std::abs(at(x + 1) - at(x - 1)))];
      ++all;
    }
  Sharpness out;
  if (all == 0) return out;
  out.level = reached_by(values, all, 500);
  out.ink = reached_by(inks, all, 4);
  out.step = reached_by(steps, all, 4);
  out.noise = reached_by(steps, all, 500);
  return out;
}

std::optional<NamedDefect> blur_of(const Sharpness& s) {
  if (s.level < kBlurLevel || s.ink < kInkSeen || s.step * 100 >= s.ink * kBlurShare) return std::nullopt;
  return NamedDefect{SheetDefect::blur, "letters have no edges: the scan is out of focus"};
}

// A line along the feed through the whole picture.
std::optional<NamedDefect> streak_of(GreyView p, int level) {
  const int least = std::max(12, level * kStreakDark / 100);
  std::vector<int> seen(static_cast<std::size_t>(p.width), 0);
  int rows = 0;
  for (int y = 0; y < p.height; y += kStreakStep, ++rows) {
    const std::uint8_t* row = p.row(y);
    for (int x = kBeside; x + kBeside < p.width; ++x)
      seen[static_cast<std::size_t>(x)] += std::min(row[x - kBeside], row[x + kBeside]) - row[x] >= least;
  }
  const auto most = std::max_element(seen.begin(), seen.end());
  if (most == seen.end() || *most * 100 < rows * kStreakRows) return std::nullopt;
  return NamedDefect{SheetDefect::streak,
                     fmt::format("a line runs through the whole picture at column {}", most - seen.begin())};
}

bool dark_throughout(const ComparedPage& page, const InkPiece& piece, int per_cent) {
  return piece.dark * 100 > static_cast<std::int64_t>(piece.count) * page.level * per_cent;
}

NamedDefect torn_or_border(const ComparedPage& page, const InkPiece& piece) {
  const int across = piece.right - piece.left + 1, down = piece.bottom - piece.top + 1;
  if (across * 100 >= page.width * kBorderShare || down * 100 >= page.height * kBorderShare)
    return {SheetDefect::dark_border, "an edge of the paper is black"};
  return {SheetDefect::torn, fmt::format("{:.0f} square millimetres at an edge are missing or black",
                                         piece.count * kStampPixel * kStampPixel / 10'000)};
}

// What is printed there is no extra ink, but black all the same.
bool is_hole(const ComparedPage& page, const InkPiece& piece) {
  const int across = piece.right - piece.left + 1, down = piece.bottom - piece.top + 1;
  if (std::min(across, down) < kHoleLeast || std::max(across, down) > kHoleMost ||
      std::abs(across - down) * 5 > std::max(across, down))
    return false;
  int black = 0;
  for (int y = piece.top; y <= piece.bottom; ++y)
    for (int x = piece.left; x <= piece.right; ++x) black += page.dark.at(x, y) * 100 > page.level * kHoleDark;
  return black * 100 >= across * down * kHoleShare;
}

NamedDefect fold_found() {
  return {SheetDefect::fold, "a dark line from edge to edge, as folds have"};
}

// What is left of a fold that was too dark to be taken out.
bool is_fold(const ComparedPage& page, const InkPiece& piece) {
  const int across = piece.right - piece.left + 1, down = piece.bottom - piece.top + 1;
  if (across * 100 < page.width * kFoldLong && down * 100 < page.height * kFoldLong) return false;
  // Thin; and long, or on a line that pale parts of a fold show.
  if (piece.count > std::max(across, down) * kFoldThick) return false;
  if (std::max(across * 100 / page.width, down * 100 / page.height) >= kFoldWay) return true;
  int ink = 0, on = 0;
  for (int y = piece.top; y <= piece.bottom; ++y)
    for (int x = piece.left; x <= piece.right; ++x)
      if (page.extra.at(x, y)) ++ink, on += page.folds.at(x, y) != 0;
  return on * 100 >= ink * kFoldOnLine;
}

}  // namespace

std::optional<NamedDefect> defect_of_sheet(const ComparedPage& page, const InkPieces& ink, GreyView picture) {
  if (page.outside > kOutsideMost)
    return NamedDefect{SheetDefect::cut_short,
                       fmt::format("{:.0f} per cent of the paper lie beyond the picture", page.outside * 100)};
  if (page.contrast * 100 < page.level * kFadedBelow) {
    auto blur = blur_of(sharpness_of(picture));
    return blur ? blur : NamedDefect{SheetDefect::faded, "the print is too pale"};
  }
  for (const InkPiece& piece : ink.pieces)
    if (piece.at_edge && piece.count >= kTornPixels && dark_throughout(page, piece, 50)) {
      if (auto streak = streak_of(picture, page.level)) return streak;
      return is_fold(page, piece) ? fold_found() : torn_or_border(page, piece);
    }
  return std::nullopt;
}

std::optional<NamedDefect> defect_of_recheck(const ComparedPage& page, const InkPieces& ink, GreyView picture) {
  if (auto streak = streak_of(picture, page.level)) return streak;
  if (auto blur = blur_of(sharpness_of(picture))) return blur;
  for (const InkPiece& piece : ink.pieces) {
    if (is_hole(page, piece)) return NamedDefect{SheetDefect::hole, "a round black place: a hole, or a blot"};
    if (is_fold(page, piece)) return fold_found();
    if (piece.at_edge && piece.count >= kTornLeast && dark_throughout(page, piece, 50))
      return torn_or_border(page, piece);
  }
  return std::nullopt;
}

std::optional<NamedDefect> defect_without_frame(SheetDefect found, GreyView picture) {
  if (found != SheetDefect::blank_page && found != SheetDefect::not_this_ballot &&
      found != SheetDefect::registration_frame)
    return std::nullopt;
  if (picture.width <= 2 * kFarBeside || picture.height < 3) return std::nullopt;
  const Sharpness s = sharpness_of(picture);
  if (s.level < kBlurLevel) return std::nullopt;
  if (found == SheetDefect::registration_frame)
    if (auto streak = streak_of(picture, s.level)) return streak;
  if (auto blur = blur_of(s)) return blur;
  if (s.ink >= 6 && s.ink > 5 * std::max(1, s.noise) && s.ink * 100 < s.level * kFadedBelow)
    return NamedDefect{SheetDefect::faded, "something is printed, too pale to be found"};
  return std::nullopt;
}

}  // namespace scrutineer
