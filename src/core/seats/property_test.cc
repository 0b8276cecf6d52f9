// What every method promises, over all small worlds: votes 0 to 6 for three options, 0 to 3 for four, 1 to 6 seats.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>

#include "core/seats/seats.h"

using namespace scrutineer;
using namespace scrutineer::seats;

namespace {

using Votes = std::vector<std::int64_t>;
using Seats = std::vector<std::int64_t>;

const std::vector<std::string> kDivisorMethods = {"dhondt", "sainte-lague", "sainte-lague-modified"};

void small_worlds(const std::function<void(const Votes&)>& visit) {
  for (auto [options, most] : {std::pair<std::size_t, std::int64_t>{3, 6}, {4, 3}}) {
    Votes votes(options, 0);
    for (std::size_t i = 0; i < options;) {
      visit(votes);
      for (i = 0; i < options && votes[i] == most; ++i) votes[i] = 0;
      if (i < options) ++votes[i];
    }
  }
}

Contest contest_of(const std::string& method, const Votes& votes, std::int64_t seats) {
  Contest contest;
  contest.votes = votes;
  contest.seats = seats;
  contest.rules = *rules_from({method, {}});
  if (auto* korea = std::get_if<KoreaLinked>(&contest.rules.method)) {
    *korea = {.total_seats = 3 * seats, .list_seats = seats, .linked_seats = (seats + 1) / 2};
    contest.parties = {{0, 1}};
  }
  return contest;
}

Outcome run(const std::string& method, const Votes& votes, std::int64_t seats) {
  return *allot(contest_of(method, votes, seats));
}

std::vector<std::int64_t> seats_for(const std::string& method) {
  if (method == "two-round") return {1};
  return {1, 2, 3, 4, 5, 6};
}

std::int64_t sum(const Seats& seats) {
  return std::accumulate(seats.begin(), seats.end(), std::int64_t{0});
}

bool decided(const Outcome& outcome) {
  return outcome.kind == Outcome::Kind::decided;
}

void each_choice(const std::vector<OptionIndex>& from, std::int64_t places,
                 const std::function<void(const std::vector<OptionIndex>&)>& visit) {
  for (unsigned mask = 0; mask < 1u << from.size(); ++mask) {
    std::vector<OptionIndex> chosen;
    for (std::size_t i = 0; i < from.size(); ++i)
      if (mask >> i & 1u) chosen.push_back(from[i]);
    if (static_cast<std::int64_t>(chosen.size()) == places) visit(chosen);
  }
}

// Every end that some sequence of lots leads to.
std::set<Seats> every_end(Contest contest) {
  auto outcome = *allot(contest);
  CHECK(outcome.refused.empty());
  if (outcome.kind != Outcome::Kind::lots_needed) return {outcome.seats};
  std::set<Seats> ends;
  each_choice(outcome.tie->options, outcome.tie->places, [&](const auto& drawn) {
    Contest after = contest;
    after.lots.push_back({*outcome.tie, drawn});
    ends.merge(every_end(std::move(after)));
  });
  return ends;
}

// Every way to share out the seats, with nothing for options that have no vote.
void each_allotment(const Votes& votes, std::int64_t seats, const std::function<void(const Seats&)>& visit,
                    Seats so_far = {}) {
  if (so_far.size() == votes.size()) {
    if (seats == 0) visit(so_far);
    return;
  }
  std::int64_t most = votes[so_far.size()] == 0 ? 0 : seats;
  for (std::int64_t own = 0; own <= most; ++own) {
    Seats next = so_far;
    next.push_back(own);
    each_allotment(votes, seats - own, visit, std::move(next));
  }
}

// The divisor for the seat after `held` ones, written down a second time: 10, 20, 30 | 10, 30, 50 | 14, 30, 50.
std::int64_t tenths(const std::string& method, std::int64_t held) {
  if (method == "dhondt") return 10 * (held + 1);
  if (method == "sainte-lague-modified" && held == 0) return 14;
  return 10 * (2 * held + 1);
}

// Max-min: no option's next average is larger than the average of a seat that another one holds.
bool max_min(const std::string& method, const Votes& votes, const Seats& seats) {
  for (std::size_t i = 0; i < votes.size(); ++i)
    for (std::size_t j = 0; j < votes.size(); ++j)
      if (seats[i] > 0 && votes[i] * tenths(method, seats[j]) < votes[j] * tenths(method, seats[i] - 1)) return false;
  return true;
}

Outcome permuted(Outcome outcome, const std::vector<std::size_t>& to) {
  Seats seats(outcome.seats.size());
  for (std::size_t i = 0; i < to.size(); ++i) seats[to[i]] = outcome.seats[i];
  outcome.seats = seats;
  auto map = [&](std::vector<OptionIndex>& options) {
    for (auto& option : options) option = to[option];
    std::sort(options.begin(), options.end());
  };
  if (outcome.tie) map(outcome.tie->options);
  map(outcome.second_round);
  return outcome;
}

// The same worlds on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::int64_t below(std::int64_t most) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::int64_t>(state_ >> 33) % most;
  }

 private:
  std::uint64_t state_;
};

