// A key that never leaves its token (PKCS#11 v2.40), asked for one signature at a time: find the token, log in with the
// PIN, sign, log out. Nothing stays open between two signatures, so that a token may be pulled out and put in again.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/token/session.h"
#include "app/token/trouble.h"
#include "core/crypto/secret.h"
#include "core/crypto/signature.h"

namespace scrutineer::token {

struct TokenChoice {
  std::string module;  // path of the maker's library
  std::string token;   // label or serial number; empty: the only one that is plugged in
  std::string key;     // label, or hex of CKA_ID; empty: the only one on the token
};

// Not thread-safe.
class Token {
 public:
  // Needs no PIN. Trouble: no_module, no_token, several_tokens, no_key, several_keys.
  static TokenResult<std::unique_ptr<Token>> open(const TokenChoice& choice);

  const std::string& token_label() const { return slot_.label; }
  const std::string& key_label() const { return key_.label; }
  const PublicKey& public_key() const { return key_.key; }
  bool keypad() const { return slot_.keypad; }  // the PIN is typed on the token itself: `pin` may be empty
  bool last_try();                              // one more wrong PIN locks the token

  // As notes hold it: Ed25519's 64 bytes, or ECDSA in DER. It has been verified under public_key().
  TokenResult<Bytes> sign(BytesView message, const SecretBytes& pin);

 private:
  Token(TokenChoice choice, std::shared_ptr<Module> module, Slot slot, KeyObject key)
      : choice_(std::move(choice)), module_(std::move(module)), slot_(std::move(slot)), key_(std::move(key)) {}
  TokenChoice choice_;
  std::shared_ptr<Module> module_;
  Slot slot_;
  KeyObject key_;
};

// Makes a pair on the token; `label` becomes its name, which `choice.key` is not asked for. Trouble: key_there.
TokenResult<PublicKey> make_token_key(const TokenChoice& choice, const std::string& label, KeyType type,
                                      const SecretBytes& pin);

// The Signer of the rest of the program: asks `pin` before each signature.
using PinSource = std::function<Result<SecretBytes>()>;
std::unique_ptr<Signer> token_signer(std::unique_ptr<Token> token, PinSource pin);

}  // namespace scrutineer::token
