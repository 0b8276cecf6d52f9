// What the commands that use a token share.
#pragma once

#include "app/token/token.h"

namespace scrutineer::cli {

// An error of a token in both languages: whoever holds a card at a terminal may read either.
Error said_in_both(token::Trouble trouble);

// scrutineer key make: a new pair on a token.
int make_key(int argc, char** argv);

}  // namespace scrutineer::cli
