// Cast vote records of each maker say the same here; what is wrong with a file is said with its line.
#include "core/cvr/cvr.h"

#include <doctest/doctest.h>

#include "core/crypto/hash.h"
#include "core/cvr/write_cdf.h"

using namespace scrutineer;

namespace {

// All papers, one a line: "id batch unit style | contest: option option | ...".
struct Read {
  CvrTable table;
  CvrSums sums;
  std::string text, error;

  EachCvr each() {
    return [this](const CvrTable& t, const Cvr& cvr) -> Status {
      sums.add(t, cvr);
      text += cvr.id + " " + cvr.batch + " " + cvr.unit + " " + cvr.style;
      for (const CvrContest& said : cvr.contests) {
        const CvrContestInfo& info = t.contests()[said.contest];
        text += " | " + info.name + ":";
        for (const CvrVote& vote : said.votes)
          text += " " + info.options[vote.option].name + (vote.rank > 1 ? "@" + std::to_string(vote.rank) : "");
        if (said.overvoted) text += " OVER";
        if (said.needs_people) text += " PEOPLE";
        if (said.invalid) text += " INVALID";
      }
      text += "\n";
      return {};
    };
  }
  void take(Status status) {
    if (!status) error = to_string(status.error());
  }
};

Read read(CvrFormat format, std::string_view text, std::string_view file = "f") {
  Read out;
  out.take(read_cvrs(format, out.table, text, file, out.each()));
  return out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != text.npos);
  return text.replace(at, from.size(), to);
}

struct Bad {
  std::string what, from, to, error;  // how the message begins or what it holds
};

void refuses(CvrFormat format, const std::string& good, const std::vector<Bad>& rows) {
  REQUIRE(read(format, good).error == "");
  for (const Bad& bad : rows) {
    CAPTURE(bad.what);
    const std::string error = read(format, replaced(good, bad.from, bad.to)).error;
    CAPTURE(error);
    CHECK(error.find(bad.error) != std::string::npos);
    CHECK(error.find("f:") == 0);
  }
}

const std::string kDominion =
    "Spring election,5.10.50.85,,,,,,,,,\n"
    ",,,,,,Mayor (Vote For=1),Mayor (Vote For=1),Board (Vote For=2),Board (Vote For=2),Board (Vote For=2)\n"
    ",,,,,,Ann,Write-in,Bo,Cy,Di\n"
    "CvrNumber,TabulatorNum,BatchId,RecordId,ImprintedId,BallotType,RED,,RED,BLUE,\n"
    "1,\"=\"\"7\"\"\",2,1,7-2-1,City,1,0,1,1,0\n"
    "2,7,2,2,=\"7-2-2\",City,1,1,0,0,0\n"
    "3,7,2,3,,\"Town, north\",,,0,1,0\n";

const std::string kClear =
    "RowNumber,BoxID,BoxPosition,BallotID,PrecinctID,BallotStyleID,PrecinctStyleName,ScanComputerName,Status,Remade,"
    "Choice_1_1:Mayor:Vote For 1:Ann:Red,Choice_2_1:Mayor:Vote For 1:Bo: the elder:Blue,Choice_3_1:Board:Vote For "
    "2:Cy:\n"
    "1,B1,1,b-1,P 1,S1,x,scan-1,ok,0,1,0,1\n"
    "2,B1,2,b-2,P 1,S2,x,scan-1,ok,0,1,1,\n";

const std::string kEss =
    "Ballots,,\n\"Some County\",,\n"
    "Cast Vote Record,Batch,Precinct,Ballot Style,Mayor,Board,Board\n"
    "11,9,P 1,S1,Ann,Cy,Di\n"
    "12,9,P 1,S1,overvote,undervote,Cy\n"
    "13,9,P 2,S2,,undervote,undervote\n"
    "14,9,P 2,S2,Write-in: Zoe,Cy,Cy\n"
    "Total : 4,,\n";

