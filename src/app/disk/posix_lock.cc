// The lock is flock(2): the kernel lets go when the holder dies, however it dies. The name in the file is for people.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <cerrno>

#include "app/disk/posix_disk.h"
#include "app/disk/posix_error.h"
#include "app/disk/posix_file.h"

namespace scrutineer {
namespace {

constexpr std::size_t kHolderBytes = 200;

class PosixLock final : public DiskLock {
 public:
  explicit PosixLock(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

 private:
  Descriptor descriptor_;
};

std::string holder_in(int number) {
  char name[kHolderBytes];
  ssize_t got = ::pread(number, name, sizeof name, 0);
  std::string holder(name, got > 0 ? static_cast<std::size_t>(got) : 0);
  while (holder.ends_with('\n')) holder.pop_back();
  return holder.empty() ? "somebody who left no name" : holder;
}

}  // namespace

Result<std::unique_ptr<DiskLock>> PosixDisk::lock(const std::string& path, const std::string& holder) {
  Descriptor descriptor(::open(at(path).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (descriptor.get() < 0) return tl::unexpected(posix_error(errno, "open", path));
  if (::flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return tl::unexpected(posix_error(errno, "lock", path));
    return fail(ErrorCode::busy, "held by " + holder_in(descriptor.get()), path);
  }
  std::string line = holder.substr(0, kHolderBytes - 24) + " (process " + std::to_string(::getpid()) + ")\n";
  if (::ftruncate(descriptor.get(), 0) != 0 || ::pwrite(descriptor.get(), line.data(), line.size(), 0) < 0)
    return tl::unexpected(posix_error(errno, "write", path));
  return std::make_unique<PosixLock>(std::move(descriptor));
}

}  // namespace scrutineer
