// nginx in front of the demonstration's counting centre: browsers on other computers would get TLS and nothing else.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/result.h"

namespace scrutineer::cli {

// The program, where it is installed; empty: nowhere.
std::string find_nginx();

// A port of 127.0.0.1 from `first` on that nobody listens on now; 0: none of the next hundred.
std::uint16_t free_port_from(std::uint16_t first);

class TlsFront {
 public:
  // Makes the certificates and the configuration in `directory` (scrutineer ca, scrutineer nginx), starts nginx and
  // waits until it answers at https://localhost:`port`/. Errors: those of the disk; busy (it does not answer).
  static Result<std::unique_ptr<TlsFront>> start(const std::string& nginx, const std::string& directory,
                                                 std::uint16_t port, std::uint16_t upstream);
  ~TlsFront();  // stops it
  TlsFront(const TlsFront&) = delete;
  TlsFront& operator=(const TlsFront&) = delete;

  std::string url() const { return "https://localhost:" + std::to_string(port_) + "/"; }
  std::string authority() const { return directory_ + "/ca.pem"; }
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  TlsFront() = default;
  std::string directory_, fingerprint_;
  std::uint16_t port_ = 0;
  int child_ = -1;  // its process
};

}  // namespace scrutineer::cli