const std::string kHart =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Cvr xmlns=\"http://tempuri.org/CVRDesign.xsd\">\n<Contests>\n"
    "<Contest><Name>Mayor</Name><Id>c1</Id><Options><Option><Name>Ann</Name><Id>o1</Id><Value>1</Value></Option>"
    "<Option><Name>Bo</Name><Value>0</Value></Option></Options></Contest>\n"
    "<Contest><Name>Board</Name><Options><Option><Id>o9</Id><Value>1</Value><WriteInData><Text>Zoe</Text></WriteInData>"
    "</Option></Options></Contest>\n"
    "<Contest><Name>Levy</Name><Options/><Undervotes>1</Undervotes></Contest>\n"
    "</Contests><BatchSequence>3</BatchSequence><SheetNumber>1</SheetNumber><PrecinctSplit><Name>P 1</Name><Id>7</Id>"
    "</PrecinctSplit><BatchNumber>B 4</BatchNumber><CvrGuid>0b3c</CvrGuid></Cvr>\n";

const std::string kContests = R"({"Version":"5.10","List":[
  {"Description":"Mayor","Id":1,"VoteFor":1,"NumOfRanks":0},
  {"Description":"Board","Id":2,"VoteFor":2,"NumOfRanks":0},
  {"Description":"Ranked","Id":3,"VoteFor":1,"NumOfRanks":3}]})";
const std::string kCandidates = R"({"List":[
  {"Description":"Ann","Id":11,"ContestId":1,"Type":"Regular"},
  {"Description":"Write-in","Id":12,"ContestId":1,"Type":"WriteIn"},
  {"Description":"Bo","Id":21,"ContestId":2,"Type":"Regular"},
  {"Description":"Cy","Id":22,"ContestId":2,"Type":"Regular"},
  {"Description":"Di","Id":31,"ContestId":3,"Type":"Regular"},
  {"Description":"Ed","Id":32,"ContestId":3,"Type":"Regular"}]})";
const std::string kSessions = R"({"Version":"5.10","ElectionId":"x","Sessions":[
 {"TabulatorId":7,"BatchId":2,"RecordId":1,"CountingGroupId":2,"ImageMask":"D:\\x*.*",
  "Original":{"PrecinctPortionId":5,"BallotTypeId":1,"IsCurrent":true,"Cards":[{"Id":9,"PaperIndex":0,"Contests":[
   {"Id":1,"Overvotes":0,"Undervotes":0,"Marks":[{"CandidateId":11,"Rank":1,"MarkDensity":93,"IsAmbiguous":false,"IsVote":true},
                          {"CandidateId":12,"Rank":1,"MarkDensity":14,"IsAmbiguous":true,"IsVote":false}]},
   {"Id":2,"Marks":[{"CandidateId":21,"Rank":1,"IsVote":true},{"CandidateId":22,"Rank":1,"IsVote":true}]},
   {"Id":3,"Marks":[{"CandidateId":32,"Rank":1,"IsVote":true},{"CandidateId":31,"Rank":2,"IsVote":true}]}]}]}},
 {"TabulatorId":7,"BatchId":2,"RecordId":"X",
  "Original":{"PrecinctPortionId":5,"BallotTypeId":1,"IsCurrent":false,"Contests":[{"Id":1,"Marks":[]}]},
  "Modified":{"PrecinctPortionId":5,"BallotTypeId":1,"IsCurrent":true,"Contests":[
   {"Id":1,"Marks":[{"CandidateId":11,"Rank":1,"IsVote":true},{"CandidateId":12,"Rank":1,"IsVote":true}]}]}}]})";

Read dominion(const std::string& sessions) {
  Read out;
  REQUIRE(read_dominion_contests(out.table, kContests, "ContestManifest.json").has_value());
  REQUIRE(read_dominion_candidates(out.table, kCandidates, "CandidateManifest.json").has_value());
  out.take(read_dominion_json(out.table, sessions, "f", out.each()));
  return out;
}

BatchInfo batch() {
  BatchInfo info;
  info.unit = UnitId("a1");
  info.device = "sorter-1";
  info.contests = {{ContestId("mayor"), 1, {OptionId("A"), OptionId("B")}},
                   {ContestId("board"), 2, {OptionId("X"), OptionId("Y"), OptionId("Z")}}};
  return info;
}

