// The demonstration's exchange of notices: a security service, an election commission, a ministry that never looks, a
// province whose mailbox is dead, an oversight body, three relays; all on this machine, each with a log of its own.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/disk/posix_disk.h"
#include "app/server/notice_server.h"
#include "core/base/clock.h"
#include "core/merkle/witness.h"

namespace scrutineer::cli {

class NoticeDemo {
 public:
  // Makes DIR/notices/* and DIR/keys/notices/*: nodes and keys, nothing that runs yet. Errors: those of the parts.
  static Result<std::unique_ptr<NoticeDemo>> make(Disk& disk, Clock& clock, Rng& rng, const std::string& directory);

  // The logs that witnesses are to watch.
  std::vector<VerifierKey> logs() const;

  // Agreements between the service and the three institutions, on the next free ports from `first` on; then everything
  // runs. `witnesses`: who cosigns all of these logs.
  Status start(const std::vector<WitnessAddress>& witnesses, std::uint16_t first);

  void say_where() const;

 private:
  struct Node {
    std::string name;  // of its folder
    std::uint16_t port = 0;
    std::unique_ptr<NoticeServer> server;
  };
  NoticeDemo(Disk& disk, Clock& clock, Rng& rng, std::string directory)
      : disk_(disk), clock_(clock), rng_(rng), directory_(std::move(directory)) {}
  std::string folder(const std::string& node) const { return directory_ + "/notices/" + node; }
  std::string url(const std::string& node) const;
  Status make_nodes();
  Status make_keys();
  Result<AgreedParty> party(const std::string& node, bool reachable) const;
  Result<Agreement> terms(const std::string& institution, const std::vector<WitnessAddress>& witnesses) const;
  Status agree(const std::string& institution, const std::vector<WitnessAddress>& witnesses);
  Status let_tools_in();
  Status run(Node& node);

  Disk& disk_;
  Clock& clock_;
  Rng& rng_;
  const std::string directory_;
  std::vector<Node> nodes_;
  std::vector<Bytes> agreements_;  // notes
};

}  // namespace scrutineer::cli
