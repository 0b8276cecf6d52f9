#include "core/hunt/address.h"

#include <doctest/doctest.h>

using namespace scrutineer::hunt;

TEST_CASE("addresses: every legal spelling of IPv6, and its one canonical one") {
  struct Row {
    const char *text, *canonical;  // nullptr: none
  };
  for (const Row& row : {
           Row{"::", "::"},
           Row{"::1", "::1"},
           Row{"1::", "1::"},
           Row{"2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"},  // RFC 4291 section 2.2
           Row{"FF01:0:0:0:0:0:0:101", "ff01::101"},
           Row{"::FFFF:129.144.52.38", "::ffff:8190:3426"},
           Row{"0:0:0:0:0:0:13.1.68.3", "::d01:4403"},
           Row{"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},  // RFC 5952 section 4.2.2: one group is not shortened
           Row{"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},           // section 4.2.3: the longest run
           Row{"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},     // the first of equal ones
           Row{"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
           Row{"1:2:3:4::5:6:7:8", nullptr},  // "::" is one group or more
           Row{"1:2:3:4:5:6:7", nullptr},
           Row{"1:2:3:4:5:6:7:8:9", nullptr},
           Row{"1::2::3", nullptr},
           Row{":::", nullptr},
           Row{":1:2:3:4:5:6:7", nullptr},
           Row{"12345::", nullptr},
           Row{"g::", nullptr},
           Row{"1.2.3.4::", nullptr},
           Row{"::1.2.3", nullptr},
           Row{"1.2.3.4", nullptr},
           Row{"", nullptr},
       }) {
    CAPTURE(std::string(row.text));
    auto address = parse_ipv6(row.text);
    REQUIRE(address.has_value() == (row.canonical != nullptr));
    if (!address) continue;
    CHECK(to_text(*address) == row.canonical);
    CHECK(parse_ipv6(to_text(*address)) == address);
  }
}

TEST_CASE("addresses: IPv4, networks, and IPv4 inside IPv6") {
  CHECK(parse_ipv4("1.2.3.4") == Ipv4{0x01020304});
  CHECK(parse_ipv4("001.010.000.255") == Ipv4{0x010a00ff});
  for (const char* text :
       {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.0004", "1.2.3.a"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(parse_ipv4(text).has_value());
  }
  CHECK(to_text(masked(*parse_ipv4("10.1.2.255"), 25)) == "10.1.2.128");
  CHECK(masked(*parse_ipv4("10.1.2.255"), 0) == 0);
  CHECK(masked(*parse_ipv4("10.1.2.255"), 32) == *parse_ipv4("10.1.2.255"));
  CHECK(to_text(masked(*parse_ipv6("2001:db8:ffff::1"), 33)) == "2001:db8:8000::");
  CHECK(mapped_ipv4(*parse_ipv6("::ffff:1.2.3.4")) == Ipv4{0x01020304});
  CHECK_FALSE(mapped_ipv4(*parse_ipv6("::1.2.3.4")).has_value());
}
