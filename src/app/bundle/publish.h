// Publishing: a signed result claim into the log, then everything that a stranger needs into one directory
// (docs/formats/bundle.md).
#pragma once

#include "app/projection/intake.h"
#include "core/base/clock.h"
#include "core/note/key_file.h"

namespace scrutineer {

struct PublishOptions {
  std::string log_directory;  // where blobs are
  std::string out;            // the bundle's directory; replaced as a whole where it is there
  std::string data_lang;      // BCP 47 tag of names in the data; empty: not stated
  std::size_t threads = 2;
  // Called now and then; `phase` is "claims", "pages" or "proofs and tiles".
  std::function<void(const char* phase, std::uint64_t done, std::uint64_t total)> progress;
};

struct Published {
  RecordId claim;
  std::uint64_t log_size = 0;
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
};

// `publisher` signs the claim (where anything happened since the last one) and the manifest. Errors: unauthorised where
// that key may not publish results; io_error; disk_full.
Result<Published> publish(Disk& disk, Log& log, Intake& intake, const Election& election, const NamedKey& publisher,
                          Clock& clock, const PublishOptions& options);

}  // namespace scrutineer
