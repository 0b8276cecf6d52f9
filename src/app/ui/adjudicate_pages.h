// Pages about doubtful ballot papers: pure functions from the model to a whole page. Thread-safe. Addresses:
// docs/formats/desk.md. Scripts: desk.js and adjudicate.js; everything works without them.
#pragma once

#include <string>
#include <string_view>

#include "app/ui/adjudicate_model.h"

namespace scrutineer::ui {

std::string render_paper_stacks(const DeskFrame& frame, const Site& site, const PaperStacks& page);
std::string render_paper_queue(const DeskFrame& frame, const Site& site, const PaperQueue& page);
std::string render_paper(const DeskFrame& frame, const Site& site, const PaperView& page);
std::string render_paper_pile(const DeskFrame& frame, const Site& site, const PaperPile& page);
std::string render_paper_piles(const DeskFrame& frame, const Site& site, const PaperPiles& page);

// Goes behind desk.css.
std::string_view adjudicate_style_sheet();

}  // namespace scrutineer::ui
