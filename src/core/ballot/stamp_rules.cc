#include "core/ballot/stamp_rules.h"

#include <iterator>

namespace scrutineer {
namespace {

constexpr std::string_view kCases[] = {
    "clean",         "light",         "partial",       "filled",        "repeated",         "smeared",
    "fold_transfer", "touching_line", "extra_outside", "beside_column", "two_boxes",        "straddling",
    "outside_only",  "no_stamp",      "other_tool",    "added_writing", "unofficial_paper", "publicly_shown",
    "seal_missing",  "serial_left",   "mirror_only"};
static_assert(std::size(kCases) == kStampCases);

constexpr std::string_view kVerdicts[] = {"valid", "invalid", "people"};

constexpr std::string_view kFrom = "2020-01-01";  // earlier elections: nobody has entered their rules
constexpr std::string_view kAct = "Public Official Election Act art. 179";
constexpr StampVerdict kValid = StampVerdict::valid, kInvalid = StampVerdict::invalid, kPeople = StampVerdict::people;

// Public Official Election Act art. 179 (1): invalid papers; (4): what does not make a paper invalid. No row lets a
// machine say "invalid": what looks invalid goes to people, and so does what depends on how it came about.
constexpr StampRule kRules[] = {
    {StampCase::clean, kFrom, kValid, true, kAct, "한 칸에 기표용구로 한 번 찍은 표", "one official stamp in one box"},
    {StampCase::light, kFrom, kValid, true, kAct, "흐리지만 기표용구로 찍은 것이 명확한 표",
     "a pale print of the official stamp in one box"},
    {StampCase::partial, kFrom, kValid, true, kAct, "기표용구의 일부만 찍힌 표",
     "a part of the official stamp in one box"},
    {StampCase::filled, kFrom, kValid, true, kAct, "기표용구 안이 메워진 표", "the official stamp, filled with ink"},
    {StampCase::repeated, kFrom, kValid, true, kAct, "한 칸에 두 번 이상 찍은 표",
     "several official stamps in one box"},
    {StampCase::smeared, kFrom, kValid, false, kAct, "인주가 번졌으나 누구에게 찍었는지 명확한 표",
     "a smeared stamp that shows whom it is for"},
    {StampCase::fold_transfer, kFrom, kValid, true, kAct, "접혀서 다른 곳에 뒤집혀 묻어난 표",
     "a mirror print elsewhere, from folding"},
    {StampCase::touching_line, kFrom, kValid, true, kAct, "선에 걸쳤으나 다른 칸에 닿지 않은 표",
     "a stamp over a line that is in one box only"},
    {StampCase::extra_outside, kFrom, kValid, false, kAct, "한 칸에 찍고 칸 밖에도 찍은 표",
     "a stamp in one box and one more outside all boxes"},
    {StampCase::beside_column, kFrom, kPeople, false, "not in the rules that were entered",
     "기표란이 아니라 기호·정당·성명 위에 찍은 표", "a stamp over an option's number, party or name"},
    {StampCase::two_boxes, kFrom, kInvalid, false, kAct, "두 칸 이상에 찍은 표", "stamps in two boxes"},
    {StampCase::straddling, kFrom, kInvalid, false, kAct, "두 칸에 걸쳐 찍은 표", "one stamp across two boxes"},
    {StampCase::outside_only, kFrom, kInvalid, false, kAct, "어느 칸에도 찍지 않은 표", "no stamp in any box"},
    {StampCase::no_stamp, kFrom, kInvalid, false, kAct, "아무것도 찍지 않은 표", "no stamp at all"},
    {StampCase::other_tool, kFrom, kInvalid, false, kAct, "기표용구가 아닌 것으로 표시한 표",
     "marked with something else than the official stamp"},
    {StampCase::added_writing, kFrom, kInvalid, false, kAct, "기표 외에 글자나 그림을 넣은 표",
     "letters or drawings besides the stamp"},
    {StampCase::unofficial_paper, kFrom, kInvalid, false, kAct, "정규의 투표용지가 아닌 것", "not an official paper"},
    {StampCase::publicly_shown, kFrom, kInvalid, false, "Public Official Election Act art. 167",
     "공개된 투표지로 표시된 것", "a ballot stamped as publicly shown"},
    {StampCase::seal_missing, kFrom, kPeople, false, kAct, "투표관리관의 도장이 없는 것",
     "the officer's seal is missing"},
    {StampCase::serial_left, kFrom, kPeople, false, kAct, "일련번호를 떼지 않은 것",
     "the stub with the serial number was not cut off"},
    {StampCase::mirror_only, kFrom, kPeople, false, "not in the rules that were entered", "뒤집힌 자국만 있는 것",
     "a mirror print without a stamp that it could come from"},
};
static_assert(std::size(kRules) >= kStampCases);

}  // namespace

std::span<const StampRule> stamp_rules() {
  return kRules;
}

const StampRule* stamp_rule(StampCase what, std::string_view date) {
  const StampRule* found = nullptr;
  for (const StampRule& rule : kRules)
    if (rule.what == what && rule.from <= date && (!found || rule.from > found->from)) found = &rule;
  return found;
}

std::string_view stamp_case_name(StampCase what) {
  return kCases[static_cast<std::size_t>(what)];
}
std::optional<StampCase> stamp_case_of(std::string_view name) {
  for (std::size_t i = 0; i < kStampCases; ++i)
    if (kCases[i] == name) return static_cast<StampCase>(i);
  return std::nullopt;
}
std::string_view stamp_verdict_name(StampVerdict verdict) {
  return kVerdicts[static_cast<std::size_t>(verdict)];
}

}  // namespace scrutineer
