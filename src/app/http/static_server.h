// Serves one directory, read-only, to this machine. For looking at a bundle; the public is served by any web server.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "app/http/server.h"

namespace scrutineer::http {

// GET and HEAD only, on 127.0.0.1 only; no listings, no way out of the directory (open_below.h), strict headers
// (file_rules.h). Symbolic links are not followed. Thread-safe.
class StaticServer {
 public:
  // Listens on `port`, or on the next free one after it; port 0: any free one. Answers requests when it returns.
  // Errors: not_found (no such directory), busy (no free port).
  static Result<std::unique_ptr<StaticServer>> start(const std::string& directory, std::uint16_t port);

  virtual ~StaticServer() = default;  // stops
  virtual std::uint16_t port() const = 0;
  // Finishes the answers in progress, closes the port. Does nothing the second time.
  virtual void stop() = 0;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port()) + "/"; }
};

}  // namespace scrutineer::http
