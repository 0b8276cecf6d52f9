// From the fold to the view model of app/ui: what is true, as the pages want to have it.
#pragma once

#include <functional>
#include <unordered_map>

#include "app/log/reader.h"
#include "app/ui/model.h"
#include "core/results/seat_config.h"
#include "core/tally/fold.h"

namespace scrutineer {

// What pages say that is in no record.
struct PageFacts {
  ui::LogFacts log;
  std::string data_lang;     // BCP 47 tag of the names in the data
  std::string published_at;  // the publisher's claim
  bool live = false;         // a server keeps the pages current
  ui::MachineCount machines = {};
  std::function<bool(const BlobHash&)> has_blob;  // whether the bundle holds a file that a record names
};

// Everything that pages are made from. Borrowed; thread-safe to read.
class PageModels {
 public:
  static Result<std::unique_ptr<PageModels>> build(const ElectionFold& fold, const LogReader& log,
                                                   const PageFacts& facts);

  // The same site with its titles in one language: for the front pages.
  const ui::Site& site(ui::Lang lang) const { return sites_[static_cast<std::size_t>(lang)]; }
  // Without what changes with every publication: pages of areas and units stay as they are until their figures change.
  const ui::Site& frozen_site(ui::Lang lang) const { return frozen_[static_cast<std::size_t>(lang)]; }
  Result<ui::Overview> overview() const;
  ui::ResultState state() const;
  ui::Area area(AreaIndex area) const;  // below the whole election
  // How many questions are open, by unit.
  std::vector<std::uint32_t> all_open_questions() const { return open_; }
  // The unit's sheets, their notes read back from the log.
  Result<ui::Unit> unit(UnitIndex unit) const;

 private:
  PageModels(const ElectionFold& fold, const LogReader& log, const PageFacts& facts)
      : fold_(fold), log_(log), has_blob_(facts.has_blob), machines_(facts.machines) {}
  // A sheet that is not in effect.
  struct Waiting {
    RecordIndex record = 0;
    bool entered = false;  // somebody who may sign it has signed: others are missing
  };
  // A record that says something about a unit, read back from the log.
  struct Said {
    RecordState state;
    Record record;
  };
  const Election& election() const { return fold_.tally().election(); }
  const UnitTree& tree() const { return election().tree(); }

  // area_models.cc
  ui::ContestResult result(ContestIndex contest, AreaIndex area) const;
  void mark_outcomes(ContestIndex contest, const Totals& totals, ui::ContestResult& result) const;
  ui::Child child_area(AreaIndex area) const;
  ui::Child child_unit(UnitIndex unit) const;
  std::vector<ui::NodeRef> above(AreaIndex area) const;

  // unit_models.cc
  ui::UnitStatus status(ContestIndex contest, UnitIndex unit) const;
  Result<ui::Sheet> sheet(ContestIndex contest, UnitIndex unit, const std::vector<Said>& said) const;
  static const Waiting& shown_of(const std::vector<Waiting>& waiting);
  Result<CountSheet> fill_from_record(const RecordState& record, ui::Sheet& sheet, const Contest& contest) const;
  void fill_figures(const CountSheet& body, ui::Sheet& sheet, const Contest& contest) const;
  std::string role_of(const RecordState& record, const RecordSigner& signer) const;
  void fill_signers(const RecordState& record, ui::Sheet& sheet) const;
  void fill_history(ContestIndex contest, UnitIndex unit, ui::Sheet& sheet) const;
  void fill_findings(ContestIndex contest, UnitIndex unit, ui::Sheet& sheet) const;

  // said_models.cc
  Result<Said> read(RecordIndex index) const;
  Result<std::vector<Said>> said_of(UnitIndex unit) const;
  std::vector<std::string> signers_of(const RecordState& record) const;
  ui::Statement statement(const Said& said, const std::string& text) const;
  ui::FileRef file(const BlobRef& blob) const;
  void add_said(const std::vector<Said>& said, const CountSheet& body, ui::Sheet& sheet, UnitIndex unit) const;
  bool is_sheet_of(const RecordId& record, ContestIndex contest, UnitIndex unit) const;
  void add_said(const std::vector<Said>& said, ui::Unit& out, UnitIndex unit) const;
  ui::CustodyStep custody(const Said& said, const Custody& body) const;
  Result<std::vector<ui::IndependentTally>> independent_tallies() const;

  // questions.cc
  static std::uint64_t key_of(ContestIndex contest, UnitIndex unit) { return std::uint64_t{contest} << 32 | unit; }
  void collect_waiting();
  void collect_questions();
  bool has_unauthorised(ContestIndex contest, UnitIndex unit) const;
  std::uint32_t open_questions(UnitIndex unit) const { return open_[unit]; }

  const ElectionFold& fold_;
  const LogReader& log_;
  ui::Site sites_[2], frozen_[2];  // by Lang
  std::vector<SeatResult> seats_;  // by contest
  std::function<bool(const BlobHash&)> has_blob_;
  ui::MachineCount machines_;
  std::unordered_map<std::uint64_t, std::vector<Waiting>> waiting_;  // by key_of()
  std::vector<ui::Question> questions_;
  std::vector<std::uint32_t> open_;  // by unit
};

ui::Figures to_figures(const Totals& totals);
ui::Figures to_figures(const Row& row);
ui::Seats to_seats(const SeatResult& result, std::int64_t seats);

}  // namespace scrutineer
