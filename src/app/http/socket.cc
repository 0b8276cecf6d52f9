#include "app/http/socket.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <future>
#include <thread>
#include <vector>

namespace scrutineer::http {

namespace {

constexpr int kBacklog = 1'024;

struct Address {
  sockaddr_storage bytes{};
  socklen_t size = 0;
};

int left_ms(Deadline deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 3'600'000));
}

// False when the deadline has passed first.
bool wait_for(const Descriptor& socket, short events, Deadline deadline) {
  while (true) {
    pollfd wanted{socket.get(), events, 0};
    const int left = left_ms(deadline);
    const int ready = poll(&wanted, 1, left);
    if (ready > 0) return true;
    if (ready == 0 && left == 0) return false;
    if (ready < 0 && errno != EINTR) return false;
  }
}

void no_delay(int fd) {
  const int yes = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

std::vector<Address> addresses_of(const std::string& host, const std::string& port, int flags) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags;
  addrinfo* list = nullptr;
  if (getaddrinfo(host.c_str(), port.c_str(), &hints, &list) != 0) return {};
  std::vector<Address> out;
  for (const addrinfo* one = list; one != nullptr; one = one->ai_next) {
    Address& address = out.emplace_back();
    std::memcpy(&address.bytes, one->ai_addr, one->ai_addrlen);
    address.size = one->ai_addrlen;
  }
  freeaddrinfo(list);
  return out;
}

// getaddrinfo knows no deadline: a thread of its own asks, and is left behind where it takes too long.
std::vector<Address> look_up(const std::string& host, const std::string& port, Deadline deadline) {
  if (auto numeric = addresses_of(host, port, AI_NUMERICHOST | AI_NUMERICSERV); !numeric.empty()) return numeric;
  auto promise = std::make_shared<std::promise<std::vector<Address>>>();
  auto found = promise->get_future();
  std::thread([promise, host, port] { promise->set_value(addresses_of(host, port, AI_ADDRCONFIG)); }).detach();
  if (found.wait_until(deadline) != std::future_status::ready) return {};
  return found.get();
}

Descriptor try_address(const Address& address, Deadline deadline) {
  Descriptor made(::socket(address.bytes.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!made.open()) return {};
  no_delay(made.get());
  if (::connect(made.get(), reinterpret_cast<const sockaddr*>(&address.bytes), address.size) == 0) return made;
  if (errno != EINPROGRESS || !wait_for(made, POLLOUT, deadline)) return {};
  int error = 0;
  socklen_t size = sizeof error;
  if (getsockopt(made.get(), SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0) return {};
  return made;
}

}  // namespace

Descriptor listen_on_loopback(std::uint16_t& port) {
  Descriptor made(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!made.open()) return {};
  const int yes = 1;  // not SO_REUSEPORT, under which two servers share a port without knowing
  setsockopt(made.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(made.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(made.get(), kBacklog) != 0 ||
      getsockname(made.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
    return {};
  port = ntohs(address.sin_port);
  return made;
}

Descriptor accept_one(const Descriptor& listener, std::string& peer) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  Descriptor made(accept4(listener.get(), reinterpret_cast<sockaddr*>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!made.open()) return {};
  no_delay(made.get());
  char text[INET_ADDRSTRLEN] = "";
  inet_ntop(AF_INET, &address.sin_addr, text, sizeof text);
  peer = text;
  return made;
}

Got receive_now(const Descriptor& socket, char* out, std::size_t size, std::size_t& got) {
  while (true) {
    const ssize_t n = recv(socket.get(), out, size, 0);
    got = n > 0 ? static_cast<std::size_t>(n) : 0;
    if (n > 0) return Got::bytes;
    if (n == 0) return Got::end;
    if (errno == EINTR) continue;
    return errno == EAGAIN || errno == EWOULDBLOCK ? Got::nothing_yet : Got::failed;
  }
}

Got receive(const Descriptor& socket, char* out, std::size_t size, std::size_t& got, Deadline deadline) {
  while (true) {
    // Asked first: where the other side drips, there is always something to read.
    if (std::chrono::steady_clock::now() >= deadline) return Got::nothing_yet;
    const Got now = receive_now(socket, out, size, got);
    if (now != Got::nothing_yet) return now;
    if (!wait_for(socket, POLLIN, deadline)) return Got::nothing_yet;
  }
}

bool send_all(const Descriptor& socket, std::string_view bytes, Deadline deadline) {
  while (!bytes.empty()) {
    const ssize_t n = send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
    if (n > 0 || (n < 0 && errno == EINTR)) continue;
    if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK) || !wait_for(socket, POLLOUT, deadline)) return false;
  }
  return true;
}

bool send_now(const Descriptor& socket, std::string_view bytes) {
  return send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) >= 0 || errno == EAGAIN || errno == EINTR;
}

void end_sending(const Descriptor& socket) {
  shutdown(socket.get(), SHUT_WR);
}

bool is_quiet(const Descriptor& socket) {
  char byte;
  const ssize_t n = recv(socket.get(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

Result<Descriptor> connect_to(const std::string& host, const std::string& port, Deadline deadline) {
  const auto addresses = look_up(host, port, deadline);
  if (addresses.empty()) return fail(ErrorCode::io_error, "This name has no address, or none in time.", host);
  for (const Address& address : addresses) {
    Descriptor made = try_address(address, deadline);
    if (made.open()) return made;
  }
  return fail(ErrorCode::io_error, "Nobody answers there, or not in time.", host + ":" + port);
}

}  // namespace scrutineer::http
