// Forms through a printer and a scanner: rendered, turned, soiled, and their codes read back.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "app/disk/posix_disk.h"
#include "app/paper/image.h"
#include "app/paper/qr.h"
#include "tests/paper/samples.h"

namespace scrutineer {
namespace {

using namespace scrutineer::testing;
using paper::CountSheetForm;

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[4'096];
  for (std::size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  pclose(pipe);
  return out;
}

bool has_poppler() {
  if (std::system("command -v pdftoppm pdffonts pdftotext >/dev/null") == 0) return true;
  MESSAGE("skipped: pdftoppm, pdffonts and pdftotext are not installed (poppler-utils)");
  return false;
}

// The words of a PDF without white space: titles are spaced out.
std::string words_of(const std::string& name) {
  std::string text = output_of("pdftotext " + name + ".pdf -");
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
  return text;
}

void save(const std::string& path, BytesView bytes) {
  PosixDisk disk;
  REQUIRE(write_file(disk, path, bytes, Durability::cached).has_value());
}
Bytes load(const std::string& path) {
  PosixDisk disk;
  auto bytes = read_file(disk, path, 256u << 20);
  REQUIRE(bytes.has_value());
  return *bytes;
}

// The first page of a PDF at so many dots an inch.
Bytes page(const std::string& name, const Bytes& pdf, int dpi, const char* kind) {
  save(name + ".pdf", pdf);
  std::string stem = name + "-" + std::to_string(dpi);
  output_of("pdftoppm -gray -singlefile -r " + std::to_string(dpi) + " " + (kind[1] == 'n' ? "-png " : "") + name +
            ".pdf " + stem);
  return load(stem + "." + kind);
}

Bytes to_pgm(const GreyImage& image) {
  return "P5 " + std::to_string(image.width) + " " + std::to_string(image.height) + " 255\n" +
         std::string(reinterpret_cast<const char*>(image.pixels.data()), image.pixels.size());
}

// As if laid on the glass at an angle, by hand.
GreyImage turned(const GreyImage& in, double degrees) {
  double angle = degrees * 3.14159265358979 / 180, c = std::cos(angle), s = std::sin(angle);
  auto side = static_cast<std::size_t>(std::hypot(static_cast<double>(in.width), static_cast<double>(in.height))) + 2;
  GreyImage out{side, side, std::vector<std::uint8_t>(side * side, 255)};
  double middle = static_cast<double>(side) / 2;
  double from_x = static_cast<double>(in.width) / 2, from_y = static_cast<double>(in.height) / 2;
  for (std::size_t y = 0; y < side; ++y)
    for (std::size_t x = 0; x < side; ++x) {
      double dx = static_cast<double>(x) - middle, dy = static_cast<double>(y) - middle;
      double sx = c * dx + s * dy + from_x, sy = c * dy - s * dx + from_y;
      if (sx < 0 || sy < 0 || sx >= static_cast<double>(in.width) || sy >= static_cast<double>(in.height)) continue;
      out.pixels[y * side + x] = in.pixels[static_cast<std::size_t>(sy) * in.width + static_cast<std::size_t>(sx)];
    }
  return out;
}

// A bad scanner: grey paper, noise, specks.
GreyImage soiled(GreyImage image) {
  std::uint64_t state = 1;
  auto random = [&] {
    state = state * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u;
    return static_cast<int>(state >> 33);
  };
  for (std::uint8_t& pixel : image.pixels) {
    int value = 40 + pixel * 170 / 255 + random() % 61 - 30;
    if (random() % 500 == 0) value = random() % 2 == 0 ? 0 : 255;
    pixel = static_cast<std::uint8_t>(std::clamp(value, 0, 255));
  }
  return image;
}

struct Sample {
  std::string name;
  Bytes pdf;
  std::string code;
};
std::vector<Sample> samples() {
  std::vector<Sample> out;
  auto add_sheet = [&](const char* name, std::size_t options, bool filled) {
    CountSheetForm sheet = sample_sheet(options, filled);
    auto pdf = paper::count_sheets_pdf(std::span(&sheet, 1));
    REQUIRE_MESSAGE(pdf.has_value(), (pdf ? std::string() : to_string(pdf.error())));
    out.push_back({name, *pdf, to_text(sheet.head.code)});
  };
  add_sheet("blank", 7, false);
  add_sheet("filled", 5, true);
  add_sheet("many", 38, true);
  auto units = sample_units(70);
  out.push_back({"units", paper::unit_list_pdf(units).value(), to_text(units.head.code)});
  auto summary = sample_summary(9);
  out.push_back({"summary", paper::summary_pdf(summary).value(), to_text(summary.head.code)});
  return out;
}

std::string read_code(const Bytes& image) {
  auto text = decode_qr(image);
  return text ? *text : to_string(text.error());
}

}  // namespace

TEST_CASE("the same values give the same bytes") {
  auto a = samples(), b = samples();
  for (std::size_t i = 0; i < a.size(); ++i) {
    CAPTURE(a[i].name);
    CHECK(a[i].pdf == b[i].pdf);
    CHECK(a[i].pdf.size() < 400'000);
  }
}

TEST_CASE("codes are read back from print: at 150 and 300 dots an inch, turned, soiled") {
  if (!has_poppler()) return;
  for (const Sample& sample : samples()) {
    CAPTURE(sample.name);
    CHECK(read_code(page(sample.name, sample.pdf, 150, "png")) == sample.code);
    for (int dpi : {150, 300}) {
      CAPTURE(dpi);
      GreyImage scan = read_image(page(sample.name, sample.pdf, dpi, "pgm"), kImagePixels).value();
      CHECK(read_code(to_pgm(scan)) == sample.code);
      CHECK(read_code(to_pgm(turned(scan, 180))) == sample.code);
      CHECK(read_code(to_pgm(turned(scan, 3.5))) == sample.code);
      CHECK(read_code(to_pgm(turned(scan, 101))) == sample.code);
      CHECK(read_code(to_pgm(soiled(scan))) == sample.code);
      CHECK(read_code(to_pgm(soiled(turned(scan, -8)))) == sample.code);
    }
  }
}

TEST_CASE("a damaged scan is refused or read, and never something else") {
  if (!has_poppler()) return;
  Sample sample = samples().front();
  Bytes good = page(sample.name, sample.pdf, 150, "png");
  for (std::size_t i = 0; i < 60; ++i) {
    Bytes bad = good;
    std::size_t at = i < 30 ? 8 + i : i * 7'919 % bad.size();  // the head, and anywhere
    bad[at] = static_cast<char>(bad[at] ^ (1 << i % 8));
    CAPTURE(at);
    auto text = decode_qr(bad);
    CHECK((!text || *text == sample.code));
    CHECK_FALSE(decode_qr(good.substr(0, i * good.size() / 60)).has_value());
  }
}

TEST_CASE("fonts are embedded, Korean can be searched, pages are numbered") {
  if (!has_poppler()) return;
  for (const Sample& sample : samples()) {
    CAPTURE(sample.name);
    save(sample.name + ".pdf", sample.pdf);
    std::string fonts = output_of("pdffonts " + sample.name + ".pdf");
    CAPTURE(fonts);
    CHECK(fonts.find("NotoSansCJK") != std::string::npos);
    CHECK(fonts.find(" no  yes yes") == std::string::npos);  // emb sub uni: none is left out
    std::string text = words_of(sample.name);
    for (const char* word : {"제21대대통령선거", "SIMULATED", "모의선거", "1/", "SCRUTINEER/1"})
      CHECK_MESSAGE(text.find(word) != std::string::npos, word);
  }
  std::string sheet = words_of("filled");
  for (const char* word : {"개표상황표", "사직동제1투표소", "김하늘", "1,236", "2,870", "74", "jongno/member-4",
                           "봉인이훼손되어", "집계됨counted"})
    CHECK_MESSAGE(sheet.find(word) != std::string::npos, word);
  CHECK(words_of("blank").find("1/1") != std::string::npos);  // seven options: one page
  std::string many = words_of("many");                        // the second page says what it belongs to
  CHECK(many.find("(1101-0305)", many.find("(1101-0305)") + 1) != std::string::npos);
  CHECK(many.find("2/2") != std::string::npos);
}

TEST_CASE("many sheets in one file, each with its own code and page numbers") {
  std::vector<CountSheetForm> sheets(3, sample_sheet(5, false));
  sheets[1].head.code.unit = "another";
  auto pdf = paper::count_sheets_pdf(sheets);
  REQUIRE(pdf.has_value());
  if (!has_poppler()) return;
  save("three.pdf", *pdf);
  CHECK(output_of("pdfinfo three.pdf").find("Pages:           3") != std::string::npos);
  CHECK(output_of("pdfinfo three.pdf").find("CreationDate:    Tue Jun  3") != std::string::npos);
  output_of("pdftoppm -gray -r 150 -f 2 -l 2 -singlefile three.pdf second");
  CHECK(read_code(load("second.pgm")) == to_text(sheets[1].head.code));
  CHECK(words_of("three").find("3/3") == std::string::npos);
}

TEST_CASE("what cannot be printed is refused, never cut off") {
  auto code_of = [](const CountSheetForm& sheet) -> std::string {
    auto pdf = paper::count_sheets_pdf(std::span(&sheet, 1));
    return pdf ? "good" : std::string(error_code_name(pdf.error().code)) + " " + pdf.error().where.substr(0, 12);
  };
  CountSheetForm sheet = sample_sheet(3, true);
  CHECK(code_of(sheet) == "good");
  sheet.options[0].name = std::string(400, 'W');
  CHECK(code_of(sheet).starts_with("limit_exceeded"));
  sheet.options[0].name = "\U000E0101\U0010FFFE";  // no font has these
  CHECK(code_of(sheet).starts_with("not_found"));
  sheet = sample_sheet(3, true);
  for (int i = 0; i < 60; ++i) sheet.statements.push_back({"observer", "봉인", true});  // goes on overleaf
  CHECK(code_of(sheet) == "good");
  CHECK(paper::count_sheets_pdf({}).error().code == ErrorCode::invalid_argument);
  // Nothing is stated: nothing is printed, above all no 0.
  CountSheetForm blank = sample_sheet(3, false);
  CHECK(code_of(blank) == "good");
}

}  // namespace scrutineer
