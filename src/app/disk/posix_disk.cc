#include "app/disk/posix_disk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>

#include "app/disk/posix_error.h"
#include "app/disk/posix_file.h"

namespace scrutineer {
namespace {

int flags_of(OpenMode mode) {
  switch (mode) {
    case OpenMode::read: return O_RDONLY | O_CLOEXEC;
    case OpenMode::read_write: return O_RDWR | O_CLOEXEC;
    case OpenMode::create: return O_RDWR | O_CREAT | O_CLOEXEC;
  }
  __builtin_unreachable();
}

// What stands in a directory called "private" is made for its owner alone, and so is the directory.
constexpr std::string_view kPrivate = "private";

bool is_private(std::string_view directory) {
  return directory == kPrivate || (directory.ends_with(kPrivate) && directory[directory.size() - 8] == '/');
}

Result<Descriptor> open_at(const std::string& full, const std::string& path, int flags) {
  int number;
  mode_t mode = is_private(directory_of(full)) ? 0600 : 0644;
  do number = ::open(full.c_str(), flags, mode);
  while (number < 0 && errno == EINTR);
  if (number < 0) return tl::unexpected(posix_error(errno, "open", path));
  return Descriptor(number);
}

// Fewer bytes only at the end of the file.
Result<std::size_t> read_all(const Descriptor& descriptor, char* out, std::size_t size, const std::string& path) {
  std::size_t got = 0;
  while (got < size) {
    ssize_t n = ::read(descriptor.get(), out + got, size - got);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return tl::unexpected(posix_error(errno, "read", path));
    if (n == 0) break;
    got += static_cast<std::size_t>(n);
  }
  return got;
}

}  // namespace

std::string PosixDisk::at(const std::string& path) const {
  if (root_.empty() || path.starts_with('/')) return path;
  return root_ + "/" + path;
}

Result<std::unique_ptr<File>> PosixDisk::open(const std::string& path, OpenMode mode) {
  SCRUTINEER_TRY(Descriptor descriptor, open_at(at(path), path, flags_of(mode)));
  struct stat status {};
  if (::fstat(descriptor.get(), &status) != 0) return tl::unexpected(posix_error(errno, "look at", path));
  if (!S_ISREG(status.st_mode)) return fail(ErrorCode::invalid_argument, "not a regular file", path);
  return std::make_unique<PosixFile>(std::move(descriptor), path);
}

// A bundle has tens of thousands of small files: one open, one look, one read each.
Result<Bytes> PosixDisk::read_whole(const std::string& path, std::size_t limit) {
  SCRUTINEER_TRY(Descriptor descriptor, open_at(at(path), path, O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (::fstat(descriptor.get(), &status) != 0) return tl::unexpected(posix_error(errno, "look at", path));
  if (!S_ISREG(status.st_mode)) return fail(ErrorCode::invalid_argument, "not a regular file", path);
  if (static_cast<std::uint64_t>(status.st_size) > limit)
    return fail(ErrorCode::limit_exceeded, "larger than " + std::to_string(limit) + " bytes", path);
  Bytes bytes(static_cast<std::size_t>(status.st_size), '\0');
  SCRUTINEER_TRY(std::size_t got, read_all(descriptor, bytes.data(), bytes.size(), path));
  bytes.resize(got);  // somebody may have cut it meanwhile
  return bytes;
}

// Not even a look at it: a pipe or a device gives other bytes than are expected, and does not block.
Result<BytesView> PosixDisk::read_start(const std::string& path, std::size_t size, Bytes& buffer) {
  SCRUTINEER_TRY(Descriptor descriptor, open_at(at(path), path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (buffer.size() < size) buffer.resize(size);
  // One call: regular files give all there is, and whatever gives less is not the file that was expected.
  ssize_t got;
  do got = ::read(descriptor.get(), buffer.data(), size);
  while (got < 0 && errno == EINTR);
  if (got < 0) return tl::unexpected(posix_error(errno, "read", path));
  return BytesView(buffer).substr(0, static_cast<std::size_t>(got));
}

Result<bool> PosixDisk::exists(const std::string& path) {
  struct stat status {};
  if (::stat(at(path).c_str(), &status) == 0) return true;
  if (errno == ENOENT || errno == ENOTDIR) return false;
  return tl::unexpected(posix_error(errno, "look at", path));
}

// Each new directory's name is made durable in its parent at once: callers think of directories as simply there.
Status PosixDisk::make_directories(const std::string& path) {
  for (std::size_t end = 1; end <= path.size(); ++end) {
    if (end != path.size() && path[end] != '/') continue;
    std::string part = path.substr(0, end);
    if (part.ends_with('/')) continue;
    if (::mkdir(at(part).c_str(), is_private(part) ? 0700 : 0755) != 0) {
      if (errno == EEXIST) continue;
      return tl::unexpected(posix_error(errno, "make the directory", part));
    }
    SCRUTINEER_CHECKED(sync_directory(directory_of(part)));
  }
  return {};
}

Result<std::vector<std::string>> PosixDisk::list(const std::string& path) {
  std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir(at(path).c_str()), ::closedir);
  if (!directory) return tl::unexpected(posix_error(errno, "list", path));
  std::vector<std::string> names;
  errno = 0;
  while (dirent* entry = ::readdir(directory.get())) {
    std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    bool is_directory = entry->d_type == DT_DIR;
    if (entry->d_type == DT_UNKNOWN ||
        entry->d_type == DT_LNK) {  // the file system does not say, or a link has to be followed
      struct stat status {};
      is_directory = ::fstatat(::dirfd(directory.get()), entry->d_name, &status, 0) == 0 && S_ISDIR(status.st_mode);
    }
    names.push_back(is_directory ? name + "/" : name);
    errno = 0;
  }
  if (errno != 0) return tl::unexpected(posix_error(errno, "list", path));
  std::sort(names.begin(), names.end());
  return names;
}

Status PosixDisk::rename(const std::string& from, const std::string& to) {
  if (::rename(at(from).c_str(), at(to).c_str()) != 0) return tl::unexpected(posix_error(errno, "rename", from));
  return {};
}

Status PosixDisk::remove(const std::string& path) {
  if (::remove(at(path).c_str()) != 0) return tl::unexpected(posix_error(errno, "remove", path));
  return {};
}

Status PosixDisk::sync_directory(const std::string& path) {
  SCRUTINEER_TRY(Descriptor descriptor, open_at(at(path), path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (::fsync(descriptor.get()) != 0) return tl::unexpected(posix_error(errno, "make durable", path));
  return {};
}

}  // namespace scrutineer
