// The manifest's grammar and the paths that a bundle may name.
#include "core/verify/manifest.h"

#include <doctest/doctest.h>

#include "core/base/limits.h"

using namespace scrutineer;

namespace {

const std::string kHash(64, 'a');
const std::string kHead = "scrutineer/manifest/1\nelection " + std::string(64, 'e') + "\n";

std::string line(const std::string& path, const std::string& size = "12") {
  return kHash + " " + size + " " + path + "\n";
}

}  // namespace

TEST_CASE("manifest: paths stay inside the bundle") {
  struct Case {
    std::string path;
    bool good;
  };
  const Case cases[] = {
      {"checkpoint", true},
      {"tile/entries/x001/234.p/7", true},
      {"claims/results-1.csv", true},
      {"a/b/c", true},
      {"...", true},
      {".hidden/_x-Y.9", true},
      {"", false},
      {"/", false},
      {"/etc/passwd", false},
      {"a/", false},
      {"a//b", false},
      {".", false},
      {"..", false},
      {"../x", false},
      {"a/../../x", false},
      {"a/./b", false},
      {"a/..", false},
      {"a\\..\\b", false},
      {"C:x", false},
      {"a b", false},
      {"a\nb", false},
      {std::string("a\0b", 3), false},
      {"한국", false},
      {"%2e%2e/x", false},
      {"~root", false},
      {"a?b", false},
      {"a#b", false},
      {std::string(limits::kPathBytes, 'a'), true},
      {std::string(limits::kPathBytes + 1, 'a'), false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.path);
    CHECK(is_bundle_path(c.path) == c.good);
    CHECK(parse_manifest_text(kHead + line(c.path)).has_value() == c.good);
  }
}

TEST_CASE("manifest: read and written as the same bytes") {
  std::string text = kHead + line("a", "0") + line("b/c", "18446744073709551615") + line("b0");
  auto manifest = parse_manifest_text(text);
  REQUIRE(manifest.has_value());
  CHECK(to_text(*manifest) == text);
  REQUIRE(manifest->find("b/c"));
  CHECK(manifest->find("b/c")->size == 18446744073709551615u);
  CHECK(manifest->find("b") == nullptr);
  CHECK(manifest->find("c") == nullptr);
  CHECK(manifest->find("") == nullptr);
  CHECK(parse_manifest_text(kHead)->files.empty());
}

TEST_CASE("manifest: what is refused, and where") {
  struct Case {
    std::string what;
    std::string text, where;
  };
  const Case cases[] = {
      {"nothing", "", "line 1"},
      {"another version", "scrutineer/manifest/2\n", "line 1"},
      {"no election", "scrutineer/manifest/1\n", "line 2"},
      {"an election of capitals", "scrutineer/manifest/1\nelection " + std::string(64, 'E') + "\n", "line 2"},
      {"no line feed at the end", kHead + kHash + " 12 a", "line 1"},
      {"an empty line", kHead + line("a") + "\n" + line("b"), "line 4"},
      {"a file twice", kHead + line("a") + line("a"), "line 4"},
      {"not sorted", kHead + line("b") + line("a"), "line 4"},
      {"sorted by letters, not bytes", kHead + line("a") + line("B"), "line 4"},
      {"the manifest itself", kHead + line("manifest"), "line 3"},
      {"a hash too short", kHead + kHash.substr(1) + " 12 a\n", "line 3"},
      {"two spaces", kHead + kHash + "  12 a\n", "line 3"},
      {"a size with a sign", kHead + line("a", "+12"), "line 3"},
      {"a size with a zero in front", kHead + line("a", "012"), "line 3"},
      {"a size beyond 64 bits", kHead + line("a", "18446744073709551616"), "line 3"},
      {"no size", kHead + kHash + " a\n", "line 3"},
      {"a space behind", kHead + kHash + " 12 a \n", "line 3"},
      {"CR LF", kHead + kHash + " 12 a\r\n", "line 3"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    auto manifest = parse_manifest_text(c.text);
    REQUIRE_FALSE(manifest.has_value());
    CHECK(manifest.error().where == c.where);
  }
}

TEST_CASE("manifest: paths of blobs and proofs") {
  BlobHash hash{*hash_from_hex("abcd" + std::string(60, '0'))};
  CHECK(blob_path(hash) == "blob/ab/cd/abcd" + std::string(60, '0'));
  CHECK(proof_path(7, 0) == "proof/7.tlog-proof");
  CHECK(proof_path(7, 1) == "proof/7-2.tlog-proof");
  CHECK(is_bundle_path(blob_path(hash)));
}
