#include "app/demo/figures.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/demo/dice.h"

namespace scrutineer::demo {
namespace {

// The shape of a real election (Republic of Korea, 2025). In thousandths where no unit is given.
struct Shape {
  std::int64_t electors;  // people, on average
  std::int64_t turnout_low, turnout_high;
  std::int64_t invalid;
};
// Early voters come onto their roll when they are handed a paper: turnout is all of them.
constexpr Shape kShapes[] = {
    {344, 920, 970, 44},         // home/ship
    {17'000, 1'000, 1'000, 10},  // early-out-of-district
    {1'020, 740, 850, 7},        // overseas
    {3'130, 1'000, 1'000, 6},    // early-in-district
    {2'000, 560, 760, 7},        // polling-day
};

constexpr std::array<std::int64_t, kLists> kStrength = {370, 335, 95, 72, 50, 40, 22, 16};

// Two large lists share each province in another way; the others differ less.
std::vector<std::int64_t> strengths(const Country& country, std::string_view seed, const DemoUnit& unit, Dice& dice) {
  Dice province(seed, "province", country.districts[unit.district].province);
  Dice district(seed, "district", unit.district);
  std::int64_t lean = province.between(-45, 45) + district.between(-12, 12);
  std::vector<std::int64_t> weights;
  for (std::size_t list = 0; list < kLists; ++list) {
    std::int64_t local = list == 0 ? 100 + lean : list == 1 ? 100 - lean : province.between(85, 115);
    weights.push_back(kStrength[list] * local * dice.between(90, 110));
  }
  return weights;
}

void draw_turnout(Figures& out, const Shape& shape, Kind kind, Dice& dice) {
  out.electors = shape.electors * (40 + dice.below(61) + dice.below(61)) / 100;
  std::int64_t came = out.electors * dice.between(shape.turnout_low, shape.turnout_high) / 1'000;
  // A few people take their paper home. Papers to be voted at home were all sent, and some do not come back.
  out.cast = came - (dice.one_in(6) ? dice.between(1, 2) : 0);
  out.issued = kind == Kind::home_ship ? out.electors : came;
  out.invalid = out.cast * shape.invalid * dice.between(50, 150) / 100'000;
}

void draw_oddity(Figures& out, Oddity oddity) {
  if (oddity == Oddity::many_invalid) out.invalid = out.cast / 20 + 1;
  if (oddity == Oddity::papers_missing) out.issued = out.cast + out.cast / 40 + 15;
  if (oddity == Oddity::papers_missing) out.electors = std::max(out.electors, out.issued);
  if (oddity == Oddity::more_ballots_than_electors) out.electors = out.cast - 3;
}

// What the sorter cannot decide: 2 to 3.5 in a hundred, and whatever is invalid.
void draw_recheck(Figures& out, Dice& dice) {
  std::int64_t usual = (out.cast * dice.between(20, 35) + 999) / 1'000;
  out.to_recheck = std::min(out.cast, std::max(usual, out.invalid + out.cast / 200));
  out.from_recheck = split(out.to_recheck - out.invalid, out.votes);
  auto first = std::max_element(out.votes.begin(), out.votes.end()) - out.votes.begin();
  if (dice.one_in(40)) {
    out.strayed_from = static_cast<std::size_t>(first);
    out.strayed_to = (out.strayed_from + 1) % kLists;
  }
}

OptionVotes by_list(const std::vector<std::int64_t>& votes) {
  OptionVotes out;
  out.reserve(kLists);
  for (std::size_t list = 0; list < kLists; ++list) out.emplace_back(list_id(list), votes[list]);
  return out;
}

std::vector<std::int64_t> minus(std::vector<std::int64_t> a, const std::vector<std::int64_t>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] -= b[i];
  return a;
}

void move(std::vector<std::int64_t>& votes, std::size_t from, std::size_t to, std::int64_t papers) {
  votes[from] -= papers;
  votes[to] += papers;
}

}  // namespace

OptionId list_id(std::size_t list) {
  return OptionId(fmt::format("L{}", list + 1));
}

Figures figures_of(const Country& country, std::string_view seed, std::uint32_t unit, Oddity oddity) {
  const DemoUnit& own = country.units[unit];
  Dice dice(seed, "figures", unit);
  Figures out;
  draw_turnout(out, kShapes[static_cast<std::size_t>(own.kind)], own.kind, dice);
  draw_oddity(out, oddity);
  out.valid = out.cast - out.invalid;
  out.votes = split(out.valid, strengths(country, seed, own, dice));
  draw_recheck(out, dice);
  return out;
}

Slip slip_of(const Figures& figures) {
  auto most = std::max_element(figures.votes.begin(), figures.votes.end()) - figures.votes.begin();
  auto from = static_cast<std::size_t>(most);
  std::int64_t in_pile = figures.votes[from] - figures.from_recheck[from];
  return {from, (from + 1) % kLists, std::min<std::int64_t>(100, in_pile / 2)};
}

CountSheet sheet_of(const Country& country, std::uint32_t unit, const Figures& figures, const Slip& slip) {
  bool by_machine = is_sorted_by_machine(country.units[unit].kind);
  CountSheet sheet;
  sheet.unit = unit_id(unit);
  sheet.contest = ContestId(std::string(kContest));
  sheet.how = by_machine ? HowCounted::machine_then_hand : HowCounted::by_hand;
  sheet.electors = figures.electors;
  sheet.ballots_issued = figures.issued;
  sheet.ballots_cast = figures.cast;
  sheet.valid = figures.valid;
  sheet.invalid = figures.invalid;
  std::vector<std::int64_t> votes = figures.votes, from_sorted = minus(figures.votes, figures.from_recheck);
  std::vector<std::int64_t> sorted = from_sorted;
  if (figures.strayed_from != figures.strayed_to) move(sorted, figures.strayed_from, figures.strayed_to, 1);
  move(votes, slip.from, slip.to, slip.papers);
  move(from_sorted, slip.from, slip.to, slip.papers);
  sheet.votes = by_list(votes);
  if (!by_machine) return sheet;
  sheet.machine = MachineColumn{by_list(sorted), figures.to_recheck};
  sheet.hand = HandColumns{by_list(from_sorted), by_list(figures.from_recheck)};
  return sheet;
}

}  // namespace scrutineer::demo
