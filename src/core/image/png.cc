#include "core/image/png.h"

#include <array>

#include "core/codec/gzip.h"

namespace scrutineer {
namespace {

// gzip (RFC 1952) and zlib (RFC 1950) carry the same deflate stream: ten bytes before it and eight behind, without a
// name or a time.
constexpr std::size_t kGzipHead = 10, kGzipTail = 8;
constexpr std::uint32_t kAdler = 65'521;
constexpr std::size_t kAdlerRun = 5'000;  // bytes before its sums could overflow

void put32(Bytes& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift & 255));
}

// PNG, annex D.
std::uint32_t crc32(BytesView bytes) {
  static const auto kTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t n = 0; n < 256; ++n) {
      std::uint32_t c = n;
      for (int k = 0; k < 8; ++k) c = c & 1 ? 0xedb88320u ^ (c >> 1) : c >> 1;
      table[n] = c;
    }
    return table;
  }();
  std::uint32_t c = 0xffffffffu;
  for (char byte : bytes) c = kTable[(c ^ static_cast<unsigned char>(byte)) & 255] ^ (c >> 8);
  return c ^ 0xffffffffu;
}

// RFC 1950 section 8.2.
std::uint32_t adler32(BytesView bytes) {
  std::uint32_t a = 1, b = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    for (std::size_t end = std::min(bytes.size(), i + kAdlerRun); i < end; ++i) {
      a += static_cast<unsigned char>(bytes[i]);
      b += a;
    }
    a %= kAdler;
    b %= kAdler;
  }
  return b << 16 | a;
}

void chunk(Bytes& out, std::string_view type, BytesView data) {
  put32(out, static_cast<std::uint32_t>(data.size()));
  const std::size_t begin = out.size();
  out.append(type).append(data);
  put32(out, crc32(BytesView(out).substr(begin)));
}

}  // namespace

Bytes png_of(GreyView page) {
  Bytes head;
  put32(head, static_cast<std::uint32_t>(page.width));
  put32(head, static_cast<std::uint32_t>(page.height));
  head.append("\x08\0\0\0\0", 5);  // 8 bits, grey, deflate, filters by row, not interlaced
  Bytes rows;
  rows.reserve((static_cast<std::size_t>(page.width) + 1) * static_cast<std::size_t>(page.height));
  for (int y = 0; y < page.height; ++y) {
    rows.push_back(0);  // no filter
    rows.append(reinterpret_cast<const char*>(page.row(y)), static_cast<std::size_t>(page.width));
  }
  const Bytes packed = gzip(rows);
  Bytes data("\x78\x9c");
  data.append(BytesView(packed).substr(kGzipHead, packed.size() - kGzipHead - kGzipTail));
  put32(data, adler32(rows));
  Bytes out("\x89PNG\r\n\x1a\n");
  chunk(out, "IHDR", head);
  chunk(out, "IDAT", data);
  chunk(out, "IEND", {});
  return out;
}

}  // namespace scrutineer