BallotLine line(char id, Decision mayor, std::vector<std::uint16_t> a, Decision board, std::vector<std::uint16_t> b) {
  BallotLine out;
  out.id = BallotId(std::string(32, id));
  out.image = sha256(out.id.value());
  out.reading.contests = {{0, mayor, std::move(a), {}, 0}, {1, board, std::move(b), {}, 0}};
  return out;
}

}  // namespace

TEST_CASE("cvr: how a file begins says what it is") {
  struct Case {
    std::string_view text;
    std::optional<CvrFormat> format;
  };
  const Case cases[] = {{kDominion, CvrFormat::dominion_csv},
                        {kClear, CvrFormat::clear_ballot_csv},
                        {kEss, CvrFormat::ess_csv},
                        {kHart, CvrFormat::hart_xml},
                        {kSessions, CvrFormat::dominion_json},
                        {"{\"@type\":\"CVR.CastVoteRecordReport\"}", CvrFormat::cdf_json},
                        {"", std::nullopt},
                        {"{}", std::nullopt},
                        {"<html/>", std::nullopt},
                        {"unit,votes\n", std::nullopt}};
  for (const Case& c : cases) CHECK(cvr_format_of(c.text) == c.format);
}

TEST_CASE("cvr: Dominion as CSV") {
  Read out = read(CvrFormat::dominion_csv, kDominion);
  CHECK(out.error == "");
  CHECK(out.text ==
        "7-2-1 2  City | Mayor (Vote For=1): Ann | Board (Vote For=2): Bo Cy\n"
        "7-2-2 2  City | Mayor (Vote For=1): OVER | Board (Vote For=2):\n"
        "7-2-3-3 2  Town, north | Board (Vote For=2): Cy\n");
  CHECK(out.table.contests()[0].options[1].write_in);
  CHECK(out.sums.contests()[0].papers == 2);
  CHECK(out.sums.contests()[0].overvoted == 1);
  CHECK(out.sums.contests()[1].votes == std::vector<std::int64_t>{1, 2, 0});
  CHECK(out.sums.contests()[1].undervotes == 3);
  CHECK(out.sums.contests()[1].blank == 1);
  refuses(CvrFormat::dominion_csv, kDominion,
          {{"a mark that is none", "1,1,0\n2", "1,2,0\n2", "f:5: expected 0, 1 or nothing"},
           {"a density instead of a mark", "1,1,0\n2", "1,1 (97%),0\n2", "f:5: expected 0, 1 or nothing"},
           {"a row that is cut short", ",,0,1,0\n", ",,0,1\n", "f:7: this row has fewer fields"},
           {"no column for the tabulator", "TabulatorNum", "Scanner",
            "f:4: the fourth row does not name the column TabulatorNum"},
           {"a choice without a name", "Ann,Write-in", ",Write-in", "f:4: a column has no contest, or no choice"},
           {"a quote that does not end", "\"Town, north\",,,0,1,0\n", "\"Town, north,,,0,1,0\n",
            "f:7: a quoted field has no end"},
           {"bytes that are no text", "City", "\xff\xfe", "f:5: a field is not UTF-8"}});
}

TEST_CASE("cvr: Clear Ballot as CSV") {
  Read out = read(CvrFormat::clear_ballot_csv, kClear);
  CHECK(out.error == "");
  CHECK(out.text == "b-1 B1 P 1 S1 | Mayor: Ann | Board: Cy\nb-2 B1 P 1 S2 | Mayor: OVER\n");
  CHECK(out.table.contests()[0].options[1].name == "Bo: the elder");
  CHECK(out.sums.contests()[1].undervotes == 1);
  refuses(CvrFormat::clear_ballot_csv, kClear,
          {{"a choice without a limit", "Vote For 1:Ann", "Ann", "f:1: expected Choice_N_N"},
           {"a choice that voters may mark never", "Vote For 1:Ann", "Vote For 0:Ann", "f:1: expected Choice_N_N"},
           {"a column after the choices", "Board:Vote For 2:Cy:\n", "Board:Vote For 2:Cy:,Note\n",
            "f:1: expected Choice_N_N"},
           {"a field too many", "0,1,0,1\n", "0,1,0,1,1\n", "f:2: this row has another number of fields"},
           {"no id", "BallotID", "Ballot", "f:1: expected the columns BallotID and BoxID"}});
}

