// A table of a package on the disk: NAME.csv or NAME.csv.gz, one of the two.
#pragma once

#include "core/base/disk.h"
#include "core/base/problems.h"

namespace scrutineer {

struct TableFile {
  std::string file;  // the name that problems carry: "units.csv.gz"
  Bytes text;        // uncompressed
};

// nullopt: there is none, there are two, it cannot be read, it is cut short or has more than `limit` bytes; reported.
std::optional<TableFile> read_table_file(Disk& disk, const std::string& directory, const std::string& name,
                                         Problems& problems, std::size_t limit = limits::kCsvFileBytes);

// "units.csv:12:1"
std::string place_of_line(const std::string& file, std::size_t line);

}  // namespace scrutineer
