#include "app/scan/picture.h"

#include <fmt/format.h>

#include <cstring>

#include "app/paper/image.h"

namespace scrutineer {

PictureKind picture_kind(BytesView bytes) {
  if (bytes.starts_with("\xff\xd8\xff")) return PictureKind::jpg;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return PictureKind::png;
  if (bytes.starts_with(std::string_view("II*\0", 4)) || bytes.starts_with(std::string_view("MM\0*", 4)))
    return PictureKind::tiff;
  if (bytes.size() > 2 && bytes[0] == 'P' && bytes[1] >= '4' && bytes[1] <= '6') return PictureKind::pgm;
  return PictureKind::bin;
}

std::string_view picture_ext(PictureKind kind) {
  constexpr std::string_view kNames[] = {"jpg", "png", "tiff", "pgm", "bin"};
  return kNames[static_cast<std::size_t>(kind)];
}

Status check_picture_size(std::uint64_t width, std::uint64_t height) {
  if (width == 0 || height == 0) return fail(ErrorCode::malformed, "this picture has no pixels");
  if (width > kImageSide || height > kImageSide || width * height > kImageArea)
    return fail(ErrorCode::limit_exceeded,
                fmt::format("it says that it has {} x {} pixels; no sheet of paper has so many", width, height));
  return {};
}

Result<GreyPage> decode_picture(BytesView bytes) {
  if (bytes.size() > kPictureBytes) return fail(ErrorCode::limit_exceeded, "this file is larger than a picture may be");
  switch (picture_kind(bytes)) {
    case PictureKind::jpg: return decode_jpeg(bytes);
    case PictureKind::tiff: return decode_tiff(bytes);
    case PictureKind::pgm: return decode_pnm(bytes);
    case PictureKind::png: {
      SCRUTINEER_TRY(GreyImage image, read_image(bytes, kImageArea));
      SCRUTINEER_CHECKED(check_picture_size(image.width, image.height));
      GreyPage page(static_cast<int>(image.width), static_cast<int>(image.height));
      std::memcpy(page.row(0), image.pixels.data(), image.pixels.size());
      return page;
    }
    case PictureKind::bin: break;
  }
  return fail(ErrorCode::unsupported, "this is no picture that is read here: JPEG, PNG, TIFF, PBM, PGM or PPM");
}

}  // namespace scrutineer
