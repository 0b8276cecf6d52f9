// The authority as attacker: it holds the log's key, the publisher's, a coordinator's and the keys of unit 1, and
// builds a bundle that is consistent in itself. It does not hold the keys of the other units, nor enough roots.
#pragma once

#include <algorithm>

#include "tests/tamper/attack.h"

namespace scrutineer::tamper {

inline const std::string kCoordinator = "d001/coordinator";

// The victim: a unit whose people do not take part. And one whose people do.
inline const Station& victim(const Forge& f) {
  return f.stations()[1];
}
inline const Station& accomplice(const Forge& f) {
  return f.stations()[0];
}

// A sheet that moves ten votes from the strongest list to the weakest.
inline CountSheet moved(CountSheet sheet, std::int64_t votes = 10) {
  auto by_votes = [](const auto& a, const auto& b) { return a.second < b.second; };
  auto most = std::max_element(sheet.votes.begin(), sheet.votes.end(), by_votes);
  auto least = std::min_element(sheet.votes.begin(), sheet.votes.end(), by_votes);
  votes = std::min(votes, most->second);
  most->second -= votes;
  least->second += votes;
  sheet.machine.reset();
  sheet.hand.reset();
  return sheet;
}

// Entry `at` replaced by the victim's sheet with other figures, signed so; what the claims would like is the same
// sheet signed by the victim's own people.
inline void forge_sheet(Forge& f, const std::vector<std::string>& signers) {
  const Station& station = victim(f);
  CountSheet sheet = moved(station.sheet);
  f.pretended = f.entries;
  f.pretended[station.entry] = f.record(sheet, station.people());
  f.entries[station.entry] = f.record(sheet, signers);
}

inline CountSheet correction(const Station& station) {
  CountSheet sheet = moved(station.sheet);
  sheet.replaces = std::nullopt;
  return sheet;
}
inline CountSheet replacing(const Forge& f, const Station& station) {
  CountSheet sheet = correction(station);
  sheet.replaces = record_id(entry_text(f.entries[station.entry]));
  sheet.reason = "counted again";
  return sheet;
}

inline Grant grant(const Forge& f, const std::string& name, const char* role, const std::string& units) {
  return Grant{f.vkey(name), Role(role), {{units}, {"*"}}};
}

inline Bytes sheet_of(const Forge& other, std::size_t station) {
  return other.entries[other.stations()[station].entry];
}

}  // namespace scrutineer::tamper
