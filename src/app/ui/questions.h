// Open questions: a table on the first page, and the whole lists on their own page.
#pragma once

#include <span>

#include "app/ui/html.h"
#include "app/ui/model.h"

namespace scrutineer::ui {

inline constexpr std::size_t kUnitsInQuestionTable = 3;    // on the first page
inline constexpr std::size_t kUnitsInQuestionList = 2000;  // on the page of questions; the rest is in the result files

void question_table(Html& h, std::span<const Question> questions);

// Counts by others, each a link; nothing where there are none.
void independent_tallies(Html& h, std::span<const IndependentTally> tallies);

}  // namespace scrutineer::ui
