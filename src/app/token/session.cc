#include "app/token/session.h"

#include <utility>

#include <p11-kit/pkcs11.h>

#include "core/crypto/hash.h"
#include "core/crypto/token_encoding.h"

namespace scrutineer::token {
namespace {

constexpr CK_ULONG kObjects = 256;  // of one kind on one token
constexpr CK_ULONG kAttributeBytes = 4'096;

CK_BYTE* raw(BytesView bytes) {  // the C interface knows no const
  return reinterpret_cast<CK_BYTE*>(const_cast<char*>(bytes.data()));
}

CK_ATTRIBUTE of(CK_ATTRIBUTE_TYPE type, BytesView bytes) {
  return {type, raw(bytes), bytes.size()};
}
template <class T>
CK_ATTRIBUTE of(CK_ATTRIBUTE_TYPE type, T& value) {
  return {type, &value, sizeof value};
}

TokenResult<void> said(CK_RV value) {
  if (value == CKR_OK) return {};
  return tl::unexpected(trouble_of(value));
}

}  // namespace

TokenResult<Session> Session::open(const Module& module, const Slot& slot, bool writing) {
  Session session(module, slot.keypad);
  CK_FLAGS flags = CKF_SERIAL_SESSION | (writing ? CKF_RW_SESSION : 0);
  CK_RV value = module.calls().C_OpenSession(slot.id, flags, nullptr, nullptr, &session.handle_);
  if (value != CKR_OK) return tl::unexpected(trouble_of(value));
  session.open_ = true;
  return session;
}

Session::Session(Session&& other) noexcept
    : module_(other.module_),
      keypad_(other.keypad_),
      handle_(other.handle_),
      open_(std::exchange(other.open_, false)),
      logged_in_(std::exchange(other.logged_in_, false)) {}

Session::~Session() {
  // A PIN opens one signature: whoever comes next types it again.
  if (logged_in_) module_->calls().C_Logout(handle_);
  if (open_) module_->calls().C_CloseSession(handle_);
}

TokenResult<void> Session::login_as(unsigned long user, const SecretBytes& pin) {
  CK_BYTE* bytes = keypad_ ? nullptr : const_cast<CK_BYTE*>(pin.data());
  return said(module_->calls().C_Login(handle_, user, bytes, keypad_ ? 0 : pin.size()));
}

TokenResult<void> Session::login(const SecretBytes& pin) {
  if (!keypad_ && pin.empty()) return tl::unexpected(Trouble::wrong_pin);  // costs no try
  auto good = login_as(CKU_USER, pin);
  logged_in_ = good.has_value();
  return good;
}

TokenResult<std::vector<unsigned long>> Session::objects(unsigned long kind, const Bytes* id) {
  const auto& calls = module_->calls();
  CK_OBJECT_CLASS wanted = kind;
  CK_ATTRIBUTE search[2] = {of(CKA_CLASS, wanted), of(CKA_ID, id ? BytesView(*id) : BytesView())};
  if (auto good = said(calls.C_FindObjectsInit(handle_, search, id ? 2 : 1)); !good)
    return tl::unexpected(good.error());
  std::vector<CK_OBJECT_HANDLE> found(kObjects);
  CK_ULONG count = 0;
  CK_RV value = calls.C_FindObjects(handle_, found.data(), kObjects, &count);
  calls.C_FindObjectsFinal(handle_);
  if (value != CKR_OK) return tl::unexpected(trouble_of(value));
  found.resize(std::min(count, kObjects));
  return found;
}

TokenResult<Bytes> Session::attribute(unsigned long object, unsigned long type) {
  CK_ATTRIBUTE asked{type, nullptr, 0};
  if (auto good = said(module_->calls().C_GetAttributeValue(handle_, object, &asked, 1)); !good)
    return tl::unexpected(good.error());
  if (asked.ulValueLen > kAttributeBytes) return tl::unexpected(Trouble::failed);
  Bytes out(asked.ulValueLen, '\0');
  asked.pValue = out.data();
  if (auto good = said(module_->calls().C_GetAttributeValue(handle_, object, &asked, 1)); !good)
    return tl::unexpected(good.error());
  return out;
}

TokenResult<std::vector<KeyObject>> Session::public_keys() {
  auto handles = objects(CKO_PUBLIC_KEY, nullptr);
  if (!handles) return tl::unexpected(handles.error());
  std::vector<KeyObject> keys;
  for (unsigned long handle : *handles) {
    auto parameters = attribute(handle, CKA_EC_PARAMS);
    auto point = attribute(handle, CKA_EC_POINT);
    auto id = attribute(handle, CKA_ID);
    auto label = attribute(handle, CKA_LABEL);
    if (!parameters || !point || !id || !label) continue;  // an RSA key has no such attributes
    if (auto key = public_key_of_token(*parameters, *point)) keys.push_back({*id, *label, *key});
  }
  return keys;
}

TokenResult<Bytes> Session::sign(const KeyObject& key, BytesView message, const SecretBytes& pin) {
  auto handles = objects(CKO_PRIVATE_KEY, &key.id);
  if (!handles) return tl::unexpected(handles.error());
  if (handles->empty()) return tl::unexpected(Trouble::no_key);
  CK_OBJECT_HANDLE object = handles->front();
  bool ecdsa = key.key.type == KeyType::ecdsa_p256;
  // The hash is ours: not every token knows CKM_ECDSA_SHA256, and none is asked to read 65 kB.
  Hash256 digest = sha256(message);
  BytesView input = ecdsa ? digest.view() : message;
  const auto& calls = module_->calls();
  CK_MECHANISM mechanism{ecdsa ? CKM_ECDSA : CKM_EDDSA, nullptr, 0};
  if (auto good = said(calls.C_SignInit(handle_, &mechanism, object)); !good) return tl::unexpected(good.error());
  // PKCS#11 v2.40 section 4.9, CKA_ALWAYS_AUTHENTICATE: a login of the user type CKU_CONTEXT_SPECIFIC between
  // C_SignInit and C_Sign. A token that does not know the attribute does not ask for it.
  if (auto always = attribute(object, CKA_ALWAYS_AUTHENTICATE); always && *always == Bytes(1, '\1'))
    if (auto good = login_as(CKU_CONTEXT_SPECIFIC, pin); !good) return tl::unexpected(good.error());
  Bytes signature(256, '\0');
  CK_ULONG size = signature.size();
  CK_RV value = calls.C_Sign(handle_, raw(input), input.size(), reinterpret_cast<CK_BYTE*>(signature.data()), &size);
  if (value != CKR_OK) return tl::unexpected(trouble_of(value));
  signature.resize(std::min<std::size_t>(size, signature.size()));
  return signature;
}

TokenResult<void> Session::make_pair(const std::string& label, const Bytes& id, KeyType type) {
  bool ecdsa = type == KeyType::ecdsa_p256;
  CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
  BytesView parameters = ecdsa ? kP256Parameters : kEd25519Parameters;
  CK_ATTRIBUTE public_side[] = {of(CKA_TOKEN, yes),        of(CKA_PRIVATE, no),
                                of(CKA_VERIFY, yes),       of(CKA_EC_PARAMS, parameters),
                                of(CKA_ID, BytesView(id)), of(CKA_LABEL, BytesView(label))};
  CK_ATTRIBUTE private_side[] = {of(CKA_TOKEN, yes),
                                 of(CKA_PRIVATE, yes),
                                 of(CKA_SIGN, yes),
                                 of(CKA_SENSITIVE, yes),
                                 of(CKA_EXTRACTABLE, no),
                                 of(CKA_ID, BytesView(id)),
                                 of(CKA_LABEL, BytesView(label)),
                                 of(CKA_ALWAYS_AUTHENTICATE, yes)};
  CK_MECHANISM mechanism{ecdsa ? CKM_EC_KEY_PAIR_GEN : CKM_EC_EDWARDS_KEY_PAIR_GEN, nullptr, 0};
  CK_OBJECT_HANDLE made[2];
  auto make = [&](CK_ULONG private_attributes) {
    return module_->calls().C_GenerateKeyPair(handle_, &mechanism, public_side, std::size(public_side), private_side,
                                              private_attributes, &made[0], &made[1]);
  };
  // Tokens that leave this to their maker refuse the last attribute; a PIN for each signature is then what we do
  // anyway.
  CK_RV value = make(std::size(private_side));
  if (value == CKR_TEMPLATE_INCONSISTENT || value == CKR_ATTRIBUTE_TYPE_INVALID ||
      value == CKR_ATTRIBUTE_VALUE_INVALID || value == CKR_ATTRIBUTE_READ_ONLY)
    value = make(std::size(private_side) - 1);
  return said(value);
}

}  // namespace scrutineer::token
