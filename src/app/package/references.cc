#include "app/package/references.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace scrutineer {
namespace {

void check_rule(const ObjectReader& in, const PlausibilityRule& rule, const Definition& definition,
                const std::set<std::string_view>& kinds) {
  for (const std::string& kind : rule.kinds)
    if (kind != "*" && !kinds.empty() && !kinds.contains(kind))
      in.problem("kinds", fmt::format("no unit is of the kind \"{}\"; there are: {}", kind, fmt::join(kinds, ", ")));
  for (const std::string& contest : rule.contests)
    if (contest != "*" && !find_contest(definition.contests, contest))
      in.problem("contests", fmt::format("there is no contest \"{}\"", contest));
}

void check_seats(const ObjectReader& in, const SeatConfig& seats, std::size_t contest, const OptionTable& options) {
  auto expect = [&](std::string_view member, const OptionId& option) {
    if (!options.find(contest, option.value()))
      in.problem(member, fmt::format("the option table has no option \"{}\" of this contest", option.value()));
  };
  for (const auto& [option, candidates] : seats.candidates) expect("candidates", option);
  for (const SeatConfig::Party& party : seats.parties)
    if (party.list) expect("parties", *party.list);
}

}  // namespace

void check_references(const DefinitionFile& file, const UnitTable& units, const OptionTable& options,
                      Problems& problems) {
  std::set<std::string_view> kinds;
  if (units.complete)
    for (const UnitRow& row : units.rows) kinds.insert(row.kind);
  // Elements that are no objects were reported when the list was read, and then it is shorter than it was written.
  auto whole = [](const ObjectReader& in, std::string_view list, std::size_t read) {
    auto value = in.find(list);
    return value && value->is_array() && value->size() == read;
  };
  with_reader(file, problems, [&](const ObjectReader& in) {
    if (whole(in, "rules", file.rules.size()))
      in.objects("rules", [&](const ObjectReader& rule, std::size_t index) {
        check_rule(rule, file.rules[index], file.definition, kinds);
      });
    if (options.complete && whole(in, "contests", file.seats.size()))
      in.objects("contests", [&](const ObjectReader& contest, std::size_t index) {
        auto seats = contest.find("seats");
        if (seats && seats->is_object())
          check_seats(ObjectReader(*seats, contest, "seats"), file.seats[index], index, options);
      });
  });
}

}  // namespace scrutineer
