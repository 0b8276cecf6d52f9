// Look-up tables for millions of questions a second, nearly all of which have the answer no.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace scrutineer::hunt {

inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Not a cryptographic hash. `seed` is random, so that nobody can write a list that makes the tables slow.
std::uint64_t hash_of(std::string_view text, std::uint64_t seed);

inline std::uint64_t load8(const char* p) {
  std::uint64_t out;
  std::memcpy(&out, p, sizeof out);
  return out;
}
inline std::uint32_t load4(const char* p) {
  std::uint32_t out;
  std::memcpy(&out, p, sizeof out);
  return out;
}

// "Perhaps" or "certainly not": two bits of one word for each hash.
class Bloom {
 public:
  void reset(std::size_t expected);
  void add(std::uint64_t hash) { words_[hash >> 32 & mask_] |= bits(hash); }
  bool may_hold(std::uint64_t hash) const { return (words_[hash >> 32 & mask_] & bits(hash)) == bits(hash); }

 private:
  static std::uint64_t bits(std::uint64_t hash) {
    return std::uint64_t{1} << (hash & 63) | std::uint64_t{1} << (hash >> 6 & 63);
  }
  std::vector<std::uint64_t> words_{0};
  std::uint64_t mask_ = 0;
};

// From hashes to numbers; several may stand under one hash. Ask the Bloom filter in front of it first.
class HashIndex {
 public:
  void reset(std::size_t expected);
  void add(std::uint64_t hash, std::uint32_t value);  // at most as many as expected
  bool may_hold(std::uint64_t hash) const { return bloom_.may_hold(hash); }

  template <class Take>
  void each(std::uint64_t hash, Take&& take) const {
    if (!bloom_.may_hold(hash)) return;
    for (std::uint64_t i = hash & mask_; slots_[i].value != kFree; i = (i + 1) & mask_)
      if (slots_[i].hash == hash) take(slots_[i].value);
  }

 private:
  static constexpr std::uint32_t kFree = 0xffffffff;
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t value = kFree;
  };
  std::vector<Slot> slots_{1};
  std::uint64_t mask_ = 0;
  Bloom bloom_;
};

}  // namespace scrutineer::hunt
