#include "tests/foreign/run.h"

#include <fmt/format.h>

#include <ctime>
#include <fstream>

#include "core/scan/stamp_read.h"

namespace scrutineer::foreign {
namespace {

constexpr int kPapersOnOneScan = 10;

double processor_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

bool is_wrong(const Paper& paper, const ContestReading& contest) {
  if (contest.decision == Decision::recheck || contest.decision == Decision::rejected) return !contest.options.empty();
  if (contest.decision != Decision::counted) return true;  // no machine says "invalid" or "blank" of a stamp paper
  return paper.law != Law::valid || contest.options.size() != 1 || contest.options[0] != paper.option;
}

struct Reader {
  const Station& station;
  const StampForm& form;
  const Wanted& wanted;
  std::uint64_t seed;
  int face;
  Totals& totals;
  int number = 0;

  void read(const GreyPage& page, const Paper& paper, std::string_view name) {
    ++number;
    const double before = processor_seconds();
    const SheetReading reading = read_stamp_paper(form, page.view());
    totals.read_seconds += processor_seconds() - before;
    totals.boxes += static_cast<int>(station.geometry.boxes);
    const ContestReading& contest = reading.contests.front();
    Tally one{1,
              contest.decision == Decision::counted,
              contest.decision == Decision::recheck,
              contest.decision == Decision::rejected,
              is_wrong(paper, contest),
              {}};
    if (one.rejected) ++one.said[std::string(sheet_defect_name(reading.defect))];
    if (one.people) {
      std::string reasons =
          reading.defect == SheetDefect::none ? "" : std::string(sheet_defect_name(reading.defect)) + ": ";
      for (MarkClass reason : contest.reasons)
        reasons += (reasons.empty() || reasons.back() == ' ' ? "" : "+") + std::string(mark_class_name(reason));
      ++one.said[reasons];
    }
    totals.cases[std::string(name)].add(one);
    if (name == "clean") totals.clean_by_face[face].add(one);
    const bool lost = name == "clean" && !one.counted;
    const std::string line = fmt::format("station {}, paper {}, {}: {}", seed, number, name, said(reading));
    if (one.wrong) totals.wrong.push_back(line);
    if (lost) totals.lost.push_back(line);
    if ((one.wrong || lost) && !wanted.pictures.empty()) keep(page, name);
  }
  void keep(const GreyPage& page, std::string_view name) const {
    std::string file = fmt::format("{}/{}-{}-{}.pgm", wanted.pictures, name, seed, number);
    std::replace(file.begin(), file.end(), ' ', '_');
    std::ofstream out(file, std::ios::binary);
    out << "P5\n" << page.width() << " " << page.height() << "\n255\n";
    out.write(reinterpret_cast<const char*>(page.row(0)), static_cast<std::streamsize>(page.width()) * page.height());
  }
};

// One paper after another on a scan that changes now and then.
class Stack {
 public:
  Stack(const Station& station, Luck luck) : station_(station), luck_(luck) {}
  void next(bool stub) {
    const StampGeometry& g = station_.geometry;
    if (left_-- > 0 && stub == stub_) return;
    left_ = kPapersOnOneScan, stub_ = stub;
    scan = usual_scan(luck_, g.width, g.height);
    if (luck_.once_in(8)) scan.dpi = luck_.once_in(2) ? 150 : 300;
    int width = 0, height = 0;
    lens = lens_of(scan, g.width, g.height, width, height);
    base = lay(station_, scan, stub);
  }
  Scan scan;
  Lens lens;
  GreyPage base;

