#include "core/hunt/name.h"

#include "core/hunt/chars.h"
#include "core/hunt/unicode.h"

namespace scrutineer::hunt {

std::size_t host_end(std::string_view text, std::size_t i, std::size_t limit) {
  std::size_t end = i;
  while (end < text.size() && end - i < limit && is(text[end], kHost)) {
    if (text[end] == '.' && (end == i || text[end - 1] == '.')) break;
    ++end;
  }
  while (end > i && text[end - 1] == '.') --end;
  return end;
}

bool append_ascii_name(std::string_view name, std::string& out) {
  for (;;) {
    std::size_t dot = name.find('.');
    if (!append_ascii_label(name.substr(0, dot), out)) return false;
    if (dot == name.npos) return true;
    out += '.';
    name.remove_prefix(dot + 1);
  }
}

}  // namespace scrutineer::hunt
