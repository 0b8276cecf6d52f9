#include "core/notice/envelope.h"

#include <doctest/doctest.h>

#include "core/base/limits.h"
#include "core/notice/payload.h"

namespace scrutineer {
namespace {

TEST_CASE("envelope: what was put in comes out") {
  const std::vector<Bytes> records = {"one", "", std::string("\0\n", 2)};
  const std::vector<Bytes> blobs = {std::string(100'000, 'x')};
  auto bytes = write_envelope(records, blobs);
  REQUIRE(bytes);
  auto envelope = read_envelope(*bytes);
  REQUIRE(envelope);
  CHECK(envelope->records == records);
  CHECK(envelope->blobs == blobs);
}

TEST_CASE("envelope: every cut is noticed, and so is everything behind the end") {
  const Bytes bytes = *write_envelope(std::vector<Bytes>{"one", "two"}, std::vector<Bytes>{"three"});
  for (std::size_t size = 0; size < bytes.size(); ++size) CHECK_FALSE(read_envelope(bytes.substr(0, size)));
  CHECK_FALSE(read_envelope(bytes + "x"));
}

TEST_CASE("envelope: hostile ones are refused with their reason") {
  struct Row {
    std::string bytes;
    ErrorCode code;
  };
  const std::string line = "scrutineer/envelope/1\n";
  for (const Row& row : std::vector<Row>{
           {"", ErrorCode::malformed},
           {"scrutineer/envelope/2\n0 0\n", ErrorCode::unsupported},
           {line, ErrorCode::malformed},
           {line + "1\n", ErrorCode::malformed},
           {line + "01 0\n", ErrorCode::malformed},
           {line + "-1 0\n", ErrorCode::malformed},
           {line + "4097 0\n", ErrorCode::limit_exceeded},
           {line + "0 18446744073709551615\n", ErrorCode::limit_exceeded},
           {line + "0 99999999999999999999999\n", ErrorCode::malformed},
           {line + "1 0\n" + std::string("\xff\xff\xff\xff", 4), ErrorCode::limit_exceeded},
           {line + "1 0\n" + std::string("\x00\x01\x00\x00", 4) + std::string(65'536, 'x'), ErrorCode::limit_exceeded},
           {line + "4096 4096\n", ErrorCode::malformed}}) {
    CAPTURE(row.bytes.substr(0, 60));
    auto envelope = read_envelope(row.bytes);
    REQUIRE_FALSE(envelope);
    CHECK(envelope.error().code == row.code);
  }
}

TEST_CASE("envelope: too much is refused when it is written") {
  CHECK(write_envelope({}, std::vector<Bytes>(2, Bytes(kSealedBytes, 'x'))).error().code == ErrorCode::limit_exceeded);
  CHECK(write_envelope(std::vector<Bytes>(kEnvelopeRecords + 1), {}).error().code == ErrorCode::limit_exceeded);
}

}  // namespace
}  // namespace scrutineer
