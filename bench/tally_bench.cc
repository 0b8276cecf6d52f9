// Totals of an election of the largest size, one more sheet, and rebuilding them from the log against parsing and
// hashing.
//
//   tally_bench [SHEETS]        default 820000, with 10 options each
#include <cstdlib>
#include <filesystem>
#include <semaphore>

#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/log/log.h"
#include "app/projection/fold_log.h"
#include "app/threads/parallel.h"
#include "bench/measure.h"
#include "core/crypto/hash.h"
#include "core/election/tables.h"
#include "core/note/key_file.h"

namespace scrutineer::bench {
namespace {

constexpr std::size_t kOptions = 10;
constexpr std::size_t kThreads = 2;
constexpr std::size_t kInFlight = 16'384;
constexpr int kRounds = 9;

std::string unit_id(std::size_t i) {
  return "u" + std::to_string(i);
}

CountSheet sheet_of(std::size_t i) {
  CountSheet sheet;
  sheet.unit = UnitId(unit_id(i));
  sheet.contest = ContestId("C");
  std::int64_t valid = 0;
  for (std::size_t option = 0; option < kOptions; ++option) {
    std::int64_t votes = static_cast<std::int64_t>((i * 31 + option * 97) % 400);
    sheet.votes.emplace_back(OptionId(std::to_string(option + 1)), votes);
    valid += votes;
  }
  sheet.valid = valid;
  sheet.invalid = static_cast<std::int64_t>(i % 30);
  sheet.ballots_cast = valid + *sheet.invalid;
  sheet.electors = *sheet.ballots_cast + 500;
  return sheet;
}

struct World {
  NamedKey key;
  Roots roots;
  Bytes definition_entry, grant_entry;
  std::unique_ptr<Election> election;
};

Bytes signed_entry(const Record& record, const NamedKey& key, Signer& signer) {
  std::string text = record_text(record);
  return must(entry_bytes(text, {must(sign_note(text, key.vkey.name, signer))}));
}

World make_world(std::size_t sheets) {
  SystemRng rng;
  World world{must(new_named_key("bench", KeyType::ed25519, rng)), {}, {}, {}, nullptr};
  world.roots = {{world.key.vkey}, 1};
  std::vector<UnitRow> units;
  for (std::size_t i = 0; i < sheets; ++i)
    units.push_back({UnitId(unit_id(i)),
                     {"p" + std::to_string(i / 50'000), "d" + std::to_string(i / 3'000), "t" + std::to_string(i / 200)},
                     "unit",
                     "polling-day"});
  std::vector<OptionRow> options;
  for (std::size_t i = 0; i < kOptions; ++i)
    options.push_back({ContestId("C"), {OptionId(std::to_string(i + 1)), "", "option"}});
  std::string unit_table = write_unit_table(units, 3), option_table = write_option_table(options);
  std::string rules =
      R"({"rules":[{"code":"parts-do-not-add-up","kinds":["*"],"contests":["*"]},{"code":"invalid-share","kinds":["*"],"contests":["*"],"share":"3/100"}]})";
  auto blob = [](const std::string& bytes) {
    return BlobRef{blob_hash(bytes), static_cast<std::int64_t>(bytes.size()), "text/csv"};
  };
  Definition definition;
  definition.title = {"성능", "bench"};
  definition.simulated = true;
  definition.date = "2026-01-01";
  definition.time_zone = "Asia/Seoul";
  definition.contests = {{ContestId("C"), {"성능", "bench"}, 1, R"({"method":"plurality","seats":1})"}};
  definition.units = blob(unit_table);
  definition.options = blob(option_table);
  definition.rules = blob(rules);
  definition.signing = {{RecordType::count_sheet, {{"station", {{Role("chair"), 1}}}}}};
  Record record{std::nullopt, std::nullopt, definition};
  auto signer = must(make_signer(world.key.secret));
  world.definition_entry = signed_entry(record, world.key, *signer);
  RecordId id = record_id(record_text(record));
  world.grant_entry =
      signed_entry({id, std::nullopt, Grant{world.key.vkey, Role("chair"), {{"/"}, {"*"}}}}, world.key, *signer);
  world.election = std::make_unique<Election>(must(Election::build(id, definition, unit_table, option_table, rules)));
  return world;
}

void fill(Log& log, const World& world, std::size_t sheets) {
  must(log.append(world.definition_entry));
  must(log.append(world.grant_entry));
  std::counting_semaphore<> room(kInFlight);
  std::vector<std::unique_ptr<Signer>> signers;
  for (std::size_t i = 0; i < kThreads; ++i) signers.push_back(must(make_signer(world.key.secret)));
  parallel_for(sheets, kThreads, 64, [&](std::size_t i, std::size_t thread) {
    Record record{world.election->id(), std::nullopt, sheet_of(i)};
    Bytes entry = signed_entry(record, world.key, *signers[thread]);
    room.acquire();
    must(log.submit(std::move(entry), std::nullopt, [&](const Result<Appended>& result) {
      if (!result) std::abort();
      room.release();
    }));
  });
  for (std::size_t i = 0; i < kInFlight; ++i) room.acquire();
}

void measure_totals(Table& table, const World& world, std::size_t sheets) {
  Matrix matrix(world.election->tree(), kOptions);
  const Contest& contest = world.election->contests()[0];
  for (UnitIndex unit = 0; unit < sheets; ++unit) matrix.put(unit, make_row(sheet_of(unit), contest));
  std::vector<double> all, one;
  Totals before = matrix.totals(0);
  for (int round = 0; round < kRounds; ++round) all.push_back(seconds_of([&] { matrix.recompute(); }) * 1e3);
  if (before.columns != matrix.totals(0).columns) std::abort();
  for (UnitIndex unit = 0; unit < 10'000; ++unit) {
    Row row = make_row(sheet_of(unit + 1), contest);
    one.push_back(seconds_of([&] { matrix.put(unit, row); }) * 1e6);
  }
  table.at_most("totals over all sheets, in memory (median)", median(all), 15, "ms");
  table.at_most("one more sheet: totals of every area above it (median)", median(one), 10, "us");
}

int run(std::size_t sheets) {
  Table table("tally_bench: one thread; rebuilding folds beside the thread that parses");
  World world = make_world(sheets);
  table.note("sheets", static_cast<double>(sheets), "");
  measure_totals(table, world, sheets);

  PosixDisk disk;
  std::string directory =
      (std::filesystem::temp_directory_path() / ("scrutineer-bench-" + std::to_string(getpid()))).string();
  std::filesystem::create_directories(directory);
  auto signer = must(make_signer(world.key.secret));
  {
    auto log = must(Log::create(disk, directory + "/store", "bench", *signer));
    fill(*log, world, sheets);
  }
  auto reader = must(LogReader::open(disk, directory + "/store"));
  std::vector<double> bare, rebuild, ratios;
  for (int round = 0; round < 3; ++round) {
    // The log's own hash of each entry, and what the fold cannot do without: parsing, record id, entry id.
    bare.push_back(seconds_of([&] {
      must(reader->entries(0, reader->size(), [](std::uint64_t, BytesView note) -> Status {
        return parse_entry(note).map([](const ParsedEntry&) {});
      }));
    }));
    std::unique_ptr<ElectionFold> fold;
    rebuild.push_back(
        seconds_of([&] { fold = must(fold_log(*reader, reader->size(), *world.election, world.roots)); }));
    if (fold->tally().totals(0, 0).sheets != static_cast<std::int64_t>(sheets)) std::abort();
    ratios.push_back(rebuild.back() / bare.back());
  }
  table.note("reading, hashing and parsing the log (median)", median(bare), "s");
  table.note("totals from the log (median)", median(rebuild), "s");
  table.at_most("rebuilding / parsing and hashing (median of pairs)", median(ratios), 1.5, "x");
  reader.reset();
  std::filesystem::remove_all(directory);
  return table.exit_code();
}

}  // namespace
}  // namespace scrutineer::bench

int main(int argc, char** argv) {
  return scrutineer::bench::run(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 820'000);
}
