#include "core/crypto/box.h"

#include <doctest/doctest.h>

namespace scrutineer {
namespace {

class OneRng : public Rng {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) byte = ++next_;
  }

 private:
  std::uint8_t next_ = 0;
};

// RFC 7748 section 6.1: the key pairs of Alice and Bob.
TEST_CASE("box: public keys are those of RFC 7748") {
  struct Row {
    const char *secret, *public_key;
  };
  for (const Row& row : {Row{"5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
                             "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"}}) {
    auto key = box_key(SecretBytes::copy_of(*from_hex(row.secret)));
    REQUIRE(key);
    CHECK(to_hex(key->public_key) == row.public_key);
  }
}

TEST_CASE("box: sealed to one, opened by that one alone, and every change is noticed") {
  OneRng rng;
  const BoxKey mine = new_box_key(rng), other = new_box_key(rng);
  const SecretBytes message = SecretBytes::copy_of("a content key of thirty-two byte");
  auto sealed = seal_to(mine.public_key, message, rng);
  REQUIRE(sealed);
  CHECK(sealed->size() == message.size() + kSealedBoxExtraBytes);
  auto opened = open_sealed(mine, *sealed);
  REQUIRE(opened);
  CHECK(opened->view() == message.view());
  CHECK(open_sealed(other, *sealed).error().code == ErrorCode::unauthorised);
  for (std::size_t i = 0; i < sealed->size(); ++i) {
    Bytes changed = *sealed;
    changed[i] = static_cast<char>(changed[i] ^ 0x10);
    CHECK_FALSE(open_sealed(mine, changed));
    CHECK_FALSE(open_sealed(mine, sealed->substr(0, i)));
  }
}

TEST_CASE("box: nothing is sealed to a key that is none") {
  OneRng rng;
  const SecretBytes message = SecretBytes::copy_of("x");
  CHECK_FALSE(seal_to("short", message, rng));
  CHECK_FALSE(seal_to(Bytes(32, '\0'), message, rng));           // order 1
  CHECK_FALSE(seal_to("\x01" + Bytes(31, '\0'), message, rng));  // order 1 as well
  CHECK_FALSE(box_key(SecretBytes::copy_of("short")));
}

// draft-irtf-cfrg-xchacha-03 appendix A.3.1.
TEST_CASE("box: the encryption is that of the XChaCha20-Poly1305 draft") {
  const SecretBytes key =
      SecretBytes::copy_of(*from_hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"));
  const Bytes nonce = *from_hex("404142434445464748494a4b4c4d4e4f5051525354555657");
  const Bytes context = *from_hex("50515253c0c1c2c3c4c5c6c7");
  const std::string text =
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be "
      "it.";
  const Bytes sealed = encrypt(key, nonce, context, text);
  CHECK(to_hex(sealed).substr(0, 32) == "bd6d179d3e83d43b9576579493c0e939");
  CHECK(to_hex(sealed).substr(2 * text.size()) == "c0875924c1c7987947deafd8780acf49");
  CHECK(decrypt(key, nonce, context, sealed) == text);
  CHECK(decrypt(key, nonce, "another", sealed).error().code == ErrorCode::corrupt);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK_FALSE(decrypt(key, nonce, context, changed));
    CHECK_FALSE(decrypt(key, nonce, context, sealed.substr(0, i)));
  }
}

}  // namespace
}  // namespace scrutineer
