// From the fold to the view model of app/ui: what is true, as the pages want to have it.
#pragma once

#include <unordered_map>

#include "app/log/reader.h"
#include "app/ui/model.h"
#include "core/results/seat_config.h"
#include "core/tally/fold.h"

namespace scrutineer {

// Everything that pages are made from. Borrowed; thread-safe to read.
class PageModels {
 public:
  // `data_lang`: BCP 47 tag of the names in the data. `published_at`: the publisher's claim.
  static Result<std::unique_ptr<PageModels>> build(const ElectionFold& fold, const LogReader& log,
                                                   const ui::LogFacts& facts, std::string data_lang,
                                                   std::string published_at, bool live = false);

  // The same site with its titles in one language: for the front pages.
  const ui::Site& site(ui::Lang lang) const { return sites_[static_cast<std::size_t>(lang)]; }
  // Without what changes with every publication: pages of areas and units stay as they are until their figures change.
  const ui::Site& frozen_site(ui::Lang lang) const { return frozen_[static_cast<std::size_t>(lang)]; }
  ui::Overview overview() const;
  ui::Area area(AreaIndex area) const;  // below the whole election
  // How many questions are open, by unit.
  std::vector<std::uint32_t> all_open_questions() const { return open_; }
  // The unit's sheets, their notes read back from the log.
  Result<ui::Unit> unit(UnitIndex unit) const;

 private:
  PageModels(const ElectionFold& fold, const LogReader& log) : fold_(fold), log_(log) {}
  const Election& election() const { return fold_.tally().election(); }
  const UnitTree& tree() const { return election().tree(); }

  // area_models.cc
  ui::ContestResult result(ContestIndex contest, AreaIndex area) const;
  void mark_outcomes(ContestIndex contest, const Totals& totals, ui::ContestResult& result) const;
  ui::Child child_area(AreaIndex area) const;
  ui::Child child_unit(UnitIndex unit) const;
  std::vector<ui::NodeRef> above(AreaIndex area) const;
  ui::ResultState state() const;

  // unit_models.cc
  ui::UnitStatus status(ContestIndex contest, UnitIndex unit) const;
  Result<ui::Sheet> sheet(ContestIndex contest, UnitIndex unit) const;
  Status fill_from_record(const RecordState& record, ui::Sheet& sheet, const Contest& contest) const;
  std::string role_of(const RecordState& record, KeyIndex key) const;
  void fill_signers(const RecordState& record, ui::Sheet& sheet) const;
  void fill_history(ContestIndex contest, UnitIndex unit, ui::Sheet& sheet) const;
  void fill_findings(ContestIndex contest, UnitIndex unit, ui::Sheet& sheet) const;

  // questions.cc
  void collect_questions();
  std::uint32_t open_questions(UnitIndex unit) const { return open_[unit]; }

  const ElectionFold& fold_;
  const LogReader& log_;
  ui::Site sites_[2], frozen_[2];  // by Lang
  std::vector<SeatResult> seats_;  // by contest
  std::unordered_map<std::uint64_t, std::vector<RecordIndex>>
      unauthorised_;  // contest << 32 | unit -> sheets not in effect
  std::vector<ui::Question> questions_;
  std::vector<std::uint32_t> open_;  // by unit
};

ui::Figures to_figures(const Totals& totals);
ui::Figures to_figures(const Row& row);
ui::Seats to_seats(const SeatResult& result, std::int64_t seats);

}  // namespace scrutineer
