#include "core/authority/trust.h"

#include <algorithm>

#include "core/base/limits.h"

namespace scrutineer {
namespace {

Status add_root(Roots& roots, std::string_view line) {
  SCRUTINEER_TRY(VerifierKey key, parse_vkey(line));
  if (key.key.type != KeyType::ed25519 && key.key.type != KeyType::ecdsa_p256)
    return fail(ErrorCode::malformed, "a root key signs records: it is of type Ed25519 or P-256");
  for (const VerifierKey& other : roots.keys)
    if (other.key == key.key)
      return fail(ErrorCode::conflict, "the same root key stands here twice");
    else if (other.name == key.name && other.id == key.id)
      return fail(ErrorCode::conflict, "two root keys have this name and key id");
  roots.keys.push_back(std::move(key));
  return {};
}

}  // namespace

Result<Roots> parse_roots(std::string_view text) {
  Roots roots;
  bool has_threshold = false;
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    std::string where = "roots:" + std::to_string(number);
    if (line.starts_with("threshold ")) {
      auto value = parse_decimal(line.substr(10));
      if (!value || *value == 0 || has_threshold)
        return fail(ErrorCode::malformed, "expected one line: threshold K", where);
      roots.threshold = *value;
      has_threshold = true;
    } else if (auto added = add_root(roots, line); !added) {
      return tl::unexpected(placed(added.error(), where));
    }
  }
  if (roots.keys.empty()) return fail(ErrorCode::malformed, "there is no root key here", "roots");
  if (roots.threshold > roots.keys.size())
    return fail(ErrorCode::malformed, "the threshold is larger than the number of root keys", "roots");
  return roots;
}

std::string to_text(const Roots& roots) {
  std::string out = "threshold " + std::to_string(roots.threshold) + "\n";
  for (const VerifierKey& key : roots.keys) out += to_string(key) + "\n";
  return out;
}

Result<RecordId> parse_election_file(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  auto hash = hash_from_hex(text);
  if (!hash) return fail(ErrorCode::malformed, "expected the record id of the definition: 64 hex digits", "election");
  return RecordId{*hash};
}

}  // namespace scrutineer
