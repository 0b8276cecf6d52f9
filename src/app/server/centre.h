// A counting centre's own log: begins with what it needs of the server's, and goes on alone.
#pragma once

#include <string>

#include "app/log/log.h"
#include "core/authority/trust.h"
#include "core/base/disk.h"
#include "core/election/election.h"
#include "core/note/key_file.h"

namespace scrutineer {

struct CentreSource {
  const LogReader& log;       // the server's, or a copy of it
  std::string log_directory;  // of that copy: blobs
  const Election& election;
  const Roots& roots;
};

struct NewCentre {
  std::string log_directory;  // made; must not hold a log
  std::string area;           // path of what is counted here: "/province/district"
  std::size_t threads = 2;
};

// Copies the definition with its tables, and the grants and revocations that concern the area. Grants of keys that the
// server's log calls compromised stay behind, since a declaration names positions of that log. Returns how many entries
// were copied: they are not handed back. Errors: not_found (no such area), conflict (a log is there), those of the log.
Result<std::uint64_t> make_centre(Disk& disk, const CentreSource& source, const NamedKey& log_key,
                                  const NewCentre& centre);

}  // namespace scrutineer
