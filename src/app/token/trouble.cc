#include "app/token/trouble.h"

#include <p11-kit/pkcs11.h>

namespace scrutineer::token {
namespace {

struct Row {
  std::string_view name;
  ErrorCode code;
  ui::Msg sentence;
};

// In the order of Trouble.
constexpr Row kRows[kTroubles] = {
    {"no-module",
     ErrorCode::not_found,
     {"보안토큰 제조사의 라이브러리(PKCS#11)를 열 수 없습니다. 경로를 확인하십시오.",
      "The library of the token's maker (PKCS#11) could not be opened. Check its path."}},
    {"no-token",
     ErrorCode::not_found,
     {"보안토큰이 없습니다. 토큰을 꽂고 이름이나 일련번호를 확인하십시오.",
      "There is no such token. Plug it in and check its label or serial number."}},
    {"several-tokens",
     ErrorCode::conflict,
     {"맞는 보안토큰이 여러 개입니다. 일련번호로 지정하십시오.",
      "Several tokens answer to this. Name yours by its serial number."}},
    {"no-key",
     ErrorCode::not_found,
     {"이 보안토큰에는 그 이름의 서명 키(P-256 또는 Ed25519)가 없습니다.",
      "This token has no signing key of that name (P-256 or Ed25519)."}},
    {"several-keys",
     ErrorCode::conflict,
     {"이 보안토큰에는 서명 키가 여러 개 있습니다. 키 이름을 지정하십시오.",
      "This token has several signing keys. Say which one by its name."}},
    {"key-there",
     ErrorCode::conflict,
     {"그 이름의 키가 이미 있습니다. 키는 덮어쓰지 않습니다.",
      "A key of that name is there already. Keys are never overwritten."}},
    {"wrong-pin",
     ErrorCode::unauthorised,
     {"PIN이 맞지 않습니다. 여러 번 틀리면 토큰이 잠깁니다.",
      "The PIN is wrong. After several wrong PINs the token locks itself."}},
    {"pin-locked",
     ErrorCode::unauthorised,
     {"PIN을 여러 번 틀려 보안토큰이 잠겼습니다. 토큰을 발급한 곳에서 풀어야 합니다.",
      "The token is locked after too many wrong PINs. Whoever issued it can unlock it."}},
    {"pin-not-set",
     ErrorCode::unauthorised,
     {"이 보안토큰의 PIN이 설정되지 않았거나 만료되었습니다. 토큰을 발급한 곳에 문의하십시오.",
      "The token's PIN was never set or has expired. Ask whoever issued the token."}},
    {"removed",
     ErrorCode::io_error,
     {"작업 중에 보안토큰이 빠졌습니다. 서명하지 않았습니다. 다시 꽂고 다시 시도하십시오.",
      "The token was pulled out while it worked. Nothing was signed. Plug it in and try again."}},
    {"another-key",
     ErrorCode::conflict,
     {"지금 꽂힌 보안토큰의 키는 처음의 키가 아닙니다. 서명하지 않았습니다.",
      "The token that is plugged in now holds another key. Nothing was signed."}},
    {"cannot-sign",
     ErrorCode::unsupported,
     {"이 보안토큰은 이 종류의 서명을 할 수 없습니다.", "This token cannot make this kind of signature."}},
    {"cancelled", ErrorCode::unauthorised, {"서명이 취소되었습니다.", "The signature was cancelled."}},
    {"failed",
     ErrorCode::io_error,
     {"보안토큰이 작업을 거부했습니다. 서명하지 않았습니다. 토큰을 뺐다가 다시 꽂아 보십시오.",
      "The token refused. Nothing was signed. Pull it out, plug it in and try again."}},
};

const Row& row(Trouble trouble) {
  return kRows[static_cast<std::size_t>(trouble)];
}

}  // namespace

std::string_view trouble_name(Trouble trouble) {
  return row(trouble).name;
}

const ui::Msg& trouble_sentence(Trouble trouble) {
  return row(trouble).sentence;
}

Error to_error(Trouble trouble) {
  const Row& found = row(trouble);
  return {found.code, std::string(found.sentence.in(ui::Lang::en)), "token/" + std::string(found.name)};
}

Trouble trouble_of(unsigned long return_value) {
  switch (return_value) {
    case CKR_PIN_INCORRECT:
    case CKR_PIN_INVALID:
    case CKR_PIN_LEN_RANGE: return Trouble::wrong_pin;
    case CKR_PIN_LOCKED: return Trouble::pin_locked;
    case CKR_PIN_EXPIRED:
    case CKR_USER_PIN_NOT_INITIALIZED: return Trouble::pin_not_set;
    case CKR_DEVICE_REMOVED:
    case CKR_DEVICE_ERROR:
    case CKR_TOKEN_NOT_PRESENT:
    case CKR_TOKEN_NOT_RECOGNIZED:
    case CKR_SLOT_ID_INVALID:
    case CKR_SESSION_CLOSED:
    case CKR_SESSION_HANDLE_INVALID: return Trouble::removed;
    case CKR_MECHANISM_INVALID:
    case CKR_MECHANISM_PARAM_INVALID:
    case CKR_KEY_TYPE_INCONSISTENT:
    case CKR_KEY_FUNCTION_NOT_PERMITTED:
    case CKR_CURVE_NOT_SUPPORTED: return Trouble::cannot_sign;
    case CKR_CANCEL:
    case CKR_FUNCTION_CANCELED:
    case CKR_FUNCTION_REJECTED: return Trouble::cancelled;
    default: return Trouble::failed;
  }
}

}  // namespace scrutineer::token
