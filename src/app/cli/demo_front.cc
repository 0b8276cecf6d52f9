#include "app/cli/demo_front.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "app/cli/tls.h"
#include "app/disk/posix_disk.h"
#include "app/http/client.h"
#include "app/http/socket.h"

namespace scrutineer::cli {
namespace {

constexpr std::uint16_t kPortsTried = 100;
constexpr std::size_t kPageBytes = 1u << 20;
constexpr std::chrono::milliseconds kLook{20};
constexpr std::chrono::seconds kPatience{3};

// It ends with this program, however that ends. A process group of its own: Ctrl-C is for us, and we stop it in turn.
pid_t start_program(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid(), child = ::fork();
  if (child != 0) return child;
  // Between fork and exec: nothing but system calls.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) _exit(1);
  if (int nowhere = ::open("/dev/null", O_RDWR); nowhere >= 0)
    for (int standard : {0, 1, 2}) dup2(nowhere, standard);
  execv(arguments[0], arguments.data());
  _exit(127);
}

bool somebody_listens(std::uint16_t port) {
  return http::connect_to("127.0.0.1", std::to_string(port), std::chrono::steady_clock::now() + kLook).has_value();
}

// With this certificate, and not somebody else who was quicker at the port.
bool answers(const TlsFront& front) {
  http::ClientOptions options;
  options.base = front.url();
  options.base.pop_back();
  options.ca_file = front.authority();
  auto client = http::Client::make(options);
  if (!client) return false;
  auto page = (*client)->get("/desk/sign-in", kPageBytes);
  return page && page->status == 200;
}

}  // namespace

std::string find_nginx() {
  for (const char* path : {"/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx"})
    if (::access(path, X_OK) == 0) return path;
  return {};
}

std::uint16_t free_port_from(std::uint16_t first) {
  for (std::uint16_t i = 0; i < kPortsTried && first + i <= 0xffff; ++i) {
    auto port = static_cast<std::uint16_t>(first + i);
    if (!somebody_listens(port)) return port;
  }
  return 0;
}

Result<std::unique_ptr<TlsFront>> TlsFront::start(const std::string& nginx, const std::string& directory,
                                                  std::uint16_t port, std::uint16_t upstream) {
  PosixDisk disk;
  http::NginxOptions options;
  options.directory = directory;
  options.names = {"localhost", "127.0.0.1"};
  options.listen = "127.0.0.1";
  options.port = port;
  options.upstream = "127.0.0.1:" + std::to_string(upstream);
  std::unique_ptr<TlsFront> front(new TlsFront);
  SCRUTINEER_TRY(CertificatesMade made, write_certificates(disk, directory, options.names));
  SCRUTINEER_CHECKED(write_nginx_config(disk, options));
  front->directory_ = directory;
  front->fingerprint_ = made.fingerprint;
  front->port_ = port;
  const std::string& at = options.directory;
  front->child_ =
      start_program({nginx, "-p", at, "-c", at + "/nginx.conf", "-e", at + "/error.log", "-g", "daemon off;"});
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (front->child_ > 0 && std::chrono::steady_clock::now() < deadline) {
    if (answers(*front)) return front;
    if (waitpid(front->child_, nullptr, WNOHANG) == front->child_) front->child_ = -1;
    std::this_thread::sleep_for(kLook);
  }
  return fail(ErrorCode::busy, "nginx does not answer; " + directory + "/error.log says why");
}

TlsFront::~TlsFront() {
  if (child_ <= 0) return;
  kill(child_, SIGTERM);
  waitpid(child_, nullptr, 0);
}

}  // namespace scrutineer::cli
