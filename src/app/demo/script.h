// The night as a list of entries: what each says, who signs it, in the order in which they reach the log.
#pragma once

#include "app/demo/people.h"
#include "app/demo/plan.h"
#include "app/demo/timetable.h"
#include "core/record/record.h"

namespace scrutineer::demo {

enum class StepKind : std::uint8_t { definition, grant, revoke, compromised, sheet, refusal, adopt };

// Small: a national election has 75,000. The text follows from it.
struct Step {
  StepKind kind = StepKind::sheet;
  std::uint8_t version = 0;  // sheet, refusal, adopt: of the unit's sheet, from 0
  std::uint8_t signers = 0;  // sheet: bit 0 the chair, bit n member n
  Person who;                // grant, revoke, compromised: whose; refusal: who refuses
  std::uint32_t unit = 0;    // sheet, refusal, adopt
  std::int64_t time = 0;     // seconds since 1970: orders the steps
};
inline constexpr std::uint8_t kChair = 1, kMember1 = 2, kMember2 = 4, kMember3 = 8;

// How long after the first sheet of a unit its later versions come.
std::int64_t minutes_after(IncidentKind kind, std::uint8_t version);

struct Script {
  std::vector<Step> steps;
  std::size_t setup = 0;  // the definition and the grants come first
};
// The committee of the first district's counting centre; its coordinator is the district's.
std::vector<Person> centre_people();

Script make_script(const Country& country, std::string_view seed, const Plan& plan);

}  // namespace scrutineer::demo
