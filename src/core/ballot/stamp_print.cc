// The printed paper. core/ has no fonts: Hangul is written from its letters in a few strokes each, so that a
// rehearsal's paper can be read by people, and no two texts look the same to a machine.
#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "core/ballot/ink.h"
#include "core/base/check.h"

namespace scrutineer {
namespace {

// Polylines on a grid of 0 to 8, two digits a point, a space between lines.
constexpr std::string_view kInitials[] = {"008088",
                                          "002027 505887",
                                          "000888",
                                          "80000888",
                                          "",
                                          "008084040888",
                                          "0080880800",
                                          "00088880 0484",
                                          "",
                                          "4008 4288",
                                          "",
                                          "206082866828060220",
                                          "0080 4008 4288",
                                          "",
                                          "3050 0282 4208 4488",
                                          "008088 0484",
                                          "80000888 0484",
                                          "0080 2028 6068 0888",
                                          "3050 0282 345475775838171534"};
constexpr std::size_t kSingle[] = {0, 0, 2, 3, 3, 5, 6, 7, 7, 9, 9, 11, 12, 12, 14, 15, 16, 17, 18};  // ㄲ is ㄱ twice
constexpr bool kTwice[] = {false, true,  false, false, true,  false, false, false, true, false,
                           true,  false, false, true,  false, false, false, false, false};
// The upright part of a vowel (right of the initial) and its lying part (below it).
struct Vowel {
  std::string_view upright, lying;
};
constexpr Vowel kVowels[] = {{"3038 3484", ""},
                             {"2028 6068 2464", ""},
                             {"3038 3383 3585", ""},
                             {"2028 6068 2363 2565", ""},
                             {"6068 0464", ""},
                             {"3038 7078 0434", ""},
                             {"6068 0363 0565", ""},
                             {"3038 7078 0333 0535", ""},
                             {"", "4045 0686"},
                             {"3038 3484", "4045 0686"},
                             {"2028 6068 2464", "4045 0686"},
                             {"5058", "4045 0686"},
                             {"", "3035 5055 0686"},
                             {"", "0282 4248"},
                             {"6068 0464", "0282 4248"},
                             {"3038 7078 0434", "0282 4248"},
                             {"5058", "0282 4248"},
                             {"", "0282 3238 5258"},
                             {"", "0484"},
                             {"5058", "0484"},
                             {"5058", ""}};
// Finals as one or two initials.
constexpr std::array<int, 2> kFinals[] = {{-1, -1}, {0, -1},  {0, 0},   {0, 9},   {2, -1},  {2, 12},  {2, 18},
                                          {3, -1},  {5, -1},  {5, 0},   {5, 6},   {5, 7},   {5, 9},   {5, 16},
                                          {5, 17},  {5, 18},  {6, -1},  {7, -1},  {7, 9},   {9, -1},  {9, 9},
                                          {11, -1}, {12, -1}, {14, -1}, {15, -1}, {16, -1}, {17, -1}, {18, -1}};
constexpr std::string_view kDigits[] = {
    "206082866828060220", "214048 2868",        "022060820888", "008044866808",           "6068 600686",
    "80000474866808",     "700206286884240406", "0080 8028",    "2060824406286882440220", "184880826020020464"};

struct Pen {
  InkPage& page;
  double x, y, width, height;  // of the letter's square
  double thick;
  std::uint32_t face;

