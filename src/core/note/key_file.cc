#include "core/note/key_file.h"

#include <algorithm>

#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::string_view kFormat = "scrutineer/key/1";
constexpr std::size_t kPassphraseBytesMin = 8;

// What encryption binds the secret to.
std::string context_of(const VerifierKey& vkey) {
  return std::string(kFormat) + "\n" + to_string(vkey) + "\n";
}

// "word rest LF" of the next line; nullopt if it starts with another word.
std::optional<std::string_view> take(std::string_view& text, std::string_view word) {
  std::size_t end = text.find('\n');
  if (end == text.npos || !text.starts_with(word)) return std::nullopt;
  std::string_view rest = text.substr(word.size(), end - word.size());
  if (!rest.empty() && rest.front() != ' ') return std::nullopt;
  text.remove_prefix(end + 1);
  return rest.empty() ? rest : rest.substr(1);
}

std::optional<PasswordCost> parse_cost(std::string_view& words) {
  PasswordCost cost;
  for (std::uint64_t* number : {&cost.operations, &cost.memory}) {
    std::size_t space = words.find(' ');
    auto value = parse_decimal(words.substr(0, space));
    if (!value || space == words.npos) return std::nullopt;
    *number = *value;
    words.remove_prefix(space + 1);
  }
  return cost;
}

Error malformed(const char* message) {
  return {ErrorCode::malformed, message, "key file"};
}

}  // namespace

Result<NamedKey> named_key(std::string_view name, PrivateKey secret) {
  SCRUTINEER_TRY(std::unique_ptr<Signer> signer, make_signer(secret));
  SCRUTINEER_TRY(VerifierKey vkey, make_vkey(name, signer->public_key()));
  return NamedKey{std::move(vkey), std::move(secret)};
}

Result<NamedKey> new_named_key(std::string_view name, KeyType type, Rng& rng) {
  SCRUTINEER_CHECKED(check_key_name(name));
  return named_key(name, new_private_key(type, rng));
}

Result<Bytes> write_key_file(const NamedKey& key, const std::optional<BytesView>& passphrase, Rng& rng,
                             const PasswordCost& cost) {
  Bytes out = std::string(kFormat) + "\nvkey " + to_string(key.vkey) + "\n";
  if (!passphrase) return out + "plain " + to_base64(key.secret.secret.view()) + "\n";
  if (passphrase->size() < kPassphraseBytesMin)
    return fail(ErrorCode::invalid_argument, "a passphrase has at least 8 characters");
  SCRUTINEER_TRY(SealedSecret sealed, seal_secret(key.secret.secret, *passphrase, context_of(key.vkey), cost, rng));
  return out + "argon2id13 " + std::to_string(cost.operations) + " " + std::to_string(cost.memory) + " " +
         to_base64(sealed.salt) + "\nxchacha20poly1305 " + to_base64(sealed.nonce + sealed.ciphertext) + "\n";
}

Result<KeyFile> parse_key_file(BytesView text) {
  if (text.size() > limits::kKeyFileBytes) return fail(ErrorCode::limit_exceeded, "a key file has at most 16 KiB");
  auto format = take(text, kFormat);
  if (!format || !format->empty()) return tl::unexpected(malformed("this is no key file of Scrutineer"));
  auto vkey = take(text, "vkey");
  if (!vkey) return tl::unexpected(malformed("expected a line: vkey NAME+ID+KEY"));
  KeyFile file;
  SCRUTINEER_TRY(file.vkey, parse_vkey(*vkey));
  if (auto plain = take(text, "plain")) {
    auto secret = from_base64(*plain);
    if (!secret || !text.empty()) return tl::unexpected(malformed("the secret is not base64"));
    file.plain = SecretBytes::copy_of(*secret);
    wipe(*secret);
    return file;
  }
  auto kdf = take(text, "argon2id13");
  auto cost = kdf ? parse_cost(*kdf) : std::nullopt;
  auto salt = cost ? from_base64(*kdf) : std::nullopt;
  auto box = salt ? take(text, "xchacha20poly1305") : std::nullopt;
  auto bytes = box ? from_base64(*box) : std::nullopt;
  constexpr std::size_t kNonceBytes = 24;
  if (!bytes || bytes->size() <= kNonceBytes || !text.empty())
    return tl::unexpected(malformed("expected the lines argon2id13 and xchacha20poly1305, or plain"));
  file.encrypted = true;
  file.sealed = {*cost, *salt, bytes->substr(0, kNonceBytes), bytes->substr(kNonceBytes)};
  return file;
}

Result<NamedKey> open_key_file(const KeyFile& file, const std::optional<BytesView>& passphrase) {
  PrivateKey secret{file.vkey.key.type, {}};
  if (file.encrypted) {
    if (!passphrase) return fail(ErrorCode::unauthorised, "this key file needs its passphrase");
    SCRUTINEER_TRY(secret.secret, open_secret(file.sealed, *passphrase, context_of(file.vkey)));
  } else {
    secret.secret = SecretBytes::copy_of(file.plain.view());
  }
  SCRUTINEER_TRY(NamedKey key, named_key(file.vkey.name, std::move(secret)));
  if (key.vkey != file.vkey)
    return fail(ErrorCode::malformed, "the secret of this key file is not that of its public key");
  return key;
}

}  // namespace scrutineer
