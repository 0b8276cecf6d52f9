// The catalogue: every fixed text of the pages, Korean and English. Sentences state what was claimed and what is
// missing; none of them judges. Arguments are placed so that no Korean particle depends on them.
#pragma once

#include "app/ui/message.h"

namespace scrutineer::ui::msg {

// Frame
inline constexpr Msg skip{"본문으로 건너뛰기", "Skip to content"};
inline constexpr Msg site_nav{"사이트", "Site"};
inline constexpr Msg results{"개표 결과", "Results"};
inline constexpr Msg questions{"확인할 점", "Open questions"};
inline constexpr Msg glossary{"용어와 한계", "Terms and limits"};
inline constexpr Msg breadcrumb{"위치", "You are here"};
inline constexpr Msg other_language{"English", "한국어"};
inline constexpr Msg notices{"알림", "Notices"};
inline constexpr Msg simulated{"모의", "Simulated"};
inline constexpr Msg simulated_long{
    "이 페이지의 모든 수치와 서명은 시험용으로 만든 것이며 실제 선거 결과가 아닙니다.",
    "Every figure and signature here was made up for a test. This is not an election result."};
inline constexpr Msg transcribed_short{"옮겨 적음", "Transcribed"};
inline constexpr Msg transcribed_long{"공표된 자료를 옮겨 적은 것으로, 개표소의 서명이 없습니다.",
                                      "Figures transcribed from published data; no counting station signed them."};
inline constexpr Msg source{"출처:", "Source:"};
inline constexpr Msg footer{
    "이 페이지들은 기록을 보여 줄 뿐이며, 효력은 서명된 기록에 있습니다. 누구나 다시 계산해 볼 수 있습니다.",
    "These pages only show the records; what counts are the signed records themselves. Anyone can recompute them."};
inline constexpr Msg rounding{
    "비율은 정확한 정수에서 계산하여 소수 첫째 자리로 반올림하므로 합이 100.0%가 아닐 수 있습니다.",
    "Percentages are computed from exact counts and rounded half up to one decimal, so they may not add up to 100.0%."};
inline constexpr Msg published{"게시", "Published"};

// Figures
inline constexpr Msg not_stated{"기재 없음", "not stated"};
inline constexpr Msg not_stated_figures{"기재되지 않은 항목:", "Not stated:"};
inline constexpr Msg electors{"선거인수", "Electors"};
inline constexpr Msg issued{"투표용지 교부수", "Ballots issued"};
inline constexpr Msg cast{"투표수", "Ballots cast"};
inline constexpr Msg valid{"유효투표수", "Valid votes"};
inline constexpr Msg invalid{"무효투표수", "Invalid votes"};
inline constexpr Msg blank{"기표 없는 표", "Blank votes"};
inline constexpr Msg turnout{"투표율", "Turnout"};
inline constexpr Msg votes{"득표수", "Votes"};
inline constexpr Msg share{"득표율", "Share"};
inline constexpr Msg share_note{"득표율은 유효투표수에 대한 비율입니다.", "Shares are of the valid votes."};
inline constexpr Msg share_note_sum{"유효투표수가 기재되지 않아, 득표율은 적힌 득표수의 합에 대한 비율입니다.",
                                    "Valid votes are not stated, so shares are of the sum of the votes."};
inline constexpr Msg seats{"의석", "Seats"};
inline constexpr Msg option{"후보자·명부", "Candidate or list"};
inline constexpr Msg outcome{"결과", "Outcome"};
inline constexpr Msg elected{"당선", "Elected"};
inline constexpr Msg leading{"1위", "Leading"};
inline constexpr Msg lot{"추첨 필요", "Lot needed"};
inline constexpr Msg tie{"동수", "Tied"};
inline constexpr Msg nobody_yet{"집계 전", "No votes yet"};
inline constexpr Msg not_stated_here{"아래 표의 어느 곳에도 기재되지 않은 항목:",
                                     "Not stated for any row of this table:"};

// Progress
inline constexpr Msg progress{"개표 진행", "Progress"};
inline constexpr Msg2 counted_of{"개표단위 {1}곳 중 {0}곳 집계", "{0} of {1} units counted"};
inline constexpr Msg counted_units{"집계 단위", "Units counted"};
inline constexpr Msg state_counting{"개표 중", "Counting"};
inline constexpr Msg state_all_counted{"모두 집계, 확정 전", "All counted, not certified"};
inline constexpr Msg state_certified{"선거관리기관 확정", "Certified by the authority"};
inline constexpr Msg1 result_of{"{0} 개표 결과", "Result: {0}"};
inline constexpr Msg by_area{"지역별", "By area"};
inline constexpr Msg by_area_or_unit{"하위 지역·개표단위", "Areas and units here"};
inline constexpr Msg area{"지역", "Area"};
inline constexpr Msg area_or_unit{"지역·개표단위", "Area or unit"};
inline constexpr Msg shares{"득표 분포", "Shares"};
inline constexpr Msg status{"상태", "Status"};
inline constexpr Msg kind{"종류", "Kind"};
inline constexpr Msg children_scroll{"표가 넓으면 옆으로 밀어 볼 수 있습니다.",
                                     "Scroll sideways if the table is wider than the screen."};
inline constexpr Msg shares_chart{"득표율 막대그래프. 같은 수치가 표에 있습니다.",
                                  "Bar of vote shares. The table has the same figures."};
inline constexpr Msg half{"50%", "50%"};
inline constexpr Msg1 seats_chart{"의석 분포 그림 (모두 {0}석). 같은 수치가 표에 있습니다.",
                                  "Chart of all {0} seats. The table has the same figures."};

// Status of a unit
inline constexpr Msg st_not_counted{"집계 전", "Not counted yet"};
inline constexpr Msg st_counted{"집계, 서명됨", "Counted, signed"};
inline constexpr Msg st_entered{"입력, 서명 전", "Entered, not signed"};
inline constexpr Msg st_transcribed{"옮겨 적음, 투표소 서명 없음", "Transcribed, no station signature"};
inline constexpr Msg not_in_totals{"아래 수치는 집계에 들어 있지 않습니다.",
                                   "The figures below are not in the totals."};
inline constexpr Msg st_conflict{"서로 다른 기록, 집계 제외", "In conflict, not in the totals"};
inline constexpr Msg st_replaced{"정정되어 집계됨", "Corrected and counted"};
inline constexpr Msg st_unauthorised{"권한 없는 기록, 집계 제외", "Unauthorised record, not in the totals"};
inline constexpr Msg1 open_questions_n{"확인할 점 {0}건", "open questions: {0}"};

// Unit kinds
inline constexpr Msg kind_polling_day{"선거일 투표소", "Polling day"};
inline constexpr Msg kind_early_in{"관내사전투표", "Early, in district"};
inline constexpr Msg kind_early_out{"관외사전투표", "Early, out of district"};
inline constexpr Msg kind_overseas{"재외투표", "Overseas"};
inline constexpr Msg kind_home_ship{"거소·선상투표", "Home and ship"};

// The unit page
inline constexpr Msg sheet{"개표상황표", "Count sheet"};
inline constexpr Msg1 sheet_of{"개표상황표: {0}", "Count sheet: {0}"};
inline constexpr Msg no_sheet{"이 개표단위에 대하여 공개된 개표상황표가 아직 없습니다.",
                              "No count sheet of this unit has been published yet."};
inline constexpr Msg unit_id{"단위 번호", "Unit id"};
inline constexpr Msg figures_of_sheet{"개표상황표의 득표수", "Votes on the sheet"};
inline constexpr Msg figures_machine{"분류기와 사람이 센 수의 대조", "Machine and hand columns side by side"};
inline constexpr Msg machine{"투표지분류기", "Machine"};
inline constexpr Msg by_people{"사람이 확인", "Counted by people"};
inline constexpr Msg sorted{"분류", "Sorted"};
inline constexpr Msg from_sorted{"분류된 표에서", "From sorted piles"};
inline constexpr Msg difference{"차이", "Difference"};
inline constexpr Msg from_recheck{"재확인대상에서", "From re-check pile"};
inline constexpr Msg sorted_papers{"분류된 표 모두", "All sorted papers"};
inline constexpr Msg recheck{"재확인대상 투표지", "Sent to re-check"};
inline constexpr Msg difference_note{"차이는 사람이 센 수에서 분류기의 수를 뺀 값입니다.",
                                     "Difference: hand count minus machine count."};
inline constexpr Msg how_hand{"손으로 개표", "Counted by hand"};
inline constexpr Msg how_machine{"분류기로 나눈 뒤 손으로 확인", "Sorted by machine, then checked by hand"};
inline constexpr Msg how_not_stated{"개표 방법 기재 없음", "How it was counted is not stated"};
inline constexpr Msg counted_at{"개표", "Counted"};
inline constexpr Msg announced_at{"위원장 공표", "Announced by the chair"};
inline constexpr Msg signers{"서명", "Signatures"};
inline constexpr Msg no_signers{"이 기록에는 개표소 서명이 없습니다.", "No station member signed this record."};
inline constexpr Msg key{"키", "key"};
inline constexpr Msg authorised{"권한 있음", "authorised"};
inline constexpr Msg not_authorised{"권한 없음", "not authorised"};
inline constexpr Msg refusals{"서명 거부", "Refusals to sign"};
inline constexpr Msg remarks{"의견", "Remarks"};
inline constexpr Msg findings{"정합성 점검", "Plausibility checks"};
inline constexpr Msg error{"오류", "Error"};
inline constexpr Msg warning{"주의", "Warning"};
inline constexpr Msg accepted{"사유를 적고 인정:", "Accepted with a reason:"};
inline constexpr Msg record{"기록", "Record"};
inline constexpr Msg record_id{"기록 번호", "Record id"};
inline constexpr Msg position{"로그 위치", "Log position"};
inline constexpr Msg proof{"포함 증명", "Inclusion proof"};
inline constexpr Msg note{"서명된 원문", "Signed note, byte for byte"};
inline constexpr Msg check_record{
    "직접 확인하기: 포함 증명 파일은 이 기록이 로그의 체크포인트에 들어 있음을 보입니다.",
    "Check it yourself: the proof file shows that this record is in the log under the checkpoint."};
inline constexpr Msg role_chair{"위원장", "chair"};
inline constexpr Msg role_member{"위원", "member"};
inline constexpr Msg role_observer{"참관인", "observer"};
inline constexpr Msg role_coordinator{"조정자", "coordinator"};
inline constexpr Msg role_publisher{"게시자", "publisher"};
inline constexpr Msg role_transcriber{"옮겨 적은 사람", "transcriber"};

// What else is recorded about a unit
inline constexpr Msg recount_order{"재검표 결정:", "Ordered by:"};
inline constexpr Msg2 live_count{"공개 화면에서 한 표씩 적음: 부른 표 {0}, 취소 {1}",
                                 "Marked ballot by ballot on a public screen: {0} called, {1} undone"};
inline constexpr Msg photographs{"종이의 사진", "Photos of the paper"};
inline constexpr Msg1 photograph_n{"사진 {0}", "Photo {0}"};
inline constexpr Msg1 bytes_n{"{0}바이트", "{0} bytes"};
inline constexpr Msg file_missing{"파일 없음", "file not here"};
inline constexpr Msg readings{"입력한 사람", "Entered by"};
inline constexpr Msg reading_first{"첫째 입력", "First entry"};
inline constexpr Msg reading_second{"둘째 입력", "Second entry"};
inline constexpr Msg reading_third{"셋째 확인", "Third reading"};
inline constexpr Msg place{"장소·결정", "Place or order"};
inline constexpr Msg1 more_records{"그 밖에 {0}건은 로그에 있습니다.", "{0} more records are in the log."};
inline constexpr Msg machines{"개표 기기", "Counting machines"};
inline constexpr Msg2 machines_lead{
    "기록에 나오는 기기 {0}대: 어떤 소프트웨어를 쓰는지, 무엇으로 전송할 수 있는지, 아무도 살펴보지 않은 것이 무엇인지 "
    "적혀 "
    "있습니다. 확인할 것 {1}가지.",
    "Machines in the records: {0}. What software they run, what they could transmit with, and what nobody has looked "
    "at. "
    "Points to look at: {1}."};
inline constexpr Msg machines_all{"기기마다 적힌 것 보기", "See what is recorded of each machine"};
inline constexpr Msg independent_tallies{"다른 이의 집계", "Counts by others"};
inline constexpr Msg independent_lead{
    "정당이나 참관인이 스스로 센 것입니다. 이 결과에는 들어 있지 않으며, 단위별로 비교할 수 있습니다.",
    "What parties or observers counted themselves. It is not part of this result; it can be compared unit by unit."};
inline constexpr Msg whole_election{"선거 전체", "The whole election"};
inline constexpr Msg file{"파일", "File"};

// History
inline constexpr Msg history{"정정과 이력", "Corrections and history"};
inline constexpr Msg version_counted{"집계에 쓰임", "In the totals"};
inline constexpr Msg version_replaced{"뒤의 기록으로 대체", "Replaced by a later record"};
inline constexpr Msg version_conflicting{"상충, 집계 제외", "In conflict, not in the totals"};
inline constexpr Msg version_entered{"서명 모으는 중, 집계 제외", "Awaiting signatures, not in the totals"};
inline constexpr Msg version_unauthorised{"권한 없음, 집계 제외", "Unauthorised, not in the totals"};
inline constexpr Msg reason{"사유:", "Reason:"};
inline constexpr Msg before{"앞", "Before"};
inline constexpr Msg after{"뒤", "After"};
inline constexpr Msg changed{"바뀐 항목", "What changed"};

// Open questions
inline constexpr Msg no_questions{"지금 공개된 기록에서 확인할 점은 없습니다.",
                                  "There is no open question in the records published so far."};
inline constexpr Msg questions_lead{
    "기록에서 눈에 띄는 점을 그대로 적습니다. 목록에 있다는 것이 잘못을 뜻하지는 않습니다.",
    "What stands out in the records, stated as it is. Being listed does not mean that anything is wrong."};
inline constexpr Msg question{"내용", "What"};
inline constexpr Msg how_many{"건수", "How many"};
inline constexpr Msg where{"개표단위", "Units"};
inline constexpr Msg1 all_n{"모두 보기 ({0}건)", "all {0}"};
inline constexpr Msg1 more_n{"그 밖에 {0}건은 결과 파일(CSV, JSON)에 있습니다.",
                             "{0} more are in the result files (CSV, JSON)."};
inline constexpr Msg q_correction{"정정된 개표상황표", "Corrected count sheets"};
inline constexpr Msg q_conflict{"서로 다른 개표상황표가 있어 집계에서 제외됨",
                                "Contradicting count sheets, not in the totals"};
inline constexpr Msg q_duplicate{"다른 단위와 수치가 모두 같은 개표상황표",
                                 "Count sheets with the same figures as another unit's"};
inline constexpr Msg q_refusal{"서명 거부", "Refusals to sign"};
inline constexpr Msg q_unauthorised{"권한 없는 기록, 집계 제외", "Unauthorised records, not in the totals"};
inline constexpr Msg q_plausibility{"정합성 점검", "Plausibility check"};

inline constexpr Msg1 questions_n{"확인할 점 {0}건", "{0} open questions"};
inline constexpr Msg contests{"선거", "Contests"};

// Check it yourself
inline constexpr Msg check_title{"직접 확인하는 방법", "How to check this yourself"};
inline constexpr Msg check_lead{
    "공개 묶음 전체를 내려받아 아래 명령을 실행하면, 모든 기록의 서명과 순서, 합계와 의석을 처음부터 다시 계산하여 "
    "여기 적힌 값과 비교합니다.",
    "Download the whole bundle and run the command below. It recomputes signatures, order, totals and seats from the "
    "records and compares them with what is stated here."};
inline constexpr Msg log_origin{"로그", "Log"};
inline constexpr Msg checkpoint{"체크포인트", "Checkpoint"};
inline constexpr Msg1 checkpoint_size{"기록 {0}건", "{0} entries"};
inline constexpr Msg root_hash{"루트 해시", "Root hash"};
inline constexpr Msg witnesses{"증인", "Witnesses"};
inline constexpr Msg2 witnessed{"{1}명 중 {0}명이 공동 서명", "Witnessed {0} of {1}"};
inline constexpr Msg no_witnesses{"등록된 증인이 없습니다", "No witness is named"};
inline constexpr Msg command{"명령", "Command"};
inline constexpr Msg files{"파일", "Files"};
inline constexpr Msg file_checkpoint{"체크포인트", "Checkpoint"};
inline constexpr Msg file_csv{"결과 CSV", "Results, CSV"};
inline constexpr Msg file_json{"결과 JSON (NIST SP 1500-100)", "Results, JSON (NIST SP 1500-100)"};
inline constexpr Msg file_manifest{"파일 목록(서명됨)", "Manifest (signed)"};
inline constexpr Msg file_archive{"전체 묶음(tar.zst)", "Whole bundle (tar.zst)"};
inline constexpr Msg explore{"기록 찾기", "Evidence explorer"};
inline constexpr Msg desk{"개표소 화면", "Counting desk"};

}  // namespace scrutineer::ui::msg
