#include "core/scan/stamp_overprint.h"

#include <algorithm>
#include <optional>

namespace scrutineer {
namespace {

constexpr int kWindowStep = 4, kTextEdge = 3;  // pixels at 100 dpi

int pixel(Length at) {
  return static_cast<int>(at / kStampPixel + 0.5);
}

struct TextArea {
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
  for (const PaperArea& t : texts)
    out.push_back({std::max(1, pixel(t.x) + kTextEdge), std::max(1, pixel(t.y) + kTextEdge),
                   std::min(form.width - 1, pixel(t.right()) - kTextEdge),
                   std::min(form.height - 1, pixel(t.bottom()) - kTextEdge)});
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

// How dark printed ink is on this page (255: as in the form), and what the paper's own roughness adds to a window.
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
  out.ground = open * kPrintWindow * kPrintWindow / open_count;
  out.gain = std::max<std::int64_t>(1, (dark - open * count / open_count) * 255 / blank);
  return out;
}

}  // namespace

std::vector<PrintWindow> print_windows(const StampForm& form) {
  std::vector<PrintWindow> out;
  std::vector<std::int32_t> sum, upper, here, lower;
  for (const TextArea& t : printed_texts(form))
    for (int y = t.top; y + kPrintWindow <= t.bottom; y += kWindowStep) {
      columns_from_left(form.blank, y - 1, t.left - 1, t.right + 1, sum, upper);
      columns_from_left(form.blank, y, t.left - 1, t.right + 1, sum, here);
      columns_from_left(form.blank, std::min(y + 1, form.height - kPrintWindow), t.left - 1, t.right + 1, sum, lower);
      for (int x = t.left; x + kPrintWindow <= t.right; x += kWindowStep) {
        // A printed line at the window's edge may lie a pixel to either side.
        std::int32_t most = 0;
        for (const auto* rows : {&upper, &here, &lower})
          for (int dx = -1; dx <= 1; ++dx) {
            const auto at = static_cast<std::size_t>(x - t.left + 1 + dx);
            most = std::max(most, (*rows)[at + kPrintWindow] - (*rows)[at]);
          }
        out.push_back({x, y, most});
      }
    }
  return out;
}

int most_over_print(const StampForm& form, const ComparedPage& page, const std::vector<InkPiece>& pieces) {
  const std::optional<Gain> gain = gain_of(form, page);
  if (!gain) return 0;
  std::int64_t most = 0;
  std::vector<std::int32_t> sum, dark;
  for (std::size_t i = 0; i < form.windows.size();) {
    // Windows of one row stand side by side.
    std::size_t end = i + 1;
    while (end < form.windows.size() && form.windows[end].y == form.windows[i].y &&
           form.windows[end].x > form.windows[end - 1].x)
      ++end;
    const int left = form.windows[i].x;
    columns_from_left(page.dark, form.windows[i].y, left, form.windows[end - 1].x + kPrintWindow, sum, dark);
    for (; i < end; ++i) {
      const PrintWindow& w = form.windows[i];
      const auto at = static_cast<std::size_t>(w.x - left);
      const std::int64_t over = dark[at + kPrintWindow] - dark[at] - gain->ground - w.blank * gain->gain / 255;
      if (over <= most) continue;
      const bool looked_at = std::any_of(pieces.begin(), pieces.end(), [&](const InkPiece& p) {
        return w.x <= p.right + 1 && w.x + kPrintWindow > p.left - 1 && w.y <= p.bottom + 1 &&
               w.y + kPrintWindow > p.top - 1;
      });
      if (!looked_at) most = over;
    }
  }
  return static_cast<int>(most / gain->gain);
}

}  // namespace scrutineer
