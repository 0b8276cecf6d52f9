// A request to a witness that parses is written back byte for byte and gets one of the answers; nothing that strangers
// send is ever cosigned. Whatever a witness answers gives no cosignature without its key.
#include "core/merkle/witness.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

namespace {

// A key whose secret nobody has.
VerifierKey key_of_nobody(std::string_view name, KeyType type) {
  const PublicKey key{type, Bytes(32, 'k')};
  const KeyId id = key_id(name, key);
  const Bytes raw(1, static_cast<char>(type));
  return parse_vkey(std::string(name) + "+" + to_hex({reinterpret_cast<const char*>(id.data()), id.size()}) + "+" +
                    to_base64(raw + key.bytes))
      .value();
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = fuzz_text(data, size);
  const VerifierKey log = key_of_nobody("o", KeyType::ed25519);
  const VerifierKey witness = key_of_nobody("w", KeyType::cosignature_ed25519);
  (void)parse_log_keys(bytes);
  (void)parse_witnesses(bytes);
  (void)read_tree_size(bytes);
  check(!read_cosignature(bytes, "o\n0\n" + to_base64(empty_root().view()) + "\n", witness), "nobody has this key");
  auto request = parse_add_checkpoint(bytes);
  if (!request) return 0;
  check(to_bytes(*request) == bytes, "a request is not written back as it was read");
  WitnessDecision decision = decide({&log, 1}, std::nullopt, *request);
  check(decision.status == WitnessStatus::unknown_log || decision.status == WitnessStatus::not_signed,
        "a stranger's checkpoint was judged by more than its signature");
  return 0;
}
