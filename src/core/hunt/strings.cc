#include "core/hunt/strings.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

namespace scrutineer::hunt {
namespace {

constexpr std::size_t kTried = 64;  // places at either end of a string at which its pieces may begin

constexpr std::size_t kFilterBits = 16, kFilterLeast = 1u << 12;

using Used = std::unordered_map<std::uint32_t, std::uint32_t>;  // how many strings have a piece

std::uint64_t cost_of(const char* at, std::size_t steps, const Used& used) {
  std::uint64_t cost = 0;
  for (std::size_t k = 0; k < steps; ++k) {
    auto found = used.find(load4(at + k));
    if (found != used.end()) cost += found->second;
  }
  return cost;
}

}  // namespace

void StringFinder::add(std::uint32_t piece, std::uint32_t string, std::size_t offset, Heads& heads) {
  auto [head, fresh] = heads.try_emplace(piece, kNone);
  places_.push_back({string, static_cast<std::uint32_t>(offset), head->second});
  head->second = static_cast<std::uint32_t>(places_.size() - 1);
}

void StringFinder::build(const std::vector<std::pair<std::uint32_t, std::string>>& strings, std::uint64_t seed) {
  strings_ = strings;
  seed_ = seed;
  Heads long_heads, short_heads;
  Used used;
  for (std::uint32_t n = 0; n < strings_.size(); ++n) {
    const std::string& text = strings_[n].second;
    if (text.size() < kLong) {
      add(load3(text.data()), n, 0, short_heads);
      continue;
    }
    const std::size_t starts = text.size() - kLong + 1;
    std::size_t best = 0;
    std::uint64_t best_cost = ~std::uint64_t{0};
    for (std::size_t start = 0; start < starts && best_cost > 0; ++start) {
      if (start >= kTried && start + kTried < starts) continue;
      std::uint64_t cost = cost_of(text.data() + start, kStep, used);
      if (cost < best_cost) best = start, best_cost = cost;
    }
    for (std::size_t k = 0; k < kStep; ++k) {
      std::uint32_t piece = load4(text.data() + best + k);
      ++used[piece];
      add(piece, n, best + k, long_heads);
    }
  }
  has_long_ = !long_heads.empty();
  has_short_ = !short_heads.empty();
  pieces_.reset(long_heads.size());
  shorts_.reset(short_heads.size());
  const auto bits = std::bit_ceil(std::max<std::size_t>(long_heads.size() * kFilterBits, kFilterLeast));
  filter_.assign(bits / 64, 0);
  filter_shift_ = 32 - std::countr_zero(bits);
  for (auto [piece, head] : long_heads) {
    pieces_.add(key(piece), head);
    std::uint32_t at = piece * 0x9e3779b1u >> filter_shift_;
    filter_[at >> 6] |= std::uint64_t{1} << (at & 63);
  }
  for (auto [piece, head] : short_heads) shorts_.add(key(piece), head);
}

}  // namespace scrutineer::hunt
