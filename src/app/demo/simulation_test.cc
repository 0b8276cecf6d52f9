#include "app/demo/simulation.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <thread>

#include "core/results/seat_config.h"
#include "core/tally/fold.h"

namespace scrutineer {
namespace {

// A simulated election written, parsed and folded with every signature verified.
struct Folded {
  explicit Folded(SimulationOptions options) : simulation(*SimulatedElection::build(options)) {
    entries = simulation.make(0, simulation.size());
    election = std::make_unique<Election>(*Election::build(simulation.election(), simulation.definition(),
                                                           simulation.units_blob(), simulation.options_blob(),
                                                           simulation.rules_blob()));
    auto stable = stable_fold(*election, simulation.roots(), [&](ElectionFold& into) { return feed(into); });
    REQUIRE(stable.has_value());
    fold = std::move(*stable);
  }

  Status feed(ElectionFold& into) const {
    for (std::size_t i = 0; i < entries.size(); ++i) {
      SCRUTINEER_TRY(ParsedEntry entry, parse_entry(entries[i]));
      std::vector<SignatureCheck> checks;
      for (const NoteSignature& signature : entry.signatures) {
        auto key = into.book().keys().find(signature.name, signature.id);
        REQUIRE(key.has_value());
        bool good = verify_note_signature(entry_text(entries[i]), signature, into.book().keys()[*key].key);
        checks.push_back(good ? SignatureCheck::good : SignatureCheck::bad);
      }
      // Intake would take everything: but for keys that the whole log will know to be stolen.
      auto taken = into.book().may_enter(entry, checks);
      if (i > 0) CHECK(taken.has_value());
      into.apply(i, entry, entry_text(entries[i]), checks);
    }
    return {};
  }

  RecordId id_of(std::size_t entry) const { return record_id(entry_text(entries[entry])); }
  RecordState state(std::size_t entry) const { return fold->book().records()[*fold->book().find(id_of(entry))]; }
  Cell cell(const UnitId& unit) const { return fold->tally().cell(0, *election->tree().find_unit(unit)); }

