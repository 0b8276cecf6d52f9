// A hunt's result for a person at a terminal.
#pragma once

#include <string>

#include "app/ui/model.h"
#include "core/hunt/report.h"

namespace scrutineer::cli {

std::string hunt_text(const hunt::HuntReport& report, ui::Lang lang);

}  // namespace scrutineer::cli
