#include "core/crypto/signature.h"

#include <doctest/doctest.h>

#include "core/base/bytes.h"

using namespace scrutineer;

namespace {

Bytes hex(std::string_view text) {
  auto bytes = from_hex(text);
  REQUIRE(bytes.has_value());
  return *bytes;
}

std::unique_ptr<Signer> signer_of(KeyType type, std::string_view secret_hex) {
  auto signer = make_signer(PrivateKey{type, SecretBytes::copy_of(hex(secret_hex))});
  REQUIRE(signer.has_value());
  return std::move(*signer);
}

// Counts up: what a test's randomness is, and what a signer sees of it.
class CountingRng final : public Rng {
 public:
  explicit CountingRng(std::uint8_t first) : next_(first) {}
  void fill(std::span<std::uint8_t> out) override {
    ++calls;
    for (std::uint8_t& byte : out) byte = next_++;
  }
  int calls = 0;

 private:
  std::uint8_t next_;
};

// RFC 6979 A.2.5: the P-256 key of its examples.
constexpr std::string_view kP256Secret = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
constexpr std::string_view kP256Public =
    "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
    "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
constexpr std::string_view kP256Order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

}  // namespace

TEST_CASE("Ed25519: RFC 8032 section 7.1") {
  struct {
    const char *seed, *public_key, *message, *signature;
  } cases[] = {
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe2"
       "4"
       "655141438e7a100b"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302ae"
       "e"
       "b00d291612bb0c00"},
      {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
       "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28"
       "d"
       "c027beceea1ec40a"},
      {"833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
       "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
       "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80"
       "e"
       "2a9ac94fa54ca49f",
       "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17"
       "a"
       "d9bef1177331a704"},
  };
  for (const auto& c : cases) {
    auto signer = signer_of(KeyType::ed25519, c.seed);
    CHECK(signer->public_key() == PublicKey{KeyType::ed25519, hex(c.public_key)});
    CHECK(to_hex(signer->sign(hex(c.message)).value()) == c.signature);
    CHECK(verify_signature(signer->public_key(), hex(c.message), hex(c.signature)));
    CHECK(check_public_key(signer->public_key()).has_value());
  }
}

TEST_CASE("P-256: RFC 6979 A.2.5 key and signatures") {
  PublicKey key{KeyType::ecdsa_p256, hex(kP256Public)};
  CHECK(check_public_key(key).has_value());
  CHECK(signer_of(KeyType::ecdsa_p256, kP256Secret)->public_key() == key);
  CHECK(verify_signature(key, "sample",
                         hex("3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716022100f7cb1c942"
                             "d657c41d436c7a1b6e29f"
                             "65f3e900dbb9aff4064dc4ab2f843acda8")));
  CHECK(verify_signature(key, "test",
                         hex("3045022100f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d383670220019f4113742"
                             "a2b14bd25926b49c64915"
                             "5f267e60d3814b4c0cc84250e46f0083")));
}

TEST_CASE("signatures: any flipped bit, another message, another key, any cut: refused") {
  for (KeyType type : {KeyType::ed25519, KeyType::ecdsa_p256}) {
    CAPTURE(static_cast<int>(type));
    auto signer = signer_of(type, kP256Secret);
    auto other = signer_of(type, std::string(64, '1'));
    Bytes message = "count sheet";
    Bytes signature = signer->sign(message).value();
    CHECK(verify_signature(signer->public_key(), message, signature));
    CHECK_FALSE(verify_signature(other->public_key(), message, signature));
    CHECK_FALSE(verify_signature(signer->public_key(), "count sheeu", signature));
    CHECK_FALSE(verify_signature(signer->public_key(), "", signature));
    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
      Bytes flipped = signature;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
      CHECK_FALSE(verify_signature(signer->public_key(), message, flipped));
    }
    for (std::size_t size = 0; size < signature.size(); ++size)
      CHECK_FALSE(verify_signature(signer->public_key(), message, BytesView(signature).substr(0, size)));
    CHECK_FALSE(verify_signature(signer->public_key(), message, signature + '\0'));
  }
}

TEST_CASE("Ed25519: a signature that only looks different does not verify (s + group order)") {
  auto signer = signer_of(KeyType::ed25519, std::string(64, '2'));
  Bytes signature = signer->sign("once").value();
  Bytes order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += static_cast<unsigned char>(signature[32 + i]) + static_cast<unsigned char>(order[i]);
    signature[32 + i] = static_cast<char>(carry);
    carry >>= 8;
  }
  CHECK_FALSE(verify_signature(signer->public_key(), "once", signature));
}

TEST_CASE("Ed25519: keys of small order and keys that are no point are refused, and verify nothing") {
  // The eight points of small order (both spellings of some), and y = 2, which is on no point of the curve.
  const char* keys[] = {
      "0100000000000000000000000000000000000000000000000000000000000000",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "0000000000000000000000000000000000000000000000000000000000000000",
      "0000000000000000000000000000000000000000000000000000000000000080",
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
      "0100000000000000000000000000000000000000000000000000000000000080",
      "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "0200000000000000000000000000000000000000000000000000000000000000",
  };
  Bytes nobody_made_this = hex("0100000000000000000000000000000000000000000000000000000000000000") + Bytes(32, '\0');
  for (std::string text : keys)
    for (KeyType type : {KeyType::ed25519, KeyType::cosignature_ed25519}) {
      CAPTURE(text);
      PublicKey key{type, hex(text)};
      auto status = check_public_key(key);
      REQUIRE_FALSE(status.has_value());
      CHECK(status.error().code == ErrorCode::malformed);
      CHECK_FALSE(verify_signature(key, "any message", nobody_made_this));
    }
}

