#include "app/mirror/restore.h"

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/session.h"
#include "app/cli/terminal.h"
#include "app/witness/ask.h"
#include "core/base/limits.h"

namespace scrutineer::cli {
namespace {

// What the witnesses have seen. One that cannot be asked is told and not waited for: there may be no network left.
Result<std::vector<SignedCheckpoint>> ask_all(const std::string& list, const VerifierKey& log) {
  PosixDisk disk;
  std::vector<SignedCheckpoint> seen;
  if (list.empty()) {
    tell("Note: no witness was asked (--witnesses). If this copy is not the newest, going on from it forks the log.");
    return seen;
  }
  SCRUTINEER_TRY(Bytes text, read_file(disk, list, limits::kTrustFileBytes));
  auto witnesses = parse_witnesses(text);
  if (!witnesses) return tl::unexpected(placed(witnesses.error(), list));
  for (const WitnessAddress& witness : *witnesses) {
    auto last = ask_last_seen(witness, log);
    if (!last) {
      tell(witness.key.name + " could not be asked: " + to_string(last.error()));
    } else if (!*last) {
      tell(witness.key.name + " has seen nothing of this log.");
    } else {
      tell(witness.key.name + " has seen " + std::to_string((*last)->checkpoint.size) + " entries.");
      seen.push_back(std::move(**last));
    }
  }
  return seen;
}

}  // namespace

int restore_command(int argc, char** argv) {
  std::string key_file, passphrase_file, trust, witnesses;
  RestoreOptions options;
  auto app = new_app("scrutineer restore",
                     "Makes a server's log directory again from a mirror's copy: everything public, recomputed first. "
                     "Nothing is written unless the copy makes the checkpoint that the log has signed.",
                     "scrutineer restore --from copy --dir log --log-key log.key --trust trust --witnesses witnesses");
  app->add_option("--from", options.from, "the mirror's directory, or a bundle")->required();
  app->add_option("--dir", options.log_directory, "the log directory to make; absent or empty")->required();
  app->add_option("--log-key", key_file, "the log's own key file; kept as LOGDIR/log.key")->required();
  app->add_option("--passphrase-file", passphrase_file, "read the passphrase from the first line of this file");
  app->add_option("--trust", trust, "policy, roots, election; kept as LOGDIR/trust")->required();
  app->add_option("--witnesses", witnesses,
                  "'VKEY URL' a line: whoever has seen more of this log than the copy has keeps it from going on; kept "
                  "as LOGDIR/witnesses");
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto files = read_trust_directory(disk, trust);
  if (!files) return complain(files.error());
  options.trust = std::move(*files);
  auto key = load_key(disk, key_file, passphrase_file);
  if (!key) return complain(key.error());
  auto key_text = read_file(disk, key_file, limits::kKeyFileBytes);
  if (!key_text) return complain(key_text.error());
  auto seen = ask_all(witnesses, key->vkey);
  if (!seen) return complain(seen.error());
  options.seen = std::move(*seen);
  Progress progress("checking and restoring");
  options.progress = [&](std::uint64_t n, std::uint64_t total) { progress.update(n, total); };
  auto done = restore_log(disk, *key, *key_text, options);
  wipe(*key_text);
  if (!done) return complain(done.error()), kAnswerIsNo;
  progress.finish();
  if (!witnesses.empty()) {
    auto list = read_file(disk, witnesses, limits::kTrustFileBytes);
    auto kept = list ? write_file(disk, options.log_directory + "/witnesses", *list, Durability::durable)
                     : Status(tl::unexpected(list.error()));
    if (!kept) return complain(kept.error());
  }
  print(std::to_string(done->checkpoint.size) + " " + to_base64(done->checkpoint.root.view()) + "\n");
  tell("Restored: " + std::to_string(done->checkpoint.size) + " entries and " + std::to_string(done->blobs) +
       " blobs; the root is that of the mirrored checkpoint.");
  if (done->blobs_missing > 0)
    tell(std::to_string(done->blobs_missing) +
         " blobs that records name are not in the copy: look for them elsewhere.");
  return kGood;
}

}  // namespace scrutineer::cli
