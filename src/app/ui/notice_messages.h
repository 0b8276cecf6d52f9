// The fixed texts of the pages of notices, Korean and English: for the officer who is woken at four in the morning.
// What is this, what is to be done, by when, and what a signature will mean. They accuse nobody.
#pragma once

#include "app/ui/message.h"

namespace scrutineer::ui::notice {

using Msg3 = Message<3>;

// Frame
inline constexpr Msg role_notifier{"통보 기관", "Notifier"};
inline constexpr Msg role_institution{"통보받는 기관", "Institution"};
inline constexpr Msg role_relay{"중계소", "Relay"};
inline constexpr Msg role_oversight{"감독 기관", "Oversight body"};
inline constexpr Msg nav_notices{"통보", "Notices"};
inline constexpr Msg nav_inbox{"받은 통보", "Notices received"};
inline constexpr Msg nav_compose{"새 통보", "New notice"};
inline constexpr Msg nav_board{"기관별 현황", "Board of institutions"};
inline constexpr Msg nav_duty{"당직", "Duty rota"};
inline constexpr Msg nav_statements{"공개 발언", "Public statements"};
inline constexpr Msg nav_keys{"협정과 키", "Agreements and keys"};
inline constexpr Msg nav_public{"공개 현황", "Public figures"};
inline constexpr Msg nav_sign_in{"들어가기", "Sign in"};
inline constexpr Msg back_to_list{"목록으로", "Back to the list"};
inline constexpr Msg back_to_notice{"통보로 돌아가기", "Back to the notice"};

// Sign in
inline constexpr Msg sign_in_title{"통보 업무에 들어가기", "Sign in to the notices"};
inline constexpr Msg sign_in_lead{
    "비밀번호는 없습니다. 협정에 적힌 키로 아래 문장에 서명하면 들어갑니다.",
    "There is no password. You sign the sentence below with a key that an agreement names."};
inline constexpr Msg sign_in_meaning{
    "이 서명은 지금 이 키를 가지고 있다는 것만 보이며, 통보를 확인한 것이 되지 않습니다.",
    "This signature only shows that you hold the key now. It acknowledges nothing."};

// List
inline constexpr Msg list_title{"통보", "Notices"};
inline constexpr Msg inbox_title{"받은 통보", "Notices received"};
inline constexpr Msg inbox_lead{
    "아직 아무도 확인하지 않은 것이 위에 있습니다. 내용은 열 때만 풀립니다.",
    "What nobody has acknowledged yet stands first. Contents are opened only when you ask for them."};
inline constexpr Msg list_empty{"통보가 없습니다.", "There are no notices."};
inline constexpr Msg list_none_such{"이 조건에 맞는 통보가 없습니다.", "No notice is in this state."};
inline constexpr Msg1 list_more{"{0}건이 더 있습니다. 상태로 좁혀 보십시오.",
                                "{0} more are not shown: narrow them down by state."};
inline constexpr Msg list_table{"통보와 그 상태", "Notices and where they stand"};
inline constexpr Msg list_filter{"상태별로 보기", "Show by state"};
inline constexpr Msg filter_all{"모두", "All"};
inline constexpr Msg filter_late{"늦은 것", "Late"};
inline constexpr Msg filter_unread{"미확인", "Not acknowledged"};
inline constexpr Msg sort_by{"차례", "Order"};
inline constexpr Msg sort_urgency{"급한 것부터", "Most urgent first"};
inline constexpr Msg sort_time{"새것부터", "Newest first"};
inline constexpr Msg sort_name{"기관 이름", "Institution"};
inline constexpr Msg sort_state{"상태", "State"};
inline constexpr Msg3 list_said{"통보 {0}건, 늦음 {1}건, 미확인 {2}건", "{0} notices, {1} late, {2} not acknowledged"};
inline constexpr Msg2 link_trouble{"{0}에 닿지 않습니다. 보낼 기록 {1}건이 기다립니다.",
                                   "{0} cannot be reached. {1} records for it are waiting."};
inline constexpr Msg1 since{"{0}부터", "since {0}"};
inline constexpr Msg col_notice{"통보", "Notice"};
inline constexpr Msg col_other{"기관", "Institution"};
inline constexpr Msg col_from{"보낸 곳", "From"};
inline constexpr Msg col_sent{"때", "When"};
inline constexpr Msg col_state{"상태", "State"};
inline constexpr Msg col_next{"다음 기한", "Next deadline"};
inline constexpr Msg col_relays{"중계소", "Relays"};
inline constexpr Msg col_received{"기계 수신", "Received by machine"};
inline constexpr Msg col_acknowledged{"담당자 확인", "Acknowledged"};
inline constexpr Msg col_answered{"답변", "Answered"};
inline constexpr Msg2 of_relays{"{0} / {1}", "{0} of {1}"};
inline constexpr Msg no_deadline{"기한 없음", "No deadline runs"};
inline constexpr Msg unreachable{"닿지 않음", "Cannot be reached"};
inline constexpr Msg1 escalated_to{"자동으로 넘김: {0}", "Passed on by itself: {0}"};
inline constexpr Msg own_clock{
    "때는 이 서버의 시계로 잰 것이며 증거가 아닙니다. 증거는 입회 서버가 정한 범위입니다.",
    "Times are those of this server's own clock and prove nothing. What is proven are the bounds that witnesses give."};

// Clocks
inline constexpr Msg late{"늦음", "Late"};
inline constexpr Msg1 minutes_left{"{0}분 남음", "{0} min left"};
inline constexpr Msg1 seconds_left{"{0}초 남음", "{0} s left"};
inline constexpr Msg1 hours_left{"{0}시간 남음", "{0} h left"};
inline constexpr Msg1 days_left{"{0}일 남음", "{0} days left"};
inline constexpr Msg1 minutes_late{"{0}분 지남", "{0} min late"};
inline constexpr Msg1 seconds_late{"{0}초 지남", "{0} s late"};
inline constexpr Msg1 hours_late{"{0}시간 지남", "{0} h late"};
inline constexpr Msg1 days_late{"{0}일 지남", "{0} days late"};
inline constexpr Msg clock_waiting{"아직 시작되지 않음", "Has not begun"};
inline constexpr Msg clock_running{"진행 중", "Running"};
inline constexpr Msg clock_met{"지킴", "Met"};
inline constexpr Msg clock_met_late{"늦게 지킴", "Met, but late"};
inline constexpr Msg clock_over{"해당 없음", "No longer runs"};
inline constexpr Msg clocks_title{"기한", "Deadlines"};
inline constexpr Msg clocks_table{"이 통보의 기한", "Deadlines of this notice"};
inline constexpr Msg col_step{"할 일", "What is due"};
inline constexpr Msg col_due{"언제까지", "Due"};
inline constexpr Msg col_met{"언제 됨", "Met"};
inline constexpr Msg col_then{"지나면", "When it passes"};
inline constexpr Msg col_law{"근거", "Whose clock"};
inline constexpr Msg by_agreement{"협정", "The agreement"};
inline constexpr Msg happened{"넘겼음", "Done"};

// One notice
inline constexpr Msg1 notice_title{"통보 {0}", "Notice {0}"};
inline constexpr Msg timeline{"지금까지의 일", "What has happened"};
inline constexpr Msg timeline_table{"한 일과 때", "Each step, who and when"};
inline constexpr Msg col_what{"무엇", "What"};
inline constexpr Msg col_who{"누가", "Who"};
inline constexpr Msg col_known{"이 서버가 안 때", "Known here since"};
inline constexpr Msg col_claimed{"서명자가 적은 때", "Claimed by the signer"};
inline constexpr Msg col_witnessed{"늦어도 (입회)", "At the latest (witnessed)"};
inline constexpr Msg not_witnessed{"아직 없음", "Not yet"};
inline constexpr Msg does_not_count{"권한 없는 서명", "Signed without the right to"};
inline constexpr Msg versions{"판", "Versions"};
inline constexpr Msg this_version{"지금 보는 판", "Shown here"};
inline constexpr Msg relays{"중계소", "Relays"};
inline constexpr Msg3 relays_line{"중계소 {0} / {1}곳이 가지고 있음 (필요한 수 {2})",
                                  "Held by {0} of {1} relays ({2} are needed)"};
inline constexpr Msg holds{"가지고 있음", "Holds it"};
inline constexpr Msg holds_not{"아직 없음", "Not yet"};
inline constexpr Msg what_now{"지금 할 수 있는 일", "What you can do now"};
inline constexpr Msg open_content{"내용 열기", "Open the contents"};
inline constexpr Msg open_answer{"답변 열기", "Open the answer"};
inline constexpr Msg do_answer{"답변하기", "Answer"};
inline constexpr Msg do_refuse{"받지 않기", "Refuse it"};
inline constexpr Msg do_call{"전화로 확인", "By telephone"};
inline constexpr Msg do_update{"고친 판 보내기", "Send an update"};
inline constexpr Msg do_attribution{"배후를 덧붙이기", "Add who is behind it"};
inline constexpr Msg do_withdraw{"거두기", "Withdraw it"};
inline constexpr Msg do_close{"종결", "Close it"};
inline constexpr Msg evidence{"증거 내려받기", "Download the evidence"};
inline constexpr Msg evidence_lead{
    "이 통보의 로그, 입회 서명, 봉인된 내용입니다. scrutineer-verify로 누구나 확인합니다.",
    "The logs, the witnesses' signatures and the sealed contents of this notice. Anybody checks it with "
    "scrutineer-verify."};
inline constexpr Msg evidence_open{"내용도 함께 열어 보이기 (받는 사람이 모두 읽게 됩니다)",
                                   "Open the contents as well (whoever gets the file can read them)"};
inline constexpr Msg record_id{"기록 번호", "Record"};

// Contents
inline constexpr Msg1 content_title{"통보 {0}의 내용", "Contents of notice {0}"};
inline constexpr Msg1 answer_title{"통보 {0}의 답변", "Answer to notice {0}"};
inline constexpr Msg content_whole{"기록이 약속한 모든 것이 열렸고, 한 글자도 다르지 않습니다.",
                                   "Everything that the record commits to was opened and is exactly what was sent."};
inline constexpr Msg content_part{"기록이 약속한 것 가운데 열리지 않은 것이 있습니다.",
                                  "Some of what the record commits to could not be opened."};
inline constexpr Msg tlp_word{"공유 범위", "Sharing"};
inline constexpr Msg attack_word{"종류", "Kind of attack"};
inline constexpr Msg seen_word{"언제", "When"};
inline constexpr Msg reporter_word{"알린 곳", "Reported by"};
inline constexpr Msg description_word{"설명", "Description"};
inline constexpr Msg attribution_word{"배후", "Who is behind it"};
inline constexpr Msg attribution_none{"이 통보는 배후를 말하지 않습니다.", "This notice names nobody."};
inline constexpr Msg1 confidence{"확신 {0} / 100", "confidence {0} of 100"};
inline constexpr Msg confidence_unsaid{"확신의 정도는 적지 않음", "confidence not stated"};
inline constexpr Msg1 aliases{"다른 이름: {0}", "also known as {0}"};
inline constexpr Msg indicators_word{"지표", "Indicators"};
inline constexpr Msg indicators_table{"찾아볼 지표", "Indicators to look for"};
inline constexpr Msg indicators_none{"지표가 없습니다.", "There are no indicators."};
inline constexpr Msg indicators_csv{"지표를 CSV로 내려받기", "Download the indicators as CSV"};
inline constexpr Msg col_kind{"종류", "Kind"};
inline constexpr Msg col_value{"값", "Value"};
inline constexpr Msg col_note{"설명", "Note"};
inline constexpr Msg affected_word{"피해 대상", "Affected"};
inline constexpr Msg affected_table{"피해 대상과 당사자에게 알렸는지", "Whom or what it hit, and who has been told"};
inline constexpr Msg affected_none{"적혀 있지 않습니다.", "None are named."};
inline constexpr Msg col_told{"당사자에게 알렸나", "Has the person been told"};
inline constexpr Msg told{"알렸음", "Told"};
inline constexpr Msg not_told{"알리지 않음", "Not told"};
inline constexpr Msg observed_word{"관측", "Observed"};
inline constexpr Msg observed_table{"관측된 일", "What was observed"};
inline constexpr Msg col_from_address{"에서", "From"};
inline constexpr Msg col_to_address{"으로", "To"};
inline constexpr Msg col_first{"처음", "First"};
inline constexpr Msg col_last{"마지막", "Last"};
inline constexpr Msg col_count{"횟수", "Times"};
inline constexpr Msg relay_addresses{"거쳐 온 주소", "Addresses the attacker went through"};
inline constexpr Msg actions_word{"요청하는 조치", "What is asked"};
inline constexpr Msg actions_none{"요청하는 조치가 없습니다.", "Nothing is asked."};
inline constexpr Msg files_word{"파일", "Files"};
inline constexpr Msg1 bytes{"{0} 바이트", "{0} bytes"};
inline constexpr Msg not_understood{"이 프로그램이 이해하지 못한 부분", "What this program did not understand"};
inline constexpr Msg ack_title{"확인", "Acknowledge"};
inline constexpr Msg ack_meaning{
    "위 내용을 읽었음을 당신의 이름으로 확인합니다. 내용이 옳다거나 책임이 있다고 인정하는 것은 아닙니다.",
    "You acknowledge in your own name that you have read the contents above. It does not say that they are right, nor "
    "that anybody is to blame."};
inline constexpr Msg ack_button{"읽었음을 서명하기", "Sign that it was read"};

// Compose
inline constexpr Msg compose_title{"새 통보", "New notice"};
inline constexpr Msg1 compose_version{"통보 {0}의 새 판", "A new version of notice {0}"};
inline constexpr Msg compose_lead{
    "보내기 전에 봉인될 내용을 그대로 보여 드립니다. 여기까지는 아무것도 기록되지 않습니다.",
    "You will see exactly what is sealed before it is sent. Until then nothing is recorded."};
inline constexpr Msg f_kind{"무엇을 보내나", "What it is"};
inline constexpr Msg f_to{"누구에게", "To"};
inline constexpr Msg f_to_hint{"한 곳이면 당신이 서명하고, 여러 곳이면 이 서버의 키가 하나씩 서명합니다.",
                               "To one, you sign it; to several, this server's key signs one for each."};
inline constexpr Msg f_all{"협정을 맺은 모든 기관", "Every institution with an agreement"};
inline constexpr Msg f_title{"제목", "Title"};
inline constexpr Msg f_description{"무슨 일이 있었나", "What happened"};
inline constexpr Msg f_attack{"공격의 종류", "Kind of attack"};
inline constexpr Msg f_first{"처음 본 때 (한국 시각)", "First seen (Korean time)"};
inline constexpr Msg f_last{"마지막으로 본 때 (한국 시각)", "Last seen (Korean time)"};
inline constexpr Msg f_when_hint{"2021-04-19 17:44처럼", "As 2021-04-19 17:44"};
inline constexpr Msg f_indicators{"지표", "Indicators"};
inline constexpr Msg f_indicators_hint{
    "한 줄에 하나. 주소, 도메인, URL, 메일 주소, 해시를 알아봅니다. hxxp와 [.]도 읽습니다. 설명은 | 뒤에.",
    "One a line: addresses, domains, URLs, mail addresses, hashes. hxxp and [.] are read. A note goes after |."};
inline constexpr Msg f_affected{"피해를 입은 계정과 기기", "Affected accounts and hosts"};
inline constexpr Msg f_affected_hint{"한 줄에 하나. 메일 주소, IP 주소, 기기 이름, 계정.",
                                     "One a line: a mail address, an IP address, a host's name, an account."};
inline constexpr Msg f_told{"이미 알린 당사자", "Victims who have been told"};
inline constexpr Msg f_told_hint{"위에 적은 것 가운데, 한 줄에 하나. 어떻게 알렸는지는 | 뒤에.",
                                 "Of those above, one a line. How they were told goes after |."};
inline constexpr Msg f_observed{"관측된 일", "What was observed"};
inline constexpr Msg f_observed_hint{
    "한 줄에 하나: 에서 | 으로 | 처음 | 마지막 | 횟수. 때는 2021-04-19 17:44처럼, 한국 시각.",
    "One a line: from | to | first | last | times. Times as 2021-04-19 17:44, Korean time."};
inline constexpr Msg f_relays{"거쳐 온 주소", "Addresses the attacker went through"};
inline constexpr Msg f_one_a_line{"한 줄에 하나.", "One a line."};
inline constexpr Msg f_actions{"요청하는 조치", "What is asked of them"};
inline constexpr Msg f_attribution{"배후", "Who is behind it"};
inline constexpr Msg f_attribution_none{"말하지 않음", "None stated"};
inline constexpr Msg f_attribution_stated{"말함", "Stated"};
inline constexpr Msg f_actor{"누구인가", "Who"};
inline constexpr Msg f_aliases{"다른 이름 (쉼표로)", "Other names (with commas)"};
inline constexpr Msg f_confidence{"확신 (0에서 100)", "Confidence (0 to 100)"};
inline constexpr Msg f_tlp{"공유 범위 (TLP)", "Sharing (TLP)"};
inline constexpr Msg f_language{"내용의 언어", "Language of the contents"};
inline constexpr Msg f_files{"붙이는 파일", "Attached files"};
inline constexpr Msg f_files_kept{"이미 붙인 파일 (새로 고르면 바뀝니다)",
                                  "Attached already (new ones take their place)"};
inline constexpr Msg f_required{"필수", "required"};
inline constexpr Msg to_preview{"봉인될 내용 보기", "Show what will be sealed"};
inline constexpr Msg problems_title{"다시 볼 칸", "Fields to look at"};
inline constexpr Msg1 line_number{"{0}번째 줄", "line {0}"};
inline constexpr Msg no_agreements{"효력 있는 협정이 없어 보낼 곳이 없습니다.",
                                   "No agreement is in effect: there is nobody to send it to."};

// To be signed
inline constexpr Msg sign_title{"서명하기 전에", "Before you sign"};
inline constexpr Msg send_title{"보내기 전에", "Before it is sent"};
inline constexpr Msg sign_lead{"아래가 전부입니다. 서명하면 기록되고, 지우거나 고칠 수 없습니다.",
                               "This is all of it. Once signed it is recorded, and cannot be edited or taken back."};
inline constexpr Msg sealed_lead{
    "아래 내용은 받는 기관의 키로 봉인되어, 로그에는 약속(해시)만 남습니다.",
    "What follows is sealed to the recipient; the log keeps commitments (hashes) to it and no more."};
inline constexpr Msg public_lead{"이것은 봉인되지 않습니다. 기밀인 말이 들어 있지 않은지 보십시오.",
                                 "This is not sealed. See that no confidential word is in it."};
inline constexpr Msg sealed_parts{"따로따로 나중에 보일 수 있는 부분", "Parts that can be shown later, one by one"};
inline constexpr Msg recipients{"받는 기관", "Recipients"};
inline constexpr Msg sealed_content{"봉인되는 내용", "What is sealed"};
inline constexpr Msg said_content{"기록되는 것", "What is recorded"};
inline constexpr Msg meaning_notice{
    "당신의 기관이 이 통보를 이 내용 그대로 보냈음을 당신의 이름으로 서명합니다.",
    "You sign in your own name that your institution sends this notice with exactly these contents."};
inline constexpr Msg meaning_answer{
    "당신의 기관이 이 답변을 이 내용 그대로 했음을 당신의 이름으로 서명합니다.",
    "You sign in your own name that your institution gives this answer with exactly these contents."};
inline constexpr Msg meaning_refusal{
    "당신은 이 통보를 받지 않겠다고 이 사유로 서명합니다. 사유는 누구나 읽습니다.",
    "You sign that you refuse this notice for this reason. Everybody can read the reason."};
inline constexpr Msg meaning_call{
    "당신은 이 통화에서 이 번호를 읽어 주고 저 번호를 들었다고 서명합니다. 상대도 서명해야 증명됩니다.",
    "You sign that in this call you read out the one code and heard the other. It is proven once the other side signs, "
    "too."};
inline constexpr Msg meaning_duty{"당신의 기관에서 이 동안 이 사람들이 당직임을 서명합니다.",
                                  "You sign that these people are on duty for your institution in this time."};
inline constexpr Msg meaning_statement{
    "당신의 기관이 공개적으로 이렇게 말한다고 서명합니다. 증거가 이 말과 견주어집니다.",
    "You sign that your institution says this in public. The evidence will be held against it."};
inline constexpr Msg meaning_key{"당신의 기관의 키를 이렇게 바꾼다고 서명합니다.",
                                 "You sign that your institution's keys change like this."};
inline constexpr Msg meaning_agreement{"당신의 기관이 이 협정에 동의함을 서명합니다.",
                                       "You sign that your institution agrees to this agreement."};
inline constexpr Msg meaning_closing{"당신의 기관은 이 통보를 끝난 것으로 본다고 서명합니다.",
                                     "You sign that your institution regards this exchange as over."};
inline constexpr Msg meaning_other{"아래 문장에 당신의 이름으로 서명합니다.",
                                   "You sign the text below in your own name."};
inline constexpr Msg button_sign{"서명하기", "Sign"};
inline constexpr Msg button_sign_send{"서명하고 보내기", "Sign and send"};
inline constexpr Msg1 button_send_many{"{0}곳에 보내기", "Send to {0} institutions"};
inline constexpr Msg send_meaning{
    "이 서버의 키가 기관마다 하나씩 서명해 보냅니다. 보내는 사람은 당신으로 여기에 남습니다.",
    "This server's key signs one for each institution and sends it. Here it is kept that it was you who sent them."};
inline constexpr Msg edit_again{"고치기", "Go back and edit"};
inline constexpr Msg discard{"버리기", "Discard"};

// Answer
inline constexpr Msg1 answer_form_title{"통보 {0}에 답하기", "Answer notice {0}"};
inline constexpr Msg f_stage{"단계", "Stage"};
inline constexpr Msg f_outcome{"찾아본 결과", "Outcome of looking"};
inline constexpr Msg f_done{"한 조치", "What was done"};
inline constexpr Msg f_results{"찾은 것", "What was found"};
inline constexpr Msg f_results_hint{"어디를 찾아보았고 어디를 못 찾아보았는지도 적으십시오.",
                                    "Say where you looked, and where you could not."};
inline constexpr Msg f_hunt{"지표 수색 결과 (scrutineer hunt의 JSON)",
                            "Report of the search (JSON of scrutineer hunt)"};
inline constexpr Msg answer_sealed{"답변은 통보 기관에게만 봉인되어 갑니다.",
                                   "The answer is sealed to the notifier alone."};

// Refuse
inline constexpr Msg1 refuse_title{"통보 {0} 받지 않기", "Refuse notice {0}"};
inline constexpr Msg refuse_warning{
    "사유는 공개됩니다. 기밀인 말을 적지 마십시오. 거절도 응답이며, 통보가 왔다는 증거가 됩니다.",
    "The reason is public: write nothing confidential. A refusal is a response, too, and shows that the notice came."};
inline constexpr Msg f_code{"까닭", "Reason"};
inline constexpr Msg f_reason{"덧붙이는 말 (공개)", "In words (public)"};

// Call
inline constexpr Msg1 call_title{"통보 {0}, 전화로", "Notice {0} by telephone"};
inline constexpr Msg call_lead{
    "서로 자기 화면의 번호를 읽어 주고, 상대가 읽어 준 번호를 적은 뒤, 양쪽이 서명합니다. 한쪽만 서명하면 전화한 쪽의 "
    "주장으로만 남습니다.",
    "Each reads out the code on the own screen and types the code that the other reads out; then both sign. If only "
    "one signs, it stays a claim of the caller."};
inline constexpr Msg call_code{"읽어 줄 번호", "Code to read out"};
inline constexpr Msg call_heard{"상대가 읽어 준 번호 (숫자 8자리)", "Code that the other side reads out (8 digits)"};
inline constexpr Msg call_number{"걸 번호", "Number to call"};
inline constexpr Msg call_recorded{"기록된 통화", "Recorded calls"};
inline constexpr Msg call_none{"아직 없습니다.", "None yet."};
inline constexpr Msg call_ours{"우리 쪽", "Our side"};
inline constexpr Msg call_theirs{"상대 쪽", "The other side"};
inline constexpr Msg call_proven{"양쪽의 번호가 맞물립니다. 통화가 증명됩니다.",
                                 "The codes of both sides cross: the call is proven."};
inline constexpr Msg call_claimed{"한쪽의 기록뿐입니다. 전화한 쪽의 주장입니다.",
                                  "One side's record only: claimed by the caller."};

// Duty
inline constexpr Msg duty_title{"당직", "Duty rota"};
inline constexpr Msg duty_lead{"당직이 시작되기 전에 기록된 표만 증거가 됩니다.",
                               "Only a rota that is recorded before it begins proves who was on duty."};
inline constexpr Msg duty_table{"당직표", "Who is on duty"};
inline constexpr Msg duty_none{"당직표가 없습니다.", "There is no rota."};
inline constexpr Msg duty_now{"지금", "Now"};
inline constexpr Msg duty_afterwards{"시작된 뒤에 기록됨", "Recorded after it had begun"};
inline constexpr Msg duty_new{"새 당직표", "New rota"};
inline constexpr Msg f_agreement{"협정", "Agreement"};
inline constexpr Msg f_from{"부터 (한국 시각)", "From (Korean time)"};
inline constexpr Msg f_until{"까지 (한국 시각)", "Until (Korean time)"};
inline constexpr Msg f_officers{"담당관", "Officers"};
inline constexpr Msg f_deputies{"대리", "Deputies"};
inline constexpr Msg only_representatives{"대표만 서명할 수 있습니다.", "Only representatives can sign this."};
inline constexpr Msg col_party{"어느 쪽", "Party"};
inline constexpr Msg proceed{"서명할 글 만들기", "Make the text to sign"};

// Statements
inline constexpr Msg statements_title{"공개 발언", "Public statements"};
inline constexpr Msg statements_lead{
    "공개적으로 한 말을 정해진 코드로 기록합니다. 증거와 견주는 것은 누구나 할 수 있습니다.",
    "What a party says in public, as fixed codes. Anybody can hold the evidence against it."};
inline constexpr Msg statements_table{"기록된 발언", "Statements on record"};
inline constexpr Msg statements_none{"기록된 발언이 없습니다.", "No statement is on record."};
inline constexpr Msg statement_new{"발언 기록하기", "Record a statement"};
inline constexpr Msg f_claim{"무엇이라고 말했나", "What was said"};
inline constexpr Msg f_about{"어느 통보", "About"};
inline constexpr Msg about_all{"이 협정의 모든 통보", "Every notice of the agreement"};
inline constexpr Msg f_time{"그때 (한국 시각)", "By then (Korean time)"};
inline constexpr Msg f_words{"말한 그대로", "In words, as they were said"};
inline constexpr Msg f_source{"어디서", "Where"};

// Keys
inline constexpr Msg keys_title{"협정과 키", "Agreements and keys"};
inline constexpr Msg agreement_in_effect{"효력 있음", "In effect"};
inline constexpr Msg agreement_waiting{"서명이 모자람", "Signatures are missing"};
inline constexpr Msg keys_table{"키", "Keys"};
inline constexpr Msg col_key{"키 이름", "Name of the key"};
inline constexpr Msg col_part{"쓰임", "Used for"};
inline constexpr Msg col_duty{"맡은 일", "Duty"};
inline constexpr Msg col_live{"상태", "State"};
inline constexpr Msg key_live{"유효", "Live"};
inline constexpr Msg key_removed{"빠짐", "Removed"};
inline constexpr Msg terms{"협정의 조건", "Terms"};
inline constexpr Msg3 terms_line{
    "중계소 정족수 {0}, 입회 서버 정족수 {1}, 적어도 {2}초마다 입회",
    "{0} relays must hold a notice; {1} witnesses give times; every log is witnessed at least every {2} s"};
inline constexpr Msg received_available{
    "중계소 정족수가 가지면 받은 것으로 봅니다.",
    "A notice counts as received once enough relays hold it, whether anybody looks or not."};
inline constexpr Msg received_receipt{"받는 기관의 기계가 열면 받은 것으로 봅니다.",
                                      "A notice counts as received once the institution's machine has opened it."};
inline constexpr Msg key_change{"키 바꾸기", "Change a key"};
inline constexpr Msg f_part{"무슨 키", "Which kind of key"};
inline constexpr Msg f_add{"더할 키 (공개키 한 줄)", "Key to add (its public line)"};
inline constexpr Msg f_remove{"뺄 키 (공개키 한 줄)", "Key to remove (its public line)"};
inline constexpr Msg f_key_reason{"사유 (공개)", "Reason (public)"};

// Board
inline constexpr Msg board_title{"기관별 현황", "Board of institutions"};
inline constexpr Msg board_lead{"누가 받았고, 누가 확인했고, 누가 늦는지.",
                                "Who has it, who acknowledged it, who is late."};
inline constexpr Msg board_groups{"여러 곳에 보낸 통보", "Notices to many"};
inline constexpr Msg board_all{"모든 통보", "All notices"};
inline constexpr Msg board_csv{"CSV", "CSV"};
inline constexpr Msg board_pdf{"PDF", "PDF"};
inline constexpr Msg board_table{"기관과 상태", "Institutions and their state"};
inline constexpr Msg board_chart{"상태별 기관 수", "How many in each state"};
inline constexpr Msg1 sent_by{"보낸 사람: {0}", "Sent by {0}"};
inline constexpr Msg1 of_many{"{0}곳", "{0} institutions"};

// Public
inline constexpr Msg public_title{"통보의 공개 현황", "Notices in public figures"};
inline constexpr Msg public_lead_line{"내용 없이 수와 시간만 있습니다. 때는 이 서버의 시계로 잰 것입니다.",
                                      "Counts and times without contents. Times are by this server's own clock."};
inline constexpr Msg p_notices{"통보", "Notices"};
inline constexpr Msg p_received{"기계가 받음", "Received by machine"};
inline constexpr Msg p_acknowledged{"사람이 확인함", "Acknowledged by a person"};
inline constexpr Msg p_answered{"답변함", "Answered"};
inline constexpr Msg p_refused{"거절함", "Refused"};
inline constexpr Msg p_closed{"종결됨", "Closed"};
inline constexpr Msg p_late{"기한을 넘긴 것", "Past a deadline"};
inline constexpr Msg p_silences{"기록된 침묵", "Silences recorded"};
inline constexpr Msg p_escalations{"자동으로 넘김", "Passed on by itself"};
inline constexpr Msg p_calls{"통화 기록", "Calls recorded"};
inline constexpr Msg p_statements{"공개 발언", "Public statements"};
inline constexpr Msg p_clocks{"걸린 시간", "How long it took"};
inline constexpr Msg p_clocks_table{"받은 것으로 된 때부터 걸린 시간", "From when a notice counts as received"};
inline constexpr Msg col_median{"가운데값", "Median"};
inline constexpr Msg col_worst{"가장 오래", "Longest"};
inline constexpr Msg col_number{"건수", "How many"};
inline constexpr Msg p_logs{"로그", "Logs"};
inline constexpr Msg p_logs_table{"로그와 입회", "Logs and who witnessed them"};
inline constexpr Msg col_log{"로그", "Log"};
inline constexpr Msg col_size{"기록 수", "Records"};
inline constexpr Msg col_root{"해시", "Hash"};
inline constexpr Msg col_cosigned{"입회", "Witnessed"};
inline constexpr Msg log_copy{"이 서버가 가진 사본", "A copy, as this node has it"};
inline constexpr Msg log_forked{"두 역사가 있음", "There are two histories of it"};
inline constexpr Msg2 cosigned{"{1}곳 가운데 {0}곳", "{0} of {1}"};
inline constexpr Msg p_agreements{"협정별", "By agreement"};
inline constexpr Msg p_agreements_table{"협정별 수", "Counts of each agreement"};
inline constexpr Msg col_agreement{"협정", "Agreement"};
inline constexpr Msg p_check{"이 로그는 누구나 내려받아 확인할 수 있습니다:",
                             "Anybody can fetch this log and check it:"};
inline constexpr Msg unit_seconds{"초", "s"};
inline constexpr Msg unit_minutes{"분", "min"};
inline constexpr Msg unit_hours{"시간", "h"};
inline constexpr Msg unit_days{"일", "days"};

inline constexpr Msg error_title{"할 수 없습니다", "This cannot be done"};
inline constexpr Msg error_nothing{"아무것도 바뀌지 않았습니다.", "Nothing was changed."};

}  // namespace scrutineer::ui::notice
