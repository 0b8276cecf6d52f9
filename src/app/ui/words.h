// Words for the codes and states of the model.
#pragma once

#include "app/ui/html.h"
#include "app/ui/model.h"

namespace scrutineer::ui {

const Msg& word(UnitStatus status);
const Msg& word(ResultState state);
const Msg& word(VersionState state);
const Msg& word(HowCounted how);
const Msg& word(Figure figure);  // Figure::votes: "Votes"

// A state as a small label: colour and sign say the same as the word.
void chip(Html& h, UnitStatus status);
void chip(Html& h, ResultState state);
void chip(Html& h, VersionState state);

// Codes of unit kinds and roles; one that is not known is written as it is.
void unit_kind(Html& h, std::string_view code);
std::string_view unit_kind(std::string_view code, Lang lang);
std::string_view role(std::string_view code, Lang lang);
void role(Html& h, std::string_view code);

}  // namespace scrutineer::ui
