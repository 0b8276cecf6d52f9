// Logs that live in memory, witnesses' keys and a clock that stands still, for tests.
#pragma once

#include "core/crypto/hash.h"
#include "core/merkle/memory_tree_for_test.h"
#include "core/merkle/policy.h"
#include "core/merkle/witness.h"
#include "core/note/key_file.h"

namespace scrutineer::testing {

struct StoppedClock final : Clock {
  UnixSeconds now() override { return {seconds}; }
  std::uint64_t monotonic_ns() override { return 0; }
  std::int64_t seconds = 1'700'000'000;
};

inline std::unique_ptr<Signer> signer_of(const std::string& word) {
  return make_signer(PrivateKey{KeyType::ed25519, SecretBytes::copy_of(sha256(word).view())}).value();
}
inline NamedKey witness_key(const std::string& word) {
  return named_key(word + ".example",
                   PrivateKey{KeyType::cosignature_ed25519, SecretBytes::copy_of(sha256("witness " + word).view())})
      .value();
}

// Entries "0", "1", ...; from `fork_at` on other ones, signed by the same key.
class TestLog {
 public:
  static constexpr std::uint64_t kEntries = 64;
  explicit TestLog(std::string origin, std::uint64_t fork_at = kEntries) : origin_(std::move(origin)) {
    for (std::uint64_t i = 0; i < kEntries; ++i) tree_.add((i < fork_at ? "" : "other ") + std::to_string(i));
  }
  const std::string& origin() const { return origin_; }
  VerifierKey vkey() const { return make_vkey(origin_, signer_of("log " + origin_)->public_key()).value(); }
  Checkpoint at(std::uint64_t size) const { return {origin_, size, tree_.mth(0, size)}; }
  SignedCheckpoint signed_at(std::uint64_t size) const {
    return {at(size), sign_checkpoint(at(size), *signer_of("log " + origin_)).value()};
  }
  MerkleProof proof(std::uint64_t from, std::uint64_t to) { return consistency_proof(tree_, from, to).value(); }
  AddCheckpoint request(std::uint64_t old, std::uint64_t size) {
    return {old, old <= size ? proof(old, size) : MerkleProof{}, signed_at(size)};
  }

 private:
  std::string origin_;
  MemoryTree tree_;
};

}  // namespace scrutineer::testing
