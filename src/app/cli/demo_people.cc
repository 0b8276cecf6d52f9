#include "app/cli/demo_people.h"

#include <algorithm>
#include <map>

#include "app/cli/session.h"
#include "app/cli/terminal.h"
#include "app/collect/desk.h"
#include "app/threads/parallel.h"

namespace scrutineer::cli {
namespace {

constexpr std::int64_t kMinute = 60;

// Stands still between two acts: simulated people take no time.
class WorkClock final : public Clock {
 public:
  UnixSeconds now() override { return {seconds}; }
  std::uint64_t monotonic_ns() override { return static_cast<std::uint64_t>(seconds) * 1'000'000'000; }
  std::int64_t seconds = 0;
};

struct Worker {
  DeskPerson person;
  std::unique_ptr<Signer> signer;
};

using Typed = std::map<std::string, std::string>;

void type_votes(Typed& typed, const std::string& prefix, const OptionVotes& votes) {
  for (std::size_t i = 0; i < votes.size(); ++i)
    typed[prefix + std::to_string(i + 1)] = std::to_string(votes[i].second);
}

// By the names that the entry pages give their fields (core/count/form.h).
Typed typed_from(const CountSheet& paper) {
  Typed typed;
  auto number = [&](const char* name, const std::optional<std::int64_t>& value) {
    typed[name] = value ? std::to_string(*value) : "-";
  };
  number("electors", paper.electors);
  number("ballots_issued", paper.ballots_issued);
  number("ballots_cast", paper.ballots_cast);
  number("valid", paper.valid);
  number("invalid", paper.invalid);
  type_votes(typed, "votes/", paper.votes);
  if (paper.machine) {
    type_votes(typed, "machine/sorted/", paper.machine->sorted);
    typed["machine/to_recheck"] = std::to_string(paper.machine->to_recheck);
  }
  if (paper.hand) {
    type_votes(typed, "hand/from_sorted/", paper.hand->from_sorted);
    type_votes(typed, "hand/from_recheck/", paper.hand->from_recheck);
  }
  typed["count_began"] = paper.count_began->substr(11, 5);
  typed["count_ended"] = paper.count_ended->substr(11, 5);
  return typed;
}

// Two digits change places; where they are the same, one is misread.
void misread(std::string& number) {
  number.back() = number.back() == '1' ? '7' : '1';
}
void mistype(std::string& number) {
  if (number.size() > 1 && number[number.size() - 2] != number.back())
    std::swap(number[number.size() - 2], number.back());
  else
    misread(number);
}

// The centre without its web pages.
class Hall {
 public:
  static Result<std::unique_ptr<Hall>> open(const std::string& centre, const std::string& keys) {
    auto hall = std::make_unique<Hall>();
    SCRUTINEER_TRY(hall->session_, Session::open(centre, "", ""));
    const Log& log = hall->session_->log();
    SCRUTINEER_TRY(TrustedElection trusted, read_trusted_election(hall->disk_, centre, log.reader()));
    hall->roots_ = std::move(trusted.roots);
    hall->election_ = std::make_unique<Election>(std::move(trusted.election));
    SCRUTINEER_TRY(hall->collector_,
                   Collector::open(hall->session_->log(), *hall->election_, hall->roots_, {default_threads()}));
    SCRUTINEER_TRY(hall->desk_, Desk::open(hall->disk_, centre, *hall->collector_, log.reader(), *hall->election_,
                                           hall->clock_, hall->rng_, {"", ""}));
    for (const char* name : {"typist-1", "typist-2", "chair", "member-1", "member-2", "member-3"})
      SCRUTINEER_CHECKED(hall->hire(keys, name));
    return hall;
  }

