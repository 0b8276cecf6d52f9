#include "core/authority/keys.h"

#include <cstring>

namespace scrutineer {
namespace {

constexpr KeyIndex kNone = ~KeyIndex{0};

Spread spread_of_name(std::string_view name, const KeyId& id) {
  std::uint32_t number;
  std::memcpy(&number, id.data(), sizeof number);
  return spread_of(name, std::uint64_t{number} << 32);
}
Spread spread_of_key(const PublicKey& key) {
  return spread_of(key.bytes, static_cast<std::uint64_t>(key.type));
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
  std::optional<Person> person = person_of(key.key);
  keys_.add({key, person.value_or(static_cast<Person>(first_name_.size())), root, since});
  next_name_.add(kNone);
  by_name_.add([this](KeyIndex i) { return spread_of_name(keys_[i].key.name, keys_[i].key.id); });
  if (person) {
    next_name_[last_name_[*person]] = index;
    last_name_[*person] = index;
  } else {
    first_name_.add(index);
    last_name_.add(index);
    by_public_key_.add([this](Person i) { return spread_of_key(keys_[first_name_[i]].key.key); });
  }
  return index;
}

std::optional<KeyIndex> KeyTable::find(std::string_view name, const KeyId& id) const {
  return by_name_.find(spread_of_name(name, id),
                       [&](KeyIndex i) { return keys_[i].key.id == id && keys_[i].key.name == name; });
}

std::optional<KeyIndex> KeyTable::find(const VerifierKey& key) const {
  auto found = find(key.name, key.id);
  if (!found || keys_[*found].key.key != key.key) return std::nullopt;
  return found;
}

std::optional<Person> KeyTable::person_of(const PublicKey& key) const {
  return by_public_key_.find(spread_of_key(key), [&](Person i) { return keys_[first_name_[i]].key.key == key; });
}

std::vector<KeyIndex> KeyTable::names_of(Person person) const {
  std::vector<KeyIndex> names;
  for (KeyIndex key = first_name_[person]; key != kNone; key = next_name_[key]) names.push_back(key);
  return names;
}

}  // namespace scrutineer
