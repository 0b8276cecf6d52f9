// The noise suite: what happens to scans, in rows with names, the same for the test and the benchmark; and decks of
// marked pages whose truth is known.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/ballot/oval_definition.h"
#include "core/ballotmaker/oval_sheet.h"
#include "core/image/image.h"

namespace scrutineer {

struct NoiseRow {
  const char* name;
  int rejected_most;  // per mille of pages that may be rejected; a wrong position never
  std::function<GreyPage(GreyView page, std::uint64_t seed)> apply;  // pages of 200 dpi
};
const std::vector<NoiseRow>& noise_rows();

// Marks as the instructions ask (filled, scribbled) on some options of each contest of a page, within the seats;
// write-ins are left alone. `pixels_per_mark`, `origin`: of the blank page's grid. truth: indices into the definition's
// places, ascending.
struct MarkedPage {
  GreyPage page;
  std::vector<std::uint16_t> truth;
};
MarkedPage mark_page(GreyView blank, const OvalDefinition& definition, std::size_t page, SheetPoint origin,
                     double pixels_per_mark, std::uint64_t seed);

}  // namespace scrutineer
