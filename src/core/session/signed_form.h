// What a form that was signed in the browser brings back (docs/formats/sign-in.md, "Forms").
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/note/note.h"

namespace scrutineer {

// The fields `text`, `signer`, `key_id` and `signature` as a note with one signature, of which nothing has been
// verified. Browsers send line ends as CR LF; they become LF again. Errors: malformed (`where` names the field),
// limit_exceeded.
Result<SignedNote> signed_form(std::string_view text, std::string_view signer, std::string_view key_id,
                               std::string_view signature);

}  // namespace scrutineer
