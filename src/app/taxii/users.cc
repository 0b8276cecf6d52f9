#include "app/taxii/users.h"

#include <algorithm>
#include <array>

#include "core/crypto/hash.h"
#include "core/crypto/secret.h"

namespace scrutineer {
namespace {

constexpr std::size_t kCredentialBytes = 1'024;

bool plain_name(std::string_view name) {
  return !name.empty() && name.size() <= 200 && is_utf8(name) && std::none_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == ':' || c == 0x7f;
  });
}

std::string_view word(std::string_view& rest, char at) {
  const std::size_t end = std::min(rest.find(at), rest.size());
  const std::string_view out = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return out;
}

}  // namespace

std::string new_taxii_token(Rng& rng) {
  std::array<std::uint8_t, 32> drawn{};
  rng.fill(drawn);
  std::string text = to_base64(BytesView(reinterpret_cast<const char*>(drawn.data()), drawn.size()));
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  std::erase(text, '=');
  return text;
}

Result<TaxiiUsers> TaxiiUsers::parse(std::string_view text) {
  TaxiiUsers out;
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view line = word(text, '\n');
    const std::string where = "line " + std::to_string(number);
    if (line.empty() || line.starts_with('#')) continue;
    Row row;
    row.name = word(line, ' ');
    const auto token = hash_from_hex(word(line, ' '));
    if (!plain_name(row.name) || !token)
      return fail(ErrorCode::malformed, "expected a name, the SHA-256 of a token, and collections with r, w or rw",
                  where);
    row.token = *token;
    while (!line.empty()) {
      std::string_view right = word(line, ' ');
      const std::string_view collection = word(right, ':');
      if (collection.empty() || (right != "r" && right != "w" && right != "rw"))
        return fail(ErrorCode::malformed, "expected a collection's id, a colon and r, w or rw", where);
      row.rights.push_back({std::string(collection), right.starts_with('r'), right.ends_with('w')});
    }
    if (std::any_of(out.rows_.begin(), out.rows_.end(), [&](const Row& other) { return other.name == row.name; }))
      return fail(ErrorCode::conflict, "this name stands twice", where);
    if (out.rows_.size() == limits::kTaxiiUsers) return fail(ErrorCode::limit_exceeded, "too many users", where);
    out.rows_.push_back(std::move(row));
  }
  return out;
}

std::optional<TaxiiUser> TaxiiUsers::user_of(std::string_view authorization) const {
  std::string scheme(authorization.substr(0, std::min<std::size_t>(authorization.size(), 6)));
  std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  if (scheme != "basic " || authorization.size() > kCredentialBytes) return std::nullopt;
  const auto decoded = from_base64(authorization.substr(6));
  if (!decoded) return std::nullopt;
  const std::size_t colon = decoded->find(':');
  if (colon == decoded->npos) return std::nullopt;
  // Hashes, so that sizes say nothing; every row, so that time says nothing.
  const Hash256 name = sha256(BytesView(*decoded).substr(0, colon)),
                token = sha256(BytesView(*decoded).substr(colon + 1));
  const Row* found = nullptr;
  for (const Row& row : rows_) {
    const bool same_name = equal_constant_time(sha256(row.name).view(), name.view());
    const bool same_token = equal_constant_time(row.token.view(), token.view());
    if (same_name & same_token) found = &row;
  }
  return found == nullptr ? std::nullopt : std::optional(TaxiiUser{found->name});
}

bool TaxiiUsers::may(const TaxiiUser& user, std::string_view collection, char what) const {
  for (const Row& row : rows_)
    for (const Right& right : row.rights)
      if (row.name == user.name && right.collection == collection && (what == 'r' ? right.read : right.write))
        return true;
  return false;
}

std::optional<std::string> basic_authorization(std::string_view name, std::string_view token) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (!plain_name(name) || std::any_of(token.begin(), token.end(), control)) return std::nullopt;
  return "Basic " + to_base64(std::string(name) + ":" + std::string(token));
}

}  // namespace scrutineer
