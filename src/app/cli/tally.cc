#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/session.h"
#include "app/cli/terminal.h"
#include "core/results/seat_config.h"

namespace scrutineer::cli {
namespace {

// What a person asks about: an area by its path, a unit by its id, or everything.
struct Asked {
  AreaIndex area = 0;
  std::optional<UnitIndex> unit;
};

Result<Asked> find(const UnitTree& tree, const std::string& reference) {
  if (reference.empty() || reference.starts_with('/')) {
    auto area = tree.find_area(reference.empty() ? "/" : reference);
    if (!area) return fail(ErrorCode::not_found, "the election has no area " + reference);
    return Asked{*area, std::nullopt};
  }
  auto unit = tree.find_unit(UnitId(reference));
  if (!unit) return fail(ErrorCode::not_found, "the election has no unit " + reference + " (an area starts with '/')");
  return Asked{0, unit};
}

void write_row(JsonWriter& out, const Contest& contest, const std::int64_t* columns, std::uint32_t stated) {
  for (std::size_t i = 0; i < kFigures; ++i)
    if (stated >> i & 1) out.member(kFigureNames[i], columns[i]);
  out.name("votes").begin_object();
  for (std::size_t i = 0; i < contest.options.size(); ++i)
    out.member(contest.options[i].id.value(), columns[kFigures + i]);
  out.end_object();
}

std::uint32_t stated_of(const Totals& totals) {
  std::uint32_t stated = 0;
  for (std::size_t i = 0; i < kFigures; ++i) stated |= (totals.stated[i] > 0 ? 1u : 0u) << i;
  return stated;
}

void write_area(JsonWriter& out, const Tally& tally, ContestIndex contest, AreaIndex area) {
  const Area& a = tally.election().tree().areas()[area];
  Totals totals = tally.totals(contest, area);
  out.line().begin_object().member("area", a.path).member("counted", totals.sheets);
  out.member("units", std::int64_t{a.units.end} - a.units.first);
  write_row(out, tally.election().contests()[contest], totals.columns.data(), stated_of(totals));
  out.end_object();
}

void write_unit(JsonWriter& out, const Tally& tally, ContestIndex contest, UnitIndex unit) {
  constexpr std::string_view kStates[] = {"no-sheet", "counted", "conflict"};
  Row row = tally.matrix(contest).row(unit);
  std::vector<std::int64_t> columns(row.columns.begin(), row.columns.end());
  out.line().begin_object().member("unit", tally.election().tree().units()[unit].id.value());
  out.member("status", kStates[static_cast<std::size_t>(tally.state(contest, unit))]);
  if (tally.matrix(contest).has(unit)) write_row(out, tally.election().contests()[contest], columns.data(), row.stated);
  out.name("findings").begin_array();
  for (RuleCode code : tally.findings(contest, unit)) out.string(rule_text(code).code);
  out.end_array().end_object();
}

std::string to_json(const Tally& tally, const Asked& asked, std::uint64_t size) {
  const Election& election = tally.election();
  JsonWriter out;
  out.begin_object()
      .member("election", to_hex(election.id()))
      .name("simulated")
      .boolean(election.definition().simulated);
  out.member("as_of", static_cast<std::int64_t>(size)).name("contests").begin_array();
  for (ContestIndex contest = 0; contest < election.contests().size(); ++contest) {
    out.line().begin_object().member("contest", election.contests()[contest].definition.id.value());
    out.name(asked.unit ? "unit" : "areas").begin_array();
    if (asked.unit) {
      write_unit(out, tally, contest, *asked.unit);
    } else {
      write_area(out, tally, contest, asked.area);
      for (AreaIndex child : election.tree().areas()[asked.area].children) write_area(out, tally, contest, child);
    }
    out.end_array().end_object();
  }
  out.end_array().end_object();
  return out.take() + "\n";
}

std::string pad(std::string text, std::size_t width) {
  if (text.size() < width) text.insert(0, width - text.size(), ' ');
  return text;
}

std::string to_text(const Tally& tally, const Asked& asked) {
  const Election& election = tally.election();
  std::string out = election.definition().title.en + (election.definition().simulated ? " [SIMULATED]" : "") + "\n";
  for (ContestIndex contest = 0; contest < election.contests().size(); ++contest) {
    const Contest& c = election.contests()[contest];
    Totals totals;
    if (asked.unit) {
      Row row = tally.matrix(contest).row(*asked.unit);
      totals.columns.assign(row.columns.begin(), row.columns.end());
      for (std::size_t i = 0; i < kFigures; ++i) totals.stated[i] = row.stated >> i & 1;
      totals.sheets = tally.matrix(contest).has(*asked.unit);
    } else {
      totals = tally.totals(contest, asked.area);
    }
    auto units = asked.unit
                     ? 1
                     : election.tree().areas()[asked.area].units.end - election.tree().areas()[asked.area].units.first;
    out += "\n" + c.definition.title.en + ": " + std::to_string(totals.sheets) + " of " + std::to_string(units) +
           " units counted\n";
    for (std::size_t i = 0; i < kFigures; ++i)
      out += pad(totals.stated[i] > 0 ? std::to_string(totals.columns[i]) : "not stated", 14) + "  " +
             std::string(kFigureNames[i]) + "\n";
    for (std::size_t i = 0; i < c.options.size(); ++i)
      out += pad(std::to_string(totals.columns[kFigures + i]), 14) + "  " + c.options[i].id.value() + " " +
             c.options[i].party + " " + c.options[i].name + "\n";
  }
  return out;
}

}  // namespace

int tally_command(int argc, char** argv) {
  std::string log_directory, reference;
  bool json = false;
  auto app = new_app("scrutineer tally",
                     "Folds a log into totals: of everything, of an area (\"/level1/level2\") or of one unit.",
                     "scrutineer tally --log log --unit /서울특별시/종로구");
  app->add_option("--log", log_directory, "the log directory")->required();
  app->add_flag("--json", json, "as JSON, with the areas one level below");
  app->add_option("--unit", reference, "an area's path or a unit's id");
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto run = [&]() -> Result<std::string> {
    SCRUTINEER_TRY(auto log, LogReader::open(disk, store_path(log_directory)));
    SCRUTINEER_TRY(TrustedElection trusted, read_trusted_election(disk, log_directory, *log));
    SCRUTINEER_TRY(Asked asked, find(trusted.election.tree(), reference));
    std::uint64_t size = log->size();
    SCRUTINEER_TRY(auto fold, fold_log(*log, size, trusted.election, trusted.roots));
    return json ? to_json(fold->tally(), asked, size) : to_text(fold->tally(), asked);
  };
  auto text = run();
  if (!text) return complain(text.error());
  print(*text);
  return kGood;
}

}  // namespace scrutineer::cli
