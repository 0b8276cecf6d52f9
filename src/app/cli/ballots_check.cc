#include "app/cli/ballots_check.h"

#include "app/ballots/service.h"
#include "app/cli/arguments.h"
#include "app/cli/terminal.h"
#include "app/disk/posix_disk.h"
#include "core/sorting/reconcile.h"

namespace scrutineer::cli {
namespace {

constexpr std::size_t kTrailBytes = 4u << 20;

int check_proof(Disk& disk, const RecordFile<BallotBatch>& batch, const std::string& path) {
  auto text = read_file(disk, path, kBallotProofBytes);
  if (!text) return complain(text.error());
  auto proof = parse_ballot_proof(*text);
  if (!proof) return complain(placed(proof.error(), path));
  if (proof->batch != batch.id) return tell("NO: the proof is about another batch."), kAnswerIsNo;
  auto good =
      verify_ballot_proof(*proof, NodeHash{batch.body.ballots}, static_cast<std::uint64_t>(batch.body.pictures));
  if (!good) return tell("NO: " + to_string(good.error())), kAnswerIsNo;
  print(proof->opening + "\n");
  tell("good: this ballot is one of the " + std::to_string(batch.body.pictures) + " pictures of the batch.");
  return kGood;
}

int check_pack(Disk& disk, const RecordFile<BallotBatch>& batch, const std::string& order_file,
               const std::string& path) {
  auto order = read_record_file<ReleaseOrder>(disk, order_file);
  if (!order) return complain(order.error());
  if (order->body.batch != batch.id) return tell("NO: the order is about another batch."), kAnswerIsNo;
  auto pack = read_file(disk, path, limits::kBlobBytes);
  if (!pack) return complain(pack.error());
  std::vector<BallotOpening> taken;
  const Problems problems = check_ballot_pack(*pack, order->body, batch.body, &taken);
  for (const Problem& problem : problems.listed()) tell("NO: " + problem.where + ": " + problem.message);
  if (!problems.empty()) return kAnswerIsNo;
  for (const BallotOpening& opening : taken) print(opening_json(opening) + "\n");
  tell("good: " + std::to_string(taken.size()) + " ballots, as ordered and as committed to.");
  return kGood;
}

int check_list(Disk& disk, const RecordFile<BallotBatch>& batch, const std::string& path) {
  auto text = read_file(disk, path, limits::kBlobBytes);
  if (!text) return complain(text.error());
  auto leaves = parse_ballots_manifest(*text);
  if (!leaves) return complain(placed(leaves.error(), path));
  const auto pictures = static_cast<std::int64_t>(leaves->size());
  if (pictures != batch.body.pictures || BallotTree(std::move(*leaves)).root().hash != batch.body.ballots)
    return tell("NO: this list does not have the root that the record signs."), kAnswerIsNo;
  tell("good: the list has the root that the record signs, over " + std::to_string(pictures) + " pictures.");
  return kGood;
}

}  // namespace

int ballots_check(int argc, char** argv) {
  std::string record, proof, pack, order, list;
  auto app =
      new_app("scrutineer ballots check",
              "Checks one ballot's proof, an order's pack or the list of commitments against the signed record of a "
              "batch. Exit 1 where it does not fit. (Whether the record itself counts, scrutineer-verify says.)",
              "scrutineer ballots check --record batch.note --proof ballot.proof");
  app->add_option("--record", record, "the ballot-batch record: a note, or its text")->required();
  app->add_option("--proof", proof, "the proof of one ballot");
  app->add_option("--pack", pack, "what was shown on an order");
  app->add_option("--order", order, "the release-order record, with --pack");
  app->add_option("--list", list, "the list of commitments that the record names");
  if (auto over = parse(*app, argc, argv)) return *over;
  if ((proof.empty() + pack.empty() + list.empty()) != 2 || pack.empty() != order.empty())
    return complain("say one of --proof FILE, --list FILE, or --pack FILE with --order NOTE");
  PosixDisk disk;
  auto batch = read_record_file<BallotBatch>(disk, record);
  if (!batch) return complain(batch.error());
  if (!proof.empty()) return check_proof(disk, *batch, proof);
  return pack.empty() ? check_list(disk, *batch, list) : check_pack(disk, *batch, order, pack);
}

int ballots_reconcile(int argc, char** argv) {
  std::vector<std::string> files;
  std::string lang = "en";
  TrailLimits most;
  auto app = new_app("scrutineer ballots reconcile",
                     "Sorter, review counter, hand count and sheet of a unit against each other "
                     "(docs/formats/paper-trail.md). Exit 1 where something does not fit.",
                     "scrutineer ballots reconcile --lang ko jongno-1.json");
  app->add_option("FILE", files, "a unit's paper trail as JSON")->required();
  app->add_option("--sorter-a-minute", most.sorter_a_minute, "papers that one sorter can take (350)");
  app->add_option("--review-a-minute", most.review_a_minute, "papers that one review counter can take (300)");
  app->add_option("--lang", lang, "ko or en")->one_of({"ko", "en"});
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  std::size_t found = 0;
  for (const std::string& file : files) {
    auto json = read_file(disk, file, kTrailBytes);
    if (!json) return complain(json.error());
    auto trail = parse_paper_trail(*json);
    if (!trail) return complain(placed(trail.error(), file));
    for (const TrailFinding& finding : reconcile_papers(*trail, most)) {
      const Bilingual text = trail_sentence(finding);
      print(trail->unit.value() + " " + trail->contest.value() + " " + std::string(trail_code_name(finding.code)) +
            ": " + (lang == "ko" ? text.ko : text.en) + "\n");
      ++found;
    }
  }
  tell(std::to_string(files.size()) + " units, " + std::to_string(found) + " findings.");
  return found == 0 ? kGood : kAnswerIsNo;
}

int ballots_rates(int argc, char** argv) {
  std::vector<std::string> directories;
  std::string contest, lang = "en";
  RecheckPolicy policy;
  auto app =
      new_app("scrutineer ballots rates",
              "How many papers went to people: by machine, or by option where people have decided. Alarm (exit 1) "
              "where a difference lies wholly beyond the effect size; significance alone is none.",
              "scrutineer ballots rates --contest mayor OUT1 OUT2");
  app->add_option("BATCH", directories, "batch directories")->required();
  app->add_option("--contest", contest, "by option of this contest; left out: by machine");
  app->add_option("--effect", policy.effect_per_mille, "a difference that matters, per mille (10)")->between(0, 1000);
  app->add_option("--confidence", policy.confidence_per_mille, "of all intervals together, per mille (990)")
      ->between(500, 999);
  app->add_option("--lang", lang, "ko or en")->one_of({"ko", "en"});
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  std::vector<BatchFiles> batches;
  for (const std::string& directory : directories) {
    auto batch = read_batch(disk, directory, WithSecret::no);
    if (!batch) return complain(batch.error());
    batches.push_back(std::move(*batch));
  }
  const auto rows = contest.empty() ? recheck_by_machine(batches) : recheck_by_option(batches, ContestId(contest));
  if (rows.empty()) return complain("no paper of these batches has such a contest");
  bool alarm = false;
  for (const RecheckReading& reading : read_rechecks(rows, policy)) {
    const Bilingual text = recheck_sentence(contest.empty() ? RecheckBy::machine : RecheckBy::option, reading, policy);
    print((lang == "ko" ? text.ko : text.en) + "\n");
    alarm |= reading.alarm;
  }
  return alarm ? kAnswerIsNo : kGood;
}

}  // namespace scrutineer::cli
