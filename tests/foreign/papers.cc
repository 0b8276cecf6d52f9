#include "tests/foreign/papers.h"

#include <algorithm>
#include <cmath>

#include "tests/foreign/tools.h"

namespace scrutineer::foreign {
namespace {

constexpr double kClear = 60;  // hundredths of a millimetre from a line that a stamp does not touch

Ink usual_ink(Luck& luck) {
  Ink ink;
  ink.dark = luck.real(0.45, 0.95);
  ink.dry = luck.once_in(3) ? luck.real(0, 0.3) : 0;
  ink.grain = luck.real(12, 40);
  ink.wet = luck.once_in(4) ? luck.real(0, 8) : 0;
  ink.lean = luck.once_in(3) ? luck.real(0, 0.25) : 0;
  ink.lean_to = luck.real(0, 360);
  ink.seed = luck.bits();
  return ink;
}
Ink pen_ink(Luck& luck) {
  Ink ink;
  ink.dark = luck.real(0.5, 0.95);
  return ink;
}
Ink pencil_ink(Luck& luck) {
  Ink ink;
  ink.dark = luck.real(0.14, 0.5);
  ink.dry = luck.real(0, 0.3), ink.grain = luck.real(6, 14), ink.seed = luck.bits();
  return ink;
}

double any_turn(Luck& luck) {
  return luck.once_in(3) ? luck.real(0, 360) : luck.real(-30, 30);
}

Spot place_in(Luck& luck, const PaperArea& area, double reach) {
  const double free_x = std::max(0.0, area.width / 2.0 - reach), free_y = std::max(0.0, area.height / 2.0 - reach);
  return {area.x + area.width / 2.0 + luck.real(-free_x, free_x),
          area.y + area.height / 2.0 + luck.real(-free_y, free_y)};
}

Mark stamp_at(const Station& s, Luck& luck, Spot at) {
  return {through(moved(at.x, at.y), through(turned(any_turn(luck)), s.stamp)), usual_ink(luck)};
}
// A stamp in the middle of that option's column.
Spot vote(Paper& p, const Station& s, Luck& luck, std::size_t option) {
  const Spot at = place_in(luck, s.geometry.stamp_cell(option), s.radius + kClear);
  p.marks.push_back(stamp_at(s, luck, at));
  return at;
}
Spot vote_for_any(Paper& p, const Station& s, Luck& luck) {
  p.option = static_cast<std::uint16_t>(luck.pick(s.geometry.boxes));
  p.law = Law::valid;
  return vote(p, s, luck, p.option);
}
std::size_t other_than(const Station& s, Luck& luck, std::size_t option) {
  return (option + 1 + luck.pick(s.geometry.boxes - 1)) % s.geometry.boxes;
}

// How much of a drawing lies neither within `around` of what is printed nor of `beside`, per mille.
int in_the_open(const Drawing& drawing, const Station& s, const Drawing& beside, double around = 0) {
  const Lens lens{0.2, 0, 0, 0.2, 0, 0};  // 508 dpi
  const int w = s.geometry.width / 5, h = s.geometry.height / 5;
  const Cover mine = cover_of(drawing, lens, w, h);
  int all = 0, open = 0;
  const Lens here{0.2, 0, 0, 0.2, static_cast<double>(-mine.x), static_cast<double>(-mine.y)};
  GreyPage others(mine.page.width(), mine.page.height(), 0);
  for (const Drawing* d : {&s.print, &s.commission, &beside}) {
    const Cover c = cover_of(*d, here, others.width(), others.height(), 2 * around);
    for (int y = 0; y < c.page.height(); ++y)
      for (int x = 0; x < c.page.width(); ++x)
        others.at(c.x + x, c.y + y) = std::max(others.at(c.x + x, c.y + y), c.page.at(x, y));
  }
  for (int y = 0; y < others.height(); ++y)
    for (int x = 0; x < others.width(); ++x)
      if (mine.page.at(x, y) > 127) ++all, open += others.at(x, y) < 128;
  return all ? open * 1'000 / all : 0;
}

// A place that readers look at: not the seal's, not the stub, not the paper's edges.
Spot place_on(const Station& s, Luck& luck, double reach) {
  const StampGeometry& g = s.geometry;
  return {luck.real(250 + reach, g.width - 250 - reach), luck.real(250 + reach, g.officer_seal.y - 250 - reach)};
}

// Pens and the like: beside the stamp, in its box, in another box, anywhere.
Spot place_of_addition(const Station& s, Luck& luck, Spot stamp, double reach) {
  switch (luck.whole(0, 3)) {
    case 0: return {stamp.x + luck.real(-1, 1) * (s.radius + reach), stamp.y + luck.real(-1, 1) * (s.radius + reach)};
    case 1: return place_in(luck, s.geometry.stamp_cell(luck.pick(s.geometry.boxes)), reach);
    case 2: return place_in(luck, s.geometry.name_cell(luck.pick(s.geometry.boxes)), reach);
    default: return place_on(s, luck, reach);
  }
}

bool added(Paper& p, const Station& s, Luck& luck, Spot stamp, const Drawing& what, const Ink& ink, double reach,
           double beside = 0) {
  const Drawing stamp_there = p.marks.empty() ? Drawing{} : p.marks[0].drawing;
  for (int i = 0; i < 20; ++i) {
    Spot at = place_of_addition(s, luck, stamp, reach);
    at.x = std::clamp(at.x, 250 + reach, s.geometry.width - 250 - reach);
    Drawing there = through(moved(at.x, at.y), what);
    if (in_the_open(there, s, stamp_there, beside) < 600) continue;  // docs/formats/reading-stamps.md: not seen
    p.marks.push_back({std::move(there), ink});
    p.law = Law::invalid;
    return true;
  }
  return false;
}

template <double From, double To, Drawing (*What)(Luck&, double)>
bool stamp_and(Paper& p, const Station& s, Luck& luck) {
  const Spot at = vote_for_any(p, s, luck);
  const double size = luck.real(From, To);
  return added(p, s, luck, at, What(luck, size), pen_ink(luck), size / 2);
}
template <double From, double To, Drawing (*What)(Luck&, double)>
bool instead(Paper& p, const Station& s, Luck& luck) {
  const Spot at = place_in(luck, s.geometry.stamp_cell(luck.pick(s.geometry.boxes)), luck.real(300, 500));
  Ink ink = luck.once_in(2) ? pen_ink(luck) : usual_ink(luck);
  const double turn = luck.once_in(3) ? luck.real(0, 360) : luck.real(-15, 15);
  p.marks.push_back({through(moved(at.x, at.y), through(turned(turn), What(luck, luck.real(From, To)))), ink});
  return true;
}

template <double From, double To, bool Counts>
bool dotted(Paper& p, const Station& s, Luck& luck) {
  const Spot at = vote_for_any(p, s, luck);
  const double size = luck.real(From, To);
  const Law law = p.law;
  if (!added(p, s, luck, at, dot(size), pen_ink(luck), size / 2, 35)) return false;
  if (Counts) p.law = law;
  return true;
}

// A pen along the stamp's ring, of which a tenth at least can be seen further than 0.1 mm beside it.
bool circled_on_ring(Paper& p, const Station& s, Luck& luck) {
  const Spot at = vote_for_any(p, s, luck);
  p.law = Law::invalid;
  for (int i = 0; i < 50; ++i) {
    const Drawing circle = through(moved(at.x + luck.real(-35, 35), at.y + luck.real(-35, 35)),
                                   drawn_circle(luck, s.radius + luck.real(-40, 60), luck.real(25, 70), 30));
    if (in_the_open(circle, s, p.marks[0].drawing, 10) < 100) continue;
    p.marks.push_back({circle, pen_ink(luck)});
    return true;
  }
  return false;
}
bool circled(Paper& p, const Station& s, Luck& luck) {
  const Spot at = vote_for_any(p, s, luck);
  p.law = Law::invalid;
  p.marks.push_back({through(moved(at.x + luck.real(-60, 60), at.y + luck.real(-60, 60)),
                             drawn_circle(luck, s.radius + luck.real(60, 350), luck.real(25, 80), 60)),
                     pen_ink(luck)});
  return true;
}
template <bool Pencil>
bool struck(Paper& p, const Station& s, Luck& luck) {
  const Spot at = vote_for_any(p, s, luck);
  p.law = Law::invalid;
  const Drawing line = through(moved(at.x + luck.real(-200, 200), at.y + luck.real(-200, 200)),
                               strike(luck, luck.real(500, 1'600), luck.real(30, 70)));
  p.marks.push_back({line, Pencil ? pencil_ink(luck) : pen_ink(luck)});
  return true;
}

bool fold_transfer(Paper& p, const Station& s, Luck& luck) {
  const StampGeometry& g = s.geometry;
  const Spot at = vote_for_any(p, s, luck);
  Mark& mark = p.marks[0];
  mark.ink.dark = luck.real(0.6, 0.95);
  const bool across = !luck.once_in(3);
  Spot to = at;
  for (int i = 0; i < 30; ++i) {
    to = across ? Spot{at.x, luck.real(900, g.officer_seal.y - 700.0)} : Spot{luck.real(900, g.width - 900.0), at.y};
    if (std::abs(to.x - at.x) + std::abs(to.y - at.y) > 900) break;
  }
  if (std::abs(to.x - at.x) + std::abs(to.y - at.y) <= 900) return false;
  const double fold = across ? (at.y + to.y) / 2 : (at.x + to.x) / 2;
  Mark ghost{through(moved(luck.real(-20, 20), luck.real(-20, 20)),
                     through(across ? mirrored_y(fold) : mirrored_x(fold), mark.drawing)),
             mark.ink};
  ghost.ink.dark = mark.ink.dark * luck.real(0.25, 0.55);
  ghost.ink.dry = luck.real(0, 0.35);
  p.marks.push_back(std::move(ghost));
  Drawing crease;
  crease.line(across ? std::vector<Spot>{{0, fold - 10}, {static_cast<double>(g.width), fold + 10}}
                     : std::vector<Spot>{{fold - 10, 0}, {fold + 10, static_cast<double>(g.height)}},
              luck.real(20, 45));
  Ink shadow;
  shadow.dark = luck.real(0.02, 0.1);
  p.marks.push_back({crease, shadow});
  return true;
}

// Over a line of its cell, but not into another box.
bool touching_line(Paper& p, const Station& s, Luck& luck) {
  p.option = static_cast<std::uint16_t>(luck.pick(s.geometry.boxes));
  p.law = Law::valid;
  const PaperArea cell = s.geometry.stamp_cell(p.option);
  const double gap = s.geometry.pitch - cell.height, r = s.radius;
  Spot at = place_in(luck, cell, r + kClear);
  const double down = luck.real(15, std::max(20.0, std::min(gap - 90, r - 80)));
  switch (luck.whole(0, 3)) {
    case 0: at.y = cell.y + r - down; break;
    case 1: at.y = cell.bottom() - r + down; break;
    case 2: at.x = cell.x + r - luck.real(15, r / 2); break;
    default: at.x = cell.right() - r + luck.real(15, r * 0.8); break;
  }
  p.marks.push_back(stamp_at(s, luck, at));
  return true;
}
bool straddling(Paper& p, const Station& s, Luck& luck) {
  const double gap = s.geometry.pitch - s.geometry.first_box.height;
  if (s.geometry.boxes < 2 || 2 * s.radius < gap + 120) return false;
  const PaperArea cell = s.geometry.stamp_cell(luck.pick(s.geometry.boxes - 1));
  const double slack = s.radius - gap / 2 - 50;
  p.marks.push_back(stamp_at(
      s, luck, {place_in(luck, cell, s.radius + kClear).x, cell.bottom() + gap / 2 + luck.real(-slack, slack)}));
  return true;
}
template <bool Pale>
bool two_boxes(Paper& p, const Station& s, Luck& luck) {
  if (s.geometry.boxes < 2) return false;
  vote_for_any(p, s, luck);
  p.law = Law::invalid;
  vote(p, s, luck, other_than(s, luck, p.option));
  if (Pale) p.marks[1].ink.dark = luck.real(0.15, 0.35), p.marks[1].ink.dry = luck.real(0, 0.3);
  return true;
}
Spot outside_place(const Station& s, Luck& luck) {
  const StampGeometry& g = s.geometry;
  if (luck.once_in(2)) return {luck.real(700, g.width - 700.0), luck.real(650, g.first_box.y - 450.0)};
  return {luck.real(700, g.officer_label.x - 450.0), luck.real(g.officer_seal.y + 250.0, g.stub.y - 500.0)};
}

template <class Change>
bool changed(Paper& p, const Station& s, Luck& luck, Change&& change) {
  vote_for_any(p, s, luck);
  change(p.marks[0]);
  return true;
}

const Case kCases[] = {
    {"clean", 995, [](Paper& p, const Station& s, Luck& l) { return changed(p, s, l, [](Mark&) {}); }},
    {"light", 850,
     [](Paper& p, const Station& s, Luck& l) {
       return changed(p, s, l, [&](Mark& m) { m.ink.dark = l.real(0.2, 0.4), m.ink.dry = 0; });
     }},
    {"dry", 0,
     [](Paper& p, const Station& s, Luck& l) {
       return changed(p, s, l, [&](Mark& m) { m.ink.dry = l.real(0.3, 0.7); });
     }},
    {"wet", 0,
     [](Paper& p, const Station& s, Luck& l) {
       return changed(p, s, l, [&](Mark& m) { m.ink.wet = l.real(10, 45), m.ink.dry = 0; });
     }},
    {"uneven", 0,
     [](Paper& p, const Station& s, Luck& l) {
       return changed(p, s, l, [&](Mark& m) { m.ink.lean = l.real(0.3, 0.9); });
     }},
    {"partial", 600,
     [](Paper& p, const Station& s, Luck& l) {
       return changed(p, s, l, [&](Mark& m) { m.ink.cut = l.real(0.1, 0.5); });
     }},
    {"ring_gap", 600,
     [](Paper& p, const Station& s, Luck& l) {
       const Spot at = vote_for_any(p, s, l);
       p.marks[0].drawing =
           through(moved(at.x, at.y), through(turned(any_turn(l)), official_stamp(l, s.radius, l.real(20, 130))));
       return true;
     }},
    {"filled", 0,
     [](Paper& p, const Station& s, Luck& l) {
       const Spot at = vote_for_any(p, s, l);
       Ink ink = p.marks[0].ink;
       ink.dark *= l.real(0.4, 1), ink.dry = l.real(0, 0.4);
       p.marks.push_back({through(moved(at.x, at.y), dot(s.radius * 1.8)), ink});
       return true;
     }},
    {"repeated", 0,
     [](Paper& p, const Station& s, Luck& l) {
       vote_for_any(p, s, l);
       for (int i = l.whole(1, 2); i > 0; --i) vote(p, s, l, p.option);
       return true;
     }},
    {"smeared", 0,
     [](Paper& p, const Station& s, Luck& l) {
       return changed(p, s, l, [&](Mark& m) { m.smear_x = l.real(-500, 500), m.smear_y = l.real(-400, 400); });
     }},
    {"fold_transfer", 500, fold_transfer},
    {"touching_line", 800, touching_line},
    {"extra_outside", 0,
     [](Paper& p, const Station& s, Luck& l) {
       vote_for_any(p, s, l);
       p.marks.push_back(stamp_at(s, l, outside_place(s, l)));
       return true;
     }},
    {"dot to 0.4 mm", 0, dotted<20.0, 40.0, true>},
    {"dot from 0.5 mm", 0, dotted<50.0, 100.0, false>},
    {"two_boxes", 0, two_boxes<false>},
    {"two_boxes, one pale", 0, two_boxes<true>},
    {"straddling", 0, straddling},
    {"outside_only", 0,
     [](Paper& p, const Station& s, Luck& l) {
       p.marks.push_back(stamp_at(s, l, outside_place(s, l)));
       return true;
     }},
    {"blank", 0, [](Paper&, const Station&, Luck&) { return true; }},
    {"beside_column", 0,
     [](Paper& p, const Station& s, Luck& l) {
       const std::size_t option = l.pick(s.geometry.boxes);
       p.marks.push_back(
           stamp_at(s, l,
                    place_in(l, l.once_in(4) ? s.geometry.number_cell(option) : s.geometry.name_cell(option),
                             s.radius + kClear)));
       p.law = Law::people;
       return true;
     }},
    {"mirror_only", 0,
     [](Paper& p, const Station& s, Luck& l) {
       const Spot at = vote_for_any(p, s, l);
       p.marks[0].drawing = through(l.once_in(2) ? mirrored_x(at.x) : mirrored_y(at.y), p.marks[0].drawing);
       if (l.once_in(2)) p.marks[0].ink.dark *= l.real(0.3, 0.6);
       p.law = Law::people;
       return true;
     }},
    {"circle on the ring", 0, circled_on_ring},
    {"circle around", 0, circled},
    {"pencil over stamp", 0, struck<true>},
    {"pen over stamp", 0, struck<false>},
    {"stamp and tick", 0, stamp_and<350.0, 1'000.0, tick>},
    {"stamp and cross", 0, stamp_and<350.0, 1'000.0, crossed>},
    {"stamp and writing", 0, stamp_and<250.0, 700.0, written>},
    {"stamp and scribble", 0, stamp_and<400.0, 1'500.0, scribble>},
    {"stamp and seal", 0, stamp_and<500.0, 1'300.0, personal_seal>},
    {"stamp and finger", 0, stamp_and<700.0, 1'200.0, finger>},
    {"tick", 0, instead<400.0, 1'000.0, tick>},
    {"cross", 0, instead<400.0, 1'000.0, crossed>},
    {"writing", 0, instead<300.0, 800.0, written>},
    {"finger", 0, instead<800.0, 1'300.0, finger>},
    {"pen circle", 0,
     [](Paper& p, const Station& s, Luck& l) {
       const Spot at = place_in(l, s.geometry.stamp_cell(l.pick(s.geometry.boxes)), 400);
       p.marks.push_back(
           {through(moved(at.x, at.y), drawn_circle(l, l.real(200, 450), l.real(25, 80), 60)), pen_ink(l)});
       if (l.once_in(2)) p.marks.push_back({through(moved(at.x, at.y), written(l, 300)), p.marks[0].ink});
       return true;
     }},
    {"seal of 7 mm", 0, instead<670.0, 730.0, personal_seal>},
    {"seal", 0, instead<500.0, 1'200.0, personal_seal>},
    {"publicly_shown", 0,
     [](Paper& p, const Station& s, Luck& l) {
       vote_for_any(p, s, l);
       p.law = Law::invalid;
       const Spot at{l.real(2'800, 7'200), l.real(1'500, s.geometry.officer_seal.y - 1'200.0)};
       p.marks.push_back({through(moved(at.x, at.y), shown_stamp(l)), usual_ink(l)});
       return true;
     }},
    {"erased pencil", 0,
     [](Paper& p, const Station& s, Luck& l) {
       const Spot at = vote_for_any(p, s, l);
       Ink rest = pencil_ink(l);
       rest.dark = l.real(0.03, 0.12);
       added(p, s, l, at, written(l, 600), rest, 300);
       p.law = Law::valid;  // nothing but a shadow is left; it must not move the vote
       return true;
     }},
    {"seal_missing", 0,
     [](Paper& p, const Station& s, Luck& l) {
       vote_for_any(p, s, l);
       p.seal = false, p.law = Law::people;
       return true;
     }},
    {"serial_left", 0,
     [](Paper& p, const Station& s, Luck& l) {
       vote_for_any(p, s, l);
       p.stub = true, p.law = Law::people;
       return true;
     }},
};

}  // namespace

std::span<const Case> mark_cases() {
  return kCases;
}

GreyPage marked(const GreyPage& base, const Lens& lens, const Paper& paper, const Station& station, double print,
                Luck& luck) {
  GreyPage page(base.width(), base.height());
  for (int y = 0; y < base.height(); ++y) std::copy_n(base.row(y), base.width(), page.row(y));
  const StampGeometry& g = station.geometry;
  if (paper.seal) {
    const Spot at{g.officer_seal.x + g.officer_seal.width / 2 + luck.real(-250, 250),
                  g.officer_seal.y + g.officer_seal.height / 2 + luck.real(-80, 80)};
    Ink ink = usual_ink(luck);
    ink.dark = luck.real(0.35, 0.9);
    press(page, lens, through(moved(at.x, at.y), through(turned(luck.real(-15, 15)), station.officer)), ink);
  }
  if (paper.stub) {
    Ink ink;
    ink.dark = print;
    Drawing serial =
        through(moved(g.stub.x + 1'700, g.stub.y + luck.real(400, 650)),
                text(std::to_string(luck.whole(1'000'000, 9'999'999)), station.face, luck.real(250, 400), 2'400));
    for (double x = 50; x < g.stub.right(); x += 150) serial.line({{x, g.stub.y + 0.0}, {x + 80, g.stub.y + 0.0}}, 20);
    press(page, lens, serial, ink);
  }
  for (const Mark& mark : paper.marks) press(page, lens, mark.drawing, mark.ink, mark.smear_x, mark.smear_y);
  return page;
}

GreyPage scanned(GreyPage page, const Scan& scan, Luck& luck) {
  for (int i = 0; i < scan.dust; ++i) {
    const int x = luck.whole(1, page.width() - 2), y = luck.whole(1, page.height() - 2);
    page.at(x, y) = static_cast<std::uint8_t>(page.at(x, y) * luck.real(0.2, 0.8));
  }
  blur(page, scan.blur);
  add_noise(page, scan.noise, luck);
  return scan.quality ? through_jpeg(page, scan.quality) : std::move(page);
}

}  // namespace scrutineer::foreign
