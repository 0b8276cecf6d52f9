#include "app/cli/demo_stack.h"

#include <deque>
#include <map>

#include "app/ballots/service.h"
#include "app/cli/demo_log.h"
#include "app/cli/scan_steps.h"
#include "app/cli/terminal.h"
#include "app/disk/system.h"
#include "app/projection/log_directory.h"
#include "app/threads/parallel.h"
#include "core/ballotmaker/stamp_sheet.h"
#include "core/count/form.h"
#include "core/crypto/hash.h"
#include "core/image/png.h"

namespace scrutineer::cli {
namespace {

constexpr std::size_t kDrawnAtATime = 64;  // papers in memory

// What stands on papers, per mille. A machine may count the upper part by itself; of the lower part about a dozen in
// three hundred are left to people. Cases that the law leaves to people altogether are not drawn: a sheet needs
// figures.
constexpr StampShare kShares[] = {
    {StampCase::light, 20},         {StampCase::partial, 15},       {StampCase::repeated, 10},
    {StampCase::fold_transfer, 20}, {StampCase::touching_line, 15}, {StampCase::two_boxes, 8},
    {StampCase::no_stamp, 7},       {StampCase::outside_only, 4},   {StampCase::other_tool, 5},
    {StampCase::added_writing, 6},  {StampCase::smeared, 6},        {StampCase::extra_outside, 4}};

StampPaper paper_of(const Election& election, const Contest& contest, const Unit& unit) {
  StampPaper paper;
  paper.election = to_hex(election.id());
  paper.contest = contest.definition.id.value();
  paper.date = election.definition().date;
  paper.title = contest.definition.title.ko;
  std::erase_if(paper.title, [](char c) { return c == '(' || c == ')'; });  // ballot papers' strokes have none
  paper.area = unit.name;
  for (std::size_t i = 0; i < contest.options.size(); ++i)
    paper.options.push_back(
        {std::to_string(i + 1), contest.options[i].party, contest.options[i].name, contest.options[i].id.value()});
  return paper;
}

// The stack as a scanner gives it: drawn a load at a time, on all threads.
class DrawnPapers final : public ScanSource {
 public:
  explicit DrawnPapers(const StampStack& stack) : stack_(stack) {}
  std::size_t papers() const override { return stack_.truths.size(); }
  Result<std::optional<ScannedPaper>> next() override {
    if (at_ == papers()) return std::nullopt;
    if (load_.empty()) draw();
    ScannedPaper paper{{std::move(load_.front())}, {"paper " + std::to_string(at_ + 1)}};
    load_.pop_front();
    truths_.emplace(sha256(paper.pictures[0]), at_++);
    return paper;
  }
  // Of the paper with this picture.
  const StampTruth& truth(const Hash256& image) const { return stack_.truths[truths_.at(image)]; }

