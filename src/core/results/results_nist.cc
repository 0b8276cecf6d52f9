// NIST SP 1500-100 v2 (Election Results Common Data Format), JSON.
#include <charconv>

#include "core/base/check.h"
#include "core/results/claims.h"

namespace scrutineer {
namespace {

// Identifiers inside the file: g<n> areas, u<n> units (by line of the unit table), p/c/s<contest>-<option>.
std::string id(char letter, std::size_t number) {
  return letter + std::to_string(number);
}
std::string id(char letter, std::size_t contest, std::size_t option) {
  return letter + std::to_string(contest + 1) + "-" + std::to_string(option + 1);
}

JsonWriter& type(JsonWriter& out, std::string_view name) {
  return out.member("@type", "ElectionResults." + std::string(name));
}

void write_text(JsonWriter& out, std::string_view name, std::string_view language, std::string_view text) {
  out.name(name).begin_object();
  type(out, "InternationalizedText").name("Text").begin_array().begin_object();
  type(out, "LanguageString")
      .member("Content", text)
      .member("Language", language)
      .end_object()
      .end_array()
      .end_object();
}

void write_title(JsonWriter& out, const Bilingual& title) {
  out.name("Name").begin_object();
  type(out, "InternationalizedText").name("Text").begin_array();
  for (auto [language, text] : {std::pair{"ko", &title.ko}, std::pair{"en", &title.en}}) {
    out.begin_object();
    type(out, "LanguageString").member("Content", *text).member("Language", language).end_object();
  }
  out.end_array().end_object();
}

class NistWriter {
 public:
  NistWriter(const Tally& tally, const ByteSink& sink)
      : tally_(tally), election_(tally.election()), tree_(election_.tree()), pieces_(sink) {}

  Status write(std::string_view generated, std::int64_t as_of) {
    bool complete = true;
    for (ContestIndex c = 0; c < election_.contests().size(); ++c)
      complete &= tally_.totals(c, 0).sheets == static_cast<std::int64_t>(tree_.units().size());
    out_.begin_object();
    type(out_, "ElectionReport").member("Format", "precinct-level").member("GeneratedDate", generated);
    out_.member("Issuer", election_.definition().title.en).member("IssuerAbbreviation", "EMB");
    out_.name("IsTest").boolean(election_.definition().simulated);
    out_.member("Notes", "election " + to_hex(election_.id()) + ", entries [0, " + std::to_string(as_of) + ")");
    out_.member("SequenceStart", 1).member("SequenceEnd", 1);
    out_.member("Status", complete ? "unofficial-complete" : "unofficial-partial");
    out_.member("VendorApplicationId", "scrutineer").name("GpUnit").begin_array();
    write_areas();
    write_units();
    out_.end_array().line().name("Party").begin_array();
    write_parties();
    out_.end_array().line().name("Election").begin_array().begin_object();
    type(out_, "Election").member("ElectionScopeId", "g0").member("StartDate", election_.definition().date);
    out_.member("EndDate", election_.definition().date).member("Type", "general");
    write_title(out_, election_.definition().title);
    out_.name("Candidate").begin_array();
    write_candidates();
    out_.end_array().line().name("BallotCounts").begin_array();
    write_ballot_counts();
    out_.end_array().line().name("Contest").begin_array();
    for (ContestIndex c = 0; c < election_.contests().size() && pieces_.good(); ++c) write_contest(c);
    out_.end_array().end_object().end_array().end_object().line();
    pass(0);
    pieces_.pass("\n");
    return pieces_.status();
  }

 private:
  // Passes on what there is, if that is enough.
  void pass(std::size_t from) {
    if (out_.text().size() < from) return;
    pieces_.pass(out_.take());
    check(out_.text().empty(), "what is taken out of a writer is gone");
  }

  void write_areas() {
    for (AreaIndex area = 0; area < tree_.areas().size(); ++area) {
      const Area& a = tree_.areas()[area];
      out_.line().begin_object().member("@id", id('g', area));
      type(out_, "ReportingUnit").member("Type", area == 0 ? "country" : "other");
      pass(kPieceBytes);
      if (area != 0) out_.member("OtherType", "level-" + std::to_string(a.level));
      if (!a.name.empty()) write_text(out_, "Name", "und", a.name);
      out_.name("ComposingGpUnitIds").begin_array();
      UnitIndex end = a.children.empty() ? a.units.end : tree_.areas()[a.children[0]].units.first;
      for (UnitIndex unit = a.units.first; unit < end; ++unit) out_.string(id('u', tree_.units()[unit].row));
      for (AreaIndex child : a.children) out_.string(id('g', child));
      out_.end_array();
      Totals totals = tally_.totals(0, area);
      out_.member("SubUnitsReported", totals.sheets).member("TotalSubUnits", a.units.end - a.units.first);
      out_.member_if("VotersRegistered", totals.figure(Figure::electors));
      out_.member_if("VotersParticipated", totals.figure(Figure::ballots_cast)).end_object();
    }
  }

