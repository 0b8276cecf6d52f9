// Reading the `entries` column; private to app/log.
#pragma once

#include <functional>

#include "app/log/columns.h"
#include "app/log/frame.h"

namespace scrutineer {

// Frames of entries in order from a position, without the index: recovery, checking, the index of identifiers.
// `visit` gets the frame and the offset where it ends; an error that it returns ends the walk and is returned. Errors:
// corrupt with the entry's number, io_error.
using VisitFrame = std::function<Status(std::uint64_t index, const Frame& frame, std::uint64_t end)>;
Status walk_frames(File& entries, std::uint64_t first, std::uint64_t begin, std::uint64_t end, const VisitFrame& visit);

// Entries [first, end) by the index, each compared with its leaf hash in hash.0. Thread-safe.
Status read_entries(File& entries, ColumnReader& columns, std::uint64_t first, std::uint64_t end,
                    const std::function<Status(std::uint64_t index, const Frame& frame)>& visit);

}  // namespace scrutineer
