// The evidence of a party, read from a directory or an archive into memory (docs/formats/evidence.md).
#pragma once

#include <memory>
#include <vector>

#include "core/notice/evidence.h"
#include "core/verify/source.h"

namespace scrutineer {

class LoadedEvidence {
 public:
  // Errors: those of the source; malformed, corrupt and limit_exceeded, with the file.
  static Result<std::unique_ptr<LoadedEvidence>> read(BundleSource& source);
  const Evidence& evidence() const { return evidence_; }

 private:
  std::vector<Bytes> bytes_;  // what the evidence's views point into
  Evidence evidence_;
};

}  // namespace scrutineer
