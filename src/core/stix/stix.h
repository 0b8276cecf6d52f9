// STIX 2.1 (OASIS Standard, 10 June 2021) as it comes in: every object with its exact bytes. Strict about what the
// specification says must be; nothing of what is read is ever quoted in a message, since it may be confidential: only
// ids, property names of the specification, types and sizes.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/problems.h"
#include "core/base/result.h"
#include "core/stix/limits.h"
#include "core/stix/stix_id.h"

namespace scrutineer {

struct StixLimits {
  std::size_t bytes = limits::kStixBytes;
  std::size_t objects = limits::kStixObjects;
  std::size_t values = limits::kStixValues;
  std::size_t depth = limits::kStixDepth;
  std::size_t string_bytes = limits::kStixStringBytes;
};

// One reference of an object: where it stands and to what. Never followed while reading.
struct StixReference {
  std::string property;  // "object_refs[2]"
  StixId to;
};

struct StixObject {
  StixId id;
  std::string type;
  bool custom = false;            // not a type of STIX 2.1: kept, not understood
  bool observable = false;        // a cyber observable (SCO): has no times and no versions
  std::string created, modified;  // empty where it has none
  bool revoked = false;
  StixId created_by;             // empty: not said
  std::vector<StixId> markings;  // object_marking_refs
  std::vector<StixReference> references;
  Bytes text;  // exactly as it came
  // What tells versions of an object apart in TAXII: `modified`, else `created`, else empty.
  const std::string& version() const { return modified.empty() ? created : modified; }
};

enum class StixContainer : std::uint8_t { bundle, envelope, object };

// An object that was refused: what can be said of it without quoting it.
struct StixRefused {
  std::size_t index = 0;  // in its container
  StixId id;              // empty where it has none
  std::string version;    // empty where it has none
  Problems problems;
  ErrorCode code = ErrorCode::malformed;  // of the first problem
};

struct StixBundle {
  StixContainer container = StixContainer::object;
  StixId id;                        // of a bundle
  std::vector<StixObject> objects;  // in document order
  std::optional<bool> more;         // of an envelope (TAXII 2.1 section 3.7)
  std::optional<std::string> next;
  Problems
      notices;  // odd, but allowed: dangling references, references to itself, the same version twice, custom types
};

// A bundle, a TAXII envelope or one object. Errors: malformed, limit_exceeded, unsupported (STIX 2.0), for the first of
// `problems`, which has all of them ("indicator--...: valid_until" or "objects[3]: id").
Result<StixBundle> read_stix(BytesView text, const StixLimits& limits = {}, Problems* problems = nullptr);

// The same, but an object that is wrong is put into `refused` and the others are read: for servers that answer for each
// object (TAXII 2.1 section 5.5). Errors: only what concerns the whole.
Result<StixBundle> read_stix_each(BytesView text, const StixLimits& limits, std::vector<StixRefused>& refused);

}  // namespace scrutineer
