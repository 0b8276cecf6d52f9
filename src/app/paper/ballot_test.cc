#include "app/paper/ballot.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "tests/support/stamp_shares.h"

using namespace scrutineer;

TEST_CASE("stamp papers as PDF: exact size, one page a copy, the same bytes again") {
  const StampPaper paper = stamp_test_paper(7);
  auto pdf = paper::stamp_papers_pdf(paper, {3, 1'000'001});
  REQUIRE(pdf.has_value());
  CHECK(*pdf == paper::stamp_papers_pdf(paper, {3, 1'000'001}).value());
  const std::string text(pdf->begin(), pdf->end());
  // 10 x 18.4 cm in points.
  CHECK(text.find("283.4645") != std::string::npos);
  CHECK(text.find("521.5748") != std::string::npos);
  CHECK(text.find("/Count 3") != std::string::npos);
  if (const char* keep = std::getenv("SCRUTINEER_KEEP")) std::ofstream(keep, std::ios::binary) << text;
}

TEST_CASE("stamp papers as PDF: what cannot be printed") {
  StampPaper paper = stamp_test_paper(7);
  CHECK(paper::stamp_papers_pdf(paper, {0, {}}).error().code == ErrorCode::invalid_argument);
  CHECK(paper::stamp_papers_pdf(paper, {5'000, {}}).error().code == ErrorCode::limit_exceeded);
  paper.options.resize(35, {"9", "당", "이름"});
  CHECK(paper::stamp_papers_pdf(paper).error().code == ErrorCode::limit_exceeded);
}
