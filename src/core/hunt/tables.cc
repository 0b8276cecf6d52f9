#include "core/hunt/tables.h"

#include <bit>

namespace scrutineer::hunt {
namespace {

constexpr std::uint64_t kOdd1 = 0x9e3779b97f4a7c15, kOdd2 = 0xd6e8feb86659fd93;
constexpr std::size_t kBitsEach = 16;

}  // namespace

std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
  std::uint64_t hash = seed ^ text.size() * kOdd1;
  const char* p = text.data();
  std::size_t left = text.size();
  for (; left >= 8; p += 8, left -= 8) hash = mix(hash ^ load8(p), kOdd1);
  std::uint64_t last = 0;
  std::memcpy(&last, p, left);
  return mix(hash ^ last, kOdd2);
}

void Bloom::reset(std::size_t expected) {
  words_.assign(std::bit_ceil(expected * kBitsEach / 64 + 1), 0);
  mask_ = words_.size() - 1;
}

void HashIndex::reset(std::size_t expected) {
  slots_.assign(std::bit_ceil(expected * 2 + 1), Slot{});
  mask_ = slots_.size() - 1;
  bloom_.reset(expected);
}

void HashIndex::add(std::uint64_t hash, std::uint32_t value) {
  std::uint64_t i = hash & mask_;
  while (slots_[i].value != kFree) i = (i + 1) & mask_;
  slots_[i] = {hash, value};
  bloom_.add(hash);
}

}  // namespace scrutineer::hunt
