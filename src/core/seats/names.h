// The names that stand for rules. Internal to core/seats.
#pragma once

#include <string_view>
#include <vector>

#include "core/seats/method.h"

namespace scrutineer::seats {

struct Named {
  std::string_view name;
  Rules rules;
};

// In the order in which they are listed to people; of two that mean the same, the more telling one comes first.
const std::vector<Named>& named_rules();

const Named* find_name(std::string_view name);  // nullptr: there is none

}  // namespace scrutineer::seats
