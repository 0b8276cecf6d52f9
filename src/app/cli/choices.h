// Closed sets of codes as options of a command.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scrutineer::cli {

// For Argument::one_of.
template <std::size_t N>
std::vector<std::string> names_of(const std::string_view (&names)[N]) {
  return {std::begin(names), std::end(names)};
}

// The value of an enumeration whose names these are; nullopt: none of them.
template <class Enum, std::size_t N>
std::optional<Enum> value_of(const std::string_view (&names)[N], std::string_view code) {
  const auto found = std::find(std::begin(names), std::end(names), code);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<Enum>(found - std::begin(names));
}

}  // namespace scrutineer::cli
