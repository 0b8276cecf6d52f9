// Invented pages of a node of the exchange of notices, in every state: no real institution, attack or person.
#pragma once

#include <vector>

#include "app/ui/notice_pages.h"
#include "desk_models.h"

namespace scrutineer::ui::sample {

std::vector<DeskSample> notice_samples();

}  // namespace scrutineer::ui::sample
