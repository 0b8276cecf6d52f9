// How a sorter takes a contest: piles, passes, bundles; and when it may not be used at all.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace scrutineer {

// Of the sorter of the Republic of Korea; dated data like every rule of a country: 2024.
struct SorterLimits {
  std::int64_t stackers = 12;  // one of them for papers that people look at
  std::int64_t papers_a_minute = 350;
  std::int64_t options = 34;           // lists on one paper
  std::int64_t paper_length_mm = 469;  // 46.9 cm
};

inline constexpr std::int64_t kBundle = 100;  // papers in a bundle

// What goes into one stacker in one pass.
struct Stacker {
  enum class Holds : std::uint8_t { option, next_pass, people };
  Holds holds = Holds::option;
  std::size_t option = 0;
};
struct SortingPlan {
  std::vector<std::vector<Stacker>> passes;
  // In which pass an option's papers reach their pile, from 0.
  std::size_t pass_of(std::size_t option) const;
};

// Error unsupported: the machine may not be used, and why (more lists than it takes, or a longer paper: 2020 and 2024
// were counted by hand for this). Error invalid_argument: no option.
Result<SortingPlan> plan_sorting(std::int64_t options, std::int64_t paper_length_mm, const SorterLimits& limits = {});

// How many papers are fed in all passes together: those of a later pass go through all before it. `papers` by option.
std::int64_t papers_fed(const SortingPlan& plan, const std::vector<std::int64_t>& papers, std::int64_t for_people);

// The bundles of a pile: full ones, and the rest in a last one.
std::vector<std::int64_t> bundles_of(std::int64_t papers);

}  // namespace scrutineer
