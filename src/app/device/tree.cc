#include "app/device/tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

#include "app/disk/descriptor.h"

namespace scrutineer::device {
namespace {

tl::unexpected<Error> trouble(int number, const std::string& path) {
  const bool absent = number == ENOENT || number == ENOTDIR;
  return fail(absent ? ErrorCode::not_found : ErrorCode::io_error, std::generic_category().message(number), path);
}

}  // namespace

Result<std::string> Tree::read(const std::string& path, std::size_t limit) const {
  const std::string full = root_ + path;
  Descriptor file(::open(full.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.get() < 0) return trouble(errno, path);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return trouble(errno, path);
  if (!S_ISREG(status.st_mode)) return fail(ErrorCode::io_error, "not a regular file", path);
  std::string out;
  char buffer[16 << 10];
  while (true) {
    const ssize_t n = ::read(file.get(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return trouble(errno, path);
    if (n == 0) return out;
    out.append(buffer, static_cast<std::size_t>(n));
    if (out.size() > limit)
      return fail(ErrorCode::limit_exceeded, "more than " + std::to_string(limit) + " bytes", path);
  }
}

std::optional<std::string> Tree::value(const std::string& path) const {
  auto text = read(path, kTreeValueBytes);
  if (!text) return std::nullopt;
  while (!text->empty() && (text->back() == '\n' || text->back() == ' ')) text->pop_back();
  return std::move(*text);
}

Result<std::vector<std::string>> Tree::list(const std::string& path) const {
  std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir((root_ + path).c_str()), ::closedir);
  if (!directory) {
    const int number = errno;
    return fail(number == ENOENT ? ErrorCode::not_found : ErrorCode::io_error, std::generic_category().message(number),
                path);
  }
  std::vector<std::string> names;
  errno = 0;
  while (dirent* entry = ::readdir(directory.get())) {
    std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(std::move(name));
    if (names.size() > kTreeNames) return fail(ErrorCode::limit_exceeded, "more than 4096 entries", path);
    errno = 0;
  }
  if (errno != 0) return trouble(errno, path);
  std::sort(names.begin(), names.end());
  return names;
}

std::string Tree::link_name(const std::string& path) const {
  char target[4'096];
  const ssize_t n = ::readlink((root_ + path).c_str(), target, sizeof target);
  if (n <= 0 || static_cast<std::size_t>(n) == sizeof target) return {};
  std::string_view text(target, static_cast<std::size_t>(n));
  return std::string(text.substr(text.rfind('/') + 1));
}

bool Tree::is_directory(const std::string& path) const {
  struct stat status {};
  return ::stat((root_ + path).c_str(), &status) != 0 || S_ISDIR(status.st_mode);
}

bool Tree::exists(const std::string& path) const {
  return ::access((root_ + path).c_str(), F_OK) == 0;
}

}  // namespace scrutineer::device
