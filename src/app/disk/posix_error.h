// errno as an Error; private to app/disk.
#pragma once

#include <string>

#include "core/base/result.h"

namespace scrutineer {

// "cannot WHAT PATH: reason" with the code that fits `number` (an errno).
Error posix_error(int number, const char* what, const std::string& path);

}  // namespace scrutineer
