// A whole simulated election night: a fictional country, its figures, the people who sign them, and what goes wrong.
// Pure and seeded: the same options give the same bytes. The country has the shape of the Republic of Korea and is
// marked as simulated wherever it is named.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/authority/trust.h"
#include "core/crypto/signature.h"
#include "core/record/count_sheet.h"
#include "core/record/record.h"

namespace scrutineer {

inline constexpr std::size_t kSimulatedUnitsLeast = 5;       // one district: three special units, one town with two
inline constexpr std::size_t kSimulatedUnitsMost = 100'000;  // more than any country of this shape has
inline constexpr std::size_t kSimulatedIncidentsFrom = 50;   // units from which on there is one incident of each kind

struct SimulationOptions {
  std::size_t units = 18'600;
  std::string seed = "1";
  std::string origin = "simulated.example/2031";  // of the log: the name of its key
  bool one_conflict_open = true;   // from 50 units on: one unit is not counted, so that seats stay a projection
  bool one_never_arrives = false;  // one unit's sheet never comes; the same
  // So many units of the first district are left to be counted by people: their sheets never come, and a counting
  // centre of that district has a committee (centre_keys()). 0: no centre.
  std::size_t centre_units = 0;
};

// What went wrong in one unit, and which entries tell it.
enum class IncidentKind : std::uint8_t {
  recount,              // a later sheet replaces the first, with a reason: counted
  duplicate,            // the same figures once more, other `at`: counted once
  conflict_settled,     // two sheets contradict each other, a third settles it: counted
  conflict_open,        // two sheets contradict each other: not counted (unless it is not wanted)
  refusal,              // a third member refuses to sign and says why: counted
  revoked_adopted,      // a member's key was revoked, the sheet came after that and was adopted: counted
  revoked_left,         // the same, not adopted; the sheet that the new member signed counts
  compromised_adopted,  // the chair's key was stolen; what it signed that night was adopted: counted
  one_by_one,           // the signatures arrived one after the other: counted from the third on
  implausible,          // a sheet that trips a warning: counted
  never_arrived,        // only if asked for: not counted
};
inline constexpr std::size_t kIncidentKinds = 11;
struct SimulatedIncident {
  IncidentKind kind = IncidentKind::recount;
  UnitId unit;
  std::vector<std::size_t> entries;  // in log order: its sheets and what was said about them; grants are not among them
};

// A key worth writing to a file: who reads the demonstration can sign with it.
struct SimulatedKey {
  std::string file;  // "root-1.key"
  VerifierKey vkey;  // of the log key: named as the origin
  PrivateKey key;
};

// What everything that counts adds up to, from the generator's own figures and not from its records.
struct SimulatedTruth {
  std::int64_t sheets = 0;  // units that are counted
  std::int64_t electors = 0, ballots_issued = 0, ballots_cast = 0, valid = 0, invalid = 0;
  std::vector<std::int64_t> votes;  // by list
};

// How far the people of the counting centre have come with a unit when the demonstration begins.
enum class CentreWork : std::uint8_t {
  none,
  entered_once,
  two_differ,          // the second typist has typed something else: a third person reads
  contradicts_itself,  // two entries agree, the paper does not add up: a coordinator decides
  agreed,              // the chair can announce it
  announced,           // the members have not signed yet
  in_effect,
};
struct CentreUnit {
  CountSheet paper;  // as its committee wrote it down, not announced: to be typed
  CentreWork work = CentreWork::none;
};

class SimulatedElection {
 public:
  // invalid_argument: a number of units outside the limits above, or an origin that cannot be a key's name.
  static Result<SimulatedElection> build(const SimulationOptions& options);
  SimulatedElection(SimulatedElection&&) noexcept;
  SimulatedElection& operator=(SimulatedElection&&) noexcept;
  ~SimulatedElection();

  const Definition& definition() const;
  RecordId election() const;  // the definition's record id
  const Bytes& units_blob() const;
  const Bytes& options_blob() const;
  const Bytes& rules_blob() const;
  const Roots& roots() const;  // three, threshold two

  // The script: entries in the order in which they reach the log. Entry i has to be at position i of the log (one
  // record names a position). First the definition, then all grants, then the night.
  std::size_t size() const;
  std::size_t setup_size() const;  // the definition and the grants: what is there before the polls close

  // Signs the entries [first, end). Thread-safe: let each thread make ranges of its own, some hundreds of entries long,
  // and append them in order. About 65 us a signature on one core.
  std::vector<Bytes> make(std::size_t first, std::size_t end) const;

  // The people of the counting centre: two typists, a third reader, coordinator, chair, three members, an observer.
  std::vector<SimulatedKey> centre_keys() const;
  std::string centre_area() const;  // path of the first district
  // The units that are left to them, in the order of the unit table. Their counts end within four and a half hours of
  // the close.
  std::vector<CentreUnit> centre_units() const;

  // Roots, log, publisher, national coordinator, the first unit's chair and members. Made on each call.
  std::vector<SimulatedKey> keys() const;

  const SimulatedTruth& truth() const;
  const std::vector<SimulatedIncident>& incidents() const;

 private:
  struct State;
  explicit SimulatedElection(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace scrutineer
