// The definition of a stamp paper and a picture: the definition reads as what it writes; any picture gets a reading
// that keeps its promises, and the same one again.
#include <string>

#include "core/ballot/stamp_paper.h"
#include "core/scan/stamp_read.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/stamp_shares.h"

using namespace scrutineer;

namespace {

constexpr int kSide = 420;  // larger pictures are slow to no purpose

// The bytes as a picture: repeated, so that a short input makes lines and areas.
GreyPage picture(std::string_view bytes) {
  if (bytes.size() < 4) return GreyPage(1, 1);
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i % bytes.size()]); };
  GreyPage page(200 + byte(0) % (kSide - 200) + byte(1) % 2 * 300, 200 + byte(2) % kSide);
  const std::size_t step = 1 + byte(3) % 7u;
  for (int y = 0; y < page.height(); ++y)
    for (int x = 0; x < page.width(); ++x)
      page.at(x, y) = byte(4 + static_cast<std::size_t>(byte(0) & 1 ? y : x / 8 + y * 53) / step);
  return page;
}

void check_reading(const StampForm& form, const GreyPage& page) {
  const SheetReading reading = read_stamp_paper(form, page.view());
  check(reading == read_stamp_paper(form, page.view()), "reading again says the same");
  check(reading.contests.size() == 1, "one contest");
  const ContestReading& contest = reading.contests[0];
  check(contest.decision != Decision::invalid && contest.decision != Decision::blank, "no machine says that");
  check((contest.decision == Decision::rejected) == (reading.defect != SheetDefect::none), "a defect is a rejection");
  check(contest.options.size() == (contest.decision == Decision::counted ? 1u : 0u), "an option is counted or not");
  check(contest.decision != Decision::recheck || !contest.reasons.empty(), "people are told why");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz_text(data, size);
  if (auto paper = parse_stamp_paper(text)) {
    const std::string written = write_stamp_paper(*paper);
    auto again = parse_stamp_paper(written);
    check(again.has_value() && *again == *paper, "what is written is read as the same");
    check(write_stamp_paper(*again) == written, "and written the same");
    return 0;
  }
  static const StampForm kForm = *prepare(stamp_test_paper(2));
  check_reading(kForm, picture(text));
  return 0;
}