TEST_CASE("cvr: ES&S as CSV") {
  Read out = read(CvrFormat::ess_csv, kEss);
  CHECK(out.error == "");
  CHECK(out.text ==
        "11 9 P 1 S1 | Mayor: Ann | Board: Cy Di\n"
        "12 9 P 1 S1 | Mayor: OVER | Board: Cy\n"
        "13 9 P 2 S2 | Board:\n"
        "14 9 P 2 S2 | Mayor: Write-in: Zoe | Board: Cy Cy\n");
  CHECK(out.sums.papers() == 4);
  CHECK(out.sums.contests()[1].undervotes == 3);
  refuses(
      CvrFormat::ess_csv, kEss,
      {{"no names", "Cast Vote Record", "Record", "no row begins with the column 'Cast Vote Record'"},
       {"no contest", ",Mayor,Board,Board\n11,9,P 1,S1,Ann,Cy,Di", "\n11,9,P 1,S1", "f:3: no column names a contest"},
       {"a field too many", "S1,Ann,Cy,Di", "S1,Ann,Cy,Di,Ed", "f:4: this row has another number of fields"},
       {"a paper without a number", "11,9", ",9", "f:4: this row has no cast vote record number"}});
}

TEST_CASE("cvr: Hart, one file a paper") {
  Read out = read(CvrFormat::hart_xml, kHart);
  CHECK(out.error == "");
  CHECK(out.text == "0b3c B 4 P 1  | Mayor: Ann | Board: Write-in | Levy:\n");
  refuses(CvrFormat::hart_xml, kHart,
          {{"a value that is none", "<Value>1</Value>", "<Value>7</Value>", "expected a value of 0 or 1"},
           {"a contest twice", "<Name>Levy</Name>", "<Name>Mayor</Name>", "f:6: this contest stands twice"},
           {"an option without a name", "<Name>Ann</Name>", "", "an option has neither a name"},
           {"no id", "<CvrGuid>0b3c</CvrGuid>", "", "expected an element CvrGuid"},
           {"another kind of file", "CVRDesign.xsd", "Other.xsd", "expected a Cvr of CVRDesign.xsd"},
           {"half a file", "</Cvr>", "", "f:"}});
}

TEST_CASE("cvr: Dominion as JSON, with its manifests") {
  Read out = dominion(kSessions);
  CHECK(out.error == "");
  CHECK(out.text ==
        "7-2-1 2 5 1 | Mayor: Ann | Board: Bo Cy | Ranked: Ed Di@2\n"
        "7-2-X 2 5 1 | Mayor: OVER\n");
  CHECK(out.sums.contests()[2].votes == std::vector<std::int64_t>{0, 1});
  const Bad cases[] = {
      {"a contest that no manifest names", "{\"Id\":2,", "{\"Id\":4,", "f:6: Sessions[0].Original"},
      {"a candidate of another contest", "{\"CandidateId\":21", "{\"CandidateId\":11", "f:6: "},
      {"both count", "\"IsCurrent\":false", "\"IsCurrent\":true", "f:9: "},
      {"a vote without its place", "\"Rank\":1,\"MarkDensity\":93,", "", "f:4: "},
      {"a mark that is no mark", "\"IsVote\":true}]}]}}]", "\"IsVote\":1}]}]}}]", "f:11: "},
  };
  for (const Bad& bad : cases) {
    CAPTURE(bad.what);
    const std::string error = dominion(replaced(kSessions, bad.from, bad.to)).error;
    CAPTURE(error);
    CHECK(error.find(bad.error) == 0);
  }
  CvrTable table;
  CHECK(read_dominion_candidates(table, kCandidates, "c").error().where.find("c:2") == 0);
}