  void lines(std::string_view code, double left, double top, double w, double h) {
    double px = 0, py = 0;
    bool begun = false;
    for (std::size_t i = 0; i < code.size();) {
      if (code[i] == ' ') {
        begun = false;
        ++i;
        continue;
      }
      double nx = left + (code[i] - '0') / 8.0 * w, ny = top + (code[i + 1] - '0') / 8.0 * h;
      if (begun) draw(px, py, nx, ny);
      px = nx, py = ny, begun = true;
      i += 2;
    }
  }
  // Coordinates are shares of the letter's square.
  void draw(double x1, double y1, double x2, double y2) {
    const double lean = face ? (static_cast<int>(face % 7) - 3) * 0.035 : 0;
    const double bold = face ? (y1 == y2 ? 0.75 : 1.15) : 1;  // many faces have thin lying strokes
    page.stroke(x + (x1 - lean * (y1 - 0.5)) * width, y + y1 * height, x + (x2 - lean * (y2 - 0.5)) * width,
                y + y2 * height, thick * bold);
  }
};

void letter(Pen& pen, int initial, double left, double top, double w, double h) {
  if (initial < 0) return;
  const auto i = static_cast<std::size_t>(initial);
  if (!kTwice[i]) return pen.lines(kInitials[kSingle[i]], left, top, w, h);
  pen.lines(kInitials[kSingle[i]], left, top, w * 0.44, h);
  pen.lines(kInitials[kSingle[i]], left + w * 0.56, top, w * 0.44, h);
}

void syllable(Pen& pen, std::uint32_t index) {
  const auto& final = kFinals[index % 28];
  const Vowel& vowel = kVowels[index / 28 % 21];
  const bool has_final = final[0] >= 0, upright = !vowel.upright.empty(), lying = !vowel.lying.empty();
  const double body = has_final ? 0.52 : 0.88, right = upright ? 0.55 : 0.88;
  const double initial_height = lying ? body * 0.5 : body * 0.85;
  letter(pen, static_cast<int>(index / 28 / 21), 0.08, 0.08, right - 0.12, initial_height);
  if (lying) pen.lines(vowel.lying, 0.06, 0.08 + body * 0.56, right - 0.06, body * 0.42);
  if (upright) pen.lines(vowel.upright, 0.62, 0.06, 0.34, body);
  if (!has_final) return;
  if (final[1] < 0) return letter(pen, final[0], 0.16, 0.66, 0.68, 0.28);
  letter(pen, final[0], 0.1, 0.66, 0.36, 0.28);
  letter(pen, final[1], 0.54, 0.66, 0.36, 0.28);
}

std::uint32_t scrambled(std::uint32_t value) {
  value = (value ^ (value >> 16)) * 0x45d9f3bu;
  value = (value ^ (value >> 16)) * 0x45d9f3bu;
  return value ^ (value >> 16);
}

void sign(Pen& pen, char32_t c, std::uint32_t face) {
  if (c >= 0xac00 && c < 0xac00 + 19 * 21 * 28) return syllable(pen, static_cast<std::uint32_t>(c) - 0xac00);
  if (c >= '0' && c <= '9') return pen.lines(kDigits[c - '0'], 0.15, 0.08, 0.6, 0.84);
  std::uint32_t bits = scrambled(static_cast<std::uint32_t>(c) + face * 7'919u);
  for (int stroke = 0; stroke < 4; ++stroke) {
    bits = scrambled(bits + 0x9e3779b9u);
    auto place = [&](int shift) { return 0.1 + (bits >> shift & 3) / 3.0 * 0.75; };
    pen.draw(place(0), place(4), place(8), place(12));
  }
}

// Texts were checked to be UTF-8 when the paper was read.
std::u32string characters(std::string_view utf8) {
  std::u32string out;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t c = size == 1 ? lead : lead & (0x7fu >> size);
    for (std::size_t k = 1; k < size && i + k < utf8.size(); ++k)
      c = c << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3fu);
    out.push_back(c);
    i += size;
  }
  return out;
}

void print_option(InkPage& page, const StampGeometry& g, const StampPaper& paper, std::size_t i,
                  const PrintStyle& style) {
  const double line = g.line * style.line / 1'000.0;
  page.frame(g.box(i), line);
  page.frame(g.number_cell(i), line);
  page.frame(g.stamp_cell(i), line);
  const PaperArea cell = g.name_cell(i);
  const Length height = std::min<Length>(cell.height / 2, 550);
  print_text(page, g.number_cell(i), paper.options[i].number, height, true, style);
  print_text(page, {cell.x + 150, cell.y, g.party_width - 200, cell.height}, paper.options[i].party, height * 4 / 5,
             false, style);
  print_text(page, {cell.x + g.party_width, cell.y, cell.width - g.party_width - 150, cell.height},
             paper.options[i].name, height, false, style);
}

}  // namespace

void print_text(InkPage& page, const PaperArea& area, std::string_view utf8, Length height, bool centred,
                const PrintStyle& style) {
  const std::u32string text = characters(utf8);
  if (text.empty()) return;
  double size = height * (style.size / 1'000.0);
  double needed = 0;
  for (char32_t c : text) needed += c < 0x80 ? 0.62 : 1.0;
  size = std::min({size, area.width / needed, area.height * 0.9});
  double x = area.x + (centred ? (area.width - needed * size) / 2 : 0);
  const double y = area.y + (area.height - size) / 2;
  for (char32_t c : text) {
    const double width = size * (c < 0x80 ? 0.62 : 1.0);
    Pen pen{page, x, y, width, size, size * style.weight / 1'000.0, style.face};
    if (c != ' ') sign(pen, c, style.face);
    x += width;
  }
}

GreyPage blank_stamp_paper(const StampPaper& paper, int dpi, const PrintStyle& style) {
  auto geometry = stamp_geometry(paper.date, paper.options.size());
  check(geometry.has_value(), "a paper that was read has a geometry");
  const StampGeometry& g = *geometry;
  InkPage page(g.width, g.height, dpi);
  print_text(page, g.title, paper.title, g.title.height, true, style);
  print_text(page, g.area, paper.area, g.area.height, false, style);
  page.frame(g.commission_seal, 80);
  const PaperArea& seal = g.commission_seal;
  print_text(page, {seal.x + 150, seal.y + 100, 1'200, 600}, "선거위", 500, true, style);
  print_text(page, {seal.x + 150, seal.y + 750, 1'200, 600}, "원회인", 500, true, style);
  for (std::size_t i = 0; i < g.boxes; ++i) print_option(page, g, paper, i, style);
  print_text(page, g.officer_label, "투표관리관", g.officer_label.height, false, style);
  return page.ink();
}

}  // namespace scrutineer
