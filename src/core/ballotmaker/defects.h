// What scanners, voters and storage do to paper: defects for tests, rehearsals and measurements. Each is a pure
// function of picture, measures and seed; the same seed gives the same pixels on every machine. Measures are in pixels
// where not said.
#pragma once

#include <cstdint>

#include "core/image/image.h"

namespace scrutineer {

enum class Corner : std::uint8_t { top_left, top_right, bottom_left, bottom_right };

// Geometry. `fill` is what the scanner sees beside the paper.
GreyPage rotated(GreyView page, int millidegrees, std::uint8_t fill = 255);  // clockwise about the middle, same size
GreyPage skewed(GreyView page, int per_mille,
                std::uint8_t fill = 255);  // columns move with the row; the middle row stays
GreyPage rescaled(GreyView page, int from_dpi, int to_dpi);
GreyPage feed_stretched(GreyView page, int row, int rows);  // the feed halts at `row`: it is seen `rows` times more
GreyPage feed_slipped(GreyView page, int row, int rows);    // `rows` rows from `row` on are never seen
GreyPage with_border(GreyView page, int left, int top, int right, int bottom, std::uint8_t value);
GreyPage cropped(GreyView page, int left, int top, int right, int bottom);  // so much less on each side

// Light and noise.
void add_noise(GreyPage& page, int sigma, std::uint64_t seed);
void add_salt_and_pepper(GreyPage& page, int per_mille, std::uint64_t seed);  // half of them white, half black
GreyPage blurred(GreyView page, int sigma_tenths);                            // Gaussian, as three box filters
void fade(GreyPage& page, int percent);  // ink loses so much of its darkness: 100 leaves white paper
void shade(GreyPage& page, int percent,
           bool down = false);          // the light falls off by so much from left to right, or downwards
void brighten(GreyPage& page, int by);  // may be negative

// Things on the glass and on the paper.
void add_streak(GreyPage& page, int x, int width, std::uint8_t value);  // along the feed, over the whole length
void add_streaks(GreyPage& page, int count, int width, std::uint8_t value, std::uint64_t seed);
void tear_corner(GreyPage& page, Corner corner, int width, int height, std::uint8_t fill, std::uint64_t seed);
void punch_hole(GreyPage& page, int x, int y, int radius, std::uint8_t fill);
void add_fold(GreyPage& page, int y, int width, int darkness, std::uint64_t seed);  // a grey, uneven line across
void add_dirt(GreyPage& page, int specks, int radius, std::uint64_t seed);
void fill_rectangle(GreyPage& page, int x, int y, int width, int height, std::uint8_t value);  // clipped

}  // namespace scrutineer
