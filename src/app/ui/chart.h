// Charts as inline SVG. Each repeats figures of the table beside it, so none carries information of its own.
#pragma once

#include <span>

#include "app/ui/html.h"
#include "app/ui/model.h"

namespace scrutineer::ui {

// An option's mark before its name.
void swatch(Html& h, const Contest& contest, std::size_t option);

// One option's share as a bar. Nothing where there is no share.
void share_bar(Html& h, const Contest& contest, std::size_t option, Percent share);

// All shares side by side, in the order given. `labelled`: with a text for screen readers, else hidden from them.
enum class ChartLabel : bool { hidden, labelled };
void share_strip(Html& h, const Contest& contest, std::span<const Count> votes, std::span<const std::size_t> order,
                 const Count& base, ChartLabel label);

// Counted of total, as a thin bar.
void progress_bar(Html& h, Progress progress);

// Seats as dots in a half circle, in the order given; seats that wait for a lot are hollow.
void hemicycle(Html& h, const Contest& contest, const Seats& seats, std::span<const std::size_t> order);

}  // namespace scrutineer::ui
