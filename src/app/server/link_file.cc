// LOGDIR/private/uplink: how far a centre has handed its log over.
#include <algorithm>

#include "app/projection/log_directory.h"
#include "app/server/uplink.h"
#include "core/base/limits.h"
#include "core/codec/json.h"
#include "core/codec/object_reader.h"

namespace scrutineer {
namespace {

constexpr std::size_t kFileBytes = 256u << 10;

std::uint64_t position(const ObjectReader& in, std::string_view name) {
  return static_cast<std::uint64_t>(in.optional_integer(name, 0, limits::kMaxInteger).value_or(0));
}

void read_set_aside(const ObjectReader& in, LinkFile& file) {
  auto list = in.find("set_aside");
  if (!list) return;
  if (!list->is_array() || list->size() > kSetAside) return in.problem("set_aside", "expected a list of positions");
  for (JsonValue one : *list) {
    auto index = one.as_integer();
    if (!index || *index < 0) return in.problem("set_aside", "expected a list of positions");
    file.set_aside.push_back(static_cast<std::uint64_t>(*index));
  }
  std::sort(file.set_aside.begin(), file.set_aside.end());
  file.set_aside.erase(std::unique(file.set_aside.begin(), file.set_aside.end()), file.set_aside.end());
}

}  // namespace

Result<LinkFile> read_link_file(Disk& disk, const std::string& log_directory) {
  const std::string path = log_directory + std::string(kUplinkFile);
  SCRUTINEER_TRY(bool there, disk.exists(path));
  if (!there) return LinkFile{};
  SCRUTINEER_TRY(Bytes text, read_file(disk, path, kFileBytes));
  auto json = Json::parse(text);
  if (!json) return tl::unexpected(placed(Error{ErrorCode::corrupt, json.error().message, {}}, path));
  Problems problems;
  ObjectReader in(json->root(), problems);
  LinkFile file;
  file.handed_over = static_cast<std::uint64_t>(in.integer("handed_over", 0, limits::kMaxInteger));
  file.off = in.boolean("off");
  file.server_size = position(in, "server_size");
  read_set_aside(in, file);
  if (!problems.empty()) return tl::unexpected(placed(problems.first(ErrorCode::corrupt), path));
  return file;
}

Status write_link_file(Disk& disk, const std::string& log_directory, const LinkFile& file) {
  JsonWriter out;
  out.begin_object().member("handed_over", static_cast<std::int64_t>(file.handed_over)).name("off").boolean(file.off);
  out.member("server_size", static_cast<std::int64_t>(file.server_size)).name("set_aside").begin_array();
  for (std::uint64_t index : file.set_aside) out.integer(static_cast<std::int64_t>(index));
  out.end_array().end_object();
  const std::string path = log_directory + std::string(kUplinkFile);
  SCRUTINEER_CHECKED(disk.make_directories(directory_of(path)));
  return write_file(disk, path, out.text() + "\n", Durability::durable);
}

}  // namespace scrutineer
