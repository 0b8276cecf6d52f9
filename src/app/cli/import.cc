#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/steps.h"
#include "app/cli/terminal.h"

namespace scrutineer::cli {

int import_command(int argc, char** argv) {
  std::string directory, log_directory, key_file, passphrase_file, origin, correction;
  auto app = new_app("scrutineer import",
                     "Takes an election package (election.json, units.csv, options.csv, counts.csv) into a log, as "
                     "records signed by the importer. Importing again adds nothing.",
                     "scrutineer import --election examples/kr2025 --log log --key importer.key");
  app->add_option("--election", directory, "the package's directory")->required();
  app->add_option("--log", log_directory, "the log directory; made where it is absent")->required();
  app->add_option("--key", key_file, "the importer's key file")->required();
  app->add_option("--passphrase-file", passphrase_file, "read the passphrase from the first line of this file");
  app->add_option("--origin", origin, "name of a new log (default: the key's name and the date of the election)");
  app->add_option("--correct", correction, "why sheets with other figures replace those that are there");
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto package = load_package(disk, directory);
  if (!package) return kCouldNotRun;
  auto key = load_key(disk, key_file, passphrase_file);
  if (!key) return complain(key.error());
  if (origin.empty()) origin = key->vkey.name + "/log/" + package->definition.date;
  auto session = import_package(*package, log_directory, *key, origin,
                                correction.empty() ? std::nullopt : std::optional(correction));
  if (!session) return complain(session.error());
  tell("Hand out " + trust_path(log_directory) + " to whoever is to verify: policy, roots, election.");
  print(to_hex((*session)->election().id()) + "\n");
  return kGood;
}

}  // namespace scrutineer::cli
