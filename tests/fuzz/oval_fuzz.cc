// A definition of hand-marked papers, or what is done to a scan of one: any definition is read or refused; any picture
// gets a reading that keeps its promises, and the same one again.
#include <string>

#include "core/ballotmaker/defects.h"
#include "core/ballotmaker/oval_sheet.h"
#include "core/image/grey.h"
#include "core/scan/oval_code.h"
#include "core/scan/oval_mask.h"
#include "core/scan/oval_reader.h"
#include "core/scan/reading_json.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

namespace {

constexpr int kDpi = 100;  // larger pictures are slow to no purpose

struct Sample {
  OvalDefinition definition = sample_oval_definition();
  GreyPage front = draw_oval_page(definition, 0, front_bits({3, 7, 0}), kDpi, 1);
  GreyPage back = draw_oval_page(definition, 1, back_bits({6, 5, 26, 6}), kDpi, 2);
  OvalForm form = *make_oval_form(definition, {front.view(), back.view()});
};

// Each four bytes change the page: what, where, how much.
GreyPage changed(const GreyPage& page, std::string_view bytes) {
  GreyPage copy = copy_of(page.view());
  for (std::size_t i = 0; i + 4 <= bytes.size() && i < 4 * 12; i += 4) {
    const auto byte = [&](std::size_t k) { return static_cast<int>(static_cast<unsigned char>(bytes[i + k])); };
    const int x = byte(1) * copy.width() / 256, y = byte(2) * copy.height() / 256, size = byte(3);
    const auto value = static_cast<std::uint8_t>(size % 2 != 0 ? 0 : 255);
    switch (byte(0) % 12) {
      case 0: fill_rectangle(copy, x, y, size, size / 2, value); break;
      case 1: punch_hole(copy, x, y, size / 4, value); break;
      case 2: add_fold(copy, y, 1 + size % 12, 40 + size / 2, static_cast<std::uint64_t>(x)); break;
      case 3: add_streak(copy, x, 1 + size % 20, static_cast<std::uint8_t>(y)); break;
      case 4: copy = rotated(copy.view(), (byte(1) - 128) * 60); break;
      case 5: copy = feed_stretched(copy.view(), std::min(y, copy.height() - 1), size % 60); break;
      case 6: copy = feed_slipped(copy.view(), std::min(y, copy.height() - 1), size % 60); break;
      case 7: copy = blurred(copy.view(), size / 4); break;
      case 8: add_noise(copy, size / 4, static_cast<std::uint64_t>(x)); break;
      case 9: fade(copy, size % 101); break;
      case 10: copy = turned_round(copy.view()); break;
      case 11: draw_oval_ink(copy, {x + 0.0, y + 0.0}, kDpi / 4.0, static_cast<OvalInk>(size % 11), 1); break;
      default: break;
    }
  }
  return copy;
}

void check_reading(const OvalForm& form, const GreyPage& page) {
  const OvalScan scan = scan_oval_page(page.view(), form);
  const SheetReading& reading = scan.reading;
  check(reading == read_oval_page(page.view(), form), "reading again says the same");
  check(reading_contradiction(reading).empty(), "a reading does not contradict itself");
  if (reading.defect != SheetDefect::none) {
    check(reading.contests.empty() && !reading.detail.empty(), "what is not read says why, and decides nothing");
    return;
  }
  for (const ContestReading& contest : reading.contests)
    check(contest.decision == Decision::counted || !contest.reasons.empty(), "people are told why");
  (void)masked_oval_page(page.view(), form, scan);
  const OvalStrokes strokes = oval_strokes(page.view(), form, scan);
  check(strokes.places.empty() || alike(strokes, strokes), "a page is like itself");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz_text(data, size);
  if (text.starts_with('{')) {
    if (const auto definition = read_oval_definition(text))
      check(check_oval_definition(*definition).has_value(), "what is read is in order");
    return 0;
  }
  static const Sample kSample;
  check_reading(kSample.form, changed(size % 2 != 0 ? kSample.front : kSample.back, text));
  return 0;
}