  // Everything that is done to one sheet, from `at` on.
  DeskResult<void> work(const CentreUnit& unit, std::int64_t at, std::size_t number) {
    const DeskCell cell{unit.paper.unit.value(), unit.paper.contest.value()};
    const char* typists[] = {"typist-1", "typist-2"};
    if (number % 2 == 1) std::swap(typists[0], typists[1]);
    Typed typed = typed_from(unit.paper);
    clock_.seconds = at;
    DESK_CHECKED(enter(typists[0], cell, typed));
    if (unit.work == CentreWork::entered_once) return {};
    clock_.seconds += 6 * kMinute;
    if (unit.work == CentreWork::two_differ) {
      mistype(typed["electors"]);
      misread(typed["count_ended"]);
    }
    DESK_CHECKED(enter(typists[1], cell, typed));
    if (unit.work == CentreWork::announced || unit.work == CentreWork::in_effect) {
      clock_.seconds += 3 * kMinute;
      DESK_CHECKED(sign("chair", cell, SheetAct::announce));
    }
    if (unit.work != CentreWork::in_effect) return {};
    const char* members[] = {"member-1", "member-2", "member-3"};
    for (std::size_t i = 0; i < 2; ++i) DESK_CHECKED(sign(members[(number + i) % 3], cell, SheetAct::sign));
    return {};
  }

 private:
  Status hire(const std::string& keys, const std::string& name) {
    SCRUTINEER_TRY(NamedKey key, load_key(disk_, keys + "/" + name + ".key", ""));
    Worker& worker = workers_[name];
    worker.person.key = key.vkey;
    SCRUTINEER_TRY(worker.signer, make_signer(key.secret));
    return {};
  }

  DeskResult<void> enter(const char* who, const DeskCell& cell, const Typed& typed) {
    Worker& worker = workers_.at(who);
    const DeskInputs inputs(typed.begin(), typed.end());
    DESK_TRY(ui::EntryPage page, desk_->entry(worker.person, cell, 0));
    for (std::size_t section = 0; section < page.sections; ++section)
      DESK_CHECKED(desk_->entry_save(worker.person, page.token, section, inputs, true));
    DESK_TRY(ui::EntryCheck check, desk_->entry_check(worker.person, page.token));
    for (const ui::EntryCheck::Notice& notice : check.notices)
      if (!notice.confirmed) DESK_CHECKED(desk_->entry_confirm(worker.person, page.token, notice.code));
    DESK_TRY(check, desk_->entry_check(worker.person, page.token));
    DESK_TRY(NoteSignature signature, sign_note(check.text, worker.person.key.name, *worker.signer));
    DESK_CHECKED(desk_->entry_sign(worker.person, page.token, signature));
    return {};
  }

  DeskResult<void> sign(const char* who, const DeskCell& cell, SheetAct act) {
    Worker& worker = workers_.at(who);
    DESK_TRY(ui::SheetPage page, desk_->sheet(worker.person, cell));
    DESK_TRY(NoteSignature signature, sign_note(page.text, worker.person.key.name, *worker.signer));
    return desk_->sheet_sign(worker.person, cell, act, signature);
  }

  PosixDisk disk_;
  SystemRng rng_;
  WorkClock clock_;
  Roots roots_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<Election> election_;
  std::unique_ptr<Collector> collector_;
  std::unique_ptr<Desk> desk_;  // goes first
  std::map<std::string, Worker> workers_;
};

}  // namespace

Status work_at_centre(const std::string& centre, const std::string& keys, std::span<const CentreUnit> units,
                      std::int64_t until) {
  constexpr std::int64_t kCarried = 8 * kMinute;  // from the counting table to the typists
  constexpr std::int64_t kSpent = 12 * kMinute;   // at most, until the members have signed
  // In the order in which the counts end: the desk's clock does not go back.
  std::vector<std::pair<std::int64_t, const CentreUnit*>> order;
  for (const CentreUnit& unit : units)
    if (unit.work != CentreWork::none)
      order.emplace_back(
          std::min(seconds_of_rfc3339(*unit.paper.count_ended).value_or(until) + kCarried, until - kSpent), &unit);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  if (order.empty()) return {};
  cli::Progress progress("people at the centre (simulated)");
  SCRUTINEER_TRY(auto hall, Hall::open(centre, keys));
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (auto done = hall->work(*order[i].second, order[i].first, i); !done)
      return tl::unexpected(placed(done.error().error, order[i].second->paper.unit.value()));
    progress.update(i + 1, order.size());
  }
  progress.finish(std::to_string(order.size()) + " of " + std::to_string(units.size()) + " sheets begun");
  return {};
}

}  // namespace scrutineer::cli
