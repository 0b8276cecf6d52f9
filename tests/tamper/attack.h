// Attacks as rows of a table: what is changed, and what the verifier has to say.
#pragma once

#include "tests/tamper/forge.h"
#include "tests/tamper/verdict.h"

namespace scrutineer::tamper {

enum class Answer : std::uint8_t {
  refused,  // not verified, and the finding is a failure
  shown,    // verified: an honest log could look the same. The finding is a notice, and what it is about does not count
  harmless,  // verified, and nothing to say: the change says nothing new
  unseen,    // verified, and wrong: a limit of what can be checked, stated in docs/assurance.md
};

struct Attack {
  std::string name;
  std::function<void(Forge&)> change;
  Answer answer;
  CheckId check = CheckId::files;
  std::string says{};  // words of the finding: where, field or message
  int sheets = 6;      // how many are counted, where the bundle is verified
};

// Makes the bundle, verifies it whole and in parts (the same report to the byte), and compares. Where the change is
// not refused and sets Forge::pretended, it also makes the bundle whose claims say that the attack worked:
// that one must fail on the claimed figures.
void try_attack(const Attack& attack);
inline void run(const std::vector<Attack>& attacks) {
  for (const Attack& attack : attacks) try_attack(attack);
}

// The same for a bundle that is there: `answer`, `check` and `says` of the row.
void judge(const Attack& attack, const Files& bundle, const TrustFiles& trust);

}  // namespace scrutineer::tamper
