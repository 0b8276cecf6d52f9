#include "app/http/file_rules.h"

#include <algorithm>
#include <array>

#include "core/base/limits.h"

namespace scrutineer::http {

namespace {

struct Type {
  std::string_view suffix, type;
};

constexpr std::array<Type, 15> kTypes = {{
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".csv", "text/csv; charset=utf-8"},
    {".json", "application/json"},
    {".xml", "application/xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".md", "text/plain; charset=utf-8"},
    {".tlog-proof", "text/plain; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".js", "text/javascript; charset=utf-8"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".pdf", "application/pdf"},
    {".woff2", "font/woff2"},
}};

bool plain_part(std::string_view part) {
  if (part.empty() || part.front() == '.') return false;
  return std::none_of(part.begin(), part.end(),
                      [](char c) { return c == '\\' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

std::optional<std::vector<std::string>> path_parts(std::string_view path) {
  if (path.size() > limits::kPathBytes || path.empty() || path.front() != '/') return std::nullopt;
  std::vector<std::string> parts;
  for (path.remove_prefix(1); !path.empty();) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (!plain_part(part)) return std::nullopt;
    parts.emplace_back(part);
    if (slash == path.npos) return parts;
    path.remove_prefix(slash + 1);
  }
  parts.emplace_back("index.html");
  return parts;
}

bool address_safe(std::string_view part) {
  return std::all_of(part.begin(), part.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  });
}

std::string_view content_type(std::string_view path) {
  if (path == "checkpoint" || path == "manifest") return "text/plain; charset=utf-8";
  if (path.starts_with("tile/")) return "application/octet-stream";
  for (const Type& type : kTypes) {
    if (path.ends_with(type.suffix)) return type.type;
  }
  return "application/octet-stream";
}

bool is_text(std::string_view type) {
  return type.starts_with("text/") || type.starts_with("application/json") || type.starts_with("application/xml") ||
         type.starts_with("application/problem+json") || type.starts_with("image/svg+xml");
}

std::string_view cache_control(std::string_view path) {
  // A tile or blob never changes under its name; whatever the next checkpoint may change is asked for again.
  if (path.starts_with("tile/") || path.starts_with("blob/")) return "public, max-age=31536000, immutable";
  if (path == "checkpoint") return "public, max-age=5";
  return "no-cache";
}

}  // namespace scrutineer::http
