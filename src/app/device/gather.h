// What a log says about machines: its records of enrolments, inspections and statements, read back and put together.
#pragma once

#include <memory>
#include <vector>

#include "app/log/reader.h"
#include "core/authority/book.h"
#include "core/device/history.h"

namespace scrutineer::device {

struct Gathered {
  std::vector<DeviceView> machines;             // by area and name
  std::vector<std::unique_ptr<Record>> bodies;  // that `records` points into
  std::vector<DeviceRecord> records;            // in effect, in the order of the log
};

bool is_about_machines(RecordType type);

// Errors: those of reading the log.
Result<Gathered> gather(const RecordBook& book, const LogReader& log);

}  // namespace scrutineer::device
