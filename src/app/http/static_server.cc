#include "app/http/static_server.h"

namespace scrutineer::http {

namespace {

constexpr std::size_t kThreads = 16;

class DirectoryServer final : public StaticServer {
 public:
  explicit DirectoryServer(std::unique_ptr<StaticFiles> files) : files_(std::move(files)) {}
  ~DirectoryServer() override { stop(); }

  Status listen(std::uint16_t port) {
    ServerOptions options;
    options.port = port;
    options.try_next_ports = true;
    options.threads = kThreads;
    SCRUTINEER_TRY(server_, Server::start(options, [this](const Request& request) { return files_->answer(request); }));
    return {};
  }
  std::uint16_t port() const override { return server_->port(); }
  void stop() override {
    if (server_) server_->stop();
  }

 private:
  std::unique_ptr<StaticFiles> files_;
  std::unique_ptr<Server> server_;  // stops before the files go
};

}  // namespace

Result<std::unique_ptr<StaticServer>> StaticServer::start(const std::string& directory, std::uint16_t port) {
  SCRUTINEER_TRY(auto files, StaticFiles::open(directory));
  auto server = std::make_unique<DirectoryServer>(std::move(files));
  SCRUTINEER_CHECKED(server->listen(port));
  return server;
}

}  // namespace scrutineer::http
