// Scanned ballot papers: what is said of them is shown and counted, and whatever the bundle holds of it is checked
// against what was signed (docs/formats/ballot-records.md). No total depends on these records.
#include <algorithm>
#include <set>
#include <unordered_set>

#include "core/base/limits.h"
#include "core/scan/ballot_pack.h"
#include "core/verify/judge.h"

namespace scrutineer {
namespace {

std::string in_unit(const Election& election, UnitIndex unit, Position position) {
  return "unit " + election.tree().units()[unit].id.value() + ", entry " + std::to_string(position);
}

template <class Body>
const Body* body_at(Plan& plan, const RecordState& record) {
  auto entry = plan.parsed(record.first);
  return entry ? std::get_if<Body>(&(*entry)->record.body) : nullptr;
}

bool is_signed_by(const RecordBook& book, const RecordState& record, std::string_view name) {
  return std::any_of(record.signers.begin(), record.signers.end(), [&](const RecordSigner& signer) {
    return signer.key != kStranger && signer.state != SignerState::revoked && book.keys()[signer.key].key.name == name;
  });
}

// Whether a record about papers gives votes by option that no sheet of the unit in the log before it has told.
bool before_sheet(const Tally& tally, const RecordBook& book, RecordIndex about, UnitIndex unit,
                  const std::vector<ContestCounts>& contests) {
  const Position position = book.records()[about].first;
  return std::any_of(contests.begin(), contests.end(), [&](const ContestCounts& counts) {
    const auto contest = tally.election().find_contest(counts.contest);
    if (!counts.votes || !contest) return false;
    const Cell cell = tally.cell(*contest, unit);
    return std::none_of(cell.versions.begin(), cell.versions.end(),
                        [&](const SheetVersion& sheet) { return book.records()[sheet.record].first < position; });
  });
}
constexpr const char* kBeforeSheet = "votes by option are published before the unit's sheet is";

}  // namespace

void Judge::ballot_batch(const Tally& tally, const RecordBook& book, const BatchState& state) {
  const RecordState& record = book.records()[state.record];
  const auto* batch = body_at<BallotBatch>(plan, record);
  if (!batch) return;
  report.count(CheckId::papers);
  const std::string where = in_unit(election, state.unit, record.first);
  if (!is_signed_by(book, record, batch->device))
    report.notice(CheckId::papers, where, "the batch names the machine " + batch->device + ", which did not sign it");
  if (before_sheet(tally, book, state.record, state.unit, state.contests))
    report.notice(CheckId::papers, where, kBeforeSheet);
  if (tally.papers().says_too_much(state))
    report.notice(CheckId::papers, where,
                  "votes by option are published although a batch of the unit has fewer than 100 papers");
  const std::string path = blob_path(batch->manifest.sha256);
  if (!plan.manifest().find(path))
    return report.notice(CheckId::papers, where, "the list of this batch's ballots is not here: " + path);
  auto text = plan.source().read(path, limits::kBlobBytes);
  if (!text) return report.fail(CheckId::papers, path, text.error().message);
  auto leaves = parse_ballots_manifest(*text);
  if (!leaves) return report.fail(CheckId::papers, path, to_string(leaves.error()));
  if (static_cast<std::int64_t>(leaves->size()) != batch->pictures)
    return report.fail(CheckId::papers, path,
                       "the list has " + std::to_string(leaves->size()) + " ballots, and " + where + " says " +
                           std::to_string(batch->pictures));
  if (std::set<LeafHash>(leaves->begin(), leaves->end()).size() != leaves->size())
    report.fail(CheckId::papers, path, "one ballot stands in the list twice");
  if (BallotTree(std::move(*leaves)).root().hash != batch->ballots)
    report.fail(CheckId::papers, path, "the list does not have the root that " + where + " signs");
}

// Votes and orders name papers by their commitments: those of the batch, where its list is here.
void Judge::named_ballots(const RecordBook& book, const RecordId& batch, std::span<const LeafHash> ballots,
                          const std::string& where) {
  auto index = book.find(batch);
  const auto* body = index ? body_at<BallotBatch>(plan, book.records()[*index]) : nullptr;
  if (!body) return report.fail(CheckId::papers, where, "it names no batch that is here");
  auto text = plan.source().read(blob_path(body->manifest.sha256), limits::kBlobBytes);
  auto leaves = text ? parse_ballots_manifest(*text) : Result<std::vector<LeafHash>>(tl::unexpected(text.error()));
  if (!leaves) return;  // ballot_batch() has said so
  const std::unordered_set<LeafHash> known(leaves->begin(), leaves->end());
  for (const LeafHash& ballot : ballots)
    if (!known.contains(ballot))
      report.fail(CheckId::papers, where, "it names a ballot that the batch has not: " + to_hex(ballot));
}

void Judge::decisions(const Tally& tally, const RecordBook& book) {
  const Papers& papers = tally.papers();
  for (RecordIndex index : papers.committee_votes()) {
    const RecordState record = book.records()[index];
    report.count(CheckId::papers);
    if (const auto* vote = body_at<CommitteeVote>(plan, record))
      named_ballots(book, vote->batch, {&vote->ballot, 1}, "entry " + std::to_string(record.first));
  }
  for (RecordIndex index : papers.orders()) {
    const RecordState record = book.records()[index];
    report.count(CheckId::papers);
    if (const auto* order = body_at<ReleaseOrder>(plan, record))
      named_ballots(book, order->batch, order->ballots, "entry " + std::to_string(record.first));
  }
  for (const AdjudicationState& state : papers.adjudications()) {
    const RecordState record = book.records()[state.record];
    report.count(CheckId::papers);
    const auto* adjudication = body_at<Adjudication>(plan, record);
    if (!adjudication) continue;
    const UnitIndex unit = record.target->units.first;  // its batch's
    if (before_sheet(tally, book, state.record, unit, state.contests))
      report.notice(CheckId::papers, in_unit(election, unit, record.first), kBeforeSheet);
    for (const RecordId& vote : adjudication->committee_votes) {
      auto index = book.find(vote);
      const bool counts = index && book.records()[*index].effect != kNever;
      const auto* body = counts ? body_at<CommitteeVote>(plan, book.records()[*index]) : nullptr;
      if (!body || body->batch != adjudication->batch)
        report.notice(CheckId::papers, "entry " + std::to_string(record.first),
                      "it lists a committee's vote that is not in effect, or about another batch: " + to_hex(vote));
    }
  }
}

void Judge::image_release(const RecordBook& book, const RecordState& record) {
  const auto* release = body_at<ImageRelease>(plan, record);
  if (!release) return;
  report.count(CheckId::papers);
  const std::string where = "entry " + std::to_string(record.first);
  auto order_index = book.find(release->order);
  if (!order_index || book.records()[*order_index].effect == kNever)
    return report.fail(CheckId::papers, where, "ballots are shown on an order that is not in effect");
  const auto* order = body_at<ReleaseOrder>(plan, book.records()[*order_index]);
  auto batch_index = order ? book.find(order->batch) : std::nullopt;
  const auto* batch = batch_index ? body_at<BallotBatch>(plan, book.records()[*batch_index]) : nullptr;
  if (!batch) return report.fail(CheckId::papers, where, "the order names no batch that is here");
  if (batch->sheets < kPolicyMinimum)
    report.notice(CheckId::papers, where, "single ballots are shown of a batch of fewer than 100 papers");
  const std::string path = blob_path(release->pack.sha256);
  if (!plan.manifest().find(path)) return report.notice(CheckId::papers, where, "what was shown is not here: " + path);
  auto pack = plan.source().read(path, limits::kBlobBytes);
  if (!pack) return report.fail(CheckId::papers, path, pack.error().message);
  std::vector<BallotOpening> taken;
  const Problems problems = check_ballot_pack(*pack, *order, *batch, &taken);
  for (const Problem& problem : problems.listed())
    report.fail(CheckId::papers, path + (problem.where.empty() ? "" : ", " + problem.where), problem.message);
  if (problems.empty() && static_cast<std::int64_t>(taken.size()) != release->ballots)
    report.fail(CheckId::papers, path, "it does not show as many ballots as " + where + " says");
  shown_ += taken.size();
}

void Judge::papers(const Tally& tally, const RecordBook& book) {
  const Papers& papers = tally.papers();
  if (papers.batches().empty()) return;  // most elections scan nothing: no lines about it
  std::int64_t sheets = 0, standing = 0;
  for (const BatchState& batch : papers.batches()) {
    ballot_batch(tally, book, batch);
    standing += !batch.replaced;
    sheets += batch.replaced ? 0 : batch.sheets;
  }
  decisions(tally, book);
  for (RecordIndex release : papers.releases()) image_release(book, book.records()[release]);
  auto fact = [&](std::string name, std::size_t value) { report.facts.emplace_back(name, std::to_string(value)); };
  report.facts.emplace_back("batches of scanned papers",
                            std::to_string(standing) + " with " + std::to_string(sheets) + " papers; replaced: " +
                                std::to_string(papers.batches().size() - static_cast<std::size_t>(standing)));
  fact("decisions by people, lists", papers.adjudications().size());
  fact("committee votes on papers", papers.committee_votes().size());
  fact("orders to show ballots", papers.orders().size());
  report.facts.emplace_back("ballots shown",
                            std::to_string(shown_) + " in " + std::to_string(papers.releases().size()) + " releases");
}

}  // namespace scrutineer
