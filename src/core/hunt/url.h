// URLs as they are compared (docs/formats/hunt.md): scheme, host and port in one spelling, and the rest byte by byte.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scrutineer::hunt {

struct UrlStart {
  std::string authority;  // "https://evil.example:8443", canonical
  std::size_t begin = 0;  // of the scheme
  std::size_t end = 0;    // of the authority: where "/path" follows, or nothing
};

// The URL around the "://" whose ':' stands at `colon` in normalised text. nullopt: there is none. `out` keeps its
// memory.
bool read_url_start(std::string_view text, std::size_t colon, UrlStart& out);

// "" for "/": the root says no more than the host.
std::string_view url_rest(std::string_view rest);

// `text` begins with the whole of a path, query and fragment `rest`, and what follows it there is not more of the same
// part: the end of the URL, or '/', '?' or '#' behind a path, '&' or '#' behind a query.
bool rest_matches(std::string_view text, std::string_view rest);

}  // namespace scrutineer::hunt
