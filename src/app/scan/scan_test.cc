#include "app/scan/scan.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "app/disk/sim_disk.h"
#include "app/disk/system.h"
#include "app/scan/picture.h"
#include "core/ballotmaker/defects.h"
#include "core/ballotmaker/stamp_sheet.h"
#include "core/crypto/hash.h"
#include "core/image/grey.h"
#include "core/image/png.h"
#include "core/scan/opening.h"

namespace scrutineer {
namespace {

StampPaper paper(std::size_t options = 5) {
  StampPaper out{"rehearsal", "president", "2025-06-03", "제21대 대통령선거투표", "종로구", {}, {}, {}};
  for (std::size_t i = 1; i <= options; ++i)
    out.options.push_back({std::to_string(i), "가나당", std::string("김하나") + std::to_string(i)});
  return out;
}

constexpr StampShare kShares[] = {{StampCase::light, 100},       {StampCase::repeated, 50},
                                  {StampCase::two_boxes, 80},    {StampCase::no_stamp, 80},
                                  {StampCase::other_tool, 80},   {StampCase::fold_transfer, 60},
                                  {StampCase::added_writing, 80}};
constexpr std::size_t kPapers = 12;

// A folder of scans with known truth, some of them no ballots at all.
struct Rehearsal {
  SimDisk disk;
  SystemRng rng;
  StampStack stack = make_stack(paper(), kShares, kPapers, 7);
  std::map<std::string, StampTruth> truths;  // by SHA-256 of the picture, in hex
  ScanRequest request;

