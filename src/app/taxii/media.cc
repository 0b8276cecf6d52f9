#include "app/taxii/media.h"

#include <algorithm>
#include <string>

namespace scrutineer {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  return out;
}

std::string_view take(std::string_view& rest, char at) {
  const std::size_t end = std::min(rest.find(at), rest.size());
  const std::string_view out = trimmed(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return out;
}

struct Media {
  std::string type;
  bool version_good = true;  // 2.1, or none
  bool wanted = true;        // not q=0
};

Media parse(std::string_view text) {
  Media out;
  out.type = lower(take(text, ';'));
  while (!text.empty()) {
    std::string_view parameter = take(text, ';');
    const std::string name = lower(take(parameter, '='));
    std::string_view value = trimmed(parameter);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    if (name == "version") out.version_good = value == "2.1";
    if (name == "q") out.wanted = value.find_first_of("123456789") != value.npos;
  }
  return out;
}

}  // namespace

bool accepts_taxii(std::string_view accept) {
  while (!accept.empty()) {
    const Media media = parse(take(accept, ','));
    const bool range = media.type == "*/*" || media.type == "application/*" || media.type == "application/taxii+json";
    if (range && media.version_good && media.wanted) return true;
  }
  return false;
}

bool is_taxii(std::string_view content_type) {
  const Media media = parse(content_type);
  return media.type == "application/taxii+json" && media.version_good;
}

}  // namespace scrutineer
