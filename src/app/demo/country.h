// A fictional country with the shape of the Republic of Korea: provinces, districts, towns, and units of five kinds.
#pragma once

#include <string>
#include <vector>

#include "core/election/unit_tree.h"

namespace scrutineer::demo {

enum class Kind : std::uint8_t { home_ship, early_out, overseas, early_in, polling_day };
inline constexpr std::string_view kKindNames[] = {"home/ship", "early-out-of-district", "overseas", "early-in-district",
                                                  "polling-day"};
// Counted by machine and then by hand; the others by hand alone (papers come in envelopes, marked with other tools).
inline bool is_sorted_by_machine(Kind kind) {
  return kind != Kind::home_ship && kind != Kind::overseas;
}

struct District {
  std::uint32_t province = 0;
  std::string name;
  std::string path;  // "/province/district"
};

struct DemoUnit {
  std::uint32_t district = 0;
  Kind kind = Kind::polling_day;
  std::string town;  // empty for the three special units of a district
  std::string name;
};

struct Country {
  std::vector<std::string> provinces;
  std::vector<District> districts;
  std::vector<DemoUnit> units;  // in the order of the unit table and of its tree
};

// `units` from kSimulatedUnitsLeast on. 18,600 give 253 districts, 17 provinces and about 3,550 towns.
Country make_country(std::size_t units, std::string_view seed);

UnitId unit_id(std::uint32_t unit);  // "u00123": from 1, in the order of the table
std::vector<UnitRow> unit_rows(const Country& country);
inline constexpr std::size_t kCountryLevels = 3;

}  // namespace scrutineer::demo
