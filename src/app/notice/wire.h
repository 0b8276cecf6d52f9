// What nodes say to each other beside records: answers to envelopes, requests for sealed contents
// (docs/formats/notice-node.md). Pure.
#pragma once

#include "app/notice/ledger.h"
#include "core/notice/envelope.h"

namespace scrutineer {

inline constexpr const char* kEnvelopePath = "/notice/v1/envelope";
inline constexpr const char* kEntriesPath = "/notice/v1/entries";
inline constexpr const char* kCheckpointsPath = "/notice/v1/checkpoints";
inline constexpr const char* kSealedPath = "/notice/v1/sealed";
inline constexpr const char* kNodePath = "/notice/v1/node";

inline constexpr std::size_t kEnvelopeAnswerBytes = 64u << 20;  // 256 records and what was said about each
inline constexpr std::size_t kEntriesBytes = 4u << 20;          // of one answer with entries of a log
inline constexpr std::size_t kCheckpointsBytes = 8u << 20;      // of one answer with checkpoints
inline constexpr std::size_t kSealedAtOnce = 256;               // records in one request for sealed contents
inline constexpr std::size_t kSealedRequestBytes = 64u << 10;
inline constexpr std::int64_t kRequestSkew = 300;  // seconds between the clocks of two nodes

struct TakenInAll {
  std::vector<TakenIn> results;  // one a record, in order
  std::vector<Bytes> said;       // what this node said about it: availabilities, receipts; signed notes, durable
};

// {"results": [{"record", "outcome", "index"} / {"record", "outcome", "code", "sentence"}], "said": [notes]}
Bytes envelope_answer(const TakenInAll& taken);
struct EnvelopeAnswer {
  struct One {
    TakenIn::Outcome outcome = TakenIn::Outcome::refused;
    std::string code, sentence;  // of what was not taken
    // The other side could not, this time; it would be taken later.
    bool not_now() const { return code == "busy" || code == "io_error" || code == "disk_full" || code == "corrupt"; }
  };
  std::vector<One> results;
  std::vector<Bytes> said;
};
// Errors: malformed, limit_exceeded.
Result<EnvelopeAnswer> read_envelope_answer(BytesView body);

// A signed note: "scrutineer/sealed-request/1" LF origin of the log of whoever is asked LF time LF, then record ids,
// one a line.
struct SealedRequest {
  std::string origin;
  std::int64_t time = 0;
  std::vector<RecordId> records;
};
std::string to_text(const SealedRequest& request);
Result<SealedRequest> read_sealed_request_text(std::string_view text);

}  // namespace scrutineer
