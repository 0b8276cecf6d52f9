#include "app/demo/simulation.h"

#include <fmt/format.h>

#include "app/demo/centre.h"

namespace scrutineer {

struct SimulatedElection::State {
  demo::Night night;
  std::string origin;
  Roots roots;
  SimulatedTruth truth;
  std::vector<SimulatedIncident> incidents;
};

namespace {

Roots make_roots(std::string_view seed) {
  Roots roots;
  for (std::uint8_t number = 1; number <= demo::kRoots; ++number)
    roots.keys.push_back(demo::Pen(seed, demo::Person{demo::Post::root, 0, 0, number}).vkey());
  roots.threshold = demo::kRootThreshold;
  return roots;
}

bool is_counted(const demo::Plan& plan, std::uint32_t unit) {
  auto found = plan.find(unit);
  return found == plan.end() ||
         (found->second.kind != IncidentKind::conflict_open && found->second.kind != IncidentKind::never_arrived);
}

SimulatedTruth make_truth(const demo::Night& night) {
  SimulatedTruth truth;
  truth.votes.resize(demo::kLists);
  for (std::uint32_t unit = 0; unit < night.country.units.size(); ++unit) {
    if (!is_counted(night.plan, unit)) continue;
    demo::Figures figures = demo::true_figures(night, unit);
    ++truth.sheets;
    truth.electors += figures.electors;
    truth.ballots_issued += figures.issued;
    truth.ballots_cast += figures.cast;
    truth.valid += figures.valid;
    truth.invalid += figures.invalid;
    for (std::size_t list = 0; list < demo::kLists; ++list) truth.votes[list] += figures.votes[list];
  }
  return truth;
}

// The unit that a step of the night is about.
std::uint32_t unit_of(const demo::Step& step) {
  bool about_person = step.kind == demo::StepKind::revoke || step.kind == demo::StepKind::compromised;
  return about_person ? step.who.place : step.unit;
}

std::vector<SimulatedIncident> make_incidents(const demo::Night& night) {
  std::map<std::uint32_t, std::size_t> index;
  std::vector<SimulatedIncident> incidents;
  for (const auto& [unit, trouble] : night.plan) {
    index.emplace(unit, incidents.size());
    incidents.push_back({trouble.kind, demo::unit_id(unit), {}});
  }
  for (std::size_t i = night.script.setup; i < night.script.steps.size(); ++i) {
    auto found = index.find(unit_of(night.script.steps[i]));
    if (found != index.end()) incidents[found->second].entries.push_back(i);
  }
  return incidents;
}

}  // namespace

Result<SimulatedElection> SimulatedElection::build(const SimulationOptions& options) {
  if (options.units < kSimulatedUnitsLeast || options.units > kSimulatedUnitsMost)
    return fail(ErrorCode::invalid_argument,
                fmt::format("a simulated election has {} to {} units", kSimulatedUnitsLeast, kSimulatedUnitsMost));
  if (auto named = check_key_name(options.origin); !named)
    return fail(ErrorCode::invalid_argument, named.error().message, "origin");
  auto state = std::make_unique<State>();
  state->origin = options.origin;
  demo::Night& night = state->night;
  night.seed = options.seed;
  night.country = demo::make_country(options.units, night.seed);
  night.plan = demo::make_plan(night.country, options);
  night.election = demo::make_election_text(night.country);
  night.id = record_id(record_text(Record{{}, {}, night.election.definition}));
  night.script = demo::make_script(night.country, night.seed, night.plan);
  state->roots = make_roots(night.seed);
  state->truth = make_truth(night);
  state->incidents = make_incidents(night);
  return SimulatedElection(std::move(state));
}

std::vector<Bytes> SimulatedElection::make(std::size_t first, std::size_t end) const {
  std::vector<Bytes> entries;
  entries.reserve(end - first);
  demo::PenBox pens(state_->night.seed);
  for (std::size_t i = first; i < end; ++i)
    entries.push_back(demo::entry_of(state_->night, state_->night.script.steps.at(i), pens));
  return entries;
}

std::vector<SimulatedKey> SimulatedElection::keys() const {
  const demo::Night& night = state_->night;
  const demo::DemoUnit& first = night.country.units[0];
  std::vector<std::pair<std::string, std::string>> named = {{"log.key", state_->origin}};
  auto add = [&](const char* file, const demo::Person& person) { named.emplace_back(file, demo::name_of(person)); };
  add("root-1.key", {demo::Post::root, 0, 0, 1});
  add("root-2.key", {demo::Post::root, 0, 0, 2});
  add("root-3.key", {demo::Post::root, 0, 0, 3});
  add("publisher.key", {demo::Post::publisher, 0, 0, 0});
  add("coordinator.key", {demo::Post::national, 0, 0, 0});
  add("chair.key", {demo::Post::chair, 0, first.district, 0});
  add("member-1.key", {demo::Post::member, 0, first.district, 1});
  add("member-2.key", {demo::Post::member, 0, first.district, 2});
  std::vector<SimulatedKey> keys;
  for (const auto& [file, name] : named)
    keys.push_back({file, demo::Pen(night.seed, name).vkey(), demo::key_of(night.seed, name)});
  return keys;
}

std::vector<SimulatedKey> SimulatedElection::centre_keys() const {
  const demo::Night& night = state_->night;
  std::vector<SimulatedKey> keys;
  auto add = [&](const demo::Person& person) {
    std::string name = demo::name_of(person);
    std::string file = name.substr(name.find('/') + 1);
    if (file == "typist-3") file = "reader";  // who reads where the two entries differ
    keys.push_back({file + ".key", demo::Pen(night.seed, name).vkey(), demo::key_of(night.seed, name)});
  };
  add({demo::Post::coordinator, 0, 0, 0});
  for (const demo::Person& person : demo::centre_people()) add(person);
  return keys;
}

std::vector<CentreUnit> SimulatedElection::centre_units() const {
  return demo::centre_units(state_->night);
}

std::string SimulatedElection::centre_area() const {
  return state_->night.country.districts[0].path;
}

SimulatedElection::SimulatedElection(std::unique_ptr<State> state) : state_(std::move(state)) {}
SimulatedElection::SimulatedElection(SimulatedElection&&) noexcept = default;
SimulatedElection& SimulatedElection::operator=(SimulatedElection&&) noexcept = default;
SimulatedElection::~SimulatedElection() = default;

const Definition& SimulatedElection::definition() const {
  return state_->night.election.definition;
}
RecordId SimulatedElection::election() const {
  return state_->night.id;
}
const Bytes& SimulatedElection::units_blob() const {
  return state_->night.election.units;
}
const Bytes& SimulatedElection::options_blob() const {
  return state_->night.election.options;
}
const Bytes& SimulatedElection::rules_blob() const {
  return state_->night.election.rules;
}
const Roots& SimulatedElection::roots() const {
  return state_->roots;
}
std::size_t SimulatedElection::size() const {
  return state_->night.script.steps.size();
}
std::size_t SimulatedElection::setup_size() const {
  return state_->night.script.setup;
}
const SimulatedTruth& SimulatedElection::truth() const {
  return state_->truth;
}
const std::vector<SimulatedIncident>& SimulatedElection::incidents() const {
  return state_->incidents;
}

}  // namespace scrutineer
