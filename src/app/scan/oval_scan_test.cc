// The real scans of shared data, as people see them.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>

#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/scan/picture.h"
#include "app/scan/scan.h"
#include "core/image/png.h"
#include "core/scan/oval_reader.h"

using namespace scrutineer;
namespace fs = std::filesystem;

namespace {

const std::string kBallots = "../shared/data/ballots/";

bool data_there() {
  if (fs::exists(kBallots)) return true;
  MESSAGE("skipped: ../shared/data is not here");
  return false;
}

}  // namespace

TEST_CASE("the real scans: what is marked on each, as people see it") {
  if (!data_there()) return;
  PosixDisk disk;
  const auto test = load_oval_form(disk, kBallots + "nh_test"), hudson = load_oval_form(disk, kBallots + "nh_hudson");
  REQUIRE(test);
  REQUIRE(hudson);
  // Per contest on the page: the options counted ("-": none), "w": people read a written name, "o": too many marks.
  struct Case {
    const char *file, *reading;
  };
  const Case cases[] = {
      {"nh_test/scan-marked-front.jpeg", "0 1 2 w 0 2,3,7 1"},
      {"nh_test/scan-marked-back.jpeg", "0 1 w 0 1 w 0"},
      {"nh_test/scan-marked-front-unmarked-write-ins.jpeg", "0 1 2 w 0 2,3,7 1"},
      {"nh_test/scan-marked-back-unmarked-write-ins.jpeg", "0 1 w 0 1 w 0"},
      {"nh_test/scan-unmarked-front.jpeg", "- - - - - - -"},
      {"nh_test/scan-unmarked-back.jpeg", "- - - - - - -"},
      {"nh_test/scan-marked-overvote-front.jpeg", "o - - - - - -"},
      {"nh_test/scan-marked-overvote-back.jpeg", "- - - - - - -"},
      {"nh_test/scan-marked-stretch-front.jpeg", "0 1 2 w 0 2,3,7 1"},
      {"nh_test/scan-marked-stretch-back.jpeg", "0 1 w 0 1 w 0"},
      {"nh_test/scan-marked-stretch-extra-front.jpeg", "2 - 2 - - 6,7 2"},
      {"nh_test/scan-marked-stretch-mark-front.jpeg", "1 1 1 1 1 3,4,5 1"},
      {"nh_test/scan-marked-stretch-mark-back.jpeg", "0 1 1 1 1 1 1"},
      {"nh_test/scan-marked-stretch-mid-front.jpeg", "0 0 0 0 0 0,1,2 0"},
      {"nh_test/scan-marked-uneven-crop-front.jpeg", "1 1 1 1 1 3,4,5 1"},
      {"nh_test/scan-marked-timing-mark-hole-back.jpeg", "- - w - - - -"},
      {"nh_test/scan-marked-grainy-timing-marks-front.jpeg", "- - - - - - -"},
      {"nh_hudson/scan-marked-front.jpeg", "o o o o o o o"},
      {"nh_hudson/scan-marked-back.jpeg", "o o o o o o"},
      {"nh_hudson/scan-marked-rotated-front.jpeg", "o o o o o o o"},
      {"nh_hudson/scan-marked-rotated-back.jpeg", "o o o o o o"},
      {"nh_hudson/scan-unmarked-back.jpeg", "- - - - - -"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.file);
    const OvalForm& form = (std::string(c.file).starts_with("nh_test") ? *test : *hudson).form;
    const auto bytes = disk.read_whole(kBallots + c.file, kPictureBytes);
    REQUIRE(bytes);
    const auto page = decode_picture(*bytes);
    REQUIRE(page);
    const SheetReading reading = read_oval_page(page->view(), form);
    REQUIRE(reading.defect == SheetDefect::none);
    std::string said;
    for (const ContestReading& contest : reading.contests) {
      if (!said.empty()) said += ' ';
      const auto has = [&](MarkClass mark) {
        return std::find(contest.reasons.begin(), contest.reasons.end(), mark) != contest.reasons.end();
      };
      std::string options;
      for (const std::uint16_t option : contest.options)
        options += (options.empty() ? "" : ",") + std::to_string(option);
      if (contest.decision == Decision::counted)
        said += options.empty() ? "-" : options;
      else
        said += has(MarkClass::overvote) ? "o" : has(MarkClass::added_writing) ? "w" : "?";
    }
    CHECK(said == c.reading);
  }
}

TEST_CASE("a batch of real scans: front and back are one paper, a copy is flagged, what is no ballot says why") {
  if (!data_there()) return;
  PosixDisk disk;
  SystemRng rng;
  const std::string root = fs::temp_directory_path() / ("scrutineer-scan-" + make_ballot_id(rng).value());
  fs::create_directories(root + "/in");
  const std::string ballots = kBallots + "nh_test/";
  for (const char* side : {"front", "back"})
    fs::copy_file(ballots + "scan-marked-" + side + ".jpeg", root + "/in/1-" + side + ".jpeg");
  fs::copy_file(ballots + "scan-marked-back.jpeg", root + "/in/2-again.jpeg");
  fs::copy_file(kBallots + "nh_hudson/scan-marked-back.jpeg", root + "/in/3-hudson.jpeg");
  const auto put = [&](const char* name, const Bytes& bytes) {
    REQUIRE(write_file(disk, root + "/in/" + name, bytes, Durability::cached));
  };
  put("4-half.jpeg", disk.read_whole(ballots + "scan-marked-back.jpeg", 1u << 26)->substr(0, 90'000));
  put("5-bomb.pgm", "P5 50000 50000 255\n");
  put("6-white.png", png_of(GreyPage(1'700, 2'200).view()));
  auto form = open_ballot_form(disk, kBallots + "nh_test");
  REQUIRE(form);
  auto source = open_folder(disk, rng, root + "/in", (*form)->sides);
  REQUIRE(source);
  ScanRequest request;
  request.out = root + "/out";
  request.device = "machine-1";
  request.software = "scrutineer test";
  const auto none = [](std::size_t, std::size_t) {};
  const auto summary = scan_batch(disk, rng, **source, **form, request, none);
  REQUIRE(summary);
  CHECK(summary->counts.pictures == 7);
  std::map<std::string, std::string> defects;
  for (const UnreadPicture& one : summary->unread) defects[one.name] = sheet_defect_name(one.defect);
  CHECK(defects == std::map<std::string, std::string>{{"3-hudson.jpeg", "wrong_election"},
                                                      {"4-half.jpeg", "not_an_image"},
                                                      {"5-bomb.pgm", "too_large"},
                                                      {"6-white.png", "blank_page"}});
  REQUIRE(summary->alike.size() == 1);
  const auto lines = batch_lines(disk, request.out).value();
  CHECK(std::count_if(lines.begin(), lines.end(), [](const BallotLine& line) { return line.front.has_value(); }) == 1);
  const auto again = scan_again(disk, request.out, **form, 2, none);
  REQUIRE(again);
  CHECK(again->different.empty());
  fs::remove_all(root);
}
