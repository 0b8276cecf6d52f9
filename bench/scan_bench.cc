// Hand-marked papers: the speed of each step on one core, letter at 200 dpi, in processor time of the thread; and the
// noise suite with its table. Usage: scan_bench [--pages N] [--seed N] [--row NAME] [--shared DIR]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <map>

#include <fmt/format.h>
#include <tiffio.h>
#include <turbojpeg.h>
#include <unistd.h>

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
  std::map<std::string_view, int> defects;
};

void judge(const SheetReading& reading, const std::vector<std::uint16_t>& truth, RowResult& result,
           const std::string& what) {
  ++result.pages;
  if (reading.defect != SheetDefect::none) {
    ++result.rejected;
    ++result.defects[sheet_defect_name(reading.defect)];
    return;
  }
  for (const PlaceReading& place : reading.places) {
    const bool is = std::binary_search(truth.begin(), truth.end(), place.place);
    const bool marked = place.mark == MarkClass::clean || place.mark == MarkClass::light;
    const bool wrong = marked ? !is : place.mark == MarkClass::none && is;
    result.wrong += wrong;
    if (wrong)
      std::printf("  wrong: %s, place %d, density %d, shape %d\n", what.c_str(), place.place, place.density.score,
                  place.shape.score);
  }
  for (const ContestReading& contest : reading.contests) {
    ++result.contests;
    result.recheck += contest.decision != Decision::counted;
  }
}

struct Options {
  int pages = 100;         // of each noise row and deck; 0: none
  std::uint64_t seed = 1;  // other pages, other noise
  std::string row, shared = "../shared/data";
};

bool noise_suite(const std::vector<Deck>& decks, const Options& options) {
  bool good = true;
  std::printf("\n  %-26s %7s %9s %7s %9s %9s %9s\n", "noise", "pages", "rejected", "at most", "wrong", "contests",
              "recheck");
  for (const NoiseRow& row : all_rows()) {
    if (row.name != options.row && !options.row.empty()) continue;
    RowResult result;
    for (const Deck& deck : decks) {
      for (int i = 0; i < options.pages; ++i) {
        const auto side = static_cast<std::size_t>(i % 2);
        const std::uint64_t seed = options.seed * 1'000'003 + static_cast<std::uint64_t>(i);
        const MarkedPage marked =
            mark_page(deck.blanks[side].view(), deck.form.definition, side, deck.origin, 50, seed);
        const GreyPage scan = row.apply(marked.page.view(), seed);
        judge(read_oval_page(scan.view(), deck.form), marked.truth, result,
              fmt::format("{}, {}, page {}", row.name, deck.name, i));
      }
    }
    const bool met = result.wrong == 0 && result.rejected * 1000 <= row.rejected_most * result.pages;
    good &= met;
    std::printf("  %-26s %7d %9d %6.0f%% %9d %9d %8.1f%% %s\n", row.name, result.pages, result.rejected,
                row.rejected_most / 10.0, result.wrong, result.contests,
                result.contests > 0 ? 100.0 * result.recheck / result.contests : 0.0, met ? "" : "MISSED");
    for (const auto& [defect, count] : result.defects) std::printf("    %d %s\n", count, std::string(defect).c_str());
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

// Black and white, as office scanners send it.
Bytes g4_of(GreyView page) {
  char name[] = "/tmp/scrutineer-bench-XXXXXX";  // libtiff writes into files only
  const int file = mkstemp(name);
  check(file >= 0, "a temporary file");
  TIFF* tiff = TIFFFdOpen(file, name, "w");
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, page.width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, page.height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 1);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, page.height);
  std::vector<std::uint8_t> row(static_cast<std::size_t>(page.width + 7) / 8);
  for (int y = 0; y < page.height; ++y) {
    std::fill(row.begin(), row.end(), std::uint8_t{0});
    for (int x = 0; x < page.width; ++x)
      if (page.at(x, y) < 128) row[static_cast<std::size_t>(x / 8)] |= static_cast<std::uint8_t>(0x80 >> (x % 8));
    check(TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0) == 1, "a row is written");
  }
  TIFFClose(tiff);
  PosixDisk disk;
  const Bytes bytes = must(disk.read_whole(name, 1u << 26));
  ::unlink(name);
  return bytes;
}

