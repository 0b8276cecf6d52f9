// What a fuzz target looks like: one function, called with every input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace scrutineer {

inline std::string_view fuzz_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace scrutineer