TEST_CASE("public keys: wrong length, wrong curve, off the curve") {
  Bytes good = hex(kP256Public);
  Bytes off_curve = good;
  off_curve.back() = static_cast<char>(off_curve.back() ^ 1);
  Bytes compressed = hex("3039301306072a8648ce3d020106082a8648ce3d030107032200") + "\x03" + good.substr(27, 32);
  Bytes infinity = hex("3019301306072a8648ce3d020106082a8648ce3d03010703020000");
  Bytes other_curve = good;  // secp256k1 has the OID 1.3.132.0.10; any other arc will do
  other_curve[22] = '\x01';
  Bytes hybrid = good;
  hybrid[26] = '\x07';
  struct {
    std::string what;
    PublicKey key;
    ErrorCode code;
  } cases[] = {
      {"31 bytes", {KeyType::ed25519, Bytes(31, 'x')}, ErrorCode::malformed},
      {"33 bytes", {KeyType::ed25519, Bytes(33, 'x')}, ErrorCode::malformed},
      {"empty", {KeyType::ed25519, ""}, ErrorCode::malformed},
      {"P-256, empty", {KeyType::ecdsa_p256, ""}, ErrorCode::malformed},
      {"P-256, cut", {KeyType::ecdsa_p256, good.substr(0, 90)}, ErrorCode::malformed},
      {"P-256, one byte more", {KeyType::ecdsa_p256, good + "x"}, ErrorCode::malformed},
      {"P-256, off the curve", {KeyType::ecdsa_p256, off_curve}, ErrorCode::malformed},
      {"P-256, compressed", {KeyType::ecdsa_p256, compressed}, ErrorCode::malformed},
      {"P-256, infinity", {KeyType::ecdsa_p256, infinity}, ErrorCode::malformed},
      {"P-256, another curve", {KeyType::ecdsa_p256, other_curve}, ErrorCode::malformed},
      {"P-256, hybrid point", {KeyType::ecdsa_p256, hybrid}, ErrorCode::malformed},
      {"an Ed25519 key said to be P-256", {KeyType::ecdsa_p256, Bytes(32, 'x')}, ErrorCode::malformed},
      {"ML-DSA", {KeyType::cosignature_mldsa44, Bytes(1'312, 'x')}, ErrorCode::unsupported},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    auto status = check_public_key(c.key);
    REQUIRE_FALSE(status.has_value());
    CHECK(status.error().code == c.code);
    CHECK_FALSE(verify_signature(c.key, "message", Bytes(64, 'x')));
  }
}

TEST_CASE("P-256: a signature has one spelling (strict DER)") {
  PublicKey key{KeyType::ecdsa_p256, hex(kP256Public)};
  Bytes r = hex("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716");
  Bytes s = hex("f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
  CHECK_FALSE(verify_signature(key, "sample", r + s));  // raw, as some tokens give it
  CHECK_FALSE(verify_signature(key, "sample", hex("308146022100") + r + hex("022100") + s));
  CHECK_FALSE(verify_signature(key, "sample", hex("304702220000") + r + hex("022100") + s));
  CHECK_FALSE(verify_signature(key, "sample", hex("3046022100") + r + hex("022100") + s + "x"));
  CHECK_FALSE(verify_signature(key, "sample", hex("3006020100020100")));
}

TEST_CASE("private keys: what is refused") {
  struct {
    std::string what;
    KeyType type;
    std::string secret;
    ErrorCode code;
  } cases[] = {
      {"a short seed", KeyType::ed25519, std::string(62, '1'), ErrorCode::malformed},
      {"a long seed", KeyType::ed25519, std::string(128, '1'), ErrorCode::malformed},
      {"a short scalar", KeyType::ecdsa_p256, std::string(62, '1'), ErrorCode::malformed},
      {"zero", KeyType::ecdsa_p256, std::string(64, '0'), ErrorCode::malformed},
      {"the order", KeyType::ecdsa_p256, std::string(kP256Order), ErrorCode::malformed},
      {"above the order", KeyType::ecdsa_p256, std::string(64, 'f'), ErrorCode::malformed},
      {"a short cosigner's seed", KeyType::cosignature_ed25519, std::string(62, '1'), ErrorCode::malformed},
      {"a post-quantum cosigner", KeyType::cosignature_mldsa44, std::string(64, '1'), ErrorCode::unsupported},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    auto signer = make_signer(PrivateKey{c.type, SecretBytes::copy_of(hex(c.secret))});
    REQUIRE_FALSE(signer.has_value());
    CHECK(signer.error().code == c.code);
  }
}

TEST_CASE("new keys: they are the bytes that the randomness gave, and P-256 draws again outside its range") {
  CountingRng rng(7);
  PrivateKey key = new_private_key(KeyType::ed25519, rng);
  CHECK(key.secret.size() == 32);
  CHECK(key.secret.data()[0] == 7);
  CHECK(key.secret.data()[31] == 38);
  CHECK(make_signer(key).has_value());

  class BadThenGood final : public Rng {
   public:
    void fill(std::span<std::uint8_t> out) override {
      ++calls;
      for (std::uint8_t& byte : out) byte = calls == 1 ? 0x00 : calls == 2 ? 0xff : 0x11;
    }
    int calls = 0;
  } picky;
  PrivateKey p256 = new_private_key(KeyType::ecdsa_p256, picky);
  CHECK(picky.calls == 3);
  CHECK(to_hex(p256.secret.view()) == std::string(64, '1'));
  CHECK(make_signer(p256).has_value());
}
