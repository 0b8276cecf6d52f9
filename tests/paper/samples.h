// Forms as an election office would have them, for tests and for looking at.
#pragma once

#include "app/paper/forms.h"
#include "core/crypto/hash.h"

namespace scrutineer::testing {

inline paper::Head sample_head(PaperKind kind) {
  PaperCode code{
      kind, paper_prefix(RecordId{sha256("election")}), paper_token("1101-0305"), "PRES", paper_hash(sha256("record")),
      {}};
  if (kind >= PaperKind::units) code.as_of = 41'207;
  return {{"제21대 대통령선거(모의)", "Presidential election, rehearsal"},
          "2025-06-03",
          true,
          {"대통령", "President"},
          kind >= PaperKind::units ? "서울특별시 종로구" : "사직동 제1투표소 (1101-0305)",
          code};
}

inline std::vector<paper::OptionLine> sample_options(std::size_t count, bool filled) {
  const std::pair<const char*, const char*> names[] = {{"가나당", "김하늘"},
                                                       {"다라당", "이바다"},
                                                       {"마바개혁연대", "박나무"},
                                                       {"사아노동당", "최구름"},
                                                       {"무소속", "남궁강산"}};
  std::vector<paper::OptionLine> lines;
  for (std::size_t i = 0; i < count; ++i) {
    paper::OptionLine line{std::to_string(i + 1), names[i % 5].first, names[i % 5].second, {}, {}, {}, {}};
    if (filled) {
      auto n = static_cast<std::int64_t>(1'237 / (i + 1));
      line.sorted = n;
      line.from_sorted = n - 1;
      line.from_recheck = static_cast<std::int64_t>(i + 12);
      line.votes = *line.from_sorted + *line.from_recheck;
    }
    lines.push_back(line);
  }
  return lines;
}

inline paper::CountSheetForm sample_sheet(std::size_t options, bool filled) {
  paper::CountSheetForm sheet;
  sheet.head = sample_head(filled ? PaperKind::sheet : PaperKind::blank);
  sheet.blank = !filled;
  sheet.area = "서울특별시 종로구 사직동";
  sheet.unit = "사직동 제1투표소";
  sheet.unit_id = "1101-0305";
  sheet.kind = {"선거일 투표소", "Polling day"};
  sheet.options = sample_options(options, filled);
  if (!filled) return sheet;
  sheet.how = paper::How::machine_then_hand;
  sheet.electors = 3'412;
  sheet.issued = 2'871;
  sheet.cast = 2'870;
  sheet.valid = 2'840;
  sheet.invalid = 30;
  sheet.to_recheck = 74;
  sheet.began = "2025-06-03T20:41:00+09:00";
  sheet.ended = "2025-06-03T21:22:00+09:00";
  sheet.announced = "2025-06-03T21:35:00+09:00";
  sheet.signers.push_back({{"위원장", "chair"}, "jongno/chair", "0a1b2c3d"});
  for (int i = 1; i <= 4; ++i)
    sheet.signers.push_back({{"위원", "member"}, "jongno/member-" + std::to_string(i), "5e6f708" + std::to_string(i)});
  sheet.statements.push_back(
      {"jongno/member-5", "재확인 대상 투표지 2매의 판정에 동의하지 않음. 봉투 3번의 봉인이 훼손되어 있었음.", true});
  sheet.record_id = to_hex(sha256("record"));
  sheet.status = {"집계됨", "counted"};
  return sheet;
}

inline paper::UnitListForm sample_units(std::size_t count) {
  paper::UnitListForm list;
  list.head = sample_head(PaperKind::units);
  list.area = "서울특별시 종로구";
  list.as_of = "로그 기록 41,207건까지  As of 41,207 entries of log.example/2025";
  for (std::size_t i = 0; i < count; ++i) {
    bool counted = i % 3 != 1;
    paper::UnitLine unit;
    unit.area = i < count / 2 ? "종로구 사직동" : "종로구 청운효자동";
    unit.name = "제" + std::to_string(i + 1) + "투표소";
    unit.id = "1101-" + std::to_string(300 + i);
    unit.kind = {"선거일 투표소", "Polling day"};
    unit.status = counted ? Bilingual{"집계, 서명됨", "Counted, signed"} : Bilingual{"집계 전", "Not counted yet"};
    unit.open = !counted;
    if (counted) {
      unit.cast = 2'870 + static_cast<std::int64_t>(i);
      unit.valid = 2'840 + static_cast<std::int64_t>(i);
      unit.invalid = 30;
      unit.record = "9f86d081884c";
    }
    list.counted += counted;
    list.units.push_back(unit);
  }
  return list;
}

inline paper::SummaryForm sample_summary(std::size_t options) {
  paper::SummaryForm form;
  form.head = sample_head(PaperKind::summary);
  form.area = "서울특별시";
  form.as_of = "로그 기록 41,207건까지  As of 41,207 entries of log.example/2025";
  form.options = sample_options(options, false);
  form.total = {form.area, 2'240, 2'260, 8'382'999, 6'698'232, 6'640'000, 58'232, {}};
  for (std::size_t i = 0; i < options; ++i) {
    form.options[i].votes = static_cast<std::int64_t>(3'100'000 / (i + 1) / (i + 1));
    form.total.votes.push_back(form.options[i].votes);
  }
  for (const char* name : {"종로구", "중구", "용산구", "성동구", "광진구", "동대문구", "중랑구", "성북구"}) {
    paper::AreaLine line{name, 96, 98, 128'413, 102'881, 102'010, 871, {}};
    for (std::size_t i = 0; i < options; ++i) line.votes.push_back(static_cast<std::int64_t>(48'000 / (i + 1)));
    form.below.push_back(line);
  }
  return form;
}

}  // namespace scrutineer::testing
