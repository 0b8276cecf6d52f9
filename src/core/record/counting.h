// Records of the counting centre: what was typed (committed to, not shown), what a coordinator accepted, remarks,
// photographs of the paper, boxes and envelopes, tallies by others. docs/formats/record.md.
#pragma once

#include "core/record/body.h"
#include "core/record/count_sheet.h"

namespace scrutineer {

// entry/1 {election, at?, unit, contest, round, reading, _sd: [digest], _sd_alg: "sha-256"}: somebody has read a paper
// sheet and typed it. The figures are a confidential field: the log holds the digest of a disclosure (disclosure.h), so
// that nobody reads another's entry and nobody can say later that they typed something else.
inline constexpr std::int64_t kReadings = 3;  // first, second (blind, another person), third (of what differs)
inline constexpr std::int64_t kRounds =
    100;  // of one sheet: it is entered again where the third reading matches neither
inline constexpr std::size_t kDigests = 8;
struct Entry {
  UnitId unit;
  ContestId contest;
  std::int64_t round = 1;
  std::int64_t reading = 1;
  std::vector<std::string> digests;  // base64url, 43 characters
};
void write_members(JsonWriter& out, const Entry& entry);
Entry read_entry(const ObjectReader& in);

// acceptance/1 {election, at?, unit, contest, figures: hash, code, reason}: a coordinator takes a sheet with these very
// figures although that plausibility rule fires. `figures` is figures_hash() of the sheet.
struct Acceptance {
  UnitId unit;
  ContestId contest;
  Hash256 figures;
  std::string code;  // of the rule
  std::string reason;
};
void write_members(JsonWriter& out, const Acceptance& acceptance);
Acceptance read_acceptance(const ObjectReader& in);

// What a sheet says in numbers, whoever signs it and when: SHA-256("scrutineer/figures" LF || the members of the sheet
// as record_text() writes them, without times, `replaces`, `reason`, `order` and `live`).
Hash256 figures_hash(const CountSheet& sheet);

// remark/1 {election, at?, of: record id, reason}: somebody signs, or does not, and says something about it.
struct Remark {
  RecordId of;
  std::string reason;  // the remark itself
};
void write_members(JsonWriter& out, const Remark& remark);
Remark read_remark(const ObjectReader& in);

// attachment/1 {election, at?, unit, contest, blob, note?}: a photograph or scan of the paper sheet. Never replaced: a
// better one is a further attachment.
struct Attachment {
  UnitId unit;
  ContestId contest;
  BlobRef blob;
  std::string note;  // may be empty
};
void write_members(JsonWriter& out, const Attachment& attachment);
Attachment read_attachment(const ObjectReader& in);

// custody/1 {election, at?, unit, object, name, event, seals, broken?, from?, to?, order?, note?}: what happened to a
// ballot box or envelope, signed by those present.
enum class CustodyObject : std::uint8_t { box, envelope };
inline constexpr std::string_view kCustodyObjectNames[] = {"box", "envelope"};
enum class CustodyEvent : std::uint8_t { sealed, moved, stored, opened, recounted };
inline constexpr std::string_view kCustodyEventNames[] = {"sealed", "moved", "stored", "opened", "recounted"};
inline constexpr std::size_t kSeals = 32;
struct Custody {
  UnitId unit;
  CustodyObject object = CustodyObject::box;
  std::string name;  // as it is written on it: "1", "관내-2"
  CustodyEvent event = CustodyEvent::sealed;
  std::vector<std::string> seals;       // numbers that are on it afterwards; `opened`: none need be
  std::vector<std::string> broken;      // numbers that were found and broken: `opened`, `recounted`
  std::optional<std::string> from, to;  // places: `moved` needs both, `stored` needs `to`
  std::optional<std::string> order;     // `recounted` needs it: whose decision, its date and number
  std::string note;                     // may be empty
};
void write_members(JsonWriter& out, const Custody& custody);
Custody read_custody(const ObjectReader& in);

// independent-tally/1 {election, at?, area, blob, note?}: a party or an observer publishes its own count of an area, to
// be compared unit by unit (core/reconcile).
struct IndependentTally {
  std::string area;  // "/", "/level1", ... or the id of one unit
  BlobRef blob;      // CSV or EML 510
  std::string note;  // may be empty
};
void write_members(JsonWriter& out, const IndependentTally& tally);
IndependentTally read_independent_tally(const ObjectReader& in);

}  // namespace scrutineer
