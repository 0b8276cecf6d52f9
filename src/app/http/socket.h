// TCP sockets that never wait longer than a deadline and never raise a signal.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/http/open_below.h"
#include "core/base/result.h"

namespace scrutineer::http {

using Deadline = std::chrono::steady_clock::time_point;

// Listens on 127.0.0.1; port 0: any free one. `port` becomes the one taken. Not open: none free.
Descriptor listen_on_loopback(std::uint16_t& port);
// The next connection, not blocking, without Nagle's delay; not open where there is none. `peer`: its address.
Descriptor accept_one(const Descriptor& listener, std::string& peer);

enum class Got : std::uint8_t { bytes, nothing_yet, end, failed };
// Up to `size` bytes that are there now.
Got receive_now(const Descriptor& socket, char* out, std::size_t size, std::size_t& got);
// Waits until there are some.
Got receive(const Descriptor& socket, char* out, std::size_t size, std::size_t& got, Deadline deadline);
// All of them, or false.
bool send_all(const Descriptor& socket, std::string_view bytes, Deadline deadline);
// As many as fit now; false where the connection is gone.
bool send_now(const Descriptor& socket, std::string_view bytes);
// Says that nothing more will be sent.
void end_sending(const Descriptor& socket);
// True while a connection that should be silent is: open, with nothing to read.
bool is_quiet(const Descriptor& socket);

// Errors: io_error (no such name, not reached, too slow), saying which. The name is looked up within the deadline too.
Result<Descriptor> connect_to(const std::string& host, const std::string& port, Deadline deadline);

}  // namespace scrutineer::http
