// What a witness decides (C2SP tlog-witness), and what is said to it: pure, both sides. docs/formats/witness.md.
#pragma once

#include <optional>

#include "core/merkle/checkpoint.h"
#include "core/merkle/proof.h"

namespace scrutineer {

// "The client MUST NOT send more than 63 consistency proof lines."
inline constexpr std::size_t kWitnessProofLines = 63;
// A request with as many lines and 16 signatures needs a tenth of this.
inline constexpr std::size_t kWitnessRequestBytes = 64u << 10;
// An answer: a few signature lines, or a size.
inline constexpr std::size_t kWitnessAnswerBytes = 16u << 10;
inline constexpr std::size_t kWitnessLogs = 256;       // that one witness knows
inline constexpr std::size_t kWitnessesOfOneLog = 15;  // a note has 16 signatures: the log's and theirs

inline constexpr const char* kAddCheckpointPath = "/add-checkpoint";
inline constexpr const char* kTreeSizeType = "text/x.tlog.size";

// "old N LF", the consistency proof in base64, one hash a line, an empty line, the checkpoint.
struct AddCheckpoint {
  std::uint64_t old_size = 0;
  MerkleProof proof;
  SignedCheckpoint checkpoint;
};
Bytes to_bytes(const AddCheckpoint& request);
// Exactly that grammar; nothing is verified. A checkpoint of size 0 with another root than the empty one is read as it
// stands: it has an answer of its own. Errors: malformed, limit_exceeded.
Result<AddCheckpoint> parse_add_checkpoint(BytesView body);

enum class WitnessStatus : std::uint16_t {
  cosigned = 200,      // the caller stores the checkpoint, then answers with its cosignature
  malformed = 400,     // no request, or an old size above the new one
  not_signed = 403,    // by no key of that log that the witness knows, or badly by one
  unknown_log = 404,   // an origin that it was not given
  other_size = 409,    // old is not the size that it cosigned last
  inconsistent = 422,  // the proof does not lead from what it cosigned to this
};

struct WitnessDecision {
  WitnessStatus status = WitnessStatus::malformed;
  std::string type;  // media type of the body
  Bytes body;        // empty for `cosigned`: the cosignature is the caller's to make
  // `fork`: the log's own signature proves that it shows two histories: keep it for ever. `unproven`: it may, or
  // whoever sent this sent a wrong proof.
  enum class Evidence : std::uint8_t { none, unproven, fork } evidence = Evidence::none;
};

// `logs`: the keys of the logs that the witness was given; several may share an origin. `last`: what it cosigned last
// for the request's origin, nullopt if nothing ever.
WitnessDecision decide(std::span<const VerifierKey> logs, const std::optional<Checkpoint>& last,
                       const AddCheckpoint& request);
// The answer to a body that does not parse.
WitnessDecision refuse_request(const Error& error);

// What the other side makes of an answer. cosignatures: by `witness` and good, for exactly this text (usually one).
// Lines by unknown keys are ignored. Errors: malformed, limit_exceeded; bad_signature (by this key, and not good, or
// none by this key at all).
struct Cosignature {
  NoteSignature line;
  UnixSeconds time;
};
Result<Cosignature> read_cosignature(BytesView body, std::string_view checkpoint_text, const VerifierKey& witness);
// "size LF" of a 409.
std::optional<std::uint64_t> read_tree_size(BytesView body);

// One verifier key a line, '#' comments and empty lines apart, none twice: the logs that a witness is given.
// Errors: malformed with the line, limit_exceeded, unsupported (a key that signs no checkpoints).
Result<std::vector<VerifierKey>> parse_log_keys(std::string_view text);

// Whom a log asks: "vkey url" a line, '#' comments and empty lines apart.
struct WitnessAddress {
  VerifierKey key;  // type 04
  std::string url;  // its submission prefix, without a slash at the end
  friend bool operator==(const WitnessAddress&, const WitnessAddress&) = default;
};
Result<std::vector<WitnessAddress>> parse_witnesses(std::string_view text);

// Hex SHA-256 of an origin: its place under a witness's monitoring prefix ("<this>/checkpoint").
std::string origin_hash(std::string_view origin);

}  // namespace scrutineer
