// What nginx itself thinks of the configuration is tested in tests/http.
#include "app/http/nginx.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace scrutineer::http {
namespace {

NginxOptions good() {
  NginxOptions options;
  options.directory = "/srv/centre";
  options.names = {"centre.example", "10.0.0.1"};
  return options;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

TEST_CASE("a configuration is complete and says what was asked for") {
  NginxOptions options = good();
  options.public_directory = "/srv/bundle";
  options.http_port = 8080;
  const std::string text = nginx_config(options).value();
  CHECK_FALSE(has(text, "{{"));
  CHECK_FALSE(has(text, "}}"));
  CHECK(std::count(text.begin(), text.end(), '{') == std::count(text.begin(), text.end(), '}'));
  CHECK(has(text, "server_name centre.example 10.0.0.1;"));
  CHECK(has(text, "ssl_certificate \"/srv/centre/server.pem\";"));
  CHECK(has(text, "root \"/srv/bundle\";"));
  CHECK(has(text, "return 301 https://centre.example:8443$request_uri;"));
  CHECK(has(text, "Strict-Transport-Security \"max-age=15552000\" always;"));
  CHECK(has(text, "add_header X-Content-Type-Options \"nosniff\" always;"));
  options.names = {"localhost"};
  options.public_directory.clear();
  CHECK_FALSE(has(nginx_config(options).value(), "max-age=15552000"));
  CHECK_FALSE(has(nginx_config(options).value(), "root "));
}

TEST_CASE("nothing that nginx would read as its own grammar gets in") {
  const auto refused = [](auto change) {
    NginxOptions options = good();
    change(options);
    const auto text = nginx_config(options);
    return !text && text.error().code == ErrorCode::invalid_argument;
  };
  for (const char* path : {"", "relative", "/a\"b", "/a$b", "/a\\b", "/a\nb", "/a'b"}) {
    CAPTURE(path);
    CHECK(refused([&](NginxOptions& o) { o.directory = path; }));
    if (*path != 0) CHECK(refused([&](NginxOptions& o) { o.public_directory = path; }));
  }
  for (const char* name : {"", "a b", "a;b", "a{b", "*.a", "A", "~^a"}) {
    CAPTURE(name);
    CHECK(refused([&](NginxOptions& o) { o.names = {"a.example", name}; }));
    CHECK(refused([&](NginxOptions& o) { o.listen = name; }));
  }
  for (const char* upstream : {"", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:x", "a;b:80", ":80"}) {
    CAPTURE(upstream);
    CHECK(refused([&](NginxOptions& o) { o.upstream = upstream; }));
  }
  CHECK(refused([](NginxOptions& o) { o.names.clear(); }));
  CHECK(refused([](NginxOptions& o) { o.port = 0; }));
  CHECK(refused([](NginxOptions& o) { o.http_port = o.port; }));
  CHECK(refused([](NginxOptions& o) { o.requests_a_second = 0; }));
}

}  // namespace
}  // namespace scrutineer::http
