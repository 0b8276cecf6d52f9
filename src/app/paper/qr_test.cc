#include "app/paper/qr.h"

#include <doctest/doctest.h>

#include "app/paper/image.h"

using namespace scrutineer;

namespace {

const std::string kText = "SCRUTINEER/1 sheet 0123456789abcdef 1101-0305 PRES 0123456789abcdef0123456789abcdef";

// A code as a scanner sees it: so many pixels a module, on white, with whatever is drawn over it.
struct Picture {
  std::size_t width = 0, height = 0;
  std::string pixels;
  explicit Picture(std::size_t w, std::size_t h) : width(w), height(h), pixels(w * h, '\xff') {}
  void draw(const QrCode& code, std::size_t left, std::size_t top, std::size_t scale) {
    for (std::size_t y = 0; y < code.size * scale; ++y)
      for (std::size_t x = 0; x < code.size * scale; ++x)
        if (code.at(x / scale, y / scale)) pixels[(top + y) * width + left + x] = '\0';
  }
  Bytes pgm() const {
    return "P5\n# by a test\n" + std::to_string(width) + " " + std::to_string(height) + "\n255\n" + pixels;
  }
};

std::string verdict(BytesView image) {
  auto text = decode_qr(image);
  return text ? *text : std::string(error_code_name(text.error().code));
}

}  // namespace

TEST_CASE("what is written is read") {
  for (const std::string& text : {std::string("a"), kText, std::string(1'000, '~')}) {
    auto code = encode_qr(text);
    REQUIRE(code.has_value());
    CHECK(code->dark.size() == code->size * code->size);
    Picture picture(code->size * 4 + 100, code->size * 4 + 60);
    picture.draw(*code, 70, 30, 4);
    CHECK(verdict(picture.pgm()) == text);
  }
  CHECK(encode_qr(kText)->size == 45);  // version 7: 0.6 mm a module on our forms
  CHECK(encode_qr(std::string(1'001, 'a')).error().code == ErrorCode::limit_exceeded);
  CHECK(encode_qr("한글").error().code == ErrorCode::invalid_argument);
  CHECK(encode_qr("").error().code == ErrorCode::invalid_argument);
}

TEST_CASE("a stain does no harm, a torn corner is said") {
  QrCode code = encode_qr(kText).value();
  Picture stained(300, 300);
  stained.draw(code, 50, 50, 4);
  for (std::size_t y = 120; y < 160; ++y)  // about 4% of the code
    for (std::size_t x = 120; x < 160; ++x) stained.pixels[y * 300 + x] = '\x20';
  CHECK(verdict(stained.pgm()) == kText);
  for (std::size_t y = 40; y < 200; ++y)
    for (std::size_t x = 40; x < 200; ++x) stained.pixels[y * 300 + x] = '\xff';
  CHECK(verdict(stained.pgm()) == "not_found");
}

TEST_CASE("several codes in one image") {
  Picture two(640, 300);
  two.draw(encode_qr(kText).value(), 40, 40, 4);
  two.draw(encode_qr("https://example.org").value(), 400, 60, 5);
  CHECK(verdict(two.pgm()) == kText);  // ours, whatever else is on the desk
  Picture ours(640, 300);
  ours.draw(encode_qr(kText).value(), 40, 40, 4);
  ours.draw(encode_qr(kText + "0").value(), 380, 40, 4);
  CHECK(verdict(ours.pgm()) == "conflict");
}

TEST_CASE("images that are none") {
  Bytes png = std::string("\x89PNG\r\n\x1a\n", 8) + std::string("\0\0\0\rIHDR", 8);
  auto ihdr = [&](std::uint32_t width, std::uint32_t height) {
    Bytes out = png;
    append_be32(out, width);
    append_be32(out, height);
    return out + std::string("\x08\x02\0\0\0", 5) + "xxxx";
  };
  struct Row {
    const char* name;
    Bytes image;
    std::string verdict;
  };
  const Row rows[] = {
      {"nothing", "", "unsupported"},
      {"a JPEG", "\xff\xd8\xff\xe0", "unsupported"},
      {"a PNG cut off", png, "malformed"},
      {"a PNG without data", ihdr(10, 10), "malformed"},
      {"a PNG that says it is huge", ihdr(100'000, 100'000), "limit_exceeded"},
      {"a PNG that overflows", ihdr(0xffffffff, 0xffffffff), "limit_exceeded"},
      {"a PNG of no width", ihdr(0, 10), "malformed"},
      {"a PGM cut off", "P5 10 10 255\n123", "malformed"},
      {"a PGM without size", "P5 10", "malformed"},
      {"a PGM that says it is huge", "P5 99999 99999 255\n", "limit_exceeded"},
      {"a PGM of 16 bits", "P5 1 1 65535\n12", "unsupported"},
      {"a PPM of one pixel", "P6 1 1 255\n123", "not_found"},
      {"white paper", Picture(200, 200).pgm(), "not_found"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(verdict(row.image) == row.verdict);
  }
  CHECK(read_image("P6 1 1 255\n\xff\xff\xff", 1)->pixels[0] == 255);
}

TEST_CASE("a server takes smaller images") {
  CHECK(decode_qr(Picture(200, 200).pgm(), 39'999).error().code == ErrorCode::limit_exceeded);
  CHECK(decode_qr(Picture(200, 200).pgm(), 40'000).error().code == ErrorCode::not_found);
}

TEST_CASE("as SVG") {
  auto svg = qr_svg(kText);
  REQUIRE(svg.has_value());
  CHECK(svg->starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 53 53\""));
  CHECK(svg->find(kText) == std::string::npos);
  CHECK(*svg == *qr_svg(kText));
  CHECK(qr_svg("").error().code == ErrorCode::invalid_argument);
}
