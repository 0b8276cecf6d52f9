#include "core/notice/evidence.h"

#include <doctest/doctest.h>

#include "core/crypto/hash.h"

using namespace scrutineer;

namespace {

std::vector<EvidenceFile> views(const std::vector<EvidenceBytes>& files) {
  std::vector<EvidenceFile> all;
  for (const EvidenceBytes& file : files) all.push_back({file.path, file.bytes});
  return all;
}

std::vector<EvidenceBytes> sample() {
  Evidence evidence;
  evidence.logs.push_back({"notifier.example/log", {"one", "", "three"}, {"checkpoint"}});
  evidence.logs.push_back({"relay.example/log", {}, {}});
  evidence.ciphertexts = {"sealed b", "sealed a"};
  evidence.plaintexts = {"opened"};
  evidence.disclosures = {"WyJz", "WyJh"};
  return write_evidence(evidence);
}

}  // namespace

TEST_CASE("evidence is read back as it was written") {
  const auto files = sample();
  auto read = read_evidence(views(files));
  REQUIRE_MESSAGE(read.has_value(), (read ? "" : to_string(read.error())));
  REQUIRE(read->logs.size() == 2);
  CHECK(read->logs[0].origin == "notifier.example/log");
  CHECK(read->logs[0].entries == std::vector<BytesView>{"one", "", "three"});
  CHECK(read->logs[0].checkpoints == std::vector<BytesView>{"checkpoint"});
  CHECK(read->logs[1].entries.empty());
  CHECK(read->ciphertexts.size() == 2);
  CHECK(read->plaintexts == std::vector<BytesView>{"opened"});
  CHECK(read->disclosures == std::vector<std::string_view>{"WyJh", "WyJz"});
  const auto again = write_evidence(*read);
  REQUIRE(again.size() == files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    CHECK(again[i].path == files[i].path);
    CHECK(again[i].bytes == files[i].bytes);
  }
}

TEST_CASE("evidence that is refused, and why") {
  struct Row {
    const char* path;
    std::string bytes;
    ErrorCode code;
    const char* why;
  };
  const std::string hash = to_hex(sha256("x"));
  const Row rows[] = {
      {"notes.txt", "x", ErrorCode::malformed, "a file that nobody knows"},
      {"logs/2/entries", "", ErrorCode::malformed, "a log without its name"},
      {"logs/7/origin", "a\n", ErrorCode::malformed, "a gap"},
      {"logs/999/origin", "a\n", ErrorCode::limit_exceeded, "too many logs"},
      {"logs/02/origin", "a\n", ErrorCode::malformed, "a number that is spelt otherwise"},
      {"logs/0/extra", "a\n", ErrorCode::malformed, "a log with a fourth file"},
      {"sealed/abc", "x", ErrorCode::malformed, "not a hash"},
      {"sealed/../../etc/passwd", "x", ErrorCode::malformed, "a path that leads out"},
      {"logs/0/entries", "\x00\x05one", ErrorCode::malformed, "given twice"},
      {"opened/0000000000000000000000000000000000000000000000000000000000000000", "x", ErrorCode::corrupt,
       "contents under another name"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    auto files = sample();
    files.push_back({row.path, row.bytes});
    auto read = read_evidence(views(files));
    REQUIRE(!read);
    CHECK(read.error().code == row.code);
    CHECK(read.error().where.starts_with("logs/") == std::string_view(row.path).starts_with("logs/"));
  }
}

TEST_CASE("files of a log that are cut short are refused at every byte") {
  const Bytes entries = Bytes("\x00\x03one\x00\x02me", 9);
  for (std::size_t size = 0; size <= entries.size(); ++size) {
    const std::vector<EvidenceFile> files = {
        {"logs/0/origin", "a\n"}, {"logs/0/entries", BytesView(entries).substr(0, size)}, {"logs/0/checkpoints", ""}};
    CAPTURE(size);
    CHECK(read_evidence(files).has_value() == (size == 0 || size == 5 || size == 9));
  }
  const Bytes huge = Bytes("\xff\xff\xff\xff", 4);
  const std::vector<EvidenceFile> files = {
      {"logs/0/origin", "a\n"}, {"logs/0/entries", ""}, {"logs/0/checkpoints", huge}};
  CHECK(read_evidence(files).error().code == ErrorCode::limit_exceeded);
  for (const char* origin : {"", "\n", "a", "a b\n", "a\nb\n"})
    CHECK(!read_evidence({{"logs/0/origin", origin}, {"logs/0/entries", ""}, {"logs/0/checkpoints", ""}}));
  for (const char* lines : {"abc", "\n", "a\n\nb\n"}) CHECK(!read_evidence({{"disclosures", lines}}));
}
