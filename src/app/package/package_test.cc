#include "app/package/package.h"

#include <doctest/doctest.h>

#include "app/disk/sim_disk.h"
#include "app/package/table_file.h"
#include "core/codec/gzip.h"
#include "core/crypto/hash.h"
#include "core/election/election.h"

namespace scrutineer {
namespace {

constexpr std::string_view kElection = R"({
  "format": "scrutineer/election/1",
  "title": {"ko": "시험", "en": "Test"},
  "simulated": true,
  "date": "2031-05-21",
  "time_zone": "Asia/Seoul",
  "contests": [
    {"id": "C", "title": {"ko": "시장", "en": "Mayor"}, "votes_per_ballot": 1,
     "seats": {"method": "plurality", "seats": 1}}
  ],
  "signing": {
    "count-sheet": [{"label": "transcribed", "needs": [{"role": "importer", "count": 1}]}],
    "result-claim": [{"label": "published", "needs": [{"role": "publisher", "count": 1}]}]
  },
  "grantors": {},
  "rules": [
    {"code": "invalid-share", "kinds": ["polling-day"], "contests": ["C"], "share": "6/200"}
  ],
  "source": "made up"
}
)";
constexpr std::string_view kUnits =
    "unit_id,level1,level2,name,kind,electors,ballots,valid,invalid,abstain\n"
    "1,가,나,하나,polling-day,100,60,58,2,40\n"
    "2,가,나,둘,polling-day,80,50,50,0,30\n"
    "3,가,,셋,overseas,,,,,\n";
constexpr std::string_view kOptions =
    "contest_id,option_id,party,name\n"
    "C,a,P,Ann\n"
    "C,b,,Bob\n";
constexpr std::string_view kCounts =
    "unit_id,contest_id,option_id,votes\n"
    "1,C,a,30\n"
    "1,C,b,28\n"
    "2,C,b,20\n"
    "2,C,a,30\n"
    "3,C,a,1\n"
    "3,C,b,0\n";

// The text with one passage replaced; all of it where the passage is empty.
std::string with(std::string_view text, std::string_view passage, std::string_view other) {
  if (passage.empty()) return std::string(other);
  std::size_t at = text.find(passage);
  REQUIRE(at != text.npos);
  return std::string(text.substr(0, at)).append(other).append(text.substr(at + passage.size()));
}

struct Files {
  std::string election{kElection};
  std::string units{kUnits};
  std::string options{kOptions};
  std::string counts{kCounts};
};

void put(SimDisk& disk, const std::string& path, std::string_view bytes) {
  REQUIRE(write_file(disk, path, bytes, Durability::cached).has_value());
}

void put(SimDisk& disk, const Files& files) {
  REQUIRE(disk.make_directories("p").has_value());
  put(disk, "p/election.json", files.election);
  put(disk, "p/units.csv", files.units);
  put(disk, "p/options.csv", files.options);
  put(disk, "p/counts.csv", files.counts);
}

// Reads through to another disk, and refuses one call: the one after so many good ones.
class RefusingDisk final : public Disk {
 public:
  RefusingDisk(Disk& disk, int good_calls) : disk_(disk), left_(good_calls) {}
  bool refused() const { return left_ < 0; }
  Result<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) override {
    SCRUTINEER_CHECKED(next(path));
    return disk_.open(path, mode);
  }
  Result<bool> exists(const std::string& path) override {
    SCRUTINEER_CHECKED(next(path));
    return disk_.exists(path);
  }
  Result<std::vector<std::string>> list(const std::string& path) override { return disk_.list(path); }
  // Nothing else is for readers.
  Status make_directories(const std::string& path) override { return no(path); }
  Status rename(const std::string& from, const std::string&) override { return no(from); }
  Status remove(const std::string& path) override { return no(path); }
  Status sync_directory(const std::string& path) override { return no(path); }
  Result<std::unique_ptr<DiskLock>> lock(const std::string& path, const std::string&) override {
    return tl::unexpected(no(path).error());
  }

 private:
  Status next(const std::string& path) { return left_-- == 0 ? no(path) : Status(); }
  Status no(const std::string& path) const { return fail(ErrorCode::io_error, "refused", path); }
  Disk& disk_;
  int left_;
};

