// Confidential contents under seal: how they are put together, sealed, opened and disclosed
// (docs/formats/sealed.md).
//
// plaintext   "scrutineer/payload/1" LF, a line of JSON {"salt", "agreement", "disclosures", "files": [{name, type,
//             size}]}, LF, then the bytes of the files one after the other. Its SHA-256 is what records state: with 256
//             bits of salt inside, it commits to every byte and tells nothing.
// ciphertext  "scrutineer/sealed/1" LF, for each recipient a line "NAME base64(sealed box of the content key)", an
// empty
//             line, a nonce, the plaintext encrypted with all that stands before it authenticated.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/crypto/box.h"
#include "core/record/notice_record.h"

namespace scrutineer {

inline constexpr std::size_t kPayloadBytes = 16u << 20;  // plaintext, with files
inline constexpr std::size_t kPayloadFiles = 64;
inline constexpr std::size_t kPayloadHeadBytes = 4u << 20;
inline constexpr std::size_t kSealedRecipients = 32;
inline constexpr std::size_t kSealedBytes = kPayloadBytes + (64u << 10);
inline constexpr const char* kSealedType = "application/vnd.scrutineer.sealed";

struct PayloadFile {
  std::string name;  // "stix.json": no path; unique in the payload
  std::string type;  // media type
  Bytes bytes;
  friend bool operator==(const PayloadFile&, const PayloadFile&) = default;
};

// A single field that can be shown without the rest: name and value as compact JSON.
struct PayloadField {
  std::string name;   // "attribution", "when", "content", ... see kFieldNames in docs/formats/notice.md
  std::string value;  // one JSON value as compact text
  friend bool operator==(const PayloadField&, const PayloadField&) = default;
};

struct Payload {
  RecordId agreement;                    // contents under another agreement are refused
  std::vector<std::string> disclosures;  // as make_disclosure() makes them
  std::vector<PayloadFile> files;
};

// Sealed contents ready to be referred to: what the record states, and the bytes that travel beside it.
struct Sealed {
  SealedContent content;
  Bytes ciphertext;
  Bytes plaintext;  // wipe() it when it is not needed any more
};

// `fields` become disclosures with salts from `rng`; every file gets one of its own, "file:NAME" with its SHA-256, so
// that each can be shown to be what was sent. Errors: limit_exceeded; invalid_argument (no recipient, a name twice).
Result<Sealed> seal_payload(const RecordId& agreement, std::span<const PayloadField> fields,
                            std::span<const PayloadFile> files, std::span<const AgreedBox> recipients, Rng& rng);

// The names of those that can open it. Errors: malformed, unsupported, limit_exceeded.
Result<std::vector<std::string>> recipients_of(BytesView ciphertext);

// Decrypts with any of these keys. Errors: those of recipients_of; unauthorised (sealed to none of them), corrupt.
Result<Bytes> open_ciphertext(BytesView ciphertext, std::span<const BoxKey> keys);

// Reads a plaintext. Errors: malformed, limit_exceeded. They never quote what is in it.
Result<Payload> read_payload(BytesView plaintext);

// What an opened payload is worth: which of the record's digests it really opens.
struct Opening {
  bool payload_matches = false;          // the plaintext is the one that the record commits to
  bool agreement_matches = false;        // and was made for this agreement
  std::vector<std::string> opened;       // digests of the record, in its order
  std::vector<std::string> unopened;     // digests of the record that no disclosure opens
  std::vector<std::string> file_errors;  // names of files that are not what their disclosure says
  bool whole() const { return payload_matches && agreement_matches && unopened.empty() && file_errors.empty(); }
};
Opening check_opening(const RecordId& agreement, const SealedContent& content, BytesView plaintext,
                      const Payload& payload);

// The value of the disclosed field of that name which the record commits to; nullopt: there is none. Compact JSON.
std::optional<std::string> disclosed_field(const SealedContent& content, std::span<const std::string> disclosures,
                                           std::string_view name);

// The receipt that a machine writes about what it got. Pure: whoever signs it decides nothing.
struct OpenAttempt {
  Receipt receipt;
  std::optional<Bytes> plaintext;  // present where it could be decrypted and is what the record commits to
};
OpenAttempt try_to_open(const RecordId& notice, const RecordId& agreement, const SealedContent& content,
                        BytesView ciphertext, std::span<const BoxKey> keys, std::span<const BoxKey> replaced_keys,
                        Channel channel);

}  // namespace scrutineer
