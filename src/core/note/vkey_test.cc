#include "core/note/vkey.h"

#include <doctest/doctest.h>

#include "core/base/limits.h"
#include "core/crypto/hash.h"

using namespace scrutineer;
using namespace std::string_literals;

namespace {

// The key of the log in formats.md (an independent implementation), of Go's sumdb/note, and of a public log that
// signs with P-256.
const std::string kAnchor = "anchor.example/elections/2026+e3565f7d+AZ/cc4KzeuhR0Uj82r/yM/bXR/IrpYyK5Bekl3BwcTan";
const std::string kPeter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const std::string kRekor =
    "rekor.sigstore.dev+c0d23d6a+"
    "AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBcK5AW5i0hrZLOC96l+smGNM7nwZ4QvFK/4sueRoVj//"
    "QP22Ni4Qt9DPfkWLc=";

std::string with_type(char type, std::string_view key) {
  return to_base64(type + std::string(key));
}

}  // namespace

TEST_CASE("vkey: keys of other implementations, there and back") {
  for (const std::string& text : {kAnchor, kPeter, kRekor}) {
    CAPTURE(text);
    auto key = parse_vkey(text);
    REQUIRE(key.has_value());
    CHECK(to_string(*key) == text);
    CHECK(make_vkey(key->name, key->key).value() == *key);
  }
  CHECK(parse_vkey(kAnchor)->name == "anchor.example/elections/2026");
  CHECK(parse_vkey(kRekor)->key.type == KeyType::ecdsa_p256);
}

TEST_CASE("vkey: the known answer of formats.md, from its seed") {
  Hash256 seed = sha256("tlog anchor log key");
  auto signer = make_signer(PrivateKey{KeyType::ed25519, SecretBytes::copy_of(seed.view())});
  REQUIRE(signer.has_value());
  CHECK(to_string(make_vkey("anchor.example/elections/2026", (*signer)->public_key()).value()) == kAnchor);
}

TEST_CASE("vkey: the same key as a witness is another key id") {
  PublicKey key = parse_vkey(kAnchor)->key;
  PublicKey cosigner{KeyType::cosignature_ed25519, key.bytes};
  CHECK(key_id("w", key) != key_id("w", cosigner));
  CHECK(key_id("w", key) != key_id("x", key));
  auto text = to_string(make_vkey("w", cosigner).value());
  CHECK(parse_vkey(text).value().key == cosigner);
}

TEST_CASE("vkey: no part of a key is a key, and no neighbour of it") {
  for (std::size_t from = 0; from <= kPeter.size(); ++from)
    for (std::size_t to = from; to <= kPeter.size(); ++to)
      if (from != 0 || to != kPeter.size()) REQUIRE_FALSE(parse_vkey(kPeter.substr(from, to - from)).has_value());
  for (std::size_t i = 0; i < kPeter.size(); ++i) {
    std::string other = kPeter;
    ++other[i];
    CAPTURE(other);
    CHECK_FALSE(parse_vkey(other).has_value());
  }
}

TEST_CASE("vkey: what is refused") {
  std::string key(32, '\x58');
  struct {
    std::string what, text;
    ErrorCode code;
  } cases[] = {
      {"empty", "", ErrorCode::malformed},
      {"no parts", "name", ErrorCode::malformed},
      {"no key", "name+00000000", ErrorCode::malformed},
      {"upper-case id", "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", ErrorCode::malformed},
      {"short id", "PeterNeumann+c74f20+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", ErrorCode::malformed},
      {"not base64", "a+00000000+!!!!", ErrorCode::malformed},
      {"empty base64", "a+00000000+", ErrorCode::malformed},
      {"unknown type", "a+00000000+" + with_type('\x7f', key), ErrorCode::unsupported},
      {"RFC 6962 tree heads", "a+00000000+" + with_type('\x05', key), ErrorCode::unsupported},
      {"ML-DSA", "a+00000000+" + with_type('\x06', key), ErrorCode::unsupported},
      {"wrong length",
       "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==", ErrorCode::malformed},
      {"small order", "a+00000000+" + with_type('\x01', std::string(32, '\0')), ErrorCode::malformed},
      {"another name's id", "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", ErrorCode::malformed},
      {"a line feed behind it", kPeter + "\n", ErrorCode::malformed},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    auto got = parse_vkey(c.text);
    REQUIRE_FALSE(got.has_value());
    CHECK(got.error().code == c.code);
  }
}

TEST_CASE("key names") {
  for (std::string good :
       {"a"s, "jongno/member-3"s, "종로구/위원장"s, "\u2014"s, "a\u200bb"s, "é"s, std::string(255, 'n')})
    CHECK_MESSAGE(check_key_name(good).has_value(), good);

  struct {
    std::string what, name;
    ErrorCode code;
  } cases[] = {
      {"empty", "", ErrorCode::malformed},          {"space", "a b", ErrorCode::malformed},
      {"plus", "a+b", ErrorCode::malformed},        {"line feed", "a\nb", ErrorCode::malformed},
      {"tab", "a\tb", ErrorCode::malformed},        {"NUL", "a\0b"s, ErrorCode::malformed},
      {"escape", "a\x1b[2J", ErrorCode::malformed}, {"delete", "a\x7f", ErrorCode::malformed},
      {"not UTF-8", "a\xff", ErrorCode::malformed}, {"256 bytes", std::string(256, 'n'), ErrorCode::limit_exceeded},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    auto status = check_key_name(c.name);
    REQUIRE_FALSE(status.has_value());
    CHECK(status.error().code == c.code);
  }
  // Unicode White_Space, every one of the 25.
  for (std::string space : {"\t",     "\n",     "\v",     "\f",     "\r",     " ",      "\u0085", "\u00a0", "\u1680",
                            "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
                            "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"})
    CHECK_FALSE(check_key_name("a" + space + "b").has_value());
}
