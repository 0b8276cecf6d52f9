// The fixed texts of the restricted pages and of the evidence explorer, Korean and English. Words for whoever sits in
// the counting centre at midnight: what this is, what to do now, what it will mean. They never judge anybody.
#pragma once

#include "app/ui/message.h"

namespace scrutineer::ui::desk {

// Frame
inline constexpr Msg nav{"개표소 업무", "Counting centre"};
inline constexpr Msg nav_pages{"페이지", "Pages"};
inline constexpr Msg home{"할 일", "To do"};
inline constexpr Msg board{"현황판", "Board"};
inline constexpr Msg handover{"전달", "Hand over"};
inline constexpr Msg people{"권한", "People"};
inline constexpr Msg reconcile{"대조", "Reconcile"};
inline constexpr Msg explore{"기록 찾기", "Find records"};
inline constexpr Msg public_pages{"공개 결과", "Public results"};
inline constexpr Msg sign_in{"들어가기", "Sign in"};
inline constexpr Msg sign_out{"나가기", "Sign out"};
inline constexpr Msg signed_in_as{"지금 들어온 사람", "Signed in as"};
inline constexpr Msg link_connected{"서버와 연결됨", "Connected to the server"};
inline constexpr Msg1 link_waiting{"서버로 보낼 기록 {0}건", "{0} records waiting to be sent"};
inline constexpr Msg1 link_off{"네트워크 끊음, 보낼 기록 {0}건", "Off the network, {0} records waiting"};
inline constexpr Msg footer{"이 화면은 기록을 만들고 보여 줄 뿐이며, 효력은 서명된 기록에 있습니다.",
                            "These pages make and show records; what counts are the signed records themselves."};
inline constexpr Msg done{"완료", "Done"};
inline constexpr Msg refused{"받아들이지 않음", "Not accepted"};
inline constexpr Msg read_again{"다시 볼 칸", "Fields to look at"};
inline constexpr Msg reason_code{"사유 코드", "Reason code"};
inline constexpr Msg stale{"연결이 끊겨 화면이 멈추었습니다. 연결되면 저절로 이어집니다.",
                           "The connection is lost and this screen stands still. It goes on by itself."};
inline constexpr Msg pause{"화면 멈춤", "Hold this screen"};
inline constexpr Msg reload{"새로 고침", "Reload"};
inline constexpr Msg back_home{"할 일로 돌아가기", "Back to what there is to do"};
inline constexpr Msg unit{"개표단위", "Unit"};
inline constexpr Msg contest{"선거", "Contest"};
inline constexpr Msg contest_choice{"선거:", "Contest:"};
inline constexpr Msg machine_filled{
    "분류기가 읽은 투표지 묶음에서 채웠습니다. 종이 개표상황표의 숫자와 같은지 보고, 다르면 종이에 적힌 대로 "
    "고치십시오.",
    "Filled in from the papers that the machine read. Compare with the paper sheet; where it differs, type what the "
    "paper "
    "says."};
inline constexpr Msg late{"늦음", "Late"};
inline constexpr Msg optional_note{"선택", "optional"};
inline constexpr Msg reason{"사유", "Reason"};
inline constexpr Msg proceed{"계속", "Continue"};

// Signing
inline constexpr Msg sign{"서명", "Sign"};
inline constexpr Msg text_to_sign{"서명할 원문 보기", "Show the exact text to be signed"};
inline constexpr Msg text_label{"서명할 원문", "Exact text to be signed"};
inline constexpr Msg needs_script{
    "서명하려면 이 사이트의 스크립트를 허용해야 합니다. 키는 이 컴퓨터를 떠나지 않습니다.",
    "Signing needs this site's script. Your key does not leave your computer."};

// Sign in
inline constexpr Msg sign_in_title{"개표소에 들어가기", "Sign in to the counting centre"};
inline constexpr Msg sign_in_lead{"비밀번호는 없습니다. 받은 키로 아래 문장에 서명하면 들어갑니다.",
                                  "There is no password. You sign the sentence below with the key you were given."};
inline constexpr Msg sign_in_meaning{
    "이 서명은 지금 이 키를 가지고 있다는 것만 보이며, 개표 기록이 되지 않습니다.",
    "This signature only shows that you hold the key now. It is not a record of the count."};
inline constexpr Msg sign_in_button{"서명하고 들어가기", "Sign and enter"};
inline constexpr Msg sign_in_shared{
    "함께 쓰는 컴퓨터라면: 나가면 키가 남지 않습니다. 자리를 뜰 때는 꼭 나가기를 누르십시오.",
    "On a shared computer: no key stays behind when you sign out. Sign out whenever you leave."};

inline constexpr Msg browser_key{"이 브라우저에 키 만들기", "Make a key in this browser"};
inline constexpr Msg not_stated_typed{"적혀 있지 않음", "not stated"};

// Error page
inline constexpr Msg error_title{"요청을 처리하지 않았습니다", "This could not be done"};
inline constexpr Msg error_nothing{"바뀐 것은 없습니다.", "Nothing was changed."};

// States
inline constexpr Msg st_expected{"입력 전", "Not entered"};
inline constexpr Msg st_first_begun{"첫째 입력 중", "First entry begun"};
inline constexpr Msg st_first_done{"첫째 입력 끝", "First entry done"};
inline constexpr Msg st_second_begun{"둘째 입력 중", "Second entry begun"};
inline constexpr Msg st_different{"두 입력이 다름", "Entries differ"};
inline constexpr Msg st_blocked{"조정자 확인 필요", "Needs a coordinator"};
inline constexpr Msg st_ready{"공표 가능", "Ready to announce"};
inline constexpr Msg st_announced{"공표됨, 서명 중", "Announced, being signed"};
inline constexpr Msg st_in_effect{"서명 끝, 집계됨", "Signed and counted"};
inline constexpr Msg st_conflict{"서로 다른 기록", "In conflict"};

// Actions
inline constexpr Msg do_enter_first{"첫째 입력", "Enter, first"};
inline constexpr Msg do_enter_second{"둘째 입력", "Enter, second"};
inline constexpr Msg do_third{"셋째 읽기", "Third reading"};
inline constexpr Msg do_accept{"오류 확인", "Look at the errors"};
inline constexpr Msg do_announce{"공표", "Announce"};
inline constexpr Msg do_sign{"서명", "Sign"};
inline constexpr Msg do_look{"보기", "Look"};
inline constexpr Msg do_live{"공개 개표", "Live count"};
inline constexpr Msg do_attach{"사진 붙이기", "Attach a photo"};
inline constexpr Msg do_custody{"상자·봉투", "Boxes"};

// Home
inline constexpr Msg home_title{"할 일", "What there is to do"};
inline constexpr Msg search{"투표소 이름이나 번호", "Name or id of a unit"};
inline constexpr Msg search_button{"찾기", "Find"};
inline constexpr Msg search_hint{"Enter를 한 번 누르면 찾고, 다시 누르면 첫 줄의 일을 엽니다.",
                                 "Enter finds; Enter again opens the first line."};
inline constexpr Msg1 found_for{"찾은 말: {0}", "Found for: {0}"};
inline constexpr Msg home_none{"지금 할 일이 없습니다.", "There is nothing to do now."};
inline constexpr Msg home_not_found{"그런 개표단위가 없습니다. 이름의 일부나 번호로 다시 찾아 보십시오.",
                                    "There is no such unit. Try a part of its name, or its id."};
inline constexpr Msg1 home_more{"그 밖에 {0}곳이 더 있습니다. 위에서 이름이나 번호로 찾으십시오.",
                                "{0} more are not listed. Find them by name or id above."};
inline constexpr Msg home_table{"개표단위와 할 일", "Units and what there is to do"};
inline constexpr Msg state{"상태", "State"};
inline constexpr Msg action{"할 일", "Action"};

// Board
inline constexpr Msg board_title{"개표 현황판", "Progress board"};
inline constexpr Msg1 as_of{"{0} 현재", "As of {0}"};
inline constexpr Msg1 log_size{"로그 기록 {0}건", "{0} log entries"};
inline constexpr Msg board_counts{"상태별 개표단위 수", "Units by state"};
inline constexpr Msg board_cells{"개표단위", "Units"};
inline constexpr Msg board_late{"늦은 곳", "Late"};
inline constexpr Msg1 board_late_more{"그 밖에 {0}곳", "and {0} more"};
inline constexpr Msg board_no_figures{
    "이 화면에는 득표수가 나오지 않습니다. 위원장이 공표하기 전의 입력은 비공개입니다.",
    "No votes are shown here: entries stay private until the chair announces."};
inline constexpr Msg1 since{"{0}부터", "since {0}"};

// Entry
inline constexpr Msg first_reading{"첫째 입력", "First entry"};
inline constexpr Msg second_reading{"둘째 입력", "Second entry"};
inline constexpr Msg third_reading{"셋째 읽기", "Third reading"};
inline constexpr Msg1 round_n{"{0}회차", "round {0}"};
inline constexpr Msg2 page_of{"{1}쪽 중 {0}쪽", "Page {0} of {1}"};
inline constexpr Msg entry_lead{
    "종이에 적힌 그대로 옮기십시오. 계산하지 않습니다. 종이에 적혀 있지 않은 항목에는 - 를 적습니다.",
    "Copy what the paper says. Do not compute. Where the paper states nothing, type -."};
inline constexpr Msg second_lead{
    "첫째 입력과 따로, 종이만 보고 그대로 옮깁니다. 종이에 적혀 있지 않은 항목에는 - 를 적습니다.",
    "Made from the paper alone, apart from the first entry. Where the paper states nothing, type -."};
inline constexpr Msg next{"다음", "Next"};
inline constexpr Msg back{"이전", "Back"};
inline constexpr Msg enter_hint{"Enter: 다음 칸, 마지막 칸에서는 다음 쪽",
                                "Enter: next field; from the last one, next page"};
inline constexpr Msg kept{"입력한 것은 쪽마다 저장되며, 창을 닫아도 남습니다.",
                          "What you type is kept page by page, even if this window is closed."};
inline constexpr Msg discard{"이 입력 버리기", "Discard this entry"};
inline constexpr Msg discard_sure{"지금까지 입력한 것을 버리고 처음부터 다시 합니다.",
                                  "What was typed so far is thrown away; the entry starts again."};
inline constexpr Msg discard_yes{"버리기", "Discard"};
inline constexpr Msg check_title{"입력 확인", "Check the entry"};
inline constexpr Msg check_lead{"종이와 나란히 놓고 한 줄씩 견주어 보십시오.",
                                "Hold the paper beside it and compare line by line."};
inline constexpr Msg notices{"다시 읽어 볼 곳", "Please read these again"};
inline constexpr Msg read_section{"그 쪽으로 가기", "Go to that page"};
inline constexpr Msg confirm{"다시 읽었고 종이에 그대로 적혀 있습니다", "I have read it again; the paper says so"};
inline constexpr Msg confirmed{"다시 읽음", "Read again"};
inline constexpr Msg to_coordinator{"종이에 그렇게 적혀 있으면 그대로 두십시오. 조정자가 봅니다.",
                                    "If the paper says so, leave it. A coordinator will look at it."};
inline constexpr Msg field{"항목", "Field"};
inline constexpr Msg typed{"입력한 값", "As typed"};
inline constexpr Msg empty{"비어 있음", "empty"};
inline constexpr Msg change{"고치기", "Change"};
inline constexpr Msg1 change_of{"{0} 고치기", "Change: {0}"};
inline constexpr Msg entry_meaning{
    "이 서명은 종이에서 이 수를 읽어 입력했다는 뜻입니다. 로그에는 수가 아니라 그 지문만 올라갑니다.",
    "You sign that you read these figures from the paper. The log gets their fingerprint, not the figures."};
inline constexpr Msg entry_sign{"입력에 서명하고 마치기", "Sign the entry and finish"};
inline constexpr Msg confirm_first{"위의 곳을 모두 다시 읽으면 서명할 수 있습니다.",
                                   "You can sign once everything above has been read again."};

// Third reading
inline constexpr Msg third_lead{
    "두 입력이 다른 칸만 종이에서 다시 읽습니다. 다른 사람이 무엇을 입력했는지는 보이지 않습니다.",
    "Read from the paper only the fields where the two entries differ. What the others typed is not shown."};
inline constexpr Msg1 third_count{"다른 칸 {0}개", "{0} fields differ"};
inline constexpr Msg third_meaning{
    "이 서명은 다른 칸을 종이에서 이렇게 읽었다는 뜻입니다. 두 입력 중 하나와 같아야 확정되고, 아니면 처음부터 다시 "
    "입력합니다.",
    "You sign that the paper reads like this. It must match one of the two entries; else the sheet is entered anew."};
inline constexpr Msg third_sign{"셋째 읽기에 서명", "Sign the third reading"};

// Sheet
inline constexpr Msg entered_by{"입력한 사람", "Entered by"};
inline constexpr Msg announce_meaning{
    "이 서명은 위원장으로서 이 수를 지금 공표한다는 뜻이며, 그때부터 누구나 볼 수 있습니다.",
    "As chair you announce these figures now. From then on everybody can see them."};
inline constexpr Msg announce_button{"서명하고 공표", "Sign and announce"};
inline constexpr Msg sign_meaning{"이 서명은 위원으로서 이 수가 종이 개표상황표와 같다고 확인한다는 뜻입니다.",
                                  "As a member you confirm that these figures are those of the paper count sheet."};
inline constexpr Msg sign_button{"개표상황표에 서명", "Sign the count sheet"};
inline constexpr Msg accept_meaning{
    "이 서명은 점검에 걸린 점을 보고도 사유를 적어 이 수를 인정한다는 뜻이며, 사유는 공개됩니다.",
    "You accept these figures although the check fired, for the reason given. The reason is public."};
inline constexpr Msg accept_button{"인정에 서명", "Sign the acceptance"};
inline constexpr Msg accept_reason{"인정하는 사유 (공개됩니다)", "Reason for accepting (public)"};
inline constexpr Msg accept_make{"사유를 적고 계속", "Continue with this reason"};
inline constexpr Msg accept_needed{"조정자가 사유를 적고 인정하기 전에는 공표할 수 없습니다.",
                                   "It cannot be announced until a coordinator accepts it with a reason."};
inline constexpr Msg refuse_title{"서명을 거부하기", "Refuse to sign"};
inline constexpr Msg refuse_reason{"거부하는 사유 (공개됩니다)", "Reason for refusing (public)"};
inline constexpr Msg refuse_meaning{
    "이 서명은 이 개표상황표에 서명하지 않는다는 것과 그 사유를 기록으로 남긴다는 뜻입니다.",
    "You put on record that you do not sign this count sheet, and why."};
inline constexpr Msg refuse_button{"거부를 기록으로 서명", "Sign the refusal"};
inline constexpr Msg remark_title{"의견 남기기", "Add a remark"};
inline constexpr Msg remark_reason{"의견 (공개됩니다)", "Remark (public)"};
inline constexpr Msg remark_meaning{"이 서명은 이 의견을 자신의 이름으로 기록에 남긴다는 뜻입니다.",
                                    "You put this remark on record under your name."};
inline constexpr Msg remark_button{"의견에 서명", "Sign the remark"};
inline constexpr Msg attach_title{"종이의 사진 붙이기", "Attach a photo of the paper"};
inline constexpr Msg attach_lead{"바꾸거나 지우지 않습니다. 더 나은 사진은 새로 더합니다.",
                                 "Nothing is replaced or deleted; a better photo is added."};
inline constexpr Msg attach_file{"사진이나 스캔 (JPEG, PNG, PDF)", "Photo or scan (JPEG, PNG, PDF)"};
inline constexpr Msg attach_note{"설명", "Note"};
inline constexpr Msg attach_send{"사진 보내기", "Send the photo"};
inline constexpr Msg attach_meaning{"이 서명은 이 사진이 이 개표상황표의 종이라는 뜻입니다.",
                                    "You state that this is a photo of the paper of this sheet."};
inline constexpr Msg attach_button{"사진에 서명", "Sign the photo"};
inline constexpr Msg attachments{"붙인 사진", "Photos attached"};
inline constexpr Msg1 attachment_n{"사진 {0}", "Photo {0}"};
inline constexpr Msg attachments_none{"아직 없습니다.", "None yet."};
inline constexpr Msg correct_title{"정정·재검표 시작", "Begin a correction or recount"};
inline constexpr Msg correct_lead{
    "앞의 개표상황표는 그대로 남고, 처음부터 다시 입력한 새 개표상황표가 그것을 대신합니다.",
    "The old sheet stays in the log; a new sheet, entered anew, will replace it."};
inline constexpr Msg correct_reason{"정정하는 사유 (공개됩니다)", "Reason for the correction (public)"};
inline constexpr Msg correct_order{"재검표라면: 누구의 결정, 날짜와 번호",
                                   "For a recount: whose decision, date and number"};
inline constexpr Msg correct_button{"새로 입력하기 시작", "Begin entering anew"};
inline constexpr Msg nothing_to_sign{"지금 이 사람이 서명할 것은 없습니다.",
                                     "There is nothing for you to sign here now."};
inline constexpr Msg not_signed_yet{"필요한 서명이 다 모이지 않았습니다: 아직 집계에 들어가지 않습니다.",
                                    "Not all signatures are there: not in the totals yet."};
inline constexpr Msg other_acts{"다른 일", "Other things you can do"};

// Live count
inline constexpr Msg live_title{"공개 개표", "Live count"};
inline constexpr Msg live_lead{"한 장씩 부르고 한 획씩 적습니다. 취소도 기록에 남습니다.",
                               "One ballot called, one mark made. What is undone stays on record."};
inline constexpr Msg live_start{"적기 시작", "Begin to mark"};
inline constexpr Msg live_start_lead{"시작하는 사람이 적는 사람이 됩니다. 다른 한 사람이 지켜보고 끝에 확인합니다.",
                                     "Whoever begins is the recorder. Another person watches and confirms at the end."};
inline constexpr Msg live_marks{"부른 표 적기", "Mark a called ballot"};
inline constexpr Msg live_use_keys{"숫자 키로 적기 (숫자 1–9: 그 번호, 0: 무효, U: 취소)",
                                   "Mark with keys (1–9: that option, 0: invalid, U: undo)"};
inline constexpr Msg invalid{"무효", "Invalid"};
inline constexpr Msg undo{"마지막 한 장 취소", "Undo the last one"};
inline constexpr Msg key{"키", "Key"};
inline constexpr Msg last_called{"마지막으로 부른 표", "Last called"};
inline constexpr Msg nothing_called{"아직 없음", "none yet"};
inline constexpr Msg called{"부른 표", "Ballots called"};
inline constexpr Msg undone{"취소", "Undone"};
inline constexpr Msg recorder{"적는 사람", "Recorder"};
inline constexpr Msg checker{"확인하는 사람", "Checker"};
inline constexpr Msg checker_absent{"아직 없음", "not here yet"};
inline constexpr Msg live_end{"공개 개표 끝내기", "End the live count"};
inline constexpr Msg live_end_lead{"끝내면 더 적을 수 없습니다. 남은 투표지가 없는지 먼저 확인하십시오.",
                                   "After this nothing more can be marked. Make sure that no ballot is left."};
inline constexpr Msg live_end_yes{"네, 끝냅니다", "Yes, end it"};
inline constexpr Msg live_ended{"적기가 끝났습니다.", "Marking has ended."};
inline constexpr Msg live_confirm_lead{"적은 사람과 다른 사람이, 화면의 획과 자신이 센 것이 같은지 확인합니다.",
                                       "Somebody other than the recorder confirms that the marks are what was called."};
inline constexpr Msg live_confirm{"획이 맞다고 확인", "Confirm the marks"};
inline constexpr Msg live_wait_checker{"다른 사람의 확인을 기다립니다.", "Waiting for another person to confirm."};
inline constexpr Msg live_confirmed{"확인되었습니다. 개표상황표의 첫째 입력이 채워졌습니다.",
                                    "Confirmed. The first entry of the count sheet has been filled in."};
inline constexpr Msg live_screen{"강당 화면 열기", "Open the screen for the hall"};
inline constexpr Msg live_not_marked{"기록되지 않았을 수 있습니다. 화면의 마지막 표를 확인하십시오.",
                                     "It may not have been marked. Look at the last one on the screen."};
inline constexpr Msg tally{"획", "Marks"};
inline constexpr Msg votes{"표", "Votes"};
inline constexpr Msg live_table{"후보별로 부른 표", "Ballots called by option"};

// Custody
inline constexpr Msg custody_title{"투표함과 봉투", "Boxes and envelopes"};
inline constexpr Msg custody_lead{"봉인하고, 옮기고, 보관하고, 연 일을 그 자리에 있던 사람들이 서명합니다.",
                                  "Sealed, moved, stored, opened: signed by those who were present."};
inline constexpr Msg custody_none{"아직 기록이 없습니다.", "No record yet."};
inline constexpr Msg custody_table{"투표함과 봉투의 기록", "Record of boxes and envelopes"};
inline constexpr Msg object{"물건", "Object"};
inline constexpr Msg object_box{"투표함", "Box"};
inline constexpr Msg object_envelope{"봉투", "Envelope"};
inline constexpr Msg object_name{"적힌 이름이나 번호", "Name or number on it"};
inline constexpr Msg event{"일", "Event"};
inline constexpr Msg ev_sealed{"봉인함", "Sealed"};
inline constexpr Msg ev_moved{"옮김", "Moved"};
inline constexpr Msg ev_stored{"보관함", "Stored"};
inline constexpr Msg ev_opened{"엶", "Opened"};
inline constexpr Msg ev_recounted{"다시 셈", "Recounted"};
inline constexpr Msg seals{"붙은 봉인 번호", "Seals on it now"};
inline constexpr Msg broken{"뜯은 봉인 번호", "Seals broken"};
inline constexpr Msg one_a_line{"한 줄에 하나씩", "one a line"};
inline constexpr Msg from{"어디에서", "From"};
inline constexpr Msg to{"어디로", "To"};
inline constexpr Msg order{"결정 (누구의, 날짜와 번호)", "Order (whose, date and number)"};
inline constexpr Msg note{"덧붙임", "Note"};
inline constexpr Msg at{"때", "When"};
inline constexpr Msg custody_new{"새로 적기", "New entry"};
inline constexpr Msg custody_make{"기록 만들기", "Make the record"};
inline constexpr Msg custody_meaning{"이 서명은 그 자리에서 이 일을 보았다는 뜻입니다.",
                                     "You state that you were present and saw this happen."};
inline constexpr Msg custody_sign{"본 일에 서명", "Sign what you saw"};
inline constexpr Msg in_effect{"서명 충족", "Enough signatures"};
inline constexpr Msg more_signatures{"서명 더 필요", "More signatures needed"};
inline constexpr Msg details{"내용", "Details"};

// Hand over
inline constexpr Msg handover_title{"기록 전달", "Handing over records"};
inline constexpr Msg ho_connection{"서버와의 연결", "Connection to the server"};
inline constexpr Msg ho_on{"이 개표소는 기록을 바로 서버로 보냅니다.",
                           "This centre sends its records to the server at once."};
inline constexpr Msg ho_off{
    "이 개표소는 네트워크에서 떨어져 있습니다. 일은 그대로 할 수 있고, 기록은 파일로 전달합니다.",
    "This centre is off the network. Work goes on; records are handed over as a file."};
inline constexpr Msg1 ho_waiting{"전달하지 않은 기록 {0}건", "{0} records not handed over"};
inline constexpr Msg ho_switch_off{"네트워크에서 떼기", "Go off the network"};
inline constexpr Msg ho_switch_on{"네트워크에 잇기", "Go back on the network"};
inline constexpr Msg ho_make_title{"파일로 보내기", "Send as a file"};
inline constexpr Msg ho_make_lead{
    "기록을 서명된 파일 하나에 담아 저장 장치나 전자우편으로 보냅니다. 두 번 내도 한 번만 셉니다.",
    "Records go into one signed file, for a stick or an e-mail. Handing it in twice counts once."};
inline constexpr Msg ho_make{"전달 파일 만들기", "Make the file"};
inline constexpr Msg ho_meaning{
    "이 서명은 이 개표소가 이 파일을 보낸다는 뜻입니다. 안의 기록은 저마다의 서명으로 섭니다.",
    "You state that this centre sends this file. Each record inside stands on its own signatures."};
inline constexpr Msg ho_sign{"전달 파일에 서명", "Sign the file"};
inline constexpr Msg ho_made{"전달 파일이 준비되었습니다.", "The file is ready."};
inline constexpr Msg ho_download{"파일 내려받기", "Download the file"};
inline constexpr Msg ho_words{"전화로 불러 줄 낱말", "Words to read out over the telephone"};
inline constexpr Msg ho_words_lead{"받는 쪽 화면의 낱말과 차례까지 같아야 같은 파일입니다.",
                                   "It is the same file if the other side sees the same words in the same order."};
inline constexpr Msg ho_words_ko{"한국어 낱말", "Korean words"};
inline constexpr Msg ho_words_en{"영어 낱말", "English words"};
inline constexpr Msg ho_read_title{"파일 받기", "Take in a file"};
inline constexpr Msg ho_file{"전달 파일", "Hand-over file"};
inline constexpr Msg ho_read{"파일 읽어 들이기", "Read the file in"};
inline constexpr Msg ho_report{"읽어 들인 결과", "What the file held"};
inline constexpr Msg1 ho_from{"보낸 사람: {0}", "From: {0}"};
inline constexpr Msg ho_added{"새로 들어옴", "New"};
inline constexpr Msg ho_known{"이미 있음", "Already here"};
inline constexpr Msg ho_refused{"거절", "Refused"};
inline constexpr Msg ho_lines{"기록별 결과", "Record by record"};
inline constexpr Msg record_type{"종류", "Type"};
inline constexpr Msg outcome{"결과", "Outcome"};
inline constexpr Msg record{"기록", "Record"};
inline constexpr Msg1 lines_more{"그 밖에 {0}건", "and {0} more"};

// People
inline constexpr Msg people_title{"권한과 접속", "Grants and access"};
inline constexpr Msg people_table{"권한을 받은 키", "Keys that hold a role"};
inline constexpr Msg person{"이름", "Name"};
inline constexpr Msg role_word{"역할", "Role"};
inline constexpr Msg scope{"범위", "Where"};
inline constexpr Msg live_grant{"유효", "Valid"};
inline constexpr Msg dead_grant{"끝남", "Ended"};
inline constexpr Msg people_new{"권한 주기", "Give a role"};
inline constexpr Msg vkey{"키 (vkey)", "Key (vkey)"};
inline constexpr Msg vkey_hint{"이름+8자리+글자들 꼴의 한 줄", "One line of the form name+8 digits+letters"};
inline constexpr Msg units{"개표단위", "Units"};
inline constexpr Msg units_hint{"한 줄에 하나: 단위 번호, 또는 /지역/지역", "One a line: a unit id, or /area/area"};
inline constexpr Msg people_make{"권한 기록 만들기", "Make the grant"};
inline constexpr Msg grant_meaning{"이 서명은 이 키에 이 역할을 준다는 뜻이며, 공개됩니다.",
                                   "You give this key this role. That is public."};
inline constexpr Msg grant_sign{"권한에 서명", "Sign the grant"};
inline constexpr Msg revoke{"거두기", "Revoke"};
inline constexpr Msg1 revoke_of{"{0} 권한 거두기", "Revoke the role of {0}"};
inline constexpr Msg revoke_reason{"거두는 사유 (공개됩니다)", "Reason for revoking (public)"};
inline constexpr Msg revoke_meaning{"이 서명은 이 권한을 지금부터 거둔다는 뜻입니다. 이미 서명한 것은 그대로 남습니다.",
                                    "You revoke this role from now on. What was signed before stays."};
inline constexpr Msg revoke_sign{"거두는 기록에 서명", "Sign the revocation"};
inline constexpr Msg attempts{"거절된 접속", "Refused attempts"};
inline constexpr Msg attempts_none{"거절된 접속이 없습니다.", "No refused attempts."};
inline constexpr Msg client{"접속한 곳", "From address"};
inline constexpr Msg claimed_name{"댄 이름", "Name given"};

// Explorer
inline constexpr Msg explorer_title{"기록 찾기", "Evidence explorer"};
inline constexpr Msg explorer_lead{
    "기록 번호, 개표단위, 서명한 사람으로 찾거나, 인쇄된 개표상황표의 QR 코드 글자를 그대로 붙여 넣으십시오.",
    "Find by record id, unit or signer, or paste what the QR code on a printed sheet says."};
inline constexpr Msg explorer_query{"무엇을 찾습니까", "What are you looking for"};
inline constexpr Msg explorer_none{"그런 기록이 로그에 없습니다. 아직 공표되지 않은 것은 찾을 수 없습니다.",
                                   "There is no such record in the log. What has not been announced cannot be found."};
inline constexpr Msg1 explorer_found{"찾은 기록 {0}건", "{0} records found"};
inline constexpr Msg1 explorer_more{"그 밖에 {0}건이 더 있습니다. 더 좁혀서 찾아 보십시오.",
                                    "{0} more are not listed. Narrow the search."};
inline constexpr Msg explorer_open{"이 기록 열기", "Open this record"};
inline constexpr Msg unit_page{"공개 페이지", "Public page"};
inline constexpr Msg effect_yes{"효력 있음", "In effect"};
inline constexpr Msg effect_no{"아직 효력 없음", "Not in effect"};
inline constexpr Msg claimed_at{"서명한 사람이 적은 때", "Time stated by the signers"};

// Types of record
inline constexpr Msg t_definition{"선거 정의", "Election definition"};
inline constexpr Msg t_grant{"권한 부여", "Grant"};
inline constexpr Msg t_revoke{"권한 회수", "Revocation"};
inline constexpr Msg t_compromised{"키 유출 선언", "Compromised key"};
inline constexpr Msg t_adopt{"채택", "Adoption"};
inline constexpr Msg t_count_sheet{"개표상황표", "Count sheet"};
inline constexpr Msg t_refusal{"서명 거부", "Refusal to sign"};
inline constexpr Msg t_lot{"추첨", "Lot"};
inline constexpr Msg t_result_claim{"결과 공표", "Result claim"};
inline constexpr Msg t_entry{"입력 약속값", "Entry commitment"};
inline constexpr Msg t_acceptance{"오류 인정", "Acceptance"};
inline constexpr Msg t_remark{"의견", "Remark"};
inline constexpr Msg t_attachment{"사진", "Photo"};
inline constexpr Msg t_custody{"투표함 기록", "Custody"};
inline constexpr Msg t_independent_tally{"독립 집계", "Independent tally"};
inline constexpr Msg t_device_statement{"기기 진술", "Statement of a machine"};
inline constexpr Msg t_device_enrolment{"기기 등록·봉인", "Machine sealed"};
inline constexpr Msg t_inspection{"기기 점검", "Machine inspected"};

// Roles that only the counting centre has
inline constexpr Msg role_typist{"입력원", "typist"};
inline constexpr Msg role_reader{"셋째 읽는 사람", "third reader"};
inline constexpr Msg role_recorder{"적는 사람", "recorder"};
inline constexpr Msg role_registrar{"등록 담당", "registrar"};
inline constexpr Msg role_root{"루트 키", "root"};
inline constexpr Msg role_officer{"담당관", "officer"};
inline constexpr Msg role_deputy{"대리", "deputy"};
inline constexpr Msg role_telephone{"당직 전화", "duty telephone"};
inline constexpr Msg role_representative{"대표", "representative"};

}  // namespace scrutineer::ui::desk
