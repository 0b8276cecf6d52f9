#include "app/token/token.h"

#include "core/crypto/hash.h"
#include "core/crypto/token_encoding.h"

namespace scrutineer::token {
namespace {

TokenResult<KeyObject> find_key(const Module& module, const Slot& slot, const std::string& wanted) {
  auto session = Session::open(module, slot, false);
  if (!session) return tl::unexpected(session.error());
  auto keys = session->public_keys();
  if (!keys) return tl::unexpected(keys.error());
  std::erase_if(
      *keys, [&](const KeyObject& key) { return !wanted.empty() && key.label != wanted && to_hex(key.id) != wanted; });
  if (keys->empty()) return tl::unexpected(Trouble::no_key);
  if (keys->size() > 1) return tl::unexpected(Trouble::several_keys);
  return std::move(keys->front());
}

class TokenSigner final : public Signer {
 public:
  TokenSigner(std::unique_ptr<Token> token, PinSource pin) : token_(std::move(token)), pin_(std::move(pin)) {}
  const PublicKey& public_key() const override { return token_->public_key(); }
  Result<Bytes> sign(BytesView message) override {
    SecretBytes pin;
    if (!token_->keypad()) {
      SCRUTINEER_TRY(pin, pin_());
    }
    auto signature = token_->sign(message, pin);
    if (!signature) return tl::unexpected(to_error(signature.error()));
    return std::move(*signature);
  }

 private:
  std::unique_ptr<Token> token_;
  PinSource pin_;
};

}  // namespace

TokenResult<std::unique_ptr<Token>> Token::open(const TokenChoice& choice) {
  auto module = Module::load(choice.module);
  if (!module) return tl::unexpected(module.error());
  auto slot = (*module)->find(choice.token);
  if (!slot) return tl::unexpected(slot.error());
  auto key = find_key(**module, *slot, choice.key);
  if (!key) return tl::unexpected(key.error());
  return std::unique_ptr<Token>(new Token(choice, std::move(*module), std::move(*slot), std::move(*key)));
}

bool Token::last_try() {
  auto slot = module_->find(choice_.token);
  return slot && slot->last_try;
}

TokenResult<Bytes> Token::sign(BytesView message, const SecretBytes& pin) {
  auto slot = module_->find(slot_.serial.empty() ? choice_.token : slot_.serial);
  if (!slot) return tl::unexpected(slot.error());
  auto session = Session::open(*module_, *slot, false);
  if (!session) return tl::unexpected(session.error());
  if (auto good = session->login(pin); !good) return tl::unexpected(good.error());
  auto raw = session->sign(key_, message, pin);
  if (!raw) return tl::unexpected(raw.error());
  auto signature = signature_of_token(key_.key.type, *raw);
  if (!signature) return tl::unexpected(Trouble::failed);
  // Another token under the same serial number, or a broken one: nothing leaves that would not verify.
  if (!verify_signature(key_.key, message, *signature)) return tl::unexpected(Trouble::another_key);
  return std::move(*signature);
}

TokenResult<PublicKey> make_token_key(const TokenChoice& choice, const std::string& label, KeyType type,
                                      const SecretBytes& pin) {
  auto module = Module::load(choice.module);
  if (!module) return tl::unexpected(module.error());
  auto slot = (*module)->find(choice.token);
  if (!slot) return tl::unexpected(slot.error());
  if (auto there = find_key(**module, *slot, label); there || there.error() == Trouble::several_keys)
    return tl::unexpected(Trouble::key_there);
  {
    auto session = Session::open(**module, *slot, true);
    if (!session) return tl::unexpected(session.error());
    if (auto good = session->login(pin); !good) return tl::unexpected(good.error());
    Hash256 id = sha256(label);
    if (auto made = session->make_pair(label, Bytes(id.view().substr(0, 8)), type); !made)
      return tl::unexpected(made.error());
  }
  auto key = find_key(**module, *slot, label);
  if (!key) return tl::unexpected(key.error());
  return std::move(key->key);
}

std::unique_ptr<Signer> token_signer(std::unique_ptr<Token> token, PinSource pin) {
  return std::make_unique<TokenSigner>(std::move(token), std::move(pin));
}

}  // namespace scrutineer::token
