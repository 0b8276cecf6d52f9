#include "app/paper/notice_board.h"

#include <doctest/doctest.h>

namespace scrutineer::paper {
namespace {

NoticeBoardForm board(std::size_t lines) {
  NoticeBoardForm form{{"가상정보원", "Invented Security Service"},
                       {"공격 통보", "Attack notice"},
                       "2026-11-22 19:40:00 KST",
                       true,
                       {{{"보냄", "Sent"}, 3}, {{"확인함", "Acknowledged"}, 58}},
                       {}};
  for (std::size_t i = 0; i < lines; ++i)
    form.lines.push_back({{"가상기관 " + std::to_string(i), "Invented institution " + std::to_string(i)},
                          "3f2a 91c0 04be",
                          {"기계가 받음", "Received by machine"},
                          i % 3 == 0,
                          "2026-11-22 19:20:01 KST",
                          "2026-11-22 19:20:02 KST",
                          "",
                          "",
                          "2026-11-22 19:35:00 KST"});
  return form;
}

TEST_CASE("a board of 61 institutions fits its pages, is the same every time, and is refused where it is too long") {
  auto pdf = notice_board_pdf(board(61));
  REQUIRE_MESSAGE(pdf, to_string(pdf.error()));
  CHECK(pdf->starts_with("%PDF-"));
  CHECK(*pdf == *notice_board_pdf(board(61)));
  CHECK(*pdf != *notice_board_pdf(board(60)));
  CHECK(notice_board_pdf(board(0)));
  NoticeBoardForm huge = board(1);
  huge.lines.resize(kBoardRows + 1, huge.lines.front());
  CHECK(notice_board_pdf(huge).error().code == ErrorCode::limit_exceeded);
}

}  // namespace
}  // namespace scrutineer::paper
