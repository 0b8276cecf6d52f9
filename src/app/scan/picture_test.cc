#include "app/scan/picture.h"

#include <doctest/doctest.h>
#include <tiffio.h>
#include <turbojpeg.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>

#include "core/image/png.h"

namespace scrutineer {
namespace {

constexpr int kWidth = 203, kHeight = 151;

// Black bars of seven pixels, and a grey ramp below.
GreyPage sample() {
  GreyPage page(kWidth, kHeight);
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x) page.at(x, y) = x / 7 % 2 ? 0 : 255;
  return page;
}

Bytes as_pnm(const GreyPage& page, char kind) {
  Bytes out = std::string("P") + kind + "\n# a scanner's words\n" + std::to_string(page.width()) + " " +
              std::to_string(page.height()) + (kind == '4' ? "\n" : "\n255\n");
  for (int y = 0; y < page.height(); ++y)
    for (int x = 0; x < page.width(); ++x) {
      const auto value = static_cast<char>(page.at(x, y));
      if (kind == '4' && x % 8 == 0) out.push_back(0);
      if (kind == '4' && page.at(x, y) == 0) out.back() = static_cast<char>(out.back() | (0x80 >> x % 8));
      if (kind == '5') out.push_back(value);
      if (kind == '6') out.append(3, value);
    }
  return out;
}

Bytes as_jpeg(const GreyPage& page, int format = TJPF_GRAY, int sampling = TJSAMP_GRAY) {
  tjhandle handle = tjInitCompress();
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  std::vector<unsigned char> pixels;
  for (int y = 0; y < page.height(); ++y)
    for (int x = 0; x < page.width(); ++x) pixels.insert(pixels.end(), format == TJPF_GRAY ? 1 : 3, page.at(x, y));
  REQUIRE(tjCompress2(handle, pixels.data(), page.width(), 0, page.height(), format, &buffer, &size, sampling, 95, 0) ==
          0);
  Bytes out(reinterpret_cast<char*>(buffer), size);
  tjFree(buffer);
  tjDestroy(handle);
  return out;
}

// libtiff writes into files only.
Bytes as_tiff(const GreyPage& page, int bits, int compression, int photometric) {
  char name[] = "/tmp/scrutineer-tiff-XXXXXX";
  const int file = mkstemp(name);
  REQUIRE(file >= 0);
  TIFF* tiff = TIFFFdOpen(file, name, "w");
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, page.width());
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, page.height());
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, compression);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, photometric);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 32);
  for (int y = 0; y < page.height(); ++y) {
    std::vector<std::uint8_t> row(static_cast<std::size_t>(page.width()), 0);
    for (int x = 0; x < page.width(); ++x) {
      const bool black = page.at(x, y) == 0, set = black == (photometric == PHOTOMETRIC_MINISWHITE);
      if (bits == 8) row[static_cast<std::size_t>(x)] = set ? 255 : 0;
      if (bits == 1 && set) row[static_cast<std::size_t>(x / 8)] |= static_cast<std::uint8_t>(0x80 >> x % 8);
    }
    REQUIRE(TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0) == 1);
  }
  TIFFClose(tiff);
  std::unique_ptr<FILE, int (*)(FILE*)> in(std::fopen(name, "rb"), &std::fclose);
  Bytes out(1 << 20, '\0');
  out.resize(std::fread(out.data(), 1, out.size(), in.get()));
  ::unlink(name);
  return out;
}

int worst(const GreyPage& a, const GreyPage& b) {
  REQUIRE(a.width() == b.width());
  REQUIRE(a.height() == b.height());
  int worst = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) worst = std::max(worst, std::abs(a.at(x, y) - b.at(x, y)));
  return worst;
}

struct Format {
  const char* name;
  Bytes bytes;
  PictureKind kind;
  int within;  // of the grey values
};

std::vector<Format> formats() {
  const GreyPage page = sample();
  return {{"PBM", as_pnm(page, '4'), PictureKind::pgm, 0},
          {"PGM", as_pnm(page, '5'), PictureKind::pgm, 0},
          {"PPM", as_pnm(page, '6'), PictureKind::pgm, 0},
          {"PNG", png_of(page.view()), PictureKind::png, 0},
          {"JPEG in grey", as_jpeg(page), PictureKind::jpg, 24},
          {"JPEG in colour", as_jpeg(page, TJPF_RGB, TJSAMP_420), PictureKind::jpg, 24},
          {"TIFF, plain, 8 bits", as_tiff(page, 8, COMPRESSION_NONE, PHOTOMETRIC_MINISBLACK), PictureKind::tiff, 0},
          {"TIFF, LZW, 8 bits", as_tiff(page, 8, COMPRESSION_LZW, PHOTOMETRIC_MINISBLACK), PictureKind::tiff, 0},
          {"TIFF, LZW, 8 bits, white is 0", as_tiff(page, 8, COMPRESSION_LZW, PHOTOMETRIC_MINISWHITE),
           PictureKind::tiff, 0},
          {"TIFF, G4", as_tiff(page, 1, COMPRESSION_CCITTFAX4, PHOTOMETRIC_MINISWHITE), PictureKind::tiff, 0},
          {"TIFF, G3", as_tiff(page, 1, COMPRESSION_CCITTFAX3, PHOTOMETRIC_MINISWHITE), PictureKind::tiff, 0},
          {"TIFF, plain, 1 bit, black is 0", as_tiff(page, 1, COMPRESSION_NONE, PHOTOMETRIC_MINISBLACK),
           PictureKind::tiff, 0}};
}

