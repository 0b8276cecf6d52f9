#include "app/ui/seat_words.h"

#include "core/base/check.h"

namespace scrutineer::ui {

namespace {

constexpr SeatStepWords kThreshold{
    {"저지 조항", "Threshold"},
    {"의석 배분에 참여할 자격을 갖추었는지 봅니다.", "Who takes part in the allocation."},
    {"기준이 되는 값", "Figure compared"}};
constexpr SeatStepWords kQuota{
    {"의석당 기준수", "Quota"},
    {"한 의석에 필요한 득표수를 분수 그대로 계산합니다.", "The votes that one seat takes, as an exact fraction."},
    {"값", "Figure"}};
constexpr SeatStepWords kFull{
    {"정수 의석", "Full seats"},
    {"득표수를 기준수로 나눈 몫만큼 의석을 줍니다.", "Votes divided by the quota; whole parts become seats."},
    {"득표수 / 기준수", "Votes / quota"}};
constexpr SeatStepWords kAverages{
    {"최고 평균", "Highest averages"},
    {"남은 의석을 한 석씩, 평균이 가장 큰 쪽에 줍니다.", "Remaining seats, one at a time, to the highest average."},
    {"평균", "Average"}};
constexpr SeatStepWords kRemainders{
    {"최대 잔여", "Largest remainders"},
    {"남은 의석을 소수 부분이 큰 순서로 한 석씩 줍니다.", "Remaining seats by largest remainder."},
    {"잔여", "Remainder"}};
constexpr SeatStepWords kDeduction{{"배분 대상 의석", "Seats taken into account"},
                                   {"의석 할당 정당이 추천하지 않은 지역구 당선인 수를 의원정수에서 뺍니다.",
                                    "All seats less the constituency winners whom no qualified party nominated."},
                                   {"값", "Figure"}};
constexpr SeatStepWords kLinkedRaw{
    {"연동 의석 (조정 전)", "Linked seats before adjustment"},
    {"(배분 대상 의석 × 득표 비율 − 지역구 당선인 수) ÷ 2, 소수 첫째 자리에서 반올림하며 1 미만은 0으로 합니다.",
     "(Seats taken into account × share − own constituency seats) / 2, rounded half up; below 1 is 0."},
    {"계산값", "Computed"}};
constexpr SeatStepWords kLinked{
    {"연동 의석 (조정 뒤)", "Linked seats after adjustment"},
    {"합계가 정해진 의석수가 되도록 조정합니다.", "Adjusted so that they add up to the seats there are."},
    {"계산값", "Computed"}};
constexpr SeatStepWords kParallel{{"병립 의석", "Parallel seats"},
                                  {"득표 비율대로 나누고, 남은 의석은 소수 부분이 큰 순서로 줍니다.",
                                   "By share: whole parts, then largest remainders."},
                                  {"계산값", "Computed"}};
constexpr SeatStepWords kMost{
    {"최다 득표", "Most votes"}, {"득표수가 많은 순서로 정합니다.", "In the order of votes."}, {"값", "Figure"}};
constexpr SeatStepWords kLot{{"추첨", "Lot"},
                             {"아래의 값이 정확히 같습니다. 걸린 의석수:", "These are exactly equal. Seats at stake:"},
                             {"같은 값", "Equal figure"}};
constexpr SeatStepWords kVacant{
    {"빈 의석", "Vacant seats"},
    {"명부의 후보자 수를 넘는 의석은 비워 둡니다.", "Seats beyond a list's candidates stay vacant."},
    {"값", "Figure"}};

constexpr Msg kPlurality{"다수 득표", "Most votes win"};
constexpr Msg kTwoRound{"결선투표", "Two-round majority"};
constexpr Msg kDhondt{"동트식", "D'Hondt"};
constexpr Msg kSainteLague{"생트라귀식", "Sainte-Laguë"};
constexpr Msg kSainteLagueModified{"수정 생트라귀식 (1.4)", "Sainte-Laguë, modified (1.4)"};
constexpr Msg kHare{"최대 잔여식, 헤어 기준수", "Largest remainder, Hare quota"};
constexpr Msg kDroop{"최대 잔여식, 드루프 기준수", "Largest remainder, Droop quota"};
constexpr Msg kHagenbach{"최대 잔여식, 하겐바흐-비쇼프 기준수", "Largest remainder, Hagenbach-Bischoff quota"};
constexpr Msg kImperiali{"최대 잔여식, 임페리알리 기준수", "Largest remainder, Imperiali quota"};
constexpr Msg kNetherlands{"네덜란드 하원 방식", "Dutch lower house"};
constexpr Msg kKorea{"준연동형 비례대표 (공직선거법 제189조)",
                     "Korean linked list seats (Public Official Election Act, art. 189)"};

}  // namespace

const SeatStepWords& words(SeatStepKind kind) {
  switch (kind) {
    case SeatStepKind::threshold: return kThreshold;
    case SeatStepKind::quota: return kQuota;
    case SeatStepKind::full_seats: return kFull;
    case SeatStepKind::highest_averages: return kAverages;
    case SeatStepKind::largest_remainders: return kRemainders;
    case SeatStepKind::deduction: return kDeduction;
    case SeatStepKind::linked_raw: return kLinkedRaw;
    case SeatStepKind::linked: return kLinked;
    case SeatStepKind::parallel: return kParallel;
    case SeatStepKind::most_votes: return kMost;
    case SeatStepKind::lot: return kLot;
    case SeatStepKind::vacant: return kVacant;
  }
  panic("a step without words");
}

const Msg& word(SeatMethod method) {
  switch (method) {
    case SeatMethod::plurality: return kPlurality;
    case SeatMethod::two_round: return kTwoRound;
    case SeatMethod::dhondt: return kDhondt;
    case SeatMethod::sainte_lague: return kSainteLague;
    case SeatMethod::sainte_lague_modified: return kSainteLagueModified;
    case SeatMethod::remainder_hare: return kHare;
    case SeatMethod::remainder_droop: return kDroop;
    case SeatMethod::remainder_hagenbach_bischoff: return kHagenbach;
    case SeatMethod::remainder_imperiali: return kImperiali;
    case SeatMethod::nl_lower_house: return kNetherlands;
    case SeatMethod::kr_linked: return kKorea;
  }
  panic("a method without a word");
}

}  // namespace scrutineer::ui
