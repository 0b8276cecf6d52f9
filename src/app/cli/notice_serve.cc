#include "app/cli/arguments.h"
#include "app/cli/notice_access.h"
#include "app/cli/notice_commands.h"
#include "app/cli/stop.h"
#include "app/cli/terminal.h"
#include "app/disk/system.h"
#include "app/server/notice_server.h"

namespace scrutineer::cli {
namespace {

int run(NoticeServerOptions& options) {
  StopSignals stop;
  PosixDisk disk;
  SystemClock clock;
  SystemRng rng;
  options.node.tell = [](const std::string& line) { tell(line); };
  auto server = NoticeServer::start(disk, clock, rng, options);
  if (!server) return complain(server.error());
  print("Public page: " + (*server)->url() + "\n");
  print("Notices:     " + (*server)->url() + "desk/\n");
  tell("Only this machine reaches these addresses. For other machines put nginx in front: scrutineer nginx --help");
  tell("(stop with Ctrl-C)");
  stop.wait();
  tell("finishing what has begun");
  return kGood;
}

}  // namespace

int notice_serve(int argc, char** argv) {
  NoticeServerOptions options;
  auto app =
      new_app("scrutineer notice serve",
              "Runs a node: its pages for people, its addresses for other nodes and for tools (TAXII), delivery, "
              "witnesses and escalation. Listens on this machine alone (docs/runbooks/notices.md).",
              "scrutineer notice serve --dir institution --port 8092");
  app->add_option("--dir", options.node.directory, "the node's directory")->required();
  app->add_option("--port", options.port, "on 127.0.0.1");
  app->add_option("--origin", options.origins, "address under which browsers reach it: https://notices.example");
  app->add_flag("--behind-proxy", options.behind_proxy, "nginx is in front and says who asks");
  app->add_option("--ca", options.node.ca_file, "certificate authority (PEM) of the other nodes");
  if (auto over = parse(*app, argc, argv)) return *over;
  return run(options);
}

}  // namespace scrutineer::cli
