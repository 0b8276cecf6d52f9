// Which notices went out together, for the board: DIR/groups, a line for each sending "TOKEN UNIX-SECONDS KIND KEY-NAME
// ID...". Who sent it is this server's own note; losing the file loses that and the grouping, nothing else. Private to
// app/server.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "core/base/disk.h"
#include "core/record/notices.h"

namespace scrutineer {

inline constexpr std::size_t kGroupsBytes = 64u << 20;
inline constexpr std::size_t kGroupsShown = 50;

struct NoticeGroup {
  std::string token;
  std::int64_t at = 0;
  std::string kind, by;  // by: name of the key of whoever sent it
  std::vector<RecordId> notices;
};

// Thread-safe.
class NoticeGroups {
 public:
  // Lines that cannot be read are left out: a crash may have cut the last one.
  static Result<std::unique_ptr<NoticeGroups>> open(Disk& disk, const std::string& directory);
  Status add(NoticeGroup group);
  std::vector<NoticeGroup> newest() const;  // at most kGroupsShown, the newest first
  std::vector<RecordId> find(std::string_view token) const;

 private:
  NoticeGroups(Disk& disk, std::string path) : disk_(disk), path_(std::move(path)) {}
  mutable std::mutex mutex_;
  Disk& disk_;
  std::string path_;
  std::vector<NoticeGroup> groups_;
  std::uint64_t end_ = 0;  // of the file
};

}  // namespace scrutineer
