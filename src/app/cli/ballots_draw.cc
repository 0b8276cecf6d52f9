// scrutineer ballots print, scrutineer ballots draw: papers of a definition, blank to be printed, and marked with known
// truth for rehearsals and logic-and-accuracy decks.
#include <algorithm>

#include <fmt/format.h>

#include "app/cli/arguments.h"
#include "app/cli/ballots_check.h"
#include "app/cli/terminal.h"
#include "app/disk/posix_disk.h"
#include "app/paper/ballot.h"
#include "app/scan/form.h"
#include "core/ballotmaker/oval_noise.h"
#include "core/ballotmaker/stamp_sheet.h"
#include "core/codec/csv.h"
#include "core/image/grey.h"
#include "core/image/png.h"

namespace scrutineer::cli {
namespace {

constexpr std::size_t kDrawnMost = 100'000;

struct Wanted {
  std::string definition, out;
  std::size_t papers = 0;
  std::uint64_t seed = 1;
};

Result<std::optional<StampPaper>> stamp_paper(Disk& disk, const std::string& directory) {
  const std::string path = directory + "/paper.json";
  SCRUTINEER_TRY(bool there, disk.exists(path));
  if (!there) return std::nullopt;
  SCRUTINEER_TRY(Bytes text, read_file(disk, path, kStampPaperBytes));
  SCRUTINEER_TRY(StampPaper paper, parse_stamp_paper(text));
  return paper;
}

// One line of truth.csv.
using Row = std::vector<std::string>;

// ---- Stamps ----

// Half of a deck is as it should be, the rest is everything that can be on a paper, in equal parts.
std::vector<StampShare> every_case() {
  std::vector<StampShare> shares;
  for (std::size_t i = 1; i < kStampCases; ++i)  // a print by somebody else cannot be drawn by us
    if (static_cast<StampCase>(i) != StampCase::unofficial_paper)
      shares.push_back({static_cast<StampCase>(i), static_cast<std::int32_t>(500 / (kStampCases - 2))});
  return shares;
}

Status draw_stamps(Disk& disk, const StampPaper& paper, const Wanted& wanted, std::vector<Row>& truth,
                   Progress& progress) {
  const StampStack stack = make_stack(paper, every_case(), wanted.papers, wanted.seed);
  truth.push_back({"file", "case", "law", "option"});
  for (std::size_t i = 0; i < stack.truths.size(); ++i) {
    const StampTruth& one = stack.truths[i];
    const std::string name = fmt::format("{:06}.png", i + 1);
    SCRUTINEER_CHECKED(
        write_file(disk, wanted.out + "/scans/" + name, png_of(stack.draw(i).view()), Durability::cached));
    truth.push_back({name, std::string(stamp_case_name(one.what)), std::string(stamp_verdict_name(one.law)),
                     one.option ? paper.options[*one.option].number : ""});
    progress.update(i + 1, stack.truths.size());
  }
  return {};
}

// ---- Ovals ----

struct BlankSide {
  GreyPage page;
  std::size_t number = 0;
  SheetPoint origin;
  double pixels_per_mark = 0;
};

// Where the grid lies on a blank page's picture. Drawing goes along the picture's rows, so it has to lie straight.
Result<BlankSide> blank_side(GreyView picture, const OvalDefinition& definition, std::size_t number) {
  BlankSide side;
  side.number = number;
  side.page = copy_of(picture);
  const int factor = frame_factor(picture.width);
  const OvalFrameResult found = find_oval_frame(reduced(side.page.view(), factor).view(), factor, definition.rows);
  if (found.defect != SheetDefect::none)
    return fail(ErrorCode::malformed, "the blank form's picture has no complete frame of timing marks");
  const PagePoint begin = found.frame.at(0, 0), along = found.frame.at(static_cast<float>(definition.columns() - 1), 0);
  side.origin = {begin.x, begin.y};
  side.pixels_per_mark = static_cast<double>(along.x - begin.x) / (definition.columns() - 1);
  return side;
}

std::string marked_options(const OvalDefinition& definition, const std::vector<std::uint16_t>& places) {
  std::string marked;
  for (const std::uint16_t place : places) {
    const OvalContest& contest = definition.contests[definition.places[place].contest];
    marked += (marked.empty() ? "" : " ") + contest.id + "/" + contest.options[definition.places[place].option].id;
  }
  return marked;
}

Result<std::vector<BlankSide>> blank_sides(Disk& disk, const std::string& directory, const OvalDefinition& definition) {
  SCRUTINEER_TRY(std::vector<NamedPicture> pictures, pictures_named(disk, directory, "template"));
  std::stable_partition(pictures.begin(), pictures.end(),
                        [](const NamedPicture& one) { return one.name.find("back") == one.name.npos; });
  std::vector<BlankSide> sides;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    auto side = blank_side(pictures[i].page.view(), definition, i);
    if (!side) return tl::unexpected(placed(side.error(), directory + "/" + pictures[i].name));
    sides.push_back(std::move(*side));
  }
  return sides;
}

// Two in three scans are plain; the others had something happen to them, in turn.
Status draw_ovals(Disk& disk, const Wanted& wanted, std::vector<Row>& truth, Progress& progress) {
  SCRUTINEER_TRY(LoadedOvals loaded, load_oval_form(disk, wanted.definition));
  const OvalDefinition& definition = loaded.form.definition;
  SCRUTINEER_TRY(std::vector<BlankSide> sides, blank_sides(disk, wanted.definition, definition));
  truth.push_back({"file", "scan", "marked"});
  for (std::size_t i = 0; i < wanted.papers; ++i) {
    const NoiseRow* noise = i % 3 == 2 ? &noise_rows()[i / 3 % noise_rows().size()] : nullptr;
    for (const BlankSide& side : sides) {
      const std::uint64_t seed = (wanted.seed << 32) + i * sides.size() + side.number;
      MarkedPage marked = mark_page(side.page.view(), definition, side.number, side.origin, side.pixels_per_mark, seed);
      if (noise != nullptr) marked.page = noise->apply(marked.page.view(), seed);
      const std::string name = fmt::format("{:06}-{}.png", i + 1, side.number == 0 ? "front" : "back");
      SCRUTINEER_CHECKED(
          write_file(disk, wanted.out + "/scans/" + name, png_of(marked.page.view()), Durability::cached));
      truth.push_back({name, noise != nullptr ? noise->name : "plain", marked_options(definition, marked.truth)});
    }
    progress.update(i + 1, wanted.papers);
  }
  return {};
}

Status draw(const Wanted& wanted) {
  PosixDisk disk;
  SCRUTINEER_TRY(bool there, disk.exists(wanted.out));
  if (there) return fail(ErrorCode::conflict, "this is there already: name a new folder", wanted.out);
  SCRUTINEER_TRY(std::optional<StampPaper> paper, stamp_paper(disk, wanted.definition));
  SCRUTINEER_CHECKED(disk.make_directories(wanted.out + "/scans"));
  std::vector<Row> truth;
  Progress progress("ballot papers");
  if (paper) {
    SCRUTINEER_CHECKED(stamp_geometry(paper->date, paper->options.size()).map([](const auto&) {}));
    SCRUTINEER_CHECKED(draw_stamps(disk, *paper, wanted, truth, progress));
  } else {
    SCRUTINEER_CHECKED(draw_ovals(disk, wanted, truth, progress));
  }
  progress.finish(std::to_string(wanted.papers) + " papers");
  CsvWriter csv;
  for (const Row& row : truth) {
    for (const std::string& field : row) csv.field(field);
    csv.end_row();
  }
  return write_file(disk, wanted.out + "/truth.csv", csv.take(), Durability::cached);
}

}  // namespace

