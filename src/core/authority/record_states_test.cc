// What is packed comes out as it went in, at every edge of the packing.
#include "core/authority/record_states.h"

#include <doctest/doctest.h>

#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

RecordId id_of(std::uint64_t number) {
  return RecordId{sha256("record " + std::to_string(number))};
}

struct Kept {
  RecordState state;
  std::vector<RecordSigner> signers;
};

bool same(const RecordSigner& a, const RecordSigner& b) {
  return a.key == b.key && (a.key != kStranger || a.stranger == b.stranger) && a.position == b.position &&
         a.state == b.state;
}

void check_same(const RecordState& out, const Kept& kept) {
  CHECK(out.id == kept.state.id);
  CHECK(out.type == kept.state.type);
  CHECK(out.first == kept.state.first);
  CHECK(out.effect == kept.state.effect);
  CHECK(out.alternative == kept.state.alternative);
  CHECK(out.adopted == kept.state.adopted);
  CHECK(out.adopted_at == kept.state.adopted_at);
  REQUIRE(out.target.has_value() == kept.state.target.has_value());
  if (out.target) {
    CHECK(out.target->units == kept.state.target->units);
    CHECK(out.target->contest == kept.state.target->contest);
  }
  REQUIRE(out.signers.size() == kept.signers.size());
  std::size_t i = 0;
  for (const RecordSigner& signer : out.signers) CHECK(same(signer, kept.signers[i++]));
}

}  // namespace

TEST_CASE("record states: thousands of records whose signers arrive in any order") {
  constexpr Position kLast = (Position{1} << 40) - 1;
  constexpr std::size_t kRecords = 3'000;
  const Position firsts[] = {0, 1, 0xffffffff, Position{1} << 32, kLast};
  const std::optional<Target> targets[] = {std::nullopt, Target{{0, 0xffffffff}, std::nullopt}, Target{{7, 8}, 0u},
                                           Target{{0xfffffffe, 0xffffffff}, 255u}};
  RecordStates states;
  std::vector<Kept> kept(kRecords);
  for (std::size_t i = 0; i < kRecords; ++i) {
    RecordState& state = kept[i].state;
    state.id = id_of(i);
    state.type = static_cast<RecordType>(i % kRecordTypes);
    state.first = firsts[i % std::size(firsts)];
    state.target = targets[i % std::size(targets)];
    CHECK_FALSE(states.find(state.id).has_value());
    REQUIRE(states.add(state.id, state.type, state.first, state.target) == i);
  }
  // In turns, so that runs of signers have to move; some come very much later than their record.
  const Position later[] = {
      0, 1, (Position{1} << 28) - 2, (Position{1} << 28) - 1, Position{1} << 28, Position{1} << 39};
  for (std::uint32_t round = 0; round < 5; ++round)
    for (std::uint32_t i = 0; i < kRecords; i += 1 + round) {
      RecordSigner signer;
      if ((i + round) % 3 != 0) signer.key = i * 7 + round;
      if (signer.key == kStranger) signer.stranger = i + round;
      signer.state = static_cast<SignerState>((i + round) % std::size(kSignerStateNames));
      signer.position = kept[i].state.first + later[(i + round) % std::size(later)];
      REQUIRE(states.add_signer(i, signer));
      kept[i].signers.push_back(signer);
    }
  for (std::uint32_t i = 0; i < kRecords; i += 2) {
    kept[i].state.effect = firsts[(i + 1) % std::size(firsts)];
    kept[i].state.alternative = static_cast<int>(i % 4'095) - 1;
    states.set_effect(i, kept[i].state.effect);
    states.set_alternative(i, kept[i].state.alternative);
    if (i % 3 == 0) {
      kept[i].state.adopted = true;
      kept[i].state.adopted_at = i + 5;
      states.set_adopted(i, i + 5);
      states.set_adopted(i, i + 1);  // the latest stays
    }
    RecordSigner& signer = kept[i].signers[0];
    signer.state = SignerState::adopted;
    if (signer.key == kStranger) signer.key = i;  // somebody is recognised
    states.set_signer(i, 0, signer.key, signer.state);
  }
  REQUIRE(states.size() == kRecords);
  for (std::uint32_t i = 0; i < kRecords; ++i) {
    CAPTURE(i);
    CHECK(states.find(kept[i].state.id) == i);
    check_same(states[i], kept[i]);
  }
  CHECK(states.back().id == kept.back().state.id);
}

TEST_CASE("record states: a record keeps so many signers and no more") {
  RecordStates states;
  states.add(id_of(1), RecordType::count_sheet, 9, std::nullopt);
  for (std::uint32_t i = 0; i < kSignersPerRecord; ++i) REQUIRE(states.add_signer(0, {i, 0, 9, SignerState::revoked}));
  CHECK_FALSE(states.add_signer(0, {70'000, 0, 9, SignerState::revoked}));
  CHECK(states[0].signers.size() == kSignersPerRecord);
  CHECK(states[0].signers[kSignersPerRecord - 1].key == kSignersPerRecord - 1);
}

TEST_CASE("grants: a key's grants in log order, roles and coverages that others share") {
  GrantTable table;
  const Role roles[] = {Role("chair"), Role("member"), Role("coordinator")};
  constexpr std::size_t kGrants = 2'000, kKeys = 7;
  auto coverage_of = [](std::size_t i) {
    auto unit = static_cast<UnitIndex>(i % 40);
    return Coverage{{{unit, unit + 1}}, i % 2 == 0, {static_cast<ContestIndex>(i % 3)}};
  };
  for (std::size_t i = 0; i < kGrants; ++i)
    table.add(id_of(i), static_cast<KeyIndex>(i % kKeys), roles[i % 3], coverage_of(i), i);
  REQUIRE(table.size() == kGrants);
  for (KeyIndex key = 0; key < kKeys; ++key) {
    std::size_t expected = key;
    for (std::size_t index : table.of_key(key)) {
      CHECK(index == expected);
      expected += kKeys;
    }
    CHECK(expected >= kGrants);
  }
  for (std::size_t index : table.of_key(kKeys)) FAIL(index);
  for (std::size_t i = 0; i < kGrants; ++i) {
    auto grant = table.find(id_of(i));
    REQUIRE(grant.has_value());
    CHECK(grant->record == id_of(i));
    CHECK(grant->key == i % kKeys);
    CHECK(grant->role == roles[i % 3]);
    CHECK(grant->coverage == coverage_of(i));
    CHECK(grant->from == i);
  }
  CHECK(table.revoke(id_of(3), 5'000));
  CHECK_FALSE(table.revoke(id_of(3), 5'001));
  CHECK_FALSE(table.revoke(id_of(kGrants), 5'000));
  CHECK(table[3].until == 5'000);
  CHECK_FALSE(table[3].live_at(5'000));
}

}  // namespace scrutineer
