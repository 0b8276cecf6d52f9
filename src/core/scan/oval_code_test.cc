#include "core/scan/oval_code.h"

#include <string_view>

#include <doctest/doctest.h>

using namespace scrutineer;

namespace {

OvalBits bits(std::string_view text) {
  OvalBits out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = text[i] == '1';
  return out;
}

}  // namespace

TEST_CASE("what real papers encode") {
  const auto front = front_code(bits("11..............11.......111...1.1"));
  REQUIRE(front);
  CHECK(front->card == 3);
  CHECK(front->precinct == 56);
  CHECK(front_bits(*front) == bits("11..............11.......111...1.1"));
  const auto back = back_code(bits("1.1111.1111...11...1.11..111.11..1"));
  REQUIRE(back);
  CHECK(back->day == 12);
  CHECK(back->month == 7);
  CHECK(back->year == 22);
  CHECK(back_bits(*back) == bits("1.1111.1111...11...1.11..111.11..1"));
}

TEST_CASE("one mark that is not there makes it another side or none") {
  const OvalBits good = front_bits({56, 3, 0});
  for (std::size_t i = 0; i < good.size(); ++i) {
    OvalBits bad = good;
    bad[i] = !bad[i];
    CHECK(!front_code(bad));
    CHECK(!back_code(bad));
  }
}
