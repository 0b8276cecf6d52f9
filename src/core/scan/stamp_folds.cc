// Every ballot paper was folded, and a fold throws a shadow. Folds are pale, straight, and go from edge to edge.
#include <algorithm>
#include <vector>

#include "core/scan/stamp_compare.h"

namespace scrutineer {
namespace {

constexpr int kFaint = 13;      // of 256 of the paper's level: what may be a shadow
constexpr int kFoldDark = 80;   // of 256: darker lines are no folds
constexpr int kFoldShare = 68;  // per cent of its way on which it is seen
constexpr int kFoldsMost = 12;
constexpr int kFoldShareHidden = 85;  // the same where most of the way is printed over
constexpr int kLeanMost = 30;         // per mille of the whole way, to either side
constexpr int kBand = 48;             // pixels along the line, taken together

// Faint pixels and open ones (nothing printed there) by band along a line and place across it, within one pixel.
struct Bands {
  int count = 0, across = 0;
  std::vector<std::uint8_t> faint, open;
  std::uint8_t at(const std::vector<std::uint8_t>& of, int band, int k) const {
    return of[static_cast<std::size_t>(band) * static_cast<std::size_t>(across) + static_cast<std::size_t>(k)];
  }
};

// 1 where a pixel may be a fold's shadow; bit 1 where nothing is printed.
GreyPage faint_pixels(const StampForm& form, const ComparedPage& page) {
  GreyPage out(page.width, page.height, 0);
  const int low = std::max(9, page.level * kFaint >> 8);
  for (int y = 0; y < page.height; ++y) {
    const std::uint8_t *d = page.dark.row(y), *m = form.masked.row(y);
    std::uint8_t* to = out.row(y);
    for (int x = 0; x < page.width; ++x)
      to[x] = static_cast<std::uint8_t>((m[x] ? 0 : 2) | ((d[x] >= low) & (m[x] == 0)));
  }
  return out;
}

Bands across_bands(const GreyPage& faint) {
  Bands b{(faint.width() + kBand - 1) / kBand, faint.height(), {}, {}};
  b.faint.assign(static_cast<std::size_t>(b.count) * static_cast<std::size_t>(b.across), 0);
  b.open = b.faint;
  std::vector<std::uint8_t> near(static_cast<std::size_t>(faint.width()));
  for (int y = 1; y + 1 < faint.height(); ++y) {
    const std::uint8_t *u = faint.row(y - 1), *m = faint.row(y), *l = faint.row(y + 1);
    for (int x = 0; x < faint.width(); ++x)
      near[static_cast<std::size_t>(x)] = static_cast<std::uint8_t>(u[x] | m[x] | l[x]);
    for (int band = 0; band < b.count; ++band) {
      int seen = 0, open = 0;
      for (int x = band * kBand; x < std::min(faint.width(), (band + 1) * kBand); ++x)
        seen += near[static_cast<std::size_t>(x)] & 1, open += near[static_cast<std::size_t>(x)] >> 1;
      const auto index =
          static_cast<std::size_t>(band) * static_cast<std::size_t>(b.across) + static_cast<std::size_t>(y);
      b.faint[index] = static_cast<std::uint8_t>(seen), b.open[index] = static_cast<std::uint8_t>(open);
    }
  }
  return b;
}

Bands lengthwise_bands(const GreyPage& faint) {
  Bands b{(faint.height() + kBand - 1) / kBand, faint.width(), {}, {}};
  b.faint.assign(static_cast<std::size_t>(b.count) * static_cast<std::size_t>(b.across), 0);
  b.open = b.faint;
  for (int y = 0; y < faint.height(); ++y) {
    const std::uint8_t* row = faint.row(y);
    std::uint8_t* seen = b.faint.data() + static_cast<std::ptrdiff_t>(y / kBand) * b.across;
    std::uint8_t* open = b.open.data() + static_cast<std::ptrdiff_t>(y / kBand) * b.across;
    for (int x = 1; x + 1 < faint.width(); ++x) {
      const auto near = static_cast<std::uint8_t>(row[x - 1] | row[x] | row[x + 1]);
      seen[x] = static_cast<std::uint8_t>(seen[x] + (near & 1));
      open[x] = static_cast<std::uint8_t>(open[x] + (near >> 1));
    }
  }
  return b;
}

struct Fold {
  int at = 0, lean = 0;  // across, at its middle; pixels that it leans over the whole way
  int share = 0;         // per cent seen
};

int place_of(const Fold& fold, int band, int bands) {
  return fold.at + fold.lean * (2 * band + 1 - bands) / (2 * bands);
}

// The line that is seen best, if any is.
Fold best_fold(const Bands& b, int along) {
  Fold best;
  const int most = std::max(6, along * kLeanMost / 1'000);
  for (int k = 2; k + 2 < b.across; ++k) {
    int nearby = 0;  // a quick look: a line leaves something in some band here
    for (int band = 0; band < b.count; ++band) nearby = std::max<int>(nearby, b.at(b.faint, band, k));
    if (nearby < kBand / 2) continue;
    for (int lean = -most; lean <= most; ++lean) {
      const Fold fold{k, lean, 0};
      int seen = 0, open = 0;
      for (int band = 0; band < b.count; ++band) {
        const int at = place_of(fold, band, b.count);
        if (at < 0 || at >= b.across) continue;
        seen += b.at(b.faint, band, at), open += b.at(b.open, band, at);
      }
      if (open * 12 < along) continue;
      const int share = seen * 100 / open;
      if (share >= (open * 2 < along ? kFoldShareHidden : kFoldShare) && share > best.share) best = {k, lean, share};
    }
  }
  return best;
}

template <class Pixel, class Pixel2>
int take_out(Bands& bands, int along, int level, Pixel&& extra, Pixel2&& folds) {
  int taken = 0;
  while (taken < kFoldsMost) {
    const Fold fold = best_fold(bands, along);
    if (fold.share < kFoldShare) break;
    ++taken;
    const int limit = level * kFoldDark >> 8;
    for (int i = 0; i < along; ++i) {
      const int at = fold.at + fold.lean * (2 * i - along) / (2 * along);
      for (int d = -4; d <= 4; ++d)
        if (at + d >= 0 && at + d < bands.across) {
          std::uint8_t& pixel = extra(i, at + d);
          if (pixel < limit) pixel = 0;
          folds(i, at + d) = 255;
        }
    }
    for (int band = 0; band < bands.count; ++band) {
      const int at = place_of(fold, band, bands.count);
      for (int d = -4; d <= 4; ++d)
        if (at + d >= 0 && at + d < bands.across)
          bands.faint[static_cast<std::size_t>(band) * static_cast<std::size_t>(bands.across) +
                      static_cast<std::size_t>(at + d)] = 0;
    }
  }
  return taken;
}

}  // namespace

int take_out_folds(const StampForm& form, ComparedPage& page) {
  const GreyPage faint = faint_pixels(form, page);
  Bands across = across_bands(faint), lengthwise = lengthwise_bands(faint);
  int taken = take_out(
      across, page.width, page.level, [&](int i, int k) -> std::uint8_t& { return page.extra.at(i, k); },
      [&](int i, int k) -> std::uint8_t& { return page.folds.at(i, k); });
  taken += take_out(
      lengthwise, page.height, page.level, [&](int i, int k) -> std::uint8_t& { return page.extra.at(k, i); },
      [&](int i, int k) -> std::uint8_t& { return page.folds.at(k, i); });
  return taken;
}

}  // namespace scrutineer
