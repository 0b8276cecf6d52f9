// Precompiled once for every target: the headers that nearly every file uses. Headers of ours still include what they
// need: tools/check-includes sees to that, so a name added here is added there, in PRECOMPILED.
#pragma once
#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include <tl/expected.hpp>
