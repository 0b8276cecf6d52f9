// Hand-over packages into and out of a log. Importing is idempotent: whatever was known before is said to be known,
// whatever is refused has no effect on the rest.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "app/log/log.h"
#include "core/authority/book.h"
#include "core/base/clock.h"
#include "core/handover/package.h"
#include "core/handover/words.h"
#include "core/note/key_file.h"

namespace scrutineer {

enum class ImportOutcome : std::uint8_t { added, known, refused };
inline constexpr std::string_view kImportOutcomeNames[] = {"new", "known", "refused"};

struct ImportedRecord {
  ImportOutcome outcome = ImportOutcome::refused;
  std::string what;            // "count-sheet a1 mayor": type and what it is about; empty where it is no record
  std::optional<RecordId> id;  // absent where it is no record
  std::uint64_t position = 0;  // in the log, where it is not refused
  std::optional<Error> why;    // where it is refused
};

struct ImportReport {
  HandoverHeader header;
  TelephoneWords words;
  std::vector<ImportedRecord> records;  // in the order of the package
  std::size_t blobs_kept = 0;
  std::size_t blobs_unnamed = 0;  // named by no record of the package: not kept
  std::size_t count(ImportOutcome outcome) const;
};

// How records and blobs enter: Intake::append and keep_blob where one process has the log; a server's own way there.
using AppendRecords = std::function<std::vector<Result<Appended>>(std::span<const Bytes>)>;
using KeepBlob = std::function<Status(BytesView)>;

// Whose package is taken.
enum class PackerCheck : std::uint8_t {
  before,  // whoever packed it holds a grant now
  none,    // a log that is still empty cannot know: a person compares the words by telephone
};

// Errors: those of parse_handover and check_packer; conflict (another election): then nothing was kept or appended. Of
// keep_blob: then some blobs are kept and nothing is appended. `book` is not used once `append` has been called.
Result<ImportReport> import_package(BytesView file, const Election& election, const AppendRecords& append,
                                    const KeepBlob& keep_blob, const RecordBook& book,
                                    PackerCheck check = PackerCheck::before);

// `read_blob`: not_found is no failure.
using ReadBlob = std::function<Result<Bytes>(const BlobHash&)>;

// What goes into a package: entries in the order in which they are given, one that is given twice once; then what they
// name.
class Gathering {
 public:
  // Above `most` bytes of entries and blobs, and above kHandoverRecords: limit_exceeded, in the words of `too_much`.
  Gathering(std::size_t most, std::string too_much) : most_(most), too_much_(std::move(too_much)) {}
  Status take(BytesView entry);
  // Call once, after the last entry. Errors: limit_exceeded; those of `read`.
  Status take_blobs(const ReadBlob& read);

  const std::vector<Bytes>& entries() const { return entries_; }
  const std::vector<Bytes>& blobs() const { return blobs_; }
  const std::vector<BlobHash>& absent() const { return absent_; }  // not there, or not what their name says

 private:
  Status add(std::vector<Bytes>& to, Bytes bytes);

  std::size_t most_;
  std::string too_much_;
  std::size_t size_ = 0;
  std::vector<Bytes> entries_, blobs_;
  std::vector<BlobHash> absent_;
  std::unordered_set<Hash256> seen_;
};

// What a package is to hold.
struct PackRequest {
  std::uint64_t since = 0;                       // entries from this position on
  std::optional<std::vector<RecordId>> records;  // or every entry of these records, wherever they stand
};
struct Packed {
  Bytes file;
  std::size_t entries = 0, blobs = 0;
  std::vector<BlobHash> absent;  // named by a record and not there: they do not travel
};
// Errors: not_found (a record), limit_exceeded, those of log and key.
Result<Packed> pack_records(const LogReader& log, const RecordId& election, const PackRequest& request,
                            const ReadBlob& read_blob, const NamedKey& key, UnixSeconds now);

}  // namespace scrutineer
