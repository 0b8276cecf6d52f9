// Who signs. Names are roles, keys follow from the seed and the name: they protect nothing and are stored nowhere.
#pragma once

#include "core/crypto/signature.h"
#include "core/note/note.h"
#include "core/note/vkey.h"

namespace scrutineer::demo {

inline constexpr std::size_t kRoots = 3, kRootThreshold = 2;

enum class Post : std::uint8_t {
  root,
  publisher,
  national,
  coordinator,
  chair,
  member,
  // Of a district's counting centre: `place` is the district.
  centre_chair,
  centre_member,
  centre_typist,
  centre_observer,
  centre_sorter,  // a machine
};
struct Person {
  Post post = Post::root;
  std::uint32_t place = 0;     // coordinator: the district; chair, member: the unit
  std::uint32_t district = 0;  // chair, member
  std::uint8_t number = 0;     // root, member: from 1
  friend bool operator==(const Person&, const Person&) = default;
};

// "root-1", "publisher", "national/coordinator", "d017/coordinator", "d017/u00123/chair", "d017/u00123/member-1"
std::string name_of(const Person& person);
std::string_view role_of(const Person& person);  // as grants call it; not of roots

PrivateKey key_of(std::string_view seed, std::string_view name);

// Name and key, ready to sign.
class Pen {
 public:
  Pen(std::string_view seed, std::string name);
  Pen(std::string_view seed, const Person& person) : Pen(seed, name_of(person)) {}
  NoteSignature sign(std::string_view text);
  VerifierKey vkey() const;

 private:
  std::string name_;
  std::unique_ptr<Signer> signer_;
};

}  // namespace scrutineer::demo
