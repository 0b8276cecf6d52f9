// Ink that the blank form has not, gathered into pieces: by tiles of a millimetre, then to the pixel.
#include <algorithm>
#include <cmath>

#include "core/scan/stamp_compare.h"

namespace scrutineer {
namespace {

constexpr int kTile = 4;         // pixels: a millimetre
constexpr int kTileLeast = 2;    // pixels of ink that make a tile count
constexpr int kPieceLeast = 4;   // pixels: a quarter of a square millimetre; less is dust
constexpr int kMassLeast = 16;   // tenths of a pixel of printed ink: a shadow's rest weighs less
constexpr int kNear = 2;         // pixels between pieces that are one
constexpr int kNearOfStamp = 8;  // the same where both together are no larger than a stamp: a line may part it
constexpr int kStampSide = 33;   // pixels: 8.4 mm

struct Tiles {
  int width, height;
  std::vector<std::uint8_t> count;
  std::vector<std::uint8_t> seen;
};

Tiles tiles_of(const ComparedPage& page) {
  Tiles t{(page.width + kTile - 1) / kTile, (page.height + kTile - 1) / kTile, {}, {}};
  t.count.assign(static_cast<std::size_t>(t.width) * static_cast<std::size_t>(t.height), 0);
  t.seen.assign(t.count.size(), 0);
  std::vector<std::uint8_t> column(static_cast<std::size_t>(t.width) * kTile, 0);
  for (int ty = 0; ty < t.height; ++ty) {
    std::fill(column.begin(), column.end(), std::uint8_t{0});
    for (int y = ty * kTile; y < std::min(page.height, (ty + 1) * kTile); ++y) {
      const std::uint8_t* row = page.extra.row(y);
      std::uint8_t* to = column.data();
      for (int x = 0; x < page.width; ++x) to[x] = static_cast<std::uint8_t>(to[x] + (row[x] != 0));
    }
    std::uint8_t* to = t.count.data() + ty * t.width;
    for (int tx = 0; tx < t.width; ++tx) {
      const std::uint8_t* c = column.data() + tx * kTile;
      to[tx] = static_cast<std::uint8_t>(c[0] + c[1] + c[2] + c[3]);
    }
  }
  return t;
}

InkPiece measured(const ComparedPage& page, int left, int top, int right, int bottom) {
  InkPiece piece{page.width, page.height, -1, -1, 0, 0, false};
  for (int y = std::max(0, top); y <= std::min(page.height - 1, bottom); ++y) {
    const std::uint8_t* row = page.extra.row(y);
    for (int x = std::max(0, left); x <= std::min(page.width - 1, right); ++x) {
      if (!row[x]) continue;
      piece.left = std::min(piece.left, x), piece.right = std::max(piece.right, x);
      piece.top = std::min(piece.top, y), piece.bottom = std::max(piece.bottom, y);
      ++piece.count, piece.dark += row[x];
    }
  }
  return piece;
}

bool near(const InkPiece& a, const InkPiece& b) {
  const int across = std::max(a.left - b.right, b.left - a.right), down = std::max(a.top - b.bottom, b.top - a.bottom);
  if (across <= kNear && down <= kNear) return true;
  return across <= kNearOfStamp && down <= kNearOfStamp &&
         std::max(a.right, b.right) - std::min(a.left, b.left) < kStampSide &&
         std::max(a.bottom, b.bottom) - std::min(a.top, b.top) < kStampSide;
}

void merge_near(const ComparedPage& page, std::vector<InkPiece>& pieces) {
  for (bool again = true; again;) {
    again = false;
    for (std::size_t i = 0; i < pieces.size(); ++i)
      for (std::size_t k = i + 1; k < pieces.size();) {
        if (!near(pieces[i], pieces[k])) {
          ++k;
          continue;
        }
        const InkPiece &a = pieces[i], &b = pieces[k];
        pieces[i] = measured(page, std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right),
                             std::max(a.bottom, b.bottom));
        pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(k));
        again = true;
      }
  }
}

}  // namespace

InkPieces ink_pieces(const ComparedPage& page) {
  InkPieces out;
  Tiles t = tiles_of(page);
  std::vector<int> stack;
  int ink = 0, kept = 0;
  for (std::uint8_t c : t.count) ink += c;
  for (int start = 0; start < t.width * t.height; ++start) {
    if (t.count[static_cast<std::size_t>(start)] < kTileLeast || t.seen[static_cast<std::size_t>(start)]) continue;
    int left = t.width, right = 0, top = t.height, bottom = 0;
    stack.assign(1, start);
    t.seen[static_cast<std::size_t>(start)] = 1;
    while (!stack.empty()) {
      const int at = stack.back(), tx = at % t.width, ty = at / t.width;
      stack.pop_back();
      left = std::min(left, tx), right = std::max(right, tx), top = std::min(top, ty), bottom = std::max(bottom, ty);
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) {
          if (tx + dx < 0 || tx + dx >= t.width || ty + dy < 0 || ty + dy >= t.height) continue;
          const int next = (ty + dy) * t.width + tx + dx;
          if (t.seen[static_cast<std::size_t>(next)] || !t.count[static_cast<std::size_t>(next)]) continue;
          t.seen[static_cast<std::size_t>(next)] = 1;
          stack.push_back(next);
        }
    }
    const InkPiece piece =
        measured(page, left * kTile, top * kTile, right * kTile + kTile - 1, bottom * kTile + kTile - 1);
    if (piece.count < kPieceLeast || piece.dark * 10 < kMassLeast * page.contrast) continue;
    if (out.pieces.size() == kInkPiecesMost) {
      out.too_many = true;
      break;
    }
    out.pieces.push_back(piece);
  }
  merge_near(page, out.pieces);
  std::sort(out.pieces.begin(), out.pieces.end(),
            [](const InkPiece& a, const InkPiece& b) { return std::pair(a.top, a.left) < std::pair(b.top, b.left); });
  for (InkPiece& piece : out.pieces) {
    kept += piece.count;
    for (auto [x, y] : {std::pair{piece.left - 1, piece.top},
                        {piece.right + 1, piece.top},
                        {piece.left, piece.top - 1},
                        {piece.left, piece.bottom + 1}})
      piece.at_edge |= x <= 5 || y <= 5 || x >= page.width - 6 || y >= page.height - 6;
  }
  out.specks = std::max(0, ink - kept);
  return out;
}

}  // namespace scrutineer
