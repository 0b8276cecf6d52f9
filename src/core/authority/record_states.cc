#include "core/authority/record_states.h"

#include "core/base/check.h"

namespace scrutineer {
namespace {

constexpr unsigned kHasTarget = 1, kHasContest = 2, kInEffect = 4, kAdopted = 8;
constexpr Position kPositions = Position{1} << 40;                 // that a log can have
constexpr std::uint32_t kFarLater = (std::uint32_t{1} << 28) - 1;  // see far_

Position join(std::uint32_t low, std::uint8_t high) {
  return Position{high} << 32 | low;
}
std::uint32_t low(Position position) {
  return static_cast<std::uint32_t>(position);
}
std::uint8_t high(Position position) {
  return static_cast<std::uint8_t>(position >> 32);
}

}  // namespace

RecordSigner SignerList::operator[](std::size_t i) const {
  std::size_t place = begin_ + i;
  RecordStates::PackedSigner packed = states_->signers_[place];
  RecordSigner signer;
  if (packed.is_stranger)
    signer.stranger = packed.who;
  else
    signer.key = packed.who;
  signer.state = static_cast<SignerState>(packed.state);
  signer.position =
      packed.later == kFarLater ? states_->far_.at(static_cast<std::uint32_t>(place)) : first_ + packed.later;
  return signer;
}

RecordState RecordStates::operator[](std::size_t index) const {
  const Packed& packed = records_[index];
  RecordState state;
  state.id = packed.id;
  state.type = packed.type;
  state.first = join(packed.first_low, packed.first_high);
  if (packed.flags & kInEffect) state.effect = join(packed.effect_low, packed.effect_high);
  state.alternative = static_cast<int>(packed.alternative_and_one) - 1;
  if (packed.flags & kAdopted) {
    state.adopted = true;
    state.adopted_at = adopted_at_.at(static_cast<RecordIndex>(index));
  }
  if (packed.flags & kHasTarget) {
    state.target.emplace(Target{{packed.units_first, packed.units_end}, std::nullopt});
    if (packed.flags & kHasContest) state.target->contest = packed.contest;
  }
  state.signers.states_ = this;
  state.signers.first_ = state.first;
  state.signers.begin_ = packed.signers;
  state.signers.size_ = packed.signer_count;
  return state;
}

std::optional<RecordIndex> RecordStates::find(const RecordId& id) const {
  return by_id_.find(spread_of(id), [&](std::uint32_t index) { return records_[index].id == id; });
}

void RecordStates::reserve(std::size_t records) {
  by_id_.reserve(records, [this](std::uint32_t index) { return spread_of(records_[index].id); });
}

RecordIndex RecordStates::add(const RecordId& id, RecordType type, Position first,
                              const std::optional<Target>& target) {
  check(first < kPositions, "a log has at most 2^40 entries");
  Packed packed{};
  packed.id = id;
  packed.type = type;
  packed.first_low = low(first);
  packed.first_high = high(first);
  if (target) {
    packed.flags = target->contest ? kHasTarget | kHasContest : kHasTarget;
    packed.units_first = target->units.first;
    packed.units_end = target->units.end;
    static_assert(limits::kContests <= 256);
    packed.contest = static_cast<std::uint8_t>(target->contest.value_or(0));
  }
  records_.add(packed);
  by_id_.add([this](std::uint32_t index) { return spread_of(records_[index].id); });
  return static_cast<RecordIndex>(records_.size() - 1);
}

void RecordStates::set_effect(RecordIndex index, Position effect) {
  check(effect < kPositions, "a log has at most 2^40 entries");
  records_[index].effect_low = low(effect);
  records_[index].effect_high = high(effect);
  records_[index].flags = (records_[index].flags | kInEffect) & 15;
}

void RecordStates::set_alternative(RecordIndex index, int alternative) {
  // An alternative takes some 40 bytes of a definition, which has at most 65,535.
  check(alternative >= -1 && alternative < 4'095, "a signing rule has fewer alternatives than that");
  records_[index].alternative_and_one = static_cast<unsigned>(alternative + 1) & 4'095;
}

void RecordStates::set_adopted(RecordIndex index, Position at) {
  records_[index].flags = (records_[index].flags | kAdopted) & 15;
  Position& known = adopted_at_[index];
  known = std::max(known, at);
}

RecordStates::PackedSigner RecordStates::pack(const RecordSigner& signer, Position first, std::size_t place) {
  PackedSigner packed{};
  packed.is_stranger = signer.key == kStranger;
  packed.who = signer.key == kStranger ? signer.stranger : signer.key;
  packed.state = static_cast<std::uint32_t>(signer.state) & 7;
  Position later = signer.position - first;
  packed.later = later < kFarLater ? static_cast<std::uint32_t>(later) & kFarLater : kFarLater;
  if (packed.later == kFarLater) far_[static_cast<std::uint32_t>(place)] = signer.position;
  return packed;
}

bool RecordStates::add_signer(RecordIndex index, const RecordSigner& signer) {
  Packed& record = records_[index];
  if (record.signer_count == kSignersPerRecord) return false;
  RecordState before = (*this)[index];
  check(signers_.size() + record.signer_count < ~std::uint32_t{0}, "the book keeps at most 2^32 signers");
  if (record.signer_count == 0 || record.signers + record.signer_count != signers_.size()) {
    record.signers = static_cast<std::uint32_t>(signers_.size());
    for (const RecordSigner& earlier : before.signers) signers_.add(pack(earlier, before.first, signers_.size()));
  }
  signers_.add(pack(signer, before.first, signers_.size()));
  ++record.signer_count;
  return true;
}

void RecordStates::set_signer(RecordIndex index, std::size_t number, KeyIndex key, SignerState state) {
  PackedSigner& signer = signers_[records_[index].signers + number];
  if (key != kStranger) {
    signer.who = key;
    signer.is_stranger = 0;
  }
  signer.state = static_cast<std::uint32_t>(state) & 7;
}

}  // namespace scrutineer
