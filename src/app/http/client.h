// An HTTP client for the few places that speak to other machines: witnesses, mirrors, hand-over to a server.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "app/http/message.h"

namespace scrutineer::http {

struct ClientOptions {
  std::string base;                          // "http://127.0.0.1:8081" or "https://name:port/prefix"; no trailing slash
  std::chrono::milliseconds connect{2'000};  // to be connected
  std::chrono::milliseconds whole{10'000};   // for one whole request, however slowly the other side drips
  std::string ca_file;                       // PEM: believed instead of the system's authorities; empty: the system's
  std::vector<Field> headers{};              // sent with every request: Accept, Authorization; never logged
};

struct ClientAnswer {
  int status = 0;
  std::string type;
  Bytes body;
  std::vector<Field> headers;  // names in lower case
};

// One connection, kept open between requests and opened again where it was closed. Not thread-safe. Redirects are not
// followed, nothing is sent twice. Errors: io_error (not reached, too slow, certificate not believed; says which),
// limit_exceeded (an answer above `limit` bytes, counted while reading). Any status is an answer.
class Client {
 public:
  static Result<std::unique_ptr<Client>> make(const ClientOptions& options);  // invalid_argument: no such address
  virtual ~Client() = default;
  virtual Result<ClientAnswer> get(const std::string& path, std::size_t limit) = 0;
  virtual Result<ClientAnswer> post(const std::string& path, const std::string& type, BytesView body,
                                    std::size_t limit) = 0;
};

}  // namespace scrutineer::http
