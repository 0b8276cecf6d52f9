#include "app/package/table_file.h"

#include <fmt/format.h>

#include "core/codec/gzip.h"

namespace scrutineer {
namespace {

Result<Bytes> read_and_unpack(Disk& disk, const std::string& path, bool packed, std::size_t limit) {
  SCRUTINEER_TRY(Bytes bytes, read_file(disk, path, limit));
  if (packed) return gunzip(bytes, limit);
  if (is_gzip(bytes)) return fail(ErrorCode::malformed, "this is gzip: its name must end in .gz");
  return bytes;
}

}  // namespace

std::string place_of_line(const std::string& file, std::size_t line) {
  return fmt::format("{}:{}:1", file, line);
}

std::optional<TableFile> read_table_file(Disk& disk, const std::string& directory, const std::string& name,
                                         Problems& problems, std::size_t limit) {
  std::string packed_name = name + ".gz";
  auto plain = disk.exists(directory + "/" + name);
  auto packed = disk.exists(directory + "/" + packed_name);
  for (const auto* found : {&plain, &packed}) {
    if (*found) continue;
    problems.add(name, found->error().message);
    return std::nullopt;
  }
  if (*plain == *packed) {
    problems.add(name, *plain ? fmt::format("{} stands beside it: leave one of the two", packed_name)
                              : fmt::format("neither {} nor {} is in {}", name, packed_name, directory));
    return std::nullopt;
  }
  std::string file = *packed ? packed_name : name;
  auto text = read_and_unpack(disk, directory + "/" + file, *packed, limit);
  if (!text) {
    problems.add(file, text.error().message);
    return std::nullopt;
  }
  return TableFile{std::move(file), std::move(*text)};
}

}  // namespace scrutineer
