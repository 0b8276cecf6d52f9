// Finds indicators in lines. What counts as a find is in docs/formats/hunt.md; reference_for_test.h says the same once
// more, slowly.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/hunt/indicator.h"
#include "core/hunt/marks.h"
#include "core/hunt/networks.h"
#include "core/hunt/normalise.h"
#include "core/hunt/strings.h"
#include "core/hunt/tables.h"
#include "core/hunt/url.h"

namespace scrutineer::hunt {

struct Hit {
  std::uint32_t offset = 0;     // in the line: where the indicator (not the whole name around it) begins
  std::uint32_t indicator = 0;  // in the set
  friend auto operator<=>(const Hit&, const Hit&) = default;
};

class Matcher {
 public:
  // `set` must outlive it. `seed`: any number, better a random one (tables.h); finds do not depend on it.
  Matcher(const IndicatorSet& set, std::uint64_t seed);

  // What a search needs and keeps: one a thread.
  struct Scratch {
    Normalised normalised, other;
    Marks marks;
    UrlStart url;
    std::string name;
    std::vector<std::uint32_t> labels;
    std::vector<Hit> hits;
  };
  // All finds in `line`, which has no line feed, in order, each once. Valid until the next call with this scratch.
  const std::vector<Hit>& search(std::string_view line, Scratch& scratch) const;

 private:
  friend class LineSearch;
  // Names and mail addresses: the last bytes of any of them, then all of it.
  struct Endings {
    Bloom long_ones, short_ones;  // the last 8 bytes; of shorter ones the last 4
    bool any = false, any_short = false;
    void reset(std::size_t expected);
    void add(std::string_view text, std::uint64_t seed);
    bool may_end(std::string_view text, std::size_t end, std::uint64_t seed) const;
  };
  void add(const Indicator& indicator, std::uint32_t number);
  std::uint64_t key(IndicatorKind kind, std::string_view text) const;

  const IndicatorSet& set_;
  std::uint64_t seed_;
  bool has_hashes_ = false, has_urls_ = false;
  HashIndex texts_;  // domains, mail addresses, hashes, by key()
  Endings domains_, mails_;
  NetworkTable<Ipv4> ipv4_;
  NetworkTable<Ipv6> ipv6_;
  Bloom authorities_;  // of URLs
  HashIndex urls_;
  StringFinder strings_;
};

}  // namespace scrutineer::hunt
