#include "core/eml/message_writer.h"

namespace scrutineer::eml {
namespace {

class CountWriter {
 public:
  CountWriter(const Tally& tally, ContestIndex contest)
      : tally_(tally), tree_(tally.election().tree()), contest_(contest), naming_(tally.election(), contest) {}

  Result<Written> write(CountKind kind, AreaIndex area, UnitIndex unit, const Stamp& stamp) {
    SCRUTINEER_CHECKED(check_stamp(stamp));
    Totals whole = kind == CountKind::station ? of_unit(unit) : tally_.totals(contest_, area);
    if (whole.sheets == 0)
      return fail(ErrorCode::not_found, "nothing is counted there yet: an EML count states figures");
    const std::string id = kind == CountKind::station ? station_id(unit) : naming_.area(area);
    const std::string name = kind == CountKind::station ? tree_.units()[unit].name : naming_.area_name(area);
    begin_message(out_, message_kind(kind, area), "Count", tally_.election(), id, name, stamp);
    out_.begin("Contests").begin("Contest");
    write_contest_identifier(out_, naming_);
    if (kind != CountKind::station) {
      out_.begin("TotalVotes");
      write_group(whole);
      out_.end();
    }
    if (kind == CountKind::station) write_unit(unit);
    if (kind == CountKind::units) write_units(tree_.areas()[area].units);
    if (kind == CountKind::areas) write_areas(area);
    out_.end().end().end().end().end();
    note_unstated(whole);
    return Written{out_.take(), std::move(notes_)};
  }

 private:
  static std::string_view message_kind(CountKind kind, AreaIndex area) {
    switch (kind) {
      case CountKind::station: return "510a";
      case CountKind::units: return "510b";
      case CountKind::areas: return area == 0 ? "510d" : "510c";
    }
    __builtin_unreachable();
  }

  // XSBType: a station signs as SB<n>, without what stands above it.
  std::string station_id(UnitIndex unit) const {
    std::string id = naming_.unit(unit);
    std::size_t last = id.rfind("::");
    return last == id.npos ? id : id.substr(last + 2);
  }

  Totals of_unit(UnitIndex unit) const {
    Totals totals;
    Row row = tally_.matrix(contest_).row(unit);
    totals.columns.assign(row.columns.begin(), row.columns.end());
    for (std::size_t i = 0; i < kFigures; ++i) totals.stated[i] = row.stated >> i & 1;
    totals.sheets = tally_.matrix(contest_).has(unit);
    return totals;
  }

  void write_units(UnitRange range) {
    std::int64_t left_out = 0;
    for (UnitIndex unit = range.first; unit < range.end; ++unit) {
      if (tally_.matrix(contest_).has(unit))
        write_unit(unit);
      else
        ++left_out;
    }
    if (left_out > 0) notes_.push_back(std::to_string(left_out) + " units have no sheet that counts and are left out");
  }

  void write_unit(UnitIndex unit) { write_reporting_unit(naming_.unit(unit), tree_.units()[unit].name, of_unit(unit)); }

  void write_areas(AreaIndex area) {
    for (AreaIndex child : tree_.areas()[area].children) {
      Totals totals = tally_.totals(contest_, child);
      if (totals.sheets > 0)
        write_reporting_unit(naming_.area(child), tree_.areas()[child].name, totals);
      else
        notes_.push_back("nothing is counted in " + tree_.areas()[child].path + ": it is left out");
    }
  }

  void write_reporting_unit(const std::string& id, const std::string& name, const Totals& totals) {
    out_.begin("ReportingUnitVotes").begin("ReportingUnitIdentifier").attribute("Id", id).text(name).end();
    write_group(totals);
    out_.end();
  }

  // VoteGroup, in the order of the schema.
  void write_group(const Totals& totals) {
    std::int64_t sum = 0;
    const auto& options = tally_.election().contests()[contest_].options;
    for (OptionIndex option = 0; option < options.size();) {
      OptionName name = naming_.option(option);
      OptionIndex end = option;
      std::int64_t votes = 0;
      do {
        votes += totals.votes(end);
        ++end;
      } while (naming_.candidates() && end < options.size() && naming_.option(end).list == name.list);
      sum += votes;
      out_.begin("Selection");
      write_list(out_, name);
      out_.element("ValidVotes", votes).end();
      for (; naming_.candidates() && option < end; ++option) {
        out_.begin("Selection").begin("Candidate").begin("CandidateIdentifier");
        out_.attribute("Id", naming_.option(option).candidate).end().end();
        out_.element("ValidVotes", totals.votes(option)).end();
      }
      option = end;
    }
    auto figure = [&](Figure f) { return totals.figure(f).value_or(0); };
    out_.element("Cast", figure(Figure::electors));
    out_.element("TotalCounted", totals.figure(Figure::valid).value_or(sum));
    out_.begin("RejectedVotes").attribute("ReasonCode", "ongeldig");
    out_.text(std::to_string(figure(Figure::invalid))).end();
    out_.begin("RejectedVotes").attribute("ReasonCode", "blanco");
    out_.text(std::to_string(figure(Figure::blank))).end();
    // Each voter who is let in is handed one paper: ballots issued.
    if (auto issued = totals.figure(Figure::ballots_issued))
      out_.begin("UncountedVotes").attribute("ReasonCode", kAdmitted).text(std::to_string(*issued)).end();
  }

  // EML cannot leave these three out.
  void note_unstated(const Totals& whole) {
    for (Figure f : {Figure::electors, Figure::invalid, Figure::blank}) {
      std::int64_t without = whole.sheets - whole.stated[static_cast<std::size_t>(f)];
      if (without > 0)
        notes_.push_back(std::string(kFigureNames[static_cast<std::size_t>(f)]) + ": not stated on " +
                         std::to_string(without) + " of " + std::to_string(whole.sheets) +
                         " sheets; EML has no way to say so, and 0 stands there");
    }
    std::int64_t without = whole.sheets - whole.stated[static_cast<std::size_t>(Figure::valid)];
    if (without > 0)
      notes_.push_back("valid votes: not stated on " + std::to_string(without) + " of " + std::to_string(whole.sheets) +
                       " sheets; where none states them the sum of the votes stands");
  }

  const Tally& tally_;
  const UnitTree& tree_;
  ContestIndex contest_;
  Naming naming_;
  XmlWriter out_;
  std::vector<std::string> notes_;
};

}  // namespace

Result<Written> write_510(const Tally& tally, ContestIndex contest, CountKind kind, AreaIndex area, UnitIndex unit,
                          const Stamp& stamp) {
  return CountWriter(tally, contest).write(kind, area, unit, stamp);
}

}  // namespace scrutineer::eml
