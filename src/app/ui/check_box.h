// "How to check this yourself": on the first page, and in short on unit pages (sheet.cc).
#pragma once

#include "app/ui/html.h"
#include "app/ui/model.h"

namespace scrutineer::ui {

void check_box(Html& h, const Site& site);

}  // namespace scrutineer::ui
