// What the bottom row of timing marks encodes, on papers of the AccuVote kind: 32 bits between the two outer marks.
#pragma once

#include <array>
#include <optional>

namespace scrutineer {

struct OvalFrontCode {
  int precinct = 0;  // batch or precinct number, 13 bits
  int card = 0;      // 13 bits
  int sequence = 0;  // 3 bits
};

struct OvalBackCode {
  int day = 0, month = 0, year = 0;  // of the election; the year's last two digits
  int kind = 0;                      // of election
};

using OvalBits = std::array<bool, 34>;  // marks from the ballot's left; the first and the last are always there

// Nothing where the bits are of another side, or their check digits are wrong.
std::optional<OvalFrontCode> front_code(const OvalBits& bits);
std::optional<OvalBackCode> back_code(const OvalBits& bits);

OvalBits front_bits(const OvalFrontCode& code);
OvalBits back_bits(const OvalBackCode& code);

}  // namespace scrutineer
