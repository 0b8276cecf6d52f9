#include "core/base/bytes.h"

#include <algorithm>

namespace scrutineer {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";
constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

constexpr std::array<std::int8_t, 256> make_base64_values() {
  std::array<std::int8_t, 256> values{};
  for (auto& value : values) value = -1;
  for (int i = 0; i < 64; ++i) values[static_cast<unsigned char>(kBase64[i])] = static_cast<std::int8_t>(i);
  return values;
}
constexpr auto kBase64Values = make_base64_values();

// The length of the well-formed character at the start of `rest`, whose first byte is not ASCII; 0 if there is none.
std::size_t wide_character(BytesView rest) {
  auto at = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(rest[i])); };
  std::uint32_t first = at(0);
  std::size_t size = first >= 0xc2 && first <= 0xdf   ? 2
                     : (first & 0xf0) == 0xe0         ? 3
                     : first >= 0xf0 && first <= 0xf4 ? 4
                                                      : 0;
  if (size == 0 || rest.size() < size) return 0;
  std::uint32_t code = first & (0x7fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((at(i) & 0xc0) != 0x80) return 0;
    code = code << 6 | (at(i) & 0x3fu);
  }
  if (size == 3 && (code < 0x800 || (code >= 0xd800 && code <= 0xdfff))) return 0;
  if (size == 4 && (code < 0x10000 || code > 0x10ffff)) return 0;
  return size;
}

}  // namespace

std::string to_hex(BytesView bytes) {
  std::string out(bytes.size() * 2, '\0');
  std::size_t at = 0;
  for (unsigned char c : bytes) {
    out[at++] = kHexDigits[c >> 4];
    out[at++] = kHexDigits[c & 15];
  }
  return out;
}

std::optional<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes out(text.size() / 2, '\0');
  for (std::size_t i = 0; i < out.size(); ++i) {
    int high = hex_value(text[2 * i]);
    int low = hex_value(text[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out[i] = static_cast<char>(high << 4 | low);
  }
  return out;
}

std::optional<Hash256> hash_from_bytes(BytesView bytes) {
  if (bytes.size() != 32) return std::nullopt;
  Hash256 hash;
  std::memcpy(hash.bytes.data(), bytes.data(), 32);
  return hash;
}

std::optional<Hash256> hash_from_hex(std::string_view text) {
  if (text.size() != 64) return std::nullopt;
  auto bytes = from_hex(text);
  if (!bytes) return std::nullopt;
  return hash_from_bytes(*bytes);
}

std::string to_base64(BytesView bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  std::size_t i = 0;
  auto at = [&](std::size_t index) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[index])); };
  for (; i + 3 <= bytes.size(); i += 3) {
    std::uint32_t v = at(i) << 16 | at(i + 1) << 8 | at(i + 2);
    out += {kBase64[v >> 18], kBase64[v >> 12 & 63], kBase64[v >> 6 & 63], kBase64[v & 63]};
  }
  if (std::size_t rest = bytes.size() - i; rest == 1) {
    std::uint32_t v = at(i) << 16;
    out += {kBase64[v >> 18], kBase64[v >> 12 & 63], '=', '='};
  } else if (rest == 2) {
    std::uint32_t v = at(i) << 16 | at(i + 1) << 8;
    out += {kBase64[v >> 18], kBase64[v >> 12 & 63], kBase64[v >> 6 & 63], '='};
  }
  return out;
}

std::optional<Bytes> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  if (text.empty()) return Bytes{};
  std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
  Bytes out;
  out.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; i < text.size(); i += 4) {
    bool last = i + 4 == text.size();
    std::size_t digits = last ? 4 - padding : 4;
    std::uint32_t v = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      int value = 0;
      if (k < digits) {
        value = kBase64Values[static_cast<unsigned char>(text[i + k])];
        if (value < 0) return std::nullopt;
      }
      v = v << 6 | static_cast<std::uint32_t>(value);
    }
    if (digits == 4 || digits == 3) {
      out += static_cast<char>(v >> 16);
      out += static_cast<char>(v >> 8);
      if (digits == 4)
        out += static_cast<char>(v);
      else if ((v & 0xff) != 0)
        return std::nullopt;
    } else {
      out += static_cast<char>(v >> 16);
      if ((v & 0xffff) != 0) return std::nullopt;
    }
  }
  return out;
}

void append_be16(Bytes& out, std::uint16_t value) {
  out += static_cast<char>(value >> 8);
  out += static_cast<char>(value);
}
void append_be32(Bytes& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}
void append_be64(Bytes& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}
std::uint16_t read_be16(const char* p) {
  auto u = reinterpret_cast<const unsigned char*>(p);
  return static_cast<std::uint16_t>(u[0] << 8 | u[1]);
}
std::uint32_t read_be32(const char* p) {
  return static_cast<std::uint32_t>(read_be16(p)) << 16 | read_be16(p + 2);
}
std::uint64_t read_be64(const char* p) {
  return static_cast<std::uint64_t>(read_be32(p)) << 32 | read_be32(p + 4);
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  if (text.empty() || text.size() > 20 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    if (__builtin_mul_overflow(value, std::uint64_t{10}, &value)) return std::nullopt;
    if (__builtin_add_overflow(value, static_cast<std::uint64_t>(c - '0'), &value)) return std::nullopt;
  }
  return value;
}

std::size_t utf8_prefix(BytesView bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    // Eight ASCII bytes at a time: most of every table and note is.
    std::uint64_t word;
    if (bytes.size() - at >= sizeof word) {
      std::memcpy(&word, bytes.data() + at, sizeof word);
      if ((word & 0x8080808080808080u) == 0) {
        at += sizeof word;
        continue;
      }
    }
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    std::size_t size = wide_character(bytes.substr(at));
    if (size == 0) return at;
    at += size;
  }
  return at;
}

}  // namespace scrutineer