// Problems as text, or "good".
std::string outcome(SimDisk& disk, std::span<const std::string> fallbacks = {}) {
  Problems problems;
  auto package = read_package(disk, "p", fallbacks, problems);
  CHECK(package.has_value() == problems.empty());
  return package ? "good" : to_text(problems);
}
std::string outcome(const Files& files) {
  SimDisk disk;
  put(disk, files);
  return outcome(disk);
}

}  // namespace

TEST_CASE("a package becomes a definition, its tables and its sheets") {
  SimDisk disk;
  put(disk, Files{});
  Problems problems;
  auto package = read_package(disk, "p", {}, problems);
  INFO(to_text(problems));
  REQUIRE(package.has_value());
  CHECK(package->units_blob ==
        "unit_id,level1,level2,name,kind\n1,가,나,하나,polling-day\n2,가,나,둘,polling-day\n3,가,,셋,overseas\n");
  CHECK(package->options_blob == kOptions);
  CHECK(package->rules_blob ==
        R"({"rules":[{"code":"invalid-share","kinds":["polling-day"],"contests":["C"],"share":"3/100"}]})");
  CHECK(package->definition.units ==
        BlobRef{blob_hash(package->units_blob), static_cast<std::int64_t>(package->units_blob.size()), "text/csv"});
  CHECK(package->definition.rules.type == "application/json");
  CHECK(package->source == "made up");
  CHECK(package->warnings.empty());

  REQUIRE(package->sheets.size() == 3);
  CountSheet second;
  second.unit = UnitId("2");
  second.contest = ContestId("C");
  second.how = HowCounted::transcribed;
  second.electors = 80;
  second.ballots_cast = 50;
  second.valid = 50;
  second.invalid = 0;
  second.votes = {{OptionId("a"), 30}, {OptionId("b"), 20}};  // as on the ballot paper
  CHECK(package->sheets[1] == second);
  CHECK_FALSE(package->sheets[2].electors.has_value());
  CHECK_FALSE(package->sheets[2].ballots_cast.has_value());
}

TEST_CASE("figures that a table lacks altogether are absent") {
  Files files;
  files.units = "unit_id,name,kind\n1,하나,polling-day\n2,둘,polling-day\n3,셋,overseas\n";
  CHECK(outcome(files) == "good");
}

