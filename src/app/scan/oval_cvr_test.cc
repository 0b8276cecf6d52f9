// A cast vote record that another program wrote of one paper, and our reading of the two pictures beside it: oval by
// oval. `original` in that record is what its machine saw before anybody looked.
#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/disk/posix_disk.h"
#include "app/scan/form.h"
#include "app/scan/picture.h"
#include "core/codec/json.h"
#include "core/scan/oval_reader.h"

using namespace scrutineer;

namespace {

const std::string kSet = "../shared/data/ballots/nh_test/";
const std::string kPaper = kSet + "cvr_manual/864a2854-ee26-4223-8097-9633b7bed096/";

JsonValue member(const JsonValue& value, std::string_view name) {
  const auto found = value.find(name);
  REQUIRE_MESSAGE(found, std::string(name));
  return *found;
}

std::string text(const JsonValue& value, std::string_view name) {
  return std::string(*member(value, name).as_string());
}

JsonValue first(const JsonValue& list) {
  for (const JsonValue one : list) return one;
  FAIL("an empty list");
  return list;
}

struct Oval {
  std::string option;
  bool marked = false;
};
using Contests = std::map<std::string, std::vector<Oval>>;  // by the contest's id, ovals as they stand on the paper

Contests machine_saw(const JsonValue& report) {
  Contests contests;
  for (const JsonValue snapshot : member(first(member(report, "CVR")), "CVRSnapshot")) {
    if (text(snapshot, "Type") != "original") continue;
    for (const JsonValue contest : member(snapshot, "CVRContest")) {
      for (const JsonValue selection : member(contest, "CVRContestSelection")) {
        const JsonValue position = first(member(selection, "SelectionPosition"));
        contests[text(contest, "ContestId")].push_back(
            {text(selection, "ContestSelectionId"), text(position, "HasIndication") == "yes"});
      }
    }
  }
  return contests;
}

// Both pictures, put together by contest.
Contests we_read(Disk& disk, const OvalForm& form, const JsonValue& report, std::vector<ContestReading>& decisions) {
  Contests contests;
  const OvalDefinition& definition = form.definition;
  for (const JsonValue image : member(first(member(report, "CVR")), "BallotImage")) {
    const std::string file = text(image, "Location").substr(5);  // "file:"
    CAPTURE(file);
    const auto page = decode_picture(disk.read_whole(kPaper + file, kPictureBytes).value());
    REQUIRE(page);
    const SheetReading reading = read_oval_page(page->view(), form);
    REQUIRE(reading.defect == SheetDefect::none);
    for (const PlaceReading& read : reading.places) {
      const OvalPlace& place = definition.places[read.place];
      const OvalContest& contest = definition.contests[place.contest];
      const bool marked = read.mark == MarkClass::clean || read.mark == MarkClass::light;
      // Nothing on this paper is in doubt.
      CHECK((marked || read.mark == MarkClass::none));
      contests[contest.id].push_back({contest.options[place.option].id, marked});
    }
    decisions.insert(decisions.end(), reading.contests.begin(), reading.contests.end());
  }
  return contests;
}

}  // namespace

TEST_CASE("another program's cast vote record: the same ovals are marked, each named") {
  if (!std::filesystem::exists(kPaper)) {
    MESSAGE("skipped: ../shared/data is not here");
    return;
  }
  PosixDisk disk;
  const auto form = load_oval_form(disk, kSet);
  REQUIRE(form);
  const Bytes json = disk.read_whole(kPaper + "cast-vote-record-report.json", 1u << 24).value();
  const auto report = Json::parse(json, 32, JsonNumbers::any);
  REQUIRE(report);
  std::vector<ContestReading> decisions;
  const Contests theirs = machine_saw(report->root()), ours = we_read(disk, form->form, report->root(), decisions);
  REQUIRE(theirs.size() == 14);
  REQUIRE(ours.size() == theirs.size());
  int ovals = 0, marked = 0;
  for (const auto& [contest, list] : theirs) {
    CAPTURE(contest);
    REQUIRE(ours.contains(contest));
    const std::vector<Oval>& own = ours.at(contest);
    REQUIRE(own.size() == list.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
      CAPTURE(list[i].option);
      CHECK(own[i].option == list[i].option);
      CHECK(own[i].marked == list[i].marked);
      ++ovals;
      marked += list[i].marked ? 1 : 0;
    }
  }
  CHECK(ovals == 52);
  CHECK(marked == 15);
  // A contest with a marked write-in goes to people; every other is counted with what their record says.
  for (const ContestReading& decision : decisions) {
    const OvalContest& contest = form->form.definition.contests[decision.contest];
    CAPTURE(contest.id);
    std::vector<std::string> options;
    bool write_in = false;
    for (const Oval& oval : theirs.at(contest.id)) {
      if (oval.marked) options.push_back(oval.option), write_in |= oval.option.starts_with("write-in-");
    }
    CHECK((decision.decision == Decision::recheck) == write_in);
    if (write_in) {
      CHECK_FALSE(decision.reasons.empty());
      continue;
    }
    std::vector<std::string> counted;
    for (const std::uint16_t option : decision.options) counted.push_back(contest.options[option].id);
    CHECK(counted == options);
  }
}
