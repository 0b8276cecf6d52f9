// Any bytes as a count or a result: refused with a place, or figures inside their range, with every problem placed; and
// what was read makes a package or says why not.
#include "core/base/limits.h"
#include "core/eml/package.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

namespace {

void look(const eml::Group& group) {
  for (std::int64_t n : {group.cast, group.counted, group.invalid, group.blank})
    check(n >= 0 && n <= eml::kLargestFigure, "a figure is out of range");
  for (const eml::Selection& s : group.selections)
    check(s.votes >= 0 && s.votes <= eml::kLargestFigure && !s.list.empty(), "votes are out of range");
  check(!group.place.empty(), "a group has a place");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto count = eml::read_510(fuzz_text(data, size), "f");
  auto outcome = eml::read_520(fuzz_text(data, size), "f");
  check(!count || !outcome, "a file is one of the two");
  if (!count) {
    check(count.error().where.starts_with("f:"), "a refusal says where");
    return 0;
  }
  for (const eml::ContestCount& contest : count->contests) {
    if (contest.total) look(*contest.total);
    for (const eml::Group& unit : contest.units) look(unit);
  }
  for (auto level : {eml::OptionLevel::lists, eml::OptionLevel::candidates}) {
    auto package = eml::to_package({&*count, 1}, level, 5);
    check(package.has_value() || !package.error().message.empty(), "a package, or a reason");
  }
  return 0;
}
