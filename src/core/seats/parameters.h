// The parameters that configuration may set, each with how to read and how to write it. Internal to core/seats.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/seats/method.h"

namespace scrutineer::seats {

struct Parameter {
  std::string_view name;
  bool (*read)(Rules& rules, const std::string& value);     // false: the rules do not take it, or not this value
  std::optional<std::string> (*write)(const Rules& rules);  // nullopt: the rules do not take it
};

// Order matters once: a share comes before the comparison that belongs to it.
const std::vector<Parameter>& parameters();

}  // namespace scrutineer::seats
