// From a batch directory to cases: what the machine left open, and what people have said of it since.
#include <algorithm>

#include "app/adjudicate/state.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::size_t kSecretBytes = 4'096;

// Which options of the election the batch counts, contest by contest.
Status match_election(PaperBatch& batch, const Election& election) {
  const BatchInfo& info = batch.info;
  if (info.election && *info.election != election.id())
    return fail(ErrorCode::conflict, "this batch is of another election", batch.directory);
  auto unit = election.tree().find_unit(info.unit);
  if (!unit) return fail(ErrorCode::conflict, "the election has no unit " + info.unit.value(), batch.directory);
  batch.unit = *unit;
  for (const BatchContest& contest : info.contests) {
    auto known = election.find_contest(contest.id);
    if (!known) return fail(ErrorCode::conflict, "the election has no contest " + contest.id.value(), batch.directory);
    batch.contests.push_back(*known);
    const auto& options = election.contests()[*known].options;
    std::vector<std::size_t>& places = batch.options.emplace_back();
    for (const OptionId& id : contest.options) {
      auto at = std::find_if(options.begin(), options.end(), [&](const Option& o) { return o.id == id; });
      if (at == options.end())
        return fail(ErrorCode::conflict, "contest " + contest.id.value() + " has no option " + id.value(),
                    batch.directory);
      places.push_back(static_cast<std::size_t>(at - options.begin()));
    }
  }
  return {};
}

Status read_lines(Disk& disk, PaperBatch& batch, std::size_t room) {
  const std::string file = batch.directory + "/readings.jsonl";
  SCRUTINEER_TRY(Bytes text, read_file(disk, file, kReadingsBytes));
  BatchCounter counter(batch.info);
  SCRUTINEER_CHECKED(read_ballot_lines(text, file, [&](BallotLine line) -> Status {
    if (batch.lines.size() == room) return fail(ErrorCode::limit_exceeded, "more papers than are kept at a time", file);
    SCRUTINEER_CHECKED(counter.add(line.reading, line.front.has_value()));
    batch.lines.push_back(std::move(line));
    return {};
  }));
  if (static_cast<std::int64_t>(batch.lines.size()) != batch.info.sheets)
    return fail(ErrorCode::malformed, "batch.json names another number of lines", file);
  batch.machine = counter.counts();
  return {};
}

void add_case(PaperBatch& batch, std::size_t line, std::uint16_t contest, bool machine, const PaperOptions& options) {
  const BatchContest& known = batch.info.contests[contest];
  const bool blank = options.blank_apart && options.blank_apart(batch.info.unit, known.id);
  batch.entries.push_back({line, contest, PaperCase({batch.form(contest, blank), options.tie}, machine), false, 0});
  if (!machine) batch.list(batch.entries.back());
}

// A picture that was not read is before people in every contest: nobody knows which it has.
void make_cases(PaperBatch& batch, const PaperOptions& options) {
  std::vector<BallotId> ids;
  for (const BallotLine& line : batch.lines) ids.push_back(line.id);
  for (const OrderedBallot& at : secret_order(ids, batch.secret)) {
    const BallotLine& line = batch.lines[at.line];
    if (line.reading.defect != SheetDefect::none) {
      if (line.front) continue;
      for (std::size_t contest = 0; contest < batch.info.contests.size(); ++contest)
        add_case(batch, at.line, static_cast<std::uint16_t>(contest), false, options);
      continue;
    }
    for (const ContestReading& contest : line.reading.contests)
      add_case(batch, at.line, contest.contest, contest.decision != Decision::recheck, options);
  }
  for (std::size_t i = 0; i < batch.entries.size(); ++i)
    batch.by_place[{batch.lines[batch.entries[i].line].id.value(), batch.entries[i].contest}] = i;
}

Status replay(Disk& disk, PaperBatch& batch, const Hash256& info) {
  auto take = [&](const ObjectReader& in) {
    CaseEvent event = read_case_event(in);
    if (!in.problems().empty()) return;
    PaperEntry* entry = batch.find(event.ballot.value(), event.contest);
    if (!entry) return in.problem("ballot", "the batch has no such paper or contest");
    if (entry->state.refusal(event.act)) return in.problem("act", "this cannot follow what came before it");
    entry->state.apply(event.act);
    batch.list(*entry);
  };
  auto journal = Journal::open(disk, batch.directory + "/decisions", RecordId{info}, take);
  if (!journal && journal.error().code == ErrorCode::conflict)
    return fail(ErrorCode::conflict, "these decisions are about another batch", batch.directory + "/decisions");
  if (!journal) return tl::unexpected(journal.error());
  batch.journal = std::move(*journal);
  return {};
}

}  // namespace

void PaperBatch::list(PaperEntry& entry) {
  if (entry.listed) return;
  entry.listed = true;
  entry.number = ++numbered;
}

std::vector<DecidedCase> PaperBatch::decided() const {
  std::vector<DecidedCase> out;
  for (const PaperEntry& entry : entries)
    if (auto outcome = entry.state.outcome()) out.push_back({lines[entry.line].id, entry.contest, *outcome});
  return out;
}

Status write_outcomes(Disk& disk, const PaperBatch& batch) {
  std::string text;
  for (const BallotOutcome& one : outcomes_of(batch.decided())) text += ballot_outcome_json(one) + "\n";
  return write_file(disk, batch.directory + "/decisions/outcome.jsonl", text, Durability::durable);
}

Result<std::unique_ptr<PaperBatch>> open_batch(Disk& disk, const std::string& directory, const Election& election,
                                               const PaperOptions& options, std::size_t room) {
  auto batch = std::make_unique<PaperBatch>();
  batch->directory = directory;
  SCRUTINEER_TRY(Bytes info, read_file(disk, directory + "/batch.json", kBatchInfoBytes));
  auto parsed = parse_batch_info(info);
  if (!parsed) return tl::unexpected(placed(parsed.error(), directory + "/batch.json"));
  batch->info = std::move(*parsed);
  const Hash256 hash = sha256(info);
  batch->key = to_hex(hash).substr(0, 16);
  SCRUTINEER_CHECKED(match_election(*batch, election));
  SCRUTINEER_TRY(Bytes secret, read_file(disk, directory + "/secret.json", kSecretBytes));
  SCRUTINEER_TRY(batch->secret, parse_batch_secret(secret));
  SCRUTINEER_CHECKED(read_lines(disk, *batch, room));
  make_cases(*batch, options);
  batch->ballots = ballots_root(*batch);
  SCRUTINEER_CHECKED(replay(disk, *batch, hash));
  SCRUTINEER_CHECKED(write_outcomes(disk, *batch));  // a crash can have come between the two
  return batch;
}

}  // namespace scrutineer
