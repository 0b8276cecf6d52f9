// gzip and Zstandard a piece at a time: for what is too large for memory. gzip.h and zstd.h are for what is not.
#pragma once

#include <functional>
#include <memory>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer {

class Expander {
 public:
  using Sink = std::function<Status(BytesView)>;  // its error ends the whole
  virtual ~Expander() = default;
  // Everything that comes out of `bytes`, to `sink`. Errors: the sink's; malformed (damaged, something behind the end,
  // a Zstandard window above 128 MiB).
  virtual Status feed(BytesView bytes, const Sink& sink) = 0;
  // malformed: cut short.
  virtual Status finish() = 0;
};

std::unique_ptr<Expander> new_gunzip();  // every member, one after the other
std::unique_ptr<Expander> new_unzstd();  // every frame

}  // namespace scrutineer
