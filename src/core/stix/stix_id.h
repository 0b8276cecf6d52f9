// Names of STIX objects (STIX 2.1 section 2.9): "indicator--" and a UUID.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"

namespace scrutineer {

// Always well-formed: made by parse_stix_id or one of the makers below.
class StixId {
 public:
  StixId() = default;  // of nothing; empty
  const std::string& text() const { return text_; }
  std::string_view type() const { return std::string_view(text_).substr(0, text_.rfind("--")); }
  std::string_view uuid() const {
    return empty() ? std::string_view() : std::string_view(text_).substr(text_.size() - 36);
  }
  bool empty() const { return text_.empty(); }
  friend auto operator<=>(const StixId&, const StixId&) = default;

 private:
  friend std::optional<StixId> parse_stix_id(std::string_view text);
  std::string text_;
};

// nullopt: not of the form type--UUID (RFC 4122, version 1 to 5).
std::optional<StixId> parse_stix_id(std::string_view text);

// A type of lower-case letters, digits and single hyphens, 3 to 250 characters (section 3.1).
bool is_stix_type(std::string_view text);

// UUID version 4 out of a seed: the same seed and role always give the same, nobody without the seed can tell.
StixId seeded_id(std::string_view type, const Hash256& seed, std::string_view role);

// UUID version 5 in the namespace of section 2.9 over the canonical JSON (RFC 8785) of what identifies an observable.
StixId observable_id(std::string_view type, std::string_view canonical_json);

}  // namespace scrutineer
