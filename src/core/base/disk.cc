#include "core/base/disk.h"

namespace scrutineer {

std::string directory_of(const std::string& path) {
  std::size_t slash = path.rfind('/');
  if (slash == path.npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Result<Bytes> Disk::read_whole(const std::string& path, std::size_t limit) {
  SCRUTINEER_TRY(auto file, open(path, OpenMode::read));
  SCRUTINEER_TRY(std::uint64_t size, file->size());
  if (size > limit) return fail(ErrorCode::limit_exceeded, "larger than " + std::to_string(limit) + " bytes", path);
  Bytes bytes(static_cast<std::size_t>(size), '\0');
  SCRUTINEER_TRY(std::size_t got, file->read_at(0, bytes.data(), bytes.size()));
  bytes.resize(got);  // somebody may have cut it meanwhile
  return bytes;
}

Result<BytesView> Disk::read_start(const std::string& path, std::size_t size, Bytes& buffer) {
  SCRUTINEER_TRY(auto file, open(path, OpenMode::read));
  if (buffer.size() < size) buffer.resize(size);
  SCRUTINEER_TRY(std::size_t got, file->read_at(0, buffer.data(), size));
  return BytesView(buffer).substr(0, got);
}

Result<Bytes> read_file(Disk& disk, const std::string& path, std::size_t limit) {
  return disk.read_whole(path, limit);
}

// The file under its name is always whole, old or new: whoever reads it never sees a half.
Status write_file(Disk& disk, const std::string& path, BytesView bytes, Durability durability) {
  std::string temporary = path + ".tmp";
  SCRUTINEER_TRY(auto file, disk.open(temporary, OpenMode::create));
  SCRUTINEER_CHECKED(file->truncate(0));
  SCRUTINEER_CHECKED(file->write_at(0, bytes));
  if (durability == Durability::durable) SCRUTINEER_CHECKED(file->sync());
  file.reset();
  SCRUTINEER_CHECKED(disk.rename(temporary, path));
  if (durability == Durability::durable) SCRUTINEER_CHECKED(disk.sync_directory(directory_of(path)));
  return {};
}

Status remove_directory(Disk& disk, const std::string& path) {
  SCRUTINEER_TRY(bool there, disk.exists(path));
  if (!there) return {};
  SCRUTINEER_TRY(std::vector<std::string> names, disk.list(path));
  for (const std::string& name : names)
    SCRUTINEER_CHECKED(name.ends_with('/') ? remove_directory(disk, path + "/" + name.substr(0, name.size() - 1))
                                           : disk.remove(path + "/" + name));
  return disk.remove(path);
}

}  // namespace scrutineer