bool same(const Outcome& a, const Outcome& b) {
  return a.kind == b.kind && a.seats == b.seats && a.vacant == b.vacant && a.tie == b.tie &&
         a.second_round == b.second_round;
}

}  // namespace

TEST_CASE("anonymity: options in another order, the same outcome in that order, ties included") {
  for (auto name : rule_names()) {
    std::string method(name);
    std::int64_t wrong = 0;
    small_worlds([&](const Votes& votes) {
      std::vector<std::size_t> swap(votes.size()), turn(votes.size());
      std::iota(swap.begin(), swap.end(), std::size_t{0});
      std::swap(swap[0], swap[1]);
      for (std::size_t i = 0; i < turn.size(); ++i) turn[i] = (i + 1) % turn.size();
      for (const auto& to : {swap, turn}) {  // these two generate every permutation
        for (auto seats : seats_for(method)) {
          Contest contest = contest_of(method, votes, seats);
          Outcome expected = permuted(*allot(contest), to);
          for (std::size_t i = 0; i < to.size(); ++i) contest.votes[to[i]] = votes[i];
          for (Party& party : contest.parties) party.list = to[*party.list];
          wrong += !same(*allot(contest), expected);
        }
      }
    });
    CAPTURE(method);
    CHECK(wrong == 0);
  }
}

TEST_CASE("all seats are given or vacant, whatever the lots say; vacant only without votes or by the Dutch quota") {
  for (auto name : rule_names()) {
    std::string method(name);
    if (method == "two-round") continue;
    std::int64_t wrong = 0;
    small_worlds([&](const Votes& votes) {
      bool nobody = sum(votes) == 0;
      for (auto seats : {1, 3, 4}) {
        for (const Seats& end : every_end(contest_of(method, votes, seats))) {
          bool full = sum(end) == seats;
          if (method == "plurality")
            full = sum(end) == std::min<std::int64_t>(
                                   seats, std::count_if(votes.begin(), votes.end(), [](auto v) { return v > 0; }));
          if (method == "nl-house")
            full = full || std::none_of(votes.begin(), votes.end(), [&](auto v) { return v * seats >= sum(votes); });
          wrong += nobody ? sum(end) != 0 : !full;
          for (std::size_t i = 0; i < votes.size(); ++i) wrong += votes[i] == 0 && end[i] != 0;
        }
      }
    });
    CAPTURE(method);
    CHECK(wrong == 0);
  }
}

TEST_CASE("the rows of the steps add up to the seats, decided or waiting") {
  for (auto name : rule_names()) {
    std::string method(name);
    std::int64_t wrong = 0;
    small_worlds([&](const Votes& votes) {
      for (auto seats : seats_for(method)) {
        Contest contest = contest_of(method, votes, seats);
        contest.candidates.assign(votes.size(), 2);
        Outcome outcome = *allot(contest);
        Seats added(votes.size(), 0);
        for (const Step& step : outcome.steps)
          for (const Row& row : step.rows) {
            added[row.option] += row.change;
            wrong += row.change != 0 && row.seats != added[row.option];
          }
        wrong += added != outcome.seats;
        wrong += outcome.tie && outcome.tie->step + 1 != outcome.steps.size();
      }
    });
    CAPTURE(method);
    CHECK(wrong == 0);
  }
}

