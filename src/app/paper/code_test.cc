#include "app/paper/code.h"

#include <doctest/doctest.h>

#include "core/crypto/hash.h"

using namespace scrutineer;

namespace {

const std::string kElection(16, 'e');
const std::string kHash(32, '0');

}  // namespace

TEST_CASE("what a code says is read back") {
  for (PaperKind kind : {PaperKind::sheet, PaperKind::blank, PaperKind::units, PaperKind::summary}) {
    PaperCode code{kind, kElection, paper_token("11-0305 사직동"), paper_token("PRES"), kHash, {}};
    if (kind >= PaperKind::units) code.as_of = 44'391;
    auto again = parse_paper_code(to_text(code));
    REQUIRE(again.has_value());
    CHECK(*again == code);
  }
  PaperCode code{PaperKind::sheet, paper_prefix(RecordId{sha256("e")}), "a1", "mayor", paper_hash(sha256("r")), {}};
  CHECK(to_text(code) == "SCRUTINEER/1 sheet 3f79bb7b435b0532 a1 mayor 454349e422f05297191ead13e21d3db5");
}

TEST_CASE("identifiers in a code") {
  CHECK(paper_token("1101-03.A_b") == "1101-03.A_b");
  CHECK(paper_token("/north/town") == "/north/town");
  CHECK(paper_token("a b~%") == "a%20b%7E%25");
  CHECK(paper_token("동") == "%EB%8F%99");
  // Long ones are named by their hash, which no short one can look like.
  CHECK(paper_token(std::string(48, 'x')) == std::string(48, 'x'));
  CHECK(paper_token(std::string(49, 'x')) == "~" + to_hex(sha256(std::string(49, 'x'))).substr(0, 16));
}

TEST_CASE("what is no code of ours") {
  const std::string end = " " + kElection + " a1 mayor " + kHash;
  struct Row {
    std::string text, verdict;
  };
  const Row rows[] = {
      {"SCRUTINEER/1 sheet" + end, "good"},
      {"SCRUTINEER/1 units" + end + " 7", "good"},
      {"SCRUTINEER/2 sheet" + end, "unsupported"},
      {"https://example.org/", "malformed"},
      {"", "malformed"},
      {"SCRUTINEER/1 ", "malformed"},
      {"SCRUTINEER/1 ballot" + end, "malformed"},
      {"SCRUTINEER/1 sheet" + end + " 7", "malformed"},
      {"SCRUTINEER/1 units" + end, "malformed"},
      {"SCRUTINEER/1 units" + end + " 07", "malformed"},
      {"SCRUTINEER/1 units" + end + " 7 8", "malformed"},
      {"SCRUTINEER/1 sheet" + end + " ", "malformed"},
      {"SCRUTINEER/1  sheet" + end, "malformed"},
      {"SCRUTINEER/1 sheet " + kElection + " a1  mayor " + kHash, "malformed"},
      {"SCRUTINEER/1 sheet " + kElection + " a~1 mayor " + kHash, "malformed"},
      {"SCRUTINEER/1 sheet " + kElection + " ~12 mayor " + kHash, "malformed"},
      {"SCRUTINEER/1 sheet " + kElection + " a1 mayor " + kHash + "0", "malformed"},
      {"SCRUTINEER/1 sheet " + kElection + "e a1 mayor " + kHash, "malformed"},
      {"SCRUTINEER/1 sheet " + kElection + " a1 mayor " + std::string(32, 'F'), "malformed"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    auto code = parse_paper_code(row.text);
    CHECK((code ? "good" : std::string(error_code_name(code.error().code))) == row.verdict);
  }
}
