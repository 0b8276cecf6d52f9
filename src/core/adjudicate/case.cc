#include "core/adjudicate/case.h"

#include <algorithm>

#include "core/base/check.h"

namespace scrutineer {
namespace {

constexpr std::size_t kLooks = 3;

}  // namespace

std::optional<bool> carried(const Voted& vote) {
  if (vote.in_favour != vote.against) return vote.in_favour > vote.against;
  return vote.chair;
}

CasePhase PaperCase::phase() const {
  if (decided_) return CasePhase::decided;
  if (committee_) return tied_ ? CasePhase::tied : CasePhase::committee;
  if (!asked_) return CasePhase::machine;
  switch (looks_.size()) {
    case 0: return CasePhase::waiting;
    case 1: return CasePhase::once;
    case 2: return standing_ ? CasePhase::agreed : CasePhase::differ;
    default: return CasePhase::settled;  // three without a majority are before the committee
  }
}

bool PaperCase::has_looked(const Looker& person) const {
  return std::any_of(looks_.begin(), looks_.end(), [&](const Looked& look) { return look.by.same_person(person); });
}

bool PaperCase::may_look(const Looker& person) const {
  const CasePhase now = phase();
  return (now == CasePhase::waiting || now == CasePhase::once || now == CasePhase::differ) && !has_looked(person);
}

std::optional<PaperCase::Outcome> PaperCase::outcome() const {
  if (decided_) return Outcome{*decided_, OutcomeHow::committee};
  if (committee_ || !standing_) return std::nullopt;
  return Outcome{*standing_, by_third_ ? OutcomeHow::settled : OutcomeHow::agreed};
}

// ---- What can be done ----

std::optional<CaseRefusal> PaperCase::refusal_to_look(const Looked& act) const {
  const CasePhase now = phase();
  if (now != CasePhase::waiting && now != CasePhase::once && now != CasePhase::differ)
    return CaseRefusal::nothing_to_look_at;
  if (has_looked(act.by)) return CaseRefusal::same_person;
  if (!fits(act.choice, rules_.form)) return CaseRefusal::does_not_fit;
  return std::nullopt;
}

std::optional<CaseRefusal> PaperCase::refusal_to_object(const Objected& act) const {
  switch (phase()) {
    case CasePhase::decided: return CaseRefusal::committee_decided;
    case CasePhase::machine:
    case CasePhase::agreed:
    case CasePhase::settled: break;
    default: return CaseRefusal::nothing_to_object_to;
  }
  if (act.reason.empty() || act.reason.size() > kObjectionBytes) return CaseRefusal::no_reason;
  return std::nullopt;
}

std::optional<CaseRefusal> PaperCase::refusal_to_vote(const Voted& act) const {
  if (decided_) return CaseRefusal::committee_decided;
  if (!committee_) return CaseRefusal::not_before_committee;
  if (votes_.size() == kCaseVotes) return CaseRefusal::too_many_votes;
  auto in_range = [](std::int64_t n) { return n >= 0 && n <= kCommitteeSize; };
  if (!in_range(act.in_favour) || !in_range(act.against) || act.in_favour + act.against == 0)
    return CaseRefusal::not_a_vote;
  const bool tie = act.in_favour == act.against;
  if (act.chair && (!tie || rules_.tie != TieRule::chair_decides)) return CaseRefusal::chair_not_asked;
  switch (act.question) {
    case CommitteeQuestion::reading:
      if (!standing_) return CaseRefusal::no_standing_decision;
      if (act.motion) return CaseRefusal::does_not_fit;
      return std::nullopt;
    case CommitteeQuestion::valid:
      if (!act.motion || act.motion->decision != Decision::invalid || !fits(*act.motion, rules_.form))
        return CaseRefusal::does_not_fit;
      return std::nullopt;
    case CommitteeQuestion::option:
      if (!act.motion || act.motion->decision == Decision::invalid || !fits(*act.motion, rules_.form))
        return CaseRefusal::does_not_fit;
      return std::nullopt;
  }
  return CaseRefusal::does_not_fit;
}

std::optional<CaseRefusal> PaperCase::refusal(const CaseAct& act) const {
  struct {
    const PaperCase& c;
    std::optional<CaseRefusal> operator()(const Looked& a) const { return c.refusal_to_look(a); }
    std::optional<CaseRefusal> operator()(const Objected& a) const { return c.refusal_to_object(a); }
    std::optional<CaseRefusal> operator()(const Voted& a) const { return c.refusal_to_vote(a); }
  } answer{*this};
  return std::visit(answer, act);
}

// ---- What it does ----

void PaperCase::apply(const CaseAct& act) {
  check(!refusal(act), "an act is asked about before it is done");
  std::visit([&](const auto& one) { do_it(one); }, act);
}

void PaperCase::do_it(const Looked& act) {
  looks_.push_back(act);
  if (looks_.size() == 2 && looks_[0].choice == looks_[1].choice) standing_ = act.choice;
  if (looks_.size() < kLooks) return;
  by_third_ = true;
  if (act.choice == looks_[0].choice || act.choice == looks_[1].choice)
    standing_ = act.choice;
  else
    committee_ = true;
}

void PaperCase::do_it(const Objected& act) {
  objections_.push_back(act);
  if (asked_) committee_ = true;
  asked_ = true;
}

void PaperCase::do_it(const Voted& act) {
  votes_.push_back(act);
  const std::optional<bool> yes = carried(act);
  tied_ = !yes;
  if (!yes) return;
  switch (act.question) {
    case CommitteeQuestion::reading:
      if (*yes)
        decided_ = standing_;
      else
        standing_.reset();
      return;
    case CommitteeQuestion::valid:
      if (!*yes)
        decided_ = act.motion;
      else if (standing_ && standing_->decision != Decision::invalid)
        decided_ = standing_;
      else
        standing_.reset();  // it said invalid
      return;
    case CommitteeQuestion::option:
      if (*yes)
        decided_ = act.motion;
      else if (standing_ == act.motion)
        standing_.reset();
      return;
  }
}

}  // namespace scrutineer
