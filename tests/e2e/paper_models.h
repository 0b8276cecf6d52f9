// Invented pages about ballot papers, in every state: nothing here is a real paper.
#pragma once

#include "desk_models.h"

namespace scrutineer::ui::sample {

std::vector<DeskSample> paper_samples();

}  // namespace scrutineer::ui::sample
