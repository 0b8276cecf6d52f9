// Fixed strings, anywhere in a line, byte for byte.
//
// Of a string of at least 7 bytes, one of the pieces of 4 bytes that begin at 4 neighbouring places in it begins at a
// multiple of 4 of the line, wherever the string stands. So every fourth place of a line is looked at, and the piece
// there in a table of four pieces a string; where they begin in the string is chosen so that few strings share them.
// Shorter strings are looked for by their first 3 bytes, at every place, and only where there are any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/hunt/tables.h"

namespace scrutineer::hunt {

class StringFinder {
 public:
  // (number, string) pairs; 3 bytes or more each.
  void build(const std::vector<std::pair<std::uint32_t, std::string>>& strings, std::uint64_t seed);
  bool empty() const { return strings_.empty(); }

  // take(number, offset) for every place of every string, in no order.
  template <class Take>
  void find(std::string_view line, Take&& take) const {
    const char* p = line.data();
    if (has_long_)
      for (std::size_t i = 0; i + kPiece <= line.size(); i += kStep)
        if (may_be_piece(load4(p + i)))
          pieces_.each(key(load4(p + i)), [&](std::uint32_t first) {
            for (std::uint32_t n = first; n != kNone; n = places_[n].next) verify(line, i, places_[n], take);
          });
    if (has_short_)
      for (std::size_t i = 0; i + kShort <= line.size(); ++i)
        shorts_.each(key(load3(p + i)), [&](std::uint32_t first) {
          for (std::uint32_t n = first; n != kNone; n = places_[n].next) verify(line, i, places_[n], take);
        });
  }

 private:
  static constexpr std::size_t kPiece = 4, kStep = 4, kShort = 3, kLong = kPiece + kStep - 1;
  static constexpr std::uint32_t kNone = 0xffffffff;
  struct Place {
    std::uint32_t string;  // in strings_
    std::uint32_t offset;  // of the piece in it
    std::uint32_t next;    // place with the same piece, or kNone
  };
  static std::uint32_t load3(const char* p) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(p[0]) | static_cast<unsigned char>(p[1]) << 8 |
                                      static_cast<unsigned char>(p[2]) << 16);
  }
  using Heads = std::unordered_map<std::uint32_t, std::uint32_t>;  // piece -> its first place
  void add(std::uint32_t piece, std::uint32_t string, std::size_t offset, Heads& heads);
  std::uint64_t key(std::uint32_t piece) const { return mix(piece ^ seed_, 0x9e3779b97f4a7c15); }

  // A multiplication and a bit: most pieces of a line get no further.
  bool may_be_piece(std::uint32_t piece) const {
    std::uint32_t at = piece * 0x9e3779b1u >> filter_shift_;
    return (filter_[at >> 6] >> (at & 63) & 1) != 0;
  }

  template <class Take>
  void verify(std::string_view line, std::size_t i, Place place, Take&& take) const {
    const auto& [number, text] = strings_[place.string];
    if (i < place.offset || i - place.offset + text.size() > line.size()) return;
    if (std::memcmp(line.data() + i - place.offset, text.data(), text.size()) == 0) take(number, i - place.offset);
  }

  std::vector<std::pair<std::uint32_t, std::string>> strings_;
  std::vector<Place> places_;
  HashIndex pieces_, shorts_;
  std::vector<std::uint64_t> filter_;
  int filter_shift_ = 0;
  std::uint64_t seed_ = 0;
  bool has_long_ = false, has_short_ = false;
};

}  // namespace scrutineer::hunt
