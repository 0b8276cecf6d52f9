// What a fold of the largest election keeps in memory: eight local elections on one day, as the Republic of Korea holds
// them. Signatures are taken as good: nothing is signed or verified here.
//
//   memory_bench [UNITS]        default 20000, each with 41 contests of 8 options, three signatures a sheet
#include <malloc.h>
#include <unistd.h>

#include <cstdlib>

#include "bench/measure.h"
#include "core/crypto/hash.h"
#include "core/election/tables.h"
#include "core/tally/fold.h"

namespace scrutineer::bench {
namespace {

constexpr std::size_t kContests = 41;
constexpr std::size_t kOptions = 8;
constexpr const char* kPosts[] = {"chair", "member-1", "member-2"};
constexpr const char* kRules = R"({"rules":[
  {"code":"parts-do-not-add-up","kinds":["*"],"contests":["*"]},
  {"code":"invalid-share","kinds":["*"],"contests":["*"],"share":"3/100"},
  {"code":"identical-figures","kinds":["*"],"contests":["*"],"at_least":100},
  {"code":"unlike-concurrent-contest","kinds":["*"],"contests":["*"],"at_least":5}]})";

double resident_mb() {
  ::malloc_trim(0);
  std::ifstream file("/proc/self/statm");
  std::uint64_t all = 0, resident = 0;
  file >> all >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

double peak_mb() {
  std::ifstream file("/proc/self/status");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("VmHWM:")) return std::strtod(line.c_str() + 6, nullptr) * 1024 / 1e6;
  return 0;
}

std::string unit_id(std::size_t i) {
  return "u" + std::to_string(i);
}
ContestId contest_id(std::size_t i) {
  return ContestId("C" + std::to_string(i));
}

// A key that nobody holds: its bytes are made from its name.
VerifierKey key_of(const std::string& name) {
  Hash256 bytes = sha256(name);
  VerifierKey key{name, {}, {KeyType::ed25519, Bytes(bytes.view())}};
  std::copy_n(bytes.bytes.begin(), key.id.size(), key.id.begin());
  return key;
}
NoteSignature signature_of(const VerifierKey& key) {
  return {key.name, key.id, Bytes(64, 's')};
}

Definition definition_of(const std::string& units, const std::string& options) {
  auto blob = [](const std::string& bytes) {
    return BlobRef{blob_hash(bytes), static_cast<std::int64_t>(bytes.size()), "text/csv"};
  };
  Definition definition;
  definition.title = {"성능", "bench"};
  definition.simulated = true;
  definition.date = "2026-06-03";
  definition.time_zone = "Asia/Seoul";
  for (std::size_t i = 0; i < kContests; ++i)
    definition.contests.push_back({contest_id(i), {"성능", "bench"}, 1, R"({"method":"plurality","seats":1})"});
  definition.units = blob(units);
  definition.options = blob(options);
  definition.rules = blob(kRules);
  definition.signing = {{RecordType::count_sheet, {{"station", {{Role("chair"), 1}, {Role("member"), 2}}}}}};
  return definition;
}

