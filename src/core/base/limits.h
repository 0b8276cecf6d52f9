// Every limit on what is read or kept, named. A limit that is met is a refusal with a reason
// (ErrorCode::limit_exceeded), never a truncation. Tested in limits_test.cc.
#pragma once

#include <cstddef>
#include <cstdint>

namespace scrutineer::limits {

// Signed notes and records (docs/formats/note.md, docs/formats/record.md)
inline constexpr std::size_t kEntryBytes = 65'535;                        // one log entry; be16 length in entry bundles
inline constexpr std::size_t kNoteSignatures = 16;                        // signatures on one note
inline constexpr std::size_t kNoteNameBytes = 255;                        // a signer's name
inline constexpr std::size_t kJsonDepth = 8;                              // of a record body
inline constexpr std::int64_t kMaxInteger = (std::int64_t{1} << 53) - 1;  // RFC 8259: exact everywhere
inline constexpr std::size_t kPackageJsonBytes = 4u << 20;                // election.json
inline constexpr std::size_t kPackageJsonDepth = 16;

// Tables (CSV, plain or gzip)
inline constexpr std::size_t kCsvFileBytes = 1u << 30;  // after decompression
inline constexpr std::size_t kCsvLineBytes = 64u << 10;
inline constexpr std::size_t kCsvFieldBytes = 4u << 10;
inline constexpr std::size_t kCsvColumns = 64;
inline constexpr std::size_t kErrorsListed = 100;  // problems listed in one run before "and N more"

// Elections
inline constexpr std::size_t kUnits = 2'000'000;
inline constexpr std::size_t kContests = 256;
inline constexpr std::size_t kOptionsPerContest = 1'000;
inline constexpr std::size_t kUnitLevels = 6;
inline constexpr std::int64_t kVotesPerSheet = 10'000'000;  // more in one unit is absurd
inline constexpr std::int64_t kSeats = 10'000;              // seats in one contest

// Bundles
inline constexpr std::size_t kManifestBytes = 1u << 30;
inline constexpr std::size_t kManifestFiles = 8'000'000;
inline constexpr std::size_t kPathBytes = 1'024;
inline constexpr std::size_t kBlobBytes = 1u << 30;
inline constexpr std::size_t kTrustFileBytes = 1u << 20;
inline constexpr std::size_t kProofBytes = 64u << 10;
inline constexpr std::size_t kCheckpointBytes = 1u << 20;
inline constexpr std::size_t kKeyFileBytes = 16u << 10;

// Log (docs/formats/store.md, docs/formats/proof.md)
inline constexpr std::size_t kPolicyNames = 256;          // logs; witnesses and groups together
inline constexpr std::size_t kLogQueueEntries = 65'536;   // submitted and not yet acknowledged
inline constexpr std::size_t kLogQueueBytes = 64u << 20;  // the same, in bytes of entries
inline constexpr std::size_t kLogBatchEntries = 16'384;   // in one commit
inline constexpr std::size_t kLogBatchBytes = 8u << 20;   // in one commit
inline constexpr std::size_t kLogMarkEntries = 262'144;   // at most about so many are replayed when a log is opened
inline constexpr std::size_t kLogSameRecord = 4'096;      // entries of one record that a look-up goes through
inline constexpr std::size_t kPublishedCheckpoints = 4'000'000;

// Looking for indicators (docs/formats/hunt.md)
inline constexpr std::size_t kHuntSourceBytes = 256u << 20;  // one file of indicators
inline constexpr std::size_t kHuntSourceLine = 4u << 10;     // a line of one
inline constexpr std::size_t kHuntIndicators = 1'000'000;    // different ones in one hunt
inline constexpr std::size_t kHuntJsonDepth = 64;            // of a STIX bundle
inline constexpr std::size_t kHuntStringMin = 3;             // a fixed string; shorter ones are everywhere
inline constexpr std::size_t kHuntStringMax = 1'024;         // a fixed string
inline constexpr std::size_t kHuntUrlBytes = 2'048;          // a URL to look for
inline constexpr std::size_t kHuntWindow = 64u << 10;        // what is searched at once; longer lines in pieces
inline constexpr std::size_t kHuntContext = 8u << 10;        // by which pieces overlap on either side
inline constexpr std::size_t kHuntPlaces = 100;              // places listed for one indicator; all are counted
inline constexpr std::size_t kHuntPlacesInAll = 100'000;     // the same, for all indicators
inline constexpr std::size_t kHuntNotSearched = 100'000;     // entries listed of what was not searched
inline constexpr std::size_t kHuntLineKept = 1'000;          // bytes of a line in a report with lines
inline constexpr std::size_t kHuntInputs = 1'000'000;        // files in one hunt
inline constexpr std::size_t kHuntDepth = 64;                // directories in directories
inline constexpr std::uint64_t kHuntExpandFree = 64u << 20;  // so much may come out of any compressed file,
inline constexpr std::uint64_t kHuntExpandRatio = 250;       // and so many bytes for each of its own

}  // namespace scrutineer::limits
