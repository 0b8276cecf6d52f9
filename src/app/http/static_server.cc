// The one place that includes <httplib.h>. Every request is answered before the library's own routing.
#include "app/http/static_server.h"

#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "app/http/file_rules.h"
#include "app/http/open_below.h"

namespace scrutineer::http {

namespace {

constexpr std::size_t kThreads = 32;      // an idle connection holds one, for at most kIdleSeconds
constexpr std::size_t kBodyBytes = 1024;  // of a request: nothing here reads one
constexpr std::size_t kChunkBytes = 256 << 10;
constexpr time_t kIdleSeconds = 2;
constexpr time_t kSlowSeconds = 10;  // to read or write one piece

using Handled = httplib::Server::HandlerResponse;

void refuse(httplib::Response& response, int status, const char* sentence) {
  response.status = status;
  response.set_content(std::string(sentence) + "\n", "text/plain; charset=utf-8");
}

// The status stays the library's: 200, or 206 for a range.
void send_file(httplib::Response& response, OpenedFile opened, std::string_view type) {
  if (opened.size == 0) {
    response.set_content("", std::string(type));
    return;
  }
  auto file = std::make_shared<Descriptor>(std::move(opened.descriptor));
  response.set_content_provider(opened.size, std::string(type),
                                [file](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                                  std::string chunk(std::min(length, kChunkBytes), '\0');
                                  const std::int64_t got = read_at(*file, offset, chunk.data(), chunk.size());
                                  return got > 0 && sink.write(chunk.data(), static_cast<std::size_t>(got));
                                });
}

std::string joined(const std::vector<std::string>& parts) {
  std::string path;
  for (const std::string& part : parts) path.append(path.empty() ? "" : "/").append(part);
  return path;
}

void answer(const Descriptor& root, const httplib::Request& request, httplib::Response& response) {
  for (const Header& header : kStrictHeaders) response.set_header(header.name, header.value);
  if (request.method != "GET" && request.method != "HEAD") {
    response.set_header("Allow", "GET, HEAD");
    response.set_header("Connection", "close");
    return refuse(response, 405, "Only GET and HEAD.");
  }
  const auto parts = path_parts(request.path);
  if (!parts) return refuse(response, 404, "There is no such file.");
  OpenedFile opened = open_below(root, *parts);
  const std::string path = joined(*parts);
  if (opened.what == Opened::directory && address_safe(parts->back())) {
    response.set_header("Location", "./" + parts->back() + "/");  // with the slash, so that relative links work
    return refuse(response, 301, "The address ends in a slash.");
  }
  if (opened.what != Opened::file) return refuse(response, 404, "There is no such file.");
  response.set_header("Cache-Control", std::string(cache_control(path)));
  send_file(response, std::move(opened), content_type(path));
}

class HttplibServer final : public StaticServer {
 public:
  explicit HttplibServer(Descriptor root) : root_(std::move(root)) {
    server_.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    // Not the library's own choice, SO_REUSEPORT, under which two servers share a port without knowing.
    server_.set_socket_options([](socket_t socket) {
      const int yes = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    server_.set_payload_max_length(kBodyBytes);
    server_.set_keep_alive_timeout(kIdleSeconds);
    server_.set_read_timeout(kSlowSeconds);
    server_.set_write_timeout(kSlowSeconds);
    server_.set_tcp_nodelay(true);
    server_.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      answer(root_, request, response);
      return Handled::Handled;
    });
  }

  ~HttplibServer() override { stop(); }

  bool bind(std::uint16_t first) {
    if (first == 0) {
      const int any = server_.bind_to_any_port("127.0.0.1");
      port_ = static_cast<std::uint16_t>(std::max(any, 0));
      return any > 0;
    }
    for (int port = first; port <= first + kPortsTried && port <= 0xffff; ++port) {
      if (!server_.bind_to_port("127.0.0.1", port)) continue;
      port_ = static_cast<std::uint16_t>(port);
      return true;
    }
    return false;
  }

  void listen() {
    thread_ = std::thread([this] {
      server_.listen_after_bind();
      ended_ = true;
    });
    while (!server_.is_running() && !ended_) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }

  std::uint16_t port() const override { return port_; }

  void stop() override {
    if (!thread_.joinable()) return;
    server_.stop();
    thread_.join();
  }

 private:
  Descriptor root_;
  httplib::Server server_;
  std::thread thread_;
  std::atomic<bool> ended_ = false;
  std::uint16_t port_ = 0;
};

}  // namespace

Result<std::unique_ptr<StaticServer>> StaticServer::start(const std::string& directory, std::uint16_t port) {
  Descriptor root = open_root(directory);
  if (!root.open()) return fail(ErrorCode::not_found, "There is no such directory to serve.", directory);
  auto server = std::make_unique<HttplibServer>(std::move(root));
  if (!server->bind(port))
    return fail(ErrorCode::busy, "No free port on 127.0.0.1 from " + std::to_string(port) + " on.");
  server->listen();
  return server;
}

}  // namespace scrutineer::http
