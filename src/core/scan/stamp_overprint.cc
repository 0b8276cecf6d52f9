#include "core/scan/stamp_overprint.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

namespace scrutineer {
namespace {

constexpr int kWindowStep = 4, kTextEdge = 3;    // pixels at 100 dpi
constexpr int kPart = 64;                        // pixels of a text along the line, a multiple of the step
constexpr std::int32_t kTextLeast = 3'000;       // ink of a window that tells how dark its text is: 12 full pixels
constexpr std::size_t kWindowsLeast = 12;        // of a text, to tell it
constexpr int kUneven = 24;                      // of a window's print, one part may be printed more than in the form
constexpr int kGainLeast = 75, kGainMost = 130;  // per cent of the page's

int pixel(Length at) {
  return static_cast<int>(at / kStampPixel + 0.5);
}

struct TextArea {
  std::uint16_t text, part;
  int left, top, right, bottom;  // pixels, the last two not included
};

std::vector<TextArea> printed_texts(const StampForm& form) {
  const StampGeometry& g = form.geometry;
  std::vector<PaperArea> texts = {g.title, g.area, g.commission_seal, g.officer_label};
  for (PaperArea& text : texts) text = {text.x - 250, text.y - 200, text.width + 500, text.height + 400};
  for (std::size_t i = 0; i < g.boxes; ++i) {
    PaperArea text = g.number_cell(i);
    text.width += g.name_cell(i).width;
    texts.push_back(text);
  }
  std::vector<TextArea> out;
  std::uint16_t part = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const PaperArea& t = texts[i];
    const int top = std::max(1, pixel(t.y) + kTextEdge),
              bottom = std::min(form.height - 1, pixel(t.bottom()) - kTextEdge);
    const int end = std::min(form.width - 1, pixel(t.right()) - kTextEdge);
    for (int left = std::max(1, pixel(t.x) + kTextEdge); left + kPrintWindow <= end; left += kPart)
      out.push_back({static_cast<std::uint16_t>(i), part++, left, top,
                     std::min(end, left + kPart + kPrintWindow - kWindowStep), bottom});
  }
  return out;
}

// What the columns from `left` on hold between two rows, added up from the left: [i] is the sum of the first i.
void columns_from_left(const GreyPage& page, int top, int left, int right, std::vector<std::int32_t>& sum,
                       std::vector<std::int32_t>& out) {
  const auto width = static_cast<std::size_t>(right - left);
  sum.assign(width, 0);
  for (int k = 0; k < kPrintWindow; ++k) {
    const std::uint8_t* row = page.row(top + k) + left;
    for (std::size_t x = 0; x < width; ++x) sum[x] += row[x];
  }
  out.resize(width + 1);
  out[0] = 0;
  for (std::size_t x = 0; x < width; ++x) out[x + 1] = out[x] + sum[x];
}

// How dark printed ink is on this page (255: as in the form), and what the paper's own roughness adds to a hundred
// pixels.
struct Gain {
  std::int64_t gain = 1, ground = 0;
};
std::optional<Gain> gain_of(const StampForm& form, const ComparedPage& page) {
  std::int64_t dark = 0, blank = 0, count = 0, open = 0, open_count = 0;
  for (const TextArea& t : printed_texts(form))
    for (int y = t.top; y < t.bottom; y += 2) {
      const std::uint8_t *d = page.dark.row(y), *b = form.blank.row(y), *p = form.printed.row(y);
      for (int x = t.left; x < t.right; x += 2)
        p[x] ? (dark += d[x], blank += b[x], ++count) : (open += d[x], ++open_count);
    }
  if (blank == 0 || open_count == 0) return std::nullopt;
  Gain out;
  out.ground = open * 100 / open_count;
  out.gain = std::max<std::int64_t>(1, (dark - open * count / open_count) * 255 / blank);
  return out;
}

}  // namespace

