// A child process appends to a log on a real disk and says through a pipe what was acknowledged; it is killed with -9
// at a random moment; the log is opened again and must hold everything that was acknowledged. Again and again.
//
//   log_kill9 [ROUNDS]      100 by default, 1,000 with SCRUTINEER_FULL=1
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "app/disk/posix_disk.h"
#include "app/log/check.h"
#include "app/log/log.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr const char* kOrigin = "kill9.example/log";

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "kill9: %s\n", what.c_str());
  std::exit(1);
}
void require(bool holds, const std::string& what) {
  if (!holds) give_up(what);
}

std::unique_ptr<Signer> signer() {
  return make_signer(PrivateKey{KeyType::ed25519, SecretBytes::copy_of(sha256("kill9").view())}).value();
}

LogOptions options() {
  LogOptions out;
  out.id_rows = 1'000;  // so that runs are written and merged while the child dies
  out.mark_entries = 300;
  return out;
}

// What a round's entry number n is; the same in the child and in the parent.
Bytes entry_of(std::uint64_t round, std::uint64_t n) {
  std::string seed = std::to_string(round) + "/" + std::to_string(n);
  Bytes out = seed + ":";
  while (out.size() < (n * 131) % 900) out += sha256(seed).view();
  return out;
}

// One acknowledgement as it goes through the pipe: written whole (below PIPE_BUF).
struct Acknowledged {
  std::uint64_t n = 0;
  std::uint64_t index = 0;
  std::uint64_t covered_by = 0;
};

[[noreturn]] void child(const std::string& directory, std::uint64_t round, int pipe) {
  PosixDisk disk(directory);
  auto key = signer();
  auto log = Log::open(disk, "log", *key, options());
  if (!log) give_up("child: " + to_string(log.error()));
  for (std::uint64_t n = 0;; ++n) {
    auto said = [n, pipe](const Result<Appended>& result) {
      if (!result) give_up("child: " + to_string(result.error()));
      Acknowledged out{n, result->index, result->covered_by};
      if (::write(pipe, &out, sizeof out) != sizeof out) std::_Exit(3);
    };
    while (!(*log)->submit(entry_of(round, n), std::nullopt, said)) ::usleep(100);
    if (n % 50 == 49) ::usleep(200);
  }
}

std::vector<Acknowledged> read_all(int pipe) {
  std::vector<Acknowledged> out;
  Acknowledged one;
  while (::read(pipe, &one, sizeof one) == sizeof one) out.push_back(one);
  return out;
}

// Starts a child, lets it live for a while, kills it; returns what it said.
std::vector<Acknowledged> one_life(const std::string& directory, std::uint64_t round, unsigned microseconds) {
  int ends[2];
  require(::pipe2(ends, O_CLOEXEC) == 0, "no pipe");
  ::fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);  // the child must not wait for a reader
  pid_t pid = ::fork();
  require(pid >= 0, "no child");
  if (pid == 0) child(directory, round, ends[1]);
  ::close(ends[1]);
  ::usleep(microseconds);
  ::kill(pid, SIGKILL);
  std::vector<Acknowledged> said = read_all(ends[0]);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(pid, &status, 0);
  require(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "the child ended before it was killed");
  return said;
}

int run(std::uint64_t rounds) {
  std::string pattern = (std::filesystem::temp_directory_path() / "log-kill9-XXXXXX").string();
  require(::mkdtemp(pattern.data()) != nullptr, "no temporary directory");
  PosixDisk disk(pattern);
  auto key = signer();
  require(Log::create(disk, "log", kOrigin, *key, options()).has_value(), "no log");

  std::mt19937_64 random(20250603);
  Checkpoint last{kOrigin, 0, empty_root()};
  std::uint64_t acknowledged = 0;
  for (std::uint64_t round = 0; round < rounds; ++round) {
    auto said = one_life(pattern, round, static_cast<unsigned>(2'000 + random() % 60'000));
    auto log = Log::open(disk, "log", *key, options());
    if (!log) give_up("round " + std::to_string(round) + ": " + to_string(log.error()));
    const LogReader& reader = (*log)->reader();
    for (const Acknowledged& one : said) {
      auto bytes = reader.entry(one.index);
      require(bytes && *bytes == entry_of(round, one.n),
              "an acknowledged entry is lost, round " + std::to_string(round));
      require(one.covered_by <= reader.size(), "a signed checkpoint is ahead of the log");
    }
    auto proof = reader.consistency_proof(last.size, reader.size());
    Checkpoint now = reader.checkpoint().checkpoint;
    require(proof && verify_consistency(last.size, now.size, last.root, now.root, *proof), "the log forked");
    last = now;
    acknowledged += said.size();
  }
  auto check = check_log(disk, "log");
  if (!check) give_up(to_string(check.error()));
  for (const std::string& problem : check->problems) give_up(problem);
  std::filesystem::remove_all(pattern);
  std::printf("killed %llu times; %llu entries acknowledged, %llu in the log, none lost\n",
              static_cast<unsigned long long>(rounds), static_cast<unsigned long long>(acknowledged),
              static_cast<unsigned long long>(last.size));
  require(acknowledged > 0, "nothing was ever acknowledged: this test tested nothing");
  return 0;
}

}  // namespace
}  // namespace scrutineer

int main(int argc, char** argv) {
  const char* full = std::getenv("SCRUTINEER_FULL");
  std::uint64_t rounds = full != nullptr && std::string_view(full) == "1" ? 1'000 : 100;
  if (argc > 1) rounds = std::strtoull(argv[1], nullptr, 10);
  return scrutineer::run(rounds);
}
