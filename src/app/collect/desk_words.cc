// What the desk says to people, in both languages.
#include <algorithm>

#include "app/collect/desk_state.h"

namespace scrutineer {
namespace {

// What parts below say in English only.
std::string_view general_ko(ErrorCode code) {
  switch (code) {
    case ErrorCode::unauthorised: return "이 열쇠로는 할 수 없는 일입니다.";
    case ErrorCode::bad_signature: return "서명이 맞지 않습니다.";
    case ErrorCode::not_found: return "찾을 수 없습니다.";
    case ErrorCode::conflict: return "이미 있는 것과 어긋납니다.";
    case ErrorCode::limit_exceeded: return "정해진 한도를 넘었습니다.";
    case ErrorCode::disk_full:
      return "저장 공간이 없습니다. 자리를 만든 뒤 다시 하십시오. 저장된 것은 그대로 있습니다.";
    case ErrorCode::io_error: return "저장할 수 없어 멈추었습니다. 관리자를 부르십시오. 확인된 것은 그대로 있습니다.";
    case ErrorCode::busy: return "지금은 바쁩니다. 잠시 뒤 다시 하십시오.";
    default: return "받을 수 없는 내용입니다.";
  }
}

}  // namespace

DeskRefusal::DeskRefusal(Error below)
    : error(std::move(below)), sentence{std::string(general_ko(error.code)), error.message} {}

DeskRefusal words_of(CountRefusal refusal) {
  using enum CountRefusal;
  switch (refusal) {
    case busy:
      return {ErrorCode::conflict, "지금 다른 사람이 이 개표상황표를 입력하고 있습니다. 다른 것을 고르십시오.",
              "somebody else is entering this sheet now; choose another one"};
    case nothing_to_enter:
      return {ErrorCode::conflict, "지금은 이 개표상황표에 입력할 것이 없습니다.",
              "there is nothing to enter for this sheet now"};
    case same_person:
      return {ErrorCode::conflict, "이미 이 개표상황표를 입력한 사람입니다. 다른 사람이 종이에서 읽어야 합니다.",
              "you have entered this sheet already, under this or another name; another person has to read the paper"};
    case wrong_entry:
      return {ErrorCode::not_found, "그런 입력은 없습니다. 처음 화면에서 다시 여십시오.",
              "there is no such entry in progress; open the sheet again from the first page"};
    case incomplete:
      return {ErrorCode::conflict, "아직 채우지 않았거나 고쳐야 할 칸이 있습니다.",
              "a field is not filled in yet or cannot stand"};
    case not_prepared:
      return {ErrorCode::conflict, "서명할 내용을 먼저 화면에서 확인하십시오.", "look at what is to be signed first"};
    case live_running:
      return {ErrorCode::conflict, "공개 개표를 먼저 마치고 확인을 받으십시오.",
              "end the live count first, and have the second person confirm it"};
    case no_live_count:
      return {ErrorCode::conflict, "진행 중인 공개 개표가 없습니다.", "no live count is running here"};
    case nothing_to_undo: return {ErrorCode::conflict, "되돌릴 것이 없습니다.", "there is nothing to take back"};
    case checker_is_recorder:
      return {ErrorCode::conflict, "기록한 사람이 아닌 다른 사람이 확인해야 합니다.",
              "somebody else than the recorder has to confirm it"};
    case not_agreed:
      return {ErrorCode::conflict, "두 사람의 입력이 아직 같지 않습니다.", "the entries do not agree yet"};
    case too_many_rounds:
      return {ErrorCode::limit_exceeded, "이 개표상황표를 너무 여러 번 입력했습니다. 종이를 함께 보고 이야기하십시오.",
              "this sheet has been entered too many times; look at the paper together"};
    case malformed: return {ErrorCode::invalid_argument, "이 양식에 없는 칸입니다.", "this form has no such field"};
  }
  __builtin_unreachable();
}

ui::Bilingual words_of(TypedProblem problem) {
  switch (problem) {
    case TypedProblem::empty:
      return {"종이에 있는 수를 적으십시오. 종이의 칸이 비어 있으면 - 를 적으십시오.",
              "Type what the paper says; where the paper leaves it empty, type -"};
    case TypedProblem::no_number: return {"숫자만 적으십시오.", "Digits only, please"};
    case TypedProblem::too_large:
      return {"너무 큰 수입니다. 종이를 다시 보십시오.", "This is too large; please look at the paper again"};
    case TypedProblem::must_be_told:
      return {"이 칸에는 수가 있어야 합니다. 한 표도 없으면 0을 적으십시오.",
              "A figure is needed here; where there is none, type 0"};
    case TypedProblem::no_time: return {"시각을 21:40처럼 적으십시오.", "Type a time such as 21:40"};
  }
  __builtin_unreachable();
}

ui::Bilingual title_of(FormPart part) {
  switch (part) {
    case FormPart::ballots: return {"선거인과 투표용지", "Electors and ballots"};
    case FormPart::machine: return {"투표지분류기", "The sorter's column"};
    case FormPart::hand: return {"심사·집계한 사람들", "People's columns"};
    case FormPart::votes: return {"득표수와 유효·무효", "Votes, valid and invalid"};
    case FormPart::times: return {"개표 시각", "Times of the count"};
  }
  __builtin_unreachable();
}

ui::Bilingual label_of(Ask ask) {
  switch (ask) {
    case Ask::electors: return {"선거인수", "Electors"};
    case Ask::ballots_issued: return {"투표용지 교부수", "Ballots issued"};
    case Ask::ballots_cast: return {"투표수", "Ballots cast"};
    case Ask::machine_sorted: return {"분류된 투표지", "Sorted by the machine"};
    case Ask::machine_to_recheck: return {"재확인 대상", "Sent to re-check"};
    case Ask::hand_from_sorted: return {"분류된 것에서", "From the sorted pile"};
    case Ask::hand_from_recheck: return {"재확인 대상에서", "From the re-check pile"};
    case Ask::votes: return {"득표수", "Votes"};
    case Ask::valid: return {"유효투표수", "Valid"};
    case Ask::invalid: return {"무효투표수", "Invalid"};
    case Ask::blank: return {"백지 투표수", "Blank"};
    case Ask::count_began: return {"개표 시작 시각", "Count began"};
    case Ask::count_ended: return {"개표 종료 시각", "Count ended"};
  }
  __builtin_unreachable();
}

// Where the figures stand that a rule is about, as far as one section can be named.
std::size_t section_of(RuleCode code, const CountForm& form) {
  FormPart part = FormPart::votes;
  switch (code) {
    case RuleCode::cast_exceeds_issued:
    case RuleCode::issued_cast_difference:
    case RuleCode::nobody_voted:
    case RuleCode::no_electors:
    case RuleCode::more_ballots_than_electors:
    case RuleCode::unlike_concurrent_contest: part = FormPart::ballots; break;
    case RuleCode::announced_before_close:
    case RuleCode::faster_than_machine: part = FormPart::times; break;
    default: break;
  }
  for (std::size_t i = 0; i < form.sections.size(); ++i)
    if (form.sections[i].part == part) return i;
  return 0;
}

tl::unexpected<DeskRefusal> refuse_role() {
  return refuse(ErrorCode::unauthorised,
                "이 투표구에서 이 일을 할 권한이 지금 없습니다. 권한은 관리자가 기록으로 줍니다.",
                "you hold no role here now that may do this; a coordinator grants roles by a record");
}

tl::unexpected<DeskRefusal> refuse_signature() {
  return refuse(ErrorCode::bad_signature,
                "서명이 화면에 보인 내용과 맞지 않습니다. 화면을 다시 열어 내용을 확인한 뒤 서명하십시오.",
                "the signature is not over the text that you were shown; open the page again, read it, and sign");
}

bool is_plain_text(std::string_view text, std::size_t limit) {
  return text.size() <= limit && is_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
           auto byte = static_cast<unsigned char>(c);
           return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7F;
         });
}

std::string without_cr(std::string text) {
  std::erase(text, '\r');
  return text;
}

std::string with_query(std::string path, const DeskCell& cell) {
  auto put = [&](std::string_view name, std::string_view text) {
    path += name;
    for (char c : text) {
      bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                   c == '.' || c == '~';
      if (plain)
        path += c;
      else
        path += "%" + to_hex(BytesView(&c, 1));
    }
  };
  put("?unit=", cell.unit);
  if (!cell.contest.empty()) put("&contest=", cell.contest);
  return path;
}

}  // namespace scrutineer
