#include "core/hunt/url.h"

#include "core/hunt/address.h"
#include "core/hunt/chars.h"
#include "core/hunt/name.h"

namespace scrutineer::hunt {
namespace {

constexpr std::size_t kSchemeBytes = 16;
constexpr std::size_t kAuthorityBytes = 1'024;

struct DefaultPort {
  std::string_view scheme, port;
};
constexpr DefaultPort kDefaultPorts[] = {{"http", "80"}, {"https", "443"}, {"ftp", "21"}};

// The scheme before `colon`, folded and with its real name; empty where there is none.
std::string scheme_before(std::string_view text, std::size_t colon, std::size_t& begin) {
  begin = colon;
  while (begin > 0 && colon - begin <= kSchemeBytes && is(text[begin - 1], kAlnum)) --begin;
  if (begin == colon || colon - begin > kSchemeBytes) return {};
  std::string scheme;
  for (char c : text.substr(begin, colon - begin)) scheme += folded(c);
  if (scheme[0] < 'a') return {};
  if (scheme == "hxxp") return "http";
  if (scheme == "hxxps") return "https";
  return scheme;
}

// Behind "user:password@", which stands between `i` and the first of "/?#" or the end.
std::size_t behind_user(std::string_view text, std::size_t i) {
  std::size_t host = i;
  for (std::size_t k = i; k < text.size() && k - i < kAuthorityBytes; ++k) {
    char c = text[k];
    if (c == '/' || c == '?' || c == '#' || is(c, kUrlEnd)) break;
    if (c == '@') host = k + 1;
  }
  return host;
}

// Appends the host at `i`; where it ends, or npos.
std::size_t append_host(std::string_view text, std::size_t i, std::string& out) {
  if (i < text.size() && text[i] == '[') {
    std::size_t close = text.substr(i, 64).find(']');
    if (close == text.npos) return text.npos;
    auto address = parse_ipv6(text.substr(i + 1, close - 1));
    if (!address) return text.npos;
    out.append("[").append(to_text(*address)).append("]");
    return i + close + 1;
  }
  std::size_t end = host_end(text, i, kAuthorityBytes);
  if (end == i) return text.npos;
  std::string_view host = text.substr(i, end - i);
  if (auto address = parse_ipv4(host)) {
    out += to_text(*address);
    return end;
  }
  // "evil.example에서": a last label that begins in ASCII ends with it.
  std::size_t label = host.rfind('.') + 1;
  std::size_t foreign = label;
  while (foreign < host.size() && is_ascii(host[foreign])) ++foreign;
  if (foreign > label && foreign < host.size()) host = host.substr(0, foreign);
  return append_ascii_name(host, out) ? i + host.size() : text.npos;
}

// Appends ":port" unless it is the scheme's own; where it ends.
std::size_t append_port(std::string_view text, std::size_t i, std::string_view scheme, std::string& out) {
  if (i >= text.size() || text[i] != ':') return i;
  std::size_t end = i + 1;
  while (end < text.size() && end - i <= 5 && text[end] >= '0' && text[end] <= '9') ++end;
  std::string_view port = text.substr(i + 1, end - i - 1);
  if (port.empty() || (end < text.size() && is(text[end], kAlnum))) return i;
  while (port.size() > 1 && port[0] == '0') port.remove_prefix(1);
  for (const DefaultPort& known : kDefaultPorts)
    if (known.scheme == scheme && known.port == port) return end;
  out.append(":").append(port);
  return end;
}

// Nothing of a URL stands at `i` or behind it: its end, or punctuation and then its end.
bool url_ends(std::string_view text, std::size_t i) {
  while (i < text.size() && is(text[i], kAfter)) ++i;
  return i == text.size() || is(text[i], kUrlEnd);
}

}  // namespace

bool read_url_start(std::string_view text, std::size_t colon, UrlStart& out) {
  std::string scheme = scheme_before(text, colon, out.begin);
  if (scheme.empty() || !text.substr(colon).starts_with("://")) return false;
  out.authority = scheme;
  out.authority += "://";
  std::size_t end = append_host(text, behind_user(text, colon + 3), out.authority);
  if (end == text.npos) return false;
  out.end = append_port(text, end, scheme, out.authority);
  return true;
}

std::string_view url_rest(std::string_view rest) {
  return rest == "/" ? rest.substr(1) : rest;
}

bool rest_matches(std::string_view text, std::string_view rest) {
  if (rest.empty()) return true;
  if (!text.starts_with(rest)) return false;
  if (rest.size() == text.size()) return true;
  const char next = text[rest.size()];
  const bool fragment = rest.find('#') != rest.npos, query = rest.find('?') != rest.npos;
  if (!fragment && next == '#') return true;
  if (!fragment && query && next == '&') return true;
  if (!fragment && !query && (rest.back() == '/' || next == '/' || next == '?')) return true;
  return url_ends(text, rest.size());
}

}  // namespace scrutineer::hunt
