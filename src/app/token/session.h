// One session with a token: opened, used, closed; private to app/token.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/token/module.h"
#include "core/base/bytes.h"
#include "core/crypto/secret.h"
#include "core/crypto/signature.h"

namespace scrutineer::token {

// A public key object of the token.
struct KeyObject {
  Bytes id;           // CKA_ID: its private key has the same
  std::string label;  // CKA_LABEL
  PublicKey key;
};

// Logs out and closes when it goes. Every call that meets trouble says which.
class Session {
 public:
  static TokenResult<Session> open(const Module& module, const Slot& slot, bool writing);
  Session(Session&& other) noexcept;
  Session& operator=(Session&&) = delete;
  ~Session();

  // `pin` is not used where the token has a keypad.
  TokenResult<void> login(const SecretBytes& pin);
  // Keys of other kinds than P-256 and Ed25519 are passed over.
  TokenResult<std::vector<KeyObject>> public_keys();
  // ECDSA over the digest, or Ed25519 over the message, by the private key of that id. Asks for the PIN once more where
  // the key wants it for each use (CKA_ALWAYS_AUTHENTICATE). Returns the token's 64 bytes.
  TokenResult<Bytes> sign(const KeyObject& key, BytesView message, const SecretBytes& pin);
  // Makes a pair that never leaves the token.
  TokenResult<void> make_pair(const std::string& label, const Bytes& id, KeyType type);

 private:
  Session(const Module& module, bool keypad) : module_(&module), keypad_(keypad) {}
  TokenResult<void> login_as(unsigned long user, const SecretBytes& pin);
  TokenResult<std::vector<unsigned long>> objects(unsigned long kind, const Bytes* id);
  TokenResult<Bytes> attribute(unsigned long object, unsigned long type);

  const Module* module_;
  bool keypad_;
  unsigned long handle_ = 0;
  bool open_ = false, logged_in_ = false;
};

}  // namespace scrutineer::token
