// The trust directory's own files: roots and election.
#include "core/authority/trust.h"

#include <doctest/doctest.h>

#include "tests/support/world.h"

using namespace scrutineer;
using scrutineer::testing::Signatory;

namespace {

const std::string kOne = to_string(Signatory("root-1").key) + "\n";
const std::string kTwo = to_string(Signatory("root-2").key) + "\n";

}  // namespace

TEST_CASE("trust: roots, a key a line, with a threshold") {
  struct Case {
    std::string what;
    std::string text;
    std::size_t keys, threshold;
  };
  const Case good[] = {
      {"one key", kOne, 1, 1},
      {"no line feed at the end", kOne.substr(0, kOne.size() - 1), 1, 1},
      {"two of two", "threshold 2\n" + kOne + kTwo, 2, 2},
      {"the threshold last, comments, empty lines", "# ours\n\n" + kOne + "\n" + kTwo + "threshold 2\n", 2, 2},
      {"P-256", to_string(Signatory("p256-root").key) + "\n", 1, 1},
  };
  for (const Case& c : good) {
    CAPTURE(c.what);
    auto roots = parse_roots(c.text);
    REQUIRE(roots.has_value());
    CHECK(roots->keys.size() == c.keys);
    CHECK(roots->threshold == c.threshold);
    CHECK(to_text(parse_roots(to_text(*roots)).value()) == to_text(*roots));
  }
  const std::string bad[] = {
      "",
      "# nothing\n",
      "threshold 1\n",
      "threshold 0\n" + kOne,
      "threshold 2\n" + kOne,
      "threshold 1\nthreshold 1\n" + kOne,
      "threshold -1\n" + kOne,
      "threshold 1x\n" + kOne,
      "Threshold 1\n" + kOne,
      kOne + kOne,
      kOne + to_string(Signatory("other-name~root-1").key) + "\n",  // the same key under another name
      " " + kOne,
      kOne.substr(0, kOne.size() - 1) + "\r\n",
      "not a key\n",
  };
  for (const std::string& text : bad) {
    CAPTURE(text);
    CHECK_FALSE(parse_roots(text).has_value());
  }
}

TEST_CASE("trust: a witness's key is no root") {
  PublicKey key{KeyType::cosignature_ed25519, Signatory("w").key.key.bytes};
  CHECK_FALSE(parse_roots(to_string(VerifierKey{"w", key_id("w", key), key}) + "\n").has_value());
}

TEST_CASE("trust: the election's file is one record id") {
  const std::string hex(64, 'a');
  CHECK(parse_election_file(hex + "\n").has_value());
  CHECK(parse_election_file(hex).has_value());
  for (std::string bad :
       {std::string(), hex + "\n\n", hex + " ", " " + hex, std::string(64, 'A'), hex + "a", hex.substr(1)})
    CHECK_FALSE(parse_election_file(bad).has_value());
}
