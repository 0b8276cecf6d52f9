// deploy/nginx/*.template, built into the program.
#pragma once

#include <string_view>

namespace scrutineer::http {

extern const std::string_view kNginxTemplate;
extern const std::string_view kNginxPublicTemplate;

}  // namespace scrutineer::http
