#include "tests/foreign/tools.h"

#include <cmath>
#include <numbers>

namespace scrutineer::foreign {
namespace {

double pen(Luck& luck) {
  return luck.real(25, 80);
}

}  // namespace

Drawing tick(Luck& luck, double size) {
  Drawing out;
  const double h = size / 2;
  out.line({{-h, luck.real(-0.3, 0.2) * h},
            {luck.real(-0.4, 0) * h, luck.real(0.6, 1) * h},
            {h * luck.real(0.7, 1.2), -h * luck.real(0.7, 1.2)}},
           pen(luck));
  return out;
}

Drawing crossed(Luck& luck, double size) {
  Drawing out;
  const double h = size / 2, wide = pen(luck);
  auto end = [&](double v) { return v * h * luck.real(0.8, 1.2); };
  out.line({{end(-1), end(-1)}, {end(1), end(1)}}, wide);
  out.line({{end(1), end(-1)}, {end(-1), end(1)}}, wide);
  return out;
}

Drawing scribble(Luck& luck, double size) {
  Drawing out;
  std::vector<Spot> points;
  double phase = luck.real(0, 6), speed = luck.real(1.3, 2.9), rise = luck.real(0.2, 0.9);
  for (int i = 0; i <= 60; ++i) {
    const double t = i / 60.0;
    points.push_back({size * (t - 0.5) + size * 0.2 * std::cos(t * 20 * speed + phase),
                      size * 0.4 * rise * std::sin(t * 13 * speed) + size * 0.1 * std::sin(t * 31 + phase)});
  }
  out.line(std::move(points), pen(luck));
  return out;
}

Drawing written(Luck& luck, double height) {
  const char* const kTexts[] = {"1",    "2",    "3",  "7",  "9",    "O", "V", "A",    "X",      "김",
                                "반대", "찬성", "ok", "No", "ㅋㅋ", "♡", "?", "기호", "사랑해", "!"};
  const Face face{"Noto Sans CJK KR", false, luck.real(0, 0.06), luck.real(-0.05, 0.3), luck.real(0.7, 1.3)};
  const Lens slant{1, luck.real(-0.4, 0.1), 0, 1, 0, 0};
  return through(slant, text(kTexts[luck.pick(std::size(kTexts))], face, height));
}

Drawing personal_seal(Luck& luck, double size) {
  const char* const kSigns[] = {"ㅅ", "T",  "+",  "ㄱ", "人", "大", "上", "下", "十", "中", "土", "金",
                                "李", "朴", "ㅏ", "ㅓ", "ㅗ", "ㅜ", "丁", "Y",  "F",  "K",  "X",  "1",
                                "i",  "卡", "外", "ㄴ", "ㅑ", "ㅕ", "イ", "仆", "入", "八", "力", "刀",
                                "小", "工", "正", "r",  "h",  "L",  "V",  "Z",  "4",  "7",  "/",  "ㅣ"};
  Drawing out;
  const double r = size / 2, wide = size * luck.real(0.05, 0.11);
  const int around = luck.whole(0, 5);
  if (around < 4)
    out.ring(0, 0, r - wide / 2, wide);
  else if (around == 4)
    out.frame(-r + wide / 2, -r + wide / 2, size - wide, size - wide, wide);
  if (luck.once_in(12)) return out;  // an empty ring
  const char* const kFamilies[] = {"Noto Sans CJK KR", "Noto Serif CJK KR"};
  const Face face{kFamilies[luck.pick(2)], luck.once_in(2), luck.once_in(3) ? luck.real(0, 0.06) : 0, 0, 1};
  out.add(through(moved(luck.real(-0.08, 0.08) * size, luck.real(-0.05, 0.05) * size),
                  text(kSigns[luck.pick(std::size(kSigns))], face, size * luck.real(0.45, 0.66), size * 0.66)));
  return out;
}

Drawing finger(Luck& luck, double size) {
  Drawing out;
  const double middle = luck.real(-0.15, 0.15) * size, tall = luck.real(1.1, 1.45);
  for (double r = 22; r < size * 0.62; r += luck.real(38, 52)) {
    std::vector<Spot> ridge;
    for (int i = 0; i <= 60; ++i) {
      const double a = i * 6 * std::numbers::pi / 180;
      const double wave = 1 + 0.04 * std::sin(3 * a + r / 70);
      const Spot s{middle + r * wave * std::cos(a), r * wave * tall * std::sin(a)};
      const bool inside = s.x * s.x * 4 + s.y * s.y * 2.6 < size * size;
      if (inside) ridge.push_back(s);
      if ((!inside || i == 60) && ridge.size() > 1) out.line(std::move(ridge), luck.real(18, 28));
      if (!inside) ridge.clear();
    }
  }
  return out;
}

Drawing drawn_circle(Luck& luck, double radius, double width, double wobble) {
  const double a = luck.real(0, 6), b = luck.real(0, 6), flat = luck.real(0, wobble), rough = luck.real(0, wobble);
  const double from = luck.real(0, 360), over = luck.once_in(3) ? luck.real(-100, -10) : luck.real(0, 40);
  Line line{{}, width, false};
  for (int i = 0; i <= 72; ++i) {
    const double t = (from + (360 + over) * i / 72) * std::numbers::pi / 180;
    const double r = radius + flat * std::cos(2 * t + a) + rough * std::cos(3 * t + b);
    line.points.push_back({r * std::cos(t), r * std::sin(t)});
  }
  Drawing out;
  out.lines.push_back(std::move(line));
  return out;
}

Drawing strike(Luck& luck, double length, double width) {
  const double bend = luck.real(-0.12, 0.12) * length;
  std::vector<Spot> points;
  for (int i = 0; i <= 12; ++i) {
    const double t = i / 6.0 - 1;
    points.push_back({length / 2 * t, bend * (1 - t * t)});
  }
  Drawing out;
  out.line(std::move(points), width);
  return through(turned(luck.real(0, 180)), out);
}

Drawing dot(double diameter) {
  Drawing out;
  out.line({{0, 0}, {0.1, 0}}, diameter);
  return out;
}

Drawing shown_stamp(Luck& luck) {
  const Face face{"Noto Sans CJK KR", true, 0, 0, 1};
  Drawing out;
  const double width = luck.real(2'000, 4'500), height = width * 0.22;
  out.add(text("공개된 투표지", face, height, width));
  if (luck.once_in(2)) out.frame(-width / 2 - 200, -height, width + 400, height * 2, luck.real(40, 90));
  return through(turned(luck.real(-20, 20)), out);
}

}  // namespace scrutineer::foreign
