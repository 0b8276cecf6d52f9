#include "core/base/bytes.h"

#include <doctest/doctest.h>

#include <unordered_set>

using namespace scrutineer;
using namespace std::string_literals;

TEST_CASE("hex: lower case, both ways, nothing else") {
  CHECK(to_hex("\x00\x01\x7f\x80\xff"s) == "00017f80ff");
  CHECK(from_hex("00017f80ff") == "\x00\x01\x7f\x80\xff"s);
  CHECK(from_hex("") == "");
  for (std::string bad : {"0", "0A", "AB", "0g", " 00", "00 ", "0x", "+1", "-1"}) {
    CAPTURE(bad);
    CHECK(from_hex(bad) == std::nullopt);
  }
}

TEST_CASE("hashes: exactly 32 bytes or 64 digits") {
  std::string digits(64, 'a');
  auto hash = hash_from_hex(digits);
  REQUIRE(hash.has_value());
  CHECK(to_hex(*hash) == digits);
  CHECK(hash_from_bytes(hash->view()) == hash);
  CHECK(hash_from_hex(std::string(63, 'a')) == std::nullopt);
  CHECK(hash_from_hex(std::string(66, 'a')) == std::nullopt);
  CHECK(hash_from_hex(std::string(64, 'A')) == std::nullopt);
  CHECK(hash_from_bytes(std::string(31, 'a')) == std::nullopt);
  CHECK(hash_from_bytes(std::string(33, 'a')) == std::nullopt);
  CHECK(to_hex(RecordId{*hash}) == digits);
  CHECK(RecordId{*hash} != RecordId{});
  CHECK(std::unordered_set<RecordId>{RecordId{*hash}, RecordId{}, RecordId{*hash}}.size() == 2);
}

TEST_CASE("base64: RFC 4648 section 10") {
  struct {
    std::string bytes, text;
  } cases[] = {{"", ""},
               {"f", "Zg=="},
               {"fo", "Zm8="},
               {"foo", "Zm9v"},
               {"foob", "Zm9vYg=="},
               {"fooba", "Zm9vYmE="},
               {"foobar", "Zm9vYmFy"},
               {"\xff\xef\xbe"s, "/+++"}};
  for (const auto& c : cases) {
    CHECK(to_base64(c.bytes) == c.text);
    CHECK(from_base64(c.text) == c.bytes);
  }
}