std::vector<PrintWindow> print_windows(const StampForm& form) {
  std::vector<PrintWindow> out;
  std::vector<std::int32_t> sum, upper, here, lower, printed;
  for (const TextArea& t : printed_texts(form))
    for (int y = t.top; y + kPrintWindow <= t.bottom; y += kWindowStep) {
      columns_from_left(form.blank, y - 1, t.left - 1, t.right + 1, sum, upper);
      columns_from_left(form.blank, y, t.left - 1, t.right + 1, sum, here);
      columns_from_left(form.blank, std::min(y + 1, form.height - kPrintWindow), t.left - 1, t.right + 1, sum, lower);
      columns_from_left(form.printed, y, t.left - 1, t.right + 1, sum, printed);
      for (int x = t.left; x + kPrintWindow <= t.right; x += kWindowStep) {
        const auto here_at = static_cast<std::size_t>(x - t.left + 1);
        PrintWindow window{x, y, t.text, t.part, (printed[here_at + kPrintWindow] - printed[here_at]) / 255, {}};
        std::size_t shift = 0;
        for (const auto* rows : {&upper, &here, &lower})
          for (int dx = -1; dx <= 1; ++dx) {
            const auto at = static_cast<std::size_t>(x - t.left + 1 + dx);
            window.blank[shift++] = (*rows)[at + kPrintWindow] - (*rows)[at];
          }
        out.push_back(window);
      }
    }
  return out;
}

namespace {

// How dark the folds' shadows are where nothing is printed.
int fold_shadow(const StampForm& form, const ComparedPage& page) {
  std::int64_t sum = 0, count = 0;
  for (int y = 0; y < page.height; ++y) {
    const std::uint8_t *d = page.dark.row(y), *f = page.folds.row(y), *m = form.masked.row(y);
    for (int x = 0; x < page.width; ++x)
      if (f[x] && !m[x]) sum += d[x], ++count;
  }
  return count ? static_cast<int>(sum / count) : 0;
}

// The page's ink where the form has print, and what registration may be off. Elsewhere ink makes pieces.
GreyPage ink_at_print(const StampForm& form, const ComparedPage& page) {
  const int shadow = fold_shadow(form, page);
  GreyPage out(page.width, page.height, 0);
  for (int y = 0; y < page.height; ++y) {
    const std::uint8_t *d = page.dark.row(y), *p = form.printed.row(y), *f = page.folds.row(y);
    std::uint8_t* to = out.row(y);
    for (int x = 0; x < page.width; ++x)
      to[x] = static_cast<std::uint8_t>(std::max(0, (d[x] & p[x]) - (f[x] ? shadow : 0)));
  }
  return out;
}

// That ink in every window of the form.
std::vector<std::int64_t> window_ink(const StampForm& form, const ComparedPage& page, std::int64_t ground) {
  const GreyPage at_print = ink_at_print(form, page);
  std::vector<std::int64_t> out;
  std::vector<std::int32_t> sum, dark;
  out.reserve(form.windows.size());
  for (std::size_t i = 0; i < form.windows.size();) {
    // Windows of one row stand side by side.
    std::size_t end = i + 1;
    while (end < form.windows.size() && form.windows[end].y == form.windows[i].y &&
           form.windows[end].x > form.windows[end - 1].x)
      ++end;
    const int left = form.windows[i].x;
    columns_from_left(at_print, form.windows[i].y, left, form.windows[end - 1].x + kPrintWindow, sum, dark);
    for (; i < end; ++i) {
      const auto at = static_cast<std::size_t>(form.windows[i].x - left);
      out.push_back(dark[at + kPrintWindow] - dark[at] - form.windows[i].printed * ground / 100);
    }
  }
  return out;
}

bool touches(const PrintWindow& w, const std::vector<InkPiece>& pieces) {
  return std::any_of(pieces.begin(), pieces.end(), [&](const InkPiece& p) {
    return w.x <= p.right + 1 && w.x + kPrintWindow > p.left - 1 && w.y <= p.bottom + 1 &&
           w.y + kPrintWindow > p.top - 1;
  });
}

// Where a part of a text really stands on this page, in sixteenths of a pixel, at most a pixel off.
constexpr int kSixteenths = 16;
struct Place {
  int x = 0, y = 0;
};

// The blank form's ink in a window, as far off: between the sums of whole pixels in straight lines.
std::int64_t blank_at(const PrintWindow& w, const Place& place) {
  const int left = place.x < 0 ? 0 : 1, upper = place.y < 0 ? 0 : 1;
  const int fx = place.x + (1 - left) * kSixteenths, fy = place.y + (1 - upper) * kSixteenths;
  auto row = [&](int y) {
    const std::int32_t* sums = w.blank.data() + y * 3 + left;
    return static_cast<std::int64_t>(sums[0]) * (kSixteenths - fx) +
           (fx > 0 ? static_cast<std::int64_t>(sums[1]) * fx : 0);
  };
  return (row(upper) * (kSixteenths - fy) + (fy > 0 ? row(upper + 1) * fy : 0)) / (kSixteenths * kSixteenths);
}

// The middle of a V through three values at -1, 0 and 1, of which the middle one is least.
int least_between(std::int64_t before, std::int64_t here, std::int64_t after) {
  const std::int64_t rise = std::max(before, after) - here;
  return rise > 0 ? static_cast<int>((before - after) * (kSixteenths / 2) / rise) : 0;
}

// Where least is left unexplained.
Place place_of(const PrintWindow* windows, const std::int64_t* ink, std::size_t count, std::int64_t gain) {
  std::array<std::int64_t, kPrintShifts> off{};
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t s = 0; s < kPrintShifts; ++s) off[s] += std::abs(ink[i] * 255 - windows[i].blank[s] * gain);
  const auto best = static_cast<std::size_t>(std::min_element(off.begin(), off.end()) - off.begin());
  Place out{(static_cast<int>(best % 3) - 1) * kSixteenths, (static_cast<int>(best / 3) - 1) * kSixteenths};
  if (best % 3 == 1) out.x += least_between(off[best - 1], off[best], off[best + 1]);
  if (best / 3 == 1) out.y += least_between(off[best - 3], off[best], off[best + 3]);
  return out;
}

