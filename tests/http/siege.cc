#include "tests/http/siege.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

namespace scrutineer::http {

namespace {

constexpr std::size_t kOtherDescriptors = 1'500;  // for the rest of the test

Deadline soon() {
  return std::chrono::steady_clock::now() + std::chrono::seconds(5);
}

// How many descriptors this process may have, raised as far as it may raise it.
std::size_t descriptors() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 20'000);
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

// A few addresses: nobody's limit is somebody else's.
std::string address(std::size_t i) {
  return "127.0.0." + std::to_string(2 + i % 5);
}

}  // namespace

Siege::Siege(std::uint16_t port) : port_(port) {}

Siege::~Siege() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
}

Descriptor Siege::connect_from(const std::string& from) const {
  Descriptor made(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in here{}, there{};
  here.sin_family = there.sin_family = AF_INET;
  inet_pton(AF_INET, from.c_str(), &here.sin_addr);
  there.sin_port = htons(port_);
  there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (!made.open() || bind(made.get(), reinterpret_cast<sockaddr*>(&here), sizeof here) != 0 ||
      connect(made.get(), reinterpret_cast<sockaddr*>(&there), sizeof there) != 0)
    return {};
  const timeval limit{5, 0};  // a blocking socket: receive() of socket.h waits by itself otherwise
  setsockopt(made.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  return made;
}

std::unique_ptr<Channel> Siege::tls_from(const std::string& from, TlsTrust& trust) const {
  Descriptor socket = connect_from(from);
  if (!socket.open()) return nullptr;
  auto channel = trust.connect(std::move(socket), "localhost", soon());
  return channel ? std::move(*channel) : nullptr;
}

std::size_t Siege::idle(std::size_t count) {
  count = std::min(count, descriptors() - std::min(descriptors(), kOtherDescriptors));
  for (std::size_t i = 0; i < count; ++i) {
    Descriptor made = connect_from(address(i));
    if (!made.open()) break;
    idle_.push_back(std::move(made));
  }
  return idle_.size();
}

std::size_t Siege::drip(std::size_t count, const std::string& ca_file, const std::string& start) {
  auto trust = TlsTrust::make(ca_file).value();
  std::size_t made = 0;
  for (std::size_t i = 0; i < count; ++i) {
    auto channel = tls_from(address(i), *trust);
    if (!channel || !channel->send(start, soon())) break;
    dripping_.push_back(std::move(channel));
    ++made;
  }
  return made;
}

std::size_t Siege::drip_heads(std::size_t count, const std::string& ca_file) {
  return drip(count, ca_file, "POST /api/records HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
}

std::size_t Siege::drip_bodies(std::size_t count, const std::string& ca_file) {
  return drip(count, ca_file, "POST /api/records HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
}

void Siege::keep_dripping() {
  thread_ = std::thread([this] {
    while (!stop_) {
      for (const auto& channel : dripping_) {
        if (stop_) return;
        channel->send("x", soon());
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
  });
}

std::size_t Siege::still_open() const {
  return static_cast<std::size_t>(
      std::count_if(idle_.begin(), idle_.end(), [](const Descriptor& socket) { return is_quiet(socket); }));
}

std::string Siege::ask_from(const std::string& from, const std::string& start, const std::string& ca_file) {
  auto trust = TlsTrust::make(ca_file).value();
  const auto channel = tls_from(from, *trust);
  if (!channel) return "not reached";
  channel->send(start + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", soon());
  std::string out;
  char buffer[4'096];
  for (std::size_t got = 0; channel->receive(buffer, sizeof buffer, got, soon()) == Got::bytes;)
    out.append(buffer, got);
  return out;
}

}  // namespace scrutineer::http
