// The log's operator against people who remember: checkpoints that the verifier kept (--seen), and those in proof files
// that a station took home. Without either, what was dropped before anybody saw it cannot be known.
#include <doctest/doctest.h>

#include "core/merkle/tlog_proof.h"
#include "core/verify/manifest.h"
#include "tests/tamper/attack.h"

using namespace scrutineer;
using namespace scrutineer::tamper;

namespace {

// Unit 1 corrects its sheet.
Bytes correction(const Forge& f) {
  const Station& station = f.stations()[0];
  CountSheet sheet = station.sheet;
  sheet.votes[0].second -= 5, sheet.votes[1].second += 5;
  sheet.machine.reset(), sheet.hand.reset();
  sheet.replaces = record_id(entry_text(f.entries[station.entry]));
  sheet.reason = "counted again";
  return f.record(sheet, station.people());
}

// What people kept of the honest log, which has the correction.
struct Kept {
  Files bundle;
  Bytes checkpoint, proof;
  Kept() {
    Forge honest;
    honest.entries.push_back(correction(honest));
    bundle = honest.make();
    checkpoint = bundle.at(kCheckpointPath);
    proof = bundle.at(proof_path(1, 0));
  }
  // A proof file ends in the checkpoint, verbatim: it can be given to --seen.
  Bytes checkpoint_in_proof() const { return to_bytes(parse_tlog_proof(proof).value().checkpoint.note); }
};
const Kept& kept() {
  static Kept made;
  return made;
}

Bytes checkpoint_of(std::uint64_t size, const NodeHash& root, const std::string& origin, const std::string& key) {
  auto signer = make_signer(key_of("1", key)).value();
  return to_bytes(sign_checkpoint(Checkpoint{origin, size, root}, *signer).value());
}

// The same number of entries as the honest log, without the correction.
void fork(Forge& f) {
  f.entries.push_back(f.record(f.stations()[0].sheet, f.stations()[0].people()));
}

}  // namespace

TEST_SUITE("history") {
  TEST_CASE("history: a correction dropped") {
    const Attack rows[] = {
        {"and nobody kept anything: cannot be known", [](Forge&) {}, Answer::unseen},
        {"rolled back, against a checkpoint kept",
         [](Forge& f) {
           f.seen = {{"kept", kept().checkpoint}};
         },
         Answer::refused, CheckId::seen, "rolled back"},
        {"rolled back, against the checkpoint in a proof file kept",
         [](Forge& f) {
           f.seen = {{"kept", kept().checkpoint_in_proof()}};
         },
         Answer::refused, CheckId::seen, "rolled back"},
        {"forked at the same size",
         [](Forge& f) {
           fork(f);
           f.seen = {{"kept", kept().checkpoint}};
         },
         Answer::refused, CheckId::seen, "forked"},
        {"forked and grown larger",
         [](Forge& f) {
           fork(f);
           for (int i = 0; i < 5; ++i) f.entries.push_back(f.entries.back());
           f.seen = {{"kept", kept().checkpoint_in_proof()}};
         },
         Answer::refused, CheckId::seen, "forked"},
        {"one of two checkpoints kept is of the other history",
         [](Forge& f) {
           fork(f);
           Forge same;
           fork(same);
           f.seen = {{"theirs", same.make().at(kCheckpointPath)}, {"ours", kept().checkpoint}};
         },
         Answer::refused, CheckId::seen, "ours | "},
    };
    for (const Attack& attack : rows) try_attack(attack);
  }

  TEST_CASE("history: an honest old bundle is a rollback too") {
    Forge earlier;
    TrustFiles trust = earlier.trust();
    trust.seen = {{"kept", kept().checkpoint}};
    judge({"yesterday's bundle", {}, Answer::refused, CheckId::seen, "rolled back"}, earlier.make(), trust);
  }

  TEST_CASE("history: what was kept must itself be the log's") {
    const Attack rows[] = {
        {"of this very log",
         [](Forge& f) {
           f.seen = {{"kept", Forge().make().at(kCheckpointPath)}};
         },
         Answer::harmless},
        {"of the empty log",
         [](Forge& f) {
           f.seen = {{"kept", checkpoint_of(0, empty_root(), f.log_name, f.log_name)}};
         },
         Answer::harmless},
        {"of the empty log with another root",
         [](Forge& f) {
           f.seen = {{"kept", checkpoint_of(0, NodeHash{}, f.log_name, f.log_name)}};
         },
         Answer::refused, CheckId::seen, "has the empty root"},
        {"signed by somebody else",
         [](Forge& f) {
           f.seen = {{"kept", checkpoint_of(1, NodeHash{}, f.log_name, "root-1")}};
         },
         Answer::refused, CheckId::seen, "not by a log of the policy"},
        {"of another log",
         [](Forge& f) {
           f.seen = {{"kept", checkpoint_of(1, NodeHash{}, "other.example/1", "other.example/1")}};
         },
         Answer::refused, CheckId::seen, "not by a log of the policy"},
    };
    for (const Attack& attack : rows) try_attack(attack);
  }

  // A proof in the present bundle carries the checkpoint under which it was first published.
  TEST_CASE("history: frozen proofs in a bundle whose log was forked") {
    Forge f;
    fork(f);
    f.files = [](Files& out) { out.at(proof_path(1, 0)) = kept().proof; };
    judge(
        {"the station's own proof put back", {}, Answer::refused, CheckId::proofs, "does not continue its checkpoint"},
        f.make(), f.trust());
  }
}
