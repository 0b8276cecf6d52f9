// What is masked is gone, and nothing else is touched.
#include "core/scan/stamp_mask.h"

#include <doctest/doctest.h>

#include "core/ballotmaker/stamp_sheet.h"
#include "core/image/grey.h"

using namespace scrutineer;

namespace {

StampPaper paper() {
  StampPaper p;
  p.election = "e";
  p.contest = "c";
  p.date = "2025-06-03";
  p.title = "시험 선거";
  p.options = {{"1", "", "가나다"}, {"2", "", "라마바"}, {"3", "", "사아자"}};
  return p;
}

std::size_t differing(GreyView a, GreyView b) {
  std::size_t n = 0;
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x) n += a.at(x, y) != b.at(x, y);
  return n;
}

}  // namespace

TEST_CASE("stamp mask: serial number and officer's seal are white, whichever way the paper lay") {
  const StampForm form = prepare(paper()).value();
  StampTruth truth = make_stamp_truth(paper(), StampCase::clean, 7);
  truth.serial = true;
  StampScan scan;
  scan.noise = 0;  // another paper draws other noise
  const GreyPage page = draw_stamp_paper(paper(), truth, scan, 7);
  const auto masked = masked_stamp_paper(form, page.view());
  REQUIRE(masked);
  // Another serial number and another seal leave the same picture: what was masked cannot be told from it.
  truth.serial = false;
  truth.officer_seal = false;
  const auto other = masked_stamp_paper(form, draw_stamp_paper(paper(), truth, scan, 7).view());
  REQUIRE(other);
  CHECK(differing(masked->view(), page.view()) > 1'000);
  const std::size_t left = differing(masked->view(), other->view());
  const std::size_t stub = static_cast<std::size_t>(page.width()) * static_cast<std::size_t>(page.height()) / 500;
  CHECK(left < stub);  // noise at the edges of what was drawn
  scan.upside_down = true;
  const auto turned = masked_stamp_paper(form, draw_stamp_paper(paper(), truth, scan, 7).view());
  REQUIRE(turned);
  CHECK(turned->width() == masked->width());
}

TEST_CASE("stamp mask: where the frame was not found nobody knows what to mask") {
  const StampForm form = prepare(paper()).value();
  CHECK_FALSE(masked_stamp_paper(form, GreyPage(800, 1'000, 240).view()));
}
