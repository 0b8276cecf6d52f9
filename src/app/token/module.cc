#include "app/token/module.h"

#include <dlfcn.h>

#include <p11-kit/pkcs11.h>

namespace scrutineer::token {
namespace {

constexpr unsigned long kSlots = 256;

// Fixed fields are padded with blanks and not terminated (section 3.2).
template <std::size_t Size>
std::string unpadded(const unsigned char (&field)[Size]) {
  std::string text(reinterpret_cast<const char*>(field), Size);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\0')) text.pop_back();
  return text;
}

}  // namespace

TokenResult<std::shared_ptr<Module>> Module::load(const std::string& path) {
  std::shared_ptr<Module> module(new Module());
  module->library_ = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!module->library_) return tl::unexpected(Trouble::no_module);
  auto get = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(module->library_, "C_GetFunctionList"));
  CK_FUNCTION_LIST* calls = nullptr;
  if (!get || get(&calls) != CKR_OK || !calls) return tl::unexpected(Trouble::no_module);
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_OS_LOCKING_OK;  // the agent answers from many threads
  CK_RV said = calls->C_Initialize(&arguments);
  if (said != CKR_OK && said != CKR_CRYPTOKI_ALREADY_INITIALIZED) return tl::unexpected(Trouble::no_module);
  module->calls_ = calls;
  module->ours_ = said == CKR_OK;
  return module;
}

Module::~Module() {
  if (ours_) calls_->C_Finalize(nullptr);
  if (library_) ::dlclose(library_);
}

TokenResult<std::vector<Slot>> Module::slots() const {
  CK_ULONG count = 0;
  // Asking for the number alone is what makes a library look for new tokens (section 5.5, C_GetSlotList).
  if (CK_RV said = calls_->C_GetSlotList(CK_TRUE, nullptr, &count); said != CKR_OK)
    return tl::unexpected(trouble_of(said));
  count = std::min(count, kSlots);
  std::vector<CK_SLOT_ID> ids(count);
  if (CK_RV said = calls_->C_GetSlotList(CK_TRUE, ids.data(), &count); said != CKR_OK)
    return tl::unexpected(trouble_of(said));
  std::vector<Slot> found;
  for (CK_ULONG i = 0; i < count && i < ids.size(); ++i) {
    CK_TOKEN_INFO info{};
    if (calls_->C_GetTokenInfo(ids[i], &info) != CKR_OK || !(info.flags & CKF_TOKEN_INITIALIZED)) continue;
    found.push_back({ids[i], unpadded(info.label), unpadded(info.serialNumber),
                     (info.flags & CKF_PROTECTED_AUTHENTICATION_PATH) != 0,
                     (info.flags & CKF_USER_PIN_FINAL_TRY) != 0});
  }
  return found;
}

TokenResult<Slot> Module::find(const std::string& label_or_serial) const {
  auto all = slots();
  if (!all) return tl::unexpected(all.error());
  std::erase_if(*all, [&](const Slot& slot) {
    return !label_or_serial.empty() && slot.label != label_or_serial && slot.serial != label_or_serial;
  });
  if (all->empty()) return tl::unexpected(Trouble::no_token);
  if (all->size() > 1) return tl::unexpected(Trouble::several_tokens);
  return all->front();
}

}  // namespace scrutineer::token
