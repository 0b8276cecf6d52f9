// An HTTP server on loopback; nginx stands in front of it for TLS, limits and many clients (docs/runbooks/server.md).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "app/http/message.h"

namespace scrutineer::http {

inline constexpr std::uint16_t kPortsTried = 32;  // after the one asked for, before giving up

// Called from many threads at once. An exception that leaves it is a bug and aborts.
using Handler = std::function<Answer(const Request&)>;

struct ServerOptions {
  std::uint16_t port = 8080;    // 0: any free one
  bool try_next_ports = false;  // the next free one after it (kPortsTried)
  std::size_t threads = 96;     // handlers at work at once; idle and slow connections hold none
  // Bytes of body that a request of that method and path may have; 0: none. Counted while reading, chunked bodies too.
  // Called from one thread; must not wait for anything.
  std::function<std::size_t(std::string_view method, std::string_view path)> body_limit;
  // The proxy's X-Forwarded-For and X-Forwarded-Proto are believed (it always sets them); otherwise they are ignored.
  bool behind_proxy = false;
};

class Server {
 public:
  // On 127.0.0.1 only. Answers requests when it returns. Errors: busy (no free port).
  static Result<std::unique_ptr<Server>> start(const ServerOptions& options, Handler handler);
  virtual ~Server() = default;  // stops
  virtual std::uint16_t port() const = 0;
  virtual void stop() = 0;  // finishes the answers in progress; nothing the second time
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port()) + "/"; }
};

// Answers GET and HEAD for files below a directory, as StaticServer does: no listings, no links, strict headers,
// ETag and If-None-Match, gzip where the client takes it and it is worth it. Thread-safe.
class StaticFiles {
 public:
  // Error: not_found. The directory may be replaced by another of the same name while this lives (bundles are).
  static Result<std::unique_ptr<StaticFiles>> open(const std::string& directory);
  virtual ~StaticFiles() = default;
  virtual Answer answer(const Request& request) const = 0;
};

}  // namespace scrutineer::http
