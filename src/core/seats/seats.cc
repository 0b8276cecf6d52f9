#include "core/seats/seats.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "core/seats/methods.h"

namespace scrutineer::seats {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

Status invalid(std::string message) {
  return fail(ErrorCode::invalid_argument, std::move(message));
}

Status check_votes(const Contest& contest) {
  if (contest.votes.empty()) return invalid("A contest needs at least one option.");
  if (contest.votes.size() > limits::kOptionsPerContest)
    return fail(ErrorCode::limit_exceeded, fmt::format("More than {} options.", limits::kOptionsPerContest));
  std::int64_t sum = 0;
  for (std::int64_t votes : contest.votes) {
    if (votes < 0) return invalid("An option has a negative number of votes.");
    if (votes > kVotesPerContest - sum)
      return fail(ErrorCode::limit_exceeded, fmt::format("More than {} votes in one contest.", kVotesPerContest));
    sum += votes;
  }
  if (contest.valid_votes && *contest.valid_votes < sum) return invalid("Fewer valid votes than votes for options.");
  if (contest.valid_votes && *contest.valid_votes > kVotesPerContest)
    return fail(ErrorCode::limit_exceeded, fmt::format("More than {} votes in one contest.", kVotesPerContest));
  return {};
}

Status check_seats(const Contest& contest) {
  if (contest.seats < 1) return invalid("A contest fills at least one seat.");
  if (contest.seats > limits::kSeats)
    return fail(ErrorCode::limit_exceeded, fmt::format("More than {} seats in one contest.", limits::kSeats));
  if (std::holds_alternative<TwoRound>(contest.rules.method) && contest.seats != 1)
    return invalid("A two-round majority fills one seat.");
  const auto* korea = std::get_if<KoreaLinked>(&contest.rules.method);
  if (korea && korea->list_seats != contest.seats)
    return invalid(fmt::format("The rule is for {} list seats, the contest has {}.", korea->list_seats, contest.seats));
  return {};
}

Status check_candidates(const Contest& contest) {
  if (!contest.candidates.empty() && contest.candidates.size() != contest.votes.size())
    return invalid("Candidates are stated for every option or for none.");
  if (std::any_of(contest.candidates.begin(), contest.candidates.end(), [](std::int64_t n) { return n < 0; }))
    return invalid("An option has a negative number of candidates.");
  return {};
}

Status check_parties(const Contest& contest) {
  std::vector<bool> taken(contest.votes.size(), false);
  std::int64_t winners = contest.independents;
  if (winners < 0 || winners > limits::kSeats) return invalid("The number of independent winners makes no sense.");
  if (contest.parties.size() > limits::kOptionsPerContest)
    return fail(ErrorCode::limit_exceeded, fmt::format("More than {} parties.", limits::kOptionsPerContest));
  for (const Party& party : contest.parties) {
    if (party.seats_won < 0 || party.seats_won > limits::kSeats) return invalid("A party's seats make no sense.");
    winners += party.seats_won;
    if (!party.list) continue;
    if (*party.list >= contest.votes.size()) return invalid("A party names a list that is not on the ballot.");
    if (taken[*party.list]) return invalid("Two parties name the same list.");
    taken[*party.list] = true;
  }
  const auto* korea = std::get_if<KoreaLinked>(&contest.rules.method);
  if (korea && winners > korea->total_seats - korea->list_seats)
    return invalid(fmt::format("{} constituency winners for {} constituency seats.", winners,
                               korea->total_seats - korea->list_seats));
  return {};
}

Status check_contest(const Contest& contest) {
  SCRUTINEER_CHECKED(check_rules(contest.rules));
  SCRUTINEER_CHECKED(check_votes(contest));
  SCRUTINEER_CHECKED(check_seats(contest));
  SCRUTINEER_CHECKED(check_candidates(contest));
  return check_parties(contest);
}

bool run(Progress& progress) {
  return std::visit(
      Overloaded{
          [&](const Plurality&) { return plurality(progress, admitted(progress)); },
          [&](const TwoRound& rule) { return two_round(progress, rule, admitted(progress)); },
          [&](const HighestAverages& rule) { return divisors(progress, rule, admitted(progress)); },
          [&](const LargestRemainder& rule) { return largest_remainder(progress, rule, admitted(progress)); },
          [&](const Netherlands& rule) { return netherlands(progress, rule, admitted(progress)); },
          [&](const KoreaLinked& rule) { return korea(progress, rule); },
      },
      progress.contest().rules.method);
}

}  // namespace

Result<Outcome> allot(const Contest& contest) {
  SCRUTINEER_CHECKED(check_contest(contest));
  Progress progress(contest);
  static_cast<void>(run(progress));  // whether it waits for a lot stands in the outcome
  return std::move(progress).finish();
}

}  // namespace scrutineer::seats
