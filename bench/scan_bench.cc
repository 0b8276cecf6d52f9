// Hand-marked papers: the noise suite with its table, and the speed of each step on one core, letter at 200 dpi.
// Usage: scan_bench [--pages N] [--shared DIR]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>
#include <turbojpeg.h>

#include "app/disk/posix_disk.h"
#include "app/scan/form.h"
#include "app/scan/picture.h"
#include "bench/measure.h"
#include "core/ballotmaker/oval_noise.h"
#include "core/image/grey.h"
#include "core/scan/oval_code.h"
#include "core/scan/oval_reader.h"

namespace scrutineer::bench {
namespace {

// A form with its blank pages, on which marks of known truth are drawn.
struct Deck {
  std::string name;
  OvalForm form;
  std::vector<GreyPage> blanks;
  SheetPoint origin;
};

Deck sample_deck() {
  Deck deck{"drawn", {}, {}, oval_point(200, 0, 0)};
  const OvalDefinition definition = sample_oval_definition();
  deck.blanks.push_back(draw_oval_page(definition, 0, front_bits({3, 7, 0}), 200, 1));
  deck.blanks.push_back(draw_oval_page(definition, 1, back_bits({6, 5, 26, 6}), 200, 2));
  deck.form = must(make_oval_form(definition, {deck.blanks[0].view(), deck.blanks[1].view()}));
  return deck;
}

Deck real_deck(const std::string& shared, const std::string& name, SheetPoint origin) {
  PosixDisk disk;
  const std::string directory = shared + "/ballots/" + name;
  Deck deck{name, must(load_oval_form(disk, directory)).form, {}, origin};
  for (const char* side : {"front", "back"}) {
    deck.blanks.push_back(
        must(decode_picture(must(disk.read_whole(directory + "/template-" + side + ".jpeg", 1u << 26)))));
  }
  return deck;
}

Bytes jpeg_of(GreyView page, int quality) {
  const tjhandle handle = tjInitCompress();
  unsigned char* out = nullptr;
  unsigned long size = 0;
  check(tjCompress2(handle, page.pixels, page.width, static_cast<int>(page.stride), page.height, TJPF_GRAY, &out, &size,
                    TJSAMP_GRAY, quality, 0) == 0,
        "a picture can be packed");
  Bytes bytes(reinterpret_cast<const char*>(out), size);
  tjFree(out);
  tjDestroy(handle);
  return bytes;
}

std::vector<NoiseRow> all_rows() {
  std::vector<NoiseRow> rows = noise_rows();
  rows.push_back(
      {"JPEG quality 15", 20, [](GreyView page, std::uint64_t) { return must(decode_picture(jpeg_of(page, 15))); }});
  return rows;
}

struct RowResult {
  int pages = 0, rejected = 0, wrong = 0, contests = 0, recheck = 0;
};

void judge(const SheetReading& reading, const std::vector<std::uint16_t>& truth, RowResult& result) {
  ++result.pages;
  if (reading.defect != SheetDefect::none) {
    ++result.rejected;
    return;
  }
  for (const PlaceReading& place : reading.places) {
    const bool is = std::binary_search(truth.begin(), truth.end(), place.place);
    const bool marked = place.mark == MarkClass::clean || place.mark == MarkClass::light;
    result.wrong += marked ? !is : place.mark == MarkClass::none && is;
  }
  for (const ContestReading& contest : reading.contests) {
    ++result.contests;
    result.recheck += contest.decision != Decision::counted;
  }
}

bool noise_suite(const std::vector<Deck>& decks, int pages) {
  bool good = true;
  std::printf("\n  %-26s %7s %9s %7s %9s %9s %9s\n", "noise", "pages", "rejected", "at most", "wrong", "contests",
              "recheck");
  for (const NoiseRow& row : all_rows()) {
    RowResult result;
    for (const Deck& deck : decks) {
      for (int i = 0; i < pages; ++i) {
        const auto side = static_cast<std::size_t>(i % 2);
        const auto seed = static_cast<std::uint64_t>(1'000 + i);
        const MarkedPage marked =
            mark_page(deck.blanks[side].view(), deck.form.definition, side, deck.origin, 50, seed);
        const GreyPage scan = row.apply(marked.page.view(), seed);
        judge(read_oval_page(scan.view(), deck.form), marked.truth, result);
      }
    }
    const bool met = result.wrong == 0 && result.rejected * 1000 <= row.rejected_most * result.pages;
    good &= met;
    std::printf("  %-26s %7d %9d %6.0f%% %9d %9d %8.1f%% %s\n", row.name, result.pages, result.rejected,
                row.rejected_most / 10.0, result.wrong, result.contests,
                result.contests > 0 ? 100.0 * result.recheck / result.contests : 0.0, met ? "" : "MISSED");
    std::fflush(stdout);
  }
  return good;
}

Bytes pgm_of(GreyView page) {
  Bytes bytes = fmt::format("P5 {} {} 255\n", page.width, page.height);
  for (int y = 0; y < page.height; ++y)
    bytes.append(reinterpret_cast<const char*>(page.row(y)), static_cast<std::size_t>(page.width));
  return bytes;
}

template <class Work>
std::vector<double> times(int n, Work&& work) {
  std::vector<double> all;
  for (int i = 0; i < n; ++i) all.push_back(1000 * seconds_of([&] { work(i); }));
  return all;
}

bool speed(const std::vector<Deck>& decks) {
  const Deck& deck = decks.size() > 1 ? decks[1] : decks[0];
  std::vector<GreyPage> pages;
  std::vector<Bytes> jpegs, raws;
  for (int i = 0; i < 8; ++i) {
    const auto side = static_cast<std::size_t>(i % 2);
    pages.push_back(
        mark_page(deck.blanks[side].view(), deck.form.definition, side, deck.origin, 50, static_cast<std::uint64_t>(i))
            .page);
    jpegs.push_back(jpeg_of(pages.back().view(), 85));
    raws.push_back(pgm_of(pages.back().view()));
  }
  const auto at = [](int i) { return static_cast<std::size_t>(i % 8); };
  volatile int sink = 0;
  const auto read = [&](GreyView page) {
    sink = sink + static_cast<int>(read_oval_page(page, deck.form).contests.size());
  };
  auto scored = times(2'000, [&](int i) { read(pages[at(i)].view()); });
  auto decoded = times(300, [&](int i) { sink = sink + must(decode_picture(jpegs[at(i)])).width(); });
  auto both = times(300, [&](int i) { read(must(decode_picture(jpegs[at(i)])).view()); });
  auto raw = times(300, [&](int i) { read(must(decode_picture(raws[at(i)])).view()); });
  std::sort(scored.begin(), scored.end());
  const double ratio = median(both) / median(decoded), late = scored[scored.size() * 999 / 1'000];
  const auto line = [](const char* what, double value, const char* target, bool met) {
    std::printf("  %-58s %10.2f %14s %s\n", what, value, target, met ? "" : "MISSED");
    return met;
  };
  bool good = true;
  std::printf("\n");
  good &= line("registration and scoring, ms a page (median)", median(scored), "<= 1.0", median(scored) <= 1.0);
  good &= line("decision after the last line, ms (p99.9)", late, "<= 20", late <= 20);
  good &= line("JPEG decode alone, ms a page (median)", median(decoded), "", true);
  good &= line("JPEG in, decision out: times a full decode", ratio, "<= 1.25", ratio <= 1.25);
  good &= line("raw in, decision out: pages/s", 1000 / median(raw), ">= 400", median(raw) <= 2.5);
  return good;
}

int run(int argc, char** argv) {
  int pages = 100;
  std::string shared = "../shared/data";
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--pages") == 0) pages = std::atoi(argv[i + 1]);
    if (std::strcmp(argv[i], "--shared") == 0) shared = argv[i + 1];
  }
  std::vector<Deck> decks;
  decks.push_back(sample_deck());
  PosixDisk disk;
  if (must(disk.exists(shared + "/ballots/nh_test/election.json"))) {
    decks.push_back(real_deck(shared, "nh_test", {24.5, 99.5}));
    decks.push_back(real_deck(shared, "nh_hudson", {124.5, 199.5}));
  } else {
    std::printf("no real forms: %s is not here\n", shared.c_str());
  }
  const bool fast = speed(decks), right = noise_suite(decks, pages);
  return fast && right ? 0 : 1;
}

}  // namespace
}  // namespace scrutineer::bench

int main(int argc, char** argv) {
  return scrutineer::bench::run(argc, argv);
}
