// Writes the tlog-tiles tree (C2SP): `checkpoint`, `tile/<L>/<N>[.p/<W>]`, `tile/entries/<N>[.p/<W>]`.
#pragma once

#include <functional>

#include "app/log/reader.h"

namespace scrutineer {

// Everything of the reader's present checkpoint, below `path` on `out`; `checkpoint` is written last, so that what it
// covers is there. Not synced. Full tiles that are already there with their length are kept.
Status export_directory(const LogReader& log, Disk& out, const std::string& path,
                        const std::function<void(std::uint64_t done, std::uint64_t total)>& progress = {});

}  // namespace scrutineer
