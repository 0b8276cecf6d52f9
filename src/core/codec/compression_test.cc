#include <doctest/doctest.h>

#include "core/codec/gzip.h"
#include "core/codec/zstd.h"

using namespace scrutineer;

namespace {

std::string sample(std::size_t size) {
  std::string out;
  std::uint32_t state = 1;
  while (out.size() < size) {
    state = state * 1664525 + 1013904223;
    out += "unit," + std::to_string(state >> 20) + "\n";
  }
  out.resize(size);
  return out;
}

// printf hello | gzip -n -9, another program's gzip.
const std::string kHello(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x48\xcd\xc9\xc9\x07\x00\x86\xa6\x10\x36\x05\x00\x00\x00", 25);

using Expand = Result<Bytes> (*)(BytesView, std::size_t);
struct Codec {
  std::string name;
  Bytes (*shrink)(BytesView);
  Expand expand;
};
const Codec kCodecs[] = {
    {"gzip", [](BytesView bytes) { return gzip(bytes); }, gunzip},
    {"zstd", [](BytesView bytes) { return zstd_compress(bytes); }, zstd_decompress},
};

}  // namespace

TEST_CASE("compression: there and back, up to exactly the limit") {
  for (const Codec& codec : kCodecs)
    for (std::size_t size : {0u, 1u, 65'535u, 65'536u, 65'537u, 1'000'000u}) {
      CAPTURE(codec.name);
      CAPTURE(size);
      std::string bytes = sample(size);
      std::string small = codec.shrink(bytes);
      auto back = codec.expand(small, size);
      REQUIRE(back.has_value());
      CHECK((*back == bytes));
      CHECK(codec.shrink(bytes) == small);
      if (size == 0) continue;
      auto over = codec.expand(small, size - 1);
      REQUIRE_FALSE(over.has_value());
      CHECK(over.error().code == ErrorCode::limit_exceeded);
    }
}

TEST_CASE("compression: a bomb is refused at the limit") {
  std::string zeros(64u << 20, '\0');
  for (const Codec& codec : kCodecs) {
    std::string bomb = codec.shrink(zeros);
    CHECK(bomb.size() < 100'000);
    auto got = codec.expand(bomb, 1u << 20);
    REQUIRE_FALSE(got.has_value());
    CHECK(got.error().code == ErrorCode::limit_exceeded);
  }
}

TEST_CASE("compression: several members or frames are one text") {
  for (const Codec& codec : kCodecs) {
    auto got = codec.expand(codec.shrink("one ") + codec.shrink("") + codec.shrink("two"), 7);
    REQUIRE(got.has_value());
    CHECK(*got == "one two");
  }
}

TEST_CASE("compression: every cut and every flipped byte is noticed") {
  std::string bytes = sample(3'000);
  for (const Codec& codec : kCodecs) {
    CAPTURE(codec.name);
    std::string small = codec.shrink(bytes);
    for (std::size_t cut = 0; cut < small.size(); ++cut) {
      auto got = codec.expand(BytesView(small).substr(0, cut), 10'000);
      CHECK_FALSE(got.has_value());
    }
    for (std::size_t i = 0; i < small.size(); ++i) {
      std::string flipped = small;
      flipped[i] = static_cast<char>(flipped[i] ^ 0x10);
      auto got = codec.expand(flipped, 10'000);
      // A header's name, time or system byte may change without changing the text; the text may not.
      CHECK((!got.has_value() || *got == bytes));
    }
  }
}

TEST_CASE("gzip: another program's, and what is not gzip") {
  CHECK(is_gzip(kHello));
  CHECK(gunzip(kHello, 5).value_or("") == "hello");
  CHECK_FALSE(is_gzip(""));
  CHECK_FALSE(is_gzip("unit,name\n"));
  for (const std::string& text :
       {std::string(), std::string("unit,name\n"), kHello + "x", kHello + std::string(1, '\0')}) {
    auto got = gunzip(text, 100);
    REQUIRE_FALSE(got.has_value());
    CHECK(got.error().code == ErrorCode::malformed);
  }
}
