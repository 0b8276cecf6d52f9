// Opens files below a directory and nowhere else.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace scrutineer::http {

// An open file descriptor, closed at the end.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

enum class Opened : std::uint8_t { file, directory, nothing };

struct OpenedFile {
  Opened what = Opened::nothing;
  Descriptor descriptor;  // of a regular file
  std::uint64_t size = 0;
  std::string version;  // changes when the file does: its size, inode and time of change
};

// The body of an answer that lies on the disk.
struct FileBody {
  Descriptor descriptor;
  std::uint64_t size = 0;
};

Descriptor open_root(const std::string& directory);

// Walks part by part without following any symbolic link, so that no name can lead out of `root`. A symbolic link,
// device, pipe or anything else but a regular file or directory is `nothing`. Thread-safe.
OpenedFile open_below(const Descriptor& root, const std::vector<std::string>& parts);

// Up to `size` bytes at `offset` into `out`; how many, or -1.
std::int64_t read_at(const Descriptor& file, std::uint64_t offset, char* out, std::size_t size);

}  // namespace scrutineer::http
