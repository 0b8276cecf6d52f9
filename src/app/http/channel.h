// Bytes to and from another machine, in the clear or through TLS (RFC 8446), never longer than a deadline.
#pragma once

#include <memory>
#include <string>

#include "app/http/socket.h"

namespace scrutineer::http {

class Channel {
 public:
  virtual ~Channel() = default;
  virtual bool send(std::string_view bytes, Deadline deadline) = 0;
  // `end` only where the other side has said so: a TLS connection that is cut off has failed.
  virtual Got receive(char* out, std::size_t size, std::size_t& got, Deadline deadline) = 0;
  virtual bool quiet() const = 0;  // open, with nothing to read
};

std::unique_ptr<Channel> plain_channel(Descriptor socket);

// What a client believes, read once.
class TlsTrust {
 public:
  // TLS 1.2 and 1.3, certificates always checked. Errors: io_error (no readable certificates in `ca_file`).
  static Result<std::unique_ptr<TlsTrust>> make(const std::string& ca_file);
  virtual ~TlsTrust() = default;
  // Shakes hands. `host`: the name or address that the certificate must be for. Errors: io_error, saying why.
  virtual Result<std::unique_ptr<Channel>> connect(Descriptor socket, const std::string& host, Deadline deadline) = 0;
};

}  // namespace scrutineer::http
