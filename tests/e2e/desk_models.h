// Invented pages of a counting centre, in every state: nothing here is a real count.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/ui/desk_pages.h"

namespace scrutineer::ui::sample {

struct DeskSample {
  std::string name;  // the address is /sample/NAME
  std::function<std::string(const DeskFrame&)> render;
  bool signed_in = true;
};

DeskFrame desk_frame(Lang lang, const std::string& name, bool signed_in);

// All but what changes while it is looked at.
std::vector<DeskSample> desk_samples();

Board desk_board(std::size_t cells, std::size_t step);  // `step`: how far the night has come since the page was opened
const Site& desk_site();

// A live count that has called so many ballots; `last`: the option called last.
LivePage desk_live(std::int64_t called, std::size_t last, std::int64_t undone);

}  // namespace scrutineer::ui::sample
