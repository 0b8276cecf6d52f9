#include "app/adjudicate/state.h"

namespace scrutineer {

DeskRefusal words_of(CaseRefusal refusal) {
  switch (refusal) {
    case CaseRefusal::nothing_to_look_at:
      return {ErrorCode::conflict, "이 투표지는 지금 판단을 기다리지 않습니다.",
              "nobody is asked to look at this paper now"};
    case CaseRefusal::same_person:
      return {ErrorCode::conflict, "이 투표지는 이미 판단하셨습니다. 다른 사람이 보아야 합니다.",
              "you have decided on this paper before: another person has to look at it"};
    case CaseRefusal::does_not_fit:
      return {ErrorCode::invalid_argument,
              "고른 것이 이 투표지에 맞지 않습니다. 하나를 고르고, 무효라면 사유를 고르십시오.",
              "what was chosen does not fit this paper: choose one, with a reason where it is invalid"};
    case CaseRefusal::nothing_to_object_to:
      return {ErrorCode::conflict, "아직 결정되지 않았거나 이미 위원회에 넘어가 있습니다.",
              "it has not been decided yet, or the committee has it already"};
    case CaseRefusal::committee_decided:
      return {ErrorCode::conflict, "위원회가 이미 의결했습니다.", "the committee has decided already"};
    case CaseRefusal::not_before_committee:
      return {ErrorCode::conflict, "이 투표지는 위원회에 넘어가 있지 않습니다.",
              "this paper is not before the committee"};
    case CaseRefusal::no_standing_decision:
      return {ErrorCode::conflict, "그대로 둘 결정이 없습니다.", "there is no decision that could stand"};
    case CaseRefusal::not_a_vote:
      return {ErrorCode::invalid_argument, "찬성과 반대의 수를 적으십시오 (합쳐서 1 이상, 각각 100까지).",
              "write how many were for and against (together at least 1, each at most 100)"};
    case CaseRefusal::chair_not_asked:
      return {ErrorCode::invalid_argument, "위원장의 결정은 가부 동수이고 규칙이 그렇게 정한 때에만 적습니다.",
              "the chair decides only at a tie, and only where the rule says so"};
    case CaseRefusal::too_many_votes:
      return {ErrorCode::limit_exceeded, "한 투표지의 의결이 너무 많습니다.", "there are too many votes on one paper"};
    case CaseRefusal::no_reason:
      return {ErrorCode::invalid_argument, "이의의 까닭을 적으십시오 (2,000바이트까지).",
              "say why you object (at most 2,000 bytes)"};
  }
  return {ErrorCode::conflict, "지금은 할 수 없습니다.", "this cannot be done now"};
}

tl::unexpected<DeskRefusal> refuse_paper_role() {
  return refuse(ErrorCode::unauthorised, "이 개표단위의 투표지에 대한 권한이 없습니다.",
                "this key has been granted nothing to do with this unit's papers");
}

tl::unexpected<DeskRefusal> refuse_no_paper() {
  return refuse(ErrorCode::not_found, "그런 투표지나 묶음이 없습니다.", "there is no such paper or stack");
}

ui::PaperPhase phase_of(const PaperCase& state) {
  static_assert(static_cast<int>(CasePhase::decided) == static_cast<int>(ui::PaperPhase::decided));
  return static_cast<ui::PaperPhase>(state.phase());
}

ui::PaperChoice choice_of(const Choice& choice) {
  using Kind = ui::PaperChoice::Kind;
  ui::PaperChoice out;
  out.kind = choice.decision == Decision::counted ? Kind::options
             : choice.decision == Decision::blank ? Kind::blank
                                                  : Kind::invalid;
  out.options.assign(choice.options.begin(), choice.options.end());
  if (choice.reason) out.reason = kInvalidReasonNames[static_cast<std::size_t>(*choice.reason)];
  return out;
}

}  // namespace scrutineer
