#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/session.h"
#include "app/cli/stop.h"
#include "app/cli/terminal.h"
#include "app/server/server.h"
#include "app/threads/parallel.h"

namespace scrutineer::cli {
namespace {

struct Arguments {
  ServeOptions serve;
  std::string log_key, publisher, passphrase_file;
};

Result<std::unique_ptr<Signer>> log_signer(Disk& disk, const Arguments& in) {
  std::string path = in.log_key.empty() ? log_key_path(in.serve.log_directory) : in.log_key;
  SCRUTINEER_TRY(NamedKey key, load_key(disk, path, in.passphrase_file));
  return make_signer(key.secret);
}

int run(Arguments& in) {
  StopSignals stop;
  PosixDisk disk;
  SystemClock clock;
  SystemRng rng;
  auto signer = log_signer(disk, in);
  if (!signer) return complain(signer.error());
  std::optional<NamedKey> publisher;
  if (!in.publisher.empty()) {
    auto key = load_key(disk, in.publisher, in.passphrase_file);
    if (!key) return complain(key.error());
    publisher = std::move(*key);
  }
  if (publisher && in.serve.bundle.empty()) return complain("say where the pages go: --bundle DIR");
  Progress progress("publishing");
  in.serve.threads = default_threads();
  in.serve.progress = [&](const char*, std::uint64_t done, std::uint64_t total) { progress.update(done, total); };
  in.serve.tell = [](const std::string& line) { tell(line); };
  auto server = ElectionServer::start(disk, clock, rng, **signer, publisher ? &*publisher : nullptr, in.serve);
  if (!server) return complain(server.error());
  progress.finish("ready");
  if (publisher) print("Result pages:  " + (*server)->url() + "\n");
  print("Counting desk: " + (*server)->url() + "desk/\n");
  tell("Only this machine reaches these addresses. For other machines put nginx in front: scrutineer nginx --help");
  tell("(stop with Ctrl-C)");
  stop.wait();
  tell("finishing what has begun");
  server->reset();
  return kGood;
}

}  // namespace

int serve_command(int argc, char** argv) {
  Arguments in;
  auto app = new_app("scrutineer serve",
                     "Runs an election's server: takes signed records, keeps the public pages current, and gives the "
                     "counting desk its pages. With --upstream it is a counting centre that hands its records on. "
                     "Listens on this machine alone (docs/runbooks/server.md).",
                     "scrutineer serve --log log --bundle public --publisher publisher.key");
  app->add_option("--log", in.serve.log_directory, "the log directory")->required();
  app->add_option("--bundle", in.serve.bundle, "where the public pages go; a web server may carry them from there");
  app->add_option("--publisher", in.publisher, "key that signs result claims; without it nothing is published");
  app->add_option("--log-key", in.log_key, "the log's key (default: LOGDIR/log.key)");
  app->add_option("--passphrase-file", in.passphrase_file, "read passphrases from the first line of this file");
  app->add_option("--port", in.serve.port, "on 127.0.0.1");
  app->add_option("--name", in.serve.name, "of this server or counting centre, as pages say it");
  app->add_option("--language", in.serve.data_lang, "of the names in the data (ko, nl, ...)");
  app->add_option("--origin", in.serve.origins, "address under which browsers reach it: https://count.example");
  app->add_flag("--behind-proxy", in.serve.behind_proxy, "nginx is in front and says who asks");
  app->add_option("--upstream", in.serve.upstream, "a counting centre: the server that its records go to");
  app->add_option("--paper", in.serve.papers,
                  "a batch directory of scrutineer scan, or a directory of them: people decide on its doubtful papers");
  app->add_option("--upstream-ca", in.serve.upstream_ca, "certificate authority (PEM) of that server");
  if (auto over = parse(*app, argc, argv)) return *over;
  return run(in);
}

}  // namespace scrutineer::cli
