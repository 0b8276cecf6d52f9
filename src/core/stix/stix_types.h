// What STIX 2.1 says that each type of object has: one table. Private to core/stix.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace scrutineer {

enum class StixKind : std::uint8_t {
  text,
  texts,
  integer,
  number,
  boolean,
  time,
  milliseconds,  // a time with at least three digits behind the second
  hashes,
  dictionary,
  binary,  // base64
  hex,
  reference,
  references,
  objects,  // a list of objects
  external_references,
  kill_chain_phases,
  granular_markings,
  extensions,
};

struct StixProperty {
  std::string_view name;
  StixKind kind = StixKind::text;
  bool required = false;
  std::int64_t low = 0, high = 0;       // of integers
  std::vector<std::string_view> types;  // of references: what they may point to; empty: anything
};

struct StixType {
  std::string_view name;
  bool observable = false;
  std::vector<StixProperty> properties;        // with the common ones
  std::vector<std::string_view> at_least_one;  // of these properties; empty: no such rule
  const StixProperty* find(std::string_view property) const;
};

// nullptr: no type of STIX 2.1.
const StixType* stix_type(std::string_view name);
// What any custom object has: as a domain object or as an observable.
const StixType& custom_stix_type(bool observable);
// Whether that is a name of the specification anywhere, which may stand in a message.
bool is_stix_name(std::string_view property);

}  // namespace scrutineer
