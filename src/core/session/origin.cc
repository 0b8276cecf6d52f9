#include "core/session/origin.h"

#include "core/base/bytes.h"
#include "core/session/limits.h"

namespace scrutineer {
namespace {

// RFC 3986 reg-name in the lower-case letters that browsers send (international names arrive as "xn--...").
bool is_host(std::string_view host) {
  if (host.empty() || host.front() == '.' || host.front() == '-') return false;
  for (char c : host)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.')) return false;
  return host.find("..") == host.npos && host.back() != '-';
}

Error no_origin(const char* what) {
  return {ErrorCode::malformed, what, {}};
}

}  // namespace

Result<Origin> parse_origin(std::string_view text) {
  if (text.size() > limits::kOriginBytes) return fail(ErrorCode::limit_exceeded, "an origin has at most 255 bytes");
  bool https = text.starts_with("https://");
  if (!https && !text.starts_with("http://"))
    return tl::unexpected(no_origin("an origin reads https://HOST or https://HOST:PORT"));
  std::string_view rest = text.substr(https ? 8 : 7);
  std::size_t colon = rest.find(':');
  std::string_view host = rest.substr(0, colon);
  if (!is_host(host))
    return tl::unexpected(no_origin("the host of an origin is in lower-case letters, digits, '-' and '.', no path"));
  if (colon != rest.npos) {
    auto port = parse_decimal(rest.substr(colon + 1));
    if (!port || *port == 0 || *port > 65'535 || *port == (https ? 443u : 80u))
      return tl::unexpected(no_origin("the port of an origin is 1 to 65535, and left out where it is the usual one"));
  }
  if (!https && host != "127.0.0.1" && host != "localhost")
    return tl::unexpected(
        no_origin("http:// is only for this computer itself: the counting centre's page has https://"));
  Origin origin;
  origin.text_ = std::string(text);
  return origin;
}

}  // namespace scrutineer
