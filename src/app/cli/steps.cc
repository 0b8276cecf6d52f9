#include "app/cli/steps.h"

#include <unistd.h>

#include "app/cli/stop.h"
#include "app/cli/terminal.h"
#include "app/http/static_server.h"
#include "app/threads/parallel.h"
#include "app/verify/directory_source.h"
#include "app/verify/service.h"

namespace scrutineer::cli {
namespace {

std::string grouped(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

// The log of an import signs unattended: its own key, in a file of its own, readable by its owner.
Result<std::unique_ptr<Session>> create_log(const std::string& log_directory, const std::string& origin) {
  PosixDisk disk;
  SystemRng rng;
  SCRUTINEER_TRY(NamedKey key, new_named_key(origin, KeyType::ed25519, rng));
  SCRUTINEER_TRY(Bytes text, write_key_file(key, std::nullopt, rng));
  SCRUTINEER_CHECKED(disk.make_directories(log_directory));
  SCRUTINEER_CHECKED(save_key(disk, log_key_path(log_directory), text));
  return Session::create(log_directory, key);
}

Status set_up(Session& session, const Package& package, const NamedKey& key) {
  SCRUTINEER_TRY(ImportSetup setup, make_import_setup(package, key));
  for (const Bytes* blob : {&package.units_blob, &package.options_blob, &package.rules_blob})
    SCRUTINEER_CHECKED(keep_blob(session.disk(), session.directory(), *blob));
  Roots roots{{key.vkey}, 1};
  SCRUTINEER_TRY(Election election, Election::build(setup.election, package.definition, package.units_blob,
                                                    package.options_blob, package.rules_blob));
  SCRUTINEER_CHECKED(write_trust_directory(session.disk(), trust_path(session.directory()),
                                           session.log().reader().key(), roots, setup.election));
  session.use_election(std::move(election), std::move(roots));
  SCRUTINEER_CHECKED(session.start_intake());
  SCRUTINEER_CHECKED(session.intake().append(setup.definition).map([](const Appended&) {}));
  for (const auto& grant : session.intake().append(setup.grants))
    if (!grant) return tl::unexpected(grant.error());
  return {};
}

}  // namespace

std::vector<std::string> example_directories() {
  std::vector<std::string> directories = {"examples"};
  char path[4096];
  ssize_t size = ::readlink("/proc/self/exe", path, sizeof path);
  if (size > 0) {
    std::string program(path, static_cast<std::size_t>(size));
    std::string directory = program.substr(0, program.rfind('/'));
    for (const char* up : {"/../..", "/../../.."}) directories.push_back(directory + up + "/examples");  // a checkout
    directories.push_back(directory + "/../share/scrutineer/examples");                                  // installed
  }
  return directories;
}

std::string data_language(const Definition& definition) {
  if (definition.time_zone == "Asia/Seoul") return "ko";
  if (definition.time_zone == "Asia/Taipei") return "zh-Hant";
  if (definition.time_zone == "Europe/Amsterdam") return "nl";
  return {};
}

std::optional<Package> load_package(Disk& disk, const std::string& directory) {
  Problems problems;
  auto package = read_package(disk, directory, example_directories(), problems);
  if (!package) {
    tell(to_text(problems));
    complain("this package cannot be imported: " + std::to_string(problems.count()) +
             " problems, listed above; nothing was written");
    return std::nullopt;
  }
  if (!package->warnings.empty()) tell("Taken in as it stands:\n" + to_text(package->warnings));
  return package;
}

Result<std::unique_ptr<Session>> import_package(const Package& package, const std::string& log_directory,
                                                const NamedKey& key, const std::string& origin,
                                                const std::optional<std::string>& correction) {
  PosixDisk disk;
  SCRUTINEER_TRY(bool there, disk.exists(store_path(log_directory)));
  std::unique_ptr<Session> session;
  if (there) {
    SCRUTINEER_TRY(session, Session::open(log_directory, "", ""));
    SCRUTINEER_CHECKED(session->start_intake());
    Record definition{std::nullopt, std::nullopt, package.definition};
    if (record_id(record_text(definition)) != session->election().id())
      return fail(ErrorCode::conflict, "this log is of another election (or its definition has changed since)",
                  log_directory);
  } else {
    SCRUTINEER_TRY(session, create_log(log_directory, origin));
    SCRUTINEER_CHECKED(set_up(*session, package, key));
  }
  cli::Progress progress("signing and importing");
  SCRUTINEER_TRY(Imported imported,
                 import_sheets(package, session->election().id(), key, session->intake(), correction, default_threads(),
                               [&](std::uint64_t done, std::uint64_t total) { progress.update(done, total); }));
  progress.finish(grouped(imported.added) + " sheets signed, " + grouped(imported.already_there) + " were there, " +
                  grouped(imported.corrected) + " corrected");
  return session;
}

Result<Published> publish_with_progress(Session& session, const NamedKey& publisher, const std::string& out,
                                        const std::string& data_lang) {
  SystemClock clock;
  cli::Progress progress("publishing");
  PublishOptions options{session.directory(),
                         out,
                         data_lang,
                         default_threads(),
                         false,
                         [&](const char*, std::uint64_t done, std::uint64_t total) { progress.update(done, total); }};
  SCRUTINEER_TRY(Published published, publish(session.disk(), session.log(), source_of(session.intake()),
                                              session.election(), publisher, clock, options));
  progress.finish(grouped(published.files) + " files, " + grouped(published.bytes / 1'000'000) + " MB");
  return published;
}

int verify_with_progress(const std::string& bundle, const std::string& trust_directory) {
  PosixDisk disk;
  auto trust = read_trust(disk, trust_directory, {});
  if (!trust) return complain(trust.error());
  DirectorySource source(disk, bundle);
  cli::Progress progress("verifying independently");
  auto report = verify_bundle(source, *trust, default_threads(),
                              [&](std::uint64_t done, std::uint64_t total) { progress.update(done, total); });
  if (!report) return complain(report.error()), kAnswerIsNo;
  progress.finish(grouped((*report)[CheckId::signatures].checked) + " signatures, " +
                  grouped((*report)[CheckId::files].checked) + " files");
  constexpr std::size_t kShown = 8;
  tell("\n" + report->to_text(kShown));
  return report->good() ? kGood : kAnswerIsNo;
}

int serve(const std::string& bundle, std::uint16_t port) {
  StopSignals stop;
  auto server = http::StaticServer::start(bundle, port);
  if (!server) return complain(server.error());
  print("Result pages: " + (*server)->url() + "\n");
  tell("(stop with Ctrl-C)");
  stop.wait();
  (*server)->stop();
  return kGood;
}

}  // namespace scrutineer::cli
