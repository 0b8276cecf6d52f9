// count-sheet/1: the signed statement of one unit's count for one contest (Korean 개표상황표).
#pragma once

#include "core/record/body.h"

namespace scrutineer {

// Votes by option, in the order in which the sheet lists them.
using OptionVotes = std::vector<std::pair<OptionId, std::int64_t>>;

void write_votes(JsonWriter& out, std::string_view name, const OptionVotes& votes);
OptionVotes read_votes(const ObjectReader& in, std::string_view name);

// How the figures came about.
enum class HowCounted : std::uint8_t { by_hand, machine_then_hand, transcribed };
inline constexpr std::string_view kHowCountedNames[] = {"by-hand", "machine-then-hand", "transcribed"};

// What the sorter said: papers in each option's pile, and papers that it sent to people.
struct MachineColumn {
  OptionVotes sorted;
  std::int64_t to_recheck = 0;
  friend bool operator==(const MachineColumn&, const MachineColumn&) = default;
};

// What people counted after it, from the sorted piles and from the re-check pile.
struct HandColumns {
  OptionVotes from_sorted;
  OptionVotes from_recheck;
  friend bool operator==(const HandColumns&, const HandColumns&) = default;
};

// A live count: ballot by ballot on a public screen, every step kept and committed to. No step has a time.
struct LiveCount {
  std::int64_t called = 0;  // ballots, those that were undone included
  std::int64_t undone = 0;
  Hash256 steps;  // docs/formats/record.md
  friend bool operator==(const LiveCount&, const LiveCount&) = default;
};

// A figure that the sheet does not state is absent, never 0.
struct CountSheet {
  UnitId unit;
  ContestId contest;
  HowCounted how = HowCounted::by_hand;
  std::optional<std::int64_t> electors;  // entitled
  std::optional<std::int64_t> ballots_issued;
  std::optional<std::int64_t> ballots_cast;
  std::optional<std::int64_t> valid;
  std::optional<std::int64_t> invalid;
  std::optional<std::int64_t> blank;  // only where the law counts blanks apart from invalid
  OptionVotes votes;                  // no option twice
  std::optional<MachineColumn> machine;
  std::optional<HandColumns> hand;
  std::optional<std::string> count_began;  // RFC 3339, claims
  std::optional<std::string> count_ended;
  std::optional<std::string> announced;  // by the chair
  std::optional<RecordId> replaces;      // an earlier sheet of the same unit and contest
  std::optional<std::string> reason;     // required with `replaces`
  std::optional<std::string> order;      // of a recount: whose decision, its date and number
  std::optional<LiveCount> live;
  friend bool operator==(const CountSheet&, const CountSheet&) = default;
};
void write_members(JsonWriter& out, const CountSheet& sheet);
CountSheet read_count_sheet(const ObjectReader& in);

}  // namespace scrutineer
