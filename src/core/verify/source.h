// Where the verifier gets a bundle's bytes from. The implementations read files; core/verify only asks.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/disk.h"
#include "core/base/result.h"

namespace scrutineer {

class BundleSource {
 public:
  virtual ~BundleSource() = default;
  // Every file below the bundle's root, '/'-separated, sorted. Links and special files count as files.
  virtual Result<std::vector<std::string>> list() = 0;
  // A whole file. Errors: not_found, limit_exceeded, io_error. Thread-safe.
  virtual Result<Bytes> read(const std::string& path, std::size_t limit) = 0;
  // The same where the size is stated: up to size + 1 bytes into `buffer`, which keeps its memory from file to file, so
  // that a file of another size shows. The view lives as long as the buffer is not used again.
  virtual Result<BytesView> read_stated(const std::string& path, std::size_t size, Bytes& buffer);
};

// What the verifier is given out of band: the three files of a trust directory, and checkpoints seen before.
struct TrustFiles {
  Bytes policy;
  Bytes roots;
  Bytes election;
  std::vector<std::pair<std::string, Bytes>> seen;  // file name, checkpoint
};

// The three files of a trust directory; nothing seen before.
Result<TrustFiles> read_trust_directory(Disk& disk, const std::string& directory);

}  // namespace scrutineer
