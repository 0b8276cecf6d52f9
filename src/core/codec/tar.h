// POSIX ustar archives (IEEE Std 1003.1-2017, pax, "ustar Interchange Format") of plain files only.
#pragma once

#include <functional>
#include <string>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer {

// One file: header, bytes, padding. Owner, times and modes are always the same, so that equal files give equal
// archives. Error limit_exceeded: a path that ustar cannot hold (100 bytes, or 155 and 100 parted at a '/'), or 8 GiB
// and more.
Status append_tar_file(Bytes& out, std::string_view path, BytesView bytes);
// The two empty blocks that end an archive.
void end_tar(Bytes& out);

// Calls `each` with every file, as views into `archive`. Refused: anything but plain files and directories (links,
// devices), names that are absolute or have empty, "." or ".." parts, a file twice, wrong checksums, an archive that is
// cut short, bytes after its end. Errors: malformed and unsupported, with the place; whatever `each` returns.
Status read_tar(BytesView archive, const std::function<Status(const std::string& path, BytesView bytes)>& each);

}  // namespace scrutineer
