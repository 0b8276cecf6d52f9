// One running server: a log that takes records, pages that follow it, and the desk of a counting centre. Wires the
// parts together behind one HTTP handler; docs/formats/desk.md lists the addresses.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/http/server.h"
#include "core/base/clock.h"
#include "core/base/disk.h"
#include "core/note/key_file.h"

namespace scrutineer {

struct ServeOptions {
  std::string log_directory;
  std::string bundle;         // the published directory
  std::uint16_t port = 8080;  // on 127.0.0.1
  bool try_next_ports = false;
  bool behind_proxy = false;  // nginx in front (docs/runbooks/server.md)
  bool also_plain = false;    // browsers on this machine reach it past the proxy, too: for a demonstration
  std::vector<std::string>
      origins;       // of the addresses under which browsers reach it; its own is added where it is not behind a proxy
  std::string name;  // of this server or counting centre, as pages say it; empty: the log's origin
  std::string data_lang;    // BCP 47 tag of names in the data
  std::string upstream;     // a counting centre: where its records go; empty: this is the server
  std::string upstream_ca;  // PEM, for https
  std::string papers;       // a batch directory, or a directory of them: people decide on its papers; empty: none
  std::size_t threads = 2;
  std::function<void(const char* phase, std::uint64_t done, std::uint64_t total)> progress;  // of the first publication
  std::function<void(const std::string& line)> tell;  // for the operator's terminal; never personal data
};

// Thread-safe.
class ElectionServer {
 public:
  // Opens LOGDIR, folds it, publishes everything once, and listens. Borrows disk, clock and rng. `publisher` signs
  // claims and manifests. Errors: those of the parts; nothing listens then.
  static Result<std::unique_ptr<ElectionServer>> start(Disk& disk, Clock& clock, Rng& rng, Signer& log_key,
                                                       const NamedKey* publisher, ServeOptions options);
  ~ElectionServer();  // stops: finishes answers, publishes what came in, closes the log

  // The published directory must not change while somebody reads all of it: held during the call.
  void while_it_stands(const std::function<void()>& look);

  std::string url() const;
  std::uint16_t port() const;

  struct State;  // private to app/server

 private:
  explicit ElectionServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace scrutineer