  void write_units() {
    for (UnitIndex unit = 0; unit < tree_.units().size(); ++unit) {
      const Unit& u = tree_.units()[unit];
      out_.line().begin_object().member("@id", id('u', u.row));
      type(out_, "ReportingUnit").member("Type", u.kind == "polling-day" ? "polling-place" : "other");
      pass(kPieceBytes);
      if (u.kind != "polling-day") out_.member("OtherType", u.kind);
      write_text(out_, "Name", "und", u.name);
      out_.name("ExternalIdentifier").begin_array().begin_object();
      type(out_, "ExternalIdentifier")
          .member("Type", "local-level")
          .member("Value", u.id.value())
          .end_object()
          .end_array();
      out_.name("CountStatus").begin_array().begin_object();
      type(out_, "CountStatus").member("Type", "total").member("Status", status(unit)).end_object().end_array();
      Row row = tally_.matrix(0).row(unit);
      out_.member_if("VotersRegistered", row.figure(Figure::electors));
      out_.member_if("VotersParticipated", row.figure(Figure::ballots_cast)).end_object();
    }
  }

  std::string_view status(UnitIndex unit) const {
    bool all = true;
    for (ContestIndex c = 0; c < election_.contests().size(); ++c) {
      if (tally_.state(c, unit) == CellState::conflict) return "in-process";
      all &= tally_.state(c, unit) == CellState::counted;
    }
    return all ? "completed" : "not-processed";
  }

  void write_parties() {
    for (ContestIndex c = 0; c < election_.contests().size(); ++c) {
      const auto& options = election_.contests()[c].options;
      for (std::size_t i = 0; i < options.size(); ++i) {
        out_.line().begin_object().member("@id", id('p', c, i));
        type(out_, "Party");
        write_text(out_, "Name", "und", options[i].party.empty() ? options[i].name : options[i].party);
        out_.end_object();
      }
    }
  }

  void write_candidates() {
    for (ContestIndex c = 0; c < election_.contests().size(); ++c) {
      const auto& options = election_.contests()[c].options;
      for (std::size_t i = 0; i < options.size(); ++i) {
        out_.line().begin_object().member("@id", id('c', c, i));
        type(out_, "Candidate").member("PartyId", id('p', c, i));
        write_text(out_, "BallotName", "und", options[i].name);
        out_.end_object();
      }
    }
  }

  // Ballots of the whole election and of each unit that states them; contests of one ballot paper share them.
  void write_ballot_counts() {
    auto one = [&](std::string_view unit, std::optional<std::int64_t> cast, std::optional<std::int64_t> rejected) {
      if (!cast && !rejected) return;
      out_.line().begin_object();
      type(out_, "BallotCounts").member("GpUnitId", unit).member("Type", "total");
      out_.member_if("BallotsCast", cast).member_if("BallotsRejected", rejected).end_object();
      pass(kPieceBytes);
    };
    Totals totals = tally_.totals(0, 0);
    one("g0", totals.figure(Figure::ballots_cast), totals.figure(Figure::invalid));
    for (UnitIndex unit = 0; unit < tree_.units().size(); ++unit) {
      Row row = tally_.matrix(0).row(unit);
      one(id('u', tree_.units()[unit].row), row.figure(Figure::ballots_cast), row.figure(Figure::invalid));
    }
  }

  void write_contest(ContestIndex c) {
    const Contest& contest = election_.contests()[c];
    Totals totals = tally_.totals(c, 0);
    out_.line().begin_object().member("@id", id('t', c + 1));
    type(out_, "CandidateContest").member("ElectionDistrictId", "g0").member("Name", contest.definition.title.en);
    out_.member("VotesAllowed", contest.definition.votes_per_ballot);
    out_.member("SubUnitsReported", totals.sheets);
    out_.member("TotalSubUnits", static_cast<std::int64_t>(tree_.units().size()))
        .name("ContestSelection")
        .begin_array();
    for (std::size_t i = 0; i < contest.options.size(); ++i) {
      out_.line().begin_object().member("@id", id('s', c, i));
      type(out_, "CandidateSelection").member("SequenceOrder", static_cast<std::int64_t>(i + 1));
      out_.name("CandidateIds").begin_array().string(id('c', c, i)).end_array();
      out_.name("VoteCounts").begin_array();
      // Where no sheet is counted there is no count to state, not one of 0.
      for (AreaIndex area = 0; area < tree_.areas().size(); ++area)
        if (tally_.matrix(c).sheets(area) > 0)
          write_votes(id('g', area), tally_.matrix(c).sum(area, static_cast<OptionIndex>(i)));
      for (UnitIndex unit = 0; unit < tree_.units().size(); ++unit)
        if (tally_.matrix(c).has(unit))
          write_votes(id('u', tree_.units()[unit].row), tally_.matrix(c).votes(unit, static_cast<OptionIndex>(i)));
      out_.end_array().end_object();
    }
    out_.end_array().end_object();
  }

  void write_votes(std::string_view unit, std::int64_t votes) {
    out_.line().begin_object().member("@type", "ElectionResults.VoteCounts").member("GpUnitId", unit);
    out_.member("Type", "total").member("Count", votes).end_object();
    pass(kPieceBytes);
  }

  const Tally& tally_;
  const Election& election_;
  const UnitTree& tree_;
  JsonWriter out_;
  Pieces pieces_;
};

}  // namespace

Status write_results_nist(const Tally& tally, std::string_view generated, std::int64_t as_of, const ByteSink& sink) {
  return NistWriter(tally, sink).write(generated, as_of);
}

std::string write_results_nist(const Tally& tally, std::string_view generated, std::int64_t as_of) {
  std::string whole;
  check(write_results_nist(tally, generated, as_of, into(whole)).has_value(), "a string takes everything");
  return whole;
}

}  // namespace scrutineer
