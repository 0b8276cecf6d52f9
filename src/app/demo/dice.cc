#include "app/demo/dice.h"

#include <numeric>
#include <utility>

#include "core/base/check.h"
#include "core/crypto/hash.h"

namespace scrutineer::demo {

Dice::Dice(std::string_view seed, std::string_view label, std::uint64_t index) {
  Bytes text = "scrutineer/demo/dice\n";
  text.append(seed).append("\n").append(label).append("\n");
  append_be64(text, index);
  state_ = read_be64(reinterpret_cast<const char*>(sha256(text).bytes.data()));
}

// SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t Dice::next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

std::int64_t Dice::below(std::int64_t bound) {
  check(bound > 0, "dice need a side");
  return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(bound));
}

std::int64_t Dice::between(std::int64_t low, std::int64_t high) {
  return low + below(high - low + 1);
}

void Dice::shuffle(std::vector<std::uint32_t>& list) {
  for (std::size_t i = list.size(); i > 1; --i)
    std::swap(list[i - 1], list[static_cast<std::size_t>(below(static_cast<std::int64_t>(i)))]);
}

std::vector<std::int64_t> split(std::int64_t total, const std::vector<std::int64_t>& weights) {
  std::int64_t all = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  check(all > 0, "something must weigh something");
  std::vector<std::int64_t> parts;
  std::int64_t weight = 0, given = 0;
  for (std::int64_t own : weights) {
    weight += own;
    std::int64_t up_to_here = total * weight / all;
    parts.push_back(up_to_here - given);
    given = up_to_here;
  }
  return parts;
}

std::vector<std::int64_t> spread(std::int64_t total, std::size_t parts, std::int64_t least, Dice& dice) {
  std::vector<std::int64_t> weights;
  for (std::size_t i = 0; i < parts; ++i) weights.push_back(dice.between(50, 150));
  std::int64_t reserved = least * static_cast<std::int64_t>(parts);
  check(total >= reserved, "there is too little for everybody");
  std::vector<std::int64_t> out = split(total - reserved, weights);
  for (std::int64_t& part : out) part += least;
  return out;
}

}  // namespace scrutineer::demo
