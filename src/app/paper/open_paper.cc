// From a code back to what it names.
#include <algorithm>

#include "app/paper/models.h"

namespace scrutineer::paper {
namespace {

constexpr const char* kDiffersKo = "종이와 로그가 다릅니다: ";
constexpr const char* kDiffersEn = "The paper and the log differ: ";

void open_printed(const PaperCode& code, const ElectionFold& fold, OpenedPaper& opened) {
  const RecordStates& records = fold.book().records();
  for (RecordIndex i = 0; i < records.size() && !opened.record; ++i)
    if (paper_hash(records.id(i)) == code.hash) opened.record = i;
  if (!opened.record) {
    opened.sentence = {std::string(kDiffersKo) + "이 종이가 가리키는 기록이 로그에 없습니다.",
                       std::string(kDiffersEn) + "the log does not hold the record that the paper names."};
    return;
  }
  const RecordState record = records[*opened.record];
  if (!record.target || record.target->contest != opened.contest ||
      record.target->units != UnitRange{*opened.unit, *opened.unit + 1}) {
    opened.sentence = {std::string(kDiffersKo) + "그 기록은 다른 투표구 또는 다른 선거에 관한 것입니다.",
                       std::string(kDiffersEn) + "that record is about another unit or contest."};
    return;
  }
  opened.agrees = true;
  Bilingual status = sheet_status(fold, record);
  opened.sentence = {"이 종이는 로그의 기록을 인쇄한 것입니다: " + status.ko + ". 숫자를 견주어 보십시오.",
                     "The paper was printed from this record of the log: " + status.en + ". Compare the figures."};
}

void open_blank(const PaperCode& code, const ElectionFold& fold, OpenedPaper& opened) {
  const Election& election = fold.tally().election();
  opened.record = fold.tally().current(opened.contest, *opened.unit);
  opened.agrees = blank_sheet(election, opened.contest, *opened.unit).head.code == code;
  if (!opened.agrees)
    opened.sentence = {std::string(kDiffersKo) + "이 선거의 양식이 아닙니다(후보자 또는 순서가 다름).",
                       std::string(kDiffersEn) + "this is not this election's form (other options or order)."};
  else if (opened.record)
    opened.sentence = {"손으로 적은 양식입니다. 이 투표구의 기록이 로그에 있습니다. 숫자를 견주어 보십시오.",
                       "A form filled by hand. The log holds a record of this unit: compare the figures."};
  else
    opened.sentence = {"손으로 적은 양식입니다. 이 투표구의 기록은 아직 로그에 없습니다.",
                       "A form filled by hand. The log holds no record of this unit yet."};
}

}  // namespace

Result<OpenedPaper> open_paper(const PaperCode& code, const ElectionFold& fold, std::string_view origin) {
  const Election& election = fold.tally().election();
  if (code.election != paper_prefix(election.id()))
    return fail(ErrorCode::conflict, "this paper belongs to another election", code.election);
  OpenedPaper opened;
  const auto& contests = election.contests();
  auto contest = std::find_if(contests.begin(), contests.end(),
                              [&](const Contest& c) { return paper_token(c.definition.id.value()) == code.contest; });
  if (contest == contests.end()) return fail(ErrorCode::not_found, "the election has no such contest", code.contest);
  opened.contest = static_cast<ContestIndex>(contest - contests.begin());

  if (code.kind == PaperKind::sheet || code.kind == PaperKind::blank) {
    const auto& units = election.tree().units();
    auto unit =
        std::find_if(units.begin(), units.end(), [&](const Unit& u) { return paper_token(u.id.value()) == code.unit; });
    if (unit == units.end()) return fail(ErrorCode::not_found, "the election has no such unit", code.unit);
    opened.unit = static_cast<UnitIndex>(unit - units.begin());
    if (code.kind == PaperKind::sheet)
      open_printed(code, fold, opened);
    else
      open_blank(code, fold, opened);
    return opened;
  }
  const auto& areas = election.tree().areas();
  auto area = std::find_if(areas.begin(), areas.end(), [&](const Area& a) { return paper_token(a.path) == code.unit; });
  if (area == areas.end()) return fail(ErrorCode::not_found, "the election has no such area", code.unit);
  opened.area = static_cast<AreaIndex>(area - areas.begin());
  PaperCode now = code.kind == PaperKind::units
                      ? unit_list(fold, opened.contest, *opened.area, *code.as_of, origin).head.code
                      : summary(fold, opened.contest, *opened.area, *code.as_of, origin).head.code;
  opened.agrees = now == code;
  opened.sentence = opened.agrees
                        ? Bilingual{"로그가 같은 시점에 말하는 것과 같습니다.", "The log, as of then, says the same."}
                        : Bilingual{std::string(kDiffersKo) + "그 시점의 로그에서 나온 것이 아닙니다.",
                                    std::string(kDiffersEn) + "it does not follow from the log as of then."};
  return opened;
}

}  // namespace scrutineer::paper
