// Pictures of paper as scanners give them: told apart by their first bytes, measured before anything is unpacked,
// decoded to grey. JPEG (libjpeg-turbo), TIFF (libtiff: uncompressed, LZW, Deflate, PackBits, CCITT G3 and G4; 1 or 8
// bits), PNG (app/paper), PBM, PGM and PPM.
//
// Not OpenCV's imgcodecs: on Debian it brings GDAL and a hundred other packages, each with decoders of its own.
#pragma once

#include <string_view>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/image/image.h"

namespace scrutineer {

inline constexpr std::size_t kPictureBytes = 64u << 20;  // one file

enum class PictureKind : std::uint8_t { jpg, png, tiff, pgm, bin };  // bin: none of these
PictureKind picture_kind(BytesView bytes);
std::string_view picture_ext(PictureKind kind);  // as batch.json's `ext` spells it

// One page; of a TIFF with several pages the first. A picture that ends early is refused, never half read.
// Errors: unsupported (no such format), malformed (damaged or cut off), limit_exceeded (kImageSide, kImageArea, by what
// the header says, before memory is taken). Thread-safe.
Result<GreyPage> decode_picture(BytesView bytes);

// For decode_picture.
Result<GreyPage> decode_jpeg(BytesView bytes);
Result<GreyPage> decode_tiff(BytesView bytes);
Result<GreyPage> decode_pnm(BytesView bytes);
// Where the first picture of a pipe's bytes ends: a binary PBM, PGM or PPM. Errors: malformed (not a picture),
// limit_exceeded. More bytes than there are: it is not whole yet.
Result<std::size_t> pnm_size(BytesView bytes);
Status check_picture_size(std::uint64_t width, std::uint64_t height);

}  // namespace scrutineer