// What the blank form's ink would be in every window, if the page's ink were as dark.
std::vector<std::int64_t> expected_ink(const StampForm& form, const std::vector<std::int64_t>& ink, std::int64_t gain) {
  std::vector<std::int64_t> out;
  out.reserve(ink.size());
  for (std::size_t begin = 0; begin < ink.size();) {
    std::size_t end = begin;
    while (end < ink.size() && form.windows[end].part == form.windows[begin].part) ++end;
    const Place place = place_of(form.windows.data() + begin, ink.data() + begin, end - begin, gain);
    for (; begin < end; ++begin) out.push_back(blank_at(form.windows[begin], place));
  }
  return out;
}

// How dark this text is: bold ones come out darker on one page and paler on another than small ones. Within bounds, so
// that what covers most of a text is not the text.
std::int64_t gain_of_text(const std::int64_t* ink, const std::int64_t* expected, std::size_t count, std::int64_t page) {
  std::vector<std::int64_t> gains;
  for (std::size_t i = 0; i < count; ++i)
    if (expected[i] >= kTextLeast) gains.push_back(ink[i] * 255 / expected[i]);
  if (gains.size() < kWindowsLeast) return page;
  const auto middle = gains.begin() + static_cast<std::ptrdiff_t>(gains.size() / 2);
  std::nth_element(gains.begin(), middle, gains.end());
  return std::clamp(*middle, page * kGainLeast / 100, page * kGainMost / 100);
}

}  // namespace

int most_over_print(const StampForm& form, const ComparedPage& page, const std::vector<InkPiece>& pieces) {
  const std::optional<Gain> gain = gain_of(form, page);
  if (!gain) return 0;
  const std::vector<std::int64_t> ink = window_ink(form, page, gain->ground);
  const std::vector<std::int64_t> expected = expected_ink(form, ink, gain->gain);
  std::int64_t most = 0;
  for (std::size_t begin = 0; begin < ink.size();) {
    std::size_t end = begin;
    while (end < ink.size() && form.windows[end].text == form.windows[begin].text) ++end;
    const std::int64_t here =
        std::max<std::int64_t>(1, gain_of_text(ink.data() + begin, expected.data() + begin, end - begin, gain->gain));
    for (; begin < end; ++begin) {
      const std::int64_t blank = expected[begin];
      const std::int64_t over = (ink[begin] - blank * here / 255) * 10 / here - blank * 10 / 255 / kUneven;
      if (over > most && !touches(form.windows[begin], pieces)) most = over;
    }
  }
  return static_cast<int>(most);
}

}  // namespace scrutineer
