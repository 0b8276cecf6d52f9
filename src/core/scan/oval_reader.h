// One picture of a hand-marked paper to a reading. Pure: the same pixels and form give the same reading on every
// machine.
#pragma once

#include "core/image/image.h"
#include "core/scan/oval_form.h"
#include "core/scan/reading.h"

namespace scrutineer {

// Never fails: what is not read says why in `defect` and `detail`.
SheetReading read_oval_page(GreyView page, const OvalForm& form);

// The same with where it lies, for masking and for people's zoom; valid when the reading's defect is none.
struct OvalScan {
  SheetReading reading;
  OvalFrame frame;
};
OvalScan scan_oval_page(GreyView page, const OvalForm& form);

// Contests from places: the rules of one page. For tests and for people who change a place.
std::vector<ContestReading> oval_contests(const OvalDefinition& definition, std::size_t page,
                                          const std::vector<PlaceReading>& places);

// Every limit by name, sorted: what batch.json lists.
std::vector<OvalThreshold> oval_thresholds();

}  // namespace scrutineer
