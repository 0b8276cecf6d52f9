// Words for the codes and states of the restricted pages.
#pragma once

#include "app/ui/desk_model.h"
#include "app/ui/html.h"
#include "app/ui/words.h"

namespace scrutineer::ui {

inline constexpr std::size_t kDeskStates = 10;

const Msg& word(DeskState state);
const Msg& word(DeskAction::Kind kind);
Markup sign_of(DeskState state);      // one character, told apart without colour
Markup state_class(DeskState state);  // "s0" ... "s9"
void chip(Html& h, DeskState state);  // sign and word

// Codes; one that is not known is written as it is.
void desk_role(Html& h, std::string_view code);
void record_type(Html& h, std::string_view code);
void custody_object(Html& h, std::string_view code);
void custody_event(Html& h, std::string_view code);

}  // namespace scrutineer::ui
