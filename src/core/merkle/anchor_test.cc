// Roots, key and signature that another implementation computed.
#include "core/merkle/anchor_for_test.h"

#include <doctest/doctest.h>

#include "core/merkle/checkpoint.h"
#include "core/merkle/tile.h"

namespace scrutineer {

TEST_CASE("the anchor log: verifier key, roots at 7 and 70,000, signature line at 7") {
  auto key = anchor::signer();
  CHECK(to_string(make_vkey(anchor::kOrigin, key->public_key()).value()) == anchor::kVkey);

  Frontier frontier;
  std::uint64_t columns[4] = {};
  for (std::uint64_t i = 0; i < 70'000; ++i) {
    if (i == 7) {
      CHECK(to_base64(frontier.root().view()) == anchor::kRoot7);
      SignedNote note = sign_checkpoint({anchor::kOrigin, 7, frontier.root()}, *key).value();
      CHECK(to_bytes(note) == std::string(anchor::kOrigin) + "\n7\n" + anchor::kRoot7 + "\n\n\u2014 " +
                                  anchor::kOrigin + " " + anchor::kSignature7 + "\n");
    }
    frontier.append(leaf_hash(anchor::entry(i)), [&](SubtreeId id, const NodeHash&) {
      if (id.height % kTileHeight == 0) ++columns[id.height / kTileHeight];
    });
  }
  CHECK(to_base64(frontier.root().view()) == anchor::kRoot70000);
  for (unsigned level = 0; level < 4; ++level) CHECK(columns[level] == tile_hashes(70'000, level));
}

}  // namespace scrutineer
