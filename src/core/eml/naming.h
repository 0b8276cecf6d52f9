// How an election's units, areas, contests and options are named in EML_NL, whose ids follow narrow patterns. Ids that
// already do are kept; where one of a kind does not, all of that kind are numbered, so that the names follow from the
// definition alone and can be read back (docs/formats/eml.md).
#pragma once

#include <optional>
#include <string>

#include "core/election/election.h"

namespace scrutineer::eml {

// ReportingUnitIdentifierStructureKR: HSB<n>, a municipality of four digits and SB<n>, each may be missing, "::"
// between.
bool is_unit_id(std::string_view id);

struct OptionName {
  std::string list, candidate;  // candidate may be empty
  std::string name;             // of the list
};

// Borrows the election.
class Naming {
 public:
  Naming(const Election& election, ContestIndex contest);

  std::string unit(UnitIndex unit) const;
  std::optional<UnitIndex> find_unit(std::string_view id) const;

  // "CSB" for the whole election, "HSB<n>" for the n-th area below it, in preorder.
  std::string area(AreaIndex area) const;
  std::string area_name(AreaIndex area) const;
  // By the id that area() gives; where units keep their own ids areas have none, and the name decides if it is the
  // only one.
  std::optional<AreaIndex> find_area(std::string_view id, std::string_view name) const;

  OptionName option(OptionIndex option) const;
  std::optional<OptionIndex> find_option(std::string_view list, std::string_view candidate) const;
  // Options are candidates of lists ("4.2": the second of list 4); otherwise each is a list.
  bool candidates() const { return candidates_; }

  std::string contest() const;
  std::string contest_name() const;

 private:
  const Election& election_;
  const Contest& contest_;
  ContestIndex index_;
  std::vector<UnitIndex> by_row_;  // unit by line of the unit table, where units are numbered
  bool units_kept_ = true;
  bool options_kept_ = true;
  bool candidates_ = false;
};

// The contest that EML calls so; "geen" and "alle" are the only one that there is.
std::optional<ContestIndex> find_contest(const Election& election, std::string_view id);

}  // namespace scrutineer::eml
