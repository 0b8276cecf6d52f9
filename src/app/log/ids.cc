#include "app/log/ids.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/base/limits.h"

namespace scrutineer {
std::vector<std::uint64_t> positions_of(std::vector<std::uint64_t> values, IdKind kind) {
  std::erase_if(values, [kind](std::uint64_t value) { return (value & 1) != static_cast<std::uint64_t>(kind); });
  for (std::uint64_t& value : values) value >>= 1;
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

// A batch may still go in when the table is nearly full.
Ids::Ids(Disk& disk, const Layout& layout, SlotFile list, std::size_t table_rows)
    : disk_(disk), layout_(layout), table_rows_(table_rows), list_(std::move(list)) {
  std::size_t capacity = table_rows + std::min(table_rows, 2 * limits::kLogBatchEntries);
  active_ = std::make_unique<IdTable>(capacity);
  spare_ = std::make_unique<IdTable>(capacity);
}

Result<std::unique_ptr<Ids>> Ids::open(Disk& disk, const Layout& layout, std::size_t table_rows) {
  SCRUTINEER_CHECKED(disk.make_directories(layout.ids()));
  SCRUTINEER_TRY(SlotFile list, SlotFile::open(disk, layout.ids_list(), OpenMode::create));
  std::unique_ptr<Ids> ids(new Ids(disk, layout, std::move(list), table_rows));
  auto runs = load_runs(disk, layout, ids->list_);
  if (runs) {
    ids->runs_ = std::move(*runs);
  } else {
    if (runs.error().code != ErrorCode::corrupt) return tl::unexpected(runs.error());
    SCRUTINEER_CHECKED(ids->drop());
  }
  SCRUTINEER_CHECKED(ids->remove_strays());
  return ids;
}

// The list first: runs without a list are strays, a list without its runs would be damage.
Status Ids::drop() {
  SCRUTINEER_CHECKED(list_.clear());
  runs_ = {};
  active_->clear();
  return {};
}

// Runs that a crash left behind, named by no list.
Status Ids::remove_strays() {
  SCRUTINEER_TRY(auto names, disk_.list(layout_.ids()));
  for (const std::string& name : names) {
    if (!name.starts_with("run.")) continue;
    auto number = parse_decimal(std::string_view(name).substr(4));
    bool listed = number && std::any_of(runs_.runs.begin(), runs_.runs.end(),
                                        [&](const IdRunPtr& run) { return run->info().number == *number; });
    if (number) next_number_ = std::max(next_number_, *number + 1);
    if (!listed) SCRUTINEER_CHECKED(disk_.remove(layout_.ids() + "/" + name));
  }
  return {};
}

std::uint64_t Ids::covered() const {
  std::lock_guard lock(mutex_);
  return runs_.covered();
}

void Ids::add(std::uint64_t position, const LeafHash& entry, const RecordId* record) {
  std::lock_guard lock(mutex_);
  active_->add(id_row(entry.hash, IdKind::entry, position));
  if (record != nullptr) active_->add(id_row(record->hash, IdKind::record, position));
}

bool Ids::full() const {
  std::lock_guard lock(mutex_);
  return active_->size() >= table_rows_;
}

bool Ids::can_freeze() const {
  std::lock_guard lock(mutex_);
  return spare_ != nullptr && runs_.runs.size() < kMaxRuns;
}

void Ids::freeze(std::uint64_t end) {
  std::lock_guard lock(mutex_);
  check(frozen_ == nullptr && spare_ != nullptr, "one table is frozen at a time");
  frozen_ = std::move(active_);
  active_ = std::move(spare_);
  frozen_end_ = end;
}

bool Ids::flush_due() const {
  std::lock_guard lock(mutex_);
  return frozen_ != nullptr;
}

std::uint64_t Ids::next_number() {
  std::lock_guard lock(mutex_);
  return next_number_++;
}

// The list is written before memory follows it. Called with list_mutex_ held.
Status Ids::publish(std::vector<IdRunPtr> runs) {
  if (condemned_) return fail(ErrorCode::corrupt, "the index of identifiers is damaged", layout_.ids());
  std::vector<IdRunInfo> infos;
  for (const IdRunPtr& run : runs) infos.push_back(run->info());
  SCRUTINEER_CHECKED(disk_.sync_directory(layout_.ids()));
  SCRUTINEER_TRY(auto now, list_.read());
  SCRUTINEER_CHECKED(list_.write(now ? now->sequence : 0, encode(infos), Durability::durable));
  std::lock_guard lock(mutex_);
  runs_.runs = std::move(runs);
  return {};
}

Status Ids::flush_frozen() {
  // Nobody changes a frozen table; others only look things up in it.
  std::vector<IdRow> rows = frozen_->sorted();
  std::uint64_t number = next_number();
  SCRUTINEER_TRY(IdRunWriter writer, IdRunWriter::create(disk_, layout_.ids_run(number)));
  for (const IdRow& row : rows) SCRUTINEER_CHECKED(writer.add(row));
  std::lock_guard list_lock(list_mutex_);
  SCRUTINEER_TRY(IdRunInfo info, writer.finish({number, 0, runs_.covered(), frozen_end_, 0}));
  SCRUTINEER_TRY(IdRunPtr run, IdRun::open(disk_, layout_.ids_run(number), info));
  std::vector<IdRunPtr> runs = runs_.runs;
  runs.push_back(std::move(run));
  SCRUTINEER_CHECKED(publish(std::move(runs)));
  std::unique_ptr<IdTable> emptied;
  {
    std::lock_guard lock(mutex_);
    emptied = std::move(frozen_);
  }
  emptied->clear();  // megabytes: outside the lock that the committing thread needs
  std::lock_guard lock(mutex_);
  spare_ = std::move(emptied);
  return {};
}

// The longest tail in which each run is less than twice what follows it; runs_.runs.size() where there is none.
std::size_t Ids::merge_begin() const {
  const auto& runs = runs_.runs;
  if (runs.size() < 2) return runs.size();
  std::uint64_t sum = runs.back()->info().rows;
  std::size_t begin = runs.size() - 1;
  while (begin > 0 && runs[begin - 1]->info().rows < 2 * sum) sum += runs[--begin]->info().rows;
  return begin == runs.size() - 1 ? runs.size() : begin;
}

bool Ids::merge_due() const {
  std::lock_guard lock(mutex_);
  return merge_begin() != runs_.runs.size();
}

Status Ids::merge() {
  std::vector<IdRunPtr> group;
  {
    std::lock_guard lock(mutex_);
    group.assign(runs_.runs.begin() + static_cast<std::ptrdiff_t>(merge_begin()), runs_.runs.end());
  }
  if (group.empty()) return {};
  SCRUTINEER_TRY(IdRunPtr merged, merge_runs(disk_, layout_, group, next_number()));
  {
    std::lock_guard list_lock(list_mutex_);  // runs that were added meanwhile stand after the group
    std::vector<IdRunPtr> runs = runs_.runs;
    auto begin = std::find(runs.begin(), runs.end(), group.front());
    runs.erase(begin + 1, begin + static_cast<std::ptrdiff_t>(group.size()));
    *begin = merged;
    SCRUTINEER_CHECKED(publish(std::move(runs)));
  }
  for (const IdRunPtr& old : group) SCRUTINEER_CHECKED(disk_.remove(layout_.ids_run(old->info().number)));
  return {};
}

// Best effort: if even the list cannot be cleared, the next opening meets the same damage and says so.
void Ids::condemn() {
  std::lock_guard list_lock(list_mutex_);
  condemned_ = true;
  (void)list_.clear();
}

Result<std::vector<std::uint64_t>> Ids::find(const Hash256& id, IdKind kind) {
  std::vector<std::uint64_t> values;
  IdRuns runs;
  std::uint64_t key = id_row(id, kind, 0).key;
  {
    std::lock_guard lock(mutex_);
    active_->find(key, values);
    if (frozen_ != nullptr) frozen_->find(key, values);
    runs = runs_;
  }
  Status found = runs.find(key, values);
  if (!found && found.error().code == ErrorCode::corrupt) {
    condemn();
    found.error().message += "; the index of identifiers is made again when the log is opened next";
  }
  if (!found) return tl::unexpected(found.error());
  return positions_of(std::move(values), kind);
}

}  // namespace scrutineer
