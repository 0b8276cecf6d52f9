// The pages of a node of the exchange of notices: pure functions from the model to a whole HTML page. Thread-safe.
// Forms post back to the addresses in docs/formats/notice-pages.md. Everything but signing works without scripts.
#pragma once

#include <string>

#include "app/ui/notice_model.h"

namespace scrutineer::ui {

std::string render_notice_sign_in(const NoticeFrame& frame, const NoticeSignIn& page);
std::string render_notice_error(const NoticeFrame& frame, int status, const DeskMessage& message);
std::string render_notice_list(const NoticeFrame& frame, const NoticeList& page);
std::string render_notice_board(const NoticeFrame& frame, const NoticeBoard& page);
std::string render_notice(const NoticeFrame& frame, const NoticePage& page);
std::string render_notice_reading(const NoticeFrame& frame, const NoticeReading& page);
std::string render_answer_reading(const NoticeFrame& frame, const AnswerReading& page);
std::string render_compose(const NoticeFrame& frame, const ComposePage& page);
std::string render_to_sign(const NoticeFrame& frame, const NoticeToSign& page);
std::string render_answer_form(const NoticeFrame& frame, const AnswerForm& page);
std::string render_refuse(const NoticeFrame& frame, const RefuseForm& page);
std::string render_call(const NoticeFrame& frame, const CallPage& page);
std::string render_duty(const NoticeFrame& frame, const DutyPage& page);
std::string render_statements(const NoticeFrame& frame, const StatementsPage& page);
std::string render_keys(const NoticeFrame& frame, const KeysPage& page);
std::string render_notice_public(const NoticeFrame& frame, const NoticePublic& page);

// After desk.css in the same file.
std::string_view notice_style_sheet();

}  // namespace scrutineer::ui
