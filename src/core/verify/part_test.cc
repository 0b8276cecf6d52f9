// Parts of a split verification: written and read as the same; refused where they do not belong together.
#include <doctest/doctest.h>

#include "tests/support/bundle.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

constexpr std::string_view kNight = R"(
  G-pub: grant pub publisher / * by root-1 root-2
  G-clerk: grant clerk clerk / * by root-1 root-2
  A1: sheet a1 mayor A=10 B=5 C=1 by clerk stranger
  B1: sheet b1 mayor A=1 B=1 C=0 by clerk
)";

Part some_part() {
  Part part;
  part.report.count(CheckId::files, 3);
  part.report.fail(CheckId::files, "a/b", "wrong");
  part.report.add({CheckId::claimed_values, Severity::notice, "x", "field", "1", "2", "differs"});
  part.verdicts = {{7, "no record", {}}, {9, "", {{0, true}, {2, false}}}};
  part.proofs = {{"proof/1.tlog-proof", 4}};
  return part;
}

std::unique_ptr<Plan> open(Bundle& bundle) {
  return Plan::open(bundle.source, parse_trust(bundle.trust).value()).value();
}

ReadPart part_of(Plan& plan, std::uint64_t first, std::uint64_t end) {
  Part part;
  for (std::uint64_t file = first; file < end; ++file) plan.check(file, part);
  PartHeader header{plan.manifest_hash(), plan.trust().digest, first, end, plan.files()};
  return read_part(write_part(header, part)).value();
}

}  // namespace

TEST_CASE("part: written and read") {
  Part part = some_part();
  PartHeader header{BlobHash{*hash_from_hex(std::string(64, '1'))}, *hash_from_hex(std::string(64, '2')), 3, 5, 9};
  std::string json = write_part(header, part);
  auto read = read_part(json);
  REQUIRE(read.has_value());
  CHECK(read->header == header);
  CHECK(read->part.verdicts == part.verdicts);
  CHECK(read->part.proofs == part.proofs);
  CHECK(read->part.report.findings() == part.report.findings());
  CHECK(read->part.report[CheckId::files].failures == 1);
  CHECK(write_part(read->header, read->part) == json);
}

TEST_CASE("part: what is not exactly a part is refused") {
  const std::string good = write_part({}, some_part());
  struct Case {
    std::string what;
    std::string from, to;
  };
  const Case cases[] = {
      {"another format", "verification-part/1", "verification-part/2"},
      {"a count missing", "[3,1,0]", "[3,1]"},
      {"a count that is no number", "[3,1,0]", "[3,\"1\",0]"},
      {"a count that is no list", "[3,1,0]", "7"},
      {"a negative count", "[3,1,0]", "[3,-1,0]"},
      {"a count made to overflow", "[3,1,0]", "[9007199254740991,1,0]"},
      {"a check left out", "[0,0,0],", ""},
      {"a failure that is listed and not counted", "[3,1,0]", "[3,0,0]"},
      {"an unknown check", "\"check\":\"files\"", "\"check\":\"filet\""},
      {"an unknown severity", "\"severity\":\"failure\"", "\"severity\":\"fine\""},
      {"a negative position", "\"position\":7", "\"position\":-7"},
      {"a signature beyond any note", "\"signature\":2", "\"signature\":17"},
      {"no proofs", "\"proofs\"", "\"proof\""},
      {"an index that is no number", "\"index\":4", "\"index\":null"},
      {"a manifest of the wrong length", "\"manifest\":\"0", "\"manifest\":\""},
      {"text behind it", "\n", "\n{}"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    std::string text = good;
    std::size_t at = std::string_view(c.what) == "text behind it" ? text.rfind(c.from) : text.find(c.from);
    REQUIRE(at != text.npos);
    text.replace(at, c.from.size(), c.to);
    CHECK_FALSE(read_part(text).has_value());
  }
  for (const char* text : {"", "{}", "[]", "null", "{\"format\":\"scrutineer/verification-part/1\"}"})
    CHECK_FALSE(read_part(text).has_value());
}

TEST_CASE("part: shards cover every file once") {
  for (std::uint64_t files : {0u, 1u, 5u, 100u, 101u}) {
    for (std::uint64_t shards : {1u, 2u, 3u, 7u, 200u}) {
      std::uint64_t covered = 0;
      for (std::uint64_t shard = 1; shard <= shards; ++shard) {
        auto [first, end] = shard_range(files, shard, shards);
        CHECK(first == covered);
        CHECK(end >= first);
        covered = end;
      }
      CHECK(covered == files);
    }
  }
}

TEST_CASE("part: merged in any order they give the report of one verification, to the byte") {
  Script script;
  script.run(kNight);
  Bundle bundle = publish(script);
  bundle.source.files["claims/seats.json"] += " ";
  std::string whole = bundle.verify().to_json();
  auto plan = open(bundle);
  std::uint64_t files = plan->files();
  for (std::uint64_t shards : {1u, 2u, 5u}) {
    auto merging = open(bundle);
    std::vector<ReadPart> parts;
    for (std::uint64_t shard = shards; shard >= 1; --shard) {
      auto one = open(bundle);
      auto [first, end] = shard_range(files, shard, shards);
      parts.push_back(part_of(*one, first, end));
    }
    auto merged = merge_parts(*merging, std::move(parts));
    REQUIRE(merged.has_value());
    CHECK(conclude(*merging, std::move(*merged)).to_json() == whole);
  }
}

TEST_CASE("part: what does not belong together is refused") {
  Script script, other_script;
  script.run(kNight);
  other_script.run(kNight);
  other_script.run("Z: sheet s1 mayor A=1 B=1 C=1 by clerk");
  Bundle bundle = publish(script), other = publish(other_script);
  auto plan = open(bundle);
  std::uint64_t files = plan->files();
  Bundle seen = bundle;
  seen.trust.seen = {{"old", seen.source.files["checkpoint"]}};
  auto elsewhere = open(other), with_seen = open(seen);

  auto refused = [&](std::vector<ReadPart> parts, std::string_view says) {
    auto merged = merge_parts(*plan, std::move(parts));
    REQUIRE_FALSE(merged.has_value());
    CAPTURE(merged.error().message);
    CHECK(merged.error().message.find(says) != std::string::npos);
  };
  ReadPart low = part_of(*plan, 0, 3), high = part_of(*plan, 3, files);
  CHECK(merge_parts(*plan, {high, low}).has_value());
  refused({}, "is missing");
  refused({low}, "is missing");
  refused({high}, "is missing");
  refused({low, high, high}, "overlap");
  refused({low, part_of(*plan, 2, files)}, "overlap");
  refused({part_of(*plan, 0, 2), high}, "is missing");
  refused({low, part_of(*elsewhere, 3, elsewhere->files())}, "another bundle");
  refused({low, part_of(*with_seen, 3, files)}, "another trust");
  ReadPart beyond = high;
  beyond.header.end = files + 1;
  refused({low, beyond}, "does not have");
  ReadPart backwards = high;
  backwards.header.first = files, backwards.header.end = 3;
  refused({low, backwards}, "does not have");
  ReadPart other_count = high;
  other_count.header.files = files + 1;
  refused({low, other_count}, "another bundle");
}

TEST_CASE("part: a verification that did not look at every file is not good") {
  Script script;
  script.run(kNight);
  Bundle bundle = publish(script);
  auto plan = open(bundle);
  Part part;
  for (std::size_t file = 0; file + 1 < plan->files(); ++file) plan->check(file, part);
  CHECK_FALSE(conclude(*plan, std::move(part)).good());
}
