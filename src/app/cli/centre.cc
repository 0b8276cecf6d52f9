#include "app/server/centre.h"
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/session.h"
#include "app/cli/steps.h"
#include "app/cli/terminal.h"
#include "app/threads/parallel.h"

namespace scrutineer::cli {

Result<std::uint64_t> make_centre_log(const std::string& from, const std::string& area, const std::string& directory,
                                      const std::string& origin) {
  PosixDisk disk;
  SystemRng rng;
  SCRUTINEER_TRY(auto log, LogReader::open(disk, store_path(from)));
  SCRUTINEER_TRY(TrustedElection trusted, read_trusted_election(disk, from, *log));
  SCRUTINEER_TRY(NamedKey key, new_named_key(origin, KeyType::ed25519, rng));
  SCRUTINEER_TRY(Bytes text, write_key_file(key, std::nullopt, rng));
  SCRUTINEER_CHECKED(disk.make_directories(directory));
  SCRUTINEER_CHECKED(save_key(disk, log_key_path(directory), text));
  return make_centre(disk, {*log, from, trusted.election, trusted.roots}, key, {directory, area, default_threads()});
}

int centre_command(int argc, char** argv) {
  std::string from, area, directory, origin;
  auto app = new_app("scrutineer centre",
                     "Makes the log of a counting centre: the definition and the grants of its area, from the "
                     "server's log directory or a restored copy of it. Then: scrutineer serve --log DIR --upstream URL",
                     "scrutineer centre --from log --area /Seoul/Jongno --dir jongno --origin jongno.example/2031");
  app->add_option("--from", from, "log directory of the server, or a copy of it")->required();
  app->add_option("--area", area, "path of the area that is counted there")->required();
  app->add_option("--dir", directory, "the centre's log directory; made")->required();
  app->add_option("--origin", origin, "name of the centre's log: the name of its key")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  auto made = make_centre_log(from, area, directory, origin);
  if (!made) return complain(made.error());
  tell("The centre's log begins with " + std::to_string(*made) + " entries of the server's.");
  return kGood;
}

}  // namespace scrutineer::cli
