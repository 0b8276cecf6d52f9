// What the verifier says about a bundle, and how a test asks for it.
#pragma once

#include "core/verify/conclude.h"

namespace scrutineer::tamper {

// One verification from beginning to end, on this thread. Error: the bundle was refused as a whole.
Result<Report> verify(BundleSource& source, const TrustFiles& trust);

// The same split into `shards` parts that are written as JSON, read again, shuffled and merged, as several people
// would.
Result<Report> verify_split(BundleSource& source, const TrustFiles& trust, std::uint64_t shards);

// What opening the bundle and looking at that one file finds: what a whole verification finds too, and less. So that
// one changed file in a national bundle can be tried in moments. Error: refused as a whole.
Result<Report> verify_one_file(BundleSource& source, const TrustFiles& trust, const std::string& path);

bool has(const Report& report, CheckId check, Severity severity, std::string_view words);
// The whole report, or why there is none: what a failing test prints.
std::string spell(const Result<Report>& report);

// A number that follows from the others: tests that choose at random can be repeated.
std::uint64_t mix(std::uint64_t a, std::uint64_t b);

bool full_run();  // SCRUTINEER_FULL=1
// SCRUTINEER_TAMPER_STRIDE: one in so many bytes; 10 by default, 1 in a full run.
std::uint64_t stride();

}  // namespace scrutineer::tamper
