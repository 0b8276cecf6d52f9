// Many connections from other addresses of this machine that do as little as they can, as slowly as they can.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "app/http/channel.h"

namespace scrutineer::http {

class Siege {
 public:
  explicit Siege(std::uint16_t port);
  ~Siege();

  // They return how many could be opened: fewer where this process may not have so many files open.
  std::size_t idle(std::size_t count);                                     // connected, silent
  std::size_t drip_heads(std::size_t count, const std::string& ca_file);   // through TLS, heads that never end
  std::size_t drip_bodies(std::size_t count, const std::string& ca_file);  // POSTs to /api/ that never end
  void keep_dripping();                                                    // a byte each, all the time
  std::size_t still_open() const;                                          // of the idle ones

  // One whole request from that address.
  std::string ask_from(const std::string& address, const std::string& start, const std::string& ca_file);

 private:
  Descriptor connect_from(const std::string& address) const;
  std::unique_ptr<Channel> tls_from(const std::string& address, TlsTrust& trust) const;
  std::size_t drip(std::size_t count, const std::string& ca_file, const std::string& start);

  std::uint16_t port_;
  std::vector<Descriptor> idle_;
  std::vector<std::unique_ptr<Channel>> dripping_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace scrutineer::http