TEST_CASE("pictures: every format gives the same grey values") {
  for (const Format& format : formats()) {
    CAPTURE(format.name);
    CHECK(picture_kind(format.bytes) == format.kind);
    auto page = decode_picture(format.bytes);
    REQUIRE_MESSAGE(page, (page ? "" : page.error().message));
    CHECK(worst(*page, sample()) <= format.within);
  }
}

TEST_CASE("pictures: half a file is no picture, wherever it ends") {
  for (const Format& format : formats()) {
    CAPTURE(format.name);
    for (std::size_t eighth = 0; eighth < 8; ++eighth) {
      CAPTURE(eighth);
      auto page = decode_picture(BytesView(format.bytes).substr(0, format.bytes.size() * eighth / 8));
      REQUIRE_FALSE(page);
      CHECK((page.error().code == ErrorCode::malformed || page.error().code == ErrorCode::unsupported));
      CHECK(page.error().message.size() > 20);
    }
  }
}

// A whole TIFF that says of itself that it is so broad and so high.
Bytes tiff_that_says(std::uint16_t width, std::uint16_t height) {
  Bytes out = as_tiff(sample(), 1, COMPRESSION_CCITTFAX4, PHOTOMETRIC_MINISWHITE);
  for (const auto& [tag, value] : {std::pair{TIFFTAG_IMAGEWIDTH, width}, std::pair{TIFFTAG_IMAGELENGTH, height}}) {
    const std::uint16_t entry[] = {static_cast<std::uint16_t>(tag), TIFF_SHORT, 1, 0};
    const std::size_t at = out.find(Bytes(reinterpret_cast<const char*>(entry), sizeof entry));
    REQUIRE(at != Bytes::npos);
    out.replace(at + sizeof entry, sizeof value, reinterpret_cast<const char*>(&value), sizeof value);
  }
  return out;
}

TEST_CASE("pictures: a header that promises too much takes no memory") {
  Bytes png = png_of(sample().view());
  for (std::size_t at : {16, 20}) png.replace(at, 4, std::string("\x00\x00\xc3\x50", 4));  // 50,000
  Bytes jpeg = as_jpeg(sample());
  const std::size_t frame = jpeg.find("\xff\xc0");
  REQUIRE(frame != Bytes::npos);
  jpeg.replace(frame + 5, 4, "\xc3\x50\xc3\x50");
  struct Bomb {
    const char* name;
    Bytes bytes;
    ErrorCode code;
  } bombs[] = {{"PNG", png, ErrorCode::limit_exceeded},
               {"JPEG", jpeg, ErrorCode::limit_exceeded},
               {"TIFF", tiff_that_says(50'000, 50'000), ErrorCode::limit_exceeded},
               {"TIFF, long and narrow", tiff_that_says(8, 60'000), ErrorCode::limit_exceeded},
               {"TIFF, no pixels", tiff_that_says(0, 1'000), ErrorCode::malformed},
               {"PBM", "P4\n50000 50000\n", ErrorCode::limit_exceeded},
               {"PGM", "P5 50000 50000 255\n", ErrorCode::limit_exceeded},
               {"PPM", "P6\n50000 50000\n255\n", ErrorCode::limit_exceeded},
               {"PGM, within each side's limit, not within both", "P5 20000 20000 255\n", ErrorCode::limit_exceeded},
               {"PPM, numbers without end", "P6\n999999999999999999999999 1\n255\n", ErrorCode::limit_exceeded},
               {"PGM, comments without end", "P5\n#" + Bytes(100'000, 'x'), ErrorCode::malformed}};
  for (const Bomb& bomb : bombs) {
    CAPTURE(std::string(bomb.name));
    auto page = decode_picture(bomb.bytes);
    REQUIRE_FALSE(page);
    CHECK(to_string(page.error()) != "");
    CHECK(page.error().code == bomb.code);
  }
}

TEST_CASE("pictures: changed bytes give a picture or a reason, and nothing else") {
  std::uint32_t state = 1;
  auto next = [&] { return state = state * 1'664'525 + 1'013'904'223; };
  for (const Format& format : formats())
    for (int i = 0; i < 60; ++i) {
      Bytes bytes = format.bytes;
      for (int k = 0; k < 3; ++k) bytes[next() % bytes.size()] = static_cast<char>(next() >> 24);
      auto page = decode_picture(bytes);
      CHECK((page || !page.error().message.empty()));
    }
}

}  // namespace
}  // namespace scrutineer
