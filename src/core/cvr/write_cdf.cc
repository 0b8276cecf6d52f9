#include "core/cvr/write_cdf.h"

#include <algorithm>

#include "core/codec/json.h"

namespace scrutineer {
namespace {

constexpr const char* kUnitId = "unit";
constexpr const char* kDeviceId = "device";
constexpr const char* kElectionId = "election";

std::string contest_id(std::size_t contest) {
  return "contest-" + std::to_string(contest + 1);
}
std::string selection_id(std::size_t contest, std::size_t option) {
  return contest_id(contest) + "-selection-" + std::to_string(option + 1);
}
std::string candidate_id(std::size_t contest, std::size_t option) {
  return contest_id(contest) + "-candidate-" + std::to_string(option + 1);
}

JsonWriter& typed(JsonWriter& out, std::string_view type) {
  return out.begin_object().member("@type", "CVR." + std::string(type));
}

void write_code(JsonWriter& out, std::string_view value) {
  out.name("Code").begin_array();
  typed(out, "Code").member("Type", "other").member("OtherType", "scrutineer").member("Value", value).end_object();
  out.end_array();
}

void write_contest(JsonWriter& out, std::size_t index, const CvrContestInfo& info) {
  typed(out.line(), "CandidateContest").member("@id", contest_id(index)).member("Name", info.name);
  write_code(out, info.key);
  if (info.votes_allowed > 0) out.member("VotesAllowed", info.votes_allowed);
  out.member("VoteVariation", info.votes_allowed > 1 ? "n-of-m" : "plurality").name("ContestSelection").begin_array();
  for (std::size_t i = 0; i < info.options.size(); ++i) {
    typed(out, "CandidateSelection").member("@id", selection_id(index, i));
    write_code(out, info.options[i].key);
    out.name("CandidateIds").begin_array().string(candidate_id(index, i)).end_array();
    if (info.options[i].write_in) out.name("IsWriteIn").boolean(true);
    out.end_object();
  }
  out.end_array().end_object();
}

void write_selection(JsonWriter& out, const CvrContest& said, const CvrVote& vote) {
  typed(out, "CVRContestSelection").member("ContestSelectionId", selection_id(said.contest, vote.option));
  if (vote.rank > 0) out.member("Rank", vote.rank);
  out.member("TotalNumberVotes", std::int64_t{1}).name("SelectionPosition").begin_array();
  typed(out, "SelectionPosition").member("HasIndication", "yes").member("IsAllocable", "yes");
  out.member("NumberVotes", std::int64_t{1}).end_object();
  out.end_array().end_object();
}

void write_said(JsonWriter& out, const CvrTable& table, const CvrContest& said) {
  const CvrContestInfo& info = table.contests()[said.contest];
  const auto votes = static_cast<std::int64_t>(said.votes.size());
  const std::int64_t missing = info.votes_allowed - votes;
  const bool decided = !said.needs_people && !said.overvoted && !said.invalid;
  typed(out, "CVRContest").member("ContestId", contest_id(said.contest)).name("CVRContestSelection").begin_array();
  for (const CvrVote& vote : said.votes) write_selection(out, said, vote);
  out.end_array();
  if (decided && info.votes_allowed > 0) out.member("Undervotes", std::max<std::int64_t>(0, missing));
  out.name("Status").begin_array();
  if (said.overvoted) out.string("overvoted");
  if (said.invalid) out.string("invalidated-rules");
  if (said.needs_people) out.string("other");
  if (decided && votes == 0)
    out.string("not-indicated");
  else if (decided && missing > 0)
    out.string("undervoted");
  out.end_array();
  if (said.needs_people) out.member("OtherStatus", "needs-adjudication");
  out.end_object();
}

void write_snapshot(JsonWriter& out, const CvrTable& table, std::string_view id, std::string_view type,
                    const std::vector<CvrContest>& contests) {
  typed(out, "CVRSnapshot").member("@id", id).member("Type", type);
  if (std::any_of(contests.begin(), contests.end(), [](const CvrContest& c) { return c.needs_people; }))
    out.name("Status").begin_array().string("needs-adjudication").end_array();
  out.name("CVRContest").begin_array();
  for (const CvrContest& said : contests) write_said(out, table, said);
  out.end_array().end_object();
}

void write_image(JsonWriter& out, const Hash256& hash) {
  out.name("BallotImage").begin_array();
  typed(out, "ImageData").name("Hash");
  typed(out, "Hash").member("Type", "sha-256").member("Value", to_hex(hash)).end_object();
  out.end_object().end_array();
}

void write_election(JsonWriter& out, const CdfReportInfo& info, const CvrTable& table) {
  out.line().name("Election").begin_array();
  typed(out, "Election").member("@id", kElectionId).member("ElectionScopeId", kUnitId);
  if (!info.election.empty()) out.member("Name", info.election);
  out.name("Candidate").begin_array();
  for (std::size_t c = 0; c < table.contests().size(); ++c)
    for (std::size_t i = 0; i < table.contests()[c].options.size(); ++i)
      typed(out.line(), "Candidate")
          .member("@id", candidate_id(c, i))
          .member("Name", table.contests()[c].options[i].name)
          .end_object();
  out.end_array().name("Contest").begin_array();
  for (std::size_t c = 0; c < table.contests().size(); ++c) write_contest(out, c, table.contests()[c]);
  out.end_array().end_object().end_array();
}

}  // namespace

Status CdfWriter::begin(const CdfReportInfo& info, const CvrTable& table) {
  JsonWriter out;
  typed(out, "CastVoteRecordReport").member("Version", "1.0.0").member("GeneratedDate", info.generated);
  if (!info.notes.empty()) out.member("Notes", info.notes);
  out.line().name("ReportGeneratingDeviceIds").begin_array().string(kDeviceId).end_array();
  out.name("ReportingDevice").begin_array();
  typed(out, "ReportingDevice").member("@id", kDeviceId).member("Application", info.application);
  if (!info.device.empty()) out.member("SerialNumber", info.device);
  out.end_object().end_array().name("GpUnit").begin_array();
  typed(out, "GpUnit").member("@id", kUnitId).member("Type", "other").member("OtherType", "reporting-unit");
  out.member("Name", info.unit).end_object().end_array();
  write_election(out, info, table);
  out.line().name("CVR").begin_array();
  return sink_(out.text());
}

Status CdfWriter::add(const CvrTable& table, const Cvr& cvr) {
  JsonWriter out;
  const std::string id = "cvr-" + std::to_string(papers_ + 1);
  typed(out, "CVR").member("UniqueId", cvr.id).member("ElectionId", kElectionId).member("CreatingDeviceId", kDeviceId);
  out.member("BallotStyleUnitId", kUnitId);
  if (!cvr.batch.empty()) out.member("BatchId", cvr.batch);
  if (!cvr.style.empty()) out.member("BallotStyleId", cvr.style);
  if (cvr.image) write_image(out, *cvr.image);
  const std::string machine = id + "-machine", people = id + "-people";
  out.member("CurrentSnapshotId", cvr.machine ? people : machine).name("CVRSnapshot").begin_array();
  write_snapshot(out, table, machine, "interpreted", cvr.machine ? *cvr.machine : cvr.contests);
  if (cvr.machine) write_snapshot(out, table, people, "modified", cvr.contests);
  out.end_array().end_object();
  return sink_((papers_++ == 0 ? "\n" : ",\n") + out.take());
}

Status CdfWriter::end() {
  return sink_("\n]\n}\n");
}

Result<CvrTable> cvr_table_of(const BatchInfo& info) {
  CvrTable table;
  for (const BatchContest& contest : info.contests) {
    SCRUTINEER_TRY(std::size_t index, table.contest(contest.id.value(), contest.id.value(), contest.seats));
    for (const OptionId& option : contest.options)
      SCRUTINEER_CHECKED(table.option(index, option.value(), option.value()).map([](std::size_t) {}));
  }
  return table;
}

namespace {

CvrContest said_by(std::uint16_t contest, Decision decision, const std::vector<std::uint16_t>& options) {
  CvrContest said;
  said.contest = contest;
  said.needs_people = decision == Decision::recheck || decision == Decision::rejected;
  said.invalid = decision == Decision::invalid;
  for (std::uint16_t option : options) said.votes.push_back({option, 0});
  return said;
}

}  // namespace

Cvr cvr_of(const BatchInfo& info, const BallotLine& line, const BallotOutcome* outcome) {
  Cvr cvr;
  cvr.id = line.id.value();
  cvr.device = info.device;
  cvr.unit = info.unit.value();
  cvr.image = line.image;
  if (line.reading.style != 0) cvr.style = std::to_string(line.reading.style);
  const bool rejected = line.reading.defect != SheetDefect::none;
  // Nobody knows which contests a paper has that was not read: every one of the batch may be on it.
  for (std::uint16_t i = 0; rejected && i < info.contests.size(); ++i)
    cvr.contests.push_back(said_by(i, Decision::rejected, {}));
  for (std::size_t i = 0; !rejected && i < line.reading.contests.size(); ++i) {
    const ContestReading& contest = line.reading.contests[i];
    cvr.contests.push_back(said_by(contest.contest, contest.decision, contest.options));
  }
  if (!outcome) return cvr;
  cvr.machine = cvr.contests;
  if (rejected) cvr.contests.clear();
  for (const ContestOutcome& decided : outcome->contests) {
    std::erase_if(cvr.contests, [&](const CvrContest& c) { return c.contest == decided.contest; });
    cvr.contests.push_back(said_by(decided.contest, decided.decision, decided.options));
  }
  std::sort(cvr.contests.begin(), cvr.contests.end(),
            [](const CvrContest& a, const CvrContest& b) { return a.contest < b.contest; });
  return cvr;
}

void add_back(Cvr& front, Cvr back) {
  auto add = [](std::vector<CvrContest>& to, const std::vector<CvrContest>& from) {
    for (const CvrContest& said : from)
      if (std::none_of(to.begin(), to.end(), [&](const CvrContest& c) { return c.contest == said.contest; }))
        to.push_back(said);
    std::sort(to.begin(), to.end(), [](const CvrContest& a, const CvrContest& b) { return a.contest < b.contest; });
  };
  if (back.machine && !front.machine) front.machine = front.contests;
  if (front.machine) add(*front.machine, back.machine ? *back.machine : back.contests);
  add(front.contests, back.contests);
}

}  // namespace scrutineer