TEST_CASE("every way in which a package can be wrong is said with its place") {
  struct Case {
    std::string what;
    std::string Files::*file;
    std::string passage;  // of that file, replaced by `other`; empty: all of it
    std::string other;
    std::string problems;
  };
  const Case kCases[] = {
      {"not JSON", &Files::election, "\"simulated\": true", "\"simulated\": yes",
       "election.json:4:16: this is not JSON (syntax error)\n"},
      {"a misspelt member", &Files::election, "\"source\"", "\"sorce\"",
       "election.json:19:12: no member is called \"sorce\" here; there are: format title simulated date time_zone "
       "polls_close contests signing grantors rules source\n"},
      {"a misspelt member inside a rule", &Files::election, "\"share\": \"6/200\"",
       "\"share\": \"6/200\", \"atleast\": 3",
       "election.json:17:105: no member is called \"atleast\" here; there are: code kinds contests share at_least\n"},
      {"a misspelt member of a seat rule", &Files::election, "\"seats\": 1", "\"seats\": 1, \"parameter\": {}",
       "election.json:9:64: no member is called \"parameter\" here; there are: method seats parameters candidates "
       "parties "
       "independents\n"},
      {"a misspelt member of a need", &Files::election, "\"count\": 1}]}],\n    \"result",
       "\"number\": 1}]}],\n    \"result",
       "election.json:12:87: no member is called \"number\" here; there are: role count\n"
       "election.json:12:56: this member is required and missing\n"},
      {"another format", &Files::election, "election/1", "election/2",
       "election.json:2:13: expected \"scrutineer/election/1\"\n"},
      {"a title in one language", &Files::election, "\"ko\": \"시험\", ", "",
       "election.json:3:12: this member is required and missing\n"},
      {"a date that is none", &Files::election, "2031-05-21", "2031-02-30",
       "election.json:5:11: expected a date such as 2025-06-03\n"},
      {"a time zone that is none", &Files::election, "Asia/Seoul", "UTC+9",
       "election.json:6:16: expected the IANA name of a time zone, such as Asia/Seoul\n"},
      {"a close without offset", &Files::election, "\"contests\": [\n",
       "\"polls_close\": \"2031-05-21T18:00\", \"contests\": [\n",
       "election.json:7:18: expected a time such as 2025-06-03T20:00:00+09:00\n"},
      {"an unknown way to allot seats", &Files::election, "plurality", "plurallity",
       "election.json:9:26: There is no method \"plurallity\".\n"},
      {"a seat rule that contradicts itself", &Files::election, "{\"method\": \"plurality\", \"seats\": 1}",
       "{\"method\": \"kr-list-2024\", \"seats\": 45}",
       "election.json:9:15: The rule is for 46 list seats, the contest has 45.\n"},
      {"a seat rule for nobody", &Files::election, "\"seats\": 1}", "\"seats\": 1, \"candidates\": {\"z\": 3}}",
       "election.json:9:65: the option table has no option \"z\" of this contest\n"},
      {"nobody may sign a sheet", &Files::election, "count-sheet", "refusal",
       "election.json:11:14: nobody may sign a count-sheet: name the roles\n"},
      {"a rule for a kind that is not there", &Files::election, "\"polling-day\"", "\"poling-day\"",
       "election.json:17:40: no unit is of the kind \"poling-day\"; there are: overseas, polling-day\n"},
      {"a rule for a contest that is not there", &Files::election, "\"contests\": [\"C\"]", "\"contests\": [\"D\"]",
       "election.json:17:69: there is no contest \"D\"\n"},
      {"a rule that is not there", &Files::election, "invalid-share", "invalid-shares",
       "election.json:17:14: expected one of: parts-do-not-add-up, parts-missing, cast-exceeds-issued, too-many-votes, "
       "invalid-share, blank-share, issued-cast-difference, nobody-voted, no-electors, more-ballots-than-electors, "
       "announced-before-close, faster-than-machine, identical-figures, unlike-concurrent-contest, "
       "machine-unlike-batches, votes-unlike-decisions\n"
       "election.json:17:86: this rule has no share\n"},

      {"an unknown column", &Files::units, "invalid,", "invalids,",
       "units.csv:1:56: no column is called \"invalids\": expected unit_id, level1 to level6 without a gap, name, "
       "kind, "
       "electors, ballots, valid, invalid, abstain\n"},
      {"a gap between levels", &Files::units, "level2", "level3",
       "units.csv:1:16: no column is called \"level3\": expected unit_id, level1 to level6 without a gap, name, kind, "
       "electors, ballots, valid, invalid, abstain\n"},
      {"a unit twice", &Files::units, "\n2,", "\n1,",
       "units.csv:3:1: unit \"1\" stands already in line 2\n"
       "counts.csv:4:1: the unit table has no unit \"2\"\n"
       "counts.csv:5:1: the unit table has no unit \"2\"\n"},
      {"a figure below nothing", &Files::units, "100,60,58,2", "100,60,58,-2",
       "units.csv:2:32: expected a whole number from 0 to 10000000, or nothing\n"},
      {"an absurd figure", &Files::units, "100,60", "10000001,60",
       "units.csv:2:22: expected a whole number from 0 to 10000000, or nothing\n"},
      {"a figure with a fraction", &Files::units, "100,60", "100.0,60",
       "units.csv:2:22: expected a whole number from 0 to 10000000, or nothing\n"},
      {"an area with a slash", &Files::units, "가,나,둘", "가,나/다,둘",
       "units.csv:3:5: the name of an area must not hold a '/'\n"},
      {"a unit without kind", &Files::units, "셋,overseas", "셋,",
       "units.csv:4:8: expected a kind of unit, such as polling-day\n"},
      {"an id like a path", &Files::units, "\n3,", "\n/3,",
       "units.csv:4:1: a unit id must not start with '/'\n"
       "counts.csv:6:1: the unit table has no unit \"3\"\n"
       "counts.csv:7:1: the unit table has no unit \"3\"\n"},
      {"a row too short, whose counts are not complained about", &Files::units, "2,가,나,둘,polling-day,80,50,50,0,30",
       "2,가", "units.csv:3:1: this row has 2 fields; the header has 10\n"},
      {"no units", &Files::units, "", "unit_id,name,kind\n", "units.csv: this table has no units\n"},

      {"an option twice", &Files::options, "C,b,", "C,a,",
       "options.csv:3:3: contest \"C\" has an option \"a\" already in line 2\n"},
      {"an option of no contest", &Files::options, "C,b,", "D,b,",
       "options.csv:3:1: election.json has no contest \"D\"\n"},
      {"an option without a name", &Files::options, ",Bob", ",", "options.csv:3:6: expected a name\n"},
      {"a contest without options", &Files::options, "", "contest_id,option_id,party,name\n",
       "options.csv: contest \"C\" has no options\n"},

      {"an unknown unit", &Files::counts, "3,C,b,0", "4,C,b,0", "counts.csv:7:1: the unit table has no unit \"4\"\n"},
      {"an unknown contest", &Files::counts, "3,C,b,0", "3,D,b,0",
       "counts.csv:7:3: election.json has no contest \"D\"\n"},
      {"an unknown option", &Files::counts, "3,C,b,0", "3,C,c,0",
       "counts.csv:7:5: contest \"C\" has no option \"c\" in the option table\n"},
      {"votes below nothing", &Files::counts, "1,C,a,30", "1,C,a,-30",
       "counts.csv:2:7: expected a whole number from 0 to 10000000\n"},
      {"absurd votes", &Files::counts, "1,C,a,30", "1,C,a,99999999999999999999",
       "counts.csv:2:7: expected a whole number from 0 to 10000000\n"},
      {"no votes at all", &Files::counts, "1,C,a,30", "1,C,a,",
       "counts.csv:2:7: expected a whole number from 0 to 10000000\n"},
      {"the same count twice", &Files::counts, "3,C,b,0", "1,C,a,30",
       "counts.csv:7:1: unit \"1\", contest \"C\", option \"a\" is counted already in line 2\n"
       "counts.csv:6:1: unit \"3\", contest \"C\": no count for option \"b\" (1 of 2 are there); write 0 where nobody "
       "voted for it\n"},
      {"figures without counts", &Files::counts, "1,C,a,30\n1,C,b,28\n", "",
       "units.csv:2:1: unit \"1\" has figures here and no counts in counts.csv\n"},
      {"a missing count", &Files::counts, "1,C,a,30\n", "",
       "counts.csv:2:1: unit \"1\", contest \"C\": no count for option \"a\" (1 of 2 are there); write 0 where nobody "
       "voted "
       "for it\n"},
  };
  for (const Case& c : kCases) {
    CAPTURE(c.what);
    Files files;
    files.*c.file = with(files.*c.file, c.passage, c.other);
    std::string found = outcome(files);
    CHECK(found == c.problems);
  }
}

