#include "tests/http/front.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "app/disk/system.h"
#include "app/http/raw_client_for_test.h"
#include "core/crypto/certificate.h"

namespace scrutineer::http {

namespace {

namespace fs = std::filesystem;
constexpr uid_t kNobody = 65'534;

void write(const std::string& path, std::string_view bytes) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

std::uint16_t free_port() {
  std::uint16_t port = 0;
  const Descriptor taken = listen_on_loopback(port);
  return port;
}

// nginx with this configuration, as nobody where this is root: it is meant to run as an ordinary user.
pid_t start_nginx(const std::string& directory) {
  const char* program = std::getenv("SCRUTINEER_NGINX");
  const std::string config = directory + "/nginx.conf";
  std::vector<std::string> words = {program == nullptr ? "/usr/sbin/nginx" : program,
                                    "-p",
                                    directory,
                                    "-c",
                                    config,
                                    "-e",
                                    directory + "/error.log",
                                    "-g",
                                    "daemon off;"};
  if (geteuid() == 0) words.insert(words.begin(), {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"});
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t pid = -1;
  REQUIRE(posix_spawnp(&pid, arguments[0], nullptr, nullptr, arguments.data(), environ) == 0);
  return pid;
}

void write_certificates(const std::string& directory) {
  SystemRng rng;
  SystemClock clock;
  const std::vector<std::string> names = {"localhost", "127.0.0.1"};
  const Certificate authority = make_authority(names, clock.now(), rng).value();
  const Certificate server = make_server_certificate(authority.pem, authority.key_pem, names, clock.now(), rng).value();
  write(directory + "/ca.pem", authority.pem);
  write(directory + "/server.pem", server.pem);
  write(directory + "/server-key.pem", server.key_pem.view());
  fs::permissions(directory + "/server-key.pem", fs::perms::owner_read | fs::perms::owner_write);
}

void give_to_nobody(const std::string& directory) {
  if (geteuid() != 0) return;
  REQUIRE(chown(directory.c_str(), kNobody, kNobody) == 0);
  for (const auto& entry : fs::recursive_directory_iterator(directory))
    REQUIRE(lchown(entry.path().c_str(), kNobody, kNobody) == 0);
}

}  // namespace

Front::Front(Handler handler, const ServerOptions& server) {
  std::string pattern = (fs::temp_directory_path() / "front-XXXXXX").string();
  REQUIRE(::mkdtemp(pattern.data()) != nullptr);
  top_ = pattern;
  server_ = Server::start(server, std::move(handler)).value();
  options_.directory = top_;
  options_.names = {"localhost", "127.0.0.1"};
  options_.listen = "127.0.0.1";
  options_.port = free_port();
  options_.http_port = free_port();
  options_.upstream = "127.0.0.1:" + std::to_string(server_->port());
  options_.public_directory = bundle();
  options_.body_megabytes = 1;
  write_certificates(top_);
  fs::create_directories(top_ + "/temporary");
  fs::create_directories(bundle());
  write(top_ + "/nginx.conf", nginx_config(options_).value());
  give_to_nobody(top_);
  nginx_ = start_nginx(top_);
  for (int i = 0; i < 500 && !RawClient(options_.port).connected(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

Front::~Front() {
  kill(nginx_, SIGTERM);
  waitpid(nginx_, nullptr, 0);
  server_->stop();
  fs::remove_all(top_);
}

std::string Front::errors() const {
  std::ostringstream text;
  text << std::ifstream(top_ + "/error.log").rdbuf();
  return text.str();
}

std::unique_ptr<Client> Front::client(const std::string& host) const {
  ClientOptions options;
  options.base = "https://" + host + ":" + std::to_string(options_.port);
  options.ca_file = ca_file();
  return Client::make(options).value();
}

std::string Front::say(std::string_view bytes, const std::string& host) const {
  const Deadline deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  auto trust = TlsTrust::make(ca_file()).value();
  auto channel =
      trust->connect(connect_to("127.0.0.1", std::to_string(options_.port), deadline).value(), host, deadline);
  REQUIRE(channel);
  (*channel)->send(bytes, deadline);
  std::string out;
  char buffer[65'536];
  for (std::size_t got = 0; (*channel)->receive(buffer, sizeof buffer, got, deadline) == Got::bytes;)
    out.append(buffer, got);
  return out;
}

}  // namespace scrutineer::http
