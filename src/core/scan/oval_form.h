// A ballot definition made ready for reading: its blank pages registered, measured and cut up once.
#pragma once

#include <optional>
#include <vector>

#include "core/ballot/oval_definition.h"
#include "core/base/result.h"
#include "core/scan/oval_anchor.h"
#include "core/scan/oval_code.h"
#include "core/scan/oval_mark.h"

namespace scrutineer {

struct OvalPageForm {
  OvalBits bottom{};  // its timing marks along the bottom
  OvalAnchor anchor;
  std::vector<std::uint16_t> places;    // indices into the definition's
  std::vector<PagePoint> offsets;       // of each: where its oval is printed, from where the definition says, in marks
  std::vector<OvalBlank> blanks;        // of each of them
  std::vector<std::uint16_t> near_ink;  // of each: per mille of print around the option's name
  std::vector<std::uint16_t>
      writing_ink;  // of each: per mille of print where names are written in; 0 where that is nowhere
};

struct OvalForm {
  OvalDefinition definition;
  std::vector<OvalPageForm> pages;  // all pages of the definition, in its order
};

// blanks: pictures of the blank ballot's pages, any order and any resolution from 100 dpi; borrowed for the call only.
// Errors: not_found (a page has no blank picture), malformed (one that does not register, or two of one page),
// unsupported.
Result<OvalForm> make_oval_form(OvalDefinition definition, const std::vector<GreyView>& blanks);

// Per mille of ink in an area of the grid.
int area_ink(const OvalMap& map, GridArea area);
// Where a circle around an option's name or a stray mark beside its oval would be.
GridArea near_area(const OvalPlace& place);

}  // namespace scrutineer
