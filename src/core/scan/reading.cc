#include "core/scan/reading.h"

#include <span>

namespace scrutineer {
namespace {

constexpr std::string_view kMarks[] = {
    "none",       "clean",         "light",         "erased",         "crossed_out", "circled",
    "smeared",    "fold_transfer", "partial_stamp", "repeated_stamp", "straddling",  "outside",
    "other_tool", "added_writing", "machine_doubt", "seal_missing",   "serial_left", "overvote"};
constexpr std::string_view kDecisions[] = {"counted", "blank", "invalid", "recheck", "rejected"};
constexpr std::string_view kDefects[] = {"none",
                                         "not_an_image",
                                         "too_large",
                                         "blank_page",
                                         "not_this_ballot",
                                         "wrong_election",
                                         "registration_frame",
                                         "registration_anchor",
                                         "skew",
                                         "stretch",
                                         "torn",
                                         "hole",
                                         "fold",
                                         "streak",
                                         "blur",
                                         "faded",
                                         "dark_border",
                                         "double_feed",
                                         "cut_short"};

static_assert(std::size(kMarks) == static_cast<std::size_t>(MarkClass::overvote) + 1);
static_assert(std::size(kDecisions) == static_cast<std::size_t>(Decision::rejected) + 1);
static_assert(std::size(kDefects) == static_cast<std::size_t>(SheetDefect::cut_short) + 1);

template <class Code>
std::optional<Code> find(std::span<const std::string_view> names, std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<Code>(i);
  return std::nullopt;
}

}  // namespace

std::string_view mark_class_name(MarkClass mark) {
  return kMarks[static_cast<std::size_t>(mark)];
}
std::string_view decision_name(Decision decision) {
  return kDecisions[static_cast<std::size_t>(decision)];
}
std::string_view sheet_defect_name(SheetDefect defect) {
  return kDefects[static_cast<std::size_t>(defect)];
}
std::optional<MarkClass> mark_class_of(std::string_view name) {
  return find<MarkClass>(kMarks, name);
}
std::optional<Decision> decision_of(std::string_view name) {
  return find<Decision>(kDecisions, name);
}
std::optional<SheetDefect> sheet_defect_of(std::string_view name) {
  return find<SheetDefect>(kDefects, name);
}

}  // namespace scrutineer
