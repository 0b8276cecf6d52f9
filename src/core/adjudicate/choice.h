// What a person can say of one contest on one paper (docs/formats/adjudication.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/codec/object_reader.h"
#include "core/scan/reading.h"

namespace scrutineer {

enum class InvalidReason : std::uint8_t {
  no_mark,
  two_options,  // more than there are seats
  across_two,
  outside_only,
  other_tool,
  added_writing,
  unofficial_paper,
  publicly_shown,
  not_tellable,
};
inline constexpr std::string_view kInvalidReasonNames[] = {"no-mark",          "two-options",    "across-two",
                                                           "outside-only",     "other-tool",     "added-writing",
                                                           "unofficial-paper", "publicly-shown", "not-tellable"};
inline constexpr std::size_t kInvalidReasons = std::size(kInvalidReasonNames);
std::optional<InvalidReason> invalid_reason_of(std::string_view name);

struct Choice {
  Decision decision = Decision::invalid;  // counted, blank or invalid
  std::vector<std::uint16_t> options;     // ascending, none twice; of counted only
  std::optional<InvalidReason> reason;    // of invalid only
  bool operator==(const Choice&) const = default;
};
inline constexpr std::string_view kChoiceNames[] = {"counted", "blank", "invalid"};

// What the contest on the paper allows.
struct ContestForm {
  std::size_t options = 0, seats = 1;
  bool blank_apart = false;  // blank papers are counted apart from invalid ones
};
bool fits(const Choice& choice, const ContestForm& form);

void write_choice(JsonWriter& out, const Choice& choice);  // the value alone
Choice read_choice(const ObjectReader& in);                // problems are reported to the reader

}  // namespace scrutineer
