#include "core/codec/expand.h"

#include <doctest/doctest.h>

#include "core/codec/gzip.h"
#include "core/codec/zstd.h"

using namespace scrutineer;

namespace {

struct Kind {
  const char* name;
  Bytes (*shrink)(BytesView);
  std::unique_ptr<Expander> (*make)();
};
const Kind kKinds[] = {{"gzip", gzip, new_gunzip},
                       {"zstd", [](BytesView bytes) { return zstd_compress(bytes); }, new_unzstd}};

std::string sample(std::size_t size) {
  std::string out;
  for (std::uint32_t n = 1; out.size() < size; n = n * 1'664'525 + 1'013'904'223)
    out += std::to_string(n % 5'000) + ",";
  out.resize(size);
  return out;
}

Result<Bytes> expand(const Kind& kind, BytesView bytes, std::size_t step) {
  Bytes out;
  auto expander = kind.make();
  Expander::Sink sink = [&](BytesView piece) -> Status { return out += piece, Status{}; };
  for (std::size_t i = 0; i < bytes.size(); i += step) SCRUTINEER_CHECKED(expander->feed(bytes.substr(i, step), sink));
  SCRUTINEER_CHECKED(expander->finish());
  return out;
}

}  // namespace

TEST_CASE("expand: the same bytes, however they come in pieces") {
  for (const Kind& kind : kKinds)
    for (std::size_t size : {0u, 1u, 262'144u, 262'145u, 1'500'000u}) {
      CAPTURE(kind.name);
      CAPTURE(size);
      const std::string bytes = sample(size), small = kind.shrink(bytes);
      for (std::size_t step : {std::size_t{1}, std::size_t{1'000}, small.size()})
        CHECK((expand(kind, small, step).value_or("?") == bytes));
    }
}

TEST_CASE("expand: several members or frames are one text") {
  for (const Kind& kind : kKinds)
    for (std::size_t step : {1u, 10u, 1'000u})
      CHECK(expand(kind, kind.shrink("one ") + kind.shrink("") + kind.shrink("two"), step).value_or("?") == "one two");
}

TEST_CASE("expand: cut short, damaged, followed by something else, empty") {
  for (const Kind& kind : kKinds) {
    const std::string small = kind.shrink(sample(3'000));
    for (std::size_t cut = 0; cut < small.size(); ++cut)
      CHECK_FALSE(expand(kind, BytesView(small).substr(0, cut), 100).has_value());
    CHECK_FALSE(expand(kind, small + "x", 100).has_value());
    for (std::size_t i = 0; i < small.size(); ++i) {
      std::string flipped = small;
      flipped[i] = static_cast<char>(flipped[i] ^ 0x10);
      auto got = expand(kind, flipped, 100);
      CHECK((!got.has_value() || *got == sample(3'000)));
    }
  }
}

TEST_CASE("expand: whoever takes the bytes may stop it") {
  for (const Kind& kind : kKinds) {
    const std::string bomb = kind.shrink(std::string(64u << 20, '\0'));
    std::size_t taken = 0;
    auto status = kind.make()->feed(bomb, [&](BytesView piece) -> Status {
      taken += piece.size();
      if (taken > 1'000'000) return fail(ErrorCode::limit_exceeded, "enough");
      return {};
    });
    REQUIRE_FALSE(status.has_value());
    CHECK(status.error().code == ErrorCode::limit_exceeded);
    CHECK(taken < 2'000'000);
  }
}
