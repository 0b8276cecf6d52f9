#include "app/bundle/changes.h"

#include <numeric>

#include "app/device/gather.h"

namespace scrutineer {

Result<NewRecords> new_records(const LogReader& reader, std::uint64_t begin, std::uint64_t end) {
  NewRecords out;
  SCRUTINEER_CHECKED(reader.entries(begin, end, [&](std::uint64_t, BytesView note) -> Status {
    SCRUTINEER_TRY(ParsedEntry entry, parse_entry(note));
    const RecordType type = entry.record.type();
    out.reaches_back |= type == RecordType::compromised;
    out.machines |= device::is_about_machines(type) || type == RecordType::compromised || type == RecordType::adopt;
    out.ids.push_back(entry.id);
    return {};
  }));
  sort_once(out.ids);
  return out;
}

// What is about more than one unit (lots, counts of whole areas by others) shows on the front pages alone.
std::vector<UnitIndex> touched_units(const ElectionFold& fold, const NewRecords& records) {
  if (records.reaches_back) return every_unit(fold.tally().election().tree());
  std::vector<UnitIndex> units;
  for (const RecordId& id : records.ids) {
    auto index = fold.book().find(id);
    if (!index) continue;
    const auto target = fold.book().records()[*index].target;
    if (target && target->units.end - target->units.first == 1) units.push_back(target->units.first);
  }
  sort_once(units);
  return units;
}

std::vector<AreaIndex> areas_above(const UnitTree& tree, const std::vector<UnitIndex>& units) {
  std::vector<AreaIndex> areas;
  for (UnitIndex unit : units)
    for (AreaIndex area = tree.units()[unit].area; area != 0; area = tree.areas()[area].parent) areas.push_back(area);
  sort_once(areas);
  return areas;
}

std::vector<UnitIndex> every_unit(const UnitTree& tree) {
  std::vector<UnitIndex> units(tree.units().size());
  std::iota(units.begin(), units.end(), UnitIndex{0});
  return units;
}

}  // namespace scrutineer