// Processor time of this thread: other programs on the machine are not counted.
template <class Work>
double thread_ms(Work&& work) {
  const double before = thread_seconds();
  work();
  return 1000 * (thread_seconds() - before);
}

struct Speed {
  std::vector<double> scored, waited, decoded, both, raw, g4;  // ms a page
};

Speed measured(const Deck& deck) {
  std::vector<MarkedPage> pages;
  std::vector<Bytes> jpegs, raws, g4s;
  for (int i = 0; i < 8; ++i) {
    const auto side = static_cast<std::size_t>(i % 2);
    pages.push_back(mark_page(deck.blanks[side].view(), deck.form.definition, side, deck.origin, 50,
                              static_cast<std::uint64_t>(i)));
    jpegs.push_back(jpeg_of(pages.back().page.view(), 85));
    raws.push_back(pgm_of(pages.back().page.view()));
    g4s.push_back(g4_of(pages.back().page.view()));
  }
  // What is timed is also right.
  const auto read = [&](GreyView page, std::size_t i) {
    RowResult result;
    judge(read_oval_page(page, deck.form), pages[i].truth, result, "timed");
    check(result.rejected == 0 && result.wrong == 0 && result.recheck == 0, "timed pages are read as they are marked");
  };
  Speed speed;
  for (int i = 0; i < 4'000; ++i) {
    const auto at = static_cast<std::size_t>(i % 8);
    const double before = seconds_now();
    speed.scored.push_back(thread_ms([&] { read(pages[at].page.view(), at); }));
    speed.waited.push_back(1000 * (seconds_now() - before));
  }
  for (int i = 0; i < 300; ++i) {  // one after the other, so that a busy moment meets all
    const auto at = static_cast<std::size_t>(i % 8);
    speed.decoded.push_back(thread_ms([&] { check(must(decode_picture(jpegs[at])).width() > 0, "decoded"); }));
    speed.both.push_back(thread_ms([&] { read(must(decode_picture(jpegs[at])).view(), at); }));
    speed.raw.push_back(thread_ms([&] { read(must(decode_picture(raws[at])).view(), at); }));
    speed.g4.push_back(thread_ms([&] { read(must(decode_picture(g4s[at])).view(), at); }));
  }
  std::sort(speed.waited.begin(), speed.waited.end());
  return speed;
}

int print_speed(const Deck& deck) {
  const Speed speed = measured(deck);
  Table table("scan_bench; one core, letter at 200 dpi, processor time of the thread where not said");
  table.at_most("registration and scoring, a page (median of 4,000)", median(speed.scored), 1.0, "ms");
  table.at_most("decision after the last line, by the clock (p99.9)", speed.waited[speed.waited.size() * 999 / 1'000],
                20, "ms");
  table.note("decoding a JPEG of quality 85 alone (median of 300)", median(speed.decoded), "ms");
  table.at_most("JPEG in, decision out / decoding it alone", median(speed.both) / median(speed.decoded), 1.25, "");
  table.at_least("raw in (PGM), decision out", 1000 / median(speed.raw), 400, "/s");
  table.at_least("TIFF G4 in, decision out", 1000 / median(speed.g4), 400, "/s");
  return table.exit_code();
}

int run(const Options& options) {
  std::vector<Deck> decks;
  decks.push_back(sample_deck());
  PosixDisk disk;
  if (must(disk.exists(options.shared + "/ballots/nh_test/election.json"))) {
    decks.push_back(real_deck(options.shared, "nh_test", {24.5, 99.5}));
    decks.push_back(real_deck(options.shared, "nh_hudson", {124.5, 199.5}));
  } else {
    std::printf("no real forms: %s is not here\n", options.shared.c_str());
  }
  const int missed = options.row.empty() ? print_speed(decks.size() > 1 ? decks[1] : decks[0]) : 0;
  return noise_suite(decks, options) ? missed : 1;
}

}  // namespace
}  // namespace scrutineer::bench

int main(int argc, char** argv) {
  scrutineer::bench::Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--pages") == 0) options.pages = std::atoi(argv[i + 1]);
    if (std::strcmp(argv[i], "--seed") == 0) options.seed = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--row") == 0) options.row = argv[i + 1];
    if (std::strcmp(argv[i], "--shared") == 0) options.shared = argv[i + 1];
  }
  return scrutineer::bench::run(options);
}
