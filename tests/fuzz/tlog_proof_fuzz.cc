// A proof file that parses is written back byte for byte, and verifying it ends with an answer.
#include "core/merkle/tlog_proof.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = fuzz_text(data, size);
  (void)parse_policy(bytes);
  auto proof = parse_tlog_proof(bytes);
  if (!proof) return 0;
  check(to_bytes(*proof) == bytes, "a proof file is not written back as it was read");
  const Checkpoint& checkpoint = proof->checkpoint.checkpoint;
  (void)verify_inclusion(leaf_hash(bytes), proof->index, checkpoint.size, proof->hashes, checkpoint.root);
  (void)verify_consistency(proof->index, checkpoint.size, empty_root(), checkpoint.root, proof->hashes);
  return 0;
}
