// What each step of a computation of seats is called and does, in both languages.
#pragma once

#include "app/ui/message.h"
#include "app/ui/model.h"

namespace scrutineer::ui {

struct SeatStepWords {
  Msg title, sentence;
  Msg figure;  // head of the column of exact figures
};

const SeatStepWords& words(SeatStepKind kind);
const Msg& word(SeatMethod method);

namespace msg {
inline constexpr Msg seat_title{"의석 계산 과정", "How the seats were computed"};
inline constexpr Msg1 seat_total{"모두 {0}석", "{0} seats in all"};
inline constexpr Msg lots_title{"추첨으로 정할 의석이 있습니다", "Some seats wait for a lot"};
inline constexpr Msg lots_text{
    "득표가 정확히 같아 법이 정한 추첨이 필요합니다. 정상적인 절차이며, 추첨 결과가 기록되면 의석이 정해집니다.",
    "Exactly equal figures: the law asks for a lot. This is a normal outcome; the seats are settled when the lot is "
    "recorded."};
inline constexpr Msg seats_given{"의석", "Seats"};
inline constexpr Msg met{"충족", "met"};
inline constexpr Msg not_met{"미달", "not met"};
inline constexpr Msg exactly{"정확한 값", "exactly"};
inline constexpr Msg1 show_rows{"{0}줄 보기", "Show {0} rows"};
}  // namespace msg

}  // namespace scrutineer::ui
