// Tables of what lies below an area.
#pragma once

#include <span>

#include "app/ui/html.h"
#include "app/ui/model.h"

namespace scrutineer::ui {

// One line an area: how far, who leads, valid votes. For the first page.
void lead_table(Html& h, const Site& site, std::size_t contest, std::span<const Child> children);

// Every figure and the votes of every option. For area pages.
void full_table(Html& h, const Site& site, std::size_t contest, std::span<const Child> children);

// A link to an area's or unit's page.
void node_link(Html& h, const NodeRef& node, bool is_unit);

}  // namespace scrutineer::ui
