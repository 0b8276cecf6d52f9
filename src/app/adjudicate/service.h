// People decide on the papers of batch directories: without HTTP and HTML. Every method takes the person who asks with
// what that person may do in the unit, and answers with a page as plain values or a refusal. Addresses:
// docs/formats/desk.md; states and journal: docs/formats/adjudication.md; files: docs/formats/batch.md.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/collect/refusal.h"
#include "app/ui/adjudicate_model.h"
#include "core/adjudicate/case.h"
#include "core/base/disk.h"
#include "core/election/election.h"
#include "core/merkle/tree.h"
#include "core/record/ballots.h"

namespace scrutineer {

// Limits of what is kept in memory and sent to browsers.
inline constexpr std::size_t kPaperBatches = 200;
inline constexpr std::size_t kPapersInMemory = 200'000;  // pictures of all batches together
inline constexpr std::size_t kShownPictureBytes = 32u << 20;
inline constexpr std::size_t kQueueRows = 500;  // listed on one page
inline constexpr std::size_t kPileRows = 100;   // of one option's pile, with their pictures

// What the log lets somebody do in one unit.
struct PaperRights {
  bool look = false;    // one of those who decide: typist, member, chair
  bool vote = false;    // writes down the committee's votes: chair, coordinator
  bool object = false;  // anybody present
  bool sign = false;    // signs what the log is told of a batch: the chair
  bool whole = false;   // of the committee: sees a picture without masks, where the case is before it
  bool any() const { return look || vote || object || whole; }
};
struct PaperPerson {
  VerifierKey key;
};

struct PaperPlace {  // as it stands in an address
  std::string batch, ballot;
  std::size_t contest = 0;
};

struct PaperPicture {
  std::string type;  // image/png, image/jpeg; application/octet-stream: browsers show it not, people may save it
  std::string name;  // to save it under
  Bytes bytes;
};

// The machine column of a count sheet, from all batches of the unit and contest together.
struct MachineFigures {
  std::vector<std::int64_t> sorted;  // by option, in the election's order
  std::int64_t to_recheck = 0;
};

// What the log is told of a batch: its records are made from this. `batch` of each is the caller's to fill in.
struct PaperRecords {
  UnitId unit;
  NodeHash ballots;                  // by which the batch's record is found
  bool complete = false;             // every doubtful paper is decided
  std::vector<CommitteeVote> votes;  // those that decided, in the secret order
  Adjudication adjudication;         // without `committee_votes`
};

struct PaperOptions {
  // What the log lets this key do in that unit. Called without the service's lock.
  std::function<PaperRights(const VerifierKey& key, const UnitId& unit)> rights;
  TieRule tie = TieRule::none;
  // Whether blank papers of that contest are counted apart from invalid ones in that unit.
  std::function<bool(const UnitId& unit, const ContestId& contest)> blank_apart;
};

// Thread-safe. Borrows disk and election.
class PaperService {
 public:
  // `directory`: one batch, or a directory of batches. Reads each batch and replays its decisions. Errors: not_found
  // (no batch there), malformed, conflict (another unit's or election's; more than one of them claims the same papers),
  // corrupt (a journal), limit_exceeded, io_error.
  static Result<std::unique_ptr<PaperService>> open(Disk& disk, const std::string& directory, const Election& election,
                                                    PaperOptions options);
  ~PaperService();

  DeskResult<ui::PaperStacks> stacks(const PaperPerson& person) const;
  DeskResult<ui::PaperQueue> queue(const PaperPerson& person, const std::string& batch) const;
  DeskResult<ui::PaperView> paper(const PaperPerson& person, const PaperPlace& place) const;
  DeskResult<ui::PaperPiles> piles(const PaperPerson& person, const std::string& batch) const;
  // The papers that the machine counted for an option of a contest, at most kPileRows from the `from`th on.
  DeskResult<ui::PaperPile> pile(const PaperPerson& person, const std::string& batch, std::size_t contest,
                                 std::size_t option, std::size_t from) const;

  // For who signs.
  DeskResult<PaperRecords> records(const PaperPerson& person, const std::string& batch) const;

  // The masked picture, to whoever may do anything with that unit's papers; `whole`: as the scanner gave it, to the
  // committee alone and while the case is before it. Checked against the hash that the batch states. Errors: not_found,
  // unauthorised, corrupt.
  DeskResult<PaperPicture> picture(const PaperPerson& person, const PaperPlace& place, bool whole) const;

  // Durable when it returns.
  DeskResult<void> look(const PaperPerson& person, const PaperPlace& place, const Choice& choice, bool on_paper);
  DeskResult<void> object(const PaperPerson& person, const PaperPlace& place, const std::string& reason);
  DeskResult<void> vote(const PaperPerson& person, const PaperPlace& place, CommitteeQuestion question,
                        std::optional<Choice> motion, std::int64_t in_favour, std::int64_t against,
                        std::optional<bool> chair);

  // nullopt: no batch of this unit and contest.
  std::optional<MachineFigures> machine(const UnitId& unit, const ContestId& contest) const;
  // Why nothing more is taken, if that is so (a journal could not be made durable).
  std::optional<Error> stopped() const;

  struct State;  // private to app/adjudicate

 private:
  explicit PaperService(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace scrutineer
