// Papers for tests and benchmarks of stamp papers, and the least share of each case that a machine must decide itself.
#pragma once

#include <array>
#include <string>

#include "core/ballotmaker/stamp_truth.h"
#include "core/scan/reading.h"

namespace scrutineer {

// 0: people decide each of them, by rule or because nothing else is safe.
struct StampLeast {
  StampCase what;
  int per_mille;
};
inline constexpr std::array<StampLeast, 20> kStampShares = {
    {{StampCase::clean, 995},         {StampCase::light, 850},         {StampCase::partial, 600},
     {StampCase::filled, 0},          {StampCase::repeated, 50},       {StampCase::smeared, 0},
     {StampCase::fold_transfer, 500}, {StampCase::touching_line, 800}, {StampCase::extra_outside, 0},
     {StampCase::beside_column, 0},   {StampCase::two_boxes, 0},       {StampCase::straddling, 0},
     {StampCase::outside_only, 0},    {StampCase::no_stamp, 0},        {StampCase::other_tool, 0},
     {StampCase::added_writing, 0},   {StampCase::publicly_shown, 0},  {StampCase::mirror_only, 0},
     {StampCase::clean, 995},         {StampCase::added_writing, 0}}};

// The property above all: no wrong option, no invalid paper counted, no valid paper declared invalid.
inline bool is_wrong(const StampTruth& truth, const ContestReading& contest) {
  if (contest.decision == Decision::invalid) return truth.law != StampVerdict::invalid;
  if (contest.decision == Decision::blank) return true;
  if (contest.decision != Decision::counted) return !contest.options.empty();
  return truth.law != StampVerdict::valid || contest.options.size() != 1 || contest.options[0] != truth.option;
}

inline StampPaper stamp_test_paper(int options, int salt = 0) {
  static const char* const kNames[] = {"김하나", "이두리", "박세찬", "최네온", "정다섯",
                                       "강여섯", "윤일곱", "한여덟", "오아홉"};
  static const char* const kParties[] = {"가나당", "다라민주당", "마바정의당", "사아개혁신당",
                                         "무소속", "차카진보당", "타파하당"};
  StampPaper paper;
  paper.election = "simulated", paper.contest = "president", paper.date = "2025-06-03";
  paper.title = salt % 2 ? "제21대 대통령선거투표" : "비례대표국회의원선거투표";
  paper.area = salt % 3 ? "서울특별시 종로구" : "세종시";
  for (int i = 0; i < options; ++i)
    paper.options.push_back({std::to_string(i + 1), kParties[(i + salt) % 7], kNames[(i * 4 + i / 9 + salt) % 9]});
  return paper;
}

}  // namespace scrutineer
