// Every key that the log has introduced, by the name and key id that signature lines carry.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/authority/chunks.h"
#include "core/authority/record_index.h"
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
  // Every name under which this person is known; at least one, in the order in which they became known.
  std::vector<KeyIndex> names_of(Person person) const;

 private:
  Chunks<KnownKey> keys_;
  IndexTable by_name_;                       // name and key id -> key
  IndexTable by_public_key_;                 // -> person
  Chunks<KeyIndex> first_name_, last_name_;  // by person
  Chunks<KeyIndex> next_name_;               // by key: the same person's next one
};

}  // namespace scrutineer