  Rehearsal() {
    put("definition/paper.json", write_stamp_paper(paper()));
    for (std::size_t i = 0; i < kPapers; ++i) {
      const Bytes png = png_of(stack.draw(i).view());
      truths[to_hex(sha256(png))] = stack.truths[i];
      put("scans/paper-" + std::to_string(i) + ".png", png);
    }
    request.out = "batch";
    request.device = "d001/sorter-1";
    request.software = "test";
    request.threads = 2;
  }
  void put(const std::string& path, BytesView bytes) {
    REQUIRE(disk.make_directories(path.substr(0, path.rfind('/'))));
    REQUIRE(write_file(disk, path, bytes, Durability::cached));
  }
  Result<ScanSummary> scan() {
    auto form = open_ballot_form(disk, "definition").value();
    auto source = open_folder(disk, rng, "scans", form->sides).value();
    return scan_batch(disk, rng, *source, *form, request, [](std::size_t, std::size_t) {});
  }
  ScannedAgain again() {
    auto form = open_ballot_form(disk, "definition").value();
    return scan_again(disk, "batch", *form, 2, [](std::size_t, std::size_t) {}).value();
  }
};

TEST_CASE("scan: what the machine counts is what was drawn, and the rest goes to people") {
  Rehearsal hall;
  auto summary = hall.scan();
  REQUIRE_MESSAGE(summary, (summary ? "" : to_string(summary.error())));
  const std::vector<BallotLine> lines = batch_lines(hall.disk, "batch").value();
  REQUIRE(lines.size() == kPapers);
  std::size_t counted = 0;
  for (const BallotLine& line : lines) {
    const StampTruth& truth = hall.truths.at(to_hex(line.image));
    CAPTURE(stamp_case_name(truth.what));
    REQUIRE(line.reading.contests.size() == 1);
    const ContestReading& contest = line.reading.contests[0];
    CHECK(contest.decision != Decision::invalid);
    if (contest.decision != Decision::counted) continue;
    ++counted;
    REQUIRE(truth.law == StampVerdict::valid);
    CHECK(contest.options == std::vector<std::uint16_t>{*truth.option});
  }
  CHECK(counted >= kPapers / 2);
  CHECK(summary->counts.sheets == kPapers);
  CHECK(summary->counts.contests[0].decided == static_cast<std::int64_t>(counted));
  CHECK(parse_batch_info(read_file(hall.disk, "batch/batch.json", 1 << 20).value()).value() == summary->info);
  CHECK(parse_batch_secret(read_file(hall.disk, "batch/secret.json", 1 << 20).value()));
}

TEST_CASE("scan: the stored pictures give the same readings again, and a changed one is named") {
  Rehearsal hall;
  REQUIRE(hall.scan());
  ScannedAgain again = hall.again();
  CHECK(again.pictures == kPapers);
  CHECK(again.different.empty());
  const BallotLine changed = batch_lines(hall.disk, "batch").value()[3];
  hall.put("batch/images/" + changed.id.value() + ".png", png_of(hall.stack.draw(0).view()));
  CHECK(hall.again().different == std::vector<std::string>{changed.id.value()});
}

TEST_CASE("scan: nothing in the batch tells which paper was fed when") {
  Rehearsal hall;
  REQUIRE(hall.scan());
  std::string text = read_file(hall.disk, "batch/readings.jsonl", 1 << 24).value();
  for (const std::string& name : hall.disk.files()) {
    if (!name.starts_with("batch/")) continue;
    CHECK(name.find("paper-") == std::string::npos);
  }
  CHECK(text.find("paper-") == std::string::npos);
  CHECK(std::is_sorted(text.begin(), text.begin() + 1));
  const auto lines = batch_lines(hall.disk, "batch").value();
  CHECK(std::is_sorted(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.id < b.id; }));
}

TEST_CASE("scan: what is no ballot of this election says why, and the batch goes on") {
  Rehearsal hall;
  const Bytes whole = png_of(hall.stack.draw(1).view());
  GreyPage cat(900, 700);
  for (int y = 0; y < 700; ++y)
    for (int x = 0; x < 900; ++x) cat.at(x, y) = static_cast<std::uint8_t>((x * x + y * y * 3 + x * y) / 700 % 256);
  struct Bad {
    const char* name;
    Bytes bytes;
    std::vector<SheetDefect> defects;
  } bad[] = {
      {"half a file", whole.substr(0, whole.size() / 2), {SheetDefect::not_an_image}},
      {"an empty file", "", {SheetDefect::not_an_image}},
      {"words", "dear colleagues", {SheetDefect::not_an_image}},
      {"a bomb", "P5 50000 50000 255\n", {SheetDefect::too_large}},
      {"white paper", png_of(GreyPage(800, 1'200).view()), {SheetDefect::blank_page, SheetDefect::not_this_ballot}},
      {"a cat",
       png_of(cat.view()),
       {SheetDefect::not_this_ballot, SheetDefect::registration_frame, SheetDefect::dark_border}},
      {"another election",
       png_of(draw_stamp_paper(paper(9), make_stamp_truth(paper(9), StampCase::clean, 3), 3).view()),
       {SheetDefect::wrong_election, SheetDefect::not_this_ballot, SheetDefect::registration_frame}}};
  for (const Bad& one : bad) hall.put(std::string("scans/") + one.name, one.bytes);
  auto summary = hall.scan();
  REQUIRE(summary);
  CHECK(summary->counts.sheets == kPapers + static_cast<std::int64_t>(std::size(bad)));
  CHECK(summary->counts.rejected == static_cast<std::int64_t>(std::size(bad)));
  for (const Bad& one : bad) {
    CAPTURE(one.name);
    const auto found = std::find_if(summary->unread.begin(), summary->unread.end(),
                                    [&](const UnreadPicture& unread) { return unread.name == one.name; });
    REQUIRE(found != summary->unread.end());
    CAPTURE(sheet_defect_name(found->defect));
    CHECK(std::find(one.defects.begin(), one.defects.end(), found->defect) != one.defects.end());
    CHECK_FALSE(found->detail.empty());
  }
}

TEST_CASE("scan: a paper that is fed twice is flagged and kept") {
  Rehearsal hall;
  const auto clean = std::find_if(hall.stack.truths.begin(), hall.stack.truths.end(),
                                  [](const StampTruth& truth) { return truth.what == StampCase::clean; });
  const auto i = static_cast<std::size_t>(clean - hall.stack.truths.begin());
  // The same paper through the feeder once more: turned by a degree, with other noise.
  GreyPage fed_again = rotated(hall.stack.draw(i).view(), 800);
  add_noise(fed_again, 4, 5);
  hall.put("scans/twice.png", png_of(fed_again.view()));
  hall.put("scans/copy.png", png_of(hall.stack.draw(i).view()));
  auto summary = hall.scan();
  REQUIRE(summary);
  CHECK(summary->counts.sheets == kPapers + 2);
  std::vector<std::string> flagged;
  for (const auto& [a, b] : summary->alike) flagged.push_back(a), flagged.push_back(b);
  const std::string name = "paper-" + std::to_string(i) + ".png";
  for (const std::string& one : {std::string("twice.png"), std::string("copy.png"), name})
    CHECK(std::find(flagged.begin(), flagged.end(), one) != flagged.end());
  for (const std::string& one : flagged)  // and no others
    CHECK((one == "twice.png" || one == "copy.png" || one == name));
}

TEST_CASE("scan: a pipe gives the pictures one after another, and what is cut off says so") {
  auto pgm = [](int width, int height, char value) {
    return "P5\n" + std::to_string(width) + " " + std::to_string(height) + "\n255\n" +
           Bytes(static_cast<std::size_t>(width * height), value);
  };
  const Bytes all = pgm(30, 20, 'a') + pgm(5'000, 3, 'b') + pgm(10, 10, 'c').substr(0, 60);
  for (std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{100'000}}) {
    CAPTURE(piece);
    std::size_t at = 0;
    auto pipe = open_pipe(
        [&](char* out, std::size_t size) -> Result<std::size_t> {
          const std::size_t part = std::min({size, piece, all.size() - at});
          std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(at), part, out);
          at += part;
          return part;
        },
        1);
    CHECK(decode_picture(pipe->next().value()->pictures[0])->width() == 30);
    CHECK(decode_picture(pipe->next().value()->pictures[0])->width() == 5'000);
    CHECK(decode_picture(pipe->next().value()->pictures[0]).error().code == ErrorCode::malformed);
    CHECK_FALSE(pipe->next().value());
  }
}

TEST_CASE("scan: a batch is not mixed with another, and front and back are one paper") {
  Rehearsal hall;
  hall.put("batch/there", "x");
  CHECK(hall.scan().error().code == ErrorCode::conflict);
  SimDisk disk;
  SystemRng rng;
  for (const char* name : {"a-front.png", "a-back.png", "b-back.jpeg", "c.png", ".hidden"}) {
    REQUIRE(disk.make_directories("in"));
    REQUIRE(write_file(disk, std::string("in/") + name, "x", Durability::cached));
  }
  auto source = open_folder(disk, rng, "in", 2).value();
  CHECK(source->papers() == 3);
  std::vector<std::string> papers;
  while (auto paper = source->next().value()) {
    std::string names;
    for (const std::string& name : paper->names) names += name + " ";
    papers.push_back(names);
  }
  std::sort(papers.begin(), papers.end());
  CHECK(papers == std::vector<std::string>{"a-front.png a-back.png ", "b-back.jpeg ", "c.png "});
}

}  // namespace
}  // namespace scrutineer
