// Forms filled from an election and what its log says; and back: what a printed form's code opens.
#pragma once

#include "app/paper/forms.h"
#include "core/tally/fold.h"

namespace scrutineer::paper {

// What became of a count sheet: counted, replaced, in conflict, waiting for signatures.
Bilingual sheet_status(const ElectionFold& fold, const RecordState& record);

CountSheetForm blank_sheet(const Election& election, ContestIndex contest, UnitIndex unit);

// The same as its people would fill it in by hand, before anybody has signed: the code stays that of the empty form.
CountSheetForm written_sheet(const Election& election, ContestIndex contest, UnitIndex unit, const CountSheet& sheet);

// `sheet`: the body of that record. Errors: not_found (no count sheet of that id in the book).
Result<CountSheetForm> filled_sheet(const ElectionFold& fold, const RecordId& id, const CountSheet& sheet);

// `fold` holds the first `as_of` entries of the log of that origin.
UnitListForm unit_list(const ElectionFold& fold, ContestIndex contest, AreaIndex area, std::uint64_t as_of,
                       std::string_view origin);
SummaryForm summary(const ElectionFold& fold, ContestIndex contest, AreaIndex area, std::uint64_t as_of,
                    std::string_view origin);

struct OpenedPaper {
  ContestIndex contest = 0;
  std::optional<UnitIndex> unit;      // of sheets
  std::optional<AreaIndex> area;      // of lists and summaries
  std::optional<RecordIndex> record;  // the one that it was printed from; of a blank sheet, the one that counts now
  bool agrees = false;                // paper and log say the same
  Bilingual sentence;                 // for a person
};

// What a code opens. For lists and summaries `fold` holds exactly the entries that the code names. Errors: conflict
// (another election), not_found (no such unit, area or contest).
Result<OpenedPaper> open_paper(const PaperCode& code, const ElectionFold& fold, std::string_view origin);

}  // namespace scrutineer::paper
