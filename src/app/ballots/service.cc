#include "app/ballots/service.h"

#include <algorithm>
#include <map>

#include "core/base/check.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::size_t kPictureBytes = 64u << 20;

// The line of one ballot. Linear: for the few that an order names.
Result<BallotLine> line_of(const BatchFiles& batch, const BallotId& id) {
  std::optional<BallotLine> found;
  SCRUTINEER_CHECKED(batch.each([&](const BallotLine& line) -> Status {
    if (line.id == id) found = line;
    return {};
  }));
  if (!found) return fail(ErrorCode::not_found, "the batch has no ballot " + id.value());
  return std::move(*found);
}

}  // namespace

Result<CommittedBatch> commit_batch(const BatchFiles& batch) {
  if (!batch.secret) return fail(ErrorCode::invalid_argument, "commitments need the batch's secret.json");
  std::vector<BallotId> ids;
  std::vector<LeafHash> by_line;
  SCRUTINEER_CHECKED(batch.each([&](const BallotLine& line) -> Status {
    ids.push_back(line.id);
    by_line.push_back(leaf_hash(opening_json(opening_of(line, *batch.secret))));
    return {};
  }));
  std::vector<LeafHash> leaves;
  std::unordered_map<std::string, std::size_t> place;
  for (const OrderedBallot& ballot : secret_order(ids, *batch.secret)) {
    place.emplace(ids[ballot.line].value(), leaves.size());
    leaves.push_back(by_line[ballot.line]);
  }
  return CommittedBatch{BallotTree(std::move(leaves)), std::move(place)};
}

Result<BatchRecord> make_batch_record(const BatchFiles& batch, PublishVotes votes) {
  SCRUTINEER_TRY(CommittedBatch committed, commit_batch(batch));
  SCRUTINEER_TRY(BatchCounts counts, machine_counts(batch));
  BatchRecord record;
  record.manifest = ballots_manifest(committed.tree.leaves());
  BallotBatch& body = record.body;
  body.unit = batch.info.unit;
  body.device = batch.info.device;
  body.definition = batch.info.definition;
  body.software = batch.info.software_sha256;
  body.thresholds = thresholds_sha256(batch.info.thresholds);
  body.sheets = counts.sheets;
  body.pictures = counts.pictures;
  body.rejected = counts.rejected;
  body.contests = votes == PublishVotes::yes ? counts.contests : without_votes(counts.contests);
  body.ballots = committed.tree.root().hash;
  body.manifest = {blob_hash(record.manifest), static_cast<std::int64_t>(record.manifest.size()), "text/plain"};
  return record;
}

Result<BallotProof> prove_ballot(const BatchFiles& batch, const CommittedBatch& committed, const RecordId& record,
                                 const BallotBatch& body, const BallotId& ballot) {
  if (committed.tree.root().hash != body.ballots)
    return fail(ErrorCode::conflict, "this directory is not the batch that the record is about: another root");
  auto place = committed.place.find(ballot.value());
  if (place == committed.place.end()) return fail(ErrorCode::not_found, "the batch has no ballot " + ballot.value());
  SCRUTINEER_TRY(BallotLine line, line_of(batch, ballot));
  return BallotProof{record, place->second, committed.tree.size(), opening_json(opening_of(line, *batch.secret)),
                     committed.tree.proof(place->second)};
}

Result<Bytes> make_release(Disk& disk, const BatchFiles& batch, const RecordId& record, const BallotBatch& body,
                           const ReleaseOrder& order) {
  if (order.batch != record) return fail(ErrorCode::unauthorised, "the order is about another batch");
  if (body.sheets < kPolicyMinimum)
    return fail(ErrorCode::unauthorised,
                "single ballots are shown out of a batch of 100 papers at least, and this one has " +
                    std::to_string(body.sheets));
  SCRUTINEER_TRY(CommittedBatch committed, commit_batch(batch));
  std::unordered_map<std::size_t, std::string> id_at;
  for (const auto& [id, place] : committed.place) id_at.emplace(place, id);
  std::vector<ShownBallot> shown;
  for (const LeafHash& leaf : order.ballots) {
    auto place = committed.tree.find(leaf);
    if (!place) return fail(ErrorCode::not_found, "the batch has no ballot with the commitment " + to_hex(leaf));
    const BallotId id(id_at.at(*place));
    SCRUTINEER_TRY(BallotProof proof, prove_ballot(batch, committed, record, body, id));
    SCRUTINEER_TRY(BallotOpening opening, parse_opening(proof.opening));
    if (!opening.masked)
      return fail(ErrorCode::not_found,
                  "ballot " + id.value() + " was not read, so that nothing on it could be masked");
    const std::string path = batch.directory + "/masked/" + id.value() + ".png";
    SCRUTINEER_TRY(Bytes picture, read_file(disk, path, kPictureBytes));
    if (sha256(picture) != *opening.masked)
      return fail(ErrorCode::conflict, "this is not the masked picture that was committed to", path);
    shown.push_back({std::move(proof), std::move(picture)});
  }
  return make_ballot_pack(std::move(shown));
}

std::vector<RecheckRow> recheck_by_machine(std::span<const BatchFiles> batches) {
  std::map<std::string, Share> rows;
  for (const BatchFiles& batch : batches) {
    auto counted = batch.each([&](const BallotLine& line) -> Status {
      Share& share = rows[batch.info.device];
      bool people = line.reading.defect != SheetDefect::none;
      for (const ContestReading& contest : line.reading.contests) people |= contest.decision == Decision::recheck;
      ++share.n;
      share.k += people;
      return {};
    });
    check(counted.has_value(), "read_batch() has read these lines");
  }
  std::vector<RecheckRow> out;
  for (const auto& [name, share] : rows) out.push_back({name, share});
  return out;
}

// For whom a paper is, that went to people, is known once they have decided.
std::vector<RecheckRow> recheck_by_option(std::span<const BatchFiles> batches, const ContestId& contest) {
  std::vector<RecheckRow> rows;
  auto add = [&](const BatchInfo& info, std::size_t c, const std::vector<std::uint16_t>& options, bool people) {
    for (std::uint16_t option : options) {
      const std::string& name = info.contests[c].options[option].value();
      auto row = std::find_if(rows.begin(), rows.end(), [&](const RecheckRow& r) { return r.name == name; });
      if (row == rows.end()) row = rows.insert(rows.end(), {name, {}});
      ++row->rechecked.n;
      row->rechecked.k += people;
    }
  };
  for (const BatchFiles& batch : batches)
    for (std::uint16_t c = 0; c < batch.info.contests.size(); ++c) {
      if (batch.info.contests[c].id != contest) continue;
      auto counted = batch.each([&](const BallotLine& line) -> Status {
        const BallotOutcome* outcome = batch.outcome(line.id);
        const ContestOutcome* decided = nullptr;
        if (outcome)
          for (const ContestOutcome& one : outcome->contests)
            if (one.contest == c) decided = &one;
        const ContestReading* said = nullptr;
        for (const ContestReading& one : line.reading.contests)
          if (one.contest == c) said = &one;
        const bool people = !said || said->decision != Decision::counted;
        if (decided)
          add(batch.info, c, decided->options, people);
        else if (said)
          add(batch.info, c, said->options, people);
        return {};
      });
      check(counted.has_value(), "read_batch() has read these lines");
    }
  return rows;
}

}  // namespace scrutineer
