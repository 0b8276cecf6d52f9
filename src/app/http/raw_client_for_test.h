// A bare socket: a client library would tidy up the requests that matter in tests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/http/socket.h"

namespace scrutineer::http {

class RawClient {
 public:
  explicit RawClient(std::uint16_t port)
      : socket_(connect_to("127.0.0.1", std::to_string(port), in(std::chrono::seconds(5))).value_or(Descriptor())) {}
  bool connected() const { return socket_.open(); }
  bool send(std::string_view bytes) { return send_all(socket_, bytes, in(std::chrono::seconds(5))); }
  void end() { end_sending(socket_); }
  // Until the other side closes or `wait` is over.
  std::string rest(std::chrono::milliseconds wait = std::chrono::seconds(5)) {
    std::string out;
    const Deadline deadline = in(wait);
    char buffer[65'536];
    for (std::size_t got = 0; receive(socket_, buffer, sizeof buffer, got, deadline) == Got::bytes;)
      out.append(buffer, got);
    return out;
  }
  // One answer: its head, and as many bytes as that says.
  std::string answer() {
    std::string out;
    char byte;
    const Deadline deadline = in(std::chrono::seconds(5));
    std::size_t got = 0, wanted = out.npos;
    while (out.size() < wanted && receive(socket_, &byte, 1, got, deadline) == Got::bytes) {
      out += byte;
      if (wanted != out.npos || !out.ends_with("\r\n\r\n")) continue;
      const std::size_t at = out.find("Content-Length: ");
      wanted = out.size() + (at == out.npos ? 0 : std::stoul(out.substr(at + 16)));
    }
    return out;
  }

 private:
  static Deadline in(std::chrono::milliseconds time) { return std::chrono::steady_clock::now() + time; }
  Descriptor socket_;
};

// Everything the server says to these bytes, until it closes.
inline std::string say(std::uint16_t port, std::string_view bytes) {
  RawClient client(port);
  client.send(bytes);
  return client.rest();
}

// "GET /path" -> a whole request without a body, after which the server closes.
inline std::string exchange(std::uint16_t port, const std::string& start, const std::string& more = {}) {
  return say(port, start + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + more + "\r\n");
}

inline bool says(const std::string& answer, std::string_view text) {
  return answer.find(text) != answer.npos;
}

inline int status_of(const std::string& answer) {
  return answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9, 3)) : 0;
}

inline std::string body_of(const std::string& answer) {
  const std::size_t at = answer.find("\r\n\r\n");
  return at == answer.npos ? std::string() : answer.substr(at + 4);
}

}  // namespace scrutineer::http