// The shape of the country: a town has six units, a district fourteen towns, a province fifteen districts.
Election make_election(std::size_t count, Definition& definition) {
  std::vector<UnitRow> units;
  for (std::size_t i = 0; i < count; ++i)
    units.push_back({UnitId(unit_id(i)),
                     {"p" + std::to_string(i / 1'260), "d" + std::to_string(i / 84), "t" + std::to_string(i / 6)},
                     "polling station " + std::to_string(i),
                     "polling-day"});
  std::vector<OptionRow> options;
  for (std::size_t contest = 0; contest < kContests; ++contest)
    for (std::size_t i = 0; i < kOptions; ++i)
      options.push_back({contest_id(contest), {OptionId(std::to_string(i + 1)), "", "option"}});
  std::string unit_table = write_unit_table(units, 3), option_table = write_option_table(options);
  definition = definition_of(unit_table, option_table);
  RecordId id = record_id(record_text({std::nullopt, std::nullopt, definition}));
  return must(Election::build(id, definition, unit_table, option_table, kRules));
}

CountSheet sheet_of(std::size_t unit, std::size_t contest) {
  CountSheet sheet;
  sheet.unit = UnitId(unit_id(unit));
  sheet.contest = contest_id(contest);
  std::int64_t valid = 0;
  for (std::size_t option = 0; option < kOptions; ++option) {
    auto votes = static_cast<std::int64_t>((unit * 31 + option * 97 + contest * 13) % 400);
    sheet.votes.emplace_back(OptionId(std::to_string(option + 1)), votes);
    valid += votes;
  }
  sheet.valid = valid;
  sheet.invalid = static_cast<std::int64_t>((unit + contest) % 30);
  sheet.ballots_cast = valid + *sheet.invalid;
  sheet.ballots_issued = sheet.ballots_cast;
  sheet.electors = *sheet.ballots_cast + 500;
  return sheet;
}

class Feeder {
 public:
  Feeder(ElectionFold& fold, const Election& election) : fold_(fold), election_(election) {}
  void give(Record record, std::vector<NoteSignature> signatures) {
    ParsedEntry entry;
    entry.id = RecordId{sha256("record " + std::to_string(position_))};
    if (record.type() == RecordType::definition)
      entry.id = election_.id();
    else
      record.election = election_.id();
    entry.record = std::move(record);
    entry.signatures = std::move(signatures);
    std::vector<SignatureCheck> checks(entry.signatures.size(), SignatureCheck::good);
    fold_.apply(position_++, entry, "", checks);
  }

 private:
  ElectionFold& fold_;
  const Election& election_;
  Position position_ = 0;
};

int run(std::size_t units) {
  Table table("memory_bench: one thread, no signatures verified");
  Definition definition;
  Election election = make_election(units, definition);
  Roots roots{{key_of("root")}, 1};
  double before = resident_mb();
  auto fold = std::make_unique<ElectionFold>(election, roots, must(parse_rules(election.rules())));
  double empty = resident_mb();
  Feeder feeder(*fold, election);
  feeder.give({std::nullopt, std::nullopt, definition}, {signature_of(roots.keys[0])});
  for (std::size_t unit = 0; unit < units; ++unit)
    for (const char* post : kPosts)
      feeder.give({std::nullopt, std::nullopt,
                   Grant{key_of("station-" + std::to_string(unit) + "/" + post),
                         Role(post == kPosts[0] ? "chair" : "member"),
                         {{unit_id(unit)}, {"*"}}}},
                  {signature_of(roots.keys[0])});
  double granted = resident_mb();
  double seconds = seconds_of([&] {
    for (std::size_t contest = 0; contest < kContests; ++contest)
      for (std::size_t unit = 0; unit < units; ++unit) {
        std::vector<NoteSignature> signatures;
        for (const char* post : kPosts)
          signatures.push_back(signature_of(key_of("station-" + std::to_string(unit) + "/" + post)));
        feeder.give({std::nullopt, "2026-06-03T21:00:00+09:00", sheet_of(unit, contest)}, std::move(signatures));
      }
  });
  double full = resident_mb();
  auto sheets = static_cast<double>(units * kContests);
  if (fold->tally().totals(0, 0).sheets != static_cast<std::int64_t>(units)) std::abort();
  double finish = seconds_of([&] { fold->finish(); }) * 1e3;
  table.note("sheets", sheets, "");
  table.note("the election's tables", before, "MB");
  table.note("an empty fold", empty - before, "MB");
  table.note("three keys and grants a unit", granted - empty, "MB");
  table.note("the sheets", full - granted, "MB");
  table.note("making and folding a sheet", seconds / sheets * 1e6, "us");
  table.note("comparing all sheets", finish, "ms");
  table.at_most("the fold, a sheet, all in", (full - before) * 1e6 / sheets, 220, "byte");
  table.at_most("the process, at most, with the election's tables", peak_mb(), 240, "MB");
  return table.exit_code();
}

}  // namespace
}  // namespace scrutineer::bench

int main(int argc, char** argv) {
  return scrutineer::bench::run(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 20'000);
}
