#include "app/server/notice_groups.h"

#include <charconv>

#include "app/server/notice_models.h"

namespace scrutineer {
namespace {

std::optional<NoticeGroup> read_line(std::string_view line) {
  NoticeGroup group;
  for (std::size_t index = 0; !line.empty(); ++index) {
    const std::size_t space = line.find(' ');
    const std::string_view word = line.substr(0, space);
    line.remove_prefix(space == line.npos ? line.size() : space + 1);
    if (index == 0) {
      group.token = std::string(word);
    } else if (index == 1) {
      if (std::from_chars(word.data(), word.data() + word.size(), group.at).ec != std::errc()) return std::nullopt;
    } else if (index == 2) {
      group.kind = std::string(word);
    } else if (index == 3) {
      group.by = std::string(word);
    } else {
      auto id = record_id_of(word);
      if (!id) return std::nullopt;
      group.notices.push_back(*id);
    }
  }
  return group.notices.empty() ? std::nullopt : std::optional(std::move(group));
}

std::string line_of(const NoticeGroup& group) {
  std::string line = group.token + " " + std::to_string(group.at) + " " + group.kind + " " + group.by;
  for (const RecordId& id : group.notices) line += " " + to_hex(id);
  return line + "\n";
}

}  // namespace

Result<std::unique_ptr<NoticeGroups>> NoticeGroups::open(Disk& disk, const std::string& directory) {
  std::unique_ptr<NoticeGroups> groups(new NoticeGroups(disk, directory + "/groups"));
  SCRUTINEER_TRY(bool there, disk.exists(groups->path_));
  if (!there) return groups;
  SCRUTINEER_TRY(Bytes text, read_file(disk, groups->path_, kGroupsBytes));
  std::string_view rest = text;
  for (std::size_t end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
    if (auto group = read_line(rest.substr(0, end))) groups->groups_.push_back(std::move(*group));
    rest.remove_prefix(end + 1);
  }
  groups->end_ = text.size() - rest.size();
  return groups;
}

Status NoticeGroups::add(NoticeGroup group) {
  const std::string line = line_of(group);
  std::lock_guard lock(mutex_);
  if (end_ + line.size() > kGroupsBytes) return fail(ErrorCode::limit_exceeded, "the file of groups is full", path_);
  SCRUTINEER_TRY(auto file, disk_.open(path_, OpenMode::create));
  SCRUTINEER_CHECKED(file->write_at(end_, line));
  SCRUTINEER_CHECKED(file->sync());
  end_ += line.size();
  groups_.push_back(std::move(group));
  return {};
}

std::vector<NoticeGroup> NoticeGroups::newest() const {
  std::lock_guard lock(mutex_);
  std::vector<NoticeGroup> out;
  for (std::size_t i = groups_.size(); i-- > 0 && out.size() < kGroupsShown;) out.push_back(groups_[i]);
  return out;
}

std::vector<RecordId> NoticeGroups::find(std::string_view token) const {
  std::lock_guard lock(mutex_);
  for (const NoticeGroup& group : groups_)
    if (group.token == token) return group.notices;
  return {};
}

}  // namespace scrutineer
