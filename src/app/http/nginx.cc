#include "app/http/nginx.h"

#include <fmt/core.h>

#include <algorithm>

#include "app/http/file_rules.h"
#include "app/http/nginx_templates.h"
#include "core/base/check.h"
#include "core/crypto/certificate.h"

namespace scrutineer::http {

namespace {

constexpr std::uint32_t kBurstSeconds = 4;
constexpr std::int64_t kHstsSeconds = 180 * 86'400;

using Values = std::vector<std::pair<std::string_view, std::string>>;

// Each {{name}} by its value. What stands in the templates is ours: an unknown name is a bug.
std::string filled(std::string_view text, const Values& values) {
  std::string out;
  while (true) {
    const std::size_t open = text.find("{{");
    out += text.substr(0, open);
    if (open == text.npos) return out;
    const std::size_t close = text.find("}}", open);
    check(close != text.npos, "a template's {{ has no }}");
    const std::string_view name = text.substr(open + 2, close - open - 2);
    const auto found =
        std::find_if(values.begin(), values.end(), [&](const auto& value) { return value.first == name; });
    check(found != values.end(), "a template names a value that nobody gives");
    out += found->second;
    text.remove_prefix(close + 2);
  }
}

// Inside double quotes of nginx's grammar, where '$' is a variable.
Status check_path(const std::string& path, const char* which) {
  const bool safe = std::none_of(path.begin(), path.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '"' || c == '\\' || c == '$' || c == '\'';
  });
  if (path.starts_with('/') && safe) return {};
  return fail(ErrorCode::invalid_argument,
              fmt::format("the {} must be an absolute path without quotes, backslashes, dollar signs", which), path);
}

// "127.0.0.1:8080"
Status check_upstream(const std::string& upstream) {
  const std::size_t colon = upstream.rfind(':');
  const auto port = colon == upstream.npos ? std::nullopt : parse_decimal(upstream.substr(colon + 1));
  if (port && *port > 0 && *port <= 0xffff && check_server_name(upstream.substr(0, colon)) &&
      upstream.find(':') == colon)
    return {};
  return fail(ErrorCode::invalid_argument, "the upstream is where the server listens, such as 127.0.0.1:8080",
              upstream);
}

Status check_options(const NginxOptions& options) {
  SCRUTINEER_CHECKED(check_path(options.directory, "directory"));
  if (!options.public_directory.empty()) SCRUTINEER_CHECKED(check_path(options.public_directory, "public directory"));
  SCRUTINEER_CHECKED(check_upstream(options.upstream));
  SCRUTINEER_CHECKED(check_server_name(options.listen));
  if (options.names.empty()) return fail(ErrorCode::invalid_argument, "a server has one name at least");
  for (const std::string& name : options.names) SCRUTINEER_CHECKED(check_server_name(name));
  if (options.port == 0 || options.port == options.http_port)
    return fail(ErrorCode::invalid_argument, "TLS needs a port of its own");
  if (options.body_megabytes == 0 || options.requests_a_second == 0 || options.requests_at_once == 0)
    return fail(ErrorCode::invalid_argument, "a limit of nothing lets nobody in");
  return {};
}

std::string bracketed(const std::string& name) {
  return name.find(':') == name.npos ? name : '[' + name + ']';
}

// Browsers keep this for a host whatever the port, so "localhost", which belongs to everybody, is left alone; for
// addresses they ignore it (RFC 6797 section 8.1.1). An empty value is not sent, and stops the inheriting of others.
std::string hsts(const std::vector<std::string>& names) {
  const bool local = std::find(names.begin(), names.end(), "localhost") != names.end();
  return local ? "      add_header Strict-Transport-Security \"\";"
               : fmt::format("      add_header Strict-Transport-Security \"max-age={}\" always;", kHstsSeconds);
}

std::string strict(const std::vector<std::string>& names) {
  std::string out = hsts(names);
  for (const Header& header : kStrictHeaders)
    out += fmt::format("\n      add_header {} \"{}\" always;", header.name, header.value);
  return out;
}

std::string redirect(const NginxOptions& options, const std::string& address) {
  if (options.http_port == 0) return {};
  return fmt::format(
      "  server {{\n    listen {}:{} default_server backlog=1024;\n    return 301 https://{}$request_uri;\n  }}\n",
      options.listen, options.http_port, address);
}

}  // namespace

Result<std::string> nginx_config(const NginxOptions& options) {
  SCRUTINEER_CHECKED(check_options(options));
  std::string names;
  for (const std::string& name : options.names) names.append(names.empty() ? "" : " ").append(bracketed(name));
  const std::string suffix = options.port == 443 ? std::string() : ':' + std::to_string(options.port);
  const std::string name = bracketed(options.names[0]);
  Values values = {
      {"dir", options.directory},
      {"upstream", options.upstream},
      {"listen", bracketed(options.listen)},
      {"port", std::to_string(options.port)},
      {"port_suffix", suffix},
      {"name", name},
      {"names", names},
      {"rate", std::to_string(options.requests_a_second)},
      {"burst", std::to_string(options.requests_a_second * kBurstSeconds)},
      {"connections", std::to_string(options.requests_at_once)},
      {"body", std::to_string(options.body_megabytes) + "m"},
      {"redirect", redirect(options, name + suffix)},
      {"hsts", hsts(options.names)},
      {"strict", strict(options.names)},
      {"public", options.public_directory},
  };
  std::string content = "    location / {\n      try_files /dev/null @server;\n    }";
  if (!options.public_directory.empty()) content = filled(kNginxPublicTemplate, values);
  values.back().second = std::move(content);
  return filled(kNginxTemplate, values);
}

}  // namespace scrutineer::http
