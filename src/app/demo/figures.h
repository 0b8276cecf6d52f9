// What is counted in a unit, as it truly was: every figure follows from the seed and the unit alone.
#pragma once

#include "app/demo/country.h"
#include "core/record/count_sheet.h"

namespace scrutineer::demo {

inline constexpr std::size_t kLists = 8;
inline constexpr std::string_view kContest = "LIST";
OptionId list_id(std::size_t list);  // "L1"

// How a sheet can be unusual and true.
enum class Oddity : std::uint8_t {
  none,
  many_invalid,    // one paper in twenty
  papers_missing,  // issued and not in the box: more than two in a hundred
  more_ballots_than_electors,
  like_another_unit,  // the very figures of another unit
  announced_early,    // its times are wrong, its figures are not
  counted_too_fast,
};

struct Figures {
  std::int64_t electors = 0, issued = 0, cast = 0, valid = 0, invalid = 0;
  std::vector<std::int64_t> votes;         // by list
  std::vector<std::int64_t> from_recheck;  // of these, out of the re-check pile
  std::int64_t to_recheck = 0;             // every invalid paper is among them
  // One paper that the sorter put into the pile of another list, which people found: from, to. Equal: none.
  std::size_t strayed_from = 0, strayed_to = 0;
};

Figures figures_of(const Country& country, std::string_view seed, std::uint32_t unit, Oddity oddity);

// Papers that a mistake books under the wrong list: a bundle, or as many as there are.
struct Slip {
  std::size_t from = 0, to = 0;
  std::int64_t papers = 0;
};
Slip slip_of(const Figures& figures);

// The sheet without times. Machine and hand columns where the kind has them; `slip`: people wrote it down wrongly.
CountSheet sheet_of(const Country& country, std::uint32_t unit, const Figures& figures, const Slip& slip);

}  // namespace scrutineer::demo
