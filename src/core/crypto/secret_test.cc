#include "core/crypto/secret.h"

#include <doctest/doctest.h>

#include <utility>

using namespace scrutineer;

TEST_CASE("secrets: they start empty or zero, move and do not copy") {
  static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);
  CHECK(SecretBytes().empty());
  SecretBytes zero(4);
  CHECK(zero.view() == std::string(4, '\0'));
  SecretBytes a = SecretBytes::copy_of("seed");
  const unsigned char* where = a.data();
  SecretBytes b = std::move(a);
  CHECK(a.empty());
  CHECK(b.view() == "seed");
  CHECK(b.data() == where);  // moved, not copied: one place to wipe
  zero = std::move(b);
  CHECK(b.empty());
  CHECK(zero.view() == "seed");
  SecretBytes& same = zero;
  zero = std::move(same);
  CHECK(zero.view() == "seed");
  CHECK(SecretBytes::copy_of("").empty());
}

TEST_CASE("secrets: wiping overwrites every byte that the string owned") {
  std::string text(200, 's');  // on the heap: its storage stays where it is
  text.resize(100);            // the other hundred are still there behind the end
  const char* storage = text.data();
  wipe(text);
  CHECK(text.empty());
  REQUIRE(text.data() == storage);
  REQUIRE(text.capacity() >= 200);
  text.resize(0);
  for (std::size_t i = 0; i < 200; ++i) CHECK(storage[i] == '\0');
  std::string nothing;
  wipe(nothing);
  CHECK(nothing.empty());
}

TEST_CASE("secrets: comparing") {
  CHECK(equal_constant_time("", ""));
  CHECK(equal_constant_time("abc", "abc"));
  CHECK_FALSE(equal_constant_time("abc", "abd"));
  CHECK_FALSE(equal_constant_time("abc", "ab"));
  CHECK_FALSE(equal_constant_time("", "a"));
}
