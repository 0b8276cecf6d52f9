#include "core/sorting/plan.h"

#include <algorithm>

#include "core/base/check.h"

namespace scrutineer {

std::size_t SortingPlan::pass_of(std::size_t option) const {
  for (std::size_t pass = 0; pass < passes.size(); ++pass)
    for (const Stacker& stacker : passes[pass])
      if (stacker.holds == Stacker::Holds::option && stacker.option == option) return pass;
  check(false, "an option of the plan");
  return 0;
}

// One stacker is for people. Where the others suffice for the options that are left, this is the last pass; otherwise
// one more collects what the next pass takes.
Result<SortingPlan> plan_sorting(std::int64_t options, std::int64_t paper_length_mm, const SorterLimits& limits) {
  if (options < 1) return fail(ErrorCode::invalid_argument, "a contest has one option at least");
  if (options > limits.options)
    return fail(ErrorCode::unsupported, "the sorter takes at most " + std::to_string(limits.options) +
                                            " lists, and this paper has " + std::to_string(options) +
                                            ": count by hand");
  if (paper_length_mm > limits.paper_length_mm)
    return fail(ErrorCode::unsupported, "the sorter takes papers of at most " + std::to_string(limits.paper_length_mm) +
                                            " mm, and this one has " + std::to_string(paper_length_mm) +
                                            ": count by hand");
  check(limits.stackers >= 3, "a sorter has a stacker for people, one for an option and one for the rest");
  SortingPlan plan;
  for (std::int64_t next = 0; next < options;) {
    std::vector<Stacker> pass;
    const bool last = options - next <= limits.stackers - 1;
    const std::int64_t now = last ? options - next : limits.stackers - 2;
    for (std::int64_t i = 0; i < now; ++i) pass.push_back({Stacker::Holds::option, static_cast<std::size_t>(next + i)});
    if (!last) pass.push_back({Stacker::Holds::next_pass, 0});
    pass.push_back({Stacker::Holds::people, 0});
    plan.passes.push_back(std::move(pass));
    next += now;
  }
  return plan;
}

std::int64_t papers_fed(const SortingPlan& plan, const std::vector<std::int64_t>& papers, std::int64_t for_people) {
  std::int64_t fed = for_people;  // doubtful papers leave in the first pass
  for (std::size_t option = 0; option < papers.size(); ++option)
    fed += papers[option] * static_cast<std::int64_t>(plan.pass_of(option) + 1);
  return fed;
}

std::vector<std::int64_t> bundles_of(std::int64_t papers) {
  std::vector<std::int64_t> bundles(static_cast<std::size_t>(papers / kBundle), kBundle);
  if (papers % kBundle > 0) bundles.push_back(papers % kBundle);
  return bundles;
}

}  // namespace scrutineer
