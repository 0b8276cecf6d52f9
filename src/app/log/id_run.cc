#include "app/log/id_run.h"

#include <algorithm>

namespace scrutineer {
namespace {

constexpr std::size_t kPage = sizeof(IdPage);
constexpr std::size_t kWriteBytes = 1u << 20;
constexpr std::uint64_t kSyncBytes = 4u << 20;  // small syncs in between: the log's own syncs never wait for a big one

constexpr std::uint64_t kPrime1 = 0x9e3779b185ebca87u;
constexpr std::uint64_t kPrime2 = 0xc2b2ae3d27d4eb4fu;

std::uint64_t page_checksum(const IdPage& page) {
  std::uint64_t rows = checksum64(page.rows, sizeof page.rows);
  std::uint64_t tail = std::uint64_t{page.used} << 32 | page.zero;
  return (rows ^ tail) * kPrime2;
}

BytesView view_of(const void* bytes, std::size_t size) {
  return {static_cast<const char*>(bytes), size};
}

}  // namespace

// Four lanes, so that the multiplications overlap; each step is a bijection of the word that it takes in.
std::uint64_t checksum64(const void* bytes, std::size_t size) {
  auto p = static_cast<const char*>(bytes);
  std::uint64_t lane[4] = {kPrime1, kPrime2, kPrime1 ^ kPrime2, size};
  for (std::size_t i = 0; i + 8 <= size; i += 8) {
    std::uint64_t word;
    std::memcpy(&word, p + i, 8);
    std::uint64_t& mine = lane[i / 8 % 4];
    mine = std::rotl(mine ^ word * kPrime2, 31) * kPrime1;
  }
  return std::rotl(lane[0], 1) + std::rotl(lane[1], 7) + std::rotl(lane[2], 12) + std::rotl(lane[3], 18);
}

Result<std::shared_ptr<const IdRun>> IdRun::open(Disk& disk, const std::string& path, const IdRunInfo& info) {
  std::shared_ptr<IdRun> run(new IdRun);
  run->info_ = info;
  run->path_ = path;
  SCRUTINEER_TRY(run->file_, disk.open(path, OpenMode::read));
  std::uint64_t pages = (info.rows + IdPage::kRows - 1) / IdPage::kRows;
  SCRUTINEER_TRY(std::uint64_t size, run->file_->size());
  if (size != pages * (kPage + 8)) return fail(ErrorCode::corrupt, "the run does not have its length", path);
  run->first_keys_.resize(static_cast<std::size_t>(pages));
  auto keys = reinterpret_cast<char*>(run->first_keys_.data());
  SCRUTINEER_TRY(std::size_t got, run->file_->read_at(pages * kPage, keys, static_cast<std::size_t>(pages * 8)));
  if (got != pages * 8 || checksum64(keys, got) != info.checksum)
    return fail(ErrorCode::corrupt, "the run's page keys are damaged", path);
  return std::shared_ptr<const IdRun>(std::move(run));
}

Status IdRun::read(std::uint64_t first, std::span<IdPage> out) const {
  auto bytes = reinterpret_cast<char*>(out.data());
  SCRUTINEER_TRY(std::size_t got, file_->read_at(first * kPage, bytes, out.size_bytes()));
  if (got != out.size_bytes()) return fail(ErrorCode::corrupt, "the run is cut short", path_);
  for (const IdPage& page : out)
    if (page.used == 0 || page.used > IdPage::kRows || page.checksum != page_checksum(page))
      return fail(ErrorCode::corrupt, "a page of the run is damaged", path_);
  return {};
}

Status IdRun::find(std::uint64_t key, std::vector<std::uint64_t>& values) const {
  // Rows of one key may begin at the end of the page before the first page that starts with it.
  auto at = std::lower_bound(first_keys_.begin(), first_keys_.end(), key);
  std::uint64_t page_number = at == first_keys_.begin() ? 0 : static_cast<std::uint64_t>(at - first_keys_.begin() - 1);
  IdPage page;
  for (; page_number < pages() && first_keys_[page_number] <= key; ++page_number) {
    SCRUTINEER_CHECKED(read(page_number, {&page, 1}));
    const IdRow* begin = page.rows;
    const IdRow* end = begin + page.used;
    const IdRow* row = std::lower_bound(begin, end, IdRow{key, 0});
    for (; row != end && row->key == key; ++row) values.push_back(row->value);
    if (row != end) break;
  }
  return {};
}

Result<IdRunWriter> IdRunWriter::create(Disk& disk, const std::string& path) {
  IdRunWriter writer;
  SCRUTINEER_TRY(writer.file_, disk.open(path, OpenMode::create));
  SCRUTINEER_CHECKED(writer.file_->truncate(0));
  return writer;
}

Status IdRunWriter::add(const IdRow& row) {
  page_.rows[page_.used++] = row;
  ++rows_;
  return page_.used == IdPage::kRows ? close_page() : Status{};
}

Status IdRunWriter::close_page() {
  if (page_.used == 0) return {};
  page_.checksum = page_checksum(page_);
  first_keys_.push_back(page_.rows[0].key);
  pending_ += view_of(&page_, sizeof page_);
  page_ = IdPage{};
  return pending_.size() >= kWriteBytes ? flush() : Status{};
}

Status IdRunWriter::flush() {
  SCRUTINEER_CHECKED(file_->write_at(at_, pending_));
  at_ += pending_.size();
  unsynced_ += pending_.size();
  pending_.clear();
  if (unsynced_ < kSyncBytes) return {};
  unsynced_ = 0;
  return file_->sync();
}

Result<IdRunInfo> IdRunWriter::finish(IdRunInfo info) {
  SCRUTINEER_CHECKED(close_page());
  BytesView keys = view_of(first_keys_.data(), first_keys_.size() * 8);
  pending_ += keys;
  SCRUTINEER_CHECKED(flush());
  SCRUTINEER_CHECKED(file_->sync());
  info.rows = rows_;
  info.checksum = checksum64(keys.data(), keys.size());
  return info;
}

}  // namespace scrutineer
