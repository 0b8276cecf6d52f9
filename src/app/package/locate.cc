#include "app/package/locate.h"

#include <fmt/format.h>

namespace scrutineer {

std::string place_in(std::string_view file, std::string_view source, std::size_t offset) {
  std::size_t line = 1, column = 1;
  for (char c : source.substr(0, offset)) {
    if (c == '\n')
      ++line, column = 1;
    else if ((c & 0xc0) != 0x80)  // not a continuation byte of UTF-8
      ++column;
  }
  return fmt::format("{}:{}:{}", file, line, column);
}

ObjectReader::Locate locate_in(std::string file, std::string_view source, const Problems& problems) {
  return [file = std::move(file), source, &problems](const std::optional<JsonValue>& value, const std::string& path) {
    if (!value || problems.count() >= limits::kErrorsListed) return path;
    return place_in(file, source, value->offset_in(source));
  };
}

}  // namespace scrutineer
