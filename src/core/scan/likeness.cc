#include "core/scan/likeness.h"

#include <algorithm>
#include <cstdlib>

#include "core/scan/stamp_compare.h"
#include "core/scan/stamp_page.h"

namespace scrutineer {
namespace {

constexpr std::int32_t kWithinPlace = 25;     // hundredths of a millimetre
constexpr std::int32_t kWithinInk = 120;      // per mille of the piece's own
constexpr std::size_t kComparedMost = 2'000;  // a straight ticket of a large batch: its nearest neighbours
constexpr std::size_t kPiecesCompared = 12;   // more is writing, and people look at it anyway

// Its ink's middle, to a tenth of a pixel: `dark` is what weighs.
void add_piece(Likeness& out, GreyView ink, int left, int top, int right, int bottom) {
  std::int64_t sum = 0, sx = 0, sy = 0;
  for (int y = top; y <= bottom; ++y)
    for (int x = left; x <= right; ++x) {
      const std::int64_t dark = ink.at(x, y);
      sum += dark, sx += dark * x, sy += dark * y;
    }
  if (sum == 0) return;
  const auto to_paper = [&](std::int64_t weighted) {
    return static_cast<std::int32_t>(static_cast<double>(weighted) / static_cast<double>(sum) * kStampPixel);
  };
  const auto amount = static_cast<std::int32_t>(sum / 255);
  out.values.insert(out.values.end(), {to_paper(sy), to_paper(sx), amount});
  out.within.insert(out.within.end(), {kWithinPlace, kWithinPlace, amount * kWithinInk / 1'000 + 4});
}

// Same pieces in the same number: what stands before all else, so that few pictures are compared with each other.
std::int32_t group_of(const Likeness& likeness) {
  return static_cast<std::int32_t>(likeness.values.size());
}

}  // namespace

bool alike(const Likeness& a, const Likeness& b) {
  if (a.values.size() != b.values.size()) return false;
  for (std::size_t i = 0; i < a.values.size(); ++i)
    if (std::abs(a.values[i] - b.values[i]) > std::max(a.within[i], b.within[i])) return false;
  if (a.strokes.has_value() != b.strokes.has_value()) return false;
  return !a.strokes || alike(*a.strokes, *b.strokes);
}

std::vector<std::pair<std::size_t, std::size_t>> find_alike(const std::vector<std::optional<Likeness>>& pictures,
                                                            std::size_t most) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < pictures.size(); ++i)
    if (pictures[i] && !pictures[i]->values.empty()) order.push_back(i);
  auto key = [&](std::size_t i) { return std::pair(group_of(*pictures[i]), pictures[i]->values[0]); };
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return std::pair(key(a), a) < std::pair(key(b), b); });
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t i = 0; i < order.size() && pairs.size() < most; ++i)
    for (std::size_t k = i + 1; k < std::min(order.size(), i + 1 + kComparedMost) && pairs.size() < most; ++k) {
      const Likeness &a = *pictures[order[i]], &b = *pictures[order[k]];
      if (group_of(a) != group_of(b) || b.values[0] - a.values[0] > std::max(a.within[0], b.within[0])) break;
      if (alike(a, b)) pairs.emplace_back(std::minmax(order[i], order[k]));
    }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

std::optional<Likeness> stamp_likeness(const StampForm& form, const StampPage& upright) {
  if (upright.defect != SheetDefect::none) return std::nullopt;
  ComparedPage compared = compare_with_form(form, upright.frame, upright.view);
  take_out_folds(form, compared);
  const InkPieces ink = ink_pieces(compared);
  if (ink.pieces.empty() || ink.pieces.size() > kPiecesCompared || ink.too_many) return std::nullopt;
  Likeness out;
  for (const InkPiece& piece : ink.pieces)
    add_piece(out, compared.extra.view(), piece.left, piece.top, piece.right, piece.bottom);
  // The officer presses the seal by hand: it stands elsewhere on every paper.
  const PaperArea seal = form.geometry.officer_seal;
  auto pixel = [](Length at, int most) {
    return std::clamp(static_cast<int>(static_cast<double>(at) / kStampPixel), 0, most - 1);
  };
  add_piece(out, compared.dark.view(), pixel(seal.x, compared.width), pixel(seal.y, compared.height),
            pixel(seal.right(), compared.width), pixel(seal.bottom(), compared.height));
  return out;
}

std::optional<Likeness> oval_likeness(OvalStrokes strokes) {
  if (strokes.places.empty()) return std::nullopt;
  Likeness out;
  out.values = {strokes.side};
  out.values.insert(out.values.end(), strokes.places.begin(), strokes.places.end());
  out.within.resize(out.values.size(), 0);
  // Same places in the same number stand together: of them all must be equal, so the sum will do for an order.
  std::int32_t sum = 0;
  for (std::int32_t value : out.values) sum = sum * 31 % 65'521 + value;
  out.values.insert(out.values.begin(), sum);
  out.within.push_back(0);
  out.strokes = std::move(strokes);
  return out;
}

}  // namespace scrutineer