TEST_CASE("divisor methods: the ends are exactly the allotments that the max-min inequality allows") {
  for (const auto& method : kDivisorMethods) {
    std::int64_t wrong = 0;
    small_worlds([&](const Votes& votes) {
      if (sum(votes) == 0) return;
      for (auto seats : seats_for(method)) {
        std::set<Seats> allowed;
        each_allotment(votes, seats, [&](const Seats& one) {
          if (max_min(method, votes, one)) allowed.insert(one);
        });
        auto ends = every_end(contest_of(method, votes, seats));
        wrong += ends != allowed || decided(run(method, votes, seats)) != (allowed.size() == 1);
      }
    });
    CAPTURE(method);
    CHECK(wrong == 0);
  }
}

TEST_CASE("Hare: the ends are exactly the allotments nearest to the exact shares") {
  std::int64_t wrong = 0;
  small_worlds([&](const Votes& votes) {
    std::int64_t all = sum(votes);
    if (all == 0) return;
    for (auto seats : seats_for("largest-remainder-hare")) {
      std::int64_t least = INT64_MAX;
      std::set<Seats> nearest;
      each_allotment(votes, seats, [&](const Seats& one) {
        std::int64_t squares = 0;  // (seats x all - votes x house)^2
        for (std::size_t i = 0; i < votes.size(); ++i) {
          std::int64_t off = one[i] * all - votes[i] * seats;
          squares += off * off;
        }
        if (squares < least) nearest.clear(), least = squares;
        if (squares == least) nearest.insert(one);
      });
      wrong += every_end(contest_of("largest-remainder-hare", votes, seats)) != nearest;
    }
  });
  CHECK(wrong == 0);
}

TEST_CASE("house monotonicity: divisor methods have it, largest remainders do not") {
  auto violations = [](const std::string& method) {
    std::int64_t count = 0;
    Dice dice(7);
    auto compare = [&](const Votes& votes) {
      for (std::int64_t seats = 1; seats < 8; ++seats) {
        Outcome less = run(method, votes, seats), more = run(method, votes, seats + 1);
        if (!decided(less) || !decided(more)) continue;
        for (std::size_t i = 0; i < votes.size(); ++i) count += more.seats[i] < less.seats[i];
      }
    };
    small_worlds(compare);
    for (int i = 0; i < 300; ++i) compare({dice.below(100), dice.below(100), dice.below(100), dice.below(30)});
    return count;
  };
  for (const auto& method : kDivisorMethods) CHECK(violations(method) == 0);
  CHECK(violations("largest-remainder-hare") > 0);
}

TEST_CASE("population monotonicity: nobody loses a seat to an option that did relatively worse") {
  auto violations = [](const std::string& method) {
    std::int64_t count = 0;
    Dice dice(11);
    for (int world = 0; world < 4000; ++world) {
      Votes before(3), after(3);
      for (auto& votes : before) votes = 1 + dice.below(60);
      for (std::size_t i = 0; i < 3; ++i) after[i] = before[i] + dice.below(8);
      std::int64_t seats = 2 + dice.below(6);
      Outcome old = run(method, before, seats), now = run(method, after, seats);
      if (!decided(old) || !decided(now)) continue;
      for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j)
          count += after[i] * before[j] >= after[j] * before[i] && now.seats[i] < old.seats[i] &&
                   now.seats[j] > old.seats[j];
    }
    return count;
  };
  for (const auto& method : kDivisorMethods) CHECK(violations(method) == 0);
  CHECK(violations("largest-remainder-hare") > 0);  // Balinski and Young's population paradox
}

