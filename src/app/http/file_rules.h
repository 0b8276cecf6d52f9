// What may be asked of a static server, and how each file is labelled: pure decisions, apart from any socket.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scrutineer::http {

// The folders and the file of a decoded request path ("/ko/area/7.html" -> ko, area, 7.html; "/" -> none); a path that
// ends in '/' ends in "index.html". nullopt for anything that is not a plain path below the root: no leading '/',
// an empty part, "." or "..", a part that begins with a dot, a backslash, a control character, or too long.
std::optional<std::vector<std::string>> path_parts(std::string_view path);

// True if the part can stand in an address as it is: letters, digits, '.', '_', '-'.
bool address_safe(std::string_view part);

// By the path below the root ("tile/0/x001/067", "checkpoint", "ko/index.html").
std::string_view content_type(std::string_view path);
std::string_view cache_control(std::string_view path);

// Sent with every answer: nothing from elsewhere is loaded, nothing is guessed, no address leaks.
struct Header {
  const char* name;
  const char* value;
};
inline constexpr Header kStrictHeaders[] = {
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
     "frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
};

// In place of those for pages that only their person may see (restricted() in message.h): they run our own script, send
// forms, show a photo that was just taken, and speak to the signing helper on the person's own machine. Their Referrer
// stays on this site, since under no-referrer browsers send forms with "Origin: null" (Fetch, "append a request
// Origin header"), which no check against forged requests could tell from a stranger's.
inline constexpr Header kDeskHeaders[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' http://127.0.0.1:*; "
     "img-src 'self' blob: data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
};

// True for media types that gzip makes smaller.
bool is_text(std::string_view content_type);

}  // namespace scrutineer::http
