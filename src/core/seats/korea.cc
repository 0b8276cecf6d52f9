// Public Official Election Act (Republic of Korea), article 189 as amended by Act 16864 of 14 January 2020, and article
// 4 of that Act's addenda (the election of 15 April 2020: 30 seats linked, 17 by share).
#include <numeric>

#include "core/seats/methods.h"

namespace scrutineer::seats {
namespace {

class Article189 {
 public:
  Article189(Progress& progress, const KoreaLinked& rule) : progress_(progress), rule_(rule) {}

  void qualified_parties();
  void entitlements();
  void linked_numbers();
  bool linked_seats();
  bool parallel_seats();
  bool has_votes() const { return votes_ > 0; }

 private:
  bool qualifies(std::int64_t votes, std::int64_t seats_won) const {
    return passes(progress_.contest().rules.threshold, votes, valid_votes(progress_.contest()), seats_won);
  }
  std::optional<Fraction> linked_figure(std::size_t i) const;
  std::int64_t linked_number(const Fraction& figure) const;

  Progress& progress_;
  const KoreaLinked& rule_;
  Options lists_;                         // of qualified parties
  std::vector<std::int64_t> list_votes_;  // per entry of lists_
  std::vector<std::int64_t> won_;         // per entry of lists_: seats won in constituencies
  std::vector<Fraction> entitlements_;    // per entry of lists_
  std::vector<std::int64_t> linked_;      // per entry of lists_
  std::int64_t votes_ = 0;                // of all lists_
  std::int64_t deducted_ = 0;
};

// Paragraph 1: seats go to parties with 3/100 of all valid list votes, or five seats won in constituencies. A party
// qualifies by its seats whether it ran a list or not. Winners whom no qualified party nominated are deducted below.
void Article189::qualified_parties() {
  const Contest& contest = progress_.contest();
  std::vector<std::int64_t> won(contest.votes.size(), 0);
  deducted_ = contest.independents;
  for (const Party& party : contest.parties) {
    if (party.list) won[*party.list] = party.seats_won;
    if (!qualifies(party.list ? contest.votes[*party.list] : 0, party.seats_won)) deducted_ += party.seats_won;
  }
  std::vector<Row> rows;
  std::int64_t valid = valid_votes(contest);
  for (OptionIndex list = 0; list < contest.votes.size(); ++list) {
    bool in = qualifies(contest.votes[list], won[list]);
    rows.push_back(
        {.option = list, .figure = valid > 0 ? Fraction(contest.votes[list], valid) : Fraction(), .taken = in});
    if (!in) continue;
    lists_.push_back(list);
    list_votes_.push_back(contest.votes[list]);
    won_.push_back(won[list]);
  }
  votes_ = votes_of(progress_, lists_);
  auto bar = contest.rules.threshold.share;
  progress_.record(StepKind::threshold, "POEA 189(1)", bar ? std::optional(bar->share) : std::nullopt, std::move(rows));
}

// Paragraphs 2(1) and 3: (all seats - deducted) x the party's part of the qualified parties' list votes.
void Article189::entitlements() {
  Fraction base(rule_.total_seats - deducted_);
  std::vector<Row> rows;
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    entitlements_.push_back(base * Fraction(list_votes_[i], votes_));
    rows.push_back({.option = lists_[i], .figure = entitlements_[i]});
  }
  progress_.record(StepKind::entitlement, "POEA 189(2)1, 189(3)", base, std::move(rows));
}

// Nothing where own seats exceed the entitlement: the formula is negative there, and below 1 counts as 0.
std::optional<Fraction> Article189::linked_figure(std::size_t i) const {
  Fraction own(won_[i]);
  if (entitlements_[i] < own) return std::nullopt;
  return (entitlements_[i] - own) * rule_.linkage;
}

// Paragraph 2(1): rounded at the first decimal place; a linked number below 1 is 0. The sentence speaks of the linked
// number, which is the rounded one, so 0.5 makes 1; the other reading is there as data.
std::int64_t Article189::linked_number(const Fraction& figure) const {
  if (rule_.below_one == KoreaLinked::BelowOne::unrounded && figure < Fraction(1)) return 0;
  return figure.round_half_up();
}

void Article189::linked_numbers() {
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    auto figure = linked_figure(i);
    linked_.push_back(figure ? linked_number(*figure) : 0);
  }
}

// Paragraph 2(2): too few linked numbers: each is given, and what is left goes by share. 2(3): too many: linked seats x
// own linked number / their sum. Either way whole parts first, then the largest remainders, then the lot.
bool Article189::linked_seats() {
  std::int64_t sum = std::accumulate(linked_.begin(), linked_.end(), std::int64_t{0});
  bool given = sum <= rule_.linked_seats;
  std::vector<Row> rows;
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    Row row = progress_.change(lists_[i], Fraction(), given ? linked_[i] : 0, StepKind::linked);
    row.figure = linked_figure(i);
    row.linked = linked_[i];
    rows.push_back(row);
  }
  progress_.record(StepKind::linked, "POEA 189(2)1", std::nullopt, std::move(rows));
  if (given)
    return by_share(progress_, lists_, list_votes_, rule_.linked_seats - sum, "POEA 189(2)2: the rest by share");
  return by_share(progress_, lists_, linked_, rule_.linked_seats, "POEA 189(2)3: linked numbers scaled down");
}

// Addenda article 4, paragraph 1(2): the other list seats by share of the list votes. None since 2024.
bool Article189::parallel_seats() {
  return by_share(progress_, lists_, list_votes_, rule_.list_seats - rule_.linked_seats,
                  "POEA Addenda (2020) 4(1)2: seats by share");
}

}  // namespace

bool korea(Progress& progress, const KoreaLinked& rule) {
  Article189 article(progress, rule);
  article.qualified_parties();
  if (!article.has_votes()) return true;
  article.entitlements();
  article.linked_numbers();
  if (!article.linked_seats() || !article.parallel_seats()) return false;
  progress.take_back_excess("POEA 189(5): seats beyond a list's candidates stay vacant");
  return true;
}

}  // namespace scrutineer::seats
