// A server with nginx in front, as `scrutineer ca` and `scrutineer nginx` set it up, for one test.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "app/http/channel.h"
#include "app/http/client.h"
#include "app/http/nginx.h"
#include "app/http/server.h"

namespace scrutineer::http {

class Front {
 public:
  Front(Handler handler, const ServerOptions& server);
  ~Front();
  Front(const Front&) = delete;
  Front& operator=(const Front&) = delete;

  std::uint16_t port() const { return options_.port; }
  std::uint16_t http_port() const { return options_.http_port; }
  void stop_server() { server_->stop(); }
  std::string bundle() const { return top_ + "/bundle"; }
  std::string ca_file() const { return top_ + "/ca.pem"; }
  std::string errors() const;  // what nginx has complained about

  std::unique_ptr<Client> client(const std::string& host = "localhost") const;
  // These bytes through TLS, and everything that comes back until the other side closes or nothing more comes.
  std::string say(std::string_view bytes, const std::string& host = "localhost") const;

 private:
  std::string top_;
  std::unique_ptr<Server> server_;
  NginxOptions options_;
  pid_t nginx_ = -1;
};

}  // namespace scrutineer::http
