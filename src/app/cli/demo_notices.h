// The demonstration's exchange of notices: a security service, an election commission, a ministry that never looks, a
// province whose mailbox is dead, an oversight body, three relays; all on this machine, each with a log of its own.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/cli/demo_witness.h"
#include "app/disk/system.h"
#include "app/server/notice_server.h"

namespace scrutineer::cli {

class NoticeDemo {
 public:
  // Makes DIR/notices/* and DIR/keys/notices/*, agreements between the service and three institutions, three witnesses
  // of all these logs, and runs it all on the next free ports from `first` on. Unlike the election night, this is now:
  // the machine's own clock. Errors: those of the parts.
  static Result<std::unique_ptr<NoticeDemo>> start(Disk& disk, Rng& rng, const std::string& directory,
                                                   std::uint16_t first);

  void say_where() const;

 private:
  struct Node {
    std::string name;  // of its folder
    std::uint16_t port = 0;
    std::unique_ptr<NoticeServer> server;
  };
  NoticeDemo(Disk& disk, Rng& rng, std::string directory) : disk_(disk), rng_(rng), directory_(std::move(directory)) {}
  std::string folder(const std::string& node) const { return directory_ + "/notices/" + node; }
  std::string url(const std::string& node) const;
  Status make_nodes();
  Status make_keys();
  Status start_witnesses();
  Status take_ports(std::uint16_t first);
  Result<AgreedParty> party(const std::string& node, bool reachable) const;
  Result<Agreement> terms(const std::string& institution) const;
  Status agree(const std::string& institution);
  Status let_tools_in();
  Status run(Node& node);

  Disk& disk_;
  SystemClock clock_;
  Rng& rng_;
  const std::string directory_;
  std::vector<RunningWitness> witnesses_;
  std::vector<Node> nodes_;
  std::vector<Bytes> agreements_;  // notes
};

}  // namespace scrutineer::cli
