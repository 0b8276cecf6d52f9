// One line, normalised, held against a matcher's tables. For matcher.cc.
#pragma once

#include "core/hunt/matcher.h"

namespace scrutineer::hunt {

class LineSearch {
 public:
  // `from`: where each byte of `text` was in the line; nullptr: at the same place.
  LineSearch(const Matcher& matcher, std::string_view text, const std::uint32_t* from, Matcher::Scratch& scratch)
      : m_(matcher), text_(text), from_(from), scratch_(scratch) {}
  void run();

  // Byte by byte, so that the hashes of a URL's beginnings come one after the other.
  static std::uint64_t url_hash(std::string_view authority, std::string_view rest, std::uint64_t seed);

 private:
  void word(std::size_t dot);
  void addresses(std::size_t begin, std::size_t end);
  void address(std::size_t begin, std::size_t end);
  template <class Take>
  void name_ends(std::size_t begin, std::size_t end, Take&& take) const;
  void names(std::size_t begin, std::size_t end);
  void name(std::size_t begin, std::size_t end);
  void foreign_name(std::size_t begin, std::size_t end);
  bool to_ascii(std::size_t begin, std::size_t end);
  void mail(std::size_t at);
  void mail(std::size_t at, std::size_t end);
  void colons(std::size_t colon);
  void groups(std::size_t begin, std::size_t end);
  void ipv6(std::size_t begin, std::size_t end);
  void url(std::size_t colon);
  void hex(std::size_t inside);
  void look_up(IndicatorKind kind, std::string_view value, std::size_t at);
  void hit(std::uint32_t indicator, std::size_t at) {
    scratch_.hits.push_back({from_ != nullptr ? from_[at] : static_cast<std::uint32_t>(at), indicator});
  }

  const Matcher& m_;
  std::string_view text_;
  const std::uint32_t* from_;
  Matcher::Scratch& scratch_;
  std::size_t word_done_ = 0, colons_done_ = 0, hex_done_ = 0;  // what is before has been looked at
};

}  // namespace scrutineer::hunt
