// Lots: a tie is settled by a lot that a coordinator recorded, and by nothing else.
#include <doctest/doctest.h>

#include "tests/support/bundle.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

// Both contests complete, the mayor's tied.
constexpr std::string_view kNight = R"(
  G-pub: grant pub publisher / * by root-1 root-2
  G-clerk: grant clerk clerk / * by root-1 root-2
  G-co: grant coord coordinator / * by root-1 root-2
  A1: sheet a1 mayor A=7 B=7 C=1 by clerk
  K: sheet a1 council X=6 Y=4 by clerk
)";
constexpr const char* kSeats = "claims/seats.json";

Country one_unit() {
  Country country;
  country.units.resize(1);
  return country;
}

Bundle night(const std::string& lot, const std::function<void(std::map<std::string, Bytes>&)>& tamper = {}) {
  Script script(one_unit());
  script.run(kNight);
  script.run(lot);
  return publish(script, tamper);
}

// The step at which the computation of seats reports the tie.
std::string step_of_tie() {
  const Bytes tied = night("").source.files[kSeats];
  for (int step = 0; step < 10; ++step) {
    std::string number = std::to_string(step);
    if (night("L: lot mayor step=" + number + " tied=A,B drawn=A by coord").source.files[kSeats] != tied) return number;
  }
  FAIL("no lot settles the tie");
  return "";
}

}  // namespace

TEST_SUITE("lot") {
  TEST_CASE("lot: nobody drew it") {
    const Bytes tied = night("").source.files[kSeats];
    const std::string step = step_of_tie();
    const Bytes settled = night("L: lot mayor step=" + step + " tied=A,B drawn=A by coord").source.files[kSeats];
    CHECK(night("L: lot mayor step=" + step + " tied=A,B drawn=A by coord").verify().good());
    const std::string lots[] = {
        "",
        "L: lot mayor step=" + step + " tied=A,B drawn=A by clerk",
        "L: lot mayor step=" + step + " tied=A,B drawn=A by pub",
        "L: lot mayor step=" + step + " tied=A,B drawn=A by nobody",
        "L: lot mayor step=" + step + " tied=A,B drawn=A by coord~stolen",
        "L: lot mayor step=" + step + " tied=A,C drawn=A by coord",
        "L: lot mayor step=" + step + "7 tied=A,B drawn=A by coord",
        "L: lot council step=" + step + " tied=X,Y drawn=X by coord",
    };
    for (const std::string& lot : lots) {
      CAPTURE(lot);
      Bundle honest = night(lot);
      CHECK(honest.source.files[kSeats] == tied);
      CHECK(Bundle::failures(honest.verify()) == "");
      Bundle lie = night(lot, [&](auto& files) { files[kSeats] = settled; });
      std::string failures = Bundle::failures(lie.verify());
      CAPTURE(failures);
      CHECK(failures.find("claimed-values | claims/seats.json") != failures.npos);
    }
  }
}
