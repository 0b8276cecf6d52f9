// A batch directory in memory: what is said of it fits together, and a directory that does not is refused.
#include "app/ballots/service.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "app/disk/sim_disk.h"
#include "core/crypto/hash.h"

using namespace scrutineer;

namespace {

BallotId id_of(std::size_t i) {
  return BallotId(to_hex(sha256(std::to_string(i))).substr(0, 32));
}

void put(Disk& disk, const std::string& path, std::string_view text) {
  REQUIRE(disk.make_directories(directory_of(path)).has_value());
  REQUIRE(write_file(disk, path, text, Durability::cached).has_value());
}

// `sheets` papers: every tenth for people, the others for A and B in turn; the last is torn.
void put_batch(Disk& disk, const std::string& directory, std::size_t sheets, std::int64_t stated = -1) {
  BatchInfo info;
  info.unit = UnitId("a1");
  info.device = "sorter-1";
  info.contests = {{ContestId("mayor"), 1, {OptionId("A"), OptionId("B")}}};
  info.software = "scrutineer test";
  info.sheets = stated < 0 ? static_cast<std::int64_t>(sheets) : stated;
  put(disk, directory + "/batch.json", batch_info_json(info));
  put(disk, directory + "/secret.json", batch_secret_json({sha256(directory)}));
  std::vector<std::pair<std::string, std::string>> lines;
  for (std::size_t i = 0; i < sheets; ++i) {
    BallotLine line;
    line.id = id_of(i);
    line.image = sha256("image");
    if (i + 1 == sheets) {
      line.reading.defect = SheetDefect::torn;
    } else {
      const std::string masked = "masked " + line.id.value();
      line.masked = sha256(masked);
      put(disk, directory + "/masked/" + line.id.value() + ".png", masked);
      if (i % 10 == 0)
        line.reading.contests = {{0, Decision::recheck, {}, {MarkClass::light}, 0}};
      else
        line.reading.contests = {{0, Decision::counted, {static_cast<std::uint16_t>(i % 2)}, {}, 900}};
    }
    lines.emplace_back(line.id.value(), ballot_line_json(line));
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const auto& [id, line] : lines) text += line + "\n";
  put(disk, directory + "/readings.jsonl", text);
}

}  // namespace

