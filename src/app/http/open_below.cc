#include "app/http/open_below.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

namespace scrutineer::http {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) close(fd_);
}

Descriptor open_root(const std::string& directory) {
  return Descriptor(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

OpenedFile open_below(const Descriptor& root, const std::vector<std::string>& parts) {
  Descriptor at(fcntl(root.get(), F_DUPFD_CLOEXEC, 0));
  for (const std::string& part : parts) {
    // O_NONBLOCK: opening a pipe that somebody left here must not wait for a writer.
    at = Descriptor(openat(at.get(), part.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    if (!at.open()) return {};
  }
  struct stat info {};
  if (!at.open() || fstat(at.get(), &info) != 0) return {};
  if (S_ISDIR(info.st_mode)) return {Opened::directory, Descriptor(), 0, {}};
  if (!S_ISREG(info.st_mode)) return {};
  const auto size = static_cast<std::uint64_t>(info.st_size);
  return {Opened::file, std::move(at), size,
          fmt::format("{:x}-{:x}-{:x}.{:x}", size, info.st_ino, info.st_mtim.tv_sec, info.st_mtim.tv_nsec)};
}

std::int64_t read_at(const Descriptor& file, std::uint64_t offset, char* out, std::size_t size) {
  return pread(file.get(), out, size, static_cast<off_t>(offset));
}

}  // namespace scrutineer::http
