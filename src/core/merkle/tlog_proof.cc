#include "core/merkle/tlog_proof.h"

#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::string_view kHeader = "c2sp.org/tlog-proof@v1\n";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";
constexpr std::size_t kMaxHashes = 64;  // the height of a tree of 2^64 entries

tl::unexpected<Error> malformed(const char* message) {
  return fail(ErrorCode::malformed, message);
}

Result<std::string_view> take_line(std::string_view& text) {
  std::size_t end = text.find('\n');
  if (end == text.npos) return malformed("the proof file is cut short");
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

Result<MerkleProof> take_hashes(std::string_view& text) {
  MerkleProof hashes;
  for (;;) {
    SCRUTINEER_TRY(std::string_view line, take_line(text));
    if (line.empty()) return hashes;
    if (hashes.size() == kMaxHashes) return malformed("the proof has more hashes than any tree needs");
    auto bytes = from_base64(line);
    auto hash = bytes ? hash_from_bytes(*bytes) : std::nullopt;
    if (!hash) return malformed("a line of the proof is not 32 bytes in base64");
    hashes.push_back(NodeHash{*hash});
  }
}

}  // namespace

Bytes to_bytes(const TlogProof& proof) {
  Bytes out(kHeader);
  if (proof.extra) out.append(kExtra).append(to_base64(*proof.extra)).append("\n");
  out.append(kIndex).append(std::to_string(proof.index)).append("\n");
  for (const NodeHash& hash : proof.hashes) out.append(to_base64(hash.view())).append("\n");
  return out.append("\n").append(to_bytes(proof.checkpoint.note));
}

Result<TlogProof> parse_tlog_proof(BytesView bytes) {
  if (bytes.size() > limits::kProofBytes) return fail(ErrorCode::limit_exceeded, "a proof file has at most 64 KiB");
  if (!bytes.starts_with(kHeader)) return malformed("a proof file starts with c2sp.org/tlog-proof@v1");
  bytes.remove_prefix(kHeader.size());
  TlogProof proof;
  SCRUTINEER_TRY(std::string_view line, take_line(bytes));
  if (line.starts_with(kExtra)) {
    proof.extra = from_base64(line.substr(kExtra.size()));
    if (!proof.extra) return malformed("the extra line of the proof is not base64");
    SCRUTINEER_TRY(line, take_line(bytes));
  }
  auto index = line.starts_with(kIndex) ? parse_decimal(line.substr(kIndex.size())) : std::nullopt;
  if (!index) return malformed("the proof has no index line");
  proof.index = *index;
  SCRUTINEER_TRY(proof.hashes, take_hashes(bytes));
  SCRUTINEER_TRY(proof.checkpoint, parse_checkpoint(bytes));
  return proof;
}

Result<Witnessing> verify_tlog_proof(const TlogProof& proof, const LeafHash& leaf, const Policy& policy) {
  SCRUTINEER_TRY(Witnessing witnessing, evaluate(policy, proof.checkpoint));
  const Checkpoint& checkpoint = proof.checkpoint.checkpoint;
  SCRUTINEER_CHECKED(verify_inclusion(leaf, proof.index, checkpoint.size, proof.hashes, checkpoint.root));
  return witnessing;
}

}  // namespace scrutineer
