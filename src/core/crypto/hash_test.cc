#include "core/crypto/hash.h"

#include <doctest/doctest.h>

using namespace scrutineer;

TEST_CASE("SHA-256: FIPS 180-4 examples") {
  struct {
    std::string message;
    const char* digest;
  } cases[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrst"
       "u",
       "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
      {std::string(1'000'000, 'a'), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const auto& c : cases) {
    CHECK(to_hex(sha256(c.message)) == c.digest);
    CHECK(to_hex(blob_hash(c.message)) == c.digest);
  }
}

TEST_CASE("SHA-256: however the message is cut, the digest is the same") {
  std::string message;
  for (int i = 0; i < 300; ++i) message += static_cast<char>(i);
  for (std::size_t cut = 0; cut <= message.size(); ++cut) {
    BytesView view = message;
    REQUIRE(Sha256().update(view.substr(0, cut)).update("").update(view.substr(cut)).finish() == sha256(message));
  }
}
