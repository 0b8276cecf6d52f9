// What the log is told of a batch after people have decided: figures and roots, and each vote of the committee.
#include <algorithm>

#include "app/adjudicate/state.h"

namespace scrutineer {
namespace {

LeafHash leaf_of(const PaperBatch& batch, const BallotLine& line) {
  return leaf_hash(opening_json(opening_of(line, batch.secret)));
}

}  // namespace

NodeHash ballots_root(const PaperBatch& batch) {
  std::vector<BallotId> ids;
  for (const BallotLine& line : batch.lines) ids.push_back(line.id);
  std::vector<LeafHash> leaves;
  for (const OrderedBallot& at : secret_order(ids, batch.secret))
    leaves.push_back(leaf_of(batch, batch.lines[at.line]));
  return BallotTree(std::move(leaves)).root();
}

namespace {

// The vote that decided is the last one.
CommitteeVote vote_of(const PaperBatch& batch, const PaperEntry& entry) {
  const Voted& last = entry.state.votes().back();
  const Choice choice = entry.state.outcome()->choice;
  CommitteeVote vote;
  vote.ballot = leaf_of(batch, batch.lines[entry.line]);
  vote.contest = batch.info.contests[entry.contest].id;
  vote.question = last.question;
  vote.in_favour = last.in_favour;
  vote.against = last.against;
  vote.chair_decides = last.chair.has_value();
  vote.carried = *carried(last);
  vote.decision = choice.decision == Decision::counted ? PaperDecision::counted
                  : choice.decision == Decision::blank ? PaperDecision::blank
                                                       : PaperDecision::invalid;
  return vote;
}

Status count(const PaperBatch& batch, Adjudication& adjudication) {
  const std::vector<DecidedCase> decided = batch.decided();
  const std::vector<BallotOutcome> outcomes = outcomes_of(decided);
  BatchCounter counter(batch.info);
  auto next = outcomes.begin();
  for (const BallotLine& line : batch.lines) {  // both by id
    const bool back = line.front.has_value(), here = next != outcomes.end() && next->id == line.id;
    SCRUTINEER_CHECKED(here ? counter.add_decided(line.reading, *next, back)
                            : counter.add_undecided(line.reading, back));
    next += here;
  }
  adjudication.decisions = decisions_root(decided, batch.secret).hash;
  adjudication.decided_by_people = counter.counts().decided_by_people;
  adjudication.contests = counter.counts().contests;
  return {};
}

}  // namespace

DeskResult<PaperRecords> PaperService::records(const PaperPerson& person, const std::string& key) const {
  PaperBatch* batch = state_->find(key);
  if (!batch) return refuse_no_paper();
  if (!state_->options.rights(person.key, batch->info.unit).sign) return refuse_paper_role();
  std::lock_guard lock(state_->mutex);
  PaperRecords out;
  out.unit = batch->info.unit;
  out.ballots = batch->ballots;
  out.complete = true;
  for (const PaperEntry& entry : batch->entries) {
    if (!entry.listed) continue;
    const auto outcome = entry.state.outcome();
    out.complete = out.complete && outcome;
    if (outcome && outcome->how == OutcomeHow::committee) out.votes.push_back(vote_of(*batch, entry));
  }
  DESK_CHECKED(count(*batch, out.adjudication));
  return out;
}

}  // namespace scrutineer
