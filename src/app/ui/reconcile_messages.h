// What reconciliations say, on pages and at the terminal. Plain words: who reads them is an official at midnight. No
// sentence says which side is right.
#pragma once

#include "app/ui/message.h"

namespace scrutineer::ui::msg {

inline constexpr Msg1 rec_title{"대조: {0}", "Comparison with {0}"};
inline constexpr Msg rec_heading{"다른 집계와의 대조", "Comparison with another count"};
inline constexpr Msg rec_lead{
    "기록에서 계산한 수치와 다른 쪽이 적은 수치를 하나하나 견주었습니다. 차이가 있다는 것은 어느 쪽이 맞는지를 "
    "말해 주지 않습니다. 확인은 종이로 합니다.",
    "Each figure computed from the records was held against what the other side states. A difference does not say "
    "which "
    "side is right: the paper does."};
inline constexpr Msg rec_same{"견준 수치가 모두 같습니다.", "Every figure that was compared is the same."};
inline constexpr Msg rec_nothing{"견줄 수 있는 수치가 없었습니다.", "There was no figure that could be compared."};
inline constexpr Msg2 rec_units_agree{"개표단위 {1}곳 중 {0}곳은 모든 수치가 같습니다.",
                                      "{0} of {1} units agree in every figure."};
inline constexpr Msg2 rec_areas_agree{"지역 합계 {1}개 중 {0}개는 모든 수치가 같습니다.",
                                      "{0} of {1} area totals agree in every figure."};
inline constexpr Msg1 rec_differences_n{"다른 수치 {0}건", "Figures that differ: {0}"};
inline constexpr Msg1 rec_missing_n{"한쪽에만 있는 곳 {0}건", "on one side only: {0}"};

inline constexpr Msg rec_differences{"다른 수치", "Figures that differ"};
inline constexpr Msg rec_order{"차이가 큰 것부터, 같으면 지역 순서대로 적습니다.",
                               "Largest difference first; equal ones in the order of the areas."};
inline constexpr Msg rec_where{"지역·개표단위", "Area or unit"};
inline constexpr Msg rec_contest{"선거", "Contest"};
inline constexpr Msg rec_item{"항목", "Figure"};
inline constexpr Msg rec_ours{"우리 기록", "Our records"};
inline constexpr Msg rec_theirs{"다른 쪽", "The other side"};
inline constexpr Msg rec_difference{"차이", "Difference"};
inline constexpr Msg rec_kind{"무엇을 견주었나", "What was compared"};
inline constexpr Msg rec_kind_unit{"개표상황표", "Count sheet"};
inline constexpr Msg rec_kind_area_stated{"적힌 지역 합계와 우리 합계", "Stated total against our sum"};
inline constexpr Msg rec_kind_area_sum{"양쪽에 다 있는 단위의 합", "Sum of the units on both sides"};
inline constexpr Msg rec_kind_concurrent{"같은 곳의 다른 선거", "Another contest of the same unit"};
inline constexpr Msg1 rec_votes_of{"득표수: {0}", "Votes: {0}"};
inline constexpr Msg rec_whole{"전체", "Everything"};
inline constexpr Msg rec_note{"차이는 다른 쪽에서 우리 기록을 뺀 값입니다.",
                              "Difference: the other side minus our records."};
inline constexpr Msg1 rec_more{"그 밖에 {0}건은 CSV 파일에 있습니다.", "{0} more are in the CSV file."};

inline constexpr Msg rec_missing{"한쪽에만 있는 곳", "On one side only"};
inline constexpr Msg rec_missing_here{"우리 기록에는 집계된 개표상황표가 없습니다", "no sheet counts in our records"};
inline constexpr Msg rec_missing_there{"다른 쪽에는 없습니다", "the other side does not have it"};
inline constexpr Msg1 rec_units_n{"개표단위 {0}곳", "{0} units"};

inline constexpr Msg rec_not_compared{"견주지 않은 항목", "Figures that were not compared"};
inline constexpr Msg rec_not_compared_why{"한쪽이 어디에도 적지 않은 항목입니다.", "One side states them nowhere."};
inline constexpr Msg rec_not_here{"우리 기록에 없음", "not in our records"};
inline constexpr Msg rec_not_there{"다른 쪽에 없음", "not on the other side"};

inline constexpr Msg rec_unknown{"이 선거에 없는 것", "What this election does not have"};
inline constexpr Msg rec_remarks{"다른 쪽 파일 안에서 서로 맞지 않는 것", "What contradicts itself in the other file"};

inline constexpr Msg rec_concurrent_heading{"같은 곳의 선거끼리 대조", "Contests of the same unit compared"};
inline constexpr Msg rec_files{"파일", "Files"};

}  // namespace scrutineer::ui::msg
