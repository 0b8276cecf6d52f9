#include "app/bundle/proofs.h"

#include <algorithm>

#include "app/threads/parallel.h"
#include "core/merkle/tlog_proof.h"

namespace scrutineer {

std::optional<Position> counted_at(const ElectionFold& fold, ContestIndex contest, UnitIndex unit, std::uint64_t size) {
  const Tally& tally = fold.tally();
  const RecordStates& records = fold.book().records();
  std::optional<RecordIndex> current = tally.current(contest, unit);
  if (!current) return std::nullopt;
  if (tally.is_plain(contest, unit)) {
    const RecordState record = records[*current];
    return record.effect < size ? std::optional(carried_at(record)) : std::nullopt;
  }
  // The rule of Tally, for the sheets that were in effect then.
  Cell cell = tally.cell(contest, unit);
  std::erase_if(cell.versions, [&](const SheetVersion& version) { return records[version.record].effect >= size; });
  const SheetVersion* standing = nullptr;
  for (const SheetVersion& version : cell.versions) {
    bool replaced = std::any_of(cell.versions.begin(), cell.versions.end(), [&](const SheetVersion& other) {
      return other.replaces == records.id(version.record);
    });
    if (replaced) continue;
    if (standing && standing->row != version.row) return std::nullopt;
    if (!standing) standing = &version;
  }
  return standing ? std::optional(carried_at(records[standing->record])) : std::nullopt;
}

Status write_proof(const LogReader& reader, Position position, const std::string& path, BundleWriter& writer) {
  SCRUTINEER_TRY(std::optional<Bytes> note, reader.first_published_covering(position));
  if (!note) return fail(ErrorCode::not_found, "no published checkpoint covers entry " + std::to_string(position));
  SCRUTINEER_TRY(SignedCheckpoint frozen, parse_checkpoint(*note));
  SCRUTINEER_TRY(MerkleProof hashes, reader.inclusion_proof(position, frozen.checkpoint.size));
  TlogProof proof{std::nullopt, position, std::move(hashes), std::move(frozen)};
  return writer.put(path, to_bytes(proof));
}

void add_proofs(const ElectionFold& fold, UnitIndex unit, std::uint64_t size, const BundleWriter& writer,
                ProofList& out) {
  const Election& election = fold.tally().election();
  for (ContestIndex contest = 0; contest < election.contests().size(); ++contest) {
    std::string path = proof_path(election.tree().units()[unit].row, contest);
    std::optional<Position> position = counted_at(fold, contest, unit, size);
    if (position || writer.has(path)) out.emplace_back(std::move(path), position);
  }
}

Status write_proofs(const LogReader& reader, const ProofList& proofs, std::size_t threads, BundleWriter& writer) {
  std::vector<Status> done(proofs.size());
  parallel_for(proofs.size(), threads, 16, [&](std::size_t i, std::size_t) {
    const auto& [path, position] = proofs[i];
    done[i] = position ? write_proof(reader, *position, path, writer) : writer.drop(path);
  });
  for (const Status& status : done) SCRUTINEER_CHECKED(status);
  return {};
}

}  // namespace scrutineer
