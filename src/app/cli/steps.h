// Steps that several commands take: what they have in common is said once.
#pragma once

#include "app/bundle/publish.h"
#include "app/cli/session.h"
#include "app/import/import.h"

namespace scrutineer::cli {

// Reads a package, listing everything that is wrong on stderr. `directory` may lack election.json where examples/ has
// it.
std::optional<Package> load_package(Disk& disk, const std::string& directory);

// Imports a package into LOGDIR, which is made (with an unattended log key, LOGDIR/log.key, and LOGDIR/trust) where it
// is absent. Prints progress on stderr.
Result<std::unique_ptr<Session>> import_package(const Package& package, const std::string& log_directory,
                                                const NamedKey& key, const std::string& origin,
                                                const std::optional<std::string>& correction);

Result<Published> publish_with_progress(Session& session, const NamedKey& publisher, const std::string& out,
                                        const std::string& data_lang);

// Verifies and prints the summary on stderr; the exit code.
int verify_with_progress(const std::string& bundle, const std::string& trust);

// Makes a counting centre's log directory, with an unattended key; how many entries it begins with.
Result<std::uint64_t> make_centre_log(const std::string& from, const std::string& area, const std::string& directory,
                                      const std::string& origin);

// Serves until the person stops the program.
int serve(const std::string& bundle, std::uint16_t port);

// Where the examples that come with the program are: beside it in a checkout, or installed.
std::vector<std::string> example_directories();

// "ko" or "zh-Hant" by the definition's time zone; empty where that says nothing.
std::string data_language(const Definition& definition);

}  // namespace scrutineer::cli
