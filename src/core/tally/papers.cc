#include "core/tally/papers.h"

#include <algorithm>

namespace scrutineer {
namespace {

// Among records of one kind about one thing: what the newest replaces, and whether one that took effect before it
// replaces the newest.
template <class State>
void mark_replaced(std::vector<State>& all, const std::vector<std::size_t>& about) {
  State& newest = all[about.back()];
  for (std::size_t index : about) {
    if (newest.replaces == all[index].id) all[index].replaced = true;
    if (all[index].replaces == newest.id) newest.replaced = true;
  }
}

}  // namespace

void Papers::apply(const RecordBook& book, const Effect& effect) {
  const RecordBody& body = effect.record->body;
  if (const auto* batch = std::get_if<BallotBatch>(&body)) return add_batch(book, effect.index, *batch);
  if (const auto* decided = std::get_if<Adjudication>(&body)) return add_adjudication(book, effect.index, *decided);
  switch (effect.record->type()) {
    case RecordType::committee_vote: committee_votes_.push_back(effect.index); return;
    case RecordType::release_order: orders_.push_back(effect.index); return;
    case RecordType::image_release: releases_.push_back(effect.index); return;
    default: return;
  }
}

void Papers::add_batch(const RecordBook& book, RecordIndex record, const BallotBatch& batch) {
  const UnitIndex unit = book.records()[record].target->units.first;
  batches_.push_back(
      {record, book.records().id(record), unit, batch.sheets, batch.rejected, batch.contests, batch.replaces, false});
  of_unit_[unit].push_back(batches_.size() - 1);
  mark_replaced(batches_, of_unit_[unit]);
}

void Papers::add_adjudication(const RecordBook& book, RecordIndex record, const Adjudication& adjudication) {
  adjudications_.push_back(
      {record, book.records().id(record), adjudication.batch, adjudication.contests, adjudication.replaces, false});
  auto& about = adjudications_of_[adjudication.batch];
  about.push_back(adjudications_.size() - 1);
  mark_replaced(adjudications_, about);
}

std::vector<std::size_t> Papers::standing(UnitIndex unit) const {
  std::vector<std::size_t> standing;
  auto found = of_unit_.find(unit);
  if (found == of_unit_.end()) return standing;
  for (std::size_t index : found->second)
    if (!batches_[index].replaced) standing.push_back(index);
  return standing;
}

std::optional<std::size_t> Papers::only_adjudication(const RecordId& batch) const {
  auto found = adjudications_of_.find(batch);
  std::optional<std::size_t> only;
  if (found == adjudications_of_.end()) return only;
  for (std::size_t index : found->second) {
    if (adjudications_[index].replaced) continue;
    if (only) return std::nullopt;
    only = index;
  }
  return only;
}

// Adds the counts for that contest, if there are any. Where one batch does not publish votes, the unit has none.
bool Papers::add(PaperSums& sums, const std::vector<ContestCounts>& contests, ContestIndex contest) const {
  const Contest& known = election_.contests()[contest];
  auto counts = std::find_if(contests.begin(), contests.end(),
                             [&](const ContestCounts& c) { return c.contest == known.definition.id; });
  if (counts == contests.end()) return false;
  sums.decided += counts->decided;
  sums.recheck += counts->recheck;
  sums.blank += counts->blank;
  sums.invalid += counts->invalid;
  if (!counts->votes) sums.votes.clear();
  if (!counts->votes || sums.votes.empty()) return true;
  std::size_t place = 0;
  for (const auto& [option, votes] : *counts->votes)
    if (auto index = known.find_option(option, place++)) sums.votes[*index] += votes;
  return true;
}

std::optional<PaperSums> Papers::machine(ContestIndex contest, UnitIndex unit) const {
  PaperSums sums;
  sums.votes.resize(election_.contests()[contest].options.size());
  bool any = false;
  for (std::size_t index : standing(unit)) {
    if (!add(sums, batches_[index].contests, contest)) continue;
    sums.rejected += batches_[index].rejected;
    any = true;
  }
  return any ? std::optional(std::move(sums)) : std::nullopt;
}

std::optional<PaperSums> Papers::decided(ContestIndex contest, UnitIndex unit) const {
  PaperSums sums;
  sums.votes.resize(election_.contests()[contest].options.size());
  bool any = false;
  for (std::size_t index : standing(unit)) {
    const BatchState& batch = batches_[index];
    if (auto adjudication = only_adjudication(batch.id)) {
      any |= add(sums, adjudications_[*adjudication].contests, contest);
    } else if (adjudications_of_.contains(batch.id) || batch.rejected > 0) {
      return std::nullopt;
    } else {
      any |= add(sums, batch.contests, contest);
    }
  }
  if (!any || sums.recheck > 0) return std::nullopt;
  return sums;
}

bool Papers::says_too_much(const BatchState& batch) const {
  const bool gives_votes = std::any_of(batch.contests.begin(), batch.contests.end(),
                                       [](const ContestCounts& counts) { return counts.votes.has_value(); });
  if (!gives_votes || batch.replaced) return false;
  // A unit's sheet is published by law: the difference to it would show the smallest batch, whichever gives votes.
  const auto beside = standing(batch.unit);
  return beside.size() > 1 && std::any_of(beside.begin(), beside.end(),
                                          [&](std::size_t index) { return batches_[index].sheets < kPolicyMinimum; });
}

}  // namespace scrutineer
