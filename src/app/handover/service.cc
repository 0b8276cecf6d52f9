#include "app/handover/service.h"

#include <algorithm>
#include <unordered_set>

#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::size_t kBatch = 4'096;  // records that enter the log in one piece

// What people call a record: its type and what it is about.
std::string description(const Record& record) {
  std::string out(record_type_name(record.type()));
  std::visit(
      [&](const auto& body) {
        if constexpr (requires { body.unit.value(); }) out.append(" ").append(body.unit.value());
        if constexpr (requires { body.contest.value(); }) out.append(" ").append(body.contest.value());
        if constexpr (requires { body.role.value(); })
          out.append(" ").append(body.role.value()).append(" ").append(body.key.name);
      },
      record.body);
  return out;
}

ImportedRecord imported(const Bytes& entry, Result<Appended> result) {
  ImportedRecord out;
  if (auto parsed = parse_entry(entry)) {
    out.id = parsed->id;
    out.what = description(parsed->record);
  }
  if (!result) {
    out.why = std::move(result).error();
    return out;
  }
  out.outcome = result->already_there ? ImportOutcome::known : ImportOutcome::added;
  out.position = result->index;
  return out;
}

// Blobs before the records that name them: a log never names what its operator was given and does not have. What no
// record of the package names is not kept, so that nobody can store things here.
Status keep_named_blobs(const Handover& package, const KeepBlob& keep_blob, ImportReport& report) {
  std::unordered_set<BlobHash> named;
  for (BytesView entry : package.entries)
    for (const BlobRef& blob : blobs_named_by(entry)) named.insert(blob.sha256);
  for (BytesView blob : package.blobs) {
    if (!named.contains(blob_hash(blob))) {
      ++report.blobs_unnamed;
      continue;
    }
    SCRUTINEER_CHECKED(keep_blob(blob));
    ++report.blobs_kept;
  }
  return {};
}

}  // namespace

std::size_t ImportReport::count(ImportOutcome outcome) const {
  return static_cast<std::size_t>(
      std::count_if(records.begin(), records.end(), [&](const ImportedRecord& r) { return r.outcome == outcome; }));
}

Result<ImportReport> import_package(BytesView file, const Election& election, const AppendRecords& append,
                                    const KeepBlob& keep_blob, const RecordBook& book, PackerCheck check) {
  SCRUTINEER_TRY(Handover package, parse_handover(file));
  if (package.header.election != election.id())
    return fail(ErrorCode::conflict, "this package belongs to another election", to_hex(package.header.election));
  if (check == PackerCheck::before) SCRUTINEER_CHECKED(check_packer(package, book));
  ImportReport report{package.header, telephone_words(file), {}, 0, 0};
  SCRUTINEER_CHECKED(keep_named_blobs(package, keep_blob, report));
  for (std::size_t first = 0; first < package.entries.size(); first += kBatch) {
    std::size_t end = std::min(first + kBatch, package.entries.size());
    std::vector<Bytes> batch(package.entries.begin() + static_cast<std::ptrdiff_t>(first),
                             package.entries.begin() + static_cast<std::ptrdiff_t>(end));
    std::vector<Result<Appended>> results = append(batch);
    for (std::size_t i = 0; i < batch.size(); ++i)
      report.records.push_back(imported(
          batch[i], i < results.size() ? std::move(results[i]) : fail(ErrorCode::io_error, "the log did not answer")));
  }
  return report;
}

Status Gathering::add(std::vector<Bytes>& to, Bytes bytes) {
  size_ += bytes.size();
  if (size_ > most_) return fail(ErrorCode::limit_exceeded, too_much_);
  to.push_back(std::move(bytes));
  return {};
}

Status Gathering::take(BytesView entry) {
  if (!seen_.insert(sha256(entry)).second) return {};  // a log may hold an entry twice, a package not
  if (entries_.size() == kHandoverRecords) return fail(ErrorCode::limit_exceeded, too_much_);
  return add(entries_, Bytes(entry));
}

Status Gathering::take_blobs(const ReadBlob& read) {
  std::unordered_set<BlobHash> asked;
  for (const Bytes& entry : entries_)
    for (const BlobRef& blob : blobs_named_by(entry)) {
      if (!asked.insert(blob.sha256).second) continue;
      auto bytes = read(blob.sha256);
      if (!bytes && bytes.error().code != ErrorCode::not_found) return tl::unexpected(bytes.error());
      if (!bytes || blob_hash(*bytes) != blob.sha256)
        absent_.push_back(blob.sha256);
      else
        SCRUTINEER_CHECKED(add(blobs_, std::move(*bytes)));
    }
  return {};
}

Result<Packed> pack_records(const LogReader& log, const RecordId& election, const PackRequest& request,
                            const ReadBlob& read_blob, const NamedKey& key, UnixSeconds now) {
  // 1. The entries, in the order of the log.
  Gathering gathering(kHandoverBytes, "too much for one package: begin later, with --since");
  if (request.records) {
    std::vector<std::uint64_t> positions;
    for (const RecordId& id : *request.records) {
      SCRUTINEER_TRY(auto found, log.find(id));
      if (found.empty()) return fail(ErrorCode::not_found, "the log does not hold this record", to_hex(id));
      positions.insert(positions.end(), found.begin(), found.end());
    }
    std::sort(positions.begin(), positions.end());
    for (std::uint64_t position : positions) {
      SCRUTINEER_TRY(Bytes entry, log.entry(position));
      SCRUTINEER_CHECKED(gathering.take(entry));
    }
  } else {
    std::uint64_t end = log.size();
    auto visit = [&](std::uint64_t, BytesView entry) { return gathering.take(entry); };
    SCRUTINEER_CHECKED(log.entries(std::min(request.since, end), end, visit));
  }
  // 2. What they name.
  SCRUTINEER_CHECKED(gathering.take_blobs(read_blob));
  // 3. Signed.
  Packed packed{{}, gathering.entries().size(), gathering.blobs().size(), gathering.absent()};
  SCRUTINEER_TRY(std::unique_ptr<Signer> signer, make_signer(key.secret));
  SCRUTINEER_TRY(packed.file, write_handover(election, key.vkey.name, to_rfc3339(now), gathering.entries(),
                                             gathering.blobs(), *signer));
  return packed;
}

}  // namespace scrutineer
