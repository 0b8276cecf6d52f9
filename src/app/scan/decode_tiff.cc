#include <tiffio.h>

#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include "app/scan/picture.h"

namespace scrutineer {
namespace {

constexpr tmsize_t kOneAllocation = 256 << 20;  // what libtiff may take at a time

// The file in memory, as libtiff asks for it.
struct Source {
  BytesView bytes;
  std::size_t at = 0;
};

tmsize_t read_some(thandle_t handle, void* out, tmsize_t size) {
  auto& source = *static_cast<Source*>(handle);
  const std::size_t left = source.bytes.size() - std::min(source.at, source.bytes.size());
  const std::size_t part = std::min(left, static_cast<std::size_t>(std::max<tmsize_t>(size, 0)));
  if (part > 0) std::memcpy(out, source.bytes.data() + source.at, part);
  source.at += part;
  return static_cast<tmsize_t>(part);
}
tmsize_t write_none(thandle_t, void*, tmsize_t) {
  return 0;
}
toff_t seek_to(thandle_t handle, toff_t offset, int whence) {
  auto& source = *static_cast<Source*>(handle);
  const toff_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? source.at : source.bytes.size();
  source.at = static_cast<std::size_t>(std::min<toff_t>(base + offset, source.bytes.size()));
  return source.at;
}
int close_none(thandle_t) {
  return 0;
}
toff_t size_of(thandle_t handle) {
  return static_cast<Source*>(handle)->bytes.size();
}
// Its words may hold what is in the file; ours are said instead.
int quiet(TIFF*, void* said, const char*, const char*, va_list) {
  *static_cast<bool*>(said) = true;
  return 1;
}
int ignore(TIFF*, void*, const char*, const char*, va_list) {
  return 1;
}

struct Close {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
struct FreeOptions {
  void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};

struct Shape {
  std::uint32_t width = 0, height = 0;
  std::uint16_t bits = 1, samples = 1, photometric = PHOTOMETRIC_MINISWHITE, planar = PLANARCONFIG_CONTIG;
};

Result<Shape> shape_of(TIFF* tiff) {
  Shape shape;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &shape.width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &shape.height);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &shape.bits);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &shape.samples);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &shape.planar);
  SCRUTINEER_CHECKED(check_picture_size(shape.width, shape.height));
  const bool one = shape.bits == 1 && shape.samples == 1, grey = shape.bits == 8 && shape.samples == 1,
             colour = shape.bits == 8 && (shape.samples == 3 || shape.samples == 4);
  const bool told = TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &shape.photometric) == 1;
  if (!told && !one) return fail(ErrorCode::malformed, "this TIFF picture does not say what its numbers mean");
  const bool mono = shape.photometric == PHOTOMETRIC_MINISWHITE || shape.photometric == PHOTOMETRIC_MINISBLACK;
  if (!((one || grey) && mono) && !(colour && shape.photometric == PHOTOMETRIC_RGB))
    return fail(ErrorCode::unsupported, "this kind of TIFF picture is not read: 1 or 8 bits in grey, or RGB, please");
  if (TIFFIsTiled(tiff) != 0 || shape.planar != PLANARCONFIG_CONTIG)
    return fail(ErrorCode::unsupported, "a TIFF picture in tiles or planes is not read: scan it in strips");
  return shape;
}

// Eight pixels of each byte that packs them: 255 where the bit is set.
const std::array<std::array<std::uint8_t, 8>, 256>& unpacked() {
  static const auto table = [] {
    std::array<std::array<std::uint8_t, 8>, 256> all{};
    for (std::size_t byte = 0; byte < all.size(); ++byte)
      for (std::size_t bit = 0; bit < 8; ++bit) all[byte][bit] = (byte >> (7 - bit) & 1) != 0 ? 255 : 0;
    return all;
  }();
  return table;
}

void put_bits(const std::uint8_t* in, std::uint8_t* out, int width, bool white_is_zero) {
  const auto& table = unpacked();
  const unsigned flip = white_is_zero ? 255 : 0;
  const int whole = width / 8;
  for (int i = 0; i < whole; ++i) std::memcpy(out + 8 * i, table[in[i] ^ flip].data(), 8);
  if (width % 8 != 0) std::memcpy(out + 8 * whole, table[in[whole] ^ flip].data(), static_cast<std::size_t>(width % 8));
}

void put_row(const Shape& shape, const std::uint8_t* in, std::uint8_t* out) {
  const auto width = static_cast<int>(shape.width);
  const bool white_is_zero = shape.photometric == PHOTOMETRIC_MINISWHITE;
  if (shape.bits == 1) return put_bits(in, out, width, white_is_zero);
  if (shape.samples == 1) {
    for (int x = 0; x < width; ++x) out[x] = white_is_zero ? static_cast<std::uint8_t>(255 - in[x]) : in[x];
    return;
  }
  for (int x = 0; x < width; ++x, in += shape.samples)  // ITU-R BT.601
    out[x] = static_cast<std::uint8_t>((77u * in[0] + 150u * in[1] + 29u * in[2]) >> 8);
}

}  // namespace

Result<GreyPage> decode_tiff(BytesView bytes) {
  Source source{bytes, 0};
  bool wrong = false;
  const std::unique_ptr<TIFFOpenOptions, FreeOptions> options(TIFFOpenOptionsAlloc());
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), kOneAllocation);
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), &quiet, &wrong);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), &ignore, nullptr);
  const std::unique_ptr<TIFF, Close> tiff(TIFFClientOpenExt("picture", "rm", &source, &read_some, &write_none, &seek_to,
                                                            &close_none, &size_of, nullptr, nullptr, options.get()));
  if (!tiff) return fail(ErrorCode::malformed, "this TIFF picture is damaged or cut off");
  SCRUTINEER_TRY(Shape shape, shape_of(tiff.get()));
  const tmsize_t row_bytes = TIFFScanlineSize(tiff.get());
  const std::uint64_t least = (std::uint64_t{shape.width} * shape.bits * shape.samples + 7) / 8;
  if (row_bytes < static_cast<tmsize_t>(least)) return fail(ErrorCode::malformed, "this TIFF picture is damaged");
  std::vector<std::uint8_t> row(static_cast<std::size_t>(row_bytes));
  GreyPage page(static_cast<int>(shape.width), static_cast<int>(shape.height));
  for (std::uint32_t y = 0; y < shape.height; ++y) {
    if (TIFFReadScanline(tiff.get(), row.data(), y, 0) != 1 || wrong)
      return fail(ErrorCode::malformed, "this TIFF picture is damaged or cut off");
    put_row(shape, row.data(), page.row(static_cast<int>(y)));
  }
  return page;
}

}  // namespace scrutineer
