// Words for what machines and people say of a paper.
#pragma once

#include <span>

#include "app/ui/adjudicate_model.h"
#include "app/ui/html.h"

namespace scrutineer::ui {

// By their codes; nullptr: no such code.
const Msg* mark_word(std::string_view code);    // "straddling": "a stamp lies across two boxes"
const Msg* defect_word(std::string_view code);  // "torn"

// Reasons for which people call a paper invalid, with their keys: A, B, ...
struct InvalidWord {
  std::string_view code;
  const Msg& text;
};
std::span<const InvalidWord> invalid_words();

const Msg& word(PaperPhase phase);
// An open state, one that is decided, one that needs attention: classes of style.css.
Markup phase_class(PaperPhase phase);
bool is_decided(PaperPhase phase);

// "김가온", "김가온, 이나루", "Blank", "Invalid: nothing is marked"
void choice_words(Html& h, const PaperChoice& choice, const std::vector<PaperOption>& options);
// "/desk/paper/look?batch=...&ballot=...&contest=..." into an attribute that the caller has opened.
void paper_address(Html& h, Markup page, std::string_view batch, std::string_view ballot, std::size_t contest);
// "/desk/paper/pile?batch=...": what the machine counted for an option.
void pile_address(Html& h, std::string_view batch, std::size_t contest, std::size_t option, std::size_t from);
void stack_address(Html& h, Markup page, std::string_view batch);
void stack_line(Html& h, const PaperStack& stack);
void progress_words(Html& h, const PaperProgress& progress);
// Between the pages of one stack.
enum class PaperTab : std::uint8_t { queue, piles, none };
void paper_tabs(Html& h, const PaperStack& stack, PaperTab here);

}  // namespace scrutineer::ui
