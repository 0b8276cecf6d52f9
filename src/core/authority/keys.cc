#include "core/authority/keys.h"

namespace scrutineer {
namespace {

std::string lookup(std::string_view name, const KeyId& id) {
  std::string out(reinterpret_cast<const char*>(id.data()), id.size());
  return out.append(name);
}

std::string lookup(const PublicKey& key) {
  std::string out(1, static_cast<char>(key.type));
  return out += key.bytes;
}

}  // namespace

Result<KeyIndex> KeyTable::introduce(const VerifierKey& key, bool root, Position since) {
  auto [found, is_new] = by_name_.try_emplace(lookup(key.name, key.id), static_cast<KeyIndex>(keys_.size()));
  if (!is_new) {
    // Key ids have 32 bits: two keys can be made to collide, and the first one stays.
    if (keys_[found->second].key.key != key.key)
      return fail(ErrorCode::conflict, "another key already has the name " + key.name + " and this key id");
    keys_[found->second].root |= root;
    return found->second;
  }
  auto person = by_public_key_.try_emplace(lookup(key.key), static_cast<Person>(by_public_key_.size())).first->second;
  keys_.push_back({key, person, root, since});
  names_.resize(by_public_key_.size());
  names_[person].push_back(found->second);
  return found->second;
}

std::optional<KeyIndex> KeyTable::find(std::string_view name, const KeyId& id) const {
  auto found = by_name_.find(lookup(name, id));
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

std::optional<KeyIndex> KeyTable::find(const VerifierKey& key) const {
  auto found = find(key.name, key.id);
  if (!found || keys_[*found].key.key != key.key) return std::nullopt;
  return found;
}

std::optional<Person> KeyTable::person_of(const PublicKey& key) const {
  auto found = by_public_key_.find(lookup(key));
  if (found == by_public_key_.end()) return std::nullopt;
  return found->second;
}

}  // namespace scrutineer