TEST_CASE("one run finds what is wrong in all four files") {
  Files files;
  files.election = with(files.election, "2031-05-21", "May");
  files.units = with(files.units, "100,60", "many,60");
  files.options = with(files.options, "P,Ann", "P,");
  files.counts = with(files.counts, "1,C,a,30", "1,C,a,x");
  CHECK(outcome(files) ==
        "election.json:5:11: expected a date such as 2025-06-03\n"
        "units.csv:2:22: expected a whole number from 0 to 10000000, or nothing\n"
        "options.csv:2:7: expected a name\n"
        "counts.csv:2:7: expected a whole number from 0 to 10000000\n");
}

TEST_CASE("the first hundred problems are listed, the others counted") {
  Files files;
  for (int i = 0; i < 250; ++i) files.counts += "nowhere,C,a,1\n";
  std::string text = outcome(files);
  CHECK(text.ends_with("counts.csv:107:1: the unit table has no unit \"nowhere\"\nand 150 more\n"));
}

TEST_CASE("with several contests the figures of the unit table belong to nobody") {
  Files files;
  files.election = with(files.election, "\"seats\": 1}}", R"("seats": 1}},
    {"id": "D", "title": {"ko": "의회", "en": "Council"}, "votes_per_ballot": 1, "seats": {"method": "dhondt", "seats": 3}})");
  files.options += "D,x,,X\n";
  files.counts += "1,D,x,7\n";
  CHECK(
      outcome(files) ==
      "units.csv:2:1: with several contests nobody can say to which one \"ballots\" belongs: leave that column empty\n"
      "units.csv:2:1: with several contests nobody can say to which one \"valid\" belongs: leave that column empty\n"
      "units.csv:2:1: with several contests nobody can say to which one \"invalid\" belongs: leave that column empty\n"
      "units.csv:2:1: with several contests nobody can say to which one \"abstain\" belongs: leave that column "
      "empty\n");

  files.units = "unit_id,name,kind,electors\n1,하나,polling-day,100\n2,둘,polling-day,\n3,셋,overseas,9\n";
  SimDisk disk;
  put(disk, files);
  Problems problems;
  auto package = read_package(disk, "p", {}, problems);
  INFO(to_text(problems));
  REQUIRE(package.has_value());
  REQUIRE(package->sheets.size() == 4);  // of contest D only one unit's
  CHECK(package->sheets[1].contest == ContestId("D"));
  CHECK(package->sheets[0].electors == 100);
  CHECK(package->sheets[1].electors == 100);
}