TEST_CASE("cvr: a paper with two sides is one record") {
  const BatchInfo info = batch();
  BallotLine front = line('a', Decision::counted, {1}, Decision::blank, {}),
             back = line('b', Decision::blank, {}, Decision::recheck, {});
  front.reading.contests.pop_back();
  back.reading.contests.erase(back.reading.contests.begin());
  const BallotOutcome decided{back.id, {{1, Decision::counted, {0, 1}, OutcomeHow::settled}}};
  Cvr paper = cvr_of(info, front, nullptr);
  add_back(paper, cvr_of(info, back, &decided));
  REQUIRE(paper.contests.size() == 2);
  CHECK(paper.id == front.id.value());
  CHECK(paper.contests[0].votes == std::vector<CvrVote>{{1, 0}});
  CHECK(paper.contests[1].votes == std::vector<CvrVote>{{0, 0}, {1, 0}});
  REQUIRE(paper.machine.has_value());
  CHECK((*paper.machine)[0] == paper.contests[0]);
  CHECK((*paper.machine)[1].needs_people);
}

TEST_CASE("cvr: our own papers as NIST SP 1500-103, written and read back") {
  const BatchInfo info = batch();
  BallotLine torn = line('d', Decision::blank, {}, Decision::blank, {});
  torn.reading.contests.clear();
  torn.reading.defect = SheetDefect::torn;
  const BallotLine lines[] = {line('a', Decision::counted, {1}, Decision::counted, {0, 2}),
                              line('b', Decision::recheck, {}, Decision::blank, {}),
                              line('c', Decision::invalid, {}, Decision::counted, {1}), torn};
  const BallotOutcome decided{BallotId(std::string(32, 'b')), {{0, Decision::counted, {0}, OutcomeHow::agreed}}};
  std::string text;
  CdfWriter writer([&](std::string_view part) -> Status {
    text += part;
    return {};
  });
  const CvrTable table = cvr_table_of(info).value();
  REQUIRE(writer.begin({"2026-06-03T21:00:00Z", "scrutineer", "sorter-1", "Rehearsal", "a1", ""}, table).has_value());
  CvrSums written;
  for (const BallotLine& ballot : lines) {
    const Cvr cvr = cvr_of(info, ballot, ballot.id == decided.id ? &decided : nullptr);
    written.add(table, cvr);
    REQUIRE(writer.add(table, cvr).has_value());
  }
  REQUIRE(writer.end().has_value());
  Read out = read(CvrFormat::cdf_json, text);
  CHECK(out.error == "");
  CHECK(out.text == std::string(32, 'a') + "  unit  | mayor: B | board: X Z\n" + std::string(32, 'b') +
                        "  unit  | mayor: A | board:\n" + std::string(32, 'c') +
                        "  unit  | mayor: INVALID | board: Y\n" + std::string(32, 'd') +
                        "  unit  | mayor: PEOPLE | board: PEOPLE\n");
  REQUIRE(out.sums.contests().size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(out.sums.contests()[i].votes == written.contests()[i].votes);
    CHECK(out.sums.contests()[i].needs_people == 1);
    CHECK(out.sums.contests()[i].undervotes == written.contests()[i].undervotes);
  }
  refuses(CvrFormat::cdf_json, text,
          {{"another kind of report", "CVR.CastVoteRecordReport", "CVR.Report", "@type"},
           {"a contest that is not there", "\"ContestId\":\"contest-1\"", "\"ContestId\":\"contest-9\"",
            "there is no contest"},
           {"a selection that is not there", "\"ContestSelectionId\":\"contest-1-selection-2\"",
            "\"ContestSelectionId\":\"contest-1-selection-9\"", "the contest has no selection"},
           {"no snapshot is current", "\"CurrentSnapshotId\":\"cvr-1-machine\"", "\"CurrentSnapshotId\":\"x\"",
            "no snapshot has this id"},
           {"a contest twice", "\"@id\":\"contest-2\"", "\"@id\":\"contest-1\"", "two contests have this id"},
           {"half a file", "]\n}\n", "", "f"}});
}
