// Any export: whatever reads has its papers inside the table, no contest twice in sums, and written as SP 1500-103 it
// reads back with the same votes.
#include "core/cvr/write_cdf.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

namespace {

constexpr std::size_t kPapers = 50;  // written again at most

void look(const CvrTable& table, const Cvr& cvr) {
  for (const CvrContest& said : cvr.contests) {
    check(said.contest < table.contests().size(), "a paper names a contest that is not there");
    check(!said.overvoted || said.votes.empty(), "an overvoted contest gives votes");
    for (const CvrVote& vote : said.votes)
      check(vote.option < table.contests()[said.contest].options.size(), "a vote for an option that is not there");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz_text(data, size);
  auto format = cvr_format_of(text);
  if (!format) return 0;
  CvrTable table;
  std::vector<Cvr> papers;
  auto status = read_cvrs(*format, table, text, "f", [&](const CvrTable& t, const Cvr& cvr) -> Status {
    look(t, cvr);
    if (papers.size() < kPapers) papers.push_back(cvr);
    return {};
  });
  if (!status) return 0;
  std::string out;
  CdfWriter writer([&](std::string_view part) -> Status {
    out += part;
    return {};
  });
  check(writer.begin({"2026-06-03T21:00:00Z", "fuzz", "", "", "unit", ""}, table).has_value(), "begins");
  CvrSums before, after;
  for (Cvr& cvr : papers) {
    cvr.machine.reset();
    before.add(table, cvr);
    check(writer.add(table, cvr).has_value(), "adds");
  }
  check(writer.end().has_value(), "ends");
  CvrTable again;
  auto read = read_cdf_json(again, out, "w", [&](const CvrTable& t, const Cvr& cvr) -> Status {
    after.add(t, cvr);
    return {};
  });
  check(read.has_value(), "what was written cannot be read");
  check(before.papers() == after.papers(), "papers were lost");
  for (std::size_t c = 0; c < before.contests().size(); ++c) {
    if (table.contests()[c].votes_allowed == 0) continue;  // read back as one vote
    check(before.contests()[c].overvoted == after.contests()[c].overvoted, "overvotes changed");
    for (std::size_t o = 0; o < before.contests()[c].votes.size(); ++o)
      check(before.contests()[c].votes[o] == after.contests()[c].votes[o], "votes changed");
  }
  return 0;
}
