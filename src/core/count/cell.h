// One unit's sheet for one contest on its way from paper to announcement: a pure fold over what happens at the desk.
// The states are drawn in README.md and enumerated in cell_test.cc. It knows nothing of roles, rules and the log: who
// may act, which rules fire and what has been announced is decided around it.
#pragma once

#include <set>

#include "core/count/events.h"
#include "core/record/counting.h"

namespace scrutineer {

// A live count under way or done.
struct LiveRun {
  explicit LiveRun(std::size_t options) : tally(options) {}
  LiveTally tally;
  std::string salt;  // empty: not ended
  std::optional<Hand> checker;
  bool ended() const { return !salt.empty(); }
};

// Somebody's entry in progress.
struct Draft {
  std::string token;
  Hand by;
  std::int64_t reading = 1;
  std::int64_t at = 0;
  std::size_t section = 0;     // saved last
  std::set<std::size_t> seen;  // sections that were saved
  FieldValues typed;
  bool filled = false;               // the machine's column came from its batches
  std::set<std::string> confirmed;   // codes of rules
  std::optional<Prepared> prepared;  // of exactly what is typed
  std::optional<LiveRun> live;
};

// A signed entry.
struct Reading {
  Hand by;
  FieldValues values;  // third reading: of the differing fields only
  RecordId record;
  std::int64_t at = 0;
};

enum class EntryPhase : std::uint8_t {
  none,       // nobody has begun
  first,      // somebody enters it
  one,        // entered once
  second,     // somebody else enters it, blind
  different,  // the two entries are not the same
  third,      // a third person reads what differs
  agreed,     // two entries are the same, or the third reading has settled each difference
};
inline constexpr std::string_view kEntryPhaseNames[] = {"none",      "first", "one",   "second",
                                                        "different", "third", "agreed"};

// Why something cannot be done now.
enum class CountRefusal : std::uint8_t {
  busy,              // somebody else is entering it
  nothing_to_enter,  // not in this state
  same_person,       // has entered it before in this round, under whatever name
  wrong_entry,       // no such entry in progress
  incomplete,        // an answer is missing or cannot stand
  not_prepared,      // nothing was shown to be signed
  live_running,      // the live count comes first
  no_live_count,     // there is none, or it is over
  nothing_to_undo,
  checker_is_recorder,  // the other one of two people confirms
  not_agreed,           // the entries do not agree yet
  too_many_rounds,
  malformed,  // names no section, field or reading of this sheet
};

class CellCount {
 public:
  CellCount(CountForm form, const CountClock& clock) : form_(std::move(form)), clock_(clock) {}

  // Whether the act can be done now; apply() requires it.
  std::optional<CountRefusal> refusal(const CountAct& act) const;
  void apply(const CountAct& act);

  const CountForm& form() const { return form_; }
  EntryPhase phase() const;
  std::int64_t round() const { return round_; }
  const std::optional<Draft>& draft() const { return draft_; }
  const std::vector<Reading>& readings() const { return readings_; }  // of this round
  const std::vector<std::string>& differing() const { return differing_; }
  const std::optional<FieldValues>& agreed() const { return agreed_; }
  const std::optional<LiveRun>& live() const { return live_; }  // that the first entry came from
  const std::vector<AcceptedError>& accepted() const { return accepted_; }
  const std::vector<Attached>& attached() const { return attached_; }  // of every round
  const std::vector<Offered>& offered() const { return offered_; }
  const std::optional<Reopened>& reopened() const { return reopened_; }  // why this round was opened
  std::optional<std::int64_t> since() const { return since_; }           // of the state that it is in

  // The fields that the reading in progress is about: all, or those that differ.
  bool asks(const Draft& draft, std::string_view field) const;
  // What the draft answers; nullopt where something is missing or cannot stand.
  std::optional<FieldValues> answers(const Draft& draft) const;

 private:
  std::optional<CountRefusal> refusal_to_begin(const Begun& begun) const;
  std::optional<CountRefusal> refusal_to_save(const Saved& saved) const;
  std::optional<CountRefusal> refusal_to_reopen() const;
  std::optional<CountRefusal> refusal_to_fill(const Filled& filled) const;
  void do_it(const Begun& act);
  void do_it(const Saved& act);
  void do_it(const Confirmed& act) { draft_->confirmed.insert(act.code); }
  void do_it(const Prepared& act) { draft_->prepared = act; }
  void do_it(const Entered& act);
  void do_it(const Discarded&);
  void do_it(const LiveStepped& act) { draft_->live->tally.take(act.step); }
  void do_it(const LiveEnded& act) { draft_->live->salt = act.salt; }
  void do_it(const LiveConfirmed& act);
  void do_it(const AcceptedError& act) { accepted_.push_back(act); }
  void do_it(const Attached& act) { attached_.push_back(act); }
  void do_it(const Offered& act);
  void do_it(const Reopened& act);
  void do_it(const Filled& act) {
    draft_->typed = act.typed;
    draft_->filled = true;
  }
  void new_round();
  void settle();

  CountForm form_;
  CountClock clock_;
  std::int64_t round_ = 1;
  std::optional<Draft> draft_;
  std::vector<Reading> readings_;
  std::vector<std::string> differing_;
  std::optional<FieldValues> agreed_;
  std::optional<LiveRun> live_;
  std::vector<AcceptedError> accepted_;
  std::vector<Attached> attached_;
  std::vector<Offered> offered_;
  std::optional<Reopened> reopened_;
  std::optional<std::int64_t> since_;
};

// The confidential field of an entry record: {"valid": "123", ...} as compact JSON.
std::string disclosed_value(const FieldValues& values);
inline constexpr std::string_view kDisclosedName = "figures";

}  // namespace scrutineer
