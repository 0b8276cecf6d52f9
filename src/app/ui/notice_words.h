// Words for the codes of records about notices, and the small pieces that several of their pages have.
#pragma once

#include "app/ui/desk_frame.h"
#include "app/ui/html.h"
#include "app/ui/notice_messages.h"
#include "app/ui/notice_model.h"

namespace scrutineer::ui {

// Sets of codes; one that is not known is written as it is.
enum class NoticeWord : std::uint8_t {
  kind,
  change,
  step,
  stage,
  outcome,
  refusal,
  escalate,
  channel,
  type,
  trouble,
  claim,
  attack,
  indicator,
  affected,
  closing,
  part,
  field,
  party,
};
void notice_word(Html& h, NoticeWord set, std::string_view code);
std::string_view notice_word(NoticeWord set, std::string_view code, Lang lang);
// The codes of a set, in the order in which a form offers them.
std::span<const std::string_view> notice_codes(NoticeWord set);

const Msg& word(NoticeState state);
const Msg& word(NoticeRole role);
std::string_view notice_state_code(NoticeState state);  // "not-opened"
std::optional<NoticeState> notice_state_of(std::string_view code);
void notice_chip(Html& h, NoticeState state);

// "4 min left" or "12 min late", by the largest unit that says enough.
void time_left(Html& h, const NoticeClock& clock);
void clock_chip(Html& h, const NoticeClock& clock);
void duration(Html& h, std::int64_t seconds);

// ---- Frame ----

enum class NoticeSection : std::uint8_t { none, list, compose, board, duty, statements, keys, everybody };
void open_notice(Html& h, const NoticeFrame& frame, std::string_view title, NoticeSection section,
                 bool refreshes = false, DeskLayout layout = DeskLayout::page);
// "3f2a 91c0", kind, state and the other party, under the h1.
void notice_line(Html& h, const NoticeRow& row);
// <a href="/desk/notice?id=...">
void notice_address(Html& h, Markup page, std::string_view id);
void back_link(Html& h, std::string_view id);

// Form pieces. A select of a set of codes; a problem beside its field.
void code_select(Html& h, Markup name, const Msg& label, NoticeWord set, std::string_view chosen);
void form_problems(Html& h, std::span<const FormProblem> problems);
struct TextInput {
  Markup name;
  const Msg& label;
  std::string_view value;
  const Msg* hint = nullptr;
  bool required = false;
  std::size_t rows = 0;  // 0: one line
};
void text_input(Html& h, const TextInput& input, std::span<const FormProblem> problems = {});
// <form method=post enctype=multipart/form-data ...> with csrf; the caller closes it.
void open_file_form(Html& h, const NoticeFrame& frame, Markup action, std::initializer_list<Hidden> hidden);

// What is under seal, as pages and previews show it.
void notice_content(Html& h, const NoticeContent& content, std::string_view id);
void answer_content(Html& h, const AnswerContent& content, std::string_view id);
// The form that signs a draft; `title` is the caller's.
void to_sign_form(Html& h, const NoticeFrame& frame, const NoticeToSign& page);
const Msg& meaning_of(std::string_view type);

}  // namespace scrutineer::ui
