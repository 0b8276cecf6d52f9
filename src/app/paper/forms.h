// Forms of the counting centre as PDF: plain values in, bytes out. Korean and English side by side. The same values
// give the same bytes. A Count that is nullopt was not stated: its box stays empty and is never 0.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/paper/code.h"
#include "core/record/body.h"

namespace scrutineer::paper {

inline constexpr std::size_t kSheetsPerFile = 2'000;
inline constexpr std::size_t kListRows = 50'000;

using Count = std::optional<std::int64_t>;

// What stands at the head of every form.
struct Head {
  Bilingual election;  // title
  std::string date;    // "2025-06-03"
  bool simulated = false;
  Bilingual contest;
  std::string place;  // unit or area: on every page, since pages come apart
  PaperCode code;
};

struct OptionLine {
  std::string number, party, name;
  Count sorted;        // what the sorter put on its pile
  Count from_sorted;   // what people found for it in the sorted piles
  Count from_recheck;  // and in the re-check pile
  Count votes;
};

struct SignerLine {
  Bilingual role;      // 위원장 / Chair
  std::string name;    // role name, "jongno/member-3"
  std::string key_id;  // eight hex digits
};

struct StatementLine {  // a refusal to sign, or a remark
  std::string name, text;
  bool refusal = true;
};

enum class How : std::uint8_t { not_stated, by_hand, machine_then_hand };

// The count sheet of one unit and contest (개표상황표), to be filled by hand or printed from a record.
struct CountSheetForm {
  Head head;
  bool blank = true;
  std::string area;  // 서울특별시 종로구
  std::string unit;  // name
  std::string unit_id;
  Bilingual kind;  // of unit
  How how = How::not_stated;
  Count electors, issued, cast, valid, invalid, blank_ballots, to_recheck;
  bool counts_blank = false;  // the law counts blank ballots apart: they have a row
  std::vector<OptionLine> options;
  std::string began, ended, announced;  // as the signers wrote them
  std::vector<SignerLine> signers;
  std::vector<StatementLine> statements;
  std::string record_id;  // 64 hex digits; empty: blank
  Bilingual status;       // what became of the record: "집계됨" / "counted"; empty: blank
};
// One document of many sheets, each with its own page numbers. Errors: limit_exceeded, invalid_argument (none), those
// of Canvas::finish.
Result<Bytes> count_sheets_pdf(std::span<const CountSheetForm> sheets);

struct UnitLine {
  std::string area, name, id;
  Bilingual kind, status;
  bool open = true;  // nothing counted yet, or something to be looked at: printed bold
  Count cast, valid, invalid;
  std::string record;  // first hex digits
};
struct UnitListForm {
  Head head;
  std::string area;
  std::string as_of;  // "entries 1,234 of log.example/2026"
  std::int64_t counted = 0;
  std::vector<UnitLine> units;
};
Result<Bytes> unit_list_pdf(const UnitListForm& list);

struct AreaLine {  // an area, or a unit, below the one that is summed up
  std::string name;
  std::int64_t counted = 0, units = 0;
  Count electors, cast, valid, invalid;
  std::vector<Count> votes;  // in the order of options
};
struct SummaryForm {
  Head head;
  std::string area;
  std::string as_of;
  std::vector<OptionLine> options;  // number, party, name, votes
  AreaLine total;
  std::vector<AreaLine> below;
};
Result<Bytes> summary_pdf(const SummaryForm& summary);

// The hash of a form's content for its code: of a blank sheet, a list or a summary, but for the code itself.
Hash256 content_hash(const CountSheetForm& sheet);
Hash256 content_hash(const UnitListForm& list);
Hash256 content_hash(const SummaryForm& summary);

}  // namespace scrutineer::paper
