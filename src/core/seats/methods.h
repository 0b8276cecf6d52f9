// The methods, each on an allotment under way. Internal to core/seats. `false`: a lot is needed, nothing may follow.
#pragma once

#include "core/seats/progress.h"

namespace scrutineer::seats {

// The options that take part, and a step that says so where the rules have a threshold.
Options admitted(Progress& progress);
// Whether `votes` of `valid` or `seats_won` elsewhere is enough.
bool passes(const Threshold& threshold, std::int64_t votes, std::int64_t valid, std::int64_t seats_won);
bool reaches(const ShareBar& bar, std::int64_t votes, std::int64_t valid);
std::int64_t valid_votes(const Contest& contest);

[[nodiscard]] bool plurality(Progress& progress, const Options& options);
[[nodiscard]] bool two_round(Progress& progress, const TwoRound& rule, const Options& options);
[[nodiscard]] bool divisors(Progress& progress, const HighestAverages& rule, const Options& lists);
[[nodiscard]] bool largest_remainder(Progress& progress, const LargestRemainder& rule, const Options& lists);
[[nodiscard]] bool netherlands(Progress& progress, const Netherlands& rule, const Options& lists);
[[nodiscard]] bool korea(Progress& progress, const KoreaLinked& rule);

// Gives `places` seats, one after the other, to the highest average of votes / the divisor for one seat more.
[[nodiscard]] bool highest_averages(Progress& progress, const HighestAverages& rule, const Options& lists,
                                    std::int64_t places, std::string_view clause);

// Gives `places` seats in proportion to the weights: whole parts, then one each by the largest remainders.
[[nodiscard]] bool by_share(Progress& progress, const Options& lists, const std::vector<std::int64_t>& weights,
                            std::int64_t places, std::string_view clause);

}  // namespace scrutineer::seats
