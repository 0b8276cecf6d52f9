#include "core/crypto/token_encoding.h"

#include <doctest/doctest.h>

#include "core/crypto/hash.h"

using namespace scrutineer;

namespace {

PublicKey key_of(KeyType type) {
  return make_signer(PrivateKey{type, SecretBytes::copy_of(sha256("a key").view())}).value()->public_key();
}

// SEQUENCE { INTEGER r, INTEGER s }, back to r || s: written apart from the code under test.
Bytes raw_of(const Bytes& der) {
  Bytes out;
  std::size_t at = 2;
  for (int i = 0; i < 2; ++i) {
    std::size_t size = static_cast<unsigned char>(der[at + 1]);
    Bytes number = der.substr(at + 2, size);
    if (number.size() > 32) number.erase(0, number.size() - 32);
    out += Bytes(32 - number.size(), '\0') + number;
    at += 2 + size;
  }
  return out;
}

}  // namespace

TEST_CASE("tokens: the two curves, bare and wrapped") {
  PublicKey p256 = key_of(KeyType::ecdsa_p256), ed = key_of(KeyType::ed25519);
  Bytes point = p256.bytes.substr(26);
  Bytes name(
      "\x13\x0c"
      "edwards25519",
      14);
  CHECK(public_key_of_token(kP256Parameters, point).value() == p256);
  CHECK(public_key_of_token(kP256Parameters, "\x04\x41" + point).value() == p256);
  CHECK(public_key_of_token(kEd25519Parameters, ed.bytes).value() == ed);
  CHECK(public_key_of_token(kEd25519Parameters, "\x04\x20" + ed.bytes).value() == ed);
  CHECK(public_key_of_token(name, ed.bytes).value() == ed);

  Bytes p384("\x06\x05\x2b\x81\x04\x00\x22", 7), off_curve = point;
  off_curve[64] ^= 1;
  CHECK(public_key_of_token(p384, point).error().code == ErrorCode::unsupported);
  CHECK(public_key_of_token("", point).error().code == ErrorCode::unsupported);
  for (const Bytes& bad : {Bytes(), point.substr(1), off_curve, "\x04\x40" + point, "\x04\x41" + off_curve})
    CHECK(public_key_of_token(kP256Parameters, bad).error().code == ErrorCode::malformed);
  for (const Bytes& bad : {Bytes(), ed.bytes + "x", Bytes(32, '\0')})
    CHECK(public_key_of_token(kEd25519Parameters, bad).error().code == ErrorCode::malformed);
}

TEST_CASE("tokens: r || s becomes DER, letter by letter") {
  struct Row {
    const char *r, *s, *der;
  };
  const std::string zeros(62, '0'), ones(64, 'f');
  const Row rows[] = {
      {"01", "02", "3006020101020102"},
      {"7f", "80", "300702017f02020080"},  // a top bit set is no minus
      {"00", "ff", "3007020100020200ff"},
  };
  for (const Row& row : rows)
    CHECK(to_hex(signature_of_token(KeyType::ecdsa_p256, *from_hex(zeros + row.r + zeros + row.s)).value()) == row.der);
  CHECK(to_hex(signature_of_token(KeyType::ecdsa_p256, Bytes(64, '\xff')).value()) ==
        "3046022100" + ones + "022100" + ones);
}

TEST_CASE("tokens: signatures of our own, there and back, still verify") {
  auto signer = make_signer(PrivateKey{KeyType::ecdsa_p256, SecretBytes::copy_of(sha256("a key").view())}).value();
  for (int i = 0; i < 600; ++i) {  // about two of them have a leading zero byte in r or s
    Bytes message = "message " + std::to_string(i);
    Bytes der = signer->sign(message).value();
    Bytes again = signature_of_token(KeyType::ecdsa_p256, raw_of(der)).value();
    REQUIRE(again == der);
    if (i < 5) CHECK(verify_signature(signer->public_key(), message, again));
  }
  CHECK(signature_of_token(KeyType::ed25519, Bytes(64, 'x')).value() == Bytes(64, 'x'));
  for (std::size_t size : {0, 63, 65, 72})
    CHECK_FALSE(signature_of_token(KeyType::ecdsa_p256, Bytes(size, 'x')).has_value());
}
