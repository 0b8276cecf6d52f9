// Kieswet, chapter P, paragraph 2 (articles P 5 to P 10), as in force since lists can no longer be joined (2017).
#include <algorithm>

#include "core/seats/choose.h"
#include "core/seats/methods.h"

namespace scrutineer::seats {
namespace {

using Body = Netherlands::Body;

constexpr std::int64_t kLargeCouncil = 19;  // P 7: nineteen seats or more
const HighestAverages kDhondt{};

class Kieswet {
 public:
  Kieswet(Progress& progress, Body body, const Options& lists)
      : progress_(progress),
        lists_(lists),
        house_(body == Body::house),
        quota_(votes_of(progress, lists), progress.contest().seats),
        had_remainder_(progress.contest().votes.size(), 0),
        had_average_(progress.contest().votes.size(), 0) {}

  void full_seats();
  bool residual_seats();
  bool absolute_majority();
  bool exhausted_lists();

 private:
  bool by_averages(std::string_view clause);
  bool by_remainders();
  bool one_average_each();
  Options reached(const Fraction& part_of_quota) const;
  std::optional<OptionIndex> majority_list() const;
  Options weakest_residual(OptionIndex but, Fraction& figure) const;

  Progress& progress_;
  const Options& lists_;
  bool house_;
  Fraction quota_;
  std::vector<std::int64_t> had_remainder_;  // residual seats by P 8, first paragraph
  std::vector<std::int64_t> had_average_;    // residual seats by P 8, second paragraph
};

Options Kieswet::reached(const Fraction& part_of_quota) const {
  Options out;
  std::copy_if(lists_.begin(), lists_.end(), std::back_inserter(out),
               [&](OptionIndex list) { return Fraction(progress_.votes(list)) / quota_ >= part_of_quota; });
  return out;
}

// P 5: the quota is the sum of all lists' votes divided by the seats, not rounded.
// P 6: a list gets a seat for each time its votes hold the quota.
void Kieswet::full_seats() {
  progress_.record(StepKind::quota, "Kieswet P 5", quota_, {});
  std::vector<Row> rows;
  for (OptionIndex list : lists_) {
    Fraction quotas = Fraction(progress_.votes(list)) / quota_;
    rows.push_back(progress_.change(list, quotas, quotas.floor(), StepKind::full_quotas));
  }
  progress_.record(StepKind::full_quotas, "Kieswet P 6", quota_, std::move(rows));
}

// P 7: highest averages. Second paragraph: for the House only among lists that reached the quota.
bool Kieswet::by_averages(std::string_view clause) {
  Options lists = house_ ? reached(Fraction(1)) : lists_;
  return highest_averages(progress_, kDhondt, lists, progress_.left(), clause);
}

// P 8, first and second paragraphs: below nineteen seats the largest remainders, one seat a list; a list with less than
// three quarters of the quota does not take part.
bool Kieswet::by_remainders() {
  std::vector<Ranked> ranking;
  for (OptionIndex list : progress_.with_room(reached(Fraction(3, 4))))
    if (had_remainder_[list] == 0) ranking.push_back({list, (Fraction(progress_.votes(list)) / quota_).remainder()});
  auto chosen = choose(progress_, std::move(ranking), progress_.left(),
                       {TieKind::seat, StepKind::remainder, "Kieswet P 8: largest remainders"});
  if (!chosen) return false;
  for (OptionIndex list : *chosen) ++had_remainder_[list];
  return true;
}

// P 8, last paragraph: what is then left goes by highest averages, at most one such seat a list. A list that has had
// its seat is out and changes no other average, so the first of one ranking are what one seat after the other would
// give.
bool Kieswet::one_average_each() {
  std::vector<Ranked> ranking;
  for (OptionIndex list : progress_.with_room(lists_))
    if (had_average_[list] == 0) ranking.push_back({list, Fraction(progress_.votes(list), progress_.seats(list) + 1)});
  auto chosen = choose(progress_, std::move(ranking), progress_.left(),
                       {TieKind::seat, StepKind::highest_average, "Kieswet P 8: highest averages, one seat a list"});
  if (!chosen) return false;
  for (OptionIndex list : *chosen) ++had_average_[list];
  return true;
}

bool Kieswet::residual_seats() {
  if (house_ || progress_.contest().seats >= kLargeCouncil) return by_averages("Kieswet P 7");
  if (!by_remainders() || !one_average_each()) return false;
  // Where every list has had both and seats are still left, P 8 says nothing; plain highest averages go on.
  return by_averages("Kieswet P 7 by analogy");
}

// A strict majority of the votes without one of the seats.
std::optional<OptionIndex> Kieswet::majority_list() const {
  std::int64_t votes = votes_of(progress_, lists_);
  for (OptionIndex list : lists_)
    if (2 * progress_.votes(list) > votes && 2 * progress_.seats(list) <= progress_.contest().seats) return list;
  return std::nullopt;
}

// The lists that won a residual seat by the smallest average, or else by the smallest remainder. The majority list
// itself cannot be meant: it would give a seat to itself.
Options Kieswet::weakest_residual(OptionIndex but, Fraction& figure) const {
  for (StepKind by : {StepKind::highest_average, StepKind::remainder}) {
    Options weakest;
    for (const Award& award : progress_.awards()) {
      if (award.by != by || award.option == but) continue;
      if (weakest.empty() || award.figure < figure) weakest.clear(), figure = award.figure;
      if (award.figure == figure) weakest.push_back(award.option);
    }
    std::sort(weakest.begin(), weakest.end());
    weakest.erase(std::unique(weakest.begin(), weakest.end()), weakest.end());
    if (!weakest.empty()) return weakest;
  }
  return {};
}

// P 9: a list with more than half of the votes and not more than half of the seats gets one seat from the list that won
// its seat by the smallest average or remainder; between several, the lot decides.
bool Kieswet::absolute_majority() {
  auto majority = majority_list();
  if (!majority) return true;
  Fraction figure;
  Options weakest = weakest_residual(*majority, figure);
  // Others together hold less than half of the quotas, so one of them has a residual seat; but where no list reached
  // the quota of a house with hardly any seats, all seats are still empty and there is none to pass on.
  if (weakest.empty()) return true;
  std::vector<Row> rows;
  OptionIndex loser = weakest.front();
  if (weakest.size() == 1) {
    rows.push_back(progress_.change(loser, figure, -1, StepKind::reassigned));
  } else {
    auto drawn = progress_.draw({TieKind::withdrawal, StepKind::reassigned, "Kieswet P 9"}, weakest, 1, figure);
    if (!drawn) return false;
    loser = drawn->front();
  }
  // The seat given up may be won again when P 10 passes seats on.
  auto& had = had_average_[loser] > 0 ? had_average_[loser] : had_remainder_[loser];
  if (had > 0) --had;
  rows.push_back(progress_.change(*majority, figure, 1, StepKind::reassigned));
  progress_.record(StepKind::reassigned, "Kieswet P 9", std::nullopt, std::move(rows));
  return true;
}

// P 10: seats beyond a list's candidates pass on to lists that still have some, by the same provisions. Where none of
// those that may take part has any, the seats stay empty.
bool Kieswet::exhausted_lists() {
  if (progress_.take_back_excess("Kieswet P 10") == 0) return true;
  if (progress_.contest().rules.exhausted == Exhausted::vacant) return true;
  return residual_seats();
}

}  // namespace

bool netherlands(Progress& progress, const Netherlands& rule, const Options& lists) {
  if (lists.empty()) return true;
  Kieswet kieswet(progress, rule.body, lists);
  kieswet.full_seats();
  return kieswet.residual_seats() && kieswet.absolute_majority() && kieswet.exhausted_lists();
}

}  // namespace scrutineer::seats
