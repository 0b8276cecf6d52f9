// A PKCS#11 library that passes every call on to another one, named by BEHIND, and fails where FAULT tells it to:
// "sign:50" makes C_Sign return 50 (0x32, CKR_DEVICE_REMOVED); "last-try" says that one more wrong PIN locks the token.
#include <dlfcn.h>

#include <cstdlib>
#include <cstring>
#include <string>

#include <p11-kit/pkcs11.h>

namespace {

CK_FUNCTION_LIST* behind = nullptr;
CK_FUNCTION_LIST ours;

// The value that `call` shall return, or CKR_OK.
CK_RV fault(const char* call) {
  const char* set = std::getenv("FAULT");
  std::string wanted = std::string(call) + ":";
  if (!set || std::strncmp(set, wanted.c_str(), wanted.size()) != 0) return CKR_OK;
  return std::strtoul(set + wanted.size(), nullptr, 10);
}

CK_RV faulty_sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG size, CK_BYTE_PTR out, CK_ULONG_PTR out_size) {
  if (CK_RV value = fault("sign")) return value;
  CK_RV value = behind->C_Sign(session, data, size, out, out_size);
  if (value == CKR_OK && fault("spoil")) out[7] ^= 1;
  return value;
}

CK_RV faulty_login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_BYTE_PTR pin, CK_ULONG size) {
  if (CK_RV value = fault(user == CKU_CONTEXT_SPECIFIC ? "again" : "login")) return value;
  return behind->C_Login(session, user, pin, size);
}

CK_RV faulty_open(CK_SLOT_ID slot, CK_FLAGS flags, void* application, CK_NOTIFY notify, CK_SESSION_HANDLE* session) {
  if (CK_RV value = fault("open")) return value;
  return behind->C_OpenSession(slot, flags, application, notify, session);
}

CK_RV faulty_info(CK_SLOT_ID slot, CK_TOKEN_INFO* info) {
  CK_RV value = behind->C_GetTokenInfo(slot, info);
  if (value == CKR_OK && fault("last-try")) info->flags |= CKF_USER_PIN_FINAL_TRY;
  return value;
}

CK_RV faulty_generate(CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_ATTRIBUTE* a, CK_ULONG a_count,
                      CK_ATTRIBUTE* b, CK_ULONG b_count, CK_OBJECT_HANDLE* public_key, CK_OBJECT_HANDLE* private_key) {
  for (CK_ULONG i = 0; i < b_count; ++i)
    if (b[i].type == CKA_ALWAYS_AUTHENTICATE)
      if (CK_RV value = fault("always")) return value;
  return behind->C_GenerateKeyPair(session, mechanism, a, a_count, b, b_count, public_key, private_key);
}

}  // namespace

extern "C" __attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST** list) {
  const char* path = std::getenv("BEHIND");
  void* library = path ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : nullptr;
  if (!library) return CKR_GENERAL_ERROR;
  auto get = reinterpret_cast<CK_C_GetFunctionList>(dlsym(library, "C_GetFunctionList"));
  if (!get || get(&behind) != CKR_OK) return CKR_GENERAL_ERROR;
  ours = *behind;
  ours.C_Sign = faulty_sign;
  ours.C_Login = faulty_login;
  ours.C_OpenSession = faulty_open;
  ours.C_GetTokenInfo = faulty_info;
  ours.C_GenerateKeyPair = faulty_generate;
  *list = &ours;
  return CKR_OK;
}
