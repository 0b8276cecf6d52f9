#include <algorithm>
#include <cmath>
#include <cstring>

#include "tests/foreign/papers.h"

namespace scrutineer::foreign {
namespace {

constexpr double kMm = 200 / 25.4;  // pixels at 200 dpi

void copy_into(GreyPage& to, const GreyPage& from, int x, int y) {
  for (int k = std::max(0, -y); k < from.height() && y + k < to.height(); ++k) {
    const int begin = std::max(0, -x), end = std::min(from.width(), to.width() - x);
    if (begin < end) std::memcpy(to.row(y + k) + x + begin, from.row(k) + begin, static_cast<std::size_t>(end - begin));
  }
}

// Covered with one grey value, where the drawing lies.
void cover(GreyPage& page, const Lens& lens, const Drawing& drawing, double value) {
  const Cover c = cover_of(drawing, lens, page.width(), page.height());
  for (int y = 0; y < c.page.height(); ++y)
    for (int x = 0; x < c.page.width(); ++x) {
      std::uint8_t& pixel = page.at(c.x + x, c.y + y);
      pixel = static_cast<std::uint8_t>(pixel + (value - pixel) * c.page.at(x, y) / 255);
    }
}

double ground(Luck& luck) {
  return luck.once_in(2) ? luck.real(0, 50) : luck.real(230, 255);
}

void torn(GreyPage& page, const Lens& lens, const Station& s, Luck& luck, double least, double most) {
  const double w = s.geometry.width, h = s.geometry.height;
  const double a = luck.real(least, most), b = luck.real(least, most);
  const bool right = luck.once_in(2), below = luck.once_in(2);
  const double x = right ? w + 30 : -30, y = below ? h + 30 : -30, dx = right ? -1 : 1, dy = below ? -1 : 1;
  std::vector<Spot> edge = {{x, y}, {x + dx * a, y}};
  for (int i = 1; i < 12; ++i)
    edge.push_back({x + dx * (a * (1 - i / 12.0) + luck.real(-30, 30)), y + dy * (b * i / 12.0 + luck.real(-30, 30))});
  edge.push_back({x, y + dy * b});
  Drawing piece;
  piece.outlines.push_back(std::move(edge));
  cover(page, lens, piece, ground(luck));
}

void hole(GreyPage& page, const Lens& lens, Luck& luck, Spot at, double size) {
  Drawing d;
  d.line({at, {at.x + 0.1, at.y}}, size);
  cover(page, lens, d, luck.once_in(2) ? luck.real(0, 50) : luck.real(235, 255));
}

void streaks(GreyPage& page, Luck& luck, double least, double most) {
  for (int i = luck.whole(1, 2); i > 0; --i) {
    const int width = luck.whole(1, 4), x = luck.whole(40, page.width() - 45);
    const double dark = luck.real(least, most);
    for (int y = 0; y < page.height(); ++y)
      for (int k = 0; k < width; ++k) page.at(x + k, y) = static_cast<std::uint8_t>(page.at(x + k, y) * (1 - dark));
  }
}

void fade(GreyPage& page, double share) {
  for (int y = 0; y < page.height(); ++y)
    for (int x = 0; x < page.width(); ++x)
      page.at(x, y) = static_cast<std::uint8_t>(240 - (240 - std::min<int>(240, page.at(x, y))) * (1 - share));
}

void border(GreyPage& page, Luck& luck) {
  const int left = luck.whole(0, 90), top = luck.whole(0, 120), right = luck.whole(0, 90), bottom = luck.whole(0, 120);
  GreyPage out(page.width() + left + right, page.height() + top + bottom, static_cast<std::uint8_t>(luck.whole(0, 30)));
  copy_into(out, page, left, top);
  page = std::move(out);
}
void border_over(GreyPage& page, Luck& luck) {
  const int wide = luck.whole(12, 70), side = luck.whole(0, 3);
  const auto value = static_cast<std::uint8_t>(luck.whole(0, 30));
  for (int y = 0; y < page.height(); ++y)
    for (int x = 0; x < page.width(); ++x) {
      const int from = side == 0 ? x : side == 1 ? page.width() - 1 - x : side == 2 ? y : page.height() - 1 - y;
      if (from < wide) page.at(x, y) = value;
    }
}

// A second paper under this one, seen where it looks out.
void second_sheet(GreyPage& page, const Station& s, Luck& luck) {
  Scan scan = usual_scan(luck, s.geometry.width, s.geometry.height);
  scan.turn = luck.real(-2, 2), scan.background = 245, scan.upside_down = false, scan.dpi = 200;
  const GreyPage under = lay(s, scan, false);
  const int down = static_cast<int>(luck.real(22, 60) * kMm) * (luck.once_in(2) ? 1 : -1);
  const int aside = static_cast<int>(luck.real(-8, 8) * kMm);
  GreyPage out(std::max(page.width(), under.width()) + std::abs(aside),
               std::max(page.height(), under.height()) + std::abs(down), 245);
  copy_into(out, under, std::max(0, aside), std::max(0, down));
  copy_into(out, page, std::max(0, -aside), std::max(0, -down));
  page = std::move(out);
}

void strong_fold(GreyPage& page, const Lens& lens, const Station& s, Luck& luck) {
  const bool across = !luck.once_in(3);
  const double w = s.geometry.width, h = s.geometry.height;
  const double at = luck.real(0.15, 0.85) * (across ? h : w), lean = luck.real(-0.02, 0.02) * (across ? w : h);
  Drawing d;
  d.line(across ? std::vector<Spot>{{0, at - lean}, {w, at + lean}} : std::vector<Spot>{{at - lean, 0}, {at + lean, h}},
         luck.real(25, 120));
  Ink ink;
  ink.dark = luck.real(0.35, 0.8), ink.dry = luck.real(0, 0.2), ink.seed = luck.bits();
  press(page, lens, d, ink);
}

void crop(GreyPage& page, Luck& luck) {
  const int cut = static_cast<int>(page.height() * luck.real(0.08, 0.6));
  GreyPage out(page.width(), page.height() - cut);
  copy_into(out, page, 0, luck.once_in(2) ? 0 : -cut);
  page = std::move(out);
}

const Accident kAccidents[] = {
    {"border around", true, [](GreyPage& p, const Lens&, const Station&, Luck& l) { border(p, l); }, {}},
    {"small tear",
     true,
     [](GreyPage& p, const Lens& n, const Station& s, Luck& l) { torn(p, n, s, l, 200, 500); },
     {"torn"}},
    {"torn corner",
     false,
     [](GreyPage& p, const Lens& n, const Station& s, Luck& l) { torn(p, n, s, l, 1'200, 3'500); },
     {"torn", "registration_frame", "cut_short"}},
    {"hole in a margin",
     false,
     [](GreyPage& p, const Lens& n, const Station& s, Luck& l) {
       hole(p, n, l, {l.once_in(2) ? 420.0 : s.geometry.width - 420.0, l.real(4'000, s.geometry.height - 3'500.0)},
            l.real(450, 650));
     },
     {"hole"}},
    {"hole anywhere",
     false,
     [](GreyPage& p, const Lens& n, const Station& s, Luck& l) {
       hole(p, n, l, {l.real(600, s.geometry.width - 600.0), l.real(600, s.geometry.height - 2'800.0)},
            l.real(450, 800));
     },
     {"hole", "registration_frame"}},
    {"streaks",
     false,
     [](GreyPage& p, const Lens&, const Station&, Luck& l) { streaks(p, l, 0.2, 1); },
     {"streak", "registration_frame"}},
    {"blur to 1.3 pixels",
     true,
     [](GreyPage& p, const Lens&, const Station&, Luck& l) { blur(p, l.real(0.9, 1.3)); },
     {"blur"}},
    {"blur from 2.5",
     false,
     [](GreyPage& p, const Lens&, const Station&, Luck& l) { blur(p, l.real(2.5, 7)); },
     {"blur"}},
    {"faded by half",
     true,
     [](GreyPage& p, const Lens&, const Station&, Luck& l) { fade(p, l.real(0.2, 0.5)); },
     {"faded"}},
    {"faded by nine tenths",
     false,
     [](GreyPage& p, const Lens&, const Station&, Luck& l) { fade(p, l.real(0.88, 0.97)); },
     {"faded"}},
    {"border over the paper",
     false,
     [](GreyPage& p, const Lens&, const Station&, Luck& l) { border_over(p, l); },
     {"dark_border", "cut_short", "torn"}},
    {"strong fold",
     false,
     [](GreyPage& p, const Lens& n, const Station& s, Luck& l) { strong_fold(p, n, s, l); },
     {"fold"}},
    {"two sheets",
     false,
     [](GreyPage& p, const Lens&, const Station& s, Luck& l) { second_sheet(p, s, l); },
     {"double_feed", "wrong_election"}},
    {"cut short",
     false,
     [](GreyPage& p, const Lens&, const Station&, Luck& l) { crop(p, l); },
     {"cut_short", "registration_frame", "not_this_ballot", "wrong_election"}},
};

}  // namespace

std::span<const Accident> accidents() {
  return kAccidents;
}

}  // namespace scrutineer::foreign
