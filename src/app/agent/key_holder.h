// Whose key the agent holds, and how it is opened for one signature.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "app/token/token.h"
#include "app/ui/message.h"
#include "core/note/key_file.h"

namespace scrutineer::agent {

// A "no" for the page and its person.
struct Refused {
  int status = 400;
  std::string_view code;  // "wrong-pin": for the page
  ui::Msg sentence;
};
template <class T>
using Agreed = tl::expected<T, Refused>;

// What a person gives for each signature.
enum class Secret : std::uint8_t { pin, passphrase, keypad, none };
inline constexpr std::string_view kSecretNames[] = {"pin", "passphrase", "keypad", "none"};

class KeyHolder {
 public:
  virtual ~KeyHolder() = default;
  virtual const VerifierKey& vkey() const = 0;
  virtual Secret asks() const = 0;
  virtual bool last_try() { return false; }  // one more wrong PIN locks the token
  // Refused with the code "wrong-pin" or "wrong-passphrase" where the secret was wrong.
  virtual Agreed<Bytes> sign(std::string_view text, const SecretBytes& secret) = 0;
};

// `name` is the note name of the key; empty: the label of the key on the token. Error: malformed (no note name).
Result<std::unique_ptr<KeyHolder>> hold_token(std::unique_ptr<token::Token> token, const std::string& name);
// A file under a passphrase is opened for each signature and closed again; a plain one asks nothing.
Result<std::unique_ptr<KeyHolder>> hold_key_file(KeyFile file);

}  // namespace scrutineer::agent
