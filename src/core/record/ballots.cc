#include "core/record/ballots.h"

#include <algorithm>

#include "core/base/limits.h"

namespace scrutineer {
namespace {

void write_counts(JsonWriter& out, const std::vector<ContestCounts>& contests) {
  out.name("contests").begin_array();
  for (const ContestCounts& counts : contests) {
    out.begin_object().member("contest", counts.contest.value()).member("decided", counts.decided);
    if (counts.votes) write_votes(out, "votes", *counts.votes);
    out.member("recheck", counts.recheck).member("blank", counts.blank).member("invalid", counts.invalid).end_object();
  }
  out.end_array();
}

std::int64_t read_papers(const ObjectReader& in, std::string_view name) {
  return in.integer(name, 0, kBatchPictures);
}

std::vector<ContestCounts> read_counts(const ObjectReader& in) {
  std::vector<ContestCounts> contests;
  in.objects("contests", [&](const ObjectReader& item, std::size_t index) {
    if (index >= limits::kContests) return;
    ContestCounts counts;
    counts.contest = ContestId(item.non_empty("contest"));
    counts.decided = read_papers(item, "decided");
    if (item.has("votes")) counts.votes = read_votes(item, "votes");
    counts.recheck = read_papers(item, "recheck");
    counts.blank = read_papers(item, "blank");
    counts.invalid = read_papers(item, "invalid");
    for (const ContestCounts& before : contests)
      if (before.contest == counts.contest) item.problem("contest", "this contest stands twice");
    contests.push_back(std::move(counts));
  });
  const auto list = in.find("contests");
  if (contests.empty() || (list && list->size() > limits::kContests))
    in.problem("contests", "expected 1 to 256 contests");
  return contests;
}

void write_replaces(JsonWriter& out, const std::optional<RecordId>& replaces,
                    const std::optional<std::string>& reason) {
  if (replaces) out.member("replaces", to_hex(*replaces));
  if (reason) out.member("reason", *reason);
}

void read_replaces(const ObjectReader& in, std::optional<RecordId>& replaces, std::optional<std::string>& reason) {
  if (auto replaced = in.optional_hash("replaces")) {
    replaces = RecordId{*replaced};
    reason = read_reason(in);
  } else if (in.has("reason")) {
    in.problem("reason", "a reason is given only with `replaces`");
  }
}

template <class Hash>
void write_hashes(JsonWriter& out, std::string_view name, const std::vector<Hash>& hashes) {
  out.name(name).begin_array();
  for (const Hash& hash : hashes) out.string(to_hex(hash));
  out.end_array();
}

template <class Hash>
std::vector<Hash> read_hashes(const ObjectReader& in, std::string_view name, std::size_t most) {
  std::vector<Hash> hashes;
  for (const std::string& text : in.strings(name)) {
    auto hash = hash_from_hex(text);
    if (!hash) {
      in.problem(name, "expected hashes in 64 hex digits");
      return hashes;
    }
    hashes.push_back(Hash{*hash});
  }
  if (hashes.size() > most) in.problem(name, "expected at most " + std::to_string(most));
  return hashes;
}

BlobRef read_blob_at(const ObjectReader& in, std::string_view name) {
  BlobRef blob;
  in.object(name, [&](const ObjectReader& members) { blob = read_blob_ref(members); });
  return blob;
}

// The papers of a contest are among those of the batch.
void check_counts(const ObjectReader& in, const BallotBatch& batch) {
  if (batch.sheets > batch.pictures) in.problem("pictures", "fewer pictures than papers");
  if (batch.rejected > batch.pictures) in.problem("rejected", "more than there are pictures");
  for (const ContestCounts& counts : batch.contests)
    if (counts.decided + counts.recheck + counts.blank + counts.invalid > batch.pictures)
      in.problem("contests", "contest " + counts.contest.value() + " has more papers than there are pictures");
}

}  // namespace

void write_members(JsonWriter& out, const BallotBatch& batch) {
  out.member("unit", batch.unit.value()).member("device", batch.device);
  out.member("definition", to_hex(batch.definition)).member("software", to_hex(batch.software));
  out.member("thresholds", to_hex(batch.thresholds)).member("sheets", batch.sheets);
  out.member("pictures", batch.pictures).member("rejected", batch.rejected);
  write_counts(out, batch.contests);
  out.member("ballots", to_hex(batch.ballots));
  write(out, "manifest", batch.manifest);
  write_replaces(out, batch.replaces, batch.reason);
}

BallotBatch read_ballot_batch(const ObjectReader& in) {
  BallotBatch batch;
  batch.unit = UnitId(in.non_empty("unit"));
  batch.device = in.non_empty("device");
  batch.definition = in.hash("definition");
  batch.software = in.hash("software");
  batch.thresholds = in.hash("thresholds");
  batch.sheets = read_papers(in, "sheets");
  batch.pictures = read_papers(in, "pictures");
  batch.rejected = read_papers(in, "rejected");
  batch.contests = read_counts(in);
  batch.ballots = in.hash("ballots");
  batch.manifest = read_blob_at(in, "manifest");
  read_replaces(in, batch.replaces, batch.reason);
  check_counts(in, batch);
  return batch;
}

void write_members(JsonWriter& out, const Adjudication& adjudication) {
  out.member("batch", to_hex(adjudication.batch)).member("decisions", to_hex(adjudication.decisions));
  out.member("decided_by_people", adjudication.decided_by_people);
  write_counts(out, adjudication.contests);
  write_hashes(out, "committee_votes", adjudication.committee_votes);
  write_replaces(out, adjudication.replaces, adjudication.reason);
}

Adjudication read_adjudication(const ObjectReader& in) {
  Adjudication adjudication;
  adjudication.batch = read_record_id(in, "batch");
  adjudication.decisions = in.hash("decisions");
  adjudication.decided_by_people = read_papers(in, "decided_by_people");
  adjudication.contests = read_counts(in);
  adjudication.committee_votes = read_hashes<RecordId>(in, "committee_votes", kCommitteeVotes);
  read_replaces(in, adjudication.replaces, adjudication.reason);
  return adjudication;
}

void write_members(JsonWriter& out, const CommitteeVote& vote) {
  out.member("batch", to_hex(vote.batch)).member("ballot", to_hex(vote.ballot)).member("contest", vote.contest.value());
  out.member("question", kCommitteeQuestionNames[static_cast<std::size_t>(vote.question)]);
  out.member("for", vote.in_favour).member("against", vote.against);
  if (vote.chair_decides) out.name("chair_decides").boolean(true);
  out.name("carried").boolean(vote.carried);
  out.member("decision", kPaperDecisionNames[static_cast<std::size_t>(vote.decision)]);
}

// Election Commission Act (Republic of Korea), art. 10: a majority of the members present decides; the chair votes, and
// decides where there are as many for as against.
CommitteeVote read_committee_vote(const ObjectReader& in) {
  CommitteeVote vote;
  vote.batch = read_record_id(in, "batch");
  vote.ballot = LeafHash{in.hash("ballot")};
  vote.contest = ContestId(in.non_empty("contest"));
  vote.question = static_cast<CommitteeQuestion>(in.choice("question", kCommitteeQuestionNames));
  vote.in_favour = in.integer("for", 0, kCommitteeSize);
  vote.against = in.integer("against", 0, kCommitteeSize);
  vote.chair_decides = in.optional_boolean("chair_decides").value_or(false);
  vote.carried = in.boolean("carried");
  vote.decision = static_cast<PaperDecision>(in.choice("decision", kPaperDecisionNames));
  if (in.has("chair_decides") && !vote.chair_decides) in.problem("chair_decides", "true, or left out");
  if (vote.in_favour + vote.against == 0) in.problem("for", "somebody has to have voted");
  if (vote.chair_decides != (vote.in_favour == vote.against))
    in.problem("chair_decides", "the chair decides at a tie, and only then");
  if (vote.in_favour != vote.against && vote.carried != (vote.in_favour > vote.against))
    in.problem("carried", "this is not what the majority voted");
  return vote;
}

void write_members(JsonWriter& out, const ReleaseOrder& order) {
  out.member("batch", to_hex(order.batch));
  write_hashes(out, "ballots", order.ballots);
  out.member("authority", order.authority).member("reason", order.reason);
}

ReleaseOrder read_release_order(const ObjectReader& in) {
  ReleaseOrder order;
  order.batch = read_record_id(in, "batch");
  order.ballots = read_hashes<LeafHash>(in, "ballots", kOrderBallots);
  if (order.ballots.empty()) in.problem("ballots", "an order names one ballot at least");
  order.authority = read_short(in, "authority");
  order.reason = read_reason(in);
  return order;
}

void write_members(JsonWriter& out, const ImageRelease& release) {
  out.member("order", to_hex(release.order));
  write(out, "pack", release.pack);
  out.member("ballots", release.ballots);
}

ImageRelease read_image_release(const ObjectReader& in) {
  ImageRelease release;
  release.order = read_record_id(in, "order");
  release.pack = read_blob_at(in, "pack");
  release.ballots = in.integer("ballots", 1, static_cast<std::int64_t>(kOrderBallots));
  return release;
}

}  // namespace scrutineer