int ballots_draw(int argc, char** argv) {
  Wanted wanted;
  auto app = new_app("scrutineer ballots draw",
                     "Draws marked papers of a definition as scans with known truth: everything that voters, paper and "
                     "scanners do, for rehearsals and logic-and-accuracy tests. OUT/scans holds the pictures, "
                     "OUT/truth.csv what is on each. The same seed draws the same papers.",
                     "scrutineer ballots draw --election definition --papers 300 --out deck");
  app->add_option("--election", wanted.definition, "folder with paper.json (stamps) or election.json (ovals)")
      ->required();
  app->add_option("--papers", wanted.papers, "how many")->required()->between(1, int{kDrawnMost});
  app->add_option("--seed", wanted.seed, "another number, other papers (1)")->between(0, 2'000'000'000);
  app->add_option("--out", wanted.out, "a new folder")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  auto drawn = draw(wanted);
  return drawn ? kGood : complain(drawn.error());
}

int ballots_print(int argc, char** argv) {
  std::string definition, out;
  std::int64_t copies = 1, serial = 0;
  auto app = new_app("scrutineer ballots print",
                     "Prints blank stamp papers as PDF, at their size by law: print them at 100 %, without fitting. "
                     "Forms with ovals come as files from whoever lays them out.",
                     "scrutineer ballots print --election definition --copies 300 --out papers.pdf");
  app->add_option("--election", definition, "folder with paper.json")->required();
  app->add_option("--copies", copies, "how many (1)");
  app->add_option("--serial", serial, "number on the first stub, one more on each (0: no stub)");
  app->add_option("--out", out, "the PDF file")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  auto printed = [&]() -> Status {
    PosixDisk disk;
    SCRUTINEER_TRY(std::optional<StampPaper> paper, stamp_paper(disk, definition));
    if (!paper) return fail(ErrorCode::not_found, "there is no paper.json: only stamp papers are printed", definition);
    paper::StampPrint print{copies, serial > 0 ? std::optional(serial) : std::nullopt};
    SCRUTINEER_TRY(Bytes pdf, paper::stamp_papers_pdf(*paper, print));
    return write_file(disk, out, pdf, Durability::cached);
  }();
  return printed ? kGood : complain(printed.error());
}

}  // namespace scrutineer::cli
