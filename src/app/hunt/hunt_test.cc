#include "app/hunt/hunt.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "core/codec/gzip.h"
#include "core/codec/zstd.h"
#include "core/crypto/hash.h"

using namespace scrutineer;
using namespace scrutineer::hunt;

namespace {

namespace fs = std::filesystem;

// A directory that goes with its test.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("scrutineer-hunt-" + std::to_string(::getpid()));
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  std::string put(const std::string& name, std::string_view bytes) {
    fs::create_directories((path / name).parent_path());
    std::ofstream(path / name, std::ios::binary) << bytes;
    return (path / name).string();
  }
};

HuntReport search(const Folder& folder, const std::string& list, std::size_t threads = 1) {
  auto report = scrutineer::hunt::hunt({{{"list", list}}, {folder.path.string()}, false, threads});
  if (!report) FAIL(to_string(report.error()));
  return std::move(*report);
}

}  // namespace

TEST_CASE("hunt: one answer, however many threads, over plain and packed files") {
  Folder folder;
  std::string log;
  for (int i = 0; i < 20'000; ++i) log += i % 100 == 7 ? "to evil.example\n" : "to good.example from 192.0.2.1\n";
  for (int i = 0; i < 6; ++i) folder.put("d" + std::to_string(i) + "/plain.log", log);
  folder.put("a.gz", gzip(log));
  folder.put("b.zst", zstd_compress(log));
  const std::string list = "evil.example\n192.0.2.0/30\n";
  HuntReport one = search(folder, list);
  CHECK(one.complete());
  REQUIRE(one.findings.size() == 2);
  CHECK(one.findings[0].count == 8 * 19'800);
  CHECK(one.findings[1].count == 8 * 200);
  CHECK(one.findings[1].places.size() == limits::kHuntPlaces);
  CHECK(one.inputs[0].packing == "gzip");
  CHECK(one.inputs[1].packing == "zstd");
  for (const ReportInput& input : one.inputs) CHECK(input.lines == 20'000);
  CHECK(to_json(one) == to_json(search(folder, list, 4)));
}

TEST_CASE("hunt: nothing found is clean only where all was searched") {
  Folder folder;
  folder.put("log", "good.example\n");
  HuntReport clean = search(folder, "evil.example\n");
  CHECK_FALSE(clean.found());
  CHECK(clean.complete());
  HuntReport unclear = search(folder, "evil.example\nwhat is this\n");
  CHECK_FALSE(unclear.found());
  CHECK_FALSE(unclear.complete());
  fs::create_symlink("log", folder.path / "link");
  HuntReport linked = search(folder, "evil.example\n");
  CHECK_FALSE(linked.complete());
  REQUIRE(linked.not_searched.count() == 1);
  CHECK(linked.not_searched.listed()[0].why == Why::link);
  CHECK(linked.inputs.size() == 1);
}

TEST_CASE("hunt: a file whose own hash is looked for, packed or not") {
  Folder folder;
  const std::string packed = gzip("attachment");
  folder.put("x", "attachment");
  folder.put("y.gz", packed);
  // Of "attachment", as sha256sum says; and whatever the packed one has.
  HuntReport report = search(
      folder, to_hex(Sha256().update("attachment").finish()) + "\n" + to_hex(Sha256().update(packed).finish()) + "\n");
  REQUIRE(report.findings.size() == 2);
  for (const Finding& finding : report.findings) {
    REQUIRE(finding.places.size() == 1);
    CHECK(finding.places[0].whole_file);
  }
}

TEST_CASE("hunt: nothing to look for, nowhere to look, and what is not there") {
  Folder folder;
  auto code = [&](std::string list, std::vector<std::string> inputs) {
    auto report = scrutineer::hunt::hunt({{{"list", std::move(list)}}, std::move(inputs), false, 1});
    REQUIRE_FALSE(report.has_value());
    return report.error().code;
  };
  CHECK(code("# nothing\n", {folder.path.string()}) == ErrorCode::invalid_argument);
  CHECK(code("evil.example\n", {}) == ErrorCode::invalid_argument);
  CHECK(code("evil.example\n", {folder.path.string() + "/absent"}) == ErrorCode::not_found);
  CHECK(code("{\"type\":", {folder.path.string()}) == ErrorCode::malformed);
}

TEST_CASE("hunt: progress ends with all of the bytes") {
  Folder folder;
  folder.put("a", std::string(3'000'000, 'x'));
  folder.put("b", "evil.example");
  std::uint64_t done = 0, total = 0;
  auto report = scrutineer::hunt::hunt({{{"list", "evil.example\n"}}, {folder.path.string()}, false, 1},
                                       [&](std::uint64_t d, std::uint64_t t) { done = d, total = t; });
  REQUIRE(report.has_value());
  CHECK(done == 3'000'012);
  CHECK(total == done);
}
