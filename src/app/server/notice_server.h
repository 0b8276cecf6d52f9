// One running node of the exchange of notices with its pages: people sign in with the keys that agreements name,
// machines use the node's own addresses, tools TAXII. docs/formats/notice-pages.md lists the addresses.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/notice/node.h"
#include "core/base/clock.h"
#include "core/base/disk.h"

namespace scrutineer {

struct NoticeServerOptions {
  NodeOptions node;
  std::uint16_t port = 8090;  // on 127.0.0.1; 0: any free one
  bool try_next_ports = false;
  bool behind_proxy = false;         // nginx in front (docs/runbooks/server.md)
  bool also_plain = false;           // browsers on this machine reach it past the proxy, too: for a demonstration
  std::vector<std::string> origins;  // as ServeOptions has them
};

// Thread-safe.
class NoticeServer {
 public:
  // Opens the node and listens; DIR/listening says where while it does. Borrows disk, clock and rng. Errors: those of
  // the parts; nothing listens then.
  static Result<std::unique_ptr<NoticeServer>> start(Disk& disk, Clock& clock, Rng& rng, NoticeServerOptions options);
  ~NoticeServer();  // stops: finishes answers, then the node

  NoticeNode& node();
  std::string url() const;
  std::uint16_t port() const;

  struct State;  // private to app/server

 private:
  explicit NoticeServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace scrutineer
