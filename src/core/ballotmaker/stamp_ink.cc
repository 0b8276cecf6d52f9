#include "core/ballotmaker/stamp_ink.h"

#include <algorithm>
#include <cmath>

#include "core/ballotmaker/dice.h"

namespace scrutineer {
namespace {

constexpr double kSmearSteps = 14;

double lattice(std::uint32_t seed, int x, int y) {
  std::uint32_t h =
      seed ^ (static_cast<std::uint32_t>(x) * 0x8da6b343u) ^ (static_cast<std::uint32_t>(y) * 0xd8163841u);
  h = (h ^ (h >> 15)) * 0x2c1b3c6du;
  h = (h ^ (h >> 12)) * 0x297a2d39u;
  return ((h ^ (h >> 15)) & 0xffff) / 65'535.0;
}

}  // namespace

// Powers of one hundredth of a degree by squaring: libraries differ in the last bit of sin, and this does not.
Turned turned(std::int32_t hundredths) {
  std::uint32_t n = static_cast<std::uint32_t>((hundredths % 36'000 + 36'000) % 36'000);
  double c = 1, s = 0, bc = 0.999999984769129, bs = 0.000174532924313;
  for (; n; n >>= 1) {
    if (n & 1) {
      const double t = c * bc - s * bs;
      s = c * bs + s * bc, c = t;
    }
    const double t = bc * bc - bs * bs;
    bs = 2 * bc * bs, bc = t;
  }
  return {c, s};
}

MarkInk::MarkInk(const PaperMark& mark, double soft) : mark_(mark), soft_(soft) {
  const Turned t = turned(mark.turn);
  cos_ = t.cos, sin_ = t.sin;
  const Turned h = turned(static_cast<std::int32_t>(mark.grain % 36'000));
  hidden_cos_ = h.cos, hidden_sin_ = h.sin;
  switch (mark.tool) {
    case MarkTool::official: official(); break;
    case MarkTool::other_seal:
    case MarkTool::officer: seal(); break;
    case MarkTool::writing: letters(); break;
    case MarkTool::finger: break;
    default: pen(); break;
  }
  reach_of_shapes();
}

void MarkInk::official() {
  Dice dice(mark_.shape);
  const double radius = mark_.size / 2.0;
  const double ring = dice.between(35, 85) * 0.01 * 100;  // 0.35 to 0.85 mm
  rings_.push_back({radius - ring / 2, ring / 2});
  inner_ = radius - ring;
  const double wide = dice.between(45, 90), left = -radius * dice.between(0, 16) / 100.0;
  const double up = radius * dice.between(46, 66) / 100.0, down = radius * dice.between(46, 66) / 100.0;
  stroke(left, -up, left, down, wide);
  const double start = -radius * dice.between(0, 18) / 100.0;
  const double out = radius * dice.between(30, 46) / 100.0, fall = radius * dice.between(16, 34) / 100.0;
  stroke(left, start, left + out, start + fall, wide * dice.between(75, 110) / 100.0);
}

// What is most like the official stamp: rings and squares of its size around other signs.
void MarkInk::seal() {
  Dice dice(mark_.shape);
  const double r = mark_.size / 2.0, wide = std::max(40.0, mark_.size * dice.between(6, 11) / 100.0);
  const double line = std::max(35.0, mark_.size * dice.between(5, 10) / 100.0);
  if (mark_.tool == MarkTool::other_seal && !dice.one_in(4)) {
    rings_.push_back({r - line / 2, line / 2});
  } else {
    const double e = r - line / 2;
    stroke(-e, -e, e, -e, line), stroke(e, -e, e, e, line), stroke(e, e, -e, e, line), stroke(-e, e, -e, -e, line);
  }
  const double a = r * 0.5;
  switch (dice.below(8)) {
    case 0: stroke(0, -a, -a, a, wide), stroke(0, -a * 0.2, a, a, wide); break;                     // 人
    case 1: stroke(0, -a, 0, a, wide), stroke(-a, 0, a, 0, wide); break;                            // +
    case 2: stroke(-a, -a, a, -a, wide), stroke(0, -a, 0, a, wide); break;                          // T
    case 3: break;                                                                                  // empty
    case 4: stroke(-a, -a, a, a, wide), stroke(a, -a, -a, a, wide); break;                          // x
    case 5: stroke(-a, -a, a, -a, wide), stroke(a, -a, a, a, wide); break;                          // ㄱ
    case 6: stroke(0, -a, 0, a, wide), stroke(-a, a, a, a, wide), stroke(0, 0, a, 0, wide); break;  // 上
    default:
      for (int i = 0; i < 6; ++i)
        stroke(a * dice.between(-100, 100) / 70.0, a * dice.between(-100, 100) / 70.0,
               a * dice.between(-100, 100) / 70.0, a * dice.between(-100, 100) / 70.0, wide * 0.7);
      break;
  }
}

void MarkInk::pen() {
  Dice dice(mark_.shape);
  const double h = mark_.size / 2.0, wide = dice.between(30, 80);
  auto shaken = [&](double v) { return v + h * dice.between(-15, 15) / 100.0; };
  if (mark_.tool == MarkTool::tick) {
    const double x = shaken(-h * 0.2), y = shaken(h * 0.8);
    stroke(shaken(-h), shaken(0), x, y, wide), stroke(x, y, shaken(h), shaken(-h), wide);
  } else if (mark_.tool == MarkTool::cross) {
    stroke(shaken(-h), shaken(-h), shaken(h), shaken(h), wide),
        stroke(shaken(h), shaken(-h), shaken(-h), shaken(h), wide);
  } else {
    const int corners = mark_.tool == MarkTool::circle ? 20 : 30;
    const double wobble = mark_.tool == MarkTool::circle ? 0.06 : 0.6;
    double px = 0, py = 0;
    for (int i = 0; i <= corners; ++i) {
      const Turned t = turned(i * 36'000 / (mark_.tool == MarkTool::circle ? 20 : 7));
      const double r = h * (1 + wobble * (dice.share() - 0.5) * 2);
      if (i > 0) stroke(px, py, r * t.cos, r * t.sin, wide);
      px = r * t.cos, py = r * t.sin;
    }
  }
}

void MarkInk::letters() {
  Dice dice(mark_.shape);
  const double h = mark_.size, wide = dice.between(25, 60);
  const int count = dice.between(2, 5);
  for (int i = 0; i < count; ++i)
    for (int k = 0; k < 4; ++k) {
      auto x = [&] { return (i - count / 2.0) * h * 0.7 + h * 0.55 * dice.share(); };
      auto y = [&] { return h * (dice.share() - 0.5); };
      stroke(x(), y(), x(), y(), wide);
    }
}

void MarkInk::reach_of_shapes() {
  double r = mark_.tool == MarkTool::finger ? mark_.size * 0.65 : 0;
  for (const Ring& ring : rings_) r = std::max(r, ring.radius + ring.half);
  for (const Stroke& s : strokes_)
    for (auto [x, y] : {std::pair{s.x1, s.y1}, {s.x2, s.y2}}) r = std::max(r, std::sqrt(x * x + y * y) + s.half);
  r += 2 * soft_;
  const double sx = mark_.smear_x, sy = mark_.smear_y;
  reach_ = {mark_.x - r + std::min(0.0, sx), mark_.y - r + std::min(0.0, sy), mark_.x + r + std::max(0.0, sx),
            mark_.y + r + std::max(0.0, sy)};
}

double MarkInk::shape_at(double x, double y) const {
  double best = -1e9;  // how far inside
  for (const Ring& ring : rings_) best = std::max(best, ring.half - std::abs(std::sqrt(x * x + y * y) - ring.radius));
  for (const Stroke& s : strokes_) {
    const double dx = s.x2 - s.x1, dy = s.y2 - s.y1, square = dx * dx + dy * dy;
    const double t = square > 0 ? std::clamp(((x - s.x1) * dx + (y - s.y1) * dy) / square, 0.0, 1.0) : 0;
    const double ox = x - s.x1 - t * dx, oy = y - s.y1 - t * dy;
    best = std::max(best, s.half - std::sqrt(ox * ox + oy * oy));
  }
  double cover = std::clamp(0.5 + best / (2 * soft_), 0.0, 1.0);
  if (mark_.fill > 0 && x * x + y * y < inner_ * inner_) cover = std::max(cover, mark_.fill / 1'000.0);
  if (mark_.hidden > 0) {
    const double side = (x * hidden_cos_ + y * hidden_sin_) / (mark_.size / 2.0);  // -1 to 1
    const double edge = 1 - 2 * mark_.hidden / 1'000.0;
    cover *= std::clamp((edge - side) * 4 + 0.5, 0.0, 1.0);
  }
  return cover;
}

double MarkInk::finger_at(double x, double y) const {
  const double a = mark_.size * 0.42, b = mark_.size * 0.6;
  const double inside = 1 - (x * x / (a * a) + y * y / (b * b));
  if (inside <= 0) return 0;
  const double ridge = std::sqrt(x * x + (y + a) * (y + a)) / 48;
  const double phase = std::abs(ridge - std::floor(ridge) - 0.5) * 2;
  return std::clamp(inside * 3, 0.0, 1.0) * (phase > 0.42 ? 1.0 : 0.15);
}

double MarkInk::grain_at(double x, double y) const {
  auto noise = [&](double cell, std::uint32_t seed) {
    const double u = x / cell, v = y / cell;
    const int iu = static_cast<int>(std::floor(u)), iv = static_cast<int>(std::floor(v));
    const double fu = u - iu, fv = v - iv;
    const double top = lattice(seed, iu, iv) * (1 - fu) + lattice(seed, iu + 1, iv) * fu;
    const double low = lattice(seed, iu, iv + 1) * (1 - fu) + lattice(seed, iu + 1, iv + 1) * fu;
    return top * (1 - fv) + low * fv;
  };
  return 0.68 + 0.32 * (0.6 * noise(140, mark_.grain) + 0.4 * noise(25, mark_.grain + 1));
}

double MarkInk::at(double px, double py) const {
  const double dx = (px - mark_.x) * (mark_.flip_x ? -1 : 1), dy = (py - mark_.y) * (mark_.flip_y ? -1 : 1);
  const double x = dx * cos_ + dy * sin_, y = dy * cos_ - dx * sin_;
  double cover = mark_.tool == MarkTool::finger ? finger_at(x, y) : shape_at(x, y);
  if (mark_.smear_x || mark_.smear_y)
    for (int i = 1; i <= kSmearSteps; ++i) {
      const double t = i / kSmearSteps, ux = dx - mark_.smear_x * t, uy = dy - mark_.smear_y * t;
      cover = std::max(cover, shape_at(ux * cos_ + uy * sin_, uy * cos_ - ux * sin_) * 0.6 * (1 - 0.6 * t));
    }
  return cover <= 0 ? 0 : cover * grain_at(dx, dy) * mark_.ink / 1'000.0;
}

}  // namespace scrutineer
