// IP addresses, in every spelling that is legal (RFC 791 dotted quads, RFC 4291 section 2.2).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scrutineer::hunt {

using Ipv4 = std::uint32_t;  // 1.2.3.4 is 0x01020304
using Ipv6 = std::array<std::uint8_t, 16>;

// Four decimal numbers to 255 of at most three digits. Zeros in front are taken as decimal, as logs that align their
// columns mean them.
std::optional<Ipv4> parse_ipv4(std::string_view text);
std::optional<Ipv6> parse_ipv6(std::string_view text);

std::string to_text(Ipv4 address);
std::string to_text(const Ipv6& address);  // RFC 5952: lower case, the longest run of zeros as ::

// ::ffff:1.2.3.4 is the IPv4 address 1.2.3.4 as a dual-stack server writes it (RFC 4291 section 2.5.5.2).
std::optional<Ipv4> mapped_ipv4(const Ipv6& address);

Ipv4 masked(Ipv4 address, int prefix);
Ipv6 masked(const Ipv6& address, int prefix);

}  // namespace scrutineer::hunt
