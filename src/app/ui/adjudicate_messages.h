// The fixed texts of the pages about doubtful ballot papers, Korean and English.
#pragma once

#include "app/ui/message.h"

namespace scrutineer::ui::adj {

inline constexpr Msg papers{"투표지 심사", "Papers"};
inline constexpr Msg stacks_title{"심사할 투표지 묶음", "Stacks of ballot papers"};
inline constexpr Msg stacks_lead{
    "분류기가 읽은 묶음입니다. 기계가 결정하지 못한 투표지는 두 사람이 서로 보지 않고 각각 판단합니다.",
    "Stacks that a machine has read. What it left open is decided by two people, each without seeing the other."};
inline constexpr Msg no_stacks{"심사할 묶음이 없습니다.", "There is no stack."};
inline constexpr Msg stacks_table{"투표지 묶음과 심사 진행", "Stacks and how far they are decided"};
inline constexpr Msg papers_head{"투표지", "Papers"};
inline constexpr Msg doubtful_head{"재확인 대상", "For people"};
inline constexpr Msg decided_head{"결정", "Decided"};
inline constexpr Msg for_you_head{"내가 볼 것", "For you"};
inline constexpr Msg open_stack{"심사하기", "Look at them"};
inline constexpr Msg piles{"분류 결과", "Piles"};
inline constexpr Msg queue{"재확인 투표지", "Doubtful papers"};
inline constexpr Msg tabs{"이 묶음의 페이지", "Pages of this stack"};
inline constexpr Msg device{"분류기", "Machine"};

inline constexpr Msg queue_title{"재확인 투표지", "Doubtful papers"};
inline constexpr Msg queue_lead{
    "순서는 투입 순서와 관계가 없습니다. 손에 든 투표지와 같은 그림을 찾아 여십시오. 판단은 그림이 아니라 투표지로 "
    "합니다.",
    "The order says nothing about when a paper was fed. Find the picture of the paper that you hold and open it. You "
    "decide on the paper, not on the picture."};
inline constexpr Msg2 progress{"재확인 {1}장 가운데 {0}장 결정", "{0} of {1} decided"};
inline constexpr Msg1 for_you{"내가 볼 투표지 {0}장", "{0} for you"};
inline constexpr Msg1 before_committee{"위원회 의결 대기 {0}장", "{0} before the committee"};
inline constexpr Msg start_next{"다음 투표지 보기", "Look at the next one"};
inline constexpr Msg1 paper_number{"{0}번 투표지", "Paper {0}"};
inline constexpr Msg2 paper_of{"재확인 {1}장 가운데 {0}번째", "{0} of {1} doubtful ones"};
inline constexpr Msg picture_of{"투표지의 그림", "Picture of the paper"};
inline constexpr Msg no_picture{"가린 그림이 없습니다. 투표지를 보십시오.",
                                "There is no masked picture. Look at the paper."};
inline constexpr Msg act_look{"판단하기", "Decide"};
inline constexpr Msg pile_title{"기계가 센 투표지", "Papers that the machine counted"};
inline constexpr Msg3 pile_lead{
    "{2}장 가운데 {0}~{1}번째입니다. 차례는 투입 순서와 관계없습니다. 이 칸에 있어서는 안 되는 투표지가 보이면 열어서 "
    "이의를 "
    "제기하십시오. 결정은 사람이 투표지 원본을 보고 합니다.",
    "Papers {0} to {1} of {2}, in no order of time. Where one does not belong here, open it and object: people then "
    "decide, on the paper itself."};
inline constexpr Msg pile_empty{"기계가 이 후보에게 센 투표지가 없습니다.",
                                "The machine counted no paper for this option."};
inline constexpr Msg pile_look{"살펴보기:", "look through:"};
inline constexpr Msg pile_before{"앞쪽", "Earlier ones"};
inline constexpr Msg pile_after{"다음 쪽", "Later ones"};
inline constexpr Msg machines{"이 기기에 관한 기록", "What is recorded of the machines"};
inline constexpr Msg act_see{"보기", "See"};
inline constexpr Msg act_vote{"의결 적기", "Enter the vote"};
inline constexpr Msg you_have_looked{"판단 마침", "You have decided"};
inline constexpr Msg queue_empty{"기계가 모두 결정했고 이의가 없습니다.",
                                 "The machine decided all of them, and nobody objects."};
inline constexpr Msg1 queue_more{"그 밖에 {0}장이 더 있습니다.", "{0} more are not listed."};

// Phases
inline constexpr Msg phase_machine{"기계가 결정", "Decided by the machine"};
inline constexpr Msg phase_waiting{"첫째 판단 대기", "For the first look"};
inline constexpr Msg phase_once{"둘째 판단 대기", "For the second look"};
inline constexpr Msg phase_differ{"셋째 사람 판단 대기", "For a third person"};
inline constexpr Msg phase_agreed{"두 사람 일치", "Two people agree"};
inline constexpr Msg phase_settled{"셋째 사람이 확정", "Settled by the third"};
inline constexpr Msg phase_committee{"위원회 의결 대기", "Before the committee"};
inline constexpr Msg phase_tied{"가부 동수", "Tied"};
inline constexpr Msg phase_decided{"위원회 의결", "Decided by the committee"};

// One paper
inline constexpr Msg zoom_in{"크게", "Larger"};
inline constexpr Msg zoom_out{"작게", "Smaller"};
inline constexpr Msg zoom_reset{"전체", "Whole"};
inline constexpr Msg zoom_keys{"+ 크게, - 작게, 0 전체, 화살표 옮기기", "+ larger, - smaller, 0 whole, arrows move"};
inline constexpr Msg zoom_group{"그림 크기", "Size of the picture"};
inline constexpr Msg open_picture{"그림만 열기", "Open the picture alone"};
inline constexpr Msg open_whole{"가리지 않은 그림 열기", "Open the picture without masks"};
inline constexpr Msg masked_note{"일련번호와 도장 자리는 가렸습니다.", "Serial number and seals are masked."};
inline constexpr Msg why_here{"이 투표지를 사람이 보는 까닭", "Why people look at this paper"};
inline constexpr Msg why_machine_left{"기계가 스스로 결정할 수 없는 것이 있습니다.",
                                      "There is something that the machine may not decide by itself."};
inline constexpr Msg like_another{
    "다른 그림과 아주 비슷합니다. 같은 투표지가 두 번 들어갔는지 확인하십시오.",
    "It looks very much like another picture. Check whether the same paper was fed twice."};
inline constexpr Msg not_read{"기계가 읽지 못했습니다", "The machine could not read it"};
inline constexpr Msg objected{"이의가 있었습니다", "Somebody objects"};
inline constexpr Msg what_says{"투표지에는 무엇이 있습니까?", "What does the paper say?"};
inline constexpr Msg first_look{"첫째 판단", "First look"};
inline constexpr Msg second_look{"둘째 판단", "Second look"};
inline constexpr Msg third_look{"셋째 사람의 판단", "Third person's look"};
inline constexpr Msg blind_note{"다른 사람의 판단과 기계의 읽기는 판단을 마친 뒤에 볼 수 있습니다.",
                                "What others said, and what the machine read, can be seen once you have decided."};
inline constexpr Msg valid_for{"유효", "Valid, for"};
inline constexpr Msg1 valid_seats{"유효 ({0}명까지)", "Valid, for up to {0}"};
inline constexpr Msg counted_choice{"위에서 고른 후보", "For those that are ticked above"};
inline constexpr Msg blank{"기표 없음 (백지)", "Blank"};
inline constexpr Msg invalid_because{"무효 사유", "Invalid, because"};
inline constexpr Msg invalid_word{"무효", "Invalid"};
inline constexpr Msg on_paper{"이 투표지를 직접 보고 판단합니다. 그림은 참고일 뿐입니다.",
                              "I have the paper before me and decide on it. The picture only advises."};
inline constexpr Msg keep{"내 판단으로 남기기", "Keep this as my decision"};
inline constexpr Msg keys_line{"글쇠로 고르기 (숫자: 후보, 글자: 무효 사유, P: 확인, Enter: 남기기)",
                               "Choose with keys (digits: option, letters: why invalid, P: confirm, Enter: keep)"};
inline constexpr Msg chosen{"고름", "Chosen"};
inline constexpr Msg your_decision{"내 판단", "Your decision"};
inline constexpr Msg next_paper{"다음 투표지", "Next paper"};
inline constexpr Msg back_to_queue{"목록으로", "Back to the list"};
inline constexpr Msg waits_first{"첫째 사람의 판단을 기다립니다.", "It waits for the first person."};
inline constexpr Msg waits_second{"다른 사람의 판단을 기다립니다.", "It waits for another person."};
inline constexpr Msg waits_third{"두 판단이 다릅니다. 셋째 사람의 판단을 기다립니다.",
                                 "The two differ. It waits for a third person."};
inline constexpr Msg waits_committee{"위원회의 의결을 기다립니다.", "It waits for the committee's vote."};
inline constexpr Msg waits_tie{"가부 동수이고 정해진 규칙이 없습니다. 위원회가 다시 의결합니다.",
                               "As many for as against, and no rule says what then. The committee votes again."};
inline constexpr Msg outcome{"결정", "Decision"};
inline constexpr Msg how_agreed{"서로 보지 않은 두 사람이 일치했습니다.",
                                "Two people agreed, each without seeing the other."};
inline constexpr Msg how_settled{"두 사람이 달라 셋째 사람이 확정했습니다.",
                                 "Two people differed, and a third settled it."};
inline constexpr Msg how_committee{"위원회가 의결했습니다.", "The committee voted."};
inline constexpr Msg how_machine{"기계가 결정했습니다.", "The machine decided it."};

// Readers
inline constexpr Msg readers{"두 읽기 프로그램이 본 것", "What both readers saw"};
inline constexpr Msg readers_table{"자리마다 두 읽기 프로그램의 판단", "Each place, as both readers see it"};
inline constexpr Msg place{"자리", "Place"};
inline constexpr Msg reader_density{"농도", "Darkness"};
inline constexpr Msg reader_shape{"모양", "Shape"};
inline constexpr Msg reader_both{"함께", "Together"};
inline constexpr Msg other_place{"후보란 밖", "Outside the options"};
inline constexpr Msg machine_said{"기계의 결정", "The machine's decision"};
inline constexpr Msg machine_recheck{"사람에게 넘김", "Left to people"};
inline constexpr Msg per_mille{"천분율", "per mille"};
inline constexpr Msg1 score{"{0}‰", "{0}‰"};

// Objection, committee
inline constexpr Msg object_title{"이의 제기", "Object"};
inline constexpr Msg object_lead{"이의는 위원회가 출석 위원 과반수로 결정합니다.",
                                 "An objection is decided by the committee's majority."};
inline constexpr Msg object_machine_lead{
    "기계의 결정에 이의를 내면 두 사람이 서로 보지 않고 각각 판단합니다.",
    "If you object to the machine, two people look, each without seeing the other."};
inline constexpr Msg object_reason{"이의의 까닭", "Why"};
inline constexpr Msg object_button{"이의 내기", "Object"};
inline constexpr Msg objections{"제기된 이의", "Objections"};
inline constexpr Msg committee_title{"위원회 의결", "The committee's vote"};
inline constexpr Msg standing{"사람들의 결정", "What people decided"};
inline constexpr Msg no_standing{"세 사람의 판단이 모두 다릅니다.", "Three people said three things."};
inline constexpr Msg no_standing_left{"앞의 결정은 효력을 잃었습니다.", "The earlier decision no longer stands."};
inline constexpr Msg question{"무엇을 표결했습니까?", "What was voted on?"};
inline constexpr Msg q_reading{"사람들의 결정을 그대로 둘 것인가", "Does the people's decision stand?"};
inline constexpr Msg q_valid{"유효한 투표지인가", "Is the paper valid?"};
inline constexpr Msg q_option{"아래에 고른 후보의 표인가", "Is it a vote for the option chosen below?"};
inline constexpr Msg if_not_valid{"유효하지 않다면 그 사유", "The reason, if it is not valid"};
inline constexpr Msg for_whom{"누구의 표인지 표결했다면", "The option, if that was the question"};
inline constexpr Msg choose{"고르십시오", "Choose"};
inline constexpr Msg in_favour{"찬성", "For"};
inline constexpr Msg against{"반대", "Against"};
inline constexpr Msg at_tie{"가부 동수이면: 위원장의 표", "At a tie: the chair's vote"};
inline constexpr Msg no_tie{"동수 아님", "No tie"};
inline constexpr Msg tie_rule{"가부 동수이면 위원장이 결정합니다 (선거관리위원회법 제10조 제2항).",
                              "At a tie the chair decides (Election Commission Act, art. 10(2))."};
inline constexpr Msg no_tie_rule{"가부 동수일 때의 규칙이 이 선거에 정해져 있지 않습니다.",
                                 "This election has no rule for a tie."};
inline constexpr Msg write_vote{"의결 남기기", "Keep the vote"};
inline constexpr Msg votes_table{"이 투표지의 의결", "Votes on this paper"};
inline constexpr Msg result{"결과", "Result"};
inline constexpr Msg carried{"가결", "Carried"};
inline constexpr Msg not_carried{"부결", "Not carried"};
inline constexpr Msg tied{"동수", "Tied"};
inline constexpr Msg by_chair{"위원장 결정", "by the chair"};

// Piles
inline constexpr Msg piles_title{"분류 결과", "Piles"};
inline constexpr Msg piles_lead{"기계가 나눈 것과, 사람이 재확인 투표지를 판단한 것입니다.",
                                "What the machine sorted, and what people made of the papers that it left to them."};
inline constexpr Msg piles_table{"후보별로 쌓인 투표지", "Papers by option"};
inline constexpr Msg pile{"묶음", "Pile"};
inline constexpr Msg by_machine{"분류된 투표지", "Sorted by the machine"};
inline constexpr Msg by_people{"재확인에서", "From the re-check"};
inline constexpr Msg together{"합계", "Together"};
inline constexpr Msg recheck_rate{"재확인 비율", "Re-check rate"};
inline constexpr Msg undecided{"아직 결정되지 않음", "Not decided yet"};
inline constexpr Msg all_papers{"모두", "All papers"};
inline constexpr Msg sent_to_people{"기계가 사람에게 넘긴 투표지", "Left to people by the machine"};
inline constexpr Msg reasons_title{"재확인 사유", "Why papers are in the re-check pile"};
inline constexpr Msg reasons_table{"재확인 사유별 투표지", "Papers by reason"};
inline constexpr Msg reason{"사유", "Reason"};
inline constexpr Msg invalid_table{"무효 사유별 투표지", "Invalid papers by reason"};
inline constexpr Msg invalid_title{"사람이 정한 무효", "Invalid, as people decided"};
inline constexpr Msg rate_note{
    "재확인 비율은 그 후보의 표로 결정된 투표지 가운데 사람을 거친 비율입니다. 아직 결정되지 않은 투표지는 빠집니다.",
    "The re-check rate of an option is the share of its votes that came by way of people. Papers that are not decided "
    "yet are not in it."};

inline constexpr Msg rates_title{"후보별 재확인 비율의 비교", "Re-check rates by option, compared"};
inline constexpr Msg rates_alarm{"다른 후보와 뚜렷이 다릅니다", "It clearly differs from the others"};
inline constexpr Msg rates_show{"검정과 구간 보기", "Show tests and intervals"};

// Records
inline constexpr Msg record_title{"로그에 남길 기록", "What the log is told"};
inline constexpr Msg record_no_batch{
    "이 묶음의 기록이 아직 로그에 없습니다. 분류기의 열쇠로 서명한 기록이 먼저 있어야 합니다.",
    "The log has no record of this batch yet. The machine's own, signed with its key, comes first."};
inline constexpr Msg record_undecided{"아직 결정되지 않은 투표지가 있습니다.", "Some papers are not decided yet."};
inline constexpr Msg record_vote_means{
    "서명하면 위원회가 이 투표지를 표결한 사실과 그 결과가 공개 기록에 남습니다. 누구의 표인지는 남지 않습니다.",
    "When you sign, the log shows for ever that the committee voted on this paper and how. It does not say for whom "
    "the "
    "paper is."};
inline constexpr Msg record_means{
    "서명하면 사람들이 결정한 뒤의 숫자와, 모든 결정을 묶은 값이 공개 기록에 남습니다. 그 뒤에는 어느 결정도 몰래 바꿀 "
    "수 없습니다.",
    "When you sign, the log shows the figures after people's decisions and one value that covers every decision. None "
    "of "
    "them can be changed unseen after that."};
inline constexpr Msg sign_vote{"의결 기록에 서명", "Sign the vote's record"};
inline constexpr Msg sign_record{"심사 결과에 서명", "Sign what people decided"};
inline constexpr Msg record_done{"심사 결과가 로그에 있습니다.", "What people decided is in the log."};

}  // namespace scrutineer::ui::adj
