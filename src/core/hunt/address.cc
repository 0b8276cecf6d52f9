#include "core/hunt/address.h"

#include <fmt/format.h>

#include "core/hunt/chars.h"

namespace scrutineer::hunt {
namespace {

constexpr std::size_t kGroups = 8;

// The groups of `text`, separated by single colons, into `out`; the number of groups, nullopt where one is none. A
// dotted quad at the end is two.
std::optional<std::size_t> parse_groups(std::string_view text, bool may_end_in_quad, std::uint16_t* out) {
  std::size_t n = 0;
  if (text.empty()) return n;
  for (;;) {
    std::size_t end = text.find(':');
    std::string_view group = text.substr(0, end);
    if (n == kGroups) return std::nullopt;
    if (end == text.npos && may_end_in_quad && group.find('.') != group.npos) {
      auto quad = parse_ipv4(group);
      if (!quad || n + 2 > kGroups) return std::nullopt;
      out[n++] = static_cast<std::uint16_t>(*quad >> 16);
      out[n++] = static_cast<std::uint16_t>(*quad & 0xffff);
      return n;
    }
    if (group.empty() || group.size() > 4) return std::nullopt;
    unsigned value = 0;
    for (char c : group) {
      int digit = hex_digit(c);
      if (digit < 0) return std::nullopt;
      value = value << 4 | static_cast<unsigned>(digit);
    }
    out[n++] = static_cast<std::uint16_t>(value);
    if (end == text.npos) return n;
    text.remove_prefix(end + 1);
  }
}

std::uint16_t group_of(const Ipv6& address, std::size_t i) {
  return static_cast<std::uint16_t>(address[2 * i] << 8 | address[2 * i + 1]);
}

}  // namespace

std::optional<Ipv4> parse_ipv4(std::string_view text) {
  Ipv4 out = 0;
  unsigned value = 0, digits = 0, dots = 0;
  for (char c : text) {
    if (c >= '0' && c <= '9') {
      value = value * 10 + static_cast<unsigned>(c - '0');
      if (++digits > 3 || value > 255) return std::nullopt;
    } else if (c == '.' && digits > 0 && dots < 3) {
      out = out << 8 | value;
      value = digits = 0;
      ++dots;
    } else {
      return std::nullopt;
    }
  }
  if (dots != 3 || digits == 0) return std::nullopt;
  return out << 8 | value;
}

std::optional<Ipv6> parse_ipv6(std::string_view text) {
  std::array<std::uint16_t, kGroups> groups{}, tail{};
  std::size_t gap = text.find("::");
  auto head = parse_groups(text.substr(0, gap), gap == text.npos, groups.data());
  if (!head) return std::nullopt;
  if (gap == text.npos) {
    if (*head != kGroups) return std::nullopt;
  } else {
    auto behind = parse_groups(text.substr(gap + 2), true, tail.data());
    // "::" stands for one group of zeros or more.
    if (!behind || *head + *behind >= kGroups) return std::nullopt;
    for (std::size_t i = 0; i < *behind; ++i) groups[kGroups - *behind + i] = tail[i];
  }
  Ipv6 out{};
  for (std::size_t i = 0; i < kGroups; ++i) {
    out[2 * i] = static_cast<std::uint8_t>(groups[i] >> 8);
    out[2 * i + 1] = static_cast<std::uint8_t>(groups[i] & 0xff);
  }
  return out;
}

std::string to_text(Ipv4 address) {
  return fmt::format("{}.{}.{}.{}", address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255);
}

std::string to_text(const Ipv6& address) {
  // RFC 5952 section 4.2: the longest run of at least two groups of zeros, the first of equal ones.
  std::size_t best = kGroups, best_size = 1;
  for (std::size_t i = 0; i < kGroups; ++i) {
    std::size_t size = 0;
    while (i + size < kGroups && group_of(address, i + size) == 0) ++size;
    if (size > best_size) best = i, best_size = size;
  }
  std::string out;
  for (std::size_t i = 0; i < kGroups; ++i) {
    if (i == best) {
      out += "::";
      i += best_size - 1;
      continue;
    }
    if (!out.empty() && !out.ends_with(':')) out += ':';
    out += fmt::format("{:x}", group_of(address, i));
  }
  return out;
}

std::optional<Ipv4> mapped_ipv4(const Ipv6& address) {
  for (std::size_t i = 0; i < 10; ++i)
    if (address[i] != 0) return std::nullopt;
  if (address[10] != 0xff || address[11] != 0xff) return std::nullopt;
  return static_cast<Ipv4>(address[12]) << 24 | static_cast<Ipv4>(address[13]) << 16 |
         static_cast<Ipv4>(address[14]) << 8 | address[15];
}

Ipv4 masked(Ipv4 address, int prefix) {
  return prefix == 0 ? 0 : address & (~Ipv4{0} << (32 - prefix));
}

Ipv6 masked(const Ipv6& address, int prefix) {
  Ipv6 out = address;
  for (std::size_t i = 0; i < out.size(); ++i) {
    int kept = prefix - static_cast<int>(i) * 8;
    if (kept <= 0)
      out[i] = 0;
    else if (kept < 8)
      out[i] = static_cast<std::uint8_t>(out[i] & (0xff << (8 - kept)));
  }
  return out;
}

}  // namespace scrutineer::hunt
