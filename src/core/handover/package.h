// Hand-over packages (docs/formats/handover.md): records and what they name, in one signed file for a stick or an
// e-mail. The signature says who carries; what counts is signed by those who signed the records inside.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/authority/book.h"
#include "core/note/note.h"
#include "core/record/body.h"

namespace scrutineer {

// Limits of one package: what is larger goes into several.
inline constexpr std::size_t kHandoverBytes = 256u << 20;  // the whole file
inline constexpr std::size_t kHandoverHeaderBytes = 4u << 10;
inline constexpr std::uint64_t kHandoverRecords = 1'000'000;
inline constexpr std::uint64_t kHandoverBlobs = 10'000;
inline constexpr std::size_t kBlobsPerRecord = 1'000;  // that one record may name

struct HandoverHeader {
  RecordId election;
  std::string from;           // role name of whoever packed it: that of the signature
  std::string at;             // RFC 3339: the packer's claim
  std::uint64_t records = 0;  // entries: one record may stand in several, with different signers
  std::uint64_t blobs = 0;
  std::uint64_t size = 0;  // bytes of the payload
  Hash256 sha256;          // of the payload
};

struct Handover {
  HandoverHeader header;
  std::string text;                // what is signed
  NoteSignature signature;         // not verified
  std::vector<BytesView> entries;  // views into the file, in the order of the file
  std::vector<BytesView> blobs;    // sorted by their SHA-256
};

// Entries in the order in which they are to enter the log; blobs in any order, the same one once. Errors:
// limit_exceeded, invalid_argument (an entry twice, a time that is none), those of the signer.
Result<Bytes> write_handover(const RecordId& election, std::string_view from, std::string_view at,
                             std::span<const Bytes> entries, std::span<const Bytes> blobs, Signer& signer);

// Checks everything but who signed. Errors: malformed and corrupt, with the place; limit_exceeded; unsupported.
Result<Handover> parse_handover(BytesView file);

// Whether the packer's signature is good and its key is a root or holds a grant now. Errors: unauthorised,
// bad_signature.
Status check_packer(const Handover& package, const RecordBook& book);

// Everything that the record in this entry names by hash: objects {"sha256", "size", "type"} anywhere in its JSON, so
// that records of later versions take theirs along, too. Empty where the entry is no record.
std::vector<BlobRef> blobs_named_by(BytesView entry);

}  // namespace scrutineer
