// What goes wrong with tokens, in words for the person who holds one.
#pragma once

#include <cstdint>
#include <string_view>

#include "app/ui/message.h"
#include "core/base/result.h"

namespace scrutineer::token {

enum class Trouble : std::uint8_t {
  no_module,       // the maker's library is not there, or is none
  no_token,        // nothing of that name is plugged in
  several_tokens,  // more than one is: say which
  no_key,
  several_keys,
  key_there,  // a key of that name exists and is never overwritten
  wrong_pin,
  pin_locked,
  pin_not_set,  // never set, or expired
  removed,      // pulled out while it worked
  another_key,  // the token that is plugged in now holds another key under the same name
  cannot_sign,  // the token does not know this kind of signature
  cancelled,    // on its own keypad
  failed,       // the token says no and no more
};
inline constexpr std::size_t kTroubles = 14;

// "wrong-pin": for programs.
std::string_view trouble_name(Trouble trouble);
const ui::Msg& trouble_sentence(Trouble trouble);
// As an Error of the rest of the program: the sentence in English, the name in `where`.
Error to_error(Trouble trouble);

// A return value of PKCS#11 v2.40 section 5.1 (CKR_*) other than CKR_OK.
Trouble trouble_of(unsigned long return_value);

template <class T>
using TokenResult = tl::expected<T, Trouble>;

}  // namespace scrutineer::token
