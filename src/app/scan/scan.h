// A stack of papers into a batch directory (docs/formats/batch.md): every picture is read, kept, masked, and compared
// with the others. Nothing stops the batch: what cannot be read says why and goes to people.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/scan/form.h"
#include "app/scan/source.h"
#include "core/scan/batch_counts.h"

namespace scrutineer {

inline constexpr std::size_t kAlikePairs = 100'000;

struct ScanRequest {
  std::string out;  // absent or empty
  UnitId unit{"rehearsal"};
  std::optional<RecordId> election;
  std::string device;    // name of the machine's key
  std::string software;  // "scrutineer 0.9"
  Hash256 software_sha256{};
  std::size_t threads = 1;
};

struct UnreadPicture {
  std::string name;  // of the source, for whoever stands at the machine
  SheetDefect defect = SheetDefect::none;
  std::string detail;
};

struct ScanSummary {
  BatchInfo info;
  BatchCounts counts;
  std::vector<UnreadPicture> unread;
  std::vector<std::pair<std::string, std::string>> alike;   // names of the source
  std::vector<std::pair<MarkClass, std::int64_t>> reasons;  // why papers go to people, the commonest first
};

// Called after each paper, from one thread: how many are done, of how many (0: nobody knows).
using ScanProgress = std::function<void(std::size_t done, std::size_t papers)>;

// Errors: conflict (`out` holds something), limit_exceeded, io_error, those of the source; what was done until then
// stands in `out` without batch.json and is no batch.
Result<ScanSummary> scan_batch(Disk& disk, Rng& rng, ScanSource& source, const BallotForm& form,
                               const ScanRequest& request, const ScanProgress& progress);

struct ScannedAgain {
  std::size_t pictures = 0;
  std::vector<std::string> different;  // ids: another reading, or another file
};
// Reads the stored images again. Errors: those of the batch's files, conflict (another definition).
Result<ScannedAgain> scan_again(Disk& disk, const std::string& batch, const BallotForm& form, std::size_t threads,
                                const ScanProgress& progress);

// readings.jsonl. Errors: those of reading it.
Result<std::vector<BallotLine>> batch_lines(Disk& disk, const std::string& batch);

// Of one picture's bytes, for both.
ReadPage read_picture(const BallotForm& form, BytesView bytes);

}  // namespace scrutineer
