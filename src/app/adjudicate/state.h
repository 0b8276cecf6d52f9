// What the files of the service share; private to app/adjudicate.
#pragma once

#include <map>
#include <mutex>

#include "app/adjudicate/service.h"
#include "app/collect/journal.h"
#include "core/adjudicate/decisions.h"
#include "core/adjudicate/events.h"

namespace scrutineer {

// One case, and where it stands in the secret order.
struct PaperEntry {
  std::size_t line = 0;  // index into `lines`
  std::uint16_t contest = 0;
  PaperCase state;
  bool listed = false;      // people were asked to look, by the machine or by somebody
  std::int64_t number = 0;  // of those listed when the batch was opened, from 1; later ones follow
};

struct PaperBatch {
  std::string directory, key;
  BatchInfo info;
  BatchSecret secret;
  UnitIndex unit = 0;
  std::vector<ContestIndex> contests;             // of the election, by contest of the batch
  std::vector<std::vector<std::size_t>> options;  // of the election's contest, by option of the batch
  std::vector<BallotLine> lines;                  // by id
  std::vector<PaperEntry> entries;                // in the secret order, then by contest
  std::map<std::pair<std::string_view, std::uint16_t>, std::size_t> by_place;  // into `entries`
  BatchCounts machine;
  NodeHash ballots;  // root over the commitments
  std::unique_ptr<Journal> journal;
  std::int64_t numbered = 0;

  ContestForm form(std::uint16_t contest, bool blank_apart) const {
    return {info.contests[contest].options.size(), static_cast<std::size_t>(info.contests[contest].seats), blank_apart};
  }
  PaperEntry* find(std::string_view ballot, std::size_t contest) {
    auto at = by_place.find({ballot, static_cast<std::uint16_t>(contest)});
    return contest > 65'535 || at == by_place.end() ? nullptr : &entries[at->second];
  }
  std::vector<DecidedCase> decided() const;
  void list(PaperEntry& entry);
};

struct PaperService::State {
  State(Disk& d, const Election& e, PaperOptions o) : disk(d), election(e), options(std::move(o)) {}
  Disk& disk;
  const Election& election;
  PaperOptions options;
  mutable std::mutex mutex;
  std::vector<std::unique_ptr<PaperBatch>> batches;

  PaperBatch* find(const std::string& key) const;
  // Asks the fold whether it can be, keeps it durably, then does it. Lock held.
  DeskResult<void> commit(PaperBatch& batch, PaperEntry& entry, CaseAct act);
};

// open.cc
Result<std::unique_ptr<PaperBatch>> open_batch(Disk& disk, const std::string& directory, const Election& election,
                                               const PaperOptions& options, std::size_t room);
Status write_outcomes(Disk& disk, const PaperBatch& batch);

// records.cc
NodeHash ballots_root(const PaperBatch& batch);

// words.cc
DeskRefusal words_of(CaseRefusal refusal);
tl::unexpected<DeskRefusal> refuse_paper_role();
tl::unexpected<DeskRefusal> refuse_no_paper();
ui::PaperPhase phase_of(const PaperCase& state);
ui::PaperChoice choice_of(const Choice& choice);

}  // namespace scrutineer
