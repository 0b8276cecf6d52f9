// Contents under seal between what people type, what is sealed, and what pages show. Private to app/server. No error
// from here quotes what was typed or opened.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/http/message.h"
#include "app/notice/content.h"
#include "app/ui/notice_model.h"

namespace scrutineer {

inline constexpr std::size_t kFormFiles = 32;

// What a form says, with everything that is wrong with it, by field and line.
struct ReadReport {
  AttackReport report;
  std::vector<ui::FormProblem> problems;
};
ReadReport read_report_form(const ui::NoticeForm& form, const std::string& reporter);
ui::NoticeForm read_notice_form(const std::vector<http::Field>& fields);

// What kind of indicator this is, defanged or not, and its real value; nullopt: none that is known.
std::optional<ReportIndicator> indicator_of(std::string_view text);

// Files of a form, as they will be sealed. Errors: limit_exceeded; invalid_argument (a name twice, or none).
Result<std::vector<PayloadFile>> read_files(std::vector<http::FormPart>& parts, std::string_view field);

ui::NoticeContent shown_content(const OpenedNotice& opened);
ui::NoticeContent shown_content(const AttackReport& report, const NoticeContent& sealed);
ui::AnswerContent shown_answer(const AnswerReport& answer, AnswerStage stage, const std::vector<PayloadFile>& files);
// What a later version begins with: the form that would have given these contents.
ui::NoticeForm form_of(const AttackReport& report);

// kind,value,note: for the institution's own tools.
std::string indicators_csv(const ui::NoticeContent& content);

}  // namespace scrutineer
