#include "app/paper/image.h"

#include <cairo.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "app/paper/qr.h"

namespace scrutineer {
namespace {

constexpr std::string_view kPngSignature = "\x89PNG\r\n\x1a\n";

Status check_size(std::uint64_t width, std::uint64_t height, std::size_t most) {
  if (width == 0 || height == 0) return fail(ErrorCode::malformed, "this image has no pixels");
  if (width > most || height > most || width * height > most)
    return fail(ErrorCode::limit_exceeded,
                "an image has at most " + std::to_string(most) + " pixels here: scan it coarser");
  return {};
}

// ITU-R BT.601, in 1/256.
std::uint8_t grey(unsigned red, unsigned green, unsigned blue) {
  return static_cast<std::uint8_t>((77 * red + 150 * green + 29 * blue) >> 8);
}

cairo_status_t read_some(void* closure, unsigned char* out, unsigned length) {
  auto* rest = static_cast<BytesView*>(closure);
  if (rest->size() < length) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(out, rest->data(), length);
  rest->remove_prefix(length);
  return CAIRO_STATUS_SUCCESS;
}

struct DestroySurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};

Result<GreyImage> read_png(BytesView bytes, std::size_t most) {
  // PNG, section 11.2.2: IHDR comes first; its width and height stand at bytes 16 and 20.
  if (bytes.size() < 24) return fail(ErrorCode::malformed, "this PNG image is cut off");
  SCRUTINEER_CHECKED(check_size(read_be32(bytes.data() + 16), read_be32(bytes.data() + 20), most));
  BytesView rest = bytes;
  std::unique_ptr<cairo_surface_t, DestroySurface> surface(
      cairo_image_surface_create_from_png_stream(read_some, &rest));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
    return fail(ErrorCode::malformed, "this PNG image is damaged or cut off");
  cairo_format_t format = cairo_image_surface_get_format(surface.get());
  if (format != CAIRO_FORMAT_ARGB32 && format != CAIRO_FORMAT_RGB24)
    return fail(ErrorCode::unsupported, "this kind of PNG image is not read: 8 bits a colour, please");
  GreyImage image;
  image.width = static_cast<std::size_t>(cairo_image_surface_get_width(surface.get()));
  image.height = static_cast<std::size_t>(cairo_image_surface_get_height(surface.get()));
  image.pixels.resize(image.width * image.height);
  auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
  const unsigned char* data = cairo_image_surface_get_data(surface.get());
  for (std::size_t y = 0; y < image.height; ++y)
    for (std::size_t x = 0; x < image.width; ++x) {
      std::uint32_t pixel;
      std::memcpy(&pixel, data + y * stride + x * 4, sizeof pixel);
      // Colours are already multiplied by alpha: white shines through what is left of it.
      unsigned white = format == CAIRO_FORMAT_ARGB32 ? 255 - (pixel >> 24) : 0;
      auto over = [&](unsigned shift) { return std::min((pixel >> shift & 255) + white, 255u); };
      image.pixels[y * image.width + x] = grey(over(16), over(8), over(0));
    }
  return image;
}

// The next number of a PNM header; comments run to the end of their line.
std::optional<std::uint64_t> take_number(BytesView& in) {
  auto space = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
  while (!in.empty() && (space(in.front()) || in.front() == '#')) {
    if (in.front() == '#')
      in.remove_prefix(std::min(in.find('\n'), in.size()));
    else
      in.remove_prefix(1);
  }
  std::size_t digits = 0;
  while (digits < in.size() && digits < 9 && in[digits] >= '0' && in[digits] <= '9') ++digits;
  auto number = parse_decimal(in.substr(0, digits));
  in.remove_prefix(digits);
  return number;
}

Result<GreyImage> read_pnm(BytesView bytes, std::size_t most) {
  std::size_t colours = bytes[1] == '5' ? 1 : 3;
  BytesView in = bytes.substr(2);
  auto width = take_number(in), height = take_number(in), white = take_number(in);
  if (!width || !height || !white || in.empty()) return fail(ErrorCode::malformed, "the head of this image is damaged");
  if (*white != 255) return fail(ErrorCode::unsupported, "this kind of PNM image is not read: 8 bits a colour, please");
  SCRUTINEER_CHECKED(check_size(*width, *height, most));
  in.remove_prefix(1);
  GreyImage image;
  image.width = static_cast<std::size_t>(*width);
  image.height = static_cast<std::size_t>(*height);
  std::size_t pixels = image.width * image.height;
  if (in.size() < pixels * colours) return fail(ErrorCode::malformed, "this image is cut off");
  image.pixels.resize(pixels);
  auto value = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(in[i])); };
  for (std::size_t i = 0; i < pixels; ++i)
    image.pixels[i] =
        colours == 1 ? static_cast<std::uint8_t>(value(i)) : grey(value(3 * i), value(3 * i + 1), value(3 * i + 2));
  return image;
}

}  // namespace

Result<GreyImage> read_image(BytesView bytes, std::size_t most_pixels) {
  if (bytes.size() > kImageBytes) return fail(ErrorCode::limit_exceeded, "an image file has at most 32 MiB");
  if (bytes.starts_with(kPngSignature)) return read_png(bytes, most_pixels);
  if (bytes.starts_with("P5") || bytes.starts_with("P6")) return read_pnm(bytes, most_pixels);
  return fail(ErrorCode::unsupported, "this is no image that can be read here: PNG, PGM or PPM, please");
}

}  // namespace scrutineer
