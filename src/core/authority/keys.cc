#include "core/authority/keys.h"

#include <cstring>

namespace scrutineer {
namespace {

std::size_t lookup(std::string_view name, const KeyId& id) {
  std::uint32_t number;
  std::memcpy(&number, id.data(), sizeof number);
  return std::hash<std::string_view>{}(name) ^ (std::size_t{number} << 32);
}

std::string lookup(const PublicKey& key) {
  std::string out(1, static_cast<char>(key.type));
  return out += key.bytes;
}

}  // namespace

Result<KeyIndex> KeyTable::introduce(const VerifierKey& key, bool root, Position since) {
  if (auto known = find(key.name, key.id)) {
    // Key ids have 32 bits: two keys can be made to collide, and the first one stays.
    if (keys_[*known].key.key != key.key)
      return fail(ErrorCode::conflict, "another key already has the name " + key.name + " and this key id");
    keys_[*known].root |= root;
    return *known;
  }
  auto index = static_cast<KeyIndex>(keys_.size());
  by_name_.emplace(lookup(key.name, key.id), index);
  auto person = by_public_key_.try_emplace(lookup(key.key), static_cast<Person>(by_public_key_.size())).first->second;
  keys_.push_back({key, person, root, since});
  names_.resize(by_public_key_.size());
  names_[person].push_back(index);
  return index;
}

std::optional<KeyIndex> KeyTable::find(std::string_view name, const KeyId& id) const {
  auto [found, end] = by_name_.equal_range(lookup(name, id));
  for (; found != end; ++found)
    if (keys_[found->second].key.id == id && keys_[found->second].key.name == name) return found->second;
  return std::nullopt;
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
