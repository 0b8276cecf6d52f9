// The real scans of shared data, as people see them.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

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

// What a sheet of paper shows, written down from looking at it: for each contest of the page, which of its ovals have a
// mark (numbers in the definition's order of places; "-": none, "*": all), and "n": a name is written in. A mark may
// be a filled oval, a stroke, a cross, a tick or a ring: this is what stands there, not what a machine should make of
// it.
struct Paper {
  const char *file, *shows;
  std::vector<std::string> doubts;  // "contest/place": where people are asked although the paper is plain; each is
                                    // explained in docs/formats/reading-ovals.md
};

const char kMarkedFront[] = "0 1 2 2n 0 2,3,7 1", kMarkedBack[] = "0 1 2n 0 1 2n 0", kNothingFront[] = "- - - - - - -",
           kNothingBack[] = "- - - - - - -", kSecondFront[] = "1 1 1 1 1 3,4,5 1";

std::vector<Paper> papers() {
  return {
      {"nh_test/scan-marked-front.jpeg", kMarkedFront, {}},
      {"nh_test/scan-marked-back.jpeg", kMarkedBack, {}},
      {"nh_test/scan-marked-front-unmarked-write-ins.jpeg", "0 1 2 n 0 2,3,7 1", {}},
      {"nh_test/scan-marked-back-unmarked-write-ins.jpeg", "0 1 n 0 1 n 0", {}},
      {"nh_test/scan-marked-front-unmarked-write-ins-overvote.jpeg", "0 1 2 1n 0 2,3,7 1", {}},
      {"nh_test/scan-marked-back-unmarked-write-ins-overvote.jpeg", "0 1 1n 0 1 n 0", {}},
      {"nh_test/scan-unmarked-front.jpeg", kNothingFront, {}},
      {"nh_test/scan-unmarked-back.jpeg", kNothingBack, {}},
      {"nh_test/scan-marked-overvote-front.jpeg", "0,1 - - - - - -", {}},
      {"nh_test/scan-marked-overvote-back.jpeg", kNothingBack, {}},
      {"nh_test/scan-marked-stretch-front.jpeg", kMarkedFront, {}},
      {"nh_test/scan-marked-stretch-back.jpeg", kMarkedBack, {}},
      {"nh_test/scan-marked-stretch-extra-front.jpeg", "2 - 2 - - 6,7 2", {}},
      {"nh_test/scan-marked-stretch-extra-back.jpeg", "- - - - - - 0", {}},
      {"nh_test/scan-marked-stretch-mark-front.jpeg", kSecondFront, {}},
      {"nh_test/scan-marked-stretch-mark-back.jpeg", "1 1 1 1 1 1 1", {}},
      {"nh_test/scan-marked-stretch-mid-front.jpeg", "0 0 0 0 0 0,1,2 0", {}},
      {"nh_test/scan-marked-stretch-mid-back.jpeg", "0 0 0 0 0 0 0", {}},
      {"nh_test/scan-marked-uneven-crop-front.jpeg", kSecondFront, {}},
      {"nh_test/scan-marked-uneven-crop-back.jpeg", "1 1 1 1 1 1 0", {}},
      {"nh_test/scan-marked-timing-mark-hole-front.jpeg", kNothingFront, {}},
      {"nh_test/scan-marked-timing-mark-hole-back.jpeg", "- - 2 - - - -", {}},
      {"nh_test/scan-marked-grainy-timing-marks-front.jpeg", kNothingFront, {}},
      {"nh_test/scan-marked-grainy-timing-marks-back.jpeg", kNothingBack, {}},
      {"nh_test/template-front.jpeg", kNothingFront, {}},
      {"nh_test/template-back.jpeg", kNothingBack, {}},
      {"nh_test/cvr_manual/864a2854-ee26-4223-8097-9633b7bed096/864a2854-ee26-4223-8097-9633b7bed096-front.jpg",
       "3n 1 2 2n 0 0,9n,10n 3n",
       {}},
      {"nh_test/cvr_manual/864a2854-ee26-4223-8097-9633b7bed096/864a2854-ee26-4223-8097-9633b7bed096-back.jpg",
       "1 1 0 0 2n 2n -",
       {}},
      {"nh_hudson/scan-marked-front.jpeg", "* * * * * * *", {"3/1", "6/7", "6/9"}},
      {"nh_hudson/scan-marked-back.jpeg", "* * * * * *", {}},
      {"nh_hudson/scan-marked-rotated-front.jpeg", "* * * * * * *", {"6/7", "6/9"}},
      {"nh_hudson/scan-marked-rotated-back.jpeg", "* * * * * *", {}},
      {"nh_hudson/scan-marked-front-300dpi.jpeg", "1 1 1 1 1 1 11,12,13,14,15,16,17,18,19,20,21", {}},
      {"nh_hudson/scan-marked-back-300dpi.jpeg", "1 1 1 1 1 1", {}},
      {"nh_hudson/scan-unmarked-front.jpeg", kNothingFront, {"3/2"}},
      {"nh_hudson/scan-unmarked-back.jpeg", "- - - - - -", {}},
      {"nh_hudson/template-front.jpeg", kNothingFront, {}},
      {"nh_hudson/template-back.jpeg", "- - - - - -", {}},
  };
}