TEST_CASE("base64: one spelling of everything") {
  struct {
    std::string what, text;
  } cases[] = {
      {"no padding", "Zg"},
      {"short padding", "Zg="},
      {"padding alone", "===="},
      {"three pads", "Z==="},
      {"trailing bits, one byte", "Zh=="},
      {"trailing bits, two bytes", "Zm9="},
      {"white space", "Zm9v\n"},
      {"space inside", "Zm 9"},
      {"padding inside", "Zg==Zm9v"},
      {"URL alphabet", "__--"},
      {"beyond ASCII", "Zm9\xc3"},
      {"pad, then digit", "Zg=v"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    CHECK(from_base64(c.text) == std::nullopt);
  }
}

TEST_CASE("base64: every text of two bytes, there and back; every four digits that decode are canonical") {
  for (unsigned value = 0; value < 65'536; ++value) {
    std::string bytes = {static_cast<char>(value >> 8), static_cast<char>(value)};
    REQUIRE(from_base64(to_base64(bytes)) == bytes);
  }
  for (int a = 1; a < 128; ++a)
    for (int b = 1; b < 128; ++b) {
      std::string text = {'Z', static_cast<char>(a), static_cast<char>(b), '='};
      if (auto bytes = from_base64(text)) REQUIRE(to_base64(*bytes) == text);
    }
}

TEST_CASE("big-endian integers") {
  Bytes out;
  append_be16(out, 0x0102);
  append_be32(out, 0x03040506);
  append_be64(out, 0x0708090a0b0c0d0e);
  append_be64(out, 0xffffffffffffffff);
  CHECK(to_hex(out) == "0102030405060708090a0b0c0d0effffffffffffffff");
  CHECK(read_be16(out.data()) == 0x0102);
  CHECK(read_be32(out.data() + 2) == 0x03040506);
  CHECK(read_be64(out.data() + 6) == 0x0708090a0b0c0d0e);
  CHECK(read_be64(out.data() + 14) == 0xffffffffffffffff);
  CHECK(read_be16("\xff\xfe") == 0xfffe);
  CHECK(read_be32("\xff\xfe\xfd\xfc") == 0xfffefdfc);
}

TEST_CASE("decimal: canonical, and it fits") {
  CHECK(parse_decimal("0") == 0u);
  CHECK(parse_decimal("10") == 10u);
  CHECK(parse_decimal("44391871") == 44'391'871u);
  CHECK(parse_decimal("18446744073709551615") == 18'446'744'073'709'551'615u);
  for (std::string bad : {"", "00", "01", "+1", "-1", " 1", "1 ", "1.0", "1e3", "0x1", "18446744073709551616",
                          "99999999999999999999", "184467440737095516150", "１"}) {
    CAPTURE(bad);
    CHECK(parse_decimal(bad) == std::nullopt);
  }
}

TEST_CASE("UTF-8: well-formed prefixes (Unicode 3.9, table 3-7)") {
  struct {
    std::string what;
    std::string bytes;
    std::size_t good;
  } cases[] = {
      {"empty", "", 0},
      {"ASCII, NUL too", "a\0b"s, 3},
      {"Korean and Latin", "종로구 é 12345678 é", 24},
      {"first and last of two bytes", "\xc2\x80\xdf\xbf", 4},
      {"first and last of three bytes", "\xe0\xa0\x80\xef\xbf\xbf", 6},
      {"first and last of four bytes", "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", 8},
      {"below and above the surrogates", "\xed\x9f\xbf\xee\x80\x80", 6},
      {"overlong slash", "a\xc0\xaf", 1},
      {"overlong of three", "a\xe0\x9f\xbf", 1},
      {"overlong of four", "a\xf0\x8f\xbf\xbf", 1},
      {"first surrogate", "a\xed\xa0\x80", 1},
      {"last surrogate", "a\xed\xbf\xbf", 1},
      {"above U+10FFFF", "a\xf4\x90\x80\x80", 1},
      {"five bytes", "a\xf8\x88\x80\x80\x80", 1},
      {"lone continuation", "a\x80", 1},
      {"cut short", "a\xec\xa2", 1},
      {"cut by ASCII", "a\xec\xa2z", 1},
      {"bad behind a long run", std::string(100, 'x') + "\xff", 100},
      {"EUC-KR", "\xb1\xb8", 0},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    CHECK(utf8_prefix(c.bytes) == c.good);
    CHECK(is_utf8(c.bytes) == (c.good == c.bytes.size()));
  }
}

TEST_CASE("UTF-8: every code point, and every pair of bytes that starts with one above ASCII") {
  for (std::uint32_t code = 0x80; code <= 0x10ffff; ++code) {
    std::string bytes;
    if (code < 0x800)
      bytes = {static_cast<char>(0xc0 | code >> 6)};
    else if (code < 0x10000)
      bytes = {static_cast<char>(0xe0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 63))};
    else
      bytes = {static_cast<char>(0xf0 | code >> 18), static_cast<char>(0x80 | (code >> 12 & 63)),
               static_cast<char>(0x80 | (code >> 6 & 63))};
    bytes += static_cast<char>(0x80 | (code & 63));
    bool surrogate = code >= 0xd800 && code <= 0xdfff;
    REQUIRE(is_utf8(bytes) == !surrogate);
  }
  for (unsigned pair = 0x8000; pair < 0x10000; ++pair) {
    std::string bytes = {static_cast<char>(pair >> 8), static_cast<char>(pair)};
    unsigned first = pair >> 8, second = pair & 0xff;
    REQUIRE(is_utf8(bytes) == (first >= 0xc2 && first <= 0xdf && second >= 0x80 && second <= 0xbf));
  }
}
