// Any bytes: no more comes out than the limit; what came out is the same again after packing it.
#include "core/codec/gzip.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kLimit = 100'000;
  auto bytes = gunzip(fuzz_text(data, size), kLimit);
  if (!bytes) return 0;
  check(bytes->size() <= kLimit, "the limit did not hold");
  auto again = gunzip(gzip(*bytes), kLimit);
  check(again.has_value() && *again == *bytes, "packed and unpacked is not the same");
  return 0;
}
