// Bytes, 256-bit hashes and their spellings (hex, base64).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace scrutineer {

// Byte strings: entries, notes, files. Text is always UTF-8.
using Bytes = std::string;
using BytesView = std::string_view;

struct Hash256 {
  std::array<std::uint8_t, 32> bytes{};
  friend auto operator<=>(const Hash256&, const Hash256&) = default;
  BytesView view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
};

// A hash with a meaning. Distinct meanings do not compare or convert.
template <class Tag>
struct TaggedHash {
  Hash256 hash{};
  friend auto operator<=>(const TaggedHash&, const TaggedHash&) = default;
  BytesView view() const { return hash.view(); }
};

using RecordId = TaggedHash<struct RecordIdTag>;  // SHA-256("scrutineer/record" LF || text)
using LeafHash = TaggedHash<struct LeafHashTag>;  // RFC 6962 leaf hash: also the entry id
using NodeHash = TaggedHash<struct NodeHashTag>;  // RFC 6962 root of some subtree
using BlobHash = TaggedHash<struct BlobHashTag>;  // SHA-256 of a blob or file

std::string to_hex(BytesView bytes);  // lower case
inline std::string to_hex(const Hash256& hash) {
  return to_hex(hash.view());
}
template <class Tag>
std::string to_hex(const TaggedHash<Tag>& hash) {
  return to_hex(hash.hash.view());
}

// Exactly lower-case hex of an even number of digits; nullopt otherwise.
std::optional<Bytes> from_hex(std::string_view text);
std::optional<Hash256> hash_from_hex(std::string_view text);  // exactly 64 digits
std::optional<Hash256> hash_from_bytes(BytesView bytes);      // exactly 32 bytes

// Base64 of RFC 4648 section 4, padded, canonical: trailing bits must be zero, no white space.
std::string to_base64(BytesView bytes);
std::optional<Bytes> from_base64(std::string_view text);

// Big-endian integers, as every format here stores them.
void append_be16(Bytes& out, std::uint16_t value);
void append_be32(Bytes& out, std::uint32_t value);
void append_be64(Bytes& out, std::uint64_t value);
std::uint16_t read_be16(const char* p);
std::uint32_t read_be32(const char* p);
std::uint64_t read_be64(const char* p);

// Canonical decimal (no sign, no leading zero but "0" itself) that fits; nullopt otherwise.
std::optional<std::uint64_t> parse_decimal(std::string_view text);

// How many bytes at the start are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms), whole characters
// only.
std::size_t utf8_prefix(BytesView bytes);
inline bool is_utf8(BytesView bytes) {
  return utf8_prefix(bytes) == bytes.size();
}

}  // namespace scrutineer

template <>
struct std::hash<scrutineer::Hash256> {
  std::size_t operator()(const scrutineer::Hash256& h) const {
    std::size_t value;  // a SHA-256 is uniform: any eight bytes of it are a good table hash
    std::memcpy(&value, h.bytes.data(), sizeof value);
    return value;
  }
};
template <class Tag>
struct std::hash<scrutineer::TaggedHash<Tag>> {
  std::size_t operator()(const scrutineer::TaggedHash<Tag>& h) const {
    return std::hash<scrutineer::Hash256>{}(h.hash);
  }
};
