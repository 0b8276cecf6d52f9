// Key files (docs/formats/key-file.md): one person's private key, under a passphrase or, only when asked for, plain.
#pragma once

#include <optional>

#include "core/base/clock.h"
#include "core/crypto/password.h"
#include "core/crypto/signature.h"
#include "core/note/vkey.h"

namespace scrutineer {

// A key with its name. Move-only: the secret is wiped when it goes.
struct NamedKey {
  VerifierKey vkey;
  PrivateKey secret;
};

Result<NamedKey> new_named_key(std::string_view name, KeyType type, Rng& rng);
Result<NamedKey> named_key(std::string_view name, PrivateKey secret);

// The file's text. With a passphrase: at least 8 bytes (invalid_argument). nullopt: plain; say so to the person.
Result<Bytes> write_key_file(const NamedKey& key, const std::optional<BytesView>& passphrase, Rng& rng,
                             const PasswordCost& cost = {});

// What can be read without the passphrase.
struct KeyFile {
  VerifierKey vkey;
  bool encrypted = false;
  SealedSecret sealed;
  SecretBytes plain;
};
Result<KeyFile> parse_key_file(BytesView text);

// Errors: unauthorised (passphrase), malformed (the secret is not that of the public key in the file).
Result<NamedKey> open_key_file(const KeyFile& file, const std::optional<BytesView>& passphrase);

}  // namespace scrutineer