  SimulatedElection simulation;
  std::vector<Bytes> entries;
  std::unique_ptr<Election> election;
  std::unique_ptr<ElectionFold> fold;
};

void check_totals(const Folded& night) {
  const SimulatedTruth& truth = night.simulation.truth();
  Totals totals = night.fold->tally().totals(0, 0);
  CHECK(totals.sheets == truth.sheets);
  CHECK(totals.figure(Figure::electors) == truth.electors);
  CHECK(totals.figure(Figure::ballots_issued) == truth.ballots_issued);
  CHECK(totals.figure(Figure::ballots_cast) == truth.ballots_cast);
  CHECK(totals.figure(Figure::valid) == truth.valid);
  CHECK(totals.figure(Figure::invalid) == truth.invalid);
  for (OptionIndex list = 0; list < truth.votes.size(); ++list) CHECK(totals.votes(list) == truth.votes[list]);
}

// Without errors, and with warnings only where they were meant.
void check_findings(const Folded& night) {
  std::set<std::string> implausible;
  for (const SimulatedIncident& incident : night.simulation.incidents())
    if (incident.kind == IncidentKind::implausible) implausible.insert(incident.unit.value());
  std::set<std::string> flagged;
  const auto& units = night.election->tree().units();
  for (UnitIndex unit = 0; unit < units.size(); ++unit)
    for (RuleCode code : night.fold->tally().findings(0, unit)) {
      CAPTURE(units[unit].id.value());
      CAPTURE(rule_text(code).code);
      CHECK_FALSE(rule_text(code).error);
      CHECK((implausible.contains(units[unit].id.value()) || code == RuleCode::identical_figures));
      flagged.insert(units[unit].id.value());
    }
  for (const std::string& unit : implausible) CHECK(flagged.contains(unit));
}

void check_incident(const Folded& night, const SimulatedIncident& incident) {
  CAPTURE(static_cast<int>(incident.kind));
  CAPTURE(incident.unit.value());
  const Cell& cell = night.cell(incident.unit);
  const auto& entries = incident.entries;
  auto effect = [&](std::size_t i) { return night.state(entries[i]).effect; };
  bool counted = incident.kind != IncidentKind::conflict_open && incident.kind != IncidentKind::never_arrived;
  CHECK((cell.state == CellState::counted) == counted);
  switch (incident.kind) {
    case IncidentKind::recount:
      REQUIRE(cell.versions.size() == 2);
      CHECK(cell.versions[0].replaced);
      CHECK(cell.current == 1);
      CHECK_FALSE(cell.versions[1].reason.empty());
      CHECK(cell.versions[0].row.columns != cell.versions[1].row.columns);
      return;
    case IncidentKind::duplicate:
      REQUIRE(cell.versions.size() == 2);
      CHECK(cell.duplicate);
      return;
    case IncidentKind::conflict_settled:
      REQUIRE(cell.versions.size() == 3);
      CHECK(cell.versions[0].replaced);
      CHECK(cell.versions[1].row == cell.versions[2].row);
      CHECK(cell.versions[0].row.columns != cell.versions[2].row.columns);
      return;
    case IncidentKind::conflict_open:
      CHECK(cell.versions.size() == 2);
      CHECK(cell.state == CellState::conflict);
      return;
    case IncidentKind::refusal:
      REQUIRE(entries.size() == 2);
      REQUIRE(night.fold->tally().refusals(night.id_of(entries[0])) != nullptr);
      CHECK(effect(1) == entries[1]);
      return;
    case IncidentKind::revoked_adopted:  // revocation, sheet, adoption
      REQUIRE(entries.size() == 3);
      CHECK(night.state(entries[1]).adopted);
      CHECK(effect(1) == entries[2]);
      return;
    case IncidentKind::revoked_left:  // revocation, sheet, sheet
      REQUIRE(entries.size() == 3);
      CHECK(effect(1) == kNever);
      CHECK(std::any_of(night.state(entries[1]).signers.begin(), night.state(entries[1]).signers.end(),
                        [](const RecordSigner& signer) { return signer.state == SignerState::revoked; }));
      CHECK(effect(2) == entries[2]);
      CHECK(cell.versions.size() == 1);
      return;
    case IncidentKind::compromised_adopted:  // sheet, declaration, adoption
      REQUIRE(entries.size() == 3);
      CHECK(effect(1) == entries[1]);
      CHECK(night.state(entries[0]).adopted);
      CHECK(effect(0) == entries[2]);
      return;
    case IncidentKind::one_by_one:
      REQUIRE(entries.size() == 3);
      CHECK(night.id_of(entries[0]) == night.id_of(entries[2]));
      CHECK(effect(0) == entries[2]);
      return;
    case IncidentKind::implausible: CHECK(cell.versions.size() == 1); return;
    case IncidentKind::never_arrived: CHECK(cell.state == CellState::empty); return;
  }
}

std::map<IncidentKind, int> how_many(const SimulatedElection& simulation) {
  std::map<IncidentKind, int> count;
  for (const SimulatedIncident& incident : simulation.incidents()) ++count[incident.kind];
  return count;
}

}  // namespace

TEST_CASE("a night of any size adds up to what was counted, and every incident is what it was meant to be") {
  for (std::size_t units : {5u, 6u, 49u, 50u, 60u, 500u}) {
    CAPTURE(units);
    SimulationOptions options;
    options.units = units;
    Folded night(options);
    CHECK(night.election->tree().units().size() == units);
    CHECK(night.fold->book().issues().empty());
    check_totals(night);
    check_findings(night);
    for (const SimulatedIncident& incident : night.simulation.incidents()) check_incident(night, incident);
    auto count = how_many(night.simulation);
    for (std::size_t k = 0; k + 1 < kIncidentKinds; ++k)
      CHECK((count[static_cast<IncidentKind>(k)] > 0) == (units >= kSimulatedIncidentsFrom));
    CHECK(night.simulation.truth().sheets == static_cast<std::int64_t>(units) - (units >= 50 ? 1 : 0));
  }
}

TEST_CASE("every sheet adds up by itself, wrong ones too: a bundle under the wrong list does not show") {
  SimulationOptions options;
  options.units = 500;
  Folded night(options);
  for (UnitIndex unit = 0; unit < 500; ++unit) {
    const Cell& cell = night.fold->tally().cell(0, unit);
    for (const SheetVersion& version : cell.versions) {
      auto figure = [&](Figure f) { return *version.row.figure(f); };
      CHECK(figure(Figure::valid) + figure(Figure::invalid) == figure(Figure::ballots_cast));
      CHECK(figure(Figure::ballots_cast) <= figure(Figure::ballots_issued));
      const std::string& kind = night.election->tree().units()[unit].kind;
      bool by_hand = kind == "overseas" || kind == "home/ship";
      CHECK(version.how == (by_hand ? HowCounted::by_hand : HowCounted::machine_then_hand));
    }
  }
}

TEST_CASE("seats are decided where nothing is left open") {
  SimulationOptions options;
  options.units = 200;
  options.one_conflict_open = false;
  Folded night(options);
  auto seats = compute_seats(night.fold->tally(), 0);
  REQUIRE(seats.has_value());
  CHECK(seats->complete);
  options.one_never_arrives = true;
  Folded late(options);
  CHECK(how_many(late.simulation)[IncidentKind::never_arrived] == 1);
  for (const SimulatedIncident& incident : late.simulation.incidents()) check_incident(late, incident);
  check_totals(late);
  CHECK_FALSE(compute_seats(late.fold->tally(), 0)->complete);
}

TEST_CASE("the same seed gives the same bytes, another seed others; ranges and threads do not matter") {
  SimulationOptions options;
  options.units = 60;
  auto one = SimulatedElection::build(options), two = SimulatedElection::build(options);
  REQUIRE((one && two));
  auto all = one->make(0, one->size());
  CHECK(all == two->make(0, two->size()));
  std::vector<Bytes> pieces;
  for (std::size_t first = 0; first < two->size(); first += 7)
    for (Bytes& entry : two->make(first, std::min(first + 7, two->size()))) pieces.push_back(std::move(entry));
  CHECK(pieces == all);
  std::vector<Bytes> back;
  std::size_t half = one->size() / 2;
  std::thread other_half([&] { back = one->make(half, one->size()); });
  std::vector<Bytes> front = one->make(0, half);
  other_half.join();
  front.insert(front.end(), back.begin(), back.end());
  CHECK(front == all);
  options.seed = "2";
  auto other = SimulatedElection::build(options);
  REQUIRE(other.has_value());
  CHECK(other->election() != one->election());
  CHECK(std::set<Bytes>(all.begin(), all.end()).size() == all.size());
}

TEST_CASE("the shape of the country") {
  auto national = SimulatedElection::build({});
  REQUIRE(national.has_value());
  auto election = Election::build(national->election(), national->definition(), national->units_blob(),
                                  national->options_blob(), national->rules_blob());
  REQUIRE(election.has_value());
  const auto& areas = election->tree().areas();
  auto at_level = [&](std::uint32_t level) {
    return std::count_if(areas.begin(), areas.end(), [&](const Area& area) { return area.level == level; });
  };
  CHECK(election->tree().units().size() == 18'600);
  CHECK(at_level(1) == 17);
  CHECK(at_level(2) == 253);
  CHECK(at_level(3) == 3'552);
  for (const Area& area : areas)
    if (area.level == 1) CHECK(area.name.starts_with("모의 "));
  CHECK(election->definition().simulated);
  const SimulatedTruth& truth = national->truth();
  CHECK(truth.electors > 40'000'000);
  CHECK(truth.electors < 48'000'000);
  CHECK(truth.invalid * 1000 / truth.ballots_cast >= 5);
  CHECK(truth.invalid * 1000 / truth.ballots_cast <= 10);
  CHECK(truth.votes[6] * 100 < truth.valid * 3);  // the threshold keeps two lists out
  CHECK(truth.votes[5] * 100 > truth.valid * 3);
  CHECK(national->setup_size() > 18'600 * 3);
}

TEST_CASE("keys that are handed out are those that sign") {
  SimulationOptions options;
  options.units = 5;
  auto simulation = SimulatedElection::build(options);
  REQUIRE(simulation.has_value());
  auto keys = simulation->keys();
  CHECK(keys.size() == 9);
  for (const SimulatedKey& key : keys) {
    auto signer = make_signer(key.key);
    REQUIRE(signer.has_value());
    CHECK((*signer)->public_key() == key.vkey.key);
  }
  CHECK(keys[0].vkey.name == options.origin);
  CHECK(keys[1].vkey == simulation->roots().keys[0]);
  std::string all;
  for (const Bytes& entry : simulation->make(0, simulation->setup_size())) all += entry;
  for (std::size_t i = 4; i < keys.size(); ++i) CHECK(all.find(to_string(keys[i].vkey)) != all.npos);
}

TEST_CASE("papers of the counting centre add up but for the one that is meant not to, and are written in time") {
  for (std::size_t units : {5u, 20u, 60u, 500u}) {
    CAPTURE(units);
    SimulationOptions options;
    options.units = units;
    options.centre_units = 1'000;
    auto simulation = *SimulatedElection::build(options);
    auto election = *Election::build(simulation.election(), simulation.definition(), simulation.units_blob(),
                                     simulation.options_blob(), simulation.rules_blob());
    auto rules = parse_rules(simulation.rules_blob());
    REQUIRE(rules.has_value());
    const std::int64_t close = *seconds_of_rfc3339(*simulation.definition().polls_close);
    std::map<CentreWork, int> work;
    auto centre = simulation.centre_units();
    const Area& area = election.tree().areas()[*election.tree().find_area(simulation.centre_area())];
    REQUIRE(centre.size() == area.units.end - area.units.first);
    for (const CentreUnit& one : centre) {
      ++work[one.work];
      const Unit& unit = election.tree().units()[*election.tree().find_unit(one.paper.unit)];
      auto fired = check_sheet(*rules, election, 0, unit, one.paper, make_row(one.paper, election.contests()[0]));
      bool error = std::any_of(fired.begin(), fired.end(), [](RuleCode code) { return rule_text(code).error; });
      CHECK(error == (one.work == CentreWork::contradicts_itself));
      CHECK(one.paper.machine.has_value() == (unit.kind != "overseas" && unit.kind != "home/ship"));
      CHECK_FALSE(one.paper.announced);
      CHECK(*seconds_of_rfc3339(*one.paper.count_began) > close);
      CHECK(*seconds_of_rfc3339(*one.paper.count_ended) < close + (4 * 60 + 20) * 60);
    }
    for (std::size_t i = 0; i < std::min<std::size_t>(12, centre.size()); ++i)
      CHECK(centre[i].work == CentreWork::none);
    CHECK(work[CentreWork::none] * 2 > static_cast<int>(centre.size()));
    if (units >= 60)
      for (CentreWork one : {CentreWork::entered_once, CentreWork::two_differ, CentreWork::contradicts_itself,
                             CentreWork::agreed, CentreWork::announced, CentreWork::in_effect})
        CHECK(work[one] > 0);
  }
  CHECK(SimulatedElection::build({})->centre_units().empty());
}

TEST_CASE("what cannot be simulated is said") {
  SimulationOptions options;
  options.units = 4;
  CHECK(SimulatedElection::build(options).error().code == ErrorCode::invalid_argument);
  options.units = kSimulatedUnitsMost + 1;
  CHECK(SimulatedElection::build(options).error().code == ErrorCode::invalid_argument);
  options.units = 5;
  options.origin = "two words";
  CHECK(SimulatedElection::build(options).error().code == ErrorCode::invalid_argument);
}

}  // namespace scrutineer
