// Netpbm's binary formats, with 1 or 8 bits a value: what `scanimage --format=pnm` writes into a pipe.
#include <fmt/format.h>

#include <cstring>

#include "app/scan/picture.h"

namespace scrutineer {
namespace {

constexpr std::size_t kHeaderMost = 4'096;  // with comments

struct Header {
  char kind = 0;  // '4' to '6'
  std::uint64_t width = 0, height = 0;
  std::size_t size = 0;  // of the header
  std::size_t row_bytes() const {
    const auto w = static_cast<std::size_t>(width);
    return kind == '4' ? (w + 7) / 8 : kind == '5' ? w : 3 * w;
  }
  std::size_t whole() const { return size + row_bytes() * static_cast<std::size_t>(height); }
};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

// A number after spaces and comments; moves `at` behind it.
Result<std::uint64_t> number(BytesView bytes, std::size_t& at) {
  while (at < bytes.size() && (is_space(bytes[at]) || bytes[at] == '#')) {
    if (bytes[at] == '#')
      while (at < bytes.size() && bytes[at] != '\n') ++at;
    else
      ++at;
  }
  std::uint64_t value = 0;
  const std::size_t from = at;
  for (; at < bytes.size() && bytes[at] >= '0' && bytes[at] <= '9' && at - from < 9; ++at)
    value = value * 10 + static_cast<std::uint64_t>(bytes[at] - '0');
  if (at == from || at >= bytes.size() || at > kHeaderMost)
    return fail(ErrorCode::malformed, "the head of this picture is damaged or cut off");
  return value;
}

Result<Header> header_of(BytesView bytes) {
  if (bytes.size() < 3 || bytes[0] != 'P' || bytes[1] < '4' || bytes[1] > '6')
    return fail(ErrorCode::malformed, "this is no PBM, PGM or PPM picture");
  Header header;
  header.kind = bytes[1];
  std::size_t at = 2;
  SCRUTINEER_TRY(header.width, number(bytes, at));
  SCRUTINEER_TRY(header.height, number(bytes, at));
  SCRUTINEER_CHECKED(check_picture_size(header.width, header.height));
  if (header.kind != '4') {
    SCRUTINEER_TRY(std::uint64_t most, number(bytes, at));
    if (most != 255) return fail(ErrorCode::unsupported, "a picture with other than 8 bits a value is not read");
  }
  if (!is_space(bytes[at])) return fail(ErrorCode::malformed, "the head of this picture is damaged");
  header.size = at + 1;
  return header;
}

}  // namespace

Result<std::size_t> pnm_size(BytesView bytes) {
  SCRUTINEER_TRY(Header header, header_of(bytes));
  return header.whole();
}

Result<GreyPage> decode_pnm(BytesView bytes) {
  SCRUTINEER_TRY(Header header, header_of(bytes));
  if (bytes.size() < header.whole()) return fail(ErrorCode::malformed, "this picture is cut off");
  GreyPage page(static_cast<int>(header.width), static_cast<int>(header.height));
  const auto* in = reinterpret_cast<const std::uint8_t*>(bytes.data()) + header.size;
  for (int y = 0; y < page.height(); ++y, in += header.row_bytes()) {
    std::uint8_t* out = page.row(y);
    if (header.kind == '5') {
      std::memcpy(out, in, static_cast<std::size_t>(page.width()));
    } else if (header.kind == '4') {
      for (int x = 0; x < page.width(); ++x) out[x] = (in[x >> 3] >> (7 - (x & 7)) & 1) != 0 ? 0 : 255;
    } else {
      for (int x = 0; x < page.width(); ++x)  // ITU-R BT.601
        out[x] = static_cast<std::uint8_t>((77u * in[3 * x] + 150u * in[3 * x + 1] + 29u * in[3 * x + 2]) >> 8);
    }
  }
  return page;
}

}  // namespace scrutineer
