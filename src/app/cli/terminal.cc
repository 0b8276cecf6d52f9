#include "app/cli/terminal.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>

#include "app/disk/posix_disk.h"
#include "core/base/limits.h"
#include "core/crypto/secret.h"

namespace scrutineer::cli {
namespace {

constexpr int kBarWidth = 30;
constexpr std::chrono::milliseconds kRedraw{80};

// Turns the echo of a terminal off while it lives.
class NoEcho {
 public:
  explicit NoEcho(int terminal) : terminal_(terminal) {
    good_ = tcgetattr(terminal_, &before_) == 0;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (good_) tcsetattr(terminal_, TCSAFLUSH, &quiet);
  }
  ~NoEcho() {
    if (good_) tcsetattr(terminal_, TCSAFLUSH, &before_);
  }

 private:
  int terminal_;
  termios before_{};
  bool good_ = false;
};

Result<std::string> ask(const std::string& prompt) {
  int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (terminal < 0)
    return fail(ErrorCode::not_found,
                "there is no terminal to type a passphrase at: use --passphrase-file FILE, or --no-passphrase");
  std::string line;
  {
    NoEcho quiet(terminal);
    [[maybe_unused]] auto written = ::write(terminal, prompt.data(), prompt.size());
    for (char c; ::read(terminal, &c, 1) == 1 && c != '\n' && line.size() < 1'024;) line += c;
    written = ::write(terminal, "\n", 1);
  }
  ::close(terminal);
  return line;
}

}  // namespace

int complain(const std::string& sentence) {
  std::fprintf(stderr, "scrutineer: %s\n", sentence.c_str());
  return kCouldNotRun;
}
int complain(const Error& error) {
  return complain(to_string(error));
}

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

void tell(std::string_view line) {
  std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
}

Progress::Progress(std::string phase)
    : phase_(std::move(phase)), start_(std::chrono::steady_clock::now()), drawn_(start_), terminal_(isatty(2) == 1) {
  if (terminal_) draw(0, 0);
}

Progress::~Progress() {
  finish();
}

double Progress::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void Progress::draw(std::uint64_t done, std::uint64_t total) {
  int filled = total == 0 ? 0 : static_cast<int>(done * kBarWidth / total);
  std::string bar(static_cast<std::size_t>(filled), '#');
  bar.resize(kBarWidth, '.');
  std::fprintf(stderr, "\r  %-28s [%s] %3d%%", phase_.c_str(), bar.c_str(),
               total == 0 ? 0 : static_cast<int>(done * 100 / total));
}

void Progress::update(std::uint64_t done, std::uint64_t total) {
  std::lock_guard lock(mutex_);
  auto now = std::chrono::steady_clock::now();
  if (!terminal_ || now - drawn_ < kRedraw) return;
  drawn_ = now;
  draw(done, total);
}

void Progress::finish(const std::string& summary) {
  std::lock_guard lock(mutex_);
  if (finished_) return;
  finished_ = true;
  std::string bar(kBarWidth, '#');
  if (terminal_)
    std::fprintf(stderr, "\r  %-28s [%s] 100%%  %5.1f s  %s\n", phase_.c_str(), bar.c_str(), seconds(),
                 summary.c_str());
  else
    std::fprintf(stderr, "  %-28s %5.1f s  %s\n", phase_.c_str(), seconds(), summary.c_str());
}

Result<std::string> read_passphrase(const std::string& file, const std::string& prompt, bool confirm) {
  if (!file.empty()) {
    PosixDisk disk;
    SCRUTINEER_TRY(std::string text, read_file(disk, file, limits::kKeyFileBytes));
    text.resize(std::min(text.find('\n'), text.size()));
    return text;
  }
  SCRUTINEER_TRY(std::string first, ask(prompt + ": "));
  if (!confirm) return first;
  SCRUTINEER_TRY(std::string second, ask(prompt + " (again): "));
  bool same = equal_constant_time(first, second);
  wipe(second);
  if (!same) return fail(ErrorCode::invalid_argument, "the two passphrases differ: nothing was written");
  return first;
}

}  // namespace scrutineer::cli
