// What several record bodies share.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/strong.h"
#include "core/codec/json.h"
#include "core/codec/object_reader.h"

namespace scrutineer {

// Something larger than a record, named by its hash: blob/<aa>/<bb>/<sha256> in a bundle.
struct BlobRef {
  BlobHash sha256;
  std::int64_t size = 0;  // bytes
  std::string type;       // media type, "text/csv"
  friend bool operator==(const BlobRef&, const BlobRef&) = default;
};
void write(JsonWriter& out, std::string_view name, const BlobRef& blob);
BlobRef read_blob_ref(const ObjectReader& in);

// A text that the authority wrote in both languages.
struct Bilingual {
  std::string ko;
  std::string en;
  friend bool operator==(const Bilingual&, const Bilingual&) = default;
};
void write(JsonWriter& out, std::string_view name, const Bilingual& text);
Bilingual read_bilingual(const ObjectReader& in, std::string_view name);

// What a grant covers. Units: "/" is everything, "/level1/level2" an area and all below it, anything else the id of one
// smallest unit. Contests: ids, or "*" for all of them. An empty list covers nothing.
struct Scope {
  std::vector<std::string> units;
  std::vector<std::string> contests;
  friend bool operator==(const Scope&, const Scope&) = default;
};
void write(JsonWriter& out, std::string_view name, const Scope& scope);
Scope read_scope(const ObjectReader& in);

// The reason that a person gives: 1 to 2,000 bytes.
std::string read_reason(const ObjectReader& in);

// A name, a place, a number as it is written on something: 1 to kShortBytes bytes.
inline constexpr std::size_t kShortBytes = 200;
std::string read_short(const ObjectReader& in, std::string_view name);
std::optional<std::string> read_optional_short(const ObjectReader& in, std::string_view name);
void write_strings(JsonWriter& out, std::string_view name, const std::vector<std::string>& strings);

// RFC 3339 with seconds: 2025-06-03T20:00:00+09:00 or ...Z. The signer's claim, never an order.
bool is_rfc3339(std::string_view text);
std::optional<std::string> read_time(const ObjectReader& in, std::string_view name);
// Seconds since 1970 of such a time; nullopt if it is not one.
std::optional<std::int64_t> seconds_of_rfc3339(std::string_view text);

RecordId read_record_id(const ObjectReader& in, std::string_view name);

}  // namespace scrutineer
