// One paper and one contest on it, from a machine's doubt to a decision by people: a pure fold over private events. The
// states are drawn in docs/formats/adjudication.md and enumerated in case_test.cc. It knows no roles, files or log.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/adjudicate/choice.h"
#include "core/note/vkey.h"
#include "core/record/ballots.h"
#include "core/scan/batch.h"

namespace scrutineer {

inline constexpr std::size_t kCaseVotes = 20;
inline constexpr std::size_t kObjectionBytes = 2'000;

// Who did it. One public key is one person, under whatever name.
struct Looker {
  VerifierKey key;
  bool same_person(const Looker& other) const { return key.key == other.key.key; }
};

// Somebody has decided on the paper.
struct Looked {
  Looker by;
  Choice choice;
};
// Somebody present does not accept what machine or people decided.
struct Objected {
  Looker by;
  std::string reason;
};
// The committee has voted on one question.
struct Voted {
  Looker by;  // who writes it down
  CommitteeQuestion question = CommitteeQuestion::valid;
  std::optional<Choice> motion;  // valid: what follows if it is not; option: what is voted on; reading: none
  std::int64_t in_favour = 0, against = 0;
  std::optional<bool> chair;  // the chair's vote, at a tie where it decides
};
using CaseAct = std::variant<Looked, Objected, Voted>;

enum class TieRule : std::uint8_t { none, chair_decides };

struct CaseRules {
  ContestForm form;
  TieRule tie = TieRule::none;
};

enum class CasePhase : std::uint8_t {
  machine,    // the machine decided, and nobody doubts it
  waiting,    // for the first look
  once,       // for the second, by another person, blind
  differ,     // for a third person
  agreed,     // two looks are the same
  settled,    // the third look is one of the two
  committee,  // for a vote
  tied,       // as many for as against, and no rule
  decided,    // by the committee
};
inline constexpr std::string_view kCasePhaseNames[] = {"machine", "waiting",   "once", "differ", "agreed",
                                                       "settled", "committee", "tied", "decided"};

// Why something cannot be done now.
enum class CaseRefusal : std::uint8_t {
  nothing_to_look_at,    // nobody is asked to look
  same_person,           // has looked before, under whatever name
  does_not_fit,          // no such option, too many, no reason, blank where that is not counted apart
  nothing_to_object_to,  // neither machine nor people have decided, or the committee has it already
  committee_decided,     // and that is the end here
  not_before_committee,
  no_standing_decision,  // that the question `reading` could be about
  not_a_vote,            // nobody voted, or too many for a committee
  chair_not_asked,       // no tie, or no rule that lets the chair decide
  too_many_votes,
  no_reason,
};

class PaperCase {
 public:
  // `machine_decided`: then nobody looks unless somebody objects.
  PaperCase(CaseRules rules, bool machine_decided) : rules_(rules), asked_(!machine_decided) {}

  // Whether the act can be done now; apply() requires it.
  std::optional<CaseRefusal> refusal(const CaseAct& act) const;
  void apply(const CaseAct& act);

  CasePhase phase() const;
  bool may_look(const Looker& person) const;  // that person, now
  bool has_looked(const Looker& person) const;
  const CaseRules& rules() const { return rules_; }
  const std::vector<Looked>& looks() const { return looks_; }
  const std::vector<Objected>& objections() const { return objections_; }
  const std::vector<Voted>& votes() const { return votes_; }
  // What two or three people have come to, and no committee has struck.
  const std::optional<Choice>& standing() const { return standing_; }
  struct Outcome {
    Choice choice;
    OutcomeHow how = OutcomeHow::agreed;
  };
  std::optional<Outcome> outcome() const;  // nullopt: people have not decided it

 private:
  std::optional<CaseRefusal> refusal_to_look(const Looked& act) const;
  std::optional<CaseRefusal> refusal_to_object(const Objected& act) const;
  std::optional<CaseRefusal> refusal_to_vote(const Voted& act) const;
  void do_it(const Looked& act);
  void do_it(const Objected& act);
  void do_it(const Voted& act);

  CaseRules rules_;
  bool asked_;              // people have to look
  bool committee_ = false;  // it is before the committee
  bool tied_ = false;       // its last vote
  std::vector<Looked> looks_;
  std::vector<Objected> objections_;
  std::vector<Voted> votes_;
  std::optional<Choice> standing_;
  bool by_third_ = false;
  std::optional<Choice> decided_;  // by the committee
};

// Whether the vote is carried; nullopt: a tie that no rule decides.
std::optional<bool> carried(const Voted& vote);

}  // namespace scrutineer
