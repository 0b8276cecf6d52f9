#include "app/agent/key_holder.h"

namespace scrutineer::agent {
namespace {

int status_of(token::Trouble trouble) {
  switch (trouble) {
    case token::Trouble::wrong_pin:
    case token::Trouble::pin_locked:
    case token::Trouble::pin_not_set:
    case token::Trouble::cancelled: return 403;
    default: return 503;
  }
}

class TokenHolder final : public KeyHolder {
 public:
  TokenHolder(std::unique_ptr<token::Token> token, VerifierKey vkey)
      : token_(std::move(token)), vkey_(std::move(vkey)) {}
  const VerifierKey& vkey() const override { return vkey_; }
  Secret asks() const override { return token_->keypad() ? Secret::keypad : Secret::pin; }
  bool last_try() override { return token_->last_try(); }
  Agreed<Bytes> sign(std::string_view text, const SecretBytes& pin) override {
    return token_->sign(text, pin).map_error([](token::Trouble trouble) {
      return Refused{status_of(trouble), token::trouble_name(trouble), token::trouble_sentence(trouble)};
    });
  }

 private:
  std::unique_ptr<token::Token> token_;
  VerifierKey vkey_;
};

constexpr Refused kWrongPassphrase{
    403,
    "wrong-passphrase",
    {"암호가 맞지 않거나 키 파일이 바뀌었습니다.", "The passphrase is wrong, or the key file was changed."}};
constexpr Refused kBrokenFile{500, "failed", {"키 파일로 서명할 수 없습니다.", "This key file cannot sign."}};

class FileHolder final : public KeyHolder {
 public:
  explicit FileHolder(KeyFile file) : file_(std::move(file)) {}
  const VerifierKey& vkey() const override { return file_.vkey; }
  Secret asks() const override { return file_.encrypted ? Secret::passphrase : Secret::none; }
  Agreed<Bytes> sign(std::string_view text, const SecretBytes& passphrase) override {
    auto key = open_key_file(file_, file_.encrypted ? std::optional(passphrase.view()) : std::nullopt);
    if (!key) return tl::unexpected(key.error().code == ErrorCode::unauthorised ? kWrongPassphrase : kBrokenFile);
    auto signer = make_signer(key->secret);
    if (!signer) return tl::unexpected(kBrokenFile);
    auto signature = (*signer)->sign(text);
    if (!signature) return tl::unexpected(kBrokenFile);
    return std::move(*signature);
  }

 private:
  KeyFile file_;
};

}  // namespace

Result<std::unique_ptr<KeyHolder>> hold_token(std::unique_ptr<token::Token> token, const std::string& name) {
  SCRUTINEER_TRY(VerifierKey vkey, make_vkey(name.empty() ? token->key_label() : name, token->public_key()));
  return std::make_unique<TokenHolder>(std::move(token), std::move(vkey));
}

Result<std::unique_ptr<KeyHolder>> hold_key_file(KeyFile file) {
  if (file.vkey.key.type != KeyType::ed25519 && file.vkey.key.type != KeyType::ecdsa_p256)
    return fail(ErrorCode::unsupported, "this key is no person's: it signs no records");
  if (!file.encrypted) SCRUTINEER_CHECKED(open_key_file(file, std::nullopt).map([](const NamedKey&) {}));
  return std::make_unique<FileHolder>(std::move(file));
}

}  // namespace scrutineer::agent
