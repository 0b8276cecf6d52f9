#include "core/ballotmaker/defects.h"

#include <cstdlib>
#include <vector>

#include <doctest/doctest.h>

#include "core/ballotmaker/dice.h"
#include "core/image/grey.h"

using namespace scrutineer;

namespace {

// A black cross on white, off the middle, so that every movement shows.
GreyPage cross() {
  GreyPage page(120, 200);
  fill_rectangle(page, 20, 50, 60, 4, 0);
  fill_rectangle(page, 40, 30, 4, 90, 0);
  return page;
}

std::uint64_t print_of(const GreyPage& page) {
  std::uint64_t sum = 1469598103934665603U;
  for (int y = 0; y < page.height(); ++y) {
    for (int x = 0; x < page.width(); ++x) sum = (sum ^ page.row(y)[x]) * 1099511628211U;
  }
  return sum;
}

int dark_pixels(const GreyPage& page) {
  int dark = 0;
  for (int y = 0; y < page.height(); ++y) {
    for (int x = 0; x < page.width(); ++x) dark += page.row(y)[x] < 128 ? 1 : 0;
  }
  return dark;
}

}  // namespace

TEST_CASE("the same seed gives the same pixels, another seed others") {
  const auto noisy = [](std::uint64_t seed) {
    GreyPage page = cross();
    add_noise(page, 20, seed);
    add_salt_and_pepper(page, 20, seed + 1);
    add_streaks(page, 2, 3, 60, seed + 2);
    tear_corner(page, Corner::top_right, 30, 20, 0, seed + 3);
    add_fold(page, 90, 3, 60, seed + 4);
    add_dirt(page, 5, 4, seed + 5);
    return print_of(page);
  };
  CHECK(noisy(1) == noisy(1));
  CHECK(noisy(1) != noisy(2));
  Dice dice(42);
  CHECK(dice.next() == 0xBDD732262FEB6E95U);  // SplitMix64's published sequence begins so for 42
}

TEST_CASE("noise has the spread that was asked for") {
  GreyPage page(400, 400, 128);
  add_noise(page, 15, 7);
  double sum = 0, squares = 0;
  for (int y = 0; y < 400; ++y) {
    for (int x = 0; x < 400; ++x) {
      sum += page.at(x, y) - 128;
      squares += (page.at(x, y) - 128) * (page.at(x, y) - 128);
    }
  }
  CHECK(std::abs(sum / 160'000) < 0.5);
  CHECK(squares / 160'000 == doctest::Approx(225).epsilon(0.05));

  GreyPage pepper(400, 400, 128);
  add_salt_and_pepper(pepper, 30, 7);
  const Histogram values = histogram(pepper.view(), 0, 0, 400, 400);
  CHECK(values[0] + values[255] == doctest::Approx(4800).epsilon(0.1));
}

TEST_CASE("turning there and back leaves the cross where it was") {
  const GreyPage page = cross();
  const GreyPage there = rotated(page.view(), 3000);
  CHECK(print_of(there) != print_of(page));
  const GreyPage back = rotated(there.view(), -3000);
  int wrong = 0;
  for (int y = 40; y < 160; ++y) {
    for (int x = 20; x < 100; ++x) wrong += std::abs(back.row(y)[x] - page.row(y)[x]) > 200 ? 1 : 0;
  }
  CHECK(wrong < 20);
  CHECK(print_of(turned_round(turned_round(page.view()).view())) == print_of(page));
}

TEST_CASE("rotation is clockwise: what is right of the middle goes down") {
  GreyPage page(101, 101);
  fill_rectangle(page, 88, 48, 5, 5, 0);
  const GreyPage turned = rotated(page.view(), 10'000);
  CHECK(turned.row(57)[89] < 40);
}

TEST_CASE("feed: stretched rows are seen again, slipped rows never, and both undo each other") {
  const GreyPage page = cross();
  const GreyPage longer = feed_stretched(page.view(), 70, 15);
  CHECK(longer.height() == 215);
  for (int y = 70; y <= 85; ++y) CHECK(longer.row(y)[41] == page.row(70)[41]);
  CHECK(print_of(feed_slipped(longer.view(), 71, 15)) == print_of(page));
}

TEST_CASE("borders, crops, scales, fading, shading, blur, holes and corners do what they say") {
  const GreyPage page = cross();
  const GreyPage bordered = with_border(page.view(), 5, 6, 7, 8, 0);
  CHECK(bordered.width() == 132);
  CHECK(bordered.height() == 214);
  CHECK(bordered.row(0)[0] == 0);
  CHECK(print_of(cropped(bordered.view(), 5, 6, 7, 8)) == print_of(page));
  CHECK(rescaled(page.view(), 200, 100).width() == 60);
  CHECK(dark_pixels(rescaled(page.view(), 200, 400)) == doctest::Approx(4 * dark_pixels(page)).epsilon(0.05));

  GreyPage pale = cross();
  fade(pale, 60);
  CHECK(pale.at(41, 60) == 153);
  CHECK(pale.at(0, 0) == 255);
  GreyPage shaded(101, 3, 200);
  shade(shaded, 40);
  CHECK(shaded.at(0, 0) == 200);
  CHECK(shaded.at(100, 2) == 120);
  CHECK(blurred(page.view(), 15).row(60)[42] > 20);
  CHECK(print_of(blurred(page.view(), 0)) == print_of(page));

  GreyPage holed(60, 60, 200);
  punch_hole(holed, 30, 30, 10, 0);
  CHECK(dark_pixels(holed) == doctest::Approx(314).epsilon(0.08));
  GreyPage torn(100, 100);
  tear_corner(torn, Corner::bottom_left, 40, 30, 0, 1);
  CHECK(torn.at(0, 99) == 0);
  CHECK(torn.at(99, 99) == 255);
  CHECK(torn.at(0, 0) == 255);
}

TEST_CASE("blur has the sigma that was asked for") {
  for (const int tenths : {15, 30}) {
    GreyPage dot(61, 61, 0);
    fill_rectangle(dot, 0, 0, 30, 61, 255);  // an edge: its slope in the middle is 1 / (sigma * sqrt(2 pi))
    const GreyPage soft = blurred(dot.view(), tenths);
    double variance = 0;
    for (int x = 1; x < 61; ++x) variance += (soft.row(30)[x - 1] - soft.row(30)[x]) / 255.0 * (x - 30) * (x - 30);
    CHECK(variance * 100 == doctest::Approx(tenths * tenths).epsilon(0.25));
  }
}
