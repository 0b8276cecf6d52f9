// QR codes (ISO/IEC 18004): written as modules, read from images. What ours say: docs/formats/qr.md, code.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer {

inline constexpr std::size_t kQrTextBytes = 1'000;       // still read at arm's length when it is 60 mm wide
inline constexpr std::size_t kImageBytes = 32u << 20;    // of an image file
inline constexpr std::size_t kImagePixels = 40'000'000;  // A4 at 600 dpi: 160 MB while it is read
inline constexpr std::size_t kQrQuietZone = 4;           // modules of white around it

struct QrCode {
  std::size_t size = 0;  // modules a side
  std::vector<std::uint8_t> dark;
  bool at(std::size_t x, std::size_t y) const { return dark[y * size + x] != 0; }
};

// A quarter of the code may be damaged. Errors: limit_exceeded, invalid_argument (not ASCII).
Result<QrCode> encode_qr(std::string_view text);

// For web pages: one SVG element with its quiet zone, black on white; `text` is not in it. Errors as encode_qr.
Result<std::string> qr_svg(std::string_view text);

// The text of the QR code in an image: PNG, or PGM/PPM (binary, 8 bits). At any angle, anywhere in the image. Where
// there are several, the one that is ours. Errors: unsupported (no such image), malformed, limit_exceeded, not_found,
// conflict (several that are ours). Thread-safe.
// `most_pixels`: a server that takes images from strangers says less.
Result<std::string> decode_qr(BytesView image, std::size_t most_pixels = kImagePixels);

}  // namespace scrutineer
