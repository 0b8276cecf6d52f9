// Where a mirror copies from: a log that is served as static files.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer {

class MirrorSource {
 public:
  virtual ~MirrorSource() = default;
  // A whole file by its path below the log ("checkpoint", "tile/entries/000"). Errors: not_found; limit_exceeded;
  // io_error (not reached, too slow, an answer that is none).
  virtual Result<Bytes> get(const std::string& path, std::size_t limit) = 0;
};

struct MirrorHttpOptions {
  std::chrono::milliseconds connect{5'000};
  std::chrono::milliseconds whole{120'000};  // of one file
  std::string ca_file;
};

// `url`: under which "checkpoint" is. Error invalid_argument: no such address.
Result<std::unique_ptr<MirrorSource>> http_mirror_source(const std::string& url, const MirrorHttpOptions& options = {});

}  // namespace scrutineer
