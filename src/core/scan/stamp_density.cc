#include "core/scan/stamp_density.h"

#include <algorithm>
#include <array>

namespace scrutineer {
namespace {

// Reasons: docs/formats/reading-stamps.md.
constexpr double kFullLeast = 590, kFullMost = 850;  // hundredths of a millimetre: a whole stamp, +-8% and a pixel
constexpr int kShareLeast = 200, kShareMost = 740;   // per mille of its rectangle: a ring around a sign
constexpr int kShareLeastOfPart = 150;
constexpr int kLightBelow = 400;    // per mille of printed ink
constexpr double kFromOthers = 90;  // hundredths of a millimetre to another box's line
constexpr int kBoxInk = 2;          // pixels in a box that count as touching it
constexpr int kSealInk = 60;        // pixels: 4 square millimetres
constexpr int kSerialLeast = 15,
              kSerialMost = 500;     // per mille of the stub: printed, and not cut off before a dark ground
constexpr double kAreaMost = 1'700;  // of several stamps in one box

int pixel(double at) {
  return static_cast<int>(at / kStampPixel + 0.5);
}

int ink_in(const ComparedPage& page, const InkPiece& piece, const PaperArea& area) {
  int count = 0;
  const int left = std::max(piece.left, pixel(area.x)), right = std::min(piece.right, pixel(area.right()) - 1);
  for (int y = std::max(piece.top, pixel(area.y)); y <= std::min(piece.bottom, pixel(area.bottom()) - 1); ++y)
    for (int x = left; x <= right; ++x) count += page.extra.at(x, y) != 0;
  return count;
}

// What is darker by `least` than the area's own ground: where a stub was cut off, that is the scanner's.
int dark_share(const ComparedPage& page, const PaperArea& area, int least, int& count) {
  std::array<int, 256> histogram{};
  count = 0;
  int all = 0;
  for (int y = std::max(0, pixel(area.y)); y < std::min(page.height, pixel(area.bottom())); ++y)
    for (int x = std::max(0, pixel(area.x)); x < std::min(page.width, pixel(area.right())); ++x)
      ++all, ++histogram[page.dark.at(x, y)];
  int ground = 0, seen = 0;
  while (ground < 255 && (seen += histogram[static_cast<std::size_t>(ground)]) * 2 < all) ++ground;
  for (int v = std::min(255, ground + least); v < 256; ++v) count += histogram[static_cast<std::size_t>(v)];
  return all ? count * 1'000 / all : 0;
}

MarkClass class_of(const PieceInk& ink) {
  if (ink.boxes > 1) return MarkClass::straddling;
  const double longer = std::max(ink.width, ink.height), shorter = std::min(ink.width, ink.height);
  if (longer > kFullMost) {
    const bool stamps = ink.box && longer <= kAreaMost && shorter >= kFullLeast && ink.share <= kShareMost;
    return stamps ? MarkClass::repeated_stamp : MarkClass::added_writing;
  }
  if (ink.share > kShareMost) return MarkClass::other_tool;
  const MarkClass whole = ink.darkness < kLightBelow ? MarkClass::light : MarkClass::clean;
  if (shorter >= kFullLeast) return ink.share >= kShareLeast ? whole : MarkClass::other_tool;
  if (longer >= 350 && ink.share >= kShareLeastOfPart) return MarkClass::partial_stamp;
  return MarkClass::added_writing;
}

}  // namespace

PieceInk read_piece_ink(const StampForm& form, const ComparedPage& page, const InkPiece& piece) {
  PieceInk out;
  const StampGeometry& g = form.geometry;
  const double top = piece.top * kStampPixel, bottom = (piece.bottom + 1) * kStampPixel;
  out.width = (piece.right - piece.left + 1) * kStampPixel, out.height = bottom - top;
  out.share = piece.count * 1'000 / ((piece.right - piece.left + 1) * (piece.bottom - piece.top + 1));
  out.darkness = static_cast<int>(piece.dark * 1'000 / std::max(1, piece.count) / std::max(1, page.contrast));
  bool near_other = false;
  for (std::size_t i = 0; i < g.boxes; ++i) {
    const PaperArea box = g.box(i);
    if (bottom < box.y - kFromOthers || top > box.bottom() + kFromOthers) continue;
    const int inside = ink_in(page, piece, box);
    if (inside < kBoxInk) {
      // Beside the boxes' column it may stand as high or low as it likes.
      near_other |= piece.right * kStampPixel > box.x && piece.left * kStampPixel < box.right();
      continue;
    }
    ++out.boxes;
    out.box = static_cast<std::uint16_t>(i);
    out.in_column = ink_in(page, piece, g.stamp_cell(i)) * 1'000 / std::max(1, inside);
  }
  if (out.boxes == 1 && near_other) out.boxes = 2;
  if (out.boxes != 1) out.box.reset();
  out.mark = class_of(out);
  if (out.boxes == 0 && (out.mark == MarkClass::clean || out.mark == MarkClass::light)) out.mark = MarkClass::outside;
  return out;
}

bool has_officer_seal(const StampForm& form, const ComparedPage& page) {
  int count = 0;
  dark_share(page, form.geometry.officer_seal, std::max(20, page.level * 15 / 100), count);
  return count >= kSealInk;
}

bool has_serial(const StampForm& form, const ComparedPage& page) {
  PaperArea stub = form.geometry.stub;
  stub.x += 250, stub.width -= 450, stub.y += 150, stub.height -= 350;
  int count = 0;
  const int share = dark_share(page, stub, std::max(20, page.level * 15 / 100), count);
  return share >= kSerialLeast && share <= kSerialMost;
}

}  // namespace scrutineer
