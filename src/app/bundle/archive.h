// The whole bundle of one moment as one file, for whoever takes it away: a tar of exactly what the manifest names, and
// the manifest, compressed with zstd. The same bundle gives the same bytes.
#pragma once

#include <string>

#include "core/base/disk.h"

namespace scrutineer {

inline constexpr const char* kArchiveFolder = "bundle";  // everything in the archive is below it

// Writes to `out` (replaced as a whole). Every file is compared with the manifest on the way: where one differs,
// because the bundle is being replaced meanwhile, the error is `conflict` and nothing is written. Memory: the largest
// file.
Status write_archive(Disk& disk, const std::string& bundle, const std::string& out);

}  // namespace scrutineer
