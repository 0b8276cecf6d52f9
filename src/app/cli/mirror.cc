#include "app/mirror/mirror.h"

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/stop.h"
#include "app/cli/terminal.h"
#include "app/disk/posix_disk.h"
#include "core/verify/source.h"

namespace scrutineer::cli {
namespace {

std::string witnessed_words(const Witnessing& witnessing) {
  std::string out = "witnessed by " + std::to_string(witnessing.cosigned) + " of " + std::to_string(witnessing.known);
  if (witnessing.quorum_required && !witnessing.quorum_met) out += ", FEWER THAN THE POLICY ASKS FOR";
  return out;
}

void show(const Mirrored& done, bool always) {
  const std::uint64_t fresh = done.checkpoint.size - done.had;
  if (!always && fresh == 0 && done.blobs == 0 && !done.trouble) return;
  print(std::to_string(done.checkpoint.size) + " " + to_base64(done.checkpoint.root.view()) + "\n");
  tell("Verified: " + std::to_string(done.checkpoint.size) + " entries, " + std::to_string(fresh) + " of them new; " +
       std::to_string(done.blobs) + " new blobs; " + witnessed_words(done.witnessing) + ".");
  if (done.missing > 0)
    tell(std::to_string(done.missing) +
         " blobs that records name are not served (yet): they are asked for again the next time.");
  if (done.trouble) tell("Fetching blobs ended early: " + to_string(*done.trouble));
}

// How one update ended: nullopt to go on, else the exit code.
std::optional<int> judge(const Result<Mirrored>& done, bool follow, bool first) {
  if (done) {
    show(*done, first || !follow);
    if (follow) return std::nullopt;
    return done->trouble ? kCouldNotRun : kGood;
  }
  complain(done.error());
  switch (done.error().code) {
    case ErrorCode::conflict: return kAnswerIsNo;  // a fork: going on would bury it
    case ErrorCode::disk_full: return kCouldNotRun;
    case ErrorCode::io_error:
    case ErrorCode::not_found: break;
    default:  // what is served may be better the next time
      if (!follow) return kAnswerIsNo;
  }
  if (follow) return std::nullopt;
  return kCouldNotRun;
}

}  // namespace

int mirror_command(int argc, char** argv) {
  std::string url, directory, trust;
  std::uint32_t follow = 0;
  MirrorHttpOptions options;
  auto app = new_app("scrutineer mirror",
                     "Keeps a verified copy of a log that somebody serves: everything is recomputed, and a log that "
                     "was changed, forked or rolled back is refused with the proof kept in DIR/evidence. Any static "
                     "web server can carry DIR; 'scrutineer restore' makes a server's log from it.",
                     "scrutineer mirror https://results.example copy --trust trust --follow 10");
  app->add_option("URL", url, "where the log's 'checkpoint' is served")->required();
  app->add_option("DIR", directory, "the copy; made where it is absent, gone on with where it is there")->required();
  app->add_option("--trust", trust, "what you were given out of band: policy, roots, election")->required();
  app->add_option("--follow", follow, "look again so many seconds after each time, until stopped")->between(1, 86'400);
  app->add_option("--ca-file", options.ca_file, "PEM file of the authorities to believe, in place of the system's");
  if (auto over = parse(*app, argc, argv)) return *over;
  StopSignals stop;
  PosixDisk disk;
  auto files = read_trust_directory(disk, trust);
  if (!files) return complain(files.error());
  auto policy = parse_policy(files->policy);
  if (!policy) return complain(placed(policy.error(), trust + "/policy"));
  auto source = http_mirror_source(url, options);
  if (!source) return complain(source.error());
  auto mirror = Mirror::open(disk, directory, std::move(*policy));
  if (!mirror) return complain(mirror.error());
  for (bool first = true;; first = false) {
    Result<Mirrored> done = fail(ErrorCode::not_found, "");
    {
      std::optional<Progress> progress;
      done = (*mirror)->update(**source, [&](std::uint64_t n, std::uint64_t total) {
        if (!progress) progress.emplace("copying");
        progress->update(n, total);
      });
      if (progress) progress->finish();
    }
    if (auto code = judge(done, follow > 0, first)) return *code;
    if (stop.wait_for(std::chrono::seconds(follow))) return kGood;
  }
}

}  // namespace scrutineer::cli
