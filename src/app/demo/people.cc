#include "app/demo/people.h"

#include <cstring>

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/crypto/hash.h"

namespace scrutineer::demo {

std::string name_of(const Person& person) {
  switch (person.post) {
    case Post::root: return fmt::format("root-{}", person.number);
    case Post::publisher: return "publisher";
    case Post::national: return "national/coordinator";
    case Post::coordinator: return fmt::format("d{:03}/coordinator", person.place + 1);
    case Post::chair: return fmt::format("d{:03}/u{:05}/chair", person.district + 1, person.place + 1);
    case Post::member:
      return fmt::format("d{:03}/u{:05}/member-{}", person.district + 1, person.place + 1, person.number);
    case Post::centre_chair: return fmt::format("d{:03}/chair", person.place + 1);
    case Post::centre_member: return fmt::format("d{:03}/member-{}", person.place + 1, person.number);
    case Post::centre_typist: return fmt::format("d{:03}/typist-{}", person.place + 1, person.number);
    case Post::centre_sorter: return fmt::format("d{:03}/sorter-{}", person.place + 1, person.number);
    case Post::centre_observer: return fmt::format("d{:03}/observer-{}", person.place + 1, person.number);
  }
  __builtin_unreachable();
}

std::string_view role_of(const Person& person) {
  switch (person.post) {
    case Post::root: break;
    case Post::publisher: return "publisher";
    case Post::national:
    case Post::coordinator: return "coordinator";
    case Post::chair:
    case Post::centre_chair: return "chair";
    case Post::member:
    case Post::centre_member: return "member";
    case Post::centre_typist: return "typist";
    case Post::centre_observer: return "observer";
    case Post::centre_sorter: return "sorter";
  }
  panic("roots are granted nothing");
}

namespace {

Hash256 secret_of(std::string_view seed, std::string_view name) {
  return Sha256().update("scrutineer/demo/key\n").update(seed).update("\n").update(name).finish();
}

}  // namespace

PrivateKey key_of(std::string_view seed, std::string_view name) {
  return {KeyType::ed25519, SecretBytes::copy_of(secret_of(seed, name).view())};
}

Pen::Pen(std::string_view seed, std::string name) : name_(std::move(name)) {
  // Guarded memory costs six system calls a piece: one piece a thread for all the keys that pass through it.
  thread_local PrivateKey key{KeyType::ed25519, SecretBytes(32)};
  std::memcpy(key.secret.data(), secret_of(seed, name_).bytes.data(), key.secret.size());
  auto signer = make_signer(key);
  check(signer.has_value(), "32 bytes are a private key");
  signer_ = std::move(*signer);
}

NoteSignature Pen::sign(std::string_view text) {
  auto signature = sign_note(text, name_, *signer_);
  check(signature.has_value(), "what the simulation writes is a note");
  return std::move(*signature);
}

// By way of its text: make_vkey() would check the point, which costs as much as three signatures, and this one was
// made from its secret a moment ago.
VerifierKey Pen::vkey() const {
  const PublicKey& key = signer_->public_key();
  KeyId id = key_id(name_, key);
  Bytes typed = Bytes(1, static_cast<char>(key.type)) + key.bytes;
  auto vkey = parse_vkey(fmt::format(
      "{}+{}+{}", name_, to_hex(BytesView(reinterpret_cast<const char*>(id.data()), id.size())), to_base64(typed)));
  check(vkey.has_value(), "what the simulation names is a key");
  return std::move(*vkey);
}

}  // namespace scrutineer::demo
