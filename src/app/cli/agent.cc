// scrutineer agent: a person's key, answering the counting centre's page on this computer.
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "app/agent/agent.h"
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "app/cli/token_choice.h"
#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/http/server.h"
#include "core/base/limits.h"

namespace scrutineer::cli {
namespace {

constexpr std::size_t kTypedBytes = 256;  // of one line at the terminal
constexpr std::size_t kThreads = 8;

struct AgentInput {
  token::TokenChoice token;
  std::string name, key_file, origin;
  std::uint16_t port = agent::kPort;
  bool ask = false, unasked = false;
};

// Memory that is given back is overwritten: a PIN that came through a page lies in buffers that are not ours to wipe.
// No core file, and no other program of this person may look into this one.
void keep_secrets_in() {
  mallopt(M_PERTURB, 0x5a);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

// Only one of them speaks at a time: a signature that is being asked for, a notice, a line that is typed.
class TerminalConsole final : public agent::Console {
 public:
  void show(const std::vector<std::string>& lines) override {
    std::lock_guard lock(mutex_);
    for (const std::string& line : lines) tell(line);
  }
  SecretBytes ask_secret(const std::string& prompt) override {
    std::lock_guard lock(mutex_);
    auto typed = read_passphrase("", prompt, false);
    if (!typed) return tell(typed.error().message), SecretBytes();
    SecretBytes secret = SecretBytes::copy_of(*typed);
    wipe(*typed);
    return secret;
  }
  bool confirm(const std::string& question) override {
    std::lock_guard lock(mutex_);
    auto typed = read_passphrase("", question + " [y/N]", false);
    return typed && (*typed == "y" || *typed == "Y" || *typed == "yes");
  }
  // A line from standard input; nullopt: nothing there, or somebody else is asking just now. `over`: no more will come.
  std::optional<std::string> typed_line(bool& over) {
    std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock) return std::nullopt;
    pollfd input{STDIN_FILENO, POLLIN, 0};
    if (::poll(&input, 1, 0) != 1) return std::nullopt;
    std::string line;
    char c = '\0';
    ssize_t got = 0;
    while ((got = ::read(STDIN_FILENO, &c, 1)) == 1 && c != '\n' && line.size() < kTypedBytes) line += c;
    over = got != 1;
    return line;
  }

 private:
  std::mutex mutex_;
};

Result<std::unique_ptr<agent::KeyHolder>> hold(const AgentInput& in) {
  if (!in.key_file.empty()) {
    PosixDisk disk;
    SCRUTINEER_TRY(Bytes text, read_file(disk, in.key_file, limits::kKeyFileBytes));
    auto file = parse_key_file(text);
    wipe(text);
    if (!file) return tl::unexpected(placed(file.error(), in.key_file));
    return agent::hold_key_file(std::move(*file));
  }
  auto token = token::Token::open(in.token);
  if (!token) return tl::unexpected(said_in_both(token.error()));
  return agent::hold_token(std::move(*token), in.name);
}

// Until SIGINT, SIGTERM or "quit".
void wait_for_the_end(agent::Agent& agent, TerminalConsole& console, int signals) {
  bool listening = true;
  while (true) {
    pollfd waiting[2] = {{signals, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
    int ready = ::poll(waiting, listening ? 2 : 1, -1);
    if (ready < 0) continue;
    if (waiting[0].revents != 0) return;
    if (!listening || waiting[1].revents == 0) continue;
    bool over = false;
    auto line = console.typed_line(over);
    if (!line) {
      // A question stands on the terminal: what is typed now is its answer.
      ::poll(nullptr, 0, 100);
      continue;
    }
    listening = !over;
    if (*line == "quit" || *line == "끝") return;
    if (*line == "go on" || *line == "계속") {
      agent.go_on();
      console.show({"서명을 다시 받습니다 · signing goes on"});
    }
  }
}

int run(const AgentInput& in) {
  keep_secrets_in();
  auto origin = parse_origin(in.origin);
  if (!origin) return complain(placed(origin.error(), "--origin"));
  auto key = hold(in);
  if (!key) return complain(key.error());
  // Blocked before the server starts its threads, so that none of them takes the signal.
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGINT);
  sigaddset(&stop, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  int signals = ::signalfd(-1, &stop, SFD_CLOEXEC);

  TerminalConsole console;
  SystemClock clock;
  agent::Agent agent({*origin, in.ask, in.unasked}, **key, console, clock);
  http::ServerOptions options;
  options.port = in.port;
  options.threads = kThreads;
  options.body_limit = agent::body_limit;
  auto server = http::Server::start(options, [&](const http::Request& request) { return agent.answer(request); });
  if (!server) return complain(server.error());
  agent.serve_at((*server)->port());
  print("Agent: " + (*server)->url() + "\n" + to_string((*key)->vkey()) + "\n");
  tell(origin->text() + " 에서만 서명을 요청할 수 있습니다. 끝내려면 quit. · Only " + origin->text() +
       " may ask for signatures. quit ends.");
  wait_for_the_end(agent, console, signals);
  (*server)->stop();
  ::close(signals);
  return kGood;
}

}  // namespace

int agent_command(int argc, char** argv) {
  AgentInput in;
  auto app =
      new_app("scrutineer agent",
              "Signs with your key what the counting centre's page asks for, after showing it here. Answers on this "
              "computer only, and only that page.",
              "scrutineer agent --pkcs11 /usr/lib/softhsm/libsofthsm2.so --token card --origin https://HOST");
  app->add_option("--pkcs11", in.token.module, "the library of your token's maker (PKCS#11)");
  app->add_option("--token", in.token.token, "the token's label or serial number");
  app->add_option("--token-key", in.token.key, "the key's label on the token, where it has several");
  app->add_option("--name", in.name, "the key's name in notes, where it is not its label on the token");
  app->add_option("--key", in.key_file, "a key file in place of a token");
  app->add_option("--origin", in.origin, "the page that may ask: https://HOST or https://HOST:PORT")->required();
  app->add_option("--port", in.port, "where the page looks for this program (47110)");
  app->add_flag("--ask", in.ask, "type the PIN here at each signature, never in the page");
  app->add_flag("--unasked", in.unasked, "a key file without a passphrase signs without asking: simulations only");
  if (auto over = parse(*app, argc, argv)) return *over;
  if (in.token.module.empty() == in.key_file.empty())
    return complain("say whose key: either --pkcs11 MODULE or --key FILE (see: scrutineer agent --help)");
  return run(in);
}

}  // namespace scrutineer::cli
