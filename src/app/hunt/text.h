// A hunt's result for a person at a terminal.
#pragma once

#include <string>

#include "app/ui/model.h"
#include "core/hunt/report.h"

namespace scrutineer::hunt {

std::string hunt_text(const HuntReport& report, ui::Lang lang);

}  // namespace scrutineer::hunt
