// A PKCS#11 library (v2.40), loaded from the path that the person gives; private to app/token.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/token/trouble.h"

struct _CK_FUNCTION_LIST;  // of the specification's own header, which stays out of ours

namespace scrutineer::token {

struct Slot {
  unsigned long id = 0;
  std::string label, serial;  // of the token in it, without the padding
  bool keypad = false;        // the PIN is typed on the token or its reader
  bool last_try = false;      // one more wrong PIN locks it
};

class Module {
 public:
  // Trouble: no_module.
  static TokenResult<std::shared_ptr<Module>> load(const std::string& path);
  ~Module();
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  const _CK_FUNCTION_LIST& calls() const { return *calls_; }
  // The token of that label or serial number that is plugged in now; empty: the only one. Trouble: no_token,
  // several_tokens.
  TokenResult<Slot> find(const std::string& label_or_serial) const;

 private:
  Module() = default;
  TokenResult<std::vector<Slot>> slots() const;
  void* library_ = nullptr;
  const _CK_FUNCTION_LIST* calls_ = nullptr;
  bool ours_ = false;  // started here, so ended here
};

}  // namespace scrutineer::token
