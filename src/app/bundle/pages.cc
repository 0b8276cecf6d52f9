#include "app/bundle/pages.h"

#include <algorithm>

namespace scrutineer {
namespace {

bool is_transcribed(const Tally& tally, const RecordBook& book) {
  for (ContestIndex contest = 0; contest < tally.election().contests().size(); ++contest)
    for (UnitIndex unit = 0; unit < tally.election().tree().units().size(); ++unit) {
      std::optional<RecordIndex> current = tally.current(contest, unit);
      if (!current) continue;
      const SigningRule* rule = tally.election().signing_rule(RecordType::count_sheet);
      int alternative = book.records()[*current].alternative;
      if (rule && alternative >= 0 && rule->any_of[static_cast<std::size_t>(alternative)].label == "transcribed")
        return true;
    }
  return false;
}

const std::string& in(const Bilingual& text, ui::Lang lang) {
  return lang == ui::Lang::ko ? text.ko : text.en;
}

ui::Contest to_contest(const Contest& contest, ui::Lang lang) {
  ui::Contest out;
  out.title = in(contest.definition.title, lang);
  for (const Option& option : contest.options)
    out.options.push_back({option.id.value(), option.name, option.party, ""});
  return out;
}

}  // namespace

Result<std::unique_ptr<PageModels>> PageModels::build(const ElectionFold& fold, const LogReader& log,
                                                      const PageFacts& facts) {
  std::unique_ptr<PageModels> models(new PageModels(fold, log, facts));
  const Election& election = fold.tally().election();
  ui::Site site;
  site.date = election.definition().date;
  site.data_lang = facts.data_lang;
  site.simulated = election.definition().simulated;
  site.transcribed = is_transcribed(fold.tally(), fold.book());
  site.published_at = facts.published_at;
  site.verify_command = "scrutineer-verify . --trust TRUST";
  site.results_csv = "claims/results-1.csv";
  site.results_json = "claims/results.json";
  site.log = facts.log;
  site.live = facts.live;
  for (ui::Lang lang : {ui::Lang::ko, ui::Lang::en}) {
    ui::Site& one = models->sites_[static_cast<std::size_t>(lang)] = site;
    one.title = in(election.definition().title, lang);
    for (const Contest& contest : election.contests()) one.contests.push_back(to_contest(contest, lang));
    ui::Site& frozen = models->frozen_[static_cast<std::size_t>(lang)] = one;
    frozen.published_at.clear();
    frozen.log = {facts.log.origin, 0, "", 0, 0};
  }
  for (ContestIndex contest = 0; contest < election.contests().size(); ++contest) {
    SCRUTINEER_TRY(SeatResult seats, compute_seats(fold.tally(), contest));
    models->seats_.push_back(std::move(seats));
  }
  models->collect_waiting();
  models->collect_questions();
  return models;
}

ui::Figures to_figures(const Totals& totals) {
  return {totals.figure(Figure::electors), totals.figure(Figure::ballots_issued), totals.figure(Figure::ballots_cast),
          totals.figure(Figure::valid),    totals.figure(Figure::invalid),        totals.figure(Figure::blank)};
}

ui::Figures to_figures(const Row& row) {
  return {row.figure(Figure::electors), row.figure(Figure::ballots_issued), row.figure(Figure::ballots_cast),
          row.figure(Figure::valid),    row.figure(Figure::invalid),        row.figure(Figure::blank)};
}

}  // namespace scrutineer