TEST_CASE("abstentions that do not fit are taken in with a warning") {
  Files files;
  files.units = with(files.units, "100,60,58,2,40", "100,60,58,2,41");
  files.units = with(files.units, "80,50,50,0,30", "40,50,50,0,-10");
  SimDisk disk;
  put(disk, files);
  Problems problems;
  auto package = read_package(disk, "p", {}, problems);
  REQUIRE(package.has_value());
  CHECK(to_text(package->warnings) == "units.csv:2:1: unit \"1\": abstain is 41, electors - ballots is 40\n");
}

TEST_CASE("files: compressed, missing, twice, cut short, too large") {
  SimDisk disk;
  put(disk, Files{});
  REQUIRE(disk.remove("p/counts.csv").has_value());
  CHECK(outcome(disk) == "counts.csv: neither counts.csv nor counts.csv.gz is in p\n");
  Bytes packed = gzip(kCounts);
  put(disk, "p/counts.csv.gz", packed);
  CHECK(outcome(disk) == "good");
  put(disk, "p/counts.csv", kCounts);
  CHECK(outcome(disk) == "counts.csv: counts.csv.gz stands beside it: leave one of the two\n");
  REQUIRE(disk.remove("p/counts.csv").has_value());
  put(disk, "p/counts.csv.gz", BytesView(packed).substr(0, packed.size() - 9));
  CHECK(outcome(disk).starts_with("counts.csv.gz: "));
  put(disk, "p/counts.csv.gz", kCounts);
  CHECK(outcome(disk).starts_with("counts.csv.gz: "));
  REQUIRE(disk.remove("p/counts.csv.gz").has_value());
  put(disk, "p/counts.csv", packed);
  CHECK(outcome(disk) == "counts.csv: this is gzip: its name must end in .gz\n");

  put(disk, "p/zeros.csv.gz", gzip(Bytes(100'000, '0')));
  Problems problems;
  CHECK(read_table_file(disk, "p", "zeros.csv", problems, 100'000).has_value());
  CHECK(problems.empty());
  CHECK_FALSE(read_table_file(disk, "p", "zeros.csv", problems, 99'999).has_value());
  CHECK(problems.count() == 1);
}

TEST_CASE("a disk that says no is a problem, never a shorter table") {
  SimDisk files;
  put(files, Files{});
  for (int calls = 0;; ++calls) {
    RefusingDisk disk(files, calls);
    Problems problems;
    auto package = read_package(disk, "p", {}, problems);
    CHECK(package.has_value() == problems.empty());
    CHECK(package.has_value() == !disk.refused());
    if (package) {
      CHECK(calls == 11);  // is it there: 1 + 3 x 2; open: 4
      return;
    }
  }
}

TEST_CASE("election.json beside the tables, else in the fallbacks") {
  SimDisk disk;
  put(disk, Files{});
  REQUIRE(disk.remove("p/election.json").has_value());
  std::vector<std::string> fallbacks = {"elsewhere", "examples"};
  CHECK(outcome(disk, fallbacks)
            .starts_with("election.json: there is none in p, nor in elsewhere/p, nor in examples/p\n"));
  REQUIRE(disk.make_directories("examples/p").has_value());
  put(disk, "examples/p/election.json", kElection);
  CHECK(outcome(disk, fallbacks) == "good");
  Problems problems;
  CHECK(read_package(disk, "p/", fallbacks, problems).has_value());
  CHECK(problems.empty());
  put(disk, "p/election.json", "[]");  // the one beside the tables is the one that is read
  CHECK(outcome(disk, fallbacks).starts_with("election.json:1:1: expected an object\n"));
}

}  // namespace scrutineer
