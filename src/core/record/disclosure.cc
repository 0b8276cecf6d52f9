#include "core/record/disclosure.h"

#include <algorithm>

#include "core/codec/json.h"
#include "core/crypto/hash.h"
#include "core/record/definition.h"

namespace scrutineer {
namespace {

constexpr std::size_t kSaltBytes = 16;  // 128 bits, as RFC 9901 section 9.3 recommends
constexpr std::size_t kDigestCharacters = 43;
constexpr std::size_t kDisclosureBytes = 256u << 10;

// RFC 4648 section 5 without padding, as RFC 7515 section 2 has it.
std::string to_base64url(BytesView bytes) {
  std::string text = to_base64(bytes);
  text.erase(std::find(text.begin(), text.end(), '='), text.end());
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

std::optional<Bytes> from_base64url(std::string_view text) {
  std::string padded(text);
  if (padded.find_first_of("+/=") != padded.npos) return std::nullopt;
  std::replace(padded.begin(), padded.end(), '-', '+');
  std::replace(padded.begin(), padded.end(), '_', '/');
  while (padded.size() % 4 != 0) padded += '=';
  return from_base64(padded);
}

}  // namespace

std::string make_disclosure(std::string_view name, std::string_view value, Rng& rng) {
  std::array<std::uint8_t, kSaltBytes> salt;
  rng.fill(salt);
  JsonWriter out;
  out.begin_array();
  out.string(to_base64url({reinterpret_cast<const char*>(salt.data()), salt.size()})).string(name);
  out.end_array();
  std::string array = out.take();
  array.pop_back();
  array.append(",").append(value).append("]");
  return to_base64url(array);
}

std::string disclosure_digest(std::string_view disclosure) {
  return to_base64url(sha256(disclosure).view());
}

Result<Disclosed> read_disclosure(std::string_view disclosure) {
  if (disclosure.size() > kDisclosureBytes)
    return fail(ErrorCode::limit_exceeded, "a disclosure has at most 256 KiB", "disclosure");
  auto bytes = from_base64url(disclosure);
  if (!bytes) return fail(ErrorCode::malformed, "a disclosure is base64url without padding", "disclosure");
  SCRUTINEER_TRY(Json array, Json::parse(*bytes));
  std::vector<JsonValue> items;
  if (array.root().is_array())
    for (JsonValue item : array.root()) items.push_back(item);
  if (items.size() != 3 || !items[0].as_string() || items[0].as_string()->size() < 22 || !items[1].as_string())
    return fail(ErrorCode::malformed, "a disclosure is an array of a salt, a name and a value", "disclosure");
  JsonWriter value;
  write_value(value, items[2]);
  return Disclosed{std::string(*items[1].as_string()), value.take()};
}

bool is_disclosure_digest(std::string_view text) {
  auto bytes = from_base64url(text);
  return text.size() == kDigestCharacters && bytes && bytes->size() == 32;
}

}  // namespace scrutineer
