#include "tests/tamper/attack.h"

#include <doctest/doctest.h>

namespace scrutineer::tamper {
namespace {

constexpr std::uint64_t kShards[] = {1, 2, 3, 7};

std::string fact(const Report& report, std::string_view name) {
  for (const auto& [known, value] : report.facts)
    if (known == name) return value;
  return "absent";
}

void same_in_parts(BundleSource& source, const TrustFiles& trust, const Result<Report>& whole) {
  for (std::uint64_t shards : kShards) {
    CAPTURE(shards);
    Result<Report> parts = verify_split(source, trust, shards);
    REQUIRE(parts.has_value() == whole.has_value());
    CHECK((whole ? parts->to_json() == whole->to_json() : parts.error().message == whole.error().message));
  }
}

}  // namespace

void judge(const Attack& attack, const Files& bundle, const TrustFiles& trust) {
  MemorySource source(bundle);
  Result<Report> report = verify(source, trust);
  std::string said = attack.name + "\n" + spell(report);
  same_in_parts(source, trust, report);
  if (!report) {
    CHECK_MESSAGE((attack.answer == Answer::refused && to_string(report.error()).find(attack.says) != attack.says.npos),
                  said);
    return;
  }
  CHECK_MESSAGE(report->good() == (attack.answer != Answer::refused), said);
  if (attack.answer == Answer::refused) CHECK_MESSAGE(has(*report, attack.check, Severity::failure, attack.says), said);
  if (attack.answer == Answer::shown) CHECK_MESSAGE(has(*report, attack.check, Severity::notice, attack.says), said);
  if (attack.answer != Answer::refused)
    CHECK_MESSAGE(fact(*report, "sheets counted") == std::to_string(attack.sheets) + " of 6", said);
}

void try_attack(const Attack& attack) {
  CAPTURE(attack.name);
  Forge forge;
  attack.change(forge);
  std::vector<Bytes> pretended;
  if (attack.answer != Answer::refused) pretended.swap(forge.pretended);
  judge(attack, forge.make(), forge.trust());
  if (pretended.empty()) return;
  Forge liar;
  attack.change(liar);
  Attack lie{
      attack.name + ", and the claims say that it counts", {}, Answer::refused, CheckId::claimed_values, "claims/", 0};
  judge(lie, liar.make(), liar.trust());
}

}  // namespace scrutineer::tamper
