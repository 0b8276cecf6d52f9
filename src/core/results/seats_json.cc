#include "core/results/claims.h"

namespace scrutineer {
namespace {

void write_fraction(JsonWriter& out, std::string_view name, const std::optional<Fraction>& value) {
  if (!value) return;
  // As text: an exact fraction may have parts beyond 2^53.
  out.member(name, std::to_string(value->numerator()) + "/" + std::to_string(value->denominator()));
}

void write_step(JsonWriter& out, const seats::Step& step, const Contest& contest) {
  out.line().begin_object().member("kind", seats::step_kind_name(step.kind)).member("clause", step.clause);
  write_fraction(out, "figure", step.figure);
  out.name("rows").begin_array();
  for (const seats::Row& row : step.rows) {
    out.begin_object().member("option", contest.options[row.option].id.value());
    write_fraction(out, "figure", row.figure);
    out.member("change", row.change).member("seats", row.seats).name("taken").boolean(row.taken).end_object();
  }
  out.end_array().end_object();
}

void write_contest(JsonWriter& out, const Contest& contest, const SeatResult& result) {
  auto options = [&](std::string_view name, const std::vector<seats::OptionIndex>& list) {
    out.name(name).begin_array();
    for (seats::OptionIndex option : list) out.string(contest.options[option].id.value());
    out.end_array();
  };
  out.line().begin_object().member("contest", contest.definition.id.value());
  out.member("method", result.config.spec.name).member("seats", result.config.seats);
  out.name("all_units_counted").boolean(result.complete);
  out.member("outcome", seats::outcome_kind_name(result.outcome.kind)).member("vacant", result.outcome.vacant);
  out.name("by_option").begin_object();
  for (std::size_t i = 0; i < contest.options.size(); ++i)
    out.member(contest.options[i].id.value(), result.outcome.seats[i]);
  out.end_object();
  if (result.outcome.tie) {
    out.name("lots_needed").begin_object().member("step", static_cast<std::int64_t>(result.outcome.tie->step));
    out.member("kind", seats::tie_kind_name(result.outcome.tie->kind)).member("places", result.outcome.tie->places);
    options("tied", result.outcome.tie->options);
    out.end_object();
  }
  if (!result.outcome.second_round.empty()) options("second_round", result.outcome.second_round);
  out.name("steps").begin_array();
  for (const seats::Step& step : result.outcome.steps) write_step(out, step, contest);
  out.end_array().end_object();
}

}  // namespace

Result<std::string> write_seats_json(const Tally& tally) {
  JsonWriter out;
  out.begin_object().member("election", to_hex(tally.election().id())).name("contests").begin_array();
  for (ContestIndex c = 0; c < tally.election().contests().size(); ++c) {
    SCRUTINEER_TRY(SeatResult result, compute_seats(tally, c));
    write_contest(out, tally.election().contests()[c], result);
  }
  out.end_array().end_object();
  return out.take() + "\n";
}

std::vector<ClaimTask> claim_tasks(const Tally& tally, std::string_view generated, std::int64_t as_of) {
  std::vector<ClaimTask> tasks;
  tasks.push_back(
      {"claims/results.json", "application/json", [&tally, time = std::string(generated), as_of](const ByteSink& sink) {
         return write_results_nist(tally, time, as_of, sink);
       }});
  for (ContestIndex c = 0; c < tally.election().contests().size(); ++c)
    tasks.push_back({"claims/results-" + std::to_string(c + 1) + ".csv", "text/csv; charset=utf-8",
                     [&tally, c](const ByteSink& sink) { return write_results_csv(tally, c, sink); }});
  tasks.push_back({"claims/seats.json", "application/json", [&tally](const ByteSink& sink) -> Status {
                     SCRUTINEER_TRY(std::string text, write_seats_json(tally));
                     return sink(text);
                   }});
  return tasks;
}

Result<std::string> ClaimTask::write() const {
  std::string whole;
  SCRUTINEER_CHECKED(stream(into(whole)));
  return whole;
}

}  // namespace scrutineer
