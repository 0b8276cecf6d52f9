// The nginx configuration that stands in front of our server (deploy/nginx/, docs/runbooks/server.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace scrutineer::http {

struct NginxOptions {
  std::string directory;  // absolute: server.pem, server-key.pem; nginx writes its pid, errors and temporary files
  std::vector<std::string> names;  // the first is where people are sent
  std::string listen = "0.0.0.0";  // an IPv4 address; 0.0.0.0: all
  std::uint16_t port = 8443;       // TLS; plain HTTP spoken to it is sent to https
  std::uint16_t http_port = 0;     // sends everybody to https; 0: none
  std::string upstream = "127.0.0.1:8080";
  std::string public_directory;           // absolute; the bundle; empty: the server answers everything
  std::uint32_t body_megabytes = 64;      // of one request below /desk/ and /api/
  std::uint32_t requests_a_second = 100;  // from one address, more in bursts: a whole centre may share one address
  std::uint32_t requests_at_once = 400;   // from one address
};

// Errors: invalid_argument (which of them, and why).
Result<std::string> nginx_config(const NginxOptions& options);

}  // namespace scrutineer::http
