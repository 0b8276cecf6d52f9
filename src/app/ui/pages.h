// The pages: pure functions from the model to a whole HTML file (paths.h says where each belongs). Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "app/ui/model.h"

namespace scrutineer::ui {

std::string render_index(const Site& site, const Overview& overview);  // both languages, leads to both
std::string render_overview(const Site& site, const Overview& overview, Lang lang);
std::string render_questions(const Site& site, const Overview& overview, Lang lang);
std::string render_glossary(const Site& site, Lang lang);
std::string render_area(const Site& site, const Area& area, Lang lang);
std::string render_unit(const Site& site, const Unit& unit, Lang lang);

// style.css, the only other file that the pages need.
std::string_view style_sheet();

}  // namespace scrutineer::ui
