// Every key that the log has introduced, by the name and key id that signature lines carry.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/note/note.h"

namespace scrutineer {

using Position = std::uint64_t;  // in the log, from 0
inline constexpr Position kNever = ~Position{0};

using KeyIndex = std::uint32_t;
using Person = std::uint32_t;  // one public key is one person, under however many names

struct KnownKey {
  VerifierKey key;
  Person person = 0;
  bool root = false;
  Position known_since = 0;  // a signature line below this position was by a stranger
};

class KeyTable {
 public:
  // The key's index, old or new. conflict: another public key already has this name and key id.
  Result<KeyIndex> introduce(const VerifierKey& key, bool root, Position since);
  std::optional<KeyIndex> find(std::string_view name, const KeyId& id) const;
  std::optional<KeyIndex> find(const VerifierKey& key) const;
  const KnownKey& operator[](KeyIndex index) const { return keys_[index]; }
  std::size_t size() const { return keys_.size(); }
  std::optional<Person> person_of(const PublicKey& key) const;
  // Every name under which this person is known; at least one.
  const std::vector<KeyIndex>& names_of(Person person) const { return names_[person]; }

 private:
  std::vector<KnownKey> keys_;
  std::unordered_multimap<std::size_t, KeyIndex> by_name_;  // by a hash of name and key id: no string is built to look
  std::unordered_map<std::string, Person> by_public_key_;
  std::vector<std::vector<KeyIndex>> names_;  // by person
};

}  // namespace scrutineer
