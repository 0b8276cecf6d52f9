#include "core/stix/stix_id.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/crypto/hash.h"
#include "core/crypto/hmac.h"
#include "core/crypto/sha1.h"
#include "core/stix/limits.h"

namespace scrutineer {
namespace {

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// RFC 4122 section 3; versions 1 to 5 of its own variant.
bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? text[i] != '-' : !is_hex(text[i])) return false;
  }
  return text[14] >= '1' && text[14] <= '5' && std::string_view("89abAB").find(text[19]) != std::string_view::npos;
}

StixId id_of(std::string_view type, const std::uint8_t* sixteen, unsigned version) {
  std::string bytes(reinterpret_cast<const char*>(sixteen), 16);
  bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0f) | version << 4);
  bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3f) | 0x80);
  std::string hex = to_hex(bytes);
  for (std::size_t at : {20, 16, 12, 8}) hex.insert(at, "-");
  auto id = parse_stix_id(std::string(type) + "--" + hex);
  check(id.has_value(), "an id was made of a type that is none");
  return *id;
}

// {00abedb4-aa42-466c-9c01-fed23315a9b7}: section 2.9
constexpr std::string_view kNamespace("\x00\xab\xed\xb4\xaa\x42\x46\x6c\x9c\x01\xfe\xd2\x33\x15\xa9\xb7", 16);

}  // namespace

// Section 3.1: a-z, 0-9 and hyphen, which does not stand twice in a row; 3 to 250 characters. Section 11.2 lets a type
// begin with a letter only.
bool is_stix_type(std::string_view text) {
  if (text.size() < 3 || text.size() > 250 || text.find("--") != text.npos) return false;
  if (text.front() < 'a' || text.front() > 'z' || text.back() == '-') return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

std::optional<StixId> parse_stix_id(std::string_view text) {
  if (text.size() > limits::kStixIdBytes || text.size() < 41) return std::nullopt;
  const std::size_t dash = text.size() - 38;
  if (text.substr(dash, 2) != "--" || !is_stix_type(text.substr(0, dash)) || !is_uuid(text.substr(dash + 2)))
    return std::nullopt;
  StixId id;
  id.text_ = text;
  return id;
}

StixId seeded_id(std::string_view type, const Hash256& seed, std::string_view role) {
  const Hash256 drawn = hmac_sha256(seed.view(), "stix-id\n" + std::string(type) + "\n" + std::string(role));
  return id_of(type, drawn.bytes.data(), 4);
}

StixId observable_id(std::string_view type, std::string_view canonical_json) {
  const auto hash = sha1(std::string(kNamespace) + std::string(canonical_json));
  return id_of(type, hash.data(), 5);
}

}  // namespace scrutineer
