#include "core/results/seat_config.h"

#include <algorithm>

namespace scrutineer {
namespace {

void read_candidates(const ObjectReader& in, SeatConfig& config) {
  in.object(
      "candidates",
      [&](const ObjectReader& options) {
        for (JsonValue member : options.value())
          config.candidates.emplace_back(OptionId(std::string(member.name())),
                                         options.integer(member.name(), 0, limits::kSeats));
      },
      false);
}

void read_parties(const ObjectReader& in, SeatConfig& config) {
  in.objects(
      "parties",
      [&](const ObjectReader& party, std::size_t) {
        SeatConfig::Party out;
        if (auto list = party.optional_string("list")) out.list = OptionId(*list);
        out.seats_won = party.integer("seats_won", 0, limits::kSeats);
        config.parties.push_back(std::move(out));
      },
      false);
}

Result<seats::OptionIndex> option_index(const Contest& contest, const OptionId& option) {
  auto index = contest.find_option(option);
  if (!index)
    return fail(ErrorCode::not_found, "the seat rule names an option that the contest lacks: " + option.value(),
                "contest " + contest.definition.id.value());
  return static_cast<seats::OptionIndex>(*index);
}

Result<std::vector<seats::Lot>> lots_of(const Tally& tally, const Contest& contest) {
  std::vector<seats::Lot> lots;
  for (const Lot& record : tally.lots()) {
    if (record.contest != contest.definition.id) continue;
    seats::Lot lot;
    for (seats::TieKind kind : {seats::TieKind::seat, seats::TieKind::withdrawal, seats::TieKind::runner})
      if (record.kind == seats::tie_kind_name(kind)) lot.tie.kind = kind;
    lot.tie.step = static_cast<std::size_t>(record.step);
    lot.tie.places = record.places;
    for (const OptionId& option : record.tied) {
      SCRUTINEER_TRY(seats::OptionIndex index, option_index(contest, option));
      lot.tie.options.push_back(index);
    }
    std::sort(lot.tie.options.begin(), lot.tie.options.end());
    for (const OptionId& option : record.drawn) {
      SCRUTINEER_TRY(seats::OptionIndex index, option_index(contest, option));
      lot.drawn.push_back(index);
    }
    lots.push_back(std::move(lot));
  }
  return lots;
}

}  // namespace

SeatConfig read_seat_config(const ObjectReader& in) {
  SeatConfig config;
  config.spec.name = in.non_empty("method");
  config.seats = in.integer("seats", 1, limits::kSeats);
  in.object(
      "parameters",
      [&](const ObjectReader& parameters) {
        for (JsonValue member : parameters.value())
          config.spec.parameters.emplace(std::string(member.name()), parameters.string(member.name()));
      },
      false);
  read_candidates(in, config);
  read_parties(in, config);
  config.independents = in.optional_integer("independents", 0, limits::kSeats).value_or(0);
  if (auto rules = seats::rules_from(config.spec))
    config.rules = *rules;
  else if (!config.spec.name.empty())
    in.problem("method", rules.error().message);
  return config;
}

Result<SeatResult> compute_seats(const Tally& tally, ContestIndex index) {
  const Contest& contest = tally.election().contests()[index];
  SCRUTINEER_TRY(Json document, Json::parse(contest.definition.seats));
  Problems problems;
  SeatResult result;
  result.config = read_seat_config(ObjectReader(document.root(), problems));
  if (!problems.empty())
    return tl::unexpected(placed(problems.first(), "contest " + contest.definition.id.value() + ", seats"));

  Totals totals = tally.totals(index, 0);
  seats::Contest input;
  input.votes.assign(totals.columns.begin() + kFigures, totals.columns.end());
  input.seats = result.config.seats;
  input.rules = result.config.rules;
  input.independents = result.config.independents;
  if (!result.config.candidates.empty()) input.candidates.assign(input.votes.size(), limits::kSeats);
  for (const auto& [option, count] : result.config.candidates) {
    SCRUTINEER_TRY(seats::OptionIndex at, option_index(contest, option));
    input.candidates[at] = count;
  }
  for (const SeatConfig::Party& party : result.config.parties) {
    seats::Party out{std::nullopt, party.seats_won};
    if (party.list) {
      SCRUTINEER_TRY(out.list, option_index(contest, *party.list));
    }
    input.parties.push_back(out);
  }
  SCRUTINEER_TRY(input.lots, lots_of(tally, contest));
  if (auto outcome = seats::allot(input))
    result.outcome = std::move(*outcome);
  else
    return tl::unexpected(placed(outcome.error(), "contest " + contest.definition.id.value() + ", seats"));
  result.complete = totals.sheets == static_cast<std::int64_t>(tally.election().tree().units().size());
  return result;
}

}  // namespace scrutineer
