#include "app/collect/log_index.h"

namespace scrutineer {
namespace {

std::uint64_t key_of(ContestIndex contest, UnitIndex unit) {
  return std::uint64_t{contest} << 32 | unit;
}

// Anybody with a grant can put a sheet into the log; it is announced if a chair of that unit has signed it.
bool has_chair(const Collector::View& view, const RecordState& record) {
  for (const RecordSigner& signer : record.signers) {
    if (signer.state != SignerState::authorised && signer.state != SignerState::adopted) continue;
    Timing timing = signer.state == SignerState::adopted ? Timing::at_any_time : Timing::at_position;
    if (view.fold.book().grants().holds(signer.key, Role("chair"), *record.target, signer.position, timing))
      return true;
  }
  return false;
}

}  // namespace

void LogIndex::update(const Collector::View& view) {
  const RecordStates& records = view.fold.book().records();
  // A declaration of a compromised key folds everything again; records may then stand elsewhere.
  if (fold_ != &view.fold || seen_ > records.size() || (seen_ > 0 && records.id(seen_ - 1) != last_)) {
    *this = LogIndex();
    fold_ = &view.fold;
  }
  for (; seen_ < records.size(); ++seen_) {
    RecordState record = records[seen_];
    last_ = record.id;
    if (!record.target) continue;
    auto index = static_cast<RecordIndex>(seen_);
    UnitIndex unit = record.target->units.first;
    switch (record.type) {
      case RecordType::custody: custody_[unit].push_back(index); break;
      case RecordType::count_sheet:
        if (record.effect == kNever) waiting_[key_of(*record.target->contest, unit)].push_back(index);
        break;
      case RecordType::acceptance:
      case RecordType::remark:
      case RecordType::refusal:
      case RecordType::attachment:
        if (record.target->contest) said_[key_of(*record.target->contest, unit)].push_back(index);
        break;
      default: break;
    }
  }
}

SheetInLog LogIndex::sheet(const Collector::View& view, ContestIndex contest, UnitIndex unit) const {
  const RecordBook& book = view.fold.book();
  SheetInLog out;
  out.tally = view.fold.tally().state(contest, unit);
  Position in_effect_at = 0;
  auto show = [&](RecordIndex index) {
    RecordState record = book.records()[index];
    bool in_effect = record.effect != kNever;
    out.shown = SheetInLog::Standing{record.id, index, in_effect ? carried_at(record) : record.first, in_effect};
    if (in_effect) in_effect_at = record.effect;
  };
  if (out.tally == CellState::counted) show(*view.fold.tally().current(contest, unit));
  if (out.tally == CellState::conflict) {
    const Cell cell = view.fold.tally().cell(contest, unit);
    for (const SheetVersion& version : cell.versions)
      if (!version.replaced) show(version.record);
  }
  auto waiting = waiting_.find(key_of(contest, unit));
  if (waiting == waiting_.end()) return out;
  for (auto index = waiting->second.rbegin(); index != waiting->second.rend(); ++index) {
    RecordState record = book.records()[*index];
    if (record.effect != kNever || (out.shown && record.first < in_effect_at) || !has_chair(view, record)) continue;
    show(*index);
    break;
  }
  return out;
}

std::vector<RecordIndex> LogIndex::about(const Collector::View& view, RecordType type, ContestIndex contest,
                                         UnitIndex unit) const {
  std::vector<RecordIndex> found;
  if (type == RecordType::custody) {
    if (auto at = custody_.find(unit); at != custody_.end()) found = at->second;
    return found;
  }
  auto at = said_.find(key_of(contest, unit));
  if (at == said_.end()) return found;
  for (RecordIndex index : at->second)
    if (view.fold.book().records()[index].type == type) found.push_back(index);
  return found;
}

}  // namespace scrutineer
