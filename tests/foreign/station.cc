#include "tests/foreign/station.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace scrutineer::foreign {
namespace {

const char* const kPeople[] = {"김민준", "이서연", "박도윤", "최하은", "정시우",   "강지아",   "조은우",
                               "윤수아", "장건우", "임나은", "한유찬", "남궁민서", "선우은별", "황보정"};
const char* const kParties[] = {"더나은민주당", "국민의빛", "정의연대당", "새로운미래", "무소속",
                                "진보의길",     "기본권당", "한국녹색당", "",           "노동당"};
const char* const kTitles[] = {"제21대 대통령선거투표", "국회의원선거투표", "비례대표국회의원선거투표",
                               "서울특별시장선거투표"};
const char* const kAreas[] = {"(종로구선거구)", "서울특별시", "", "경기도 수원시 팔달구"};

Face face_of(int index) {
  const Face kAll[kFaces] = {{"Noto Sans CJK KR", false, 0, 0, 1},     {"Noto Sans CJK KR", true, 0, 0, 1},
                             {"Noto Serif CJK KR", false, 0, 0, 1},    {"Noto Serif CJK KR", true, 0, 0, 1},
                             {"Noto Sans CJK KR", true, 0.05, 0, 1},   {"Noto Serif CJK KR", false, 0, 0.1, 0.8},
                             {"Noto Sans CJK KR", false, 0, 0.2, 0.9}, {"Noto Sans Mono CJK KR", false, 0.02, 0, 1.15}};
  return kAll[index % kFaces];
}

void put(Drawing& to, const std::string& utf8, const Face& face, double x, double y, double height, double width) {
  if (!utf8.empty()) to.add(through(moved(x, y), text(utf8, face, height, width)));
}

void print_head(Station& s, Luck& luck) {
  const StampGeometry& g = s.geometry;
  Face face = s.face;
  face.bold = luck.once_in(2);
  const double height = luck.real(450, 680);
  put(s.print, s.paper.title, face, 5'000 + luck.real(-300, 300), g.title.y + 350 + luck.real(-60, 60), height,
      luck.real(5'500, 7'800));
  if (luck.once_in(3)) s.print.line({{1'000, 1'660}, {9'000, 1'660}}, luck.real(20, 60));
  put(s.print, s.paper.area, s.face, luck.real(2'600, 4'200), g.area.y + 225, luck.real(300, 420), 2'800);
  const PaperArea& seal = g.commission_seal;
  s.commission.frame(seal.x, seal.y, seal.width, seal.height, luck.real(50, 110));
  Face serif{"Noto Serif CJK KR", true, 0, 0, 1};
  put(s.commission, "선거관", serif, seal.x + 750, seal.y + 400, 420, 1'200);
  put(s.commission, "리위원", serif, seal.x + 750, seal.y + 800, 330, 1'200);
  put(s.commission, "회인", serif, seal.x + 750, seal.y + 1'180, 300, 1'200);
  s.commission_dark = luck.real(0.35, 0.85);
}

void print_boxes(Station& s, Luck& luck) {
  const StampGeometry& g = s.geometry;
  const double of_box = luck.real(0.32, 0.55);
  for (std::size_t i = 0; i < g.boxes; ++i) {
    const PaperArea box = g.box(i), number = g.number_cell(i), name = g.name_cell(i), cell = g.stamp_cell(i);
    s.print.frame(box.x, box.y, box.width, box.height, s.line);
    s.print.line({{static_cast<double>(number.right()), static_cast<double>(box.y)},
                  {static_cast<double>(number.right()), static_cast<double>(box.bottom())}},
                 s.line);
    s.print.line({{static_cast<double>(cell.x), static_cast<double>(box.y)},
                  {static_cast<double>(cell.x), static_cast<double>(box.bottom())}},
                 s.line);
    const double middle = box.y + box.height / 2.0, height = box.height * of_box;
    put(s.print, s.paper.options[i].number, s.face, number.x + 500, middle, height * 0.8, 700);
    put(s.print, s.paper.options[i].party, s.face, name.x + 1'450, middle, height * 0.7, 2'500);
    put(s.print, s.paper.options[i].name, s.face, name.x + 4'350, middle, height * 0.85, 2'500);
  }
}

// A name of three signs in a ring or a square, 12 to 16 mm.
void cut_officer_seal(Station& s, Luck& luck) {
  const double r = luck.real(600, 800);
  if (luck.once_in(2))
    s.officer.ring(0, 0, r, luck.real(50, 110));
  else
    s.officer.frame(-r, -r, 2 * r, 2 * r, luck.real(50, 110));
  const Face serif{"Noto Serif CJK KR", true, 0, 0, 1};
  put(s.officer, kPeople[luck.pick(std::size(kPeople))], serif, 0, -r * 0.3, r * 0.5, r * 1.3);
  put(s.officer, "관리인", serif, 0, r * 0.32, r * 0.5, r * 1.2);
}

double shade_at(const Scan& scan, double u, double v) {  // -1 to 1 each
  return 1 - scan.tint_x * u - scan.tint_y * v - scan.vignette * (u * u + v * v) / 2;
}

void crease_paper(GreyPage& page, const Lens& lens, const Crease& c, const StampGeometry& g) {
  for (int y = 0; y < page.height(); ++y)
    for (int x = 0; x < page.width(); ++x) {
      const Spot p = lens.back({x + 0.5, y + 0.5});
      if (p.x < 0 || p.y < 0 || p.x >= g.width || p.y >= g.height) continue;
      const double along = c.across ? p.x - g.width / 2.0 : p.y - g.height / 2.0;
      const double away = (c.across ? p.y : p.x) - c.at - along * c.lean;
      if (away < -3 * c.width || away > 2'000) continue;
      // Dark where it bends; beyond it the paper leans another way to the light, for two centimetres.
      double weight = c.dark * std::exp(-away * away / (c.width * c.width));
      if (away > 0) weight += c.step * std::max(0.0, 1 - away / 2'000);
      page.at(x, y) = static_cast<std::uint8_t>(std::clamp(page.at(x, y) * (1 - weight) + 0.5, 0.0, 255.0));
    }
}

}  // namespace

Drawing official_stamp(Luck& luck, double radius, double gap) {
  const double ring = luck.real(35, 80), from = luck.real(0, 360);
  Drawing out;
  out.ring(0, 0, radius - ring / 2, ring, from, from + 360 - gap);
  const char* const kFamilies[] = {"Noto Sans CJK KR", "Noto Serif CJK KR", "Noto Sans CJK JP", "Noto Serif CJK SC"};
  if (luck.once_in(4)) {
    const double wide = luck.real(50, 90), half = radius * luck.real(0.48, 0.64), x = -radius * luck.real(0, 0.15);
    const double at = -radius * luck.real(0, 0.15);
    out.line({{x, -half}, {x, half}}, wide);
    out.line({{x, at}, {x + radius * luck.real(0.32, 0.45), at + radius * luck.real(0.18, 0.32)}},
             wide * luck.real(0.8, 1.1));
    return out;
  }
  Face face{kFamilies[luck.pick(std::size(kFamilies))], luck.once_in(2), luck.once_in(3) ? luck.real(0, 0.05) : 0, 0,
            1};
  out.add(through(moved(radius * luck.real(-0.06, 0.1), radius * luck.real(-0.06, 0.06)),
                  text("卜", face, radius * luck.real(1.0, 1.3))));
  return out;
}

Station make_station(int options, int face, std::uint64_t seed) {
  Luck luck(seed);
  Station s;
  s.paper.election = "foreign", s.paper.contest = "president", s.paper.date = "2025-06-03";
  s.paper.title = kTitles[luck.pick(std::size(kTitles))], s.paper.area = kAreas[luck.pick(std::size(kAreas))];
  const std::size_t people = luck.pick(100), parties = luck.pick(100);
  for (std::size_t i = 0; i < static_cast<std::size_t>(options); ++i)
    s.paper.options.push_back({std::to_string(i + 1),
                               kParties[(i * 3 + i / 10 + parties) % std::size(kParties)],
                               kPeople[(i + i / 14 * 5 + people) % std::size(kPeople)],
                               {}});
  auto geometry = stamp_geometry(s.paper.date, s.paper.options.size());
  check(geometry.has_value(), "there are papers of that length");
  s.geometry = *geometry;
  s.face = face_of(face);
  s.line = luck.real(22, 60);
  print_head(s, luck);
  print_boxes(s, luck);
  put(s.print, "투표관리관", s.face, s.geometry.officer_label.x + 1'000, s.geometry.officer_label.y + 200,
      luck.real(260, 360), 2'000);
  s.radius = luck.real(335, 365);
  s.stamp = official_stamp(luck, s.radius);
  cut_officer_seal(s, luck);
  return s;
}

GreyPage lay(const Station& station, const Scan& scan, bool stub) {
  const StampGeometry& g = station.geometry;
  int width = 0, height = 0;
  const Lens lens = lens_of(scan, g.width, g.height, width, height);
  GreyPage page(width, height, static_cast<std::uint8_t>(scan.background));
  Drawing sheet;
  const double w = g.width, h = g.height, sx = g.stub.right(), sy = g.stub.y;
  if (stub)
    sheet.outlines.push_back({{0, 0}, {w, 0}, {w, h}, {0, h}});
  else
    sheet.outlines.push_back({{0, 0}, {w, 0}, {w, h}, {sx, h}, {sx, sy}, {0, sy}});
  const Cover paper = cover_of(sheet, lens, width, height);
  for (int y = 0; y < paper.page.height(); ++y)
    for (int x = 0; x < paper.page.width(); ++x) {
      if (!paper.page.at(x, y)) continue;
      std::uint8_t& pixel = page.at(paper.x + x, paper.y + y);
      const Spot p = lens.back({paper.x + x + 0.5, paper.y + y + 0.5});
      const double value =
          std::clamp(scan.paper * shade_at(scan, p.x / g.width * 2 - 1, p.y / g.height * 2 - 1), 0.0, 255.0);
      const double share = paper.page.at(x, y) / 255.0;
      pixel = static_cast<std::uint8_t>(value * share + pixel * (1 - share) + 0.5);
    }
  for (const Crease& crease : scan.creases) crease_paper(page, lens, crease, g);
  if (scan.through > 0) {
    Ink pale;
    pale.dark = scan.through;
    press(page, lens, through(moved(0, 700), through(mirrored_x(g.width / 2.0), station.print)), pale);
  }
  Ink black, red;
  black.dark = scan.print, red.dark = scan.print * station.commission_dark;
  press(page, lens, station.print, black);
  press(page, lens, station.commission, red);
  return page;
}

GreyPage specimen(const Station& station, std::uint64_t seed) {
  Luck luck(seed);
  Scan scan;
  scan.turn = luck.real(-0.3, 0.3);
  scan.print = luck.real(0.75, 0.95);
  GreyPage page = lay(station, scan, false);
  blur(page, luck.real(0.3, 0.6));
  add_noise(page, luck.real(0.5, 3), luck);
  return page;
}

}  // namespace scrutineer::foreign
