#include "app/bundle/blobs.h"

#include <algorithm>

#include "app/projection/log_directory.h"
#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::size_t kLooksAtOnce = 256;  // for files that are missing, between two publications

const BlobRef& blob_of(const Record& record) {
  if (const auto* paper = std::get_if<Attachment>(&record.body)) return paper->blob;
  if (const auto* batch = std::get_if<BallotBatch>(&record.body)) return batch->manifest;
  if (const auto* release = std::get_if<ImageRelease>(&record.body)) return release->pack;
  return std::get<IndependentTally>(record.body).blob;
}

}  // namespace

void NamedBlobs::name(const RecordBook& book, RecordIndex record, std::optional<UnitIndex> unit) {
  if (seen_.insert(record).second) found_.push_back({record, book.records()[record].first, unit});
}

void NamedBlobs::look(const ElectionFold& fold, const std::vector<UnitIndex>& units) {
  for (UnitIndex unit : units)
    if (const auto* said = fold.tally().said_of(unit))
      for (RecordIndex record : *said)
        if (fold.book().records()[record].type == RecordType::attachment) name(fold.book(), record, unit);
  for (RecordIndex record : fold.tally().independent_tallies()) name(fold.book(), record, std::nullopt);
  const Papers& papers = fold.tally().papers();
  for (const BatchState& batch : papers.batches()) name(fold.book(), batch.record, std::nullopt);
  for (RecordIndex record : papers.releases()) name(fold.book(), record, std::nullopt);
}

void NamedBlobs::want(const BlobHash& hash) {
  const auto same = [&](const Wanted& wanted) { return wanted.hash == hash; };
  if (!has(hash) && std::none_of(wanted_.begin(), wanted_.end(), same)) wanted_.push_back({hash, std::nullopt});
}

// False: it is not there, or what is there is something else.
Result<bool> NamedBlobs::put(const BlobHash& hash) {
  const std::string from = blob_file(log_directory_, hash), to = blob_path(hash);
  SCRUTINEER_TRY(bool there, disk_.exists(from));
  if (!there) return false;
  SCRUTINEER_TRY(auto file, disk_.open(from, OpenMode::read));
  SCRUTINEER_TRY(std::uint64_t size, file->size());
  if (size > limits::kBlobBytes) return false;
  SCRUTINEER_TRY(ManifestFile written, writer_.put_stream(to, [&](const ByteSink& sink) -> Status {
    Bytes piece(kPieceBytes, '\0');
    for (std::uint64_t at = 0; at < size; at += kPieceBytes) {
      SCRUTINEER_TRY(std::size_t got, file->read_at(at, piece.data(), piece.size()));
      SCRUTINEER_CHECKED(sink(BytesView(piece).substr(0, got)));
    }
    return {};
  }));
  if (written.sha256 == hash) return true;
  SCRUTINEER_CHECKED(writer_.drop(to));
  return false;
}

Result<std::vector<UnitIndex>> NamedBlobs::fetch(const LogReader& log) {
  for (const Named& named : found_) {
    SCRUTINEER_TRY(Bytes note, log.entry(named.position));
    SCRUTINEER_TRY(ParsedEntry entry, parse_entry(note));
    wanted_.push_back({blob_of(entry.record).sha256, named.unit});
  }
  found_.clear();
  std::vector<UnitIndex> units;
  std::vector<Wanted> missing;
  for (const Wanted& wanted : wanted_) {
    bool there = has(wanted.hash);
    if (!there) {
      SCRUTINEER_TRY(there, put(wanted.hash));
    }
    if (!there)
      missing.push_back(wanted);
    else if (wanted.unit)
      units.push_back(*wanted.unit);
  }
  wanted_ = std::move(missing);
  return units;
}

Result<bool> NamedBlobs::has_arrived() const {
  for (std::size_t i = 0; i < std::min(wanted_.size(), kLooksAtOnce); ++i) {
    SCRUTINEER_TRY(bool there, disk_.exists(blob_file(log_directory_, wanted_[i].hash)));
    if (there) return true;
  }
  return false;
}

bool NamedBlobs::has(const BlobHash& hash) const {
  return writer_.has(blob_path(hash));
}

std::vector<BlobHash> NamedBlobs::missing() const {
  std::vector<BlobHash> out;
  for (const Wanted& wanted : wanted_) out.push_back(wanted.hash);
  return out;
}

}  // namespace scrutineer
