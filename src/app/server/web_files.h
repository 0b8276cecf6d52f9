// The scripts of the restricted pages, built into the program: web/*.js.
#pragma once

#include <span>
#include <string_view>

namespace scrutineer {

struct WebFile {
  std::string_view path;  // "/web/sign.js"
  std::string_view type;
  std::string_view bytes;
};
std::span<const WebFile> web_files();

}  // namespace scrutineer
