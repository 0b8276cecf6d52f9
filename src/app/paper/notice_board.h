// The board of institutions on paper: one notice to many, or all notices, as a table. Plain values in, bytes out;
// Korean and English side by side. It holds nothing confidential.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/record/body.h"

namespace scrutineer::paper {

inline constexpr std::size_t kBoardRows = 10'000;

struct NoticeBoardLine {
  Bilingual institution;
  std::string number;  // of the notice
  Bilingual state;
  bool late = false;
  std::string sent, received, acknowledged, answered, due;  // times; empty: not yet
};

struct NoticeBoardForm {
  Bilingual node;     // whose board
  Bilingual what;     // "Attack notice, 2026-11-22 19:20 KST"
  std::string as_of;  // "2026-11-22 19:40:00 KST"
  bool simulated = false;
  std::vector<std::pair<Bilingual, std::int64_t>> counts;  // by state
  std::vector<NoticeBoardLine> lines;
};

// Errors: limit_exceeded (kBoardRows), those of Canvas::finish.
Result<Bytes> notice_board_pdf(const NoticeBoardForm& form);

}  // namespace scrutineer::paper