TEST_CASE("the quota rule: Hare keeps both bounds, D'Hondt the lower one, Sainte-Lague neither in general") {
  std::int64_t hare = 0, dhondt = 0;
  auto compare = [&](const Votes& votes) {
    std::int64_t all = sum(votes);
    if (all == 0) return;
    for (std::int64_t seats = 1; seats <= 6; ++seats) {
      for (const Seats& end : every_end(contest_of("largest-remainder-hare", votes, seats)))
        for (std::size_t i = 0; i < votes.size(); ++i)
          hare += end[i] < votes[i] * seats / all || end[i] > (votes[i] * seats + all - 1) / all;
      for (const Seats& end : every_end(contest_of("dhondt", votes, seats)))
        for (std::size_t i = 0; i < votes.size(); ++i) dhondt += end[i] < votes[i] * seats / all;
    }
  };
  small_worlds(compare);
  CHECK(hare == 0);
  CHECK(dhondt == 0);
  CHECK(run("sainte-lague", {88, 4, 4, 4}, 5).seats != Seats{4, 1, 0, 0});
  CHECK(run("dhondt", {94, 2, 2, 2}, 20).seats[0] == 20);  // above the upper bound, 19
}

TEST_CASE("Droop, Hagenbach-Bischoff, Imperiali: not more than a withdrawn seat below the lower quota") {
  for (std::string method :
       {"largest-remainder-droop", "largest-remainder-hagenbach-bischoff", "largest-remainder-imperiali"}) {
    std::int64_t wrong = 0;
    small_worlds([&](const Votes& votes) {
      std::int64_t all = sum(votes);
      if (all == 0) return;
      for (std::int64_t seats = 1; seats <= 6; ++seats)
        for (const Seats& end : every_end(contest_of(method, votes, seats)))
          for (std::size_t i = 0; i < votes.size(); ++i) wrong += end[i] + 1 < votes[i] * seats / all;
    });
    CAPTURE(method);
    CHECK(wrong == 0);
  }
}

TEST_CASE("Kieswet P 7 is D'Hondt where every list reached the quota and nobody has an absolute majority") {
  std::int64_t compared = 0, wrong = 0;
  small_worlds([&](const Votes& votes) {
    std::int64_t all = sum(votes);
    for (std::int64_t seats = 1; seats <= 6; ++seats) {
      bool alike = all > 0;
      for (auto own : votes) alike = alike && own * seats >= all && 2 * own <= all;
      if (!alike) continue;
      ++compared;
      wrong += every_end(contest_of("nl-house", votes, seats)) != every_end(contest_of("dhondt", votes, seats));
    }
  });
  CHECK(compared > 100);
  CHECK(wrong == 0);
}

TEST_CASE("Kieswet P 9: more than half of the votes is more than half of the seats") {
  for (std::string method : {"nl-house", "nl-council"}) {
    std::int64_t wrong = 0;
    small_worlds([&](const Votes& votes) {
      for (std::int64_t seats : {1, 2, 3, 4, 5, 6, 20})
        for (const Seats& end : every_end(contest_of(method, votes, seats)))
          for (std::size_t i = 0; i < votes.size(); ++i)
            wrong += 2 * votes[i] > sum(votes) && votes[i] * seats >= sum(votes) && 2 * end[i] <= seats;
    });
    CAPTURE(method);
    CHECK(wrong == 0);
  }
}

TEST_CASE("candidates bound every list, and seats pass on as long as anyone with votes has a candidate left") {
  for (auto name : rule_names()) {
    std::string method(name);
    if (method == "plurality" || method == "two-round") continue;
    std::int64_t wrong = 0;
    small_worlds([&](const Votes& votes) {
      if (votes.size() != 3) return;
      Contest contest = contest_of(method, votes, 5);
      contest.candidates = {1, 2, 4};
      std::int64_t places = 0;
      for (std::size_t i = 0; i < votes.size(); ++i) places += votes[i] > 0 ? contest.candidates[i] : 0;
      for (const Seats& end : every_end(contest)) {
        for (std::size_t i = 0; i < votes.size(); ++i) wrong += end[i] > contest.candidates[i];
        bool passes_on = contest.rules.exhausted == Exhausted::pass_on && method != "nl-house";
        wrong += passes_on && sum(end) != std::min<std::int64_t>(5, places);
      }
    });
    CAPTURE(method);
    CHECK(wrong == 0);
  }
}
