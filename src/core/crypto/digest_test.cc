#include "core/crypto/digest.h"

#include <doctest/doctest.h>

using namespace scrutineer;

TEST_CASE("digest: known answers, in one piece and in many") {
  struct Row {
    DigestKind kind;
    const char *empty, *abc;
  };
  const Row rows[] = {
      {DigestKind::md5, "d41d8cd98f00b204e9800998ecf8427e", "900150983cd24fb0d6963f7d28e17f72"},  // RFC 1321 A.5
      {DigestKind::sha1, "da39a3ee5e6b4b0d3255bfef95601890afd80709", "a9993e364706816aba3e25717850c26c9cd0d89d"},
      {DigestKind::sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
       "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {DigestKind::sha512,
       "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a8"
       "1a5"
       "38327af927da3e",
       "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80"
       "e2a"
       "9ac94fa54ca49f"},
  };
  for (const Row& row : rows) {
    CHECK(to_hex(Digest(row.kind).finish()) == row.empty);
    Digest digest(row.kind);
    for (char c : {'a', 'b', 'c'}) digest.update(BytesView(&c, 1));
    CHECK(to_hex(digest.finish()) == row.abc);
  }
}
