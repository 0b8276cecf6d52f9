#include "app/agent/describe.h"

#include <fmt/format.h>

#include "app/ui/number.h"
#include "core/codec/json.h"

namespace scrutineer::agent {
namespace {

struct Word {
  std::string_view name, words;
};

// docs/formats/record.md, docs/formats/sign-in.md. What is not here is shown under its own name.
constexpr Word kTypes[] = {
    {"sign-in", "로그인 · sign in"},
    {"definition", "선거 정의 · definition of an election"},
    {"grant", "권한 부여 · grant"},
    {"revoke", "권한 회수 · revocation"},
    {"compromised", "키 유출 신고 · declaration of a compromised key"},
    {"adopt", "기록 채택 · adoption of a record"},
    {"count-sheet", "개표상황표 · count sheet"},
    {"refusal", "서명 거부 · refusal to sign"},
    {"lot", "추첨 결과 · lots drawn"},
    {"result-claim", "결과 공표 · claim of results"},
    {"entry", "개표상황표 입력 · entry of a sheet"},
    {"acceptance", "표시된 문제의 수용 · acceptance of a flagged problem"},
    {"remark", "의견 · remark"},
    {"attachment", "첨부 · attachment"},
    {"custody", "보관·이송 기록 · chain of custody"},
    {"independent-tally", "독자 집계 · independent tally"},
};
constexpr Word kMembers[] = {
    {"server", "서버 · server"},
    {"key", "키 · key"},
    {"at", "시각 · time"},
    {"election", "선거 · election"},
    {"unit", "개표단위 · unit"},
    {"contest", "선거구분 · contest"},
    {"how", "개표 방법 · how counted"},
    {"electors", "선거인수 · electors"},
    {"ballots_issued", "투표용지 교부수 · ballots issued"},
    {"ballots_cast", "투표수 · ballots cast"},
    {"valid", "유효투표수 · valid votes"},
    {"invalid", "무효투표수 · invalid votes"},
    {"blank", "기표 없는 표 · blank votes"},
    {"votes", "득표수 · votes"},
    {"machine", "기계가 센 것 · counted by machine"},
    {"hand", "사람이 센 것 · counted by hand"},
    {"sorted", "분류된 것 · sorted"},
    {"to_recheck", "재확인 대상 · to be checked again"},
    {"from_sorted", "분류된 것에서 · from the sorted piles"},
    {"from_recheck", "재확인 대상에서 · from the re-check pile"},
    {"count_began", "개표 시작 · count began"},
    {"count_ended", "개표 종료 · count ended"},
    {"announced", "공표 시각 · announced"},
    {"replaces", "대체하는 기록 · replaces"},
    {"reason", "사유 · reason"},
    {"of", "대상 기록 · about record"},
    {"role", "역할 · role"},
    {"scope", "범위 · scope"},
    {"units", "개표단위 · units"},
    {"contests", "선거구분 · contests"},
    {"as_of", "기준 기록 수 · as of so many records"},
    {"files", "파일 · files"},
    {"note", "설명 · note"},
};

template <std::size_t Size>
std::string words_of(const Word (&table)[Size], std::string_view name) {
  for (const Word& word : table)
    if (word.name == name) return std::string(word.words);
  return harmless(name);
}

std::string scalar(const JsonValue& value) {
  std::string out;
  if (auto text = value.as_string()) return harmless(*text);
  if (auto number = value.as_integer()) return ui::append_grouped(out, *number), out;
  if (auto boolean = value.as_boolean()) return *boolean ? "예 · yes" : "아니요 · no";
  return "—";
}

class Lines {
 public:
  void add(std::size_t depth, std::string line) {
    if (lines_.size() < kLinesShown)
      lines_.push_back(std::string(2 * depth, ' ') + std::move(line));
    else
      ++left_out_;
  }

  // One line a figure; what holds others stands above them.
  void add(std::size_t depth, const std::string& label, const JsonValue& value) {
    if (!value.is_object() && !value.is_array()) return add(depth, label + ": " + scalar(value));
    add(depth, label + (value.size() == 0 ? ": —" : ":"));
    std::size_t number = 0;
    for (JsonValue child : value)
      add(depth + 1, value.is_object() ? words_of(kMembers, child.name()) : std::to_string(++number), child);
  }

  std::vector<std::string> take() {
    if (left_out_ > 0)
      lines_.push_back(fmt::format("!! {0}줄은 표시하지 않았습니다 · {0} more lines are not shown", left_out_));
    return std::move(lines_);
  }

 private:
  std::vector<std::string> lines_;
  std::size_t left_out_ = 0;
};

// U+200E/F, U+202A-E, U+2066-9 turn what follows; U+0080-9F are control characters too.
bool turns_or_controls(std::string_view two_or_three) {
  auto byte = [&](std::size_t i) { return i < two_or_three.size() ? static_cast<unsigned char>(two_or_three[i]) : 0u; };
  if (byte(0) == 0xc2) return byte(1) >= 0x80 && byte(1) <= 0x9f;
  if (byte(0) != 0xe2) return false;
  if (byte(1) == 0x80) return byte(2) == 0x8e || byte(2) == 0x8f || (byte(2) >= 0xa8 && byte(2) <= 0xae);
  return byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9;
}

}  // namespace

std::string harmless(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7f) {
      out += fmt::format("\\u{:04x}", c);
    } else if (turns_or_controls(text.substr(i, 3))) {
      unsigned second = static_cast<unsigned char>(text[i + 1]);
      unsigned code =
          c == 0xc2 ? second : 0x2000u + ((second & 0x3f) << 6) + (static_cast<unsigned char>(text[i + 2]) & 0x3f);
      out += fmt::format("\\u{:04x}", code);
      i += c == 0xc2 ? 1 : 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

Result<std::vector<std::string>> describe(std::string_view text) {
  std::size_t end = text.find('\n');
  if (end == text.npos) return fail(ErrorCode::malformed, "a text to sign has two lines");
  SCRUTINEER_TRY(Json json, Json::parse(text.substr(end + 1)));
  std::string_view type = text.substr(0, end);
  type.remove_prefix(std::min(type.find('/'), type.size() - 1) + 1);
  Lines lines;
  lines.add(0, words_of(kTypes, type.substr(0, type.find('/'))));
  for (JsonValue member : json.root()) lines.add(1, words_of(kMembers, member.name()), member);
  return lines.take();
}

}  // namespace scrutineer::agent
