#include "app/disk/posix_file.h"

#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>

#include "app/disk/posix_error.h"

namespace scrutineer {

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

Result<std::size_t> PosixFile::read_at(std::uint64_t offset, char* out, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    ssize_t got = ::pread(descriptor_.get(), out + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected(posix_error(errno, "read", path_));
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

Status PosixFile::write_at(std::uint64_t offset, BytesView bytes) {
  while (!bytes.empty()) {
    ssize_t done = ::pwrite(descriptor_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return tl::unexpected(posix_error(errno, "write", path_));
    bytes.remove_prefix(static_cast<std::size_t>(done));
    offset += static_cast<std::uint64_t>(done);
  }
  return {};
}

Status PosixFile::truncate(std::uint64_t size) {
  while (::ftruncate(descriptor_.get(), static_cast<off_t>(size)) != 0)
    if (errno != EINTR) return tl::unexpected(posix_error(errno, "cut", path_));
  return {};
}

Result<std::uint64_t> PosixFile::size() {
  struct stat status {};
  if (::fstat(descriptor_.get(), &status) != 0) return tl::unexpected(posix_error(errno, "look at", path_));
  return static_cast<std::uint64_t>(status.st_size);
}

// Never retried, not even after EINTR: what a failed sync left on the disk is not known.
Status PosixFile::sync() {
  if (::fdatasync(descriptor_.get()) != 0) return tl::unexpected(posix_error(errno, "make durable", path_));
  return {};
}

}  // namespace scrutineer
