// Records about machines: they are about an area or a unit, and whoever holds the role there makes them count.
#include <doctest/doctest.h>

#include "tests/support/world.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

DeviceStatement statement(const std::string& area) {
  DeviceStatement out;
  out.area = area;
  out.device = "sorter-1";
  out.software = {{"scrutineer", Hash256{}}};
  out.inventory = Inventory{};
  return out;
}

}  // namespace

TEST_CASE("machines: a statement counts where its signer holds the role") {
  Country country;
  country.counting_centre = true;
  World world(country);
  world.append(world.definition_text(), {"root-1", "root-2"});
  world.append(world.text(Grant{Signatory("m1").key, Role("member"), {{"/north"}, {"*"}}}), {"root-1", "root-2"});
  struct Row {
    const char* what;
    RecordBody body;
    bool known, counts;
  };
  DeviceEnrolment enrolment;
  enrolment.area = "/north/town";
  enrolment.device = "sorter-1";
  enrolment.maker = enrolment.model = "M";
  enrolment.seals = {"S-1"};
  enrolment.sealed_by = {"m1"};
  Inspection inspection;
  inspection.area = "a1";
  inspection.device = "sorter-1";
  inspection.present = {"m1"};
  const Row rows[] = {
      {"an area of the signer's", statement("/north"), true, true},
      {"a part of it", enrolment, true, true},
      {"a unit of it", inspection, true, true},
      {"another area", statement("/south"), true, false},
      {"everything", statement("/"), true, false},
      {"a place that the election does not have", statement("/west"), false, false},
  };
  for (const Row& row : rows) world.append(world.text(row.body), {"m1"});
  auto fold = world.fold();
  REQUIRE(fold);
  for (const Row& row : rows) {
    CAPTURE(row.what);
    auto index = (*fold)->book().find(record_id(world.text(row.body)));
    REQUIRE(index);
    const RecordState state = (*fold)->book().records()[*index];
    CHECK(state.target.has_value() == row.known);
    CHECK((state.effect != kNever) == row.counts);
  }
}
