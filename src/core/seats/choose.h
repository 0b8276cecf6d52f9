// The first so many of a ranking, with ties at the edge settled by lot. Internal to core/seats.
#pragma once

#include "core/seats/progress.h"

namespace scrutineer::seats {

struct Ranked {
  OptionIndex option;
  Fraction figure;
  std::int64_t second = 0;  // decides between equal figures where the law says so; else 0
};

enum class From : std::uint8_t { highest, lowest };

// Chooses `places` (all, if there are no more) and makes the change that `what` is for on each; one step for those who
// are certain, one more for a lot. nullopt: a lot is needed.
std::optional<Options> choose(Progress& progress, std::vector<Ranked> ranking, std::int64_t places, const Draw& what,
                              From from = From::highest);

}  // namespace scrutineer::seats