 private:
  const Station& station_;
  Luck luck_;
  int left_ = 0;
  bool stub_ = false;
};

void read_cases(Reader& reader, Stack& stack, Luck& luck, const Case& what, int times) {
  for (int i = 0; i < times; ++i) {
    Luck mine(luck.seed());
    Paper paper;
    paper.what = what.name;
    if (!what.make(paper, reader.station, mine)) continue;
    stack.next(paper.stub);
    reader.read(
        scanned(marked(stack.base, stack.lens, paper, reader.station, stack.scan.print, mine), stack.scan, mine), paper,
        what.name);
  }
}

void read_accident(Reader& reader, Luck& luck, const Accident& what) {
  Luck mine(luck.seed());
  const StampGeometry& g = reader.station.geometry;
  Paper paper;
  mark_cases()[0].make(paper, reader.station, mine);
  Scan scan = usual_scan(mine, g.width, g.height);
  int width = 0, height = 0;
  const Lens lens = lens_of(scan, g.width, g.height, width, height);
  GreyPage page = marked(lay(reader.station, scan, false), lens, paper, reader.station, scan.print, mine);
  what.happen(page, lens, reader.station, mine);
  if (what.name == "two sheets") paper.law = Law::people;  // a vote is lost if one of them is counted
  reader.read(scanned(std::move(page), scan, mine), paper, what.name);
}

}  // namespace

void Tally::add(const Tally& other) {
  papers += other.papers, counted += other.counted, people += other.people, rejected += other.rejected;
  wrong += other.wrong;
  for (const auto& [what, count] : other.said) said[what] += count;
}

void Totals::add(const Totals& other) {
  for (const auto& [name, tally] : other.cases) cases[name].add(tally);
  for (const auto& [face, tally] : other.clean_by_face) clean_by_face[face].add(tally);
  wrong.insert(wrong.end(), other.wrong.begin(), other.wrong.end());
  lost.insert(lost.end(), other.lost.begin(), other.lost.end());
  boxes += other.boxes, read_seconds += other.read_seconds;
}

int Totals::wrong_papers() const {
  int sum = 0;
  for (const auto& [name, tally] : cases) sum += tally.wrong;
  return sum;
}

std::string Totals::table() const {
  std::string out =
      fmt::format("{:<22}{:>8}{:>10}{:>9}{:>10}{:>7}\n", "case", "papers", "counted", "people", "rejected", "wrong");
  Tally all;
  auto row = [&](std::string_view name, const Tally& t) {
    out += fmt::format("{:<22}{:>8}{:>9.1f}%{:>9}{:>10}{:>7}  ", name, t.papers,
                       100.0 * t.counted / std::max(1, t.papers), t.people, t.rejected, t.wrong);
    for (const auto& [what, count] : t.said) out += fmt::format(" {} {}", what, count);
    out += '\n';
    all.add(t);
  };
  for (const Case& c : mark_cases())
    if (auto it = cases.find(std::string(c.name)); it != cases.end()) row(c.name, it->second);
  for (const Accident& a : accidents())
    if (auto it = cases.find(std::string(a.name)); it != cases.end()) row(a.name, it->second);
  all.said.clear();
  const Tally total = all;
  row("all", total);
  for (const auto& [face, t] : clean_by_face)
    out += fmt::format("clean papers of face {}: {} of {} counted\n", face, t.counted, t.papers);
  out += fmt::format("boxes {}, {:.2f} ms a paper\n", boxes, read_seconds * 1e3 / std::max(1, total.papers));
  return out;
}

Totals read_station(std::uint64_t seed, const Wanted& wanted) {
  Luck luck(seed);
  constexpr int kSizes[] = {7, 5, 12, 8, 2, 14, 7, 10, 22, 28, 34}, kShort[] = {7, 5, 8, 3};
  const int options = wanted.short_papers ? kShort[luck.pick(std::size(kShort))] : kSizes[luck.pick(std::size(kSizes))];
  const int face = static_cast<int>(seed % kFaces);
  const Station station = make_station(options, face, luck.seed());
  const GreyPage blank = specimen(station, luck.seed());
  const auto form = prepare(station.paper, blank.view());
  check(form.has_value(), form ? "" : form.error().message.c_str());
  Totals totals;
  Reader reader{station, *form, wanted, seed, face, totals};
  Stack stack(station, Luck(luck.seed()));
  for (int round = 0; round < wanted.rounds; ++round) {
    for (const Case& what : mark_cases()) {
      Luck mine(luck.seed());
      if (wanted.only.empty() || wanted.only == what.name)
        read_cases(reader, stack, mine, what, what.name == "clean" ? wanted.clean : 1);
    }
    for (const Accident& what : accidents()) {
      Luck mine(luck.seed());
      if (wanted.only.empty() || wanted.only == what.name) read_accident(reader, mine, what);
    }
  }
  return totals;
}

std::string said(const SheetReading& reading) {
  std::string out = std::string(sheet_defect_name(reading.defect)) + " " + reading.detail + ";";
  for (const ContestReading& contest : reading.contests) {
    out += " " + std::string(decision_name(contest.decision));
    for (std::uint16_t option : contest.options) out += fmt::format(" {}", option);
    for (MarkClass reason : contest.reasons) out += " " + std::string(mark_class_name(reason));
  }
  return out;
}

}  // namespace scrutineer::foreign
