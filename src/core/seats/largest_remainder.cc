#include <algorithm>
#include <numeric>

#include "core/base/check.h"
#include "core/seats/choose.h"
#include "core/seats/methods.h"

namespace scrutineer::seats {
namespace {

constexpr std::string_view kQuota = "Quota";
constexpr std::string_view kRepeated = "Quota that gives too many seats: repeated with the divisor one smaller";
constexpr std::string_view kFull = "One seat for each full quota";
constexpr std::string_view kRemainders = "One seat each by the largest remainders";
constexpr std::string_view kWithdrawn = "Too many seats: withdrawn from the smallest remainders";
constexpr std::string_view kExhausted = "More seats than candidates";

std::int64_t divisor_of(Quota quota, std::int64_t seats) {
  switch (quota) {
    case Quota::hare: return seats;
    case Quota::droop: return seats + 1;
    case Quota::hagenbach_bischoff: return seats + 1;
    case Quota::imperiali: return seats + 2;
  }
  panic("a quota of no kind");
}

Fraction quota_of(Quota quota, std::int64_t votes, std::int64_t divisor) {
  return quota == Quota::droop ? Fraction(votes / divisor + 1) : Fraction(votes, divisor);
}

// The lists' votes measured in quotas.
class Division {
 public:
  Division(Progress& progress, const LargestRemainder& rule, const Options& lists)
      : progress_(progress), rule_(rule), lists_(lists), had_one_(progress.contest().votes.size(), false) {}

  void give_full_quotas();
  bool withdraw_excess();
  bool give_remainders();

 private:
  Fraction quotient(OptionIndex option) const { return Fraction(progress_.votes(option)) / quota_; }
  std::int64_t sum_of_wholes() const;
  Options next_round();
  std::vector<Ranked> by_remainder(const Options& options, bool votes_decide) const;

  Progress& progress_;
  const LargestRemainder& rule_;
  const Options& lists_;
  Fraction quota_;
  std::vector<bool> had_one_;  // a remainder seat in this round
};

std::int64_t Division::sum_of_wholes() const {
  std::int64_t sum = 0;
  for (OptionIndex option : lists_) sum += quotient(option).floor();
  return sum;
}

std::vector<Ranked> Division::by_remainder(const Options& options, bool votes_decide) const {
  std::vector<Ranked> ranking;
  for (OptionIndex option : options)
    ranking.push_back({option, quotient(option).remainder(), votes_decide ? progress_.votes(option) : 0});
  return ranking;
}

// Italian laws with V/(s+2) (for instance art. 77 of d.P.R. 361/1957 before 1993): where the full quotas exceed the
// seats, the division is made again with the divisor one smaller. V/s never exceeds them.
void Division::give_full_quotas() {
  std::int64_t votes = votes_of(progress_, lists_);
  std::int64_t divisor = divisor_of(rule_.quota, progress_.left());
  quota_ = quota_of(rule_.quota, votes, divisor);
  while (rule_.excess == Excess::repeat && sum_of_wholes() > progress_.left()) {
    progress_.record(StepKind::quota, kRepeated, quota_, {});
    quota_ = quota_of(rule_.quota, votes, --divisor);
  }
  progress_.record(StepKind::quota, kQuota, quota_, {});

  std::vector<Row> rows;
  for (OptionIndex option : lists_) {
    Fraction in_quotas = quotient(option);
    rows.push_back(progress_.change(option, in_quotas, in_quotas.floor(), StepKind::full_quotas));
  }
  progress_.record(StepKind::full_quotas, kFull, quota_, std::move(rows));
}

// Slovak Act 180/2014 and the Czech laws before it: the seats too many are taken, one after the other, from the
// smallest remainders; among equals from the fewest votes; among equals by lot.
bool Division::withdraw_excess() {
  while (progress_.left() < 0) {
    Options holders;
    std::copy_if(lists_.begin(), lists_.end(), std::back_inserter(holders),
                 [&](OptionIndex option) { return progress_.seats(option) > 0; });
    Draw what{TieKind::withdrawal, StepKind::withdrawn, kWithdrawn};
    if (!choose(progress_, by_remainder(holders, true), -progress_.left(), what, From::lowest)) return false;
  }
  return true;
}

// One each; a further round begins only when every list with candidates has had one (very few votes for many seats).
Options Division::next_round() {
  Options open = progress_.with_room(lists_);
  Options waiting;
  std::copy_if(open.begin(), open.end(), std::back_inserter(waiting), [&](OptionIndex o) { return !had_one_[o]; });
  if (!waiting.empty()) return waiting;
  had_one_.assign(had_one_.size(), false);
  return open;
}

bool Division::give_remainders() {
  while (progress_.left() > 0) {
    Options round = next_round();
    if (round.empty()) return true;
    Draw what{TieKind::seat, StepKind::remainder, kRemainders};
    auto ranking = by_remainder(round, rule_.tie == RemainderTie::more_votes);
    auto chosen = choose(progress_, std::move(ranking), progress_.left(), what);
    if (!chosen) return false;
    for (OptionIndex option : *chosen) had_one_[option] = true;
  }
  return true;
}

}  // namespace

bool largest_remainder(Progress& progress, const LargestRemainder& rule, const Options& lists) {
  if (lists.empty()) return true;
  Division division(progress, rule, lists);
  division.give_full_quotas();
  if (!division.withdraw_excess()) return false;
  if (!division.give_remainders()) return false;
  progress.take_back_excess(kExhausted);
  if (progress.contest().rules.exhausted == Exhausted::vacant) return true;
  return division.give_remainders();
}

bool by_share(Progress& progress, const Options& lists, const std::vector<std::int64_t>& weights, std::int64_t places,
              std::string_view clause) {
  std::int64_t all = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  if (places == 0 || all == 0) return true;
  std::vector<Row> rows;
  std::vector<Ranked> remainders;
  std::int64_t left = places;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    Fraction due = Fraction(places) * Fraction(weights[i], all);
    rows.push_back(progress.change(lists[i], due, due.floor(), StepKind::shared));
    remainders.push_back({lists[i], due.remainder()});
    left -= due.floor();
  }
  progress.record(StepKind::shared, clause, Fraction(places), std::move(rows));
  return choose(progress, std::move(remainders), left, {TieKind::seat, StepKind::remainder, clause}).has_value();
}

}  // namespace scrutineer::seats
