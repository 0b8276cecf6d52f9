#include <filesystem>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "app/cli/tls.h"
#include "app/disk/posix_disk.h"

namespace scrutineer::cli {
namespace {

std::string absolute(const std::string& path) {
  if (path.empty()) return path;
  std::error_code ignored;
  const std::string full = std::filesystem::absolute(path, ignored).lexically_normal().string();
  return full.size() > 1 && full.ends_with('/') ? full.substr(0, full.size() - 1) : full;
}

}  // namespace

Status write_nginx_config(Disk& disk, http::NginxOptions& options) {
  options.directory = absolute(options.directory);
  options.public_directory = absolute(options.public_directory);
  SCRUTINEER_TRY(const std::string text, http::nginx_config(options));
  SCRUTINEER_CHECKED(disk.make_directories(options.directory + "/temporary"));
  return write_file(disk, options.directory + "/nginx.conf", text, Durability::durable);
}

int nginx_command(int argc, char** argv) {
  http::NginxOptions options;
  auto app =
      new_app("scrutineer nginx",
              "Writes DIR/nginx.conf for an nginx in front of 'scrutineer serve': TLS, limits for each client, slow "
              "clients, the public's files. It runs as an ordinary user, with the certificate of 'scrutineer ca'.",
              "scrutineer nginx --dir tls --name centre.example --port 8443 --upstream 127.0.0.1:8080 "
              "--public bundle");
  app->add_option("--dir", options.directory, "with server.pem and server-key.pem; nginx.conf goes there")->required();
  app->add_option("--name", options.names, "a name or address of the server; may be given again")->required();
  app->add_option("--listen", options.listen, "the address to listen on")->shows_default();
  app->add_option("--port", options.port, "for https")->shows_default();
  app->add_option("--http-port", options.http_port, "also listen here and send everybody to https; 0: do not")
      ->shows_default();
  app->add_option("--upstream", options.upstream, "where 'scrutineer serve' listens")->shows_default();
  app->add_option("--public", options.public_directory, "the published bundle, served from the disk");
  app->add_option("--body-megabytes", options.body_megabytes, "the largest request")->shows_default();
  app->add_option("--rate", options.requests_a_second, "requests a second from one address")->shows_default();
  app->add_option("--at-once", options.requests_at_once, "requests at once from one address")->shows_default();
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  if (Status written = write_nginx_config(disk, options); !written) return complain(written.error());
  print(options.directory + "/nginx.conf\n");
  tell("Start it / 시작하기: nginx -p " + options.directory + " -c " + options.directory + "/nginx.conf");
  return kGood;
}

}  // namespace scrutineer::cli
