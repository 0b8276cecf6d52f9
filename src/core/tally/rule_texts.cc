#include "core/tally/plausibility.h"

namespace scrutineer {
namespace {

constexpr RuleText kTexts[kRuleCodes] = {
    {"parts-do-not-add-up", true, false, false, "표의 부분을 더한 값이 합계와 다릅니다.",
     "The parts of the sheet do not add up to their totals.", "이 칸들의 수를 종이와 다시 대조해 주십시오.",
     "Please read these figures from the paper once more."},
    {"parts-missing", true, false, false, "합계만 있고 부분이 없거나, 부분만 있고 합계가 없습니다.",
     "A total stands without its parts, or parts without their total.", "빈 칸이 있는지 확인해 주십시오.",
     "Please look for a figure that is not filled in."},
    {"cast-exceeds-issued", true, false, false, "투표수가 투표용지 교부수보다 많습니다.",
     "More ballots were cast than were issued.", "교부수와 투표수를 다시 확인해 주십시오.",
     "Please read ballots issued and ballots cast once more."},
    {"too-many-votes", true, false, false, "득표의 합이 유효투표로 가능한 수보다 많습니다.",
     "There are more votes than the valid ballots can hold.", "후보자별 득표수를 다시 확인해 주십시오.",
     "Please read the votes of each option once more."},
    {"invalid-share", false, true, false, "무효투표의 비율이 정해진 한도보다 높습니다.",
     "The share of invalid ballots is above the limit that was set.", "무효투표수를 다시 확인해 주십시오.",
     "Please read the number of invalid ballots once more."},
    {"blank-share", false, true, false, "백지 투표의 비율이 정해진 한도보다 높습니다.",
     "The share of blank ballots is above the limit that was set.", "백지 투표수를 다시 확인해 주십시오.",
     "Please read the number of blank ballots once more."},
    {"issued-cast-difference", false, true, true, "교부수와 투표수의 차이가 정해진 한도보다 큽니다.",
     "Ballots issued and ballots cast differ by more than the limit that was set.",
     "교부수와 투표수를 다시 확인해 주십시오.", "Please read ballots issued and ballots cast once more."},
    {"nobody-voted", false, false, false, "투표한 사람이 없다고 기재되어 있습니다.",
     "The sheet says that nobody voted.", "투표수를 다시 확인해 주십시오.", "Please read ballots cast once more."},
    {"no-electors", false, false, false, "선거인수가 0으로 기재되어 있습니다.",
     "The sheet says that nobody was entitled to vote.", "선거인수를 다시 확인해 주십시오.",
     "Please read the number of electors once more."},
    {"more-ballots-than-electors", false, false, false, "투표수가 선거인수보다 많습니다.",
     "There are more ballots than electors.", "선거인수와 투표수를 다시 확인해 주십시오.",
     "Please read electors and ballots cast once more."},
    {"announced-before-close", false, false, false, "투표 마감 전에 공표된 것으로 기재되어 있습니다.",
     "The sheet says that it was announced before the polls closed.", "공표 시각을 다시 확인해 주십시오.",
     "Please read the time of the announcement once more."},
    {"faster-than-machine", false, false, true, "기계가 낼 수 있는 속도보다 빨리 개표된 것으로 기재되어 있습니다.",
     "By its times, the count was faster than the machine can run.", "개표 시작과 종료 시각을 다시 확인해 주십시오.",
     "Please read the times of the count once more."},
    {"identical-figures", false, false, true, "다른 투표구의 개표상황표와 모든 수가 같습니다.",
     "Another unit's sheet has exactly the same figures.", "이 표가 이 투표구의 것인지 확인해 주십시오.",
     "Please check that this sheet belongs to this unit."},
    {"unlike-concurrent-contest", false, false, true, "같은 투표구의 동시선거와 투표수가 다릅니다.",
     "Ballots cast differ from those of the concurrent contest at the same unit.", "투표수를 다시 확인해 주십시오.",
     "Please read ballots cast once more."},
    {"machine-unlike-batches", false, false, false,
     "표의 분류기 칸이 이 투표구에 대해 기록된 투표지 묶음의 기계 판독 합계와 다릅니다.",
     "The sorter's column of the sheet is not the sum of what the recorded batches of this unit say.",
     "분류기 칸의 수를 종이와 다시 대조해 주십시오.", "Please read the sorter's column from the paper once more."},
    {"votes-unlike-decisions", false, false, false,
     "표의 득표수나 무효투표수가 사람의 판정까지 반영한 묶음 기록의 합계와 다릅니다.",
     "Votes or invalid ballots on the sheet are not the sums of the recorded batches after people's decisions.",
     "득표수와 무효투표수를 종이와 다시 대조해 주십시오.",
     "Please read the votes and the invalid ballots from the paper once more."},
};

}  // namespace

const RuleText& rule_text(RuleCode code) {
  return kTexts[static_cast<std::size_t>(code)];
}

}  // namespace scrutineer
