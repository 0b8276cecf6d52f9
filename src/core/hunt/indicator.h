// What is looked for: indicators in one canonical spelling each, out of lists and STIX bundles.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer::hunt {

enum class IndicatorKind : std::uint8_t { string, ipv4, ipv6, domain, mail, url, md5, sha1, sha256, sha512 };
inline constexpr std::size_t kIndicatorKinds = 10;
std::string_view kind_name(IndicatorKind kind);  // "string", "ipv4", ...

// `value` is canonical: one spelling for all that mean the same ("10.0.0.0/8", "xn--...", "https://evil.example/a").
// That of a URL is normalised text (normalise.h): shown() makes it readable.
struct IndicatorValue {
  IndicatorKind kind = IndicatorKind::string;
  std::string value;
  std::string shown() const;  // for people
  friend auto operator<=>(const IndicatorValue&, const IndicatorValue&) = default;
};

// Where it stands: a line of a list, or the id of a STIX object.
struct IndicatorOrigin {
  std::uint32_t file = 0;  // of those handed in
  std::uint32_t line = 0;  // from 1; 0: see id
  std::string id;
};

struct Indicator : IndicatorValue {
  std::vector<IndicatorOrigin> origins;
};

// A value of a stated kind, defanged or not. A network ("10.0.0.0/8") is of its addresses' kind. Errors, in words for
// the person: malformed, limit_exceeded (too short, too long), unsupported.
Result<IndicatorValue> make_indicator(IndicatorKind kind, std::string_view text);
// A value that says itself what it is. Errors: the same, and unsupported where it could be two things or none.
Result<IndicatorValue> guess_indicator(std::string_view text);
// A hash of the length that it has.
Result<IndicatorValue> make_hash(std::string_view text);

// Different indicators, in order of their arrival until sort().
class IndicatorSet {
 public:
  Status add(IndicatorValue value, IndicatorOrigin origin);  // limit_exceeded; the same value once more: its origin
  void sort();                                               // by kind and value
  const std::vector<Indicator>& all() const { return all_; }
  std::size_t size() const { return all_.size(); }
  const Indicator& operator[](std::size_t i) const { return all_[i]; }
  std::size_t count(IndicatorKind kind) const;

 private:
  std::vector<Indicator> all_;
  std::unordered_map<std::string, std::uint32_t> index_;  // kind and value
};

// A network's or address's number and prefix, of a canonical value.
struct Network {
  std::string_view address;
  int prefix;
};
Network network_of(const IndicatorValue& value);

}  // namespace scrutineer::hunt