std::vector<std::string> words(std::string_view text, char between) {
  std::vector<std::string> all(1);
  for (const char c : text) {
    if (c == between)
      all.emplace_back();
    else
      all.back() += c;
  }
  return all;
}

// One contest of a paper: what its entry in the table says.
struct Shown {
  std::set<std::size_t> places;  // in the contest
  bool name = false;
};

Shown shown(const std::string& entry, std::size_t places) {
  Shown all;
  for (std::string word : words(entry, ',')) {
    if (word.ends_with('n')) all.name = true, word.pop_back();
    if (word == "*")
      for (std::size_t i = 0; i < places; ++i) all.places.insert(i);
    else if (word != "-" && !word.empty())
      all.places.insert(std::stoul(word));
  }
  return all;
}

bool is_marked(MarkClass mark) {
  return mark == MarkClass::clean || mark == MarkClass::light;
}

// The machine counts what the paper shows, or people look; they look where a name is to be read, where there are too
// many marks, and where `doubt` says so, and nowhere else.
void check_contest(const OvalContest& contest, const ContestReading& read, const Shown& paper,
                   const std::vector<const OvalPlace*>& places, bool doubt) {
  std::set<std::uint16_t> options;
  bool people = doubt || paper.name;
  for (const std::size_t i : paper.places) {
    options.insert(places[i]->option);
    people |= contest.options[places[i]->option].write_in;
  }
  const bool over = static_cast<std::int64_t>(options.size()) > contest.seats;
  if (people || over) {
    CHECK(read.decision == Decision::recheck);
    CHECK_FALSE(read.reasons.empty());
    if (over) CHECK(std::find(read.reasons.begin(), read.reasons.end(), MarkClass::overvote) != read.reasons.end());
  } else {
    CHECK(read.decision == Decision::counted);
    CHECK(std::set<std::uint16_t>(read.options.begin(), read.options.end()) == options);
  }
}

void check_paper(const OvalForm& form, const SheetReading& reading, const Paper& paper) {
  const OvalDefinition& definition = form.definition;
  const std::vector<std::string> entries = words(paper.shows, ' ');
  REQUIRE(reading.contests.size() == entries.size());
  std::set<std::string> doubts;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const ContestReading& read = reading.contests[i];
    CAPTURE(definition.contests[read.contest].title);
    std::vector<const OvalPlace*> places;
    std::vector<MarkClass> marks;
    for (const PlaceReading& place : reading.places) {
      if (definition.places[place.place].contest != read.contest) continue;
      places.push_back(&definition.places[place.place]);
      marks.push_back(place.mark);
    }
    const Shown is = shown(entries[i], places.size());
    bool doubt = false;
    for (std::size_t k = 0; k < places.size(); ++k) {
      CAPTURE(k);
      // Nothing there, or a mark: as the paper shows it. Anything else is a doubt, and those are known one by one.
      if (is_marked(marks[k]) || marks[k] == MarkClass::none) {
        CHECK(is_marked(marks[k]) == is.places.contains(k));
      } else if (!(is.name && marks[k] == MarkClass::added_writing && places[k]->writing)) {
        doubts.insert(std::to_string(i) + "/" + std::to_string(k));
        doubt = true;
      }
    }
    check_contest(definition.contests[read.contest], read, is, places, doubt);
  }
  const auto list = [](const auto& all) {
    std::string text;
    for (const std::string& one : all) text += one + " ";
    return text;
  };
  CHECK(list(doubts) == list(paper.doubts));
}

}  // namespace

TEST_CASE("the real scans: every oval of every sheet, as the paper shows it") {
  if (!data_there()) return;
  PosixDisk disk;
  const auto test = load_oval_form(disk, kBallots + "nh_test"), hudson = load_oval_form(disk, kBallots + "nh_hudson");
  REQUIRE(test);
  REQUIRE(hudson);
  std::set<std::string> files;
  for (const Paper& paper : papers()) {
    CAPTURE(std::string(paper.file));
    files.insert(paper.file);
    const OvalForm& form = (std::string(paper.file).starts_with("nh_test") ? *test : *hudson).form;
    const auto bytes = disk.read_whole(kBallots + paper.file, kPictureBytes);
    REQUIRE(bytes);
    const auto page = decode_picture(*bytes);
    REQUIRE(page);
    const SheetReading reading = read_oval_page(page->view(), form);
    REQUIRE(reading.defect == SheetDefect::none);
    check_paper(form, reading, paper);
  }
  // The table names every picture that is there.
  for (const char* folder : {"nh_test", "nh_hudson"})
    for (const auto& entry : fs::recursive_directory_iterator(kBallots + folder))
      if (entry.path().extension() == ".jpeg" || entry.path().extension() == ".jpg")
        CHECK(files.contains(fs::relative(entry.path(), kBallots).string()));
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
