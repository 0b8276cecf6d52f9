// What a server of the largest election keeps in memory: eight local elections on one day, as the Republic of Korea
// holds them. First the fold by itself; then a log of that size and, in a process of its own, the collector over it.
// Signatures are taken as good: nothing is signed or verified here.
//
//   memory_bench [UNITS [DIRECTORY]]    default 20000, each with 41 contests of 8 options, three signatures a sheet;
//   /tmp
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "app/collect/collector.h"
#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "bench/measure.h"
#include "core/crypto/hash.h"
#include "core/election/tables.h"
#include "core/note/key_file.h"
#include "core/results/claims.h"

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
  PublicKey key{KeyType::ed25519, Bytes(sha256(name).view())};
  return {name, key_id(name, key), key};
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

// A record and who signs it.
using Give = std::function<void(Record, std::vector<NoteSignature>)>;

void give_grants(const Election& election, std::size_t units, const Give& give) {
  NoteSignature root = signature_of(key_of("root"));
  give({std::nullopt, std::nullopt, election.definition()}, {root});
  for (std::size_t unit = 0; unit < units; ++unit)
    for (const char* post : kPosts)
      give({election.id(), std::nullopt,
            Grant{key_of("station-" + std::to_string(unit) + "/" + post),
                  Role(post == kPosts[0] ? "chair" : "member"),
                  {{unit_id(unit)}, {"*"}}}},
           {root});
}

void give_sheets(const Election& election, std::size_t units, const Give& give) {
  for (std::size_t unit = 0; unit < units; ++unit) {
    std::vector<NoteSignature> signatures;
    for (const char* post : kPosts)
      signatures.push_back(signature_of(key_of("station-" + std::to_string(unit) + "/" + post)));
    for (std::size_t contest = 0; contest < kContests; ++contest)
      give({election.id(), "2026-06-03T21:00:00+09:00", sheet_of(unit, contest)}, signatures);
  }
}

void measure_fold(Table& table, const Election& election, const Roots& roots, std::size_t units) {
  double before = resident_mb();
  auto fold = std::make_unique<ElectionFold>(election, roots, must(parse_rules(election.rules())));
  double empty = resident_mb();
  Position position = 0;
  auto apply = [&](Record record, std::vector<NoteSignature> signatures) {
    ParsedEntry entry;
    entry.id = record.election ? RecordId{sha256("record " + std::to_string(position))} : election.id();
    entry.record = std::move(record);
    entry.signatures = std::move(signatures);
    std::vector<SignatureCheck> checks(entry.signatures.size(), SignatureCheck::good);
    fold->apply(position++, entry, "", checks);
  };
  give_grants(election, units, apply);
  double granted = resident_mb();
  auto sheets = static_cast<double>(units * kContests);
  double seconds = seconds_of([&] { give_sheets(election, units, apply); });
  double full = resident_mb();
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
}

// The log that a night of that size leaves.
void write_log(const std::string& directory, const Election& election, std::size_t units) {
  PosixDisk disk;
  SystemRng rng;
  NamedKey key = must(new_named_key("bench", KeyType::ed25519, rng));
  must(write_file(disk, directory + "/log.key", must(write_key_file(key, std::nullopt, rng)), Durability::cached));
  auto signer = must(make_signer(key.secret));
  auto log = must(Log::create(disk, directory + "/store", "bench", *signer));
  auto append = [&](Record record, std::vector<NoteSignature> signatures) {
    std::string text = record_text(record);
    Bytes note = must(entry_bytes(text, std::move(signatures)));
    auto submit = [&] { return log->submit(note, record_id(text), {}, Log::Repeats::adds); };
    while (!submit()) std::this_thread::sleep_for(std::chrono::milliseconds(1));  // the queue is full
  };
  give_grants(election, units, append);
  give_sheets(election, units, append);
}

// The process that would serve: opens the log, folds it, compares sheets, and writes every claim.
int serve(const std::string& directory, const Election& election, const Roots& roots) {
  Table table("in a process of its own: log and collector");
  PosixDisk disk;
  auto file = must(parse_key_file(must(read_file(disk, directory + "/log.key", limits::kKeyFileBytes))));
  auto signer = must(make_signer(must(open_key_file(file, std::nullopt)).secret));
  auto log = must(Log::open(disk, directory + "/store", *signer));
  std::unique_ptr<Collector> collector;
  double opened = seconds_of([&] { collector = must(Collector::open(*log, election, roots)); });
  table.note("folding the log", opened, "s");
  table.note("the server", resident_mb(), "MB");
  collector->finish();
  std::uint64_t bytes = 0;
  double written = seconds_of([&] {
    collector->read([&](const Collector::View& view) {
      for (const ClaimTask& task : claim_tasks(view.fold.tally(), "2026-06-03T23:00:00+09:00", 1))
        must(task.stream([&](BytesView piece) -> Status {
          bytes += piece.size();
          return {};
        }));
    });
  });
  table.note("all claims", static_cast<double>(bytes) / 1e6, "MB");
  table.note("written in", written, "s");
  table.at_most("the server, at most", peak_mb(), 300, "MB");
  return table.exit_code();
}

int run(std::size_t units, const std::string& under, const char* serve_directory) {
  Definition definition;
  Election election = make_election(units, definition);
  Roots roots{{key_of("root")}, 1};
  if (serve_directory) return serve(serve_directory, election, roots);
  Table table("memory_bench: one thread, no signatures verified");
  measure_fold(table, election, roots, units);
  std::string directory = under + "/memory-bench-" + std::to_string(getpid());
  std::filesystem::create_directories(directory);
  write_log(directory, election, units);
  std::fflush(stdout);
  pid_t server = ::fork();
  if (server == 0) {
    ::execl("/proc/self/exe", "memory_bench", "--serve", std::to_string(units).c_str(), directory.c_str(), nullptr);
    std::_Exit(2);
  }
  int status = 2;
  ::waitpid(server, &status, 0);
  std::filesystem::remove_all(directory);
  return status == 0 ? table.exit_code() : 1;
}

}  // namespace
}  // namespace scrutineer::bench

int main(int argc, char** argv) {
  using scrutineer::bench::run;
  if (argc == 4 && std::strcmp(argv[1], "--serve") == 0) return run(std::strtoul(argv[2], nullptr, 10), "", argv[3]);
  return run(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 20'000, argc > 2 ? argv[2] : "/tmp", nullptr);
}