TEST_CASE("ballots: a batch's record, its list, the proof of every ballot and an order's pack fit together") {
  SimDisk disk;
  put_batch(disk, "b", 121);
  auto batch = read_batch(disk, "b", WithSecret::yes);
  REQUIRE(batch.has_value());
  auto record = make_batch_record(*batch, PublishVotes::yes);
  REQUIRE(record.has_value());
  const BallotBatch& body = record->body;
  CHECK(body.sheets == 121);
  CHECK(body.rejected == 1);
  CHECK(body.contests[0].decided == 108);
  CHECK(body.contests[0].recheck == 12);
  CHECK(body.contests[0].votes == OptionVotes{{OptionId("A"), 48}, {OptionId("B"), 60}});
  CHECK(BallotTree(parse_ballots_manifest(record->manifest).value()).root().hash == body.ballots);
  CHECK(blob_hash(record->manifest) == body.manifest.sha256);
  CHECK_FALSE(make_batch_record(*batch, PublishVotes::no)->body.contests[0].votes.has_value());

  const RecordId id{sha256("record")};
  const CommittedBatch committed = commit_batch(*batch).value();
  for (std::size_t i = 0; i < 121; i += 7) {
    auto proof = prove_ballot(*batch, committed, id, body, id_of(i));
    REQUIRE(proof.has_value());
    CHECK(verify_ballot_proof(*proof, NodeHash{body.ballots}, 121).has_value());
  }
  CHECK(prove_ballot(*batch, committed, id, body, id_of(5'000)).error().code == ErrorCode::not_found);

  auto leaf = [&](std::size_t i) { return committed.tree.leaves()[committed.place.at(id_of(i).value())]; };
  ReleaseOrder order{id, {leaf(3), leaf(10)}, "court", "recount"};
  auto pack = make_release(disk, *batch, id, body, order);
  REQUIRE(pack.has_value());
  CHECK(check_ballot_pack(*pack, order, body).empty());
  struct Case {
    std::string what;
    ReleaseOrder order;
    BallotBatch body;
    ErrorCode code;
  };
  BallotBatch few = body;
  few.sheets = 99;
  const Case cases[] = {
      {"another batch", {RecordId{sha256("other")}, {leaf(3)}, "court", "x"}, body, ErrorCode::unauthorised},
      {"a batch of few papers", order, few, ErrorCode::unauthorised},
      {"no ballot of it", {id, {LeafHash{sha256("x")}}, "court", "x"}, body, ErrorCode::not_found},
      {"one that was not read and so not masked", {id, {leaf(120)}, "court", "x"}, body, ErrorCode::not_found},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    auto refused = make_release(disk, *batch, id, c.body, c.order);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == c.code);
  }
  put(disk, "b/masked/" + id_of(3).value() + ".png", "another picture");
  CHECK(make_release(disk, *batch, id, body, order).error().code == ErrorCode::conflict);
}

TEST_CASE("ballots: re-check rates by machine, and by option once people have decided") {
  SimDisk disk;
  put_batch(disk, "b", 121);
  std::string outcomes;
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < 120; i += 10)
    lines.push_back(ballot_outcome_json({id_of(i), {{0, Decision::counted, {0}, OutcomeHow::agreed}}}));
  std::sort(lines.begin(), lines.end());
  for (const std::string& line : lines) outcomes += line + "\n";
  put(disk, "b/decisions/outcome.jsonl", outcomes);
  const std::vector<BatchFiles> batches{read_batch(disk, "b", WithSecret::no).value()};
  const auto machines = recheck_by_machine(batches);
  REQUIRE(machines.size() == 1);
  CHECK(machines[0].rechecked.k == 13);  // twelve doubtful ones and a torn one
  CHECK(machines[0].rechecked.n == 121);
  const auto options = recheck_by_option(batches, ContestId("mayor"));
  REQUIRE(options.size() == 2);
  for (const RecheckRow& row : options) {
    CHECK(row.rechecked.k == (row.name == "A" ? 12 : 0));
    CHECK(row.rechecked.n == 60);
  }
  CHECK(recheck_by_option(batches, ContestId("council")).empty());
  CHECK(decided_counts(batches[0])->contests[0].recheck == 1);
}

TEST_CASE("ballots: a directory that does not fit together is refused") {
  struct Case {
    std::string what;
    std::function<void(Disk&)> change;
    ErrorCode code;
  };
  const Case cases[] = {
      {"as it is", [](Disk&) {}, ErrorCode::io_error},
      {"batch.json counts another picture", [](Disk& disk) { put_batch(disk, "b", 12, 13); }, ErrorCode::conflict},
      {"no readings", [](Disk& disk) { CHECK(disk.remove("b/readings.jsonl").has_value()); }, ErrorCode::not_found},
      {"no secret", [](Disk& disk) { CHECK(disk.remove("b/secret.json").has_value()); }, ErrorCode::not_found},
      {"a decision about no paper",
       [](Disk& disk) {
         put(disk, "b/decisions/outcome.jsonl",
             ballot_outcome_json({id_of(99), {{0, Decision::invalid, {}, OutcomeHow::agreed}}}) + "\n");
       },
       ErrorCode::conflict},
      {"a decision for nobody",
       [](Disk& disk) {
         put(disk, "b/decisions/outcome.jsonl",
             ballot_outcome_json({id_of(0), {{0, Decision::counted, {7}, OutcomeHow::agreed}}}) + "\n");
       },
       ErrorCode::malformed},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    SimDisk disk;
    put_batch(disk, "b", 12);
    c.change(disk);
    auto batch = read_batch(disk, "b", WithSecret::yes);
    CHECK(batch.has_value() == (c.code == ErrorCode::io_error));
    if (!batch) CHECK(batch.error().code == c.code);
  }
}