 private:
  void draw() {
    load_.resize(std::min(kDrawnAtATime, papers() - at_));
    parallel_for(load_.size(), default_threads(), 1,
                 [&](std::size_t i, std::size_t) { load_[i] = png_of(stack_.draw(at_ + i).view()); });
  }
  const StampStack& stack_;
  std::deque<Bytes> load_;
  std::map<Hash256, std::size_t> truths_;
  std::size_t at_ = 0;
};

Result<ScanRequest> request_of(Disk& disk, const Election& election, const UnitId& unit, const std::string& out) {
  ScanRequest request;
  request.out = out;
  request.unit = unit;
  request.election = election.id();
  request.device = "d001/sorter-1";
  request.threads = default_threads();
  SCRUTINEER_CHECKED(name_software(disk, request));
  return request;
}

bool counted(const BallotLine& line) {
  return !line.reading.contests.empty() && line.reading.contests[0].decision == Decision::counted;
}

// As an honest committee writes it down: what the machine said, and what stands on the papers.
void write_sheet(CountSheet& sheet, const DrawnPapers& drawn, const std::vector<BallotLine>& lines,
                 const BatchCounts& machine) {
  const ContestCounts& counts = machine.contests[0];
  sheet.machine = MachineColumn{*counts.votes, counts.recheck + counts.blank + counts.invalid + machine.rejected};
  HandColumns hand;
  for (const auto& [option, votes] : *counts.votes) {
    hand.from_sorted.emplace_back(option, 0);
    hand.from_recheck.emplace_back(option, 0);
  }
  sheet.invalid = sheet.valid = 0;
  for (const BallotLine& line : lines) {
    const StampTruth& truth = drawn.truth(line.image);
    if (truth.law != StampVerdict::valid || !truth.option) {
      ++*sheet.invalid;
      continue;
    }
    ++*sheet.valid;
    ++(counted(line) ? hand.from_sorted : hand.from_recheck)[*truth.option].second;
  }
  for (std::size_t i = 0; i < sheet.votes.size(); ++i)
    sheet.votes[i].second = hand.from_sorted[i].second + hand.from_recheck[i].second;
  sheet.hand = std::move(hand);
  sheet.ballots_issued = sheet.ballots_cast = static_cast<std::int64_t>(lines.size());
}

CentreUnit* last_left(std::span<CentreUnit> units) {
  CentreUnit* found = nullptr;
  for (CentreUnit& unit : units)
    if (unit.work == CentreWork::none && unit.paper.machine) found = &unit;
  return found;
}

}  // namespace

Result<std::optional<DemoStack>> make_demo_stack(Disk& disk, const std::string& directory, const Election& election,
                                                 std::span<CentreUnit> units, std::size_t papers, std::uint64_t seed) {
  CentreUnit* left = papers > 0 ? last_left(units) : nullptr;
  if (!left) return std::optional<DemoStack>();
  CountSheet& sheet = left->paper;
  auto unit = election.tree().find_unit(sheet.unit);
  auto index = election.find_contest(sheet.contest);
  if (!unit || !index) return fail(ErrorCode::not_found, "the simulation counts what it has not defined");
  const Contest& contest = election.contests()[*index];
  const StampPaper paper = paper_of(election, contest, election.tree().units()[*unit]);
  const StampStack stack = make_stack(paper, kShares, papers, seed);
  const std::string definition = directory + "/paper-definition";
  DemoStack out{sheet.unit, directory + "/papers", definition + "/paper.json", papers, 0, {}, {}};
  SCRUTINEER_CHECKED(disk.make_directories(definition));
  SCRUTINEER_CHECKED(write_file(disk, definition + "/paper.json", write_stamp_paper(paper), Durability::cached));
  SCRUTINEER_TRY(auto form, open_ballot_form(disk, definition));
  const std::string batch = out.directory + "/" + sheet.unit.value();
  SCRUTINEER_TRY(ScanRequest request, request_of(disk, election, sheet.unit, batch));
  SystemRng rng;
  DrawnPapers drawn(stack);
  cli::Progress progress("ballot papers, drawn and read");
  SCRUTINEER_TRY(ScanSummary summary,
                 scan_batch(disk, rng, drawn, *form, request,
                            [&](std::size_t done, std::size_t all) { progress.update(done, all); }));
  progress.finish(std::to_string(papers) + " papers");
  SCRUTINEER_TRY(BatchFiles files, read_batch(disk, batch, WithSecret::yes));
  std::vector<BallotLine> lines;
  SCRUTINEER_CHECKED(files.each([&](const BallotLine& line) -> Status {
    out.doubtful += !counted(line);
    lines.push_back(line);
    return {};
  }));
  // The unit is not announced: nobody is told how it voted.
  SCRUTINEER_TRY(BatchRecord record, make_batch_record(files, PublishVotes::no));
  out.record = std::move(record.body);
  out.manifest = std::move(record.manifest);
  write_sheet(sheet, drawn, lines, summary.counts);
  return out;
}

Status sign_demo_batch(const std::string& centre, const std::string& keys, const DemoStack& stack, UnixSeconds now) {
  PosixDisk disk;
  SCRUTINEER_CHECKED(keep_blob(disk, centre, stack.manifest));
  SCRUTINEER_TRY(auto log, DemoLog::open(centre, keys, now));
  return log->sign(stack.record, {"sorter-1"}).map([](RecordId) {});
}

}  // namespace scrutineer::cli
