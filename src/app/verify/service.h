// Verification with threads: what `scrutineer verify` and scrutineer-verify run.
#pragma once

#include "core/verify/conclude.h"

namespace scrutineer {

using VerifyProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// Files [first, end) of the plan, on up to `threads` threads.
Part check_files(Plan& plan, std::uint64_t first, std::uint64_t end, std::size_t threads,
                 const VerifyProgress& progress);

// A whole bundle. An error is what keeps it from being checked at all.
Result<Report> verify_bundle(BundleSource& source, const TrustFiles& trust, std::size_t threads,
                             const VerifyProgress& progress = {});

// The same end from parts that others have made.
Result<Report> verify_from_parts(BundleSource& source, const TrustFiles& trust, std::vector<ReadPart> parts,
                                 std::size_t threads);

}  // namespace scrutineer
