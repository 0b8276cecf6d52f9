#include "app/ballots/service.h"
#include "app/cli/arguments.h"
#include "app/cli/ballots_check.h"
#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "app/disk/posix_disk.h"
#include "app/projection/log_directory.h"
#include "core/crypto/hash.h"

namespace scrutineer::cli {
namespace {

struct Target {
  std::string out, log_directory, election;
};

// Below `out`, as a publisher takes it; and where the log keeps its files.
Status put_blob(Disk& disk, const Target& to, BytesView bytes) {
  SCRUTINEER_CHECKED(keep_blob(disk, to.out, bytes));
  return to.log_directory.empty() ? Status() : keep_blob(disk, to.log_directory, bytes);
}

Result<RecordId> election_of(const std::string& text, const std::optional<RecordId>& stated) {
  auto named = hash_from_hex(text);
  if (!text.empty() && !named) return fail(ErrorCode::invalid_argument, "an election is named by 64 hex digits");
  if (named && stated && *stated != RecordId{*named})
    return fail(ErrorCode::conflict, "the batch was scanned for another election: " + to_hex(*stated));
  if (named) return RecordId{*named};
  if (stated) return *stated;
  return fail(ErrorCode::invalid_argument, "batch.json names no election: say --election ID");
}

Status write_text(Disk& disk, const std::string& path, const Record& record) {
  const std::string text = record_text(record);
  SCRUTINEER_CHECKED(read_record_text(text).map([](const Record&) {}));
  SCRUTINEER_CHECKED(write_file(disk, path, text, Durability::durable));
  print(to_hex(record_id(text)) + "  " + path + "\n");
  return {};
}

Status record_batches(Disk& disk, const std::vector<std::string>& directories, const Target& to, PublishVotes wanted,
                      const std::string& replaces, const std::string& reason) {
  std::vector<BatchFiles> batches;
  std::vector<std::int64_t> sheets;
  for (const std::string& directory : directories) {
    SCRUTINEER_TRY(BatchFiles batch, read_batch(disk, directory, WithSecret::yes));
    if (!batches.empty() && batch.info.unit != batches[0].info.unit)
      return fail(ErrorCode::invalid_argument, "give all batches of one unit, and of no other", directory);
    SCRUTINEER_TRY(BatchCounts counts, machine_counts(batch));
    sheets.push_back(counts.sheets);
    batches.push_back(std::move(batch));
  }
  const bool votes = wanted == PublishVotes::yes && may_publish_votes(sheets);
  if (wanted == PublishVotes::yes && !votes)
    tell("One batch has fewer than 100 papers: the records give no votes by option.");
  SCRUTINEER_CHECKED(disk.make_directories(to.out));
  for (std::size_t i = 0; i < batches.size(); ++i) {
    SCRUTINEER_TRY(RecordId election, election_of(to.election, batches[i].info.election));
    SCRUTINEER_TRY(BatchRecord made, make_batch_record(batches[i], votes ? PublishVotes::yes : PublishVotes::no));
    if (!replaces.empty()) {
      auto replaced = hash_from_hex(replaces);
      if (!replaced) return fail(ErrorCode::invalid_argument, "a record is named by 64 hex digits");
      made.body.replaces = RecordId{*replaced};
      made.body.reason = reason;
    }
    SCRUTINEER_CHECKED(put_blob(disk, to, made.manifest));
    SCRUTINEER_CHECKED(write_text(disk, to.out + "/batch-" + std::to_string(i + 1) + ".txt",
                                  Record{election, std::nullopt, std::move(made.body)}));
  }
  return {};
}

int record(int argc, char** argv) {
  std::vector<std::string> directories;
  Target to;
  std::string replaces, reason;
  bool votes = false;
  auto app =
      new_app("scrutineer ballots record",
              "Writes the ballot-batch record of each batch directory, to be signed by the machine's key (note sign), "
              "and the list of commitments that it names. Give all batches of a unit together: small ones keep the "
              "votes of all of them unpublished.",
              "scrutineer ballots record --out records --log log scans/jongno-1");
  app->add_option("BATCH", directories, "batch directories of one unit")->required();
  app->add_option("--out", to.out, "a directory for the records and blobs")->required();
  app->add_option("--log", to.log_directory, "keep the lists in this log directory, too");
  app->add_option("--election", to.election, "record id of the definition, where batch.json does not name it");
  app->add_flag("--votes", votes, "give the votes of each option, too: only once the chair has announced the unit");
  auto* replaced = app->add_option("--replaces", replaces, "a batch that this one replaces: it was fed again");
  app->add_option("--reason", reason, "why")->needs(replaced);
  if (auto over = parse(*app, argc, argv)) return *over;
  if (!replaces.empty() && (reason.empty() || directories.size() > 1))
    return complain("--replaces needs one batch and a --reason");
  PosixDisk disk;
  auto done = record_batches(disk, directories, to, votes ? PublishVotes::yes : PublishVotes::no, replaces, reason);
  return done ? kGood : complain(done.error());
}

// A directory with its secret, and the record about it.
struct Opened {
  BatchFiles batch;
  RecordFile<BallotBatch> record;
  CommittedBatch committed;
};
Result<Opened> open_batch(Disk& disk, const std::string& directory, const std::string& record_file) {
  SCRUTINEER_TRY(auto record, read_record_file<BallotBatch>(disk, record_file));
  SCRUTINEER_TRY(BatchFiles batch, read_batch(disk, directory, WithSecret::yes));
  SCRUTINEER_TRY(CommittedBatch committed, commit_batch(batch));
  if (committed.tree.root().hash != record.body.ballots)
    return fail(ErrorCode::conflict, "this directory is not the batch that the record is about: another root",
                directory);
  return Opened{std::move(batch), std::move(record), std::move(committed)};
}

int prove(int argc, char** argv) {
  std::string directory, record_file, ballot, out;
  auto app =
      new_app("scrutineer ballots prove",
              "Proves that one ballot is in a batch. The proof shows its reading: hand it only to whom it is for.",
              "scrutineer ballots prove --batch scans/jongno-1 --record batch.note --ballot ID --out ballot.proof");
  app->add_option("--batch", directory, "the batch directory")->required();
  app->add_option("--record", record_file, "the ballot-batch record: a note, or its text")->required();
  app->add_option("--ballot", ballot, "the ballot's id")->required();
  app->add_option("--out", out, "the proof")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto opened = open_batch(disk, directory, record_file);
  if (!opened) return complain(opened.error());
  auto proof = prove_ballot(opened->batch, opened->committed, opened->record.id, opened->record.body, BallotId(ballot));
  if (!proof) return complain(proof.error());
  if (auto written = write_file(disk, out, ballot_proof_text(*proof), Durability::durable); !written)
    return complain(written.error());
  return kGood;
}

int order(int argc, char** argv) {
  std::string directory, record_file, out;
  std::vector<std::string> ballots;
  ReleaseOrder body;
  auto app =
      new_app("scrutineer ballots order",
              "Writes a release-order record over ballots that are named by their ids, to be signed by whoever may "
              "order it.",
              "scrutineer ballots order --batch scans/jongno-1 --record batch.note --ballot ID --authority \"Court, "
              "2026-1\" --reason recount --out order.txt");
  app->add_option("--batch", directory, "the batch directory")->required();
  app->add_option("--record", record_file, "the ballot-batch record: a note, or its text")->required();
  app->add_option("--ballot", ballots, "a ballot's id; may be given several times")->required();
  app->add_option("--authority", body.authority, "whose decision, its date and number")->required();
  app->add_option("--reason", body.reason, "why")->required();
  app->add_option("--out", out, "the record's text")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto opened = open_batch(disk, directory, record_file);
  if (!opened) return complain(opened.error());
  body.batch = opened->record.id;
  for (const std::string& id : ballots) {
    auto place = opened->committed.place.find(id);
    if (place == opened->committed.place.end()) return complain("the batch has no ballot " + id);
    body.ballots.push_back(opened->committed.tree.leaves()[place->second]);
  }
  auto written = write_text(disk, out, Record{opened->record.election, std::nullopt, std::move(body)});
  return written ? kGood : complain(written.error());
}

int release(int argc, char** argv) {
  std::string directory, record_file, order_file;
  Target to;
  auto app =
      new_app("scrutineer ballots release",
              "Packs the masked pictures and proofs of the ballots that an order names, and writes the image-release "
              "record about the pack, to be signed. Refuses single ballots of a batch of fewer than 100 papers.",
              "scrutineer ballots release --batch scans/jongno-1 --record batch.note --order order.note --out shown");
  app->add_option("--batch", directory, "the batch directory")->required();
  app->add_option("--record", record_file, "the ballot-batch record: a note, or its text")->required();
  app->add_option("--order", order_file, "the release-order record: a note")->required();
  app->add_option("--out", to.out, "a directory for the pack and the record")->required();
  app->add_option("--log", to.log_directory, "keep the pack in this log directory, too");
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto ordered = read_record_file<ReleaseOrder>(disk, order_file);
  if (!ordered) return complain(ordered.error());
  auto opened = open_batch(disk, directory, record_file);
  if (!opened) return complain(opened.error());
  auto pack = make_release(disk, opened->batch, opened->record.id, opened->record.body, ordered->body);
  if (!pack) return complain(pack.error());
  const BlobRef blob{blob_hash(*pack), static_cast<std::int64_t>(pack->size()), "application/x-tar"};
  auto done = [&]() -> Status {
    SCRUTINEER_CHECKED(disk.make_directories(to.out));
    SCRUTINEER_CHECKED(write_file(disk, to.out + "/pack.tar", *pack, Durability::durable));
    SCRUTINEER_CHECKED(put_blob(disk, to, *pack));
    return write_text(disk, to.out + "/release.txt",
                      Record{ordered->election, std::nullopt,
                             ImageRelease{ordered->id, blob, static_cast<std::int64_t>(ordered->body.ballots.size())}});
  }();
  return done ? kGood : complain(done.error());
}

constexpr const char* kUsage =
    "scrutineer ballots print --election DIR --out FILE.pdf     blank papers, to be printed\n"
    "scrutineer ballots draw --election DIR --papers N --out DIR  marked papers as scans, with what is on each\n"
    "scrutineer ballots record --out DIR BATCH...      the record of a unit's batches of scanned papers\n"
    "scrutineer ballots prove --batch BATCH --record NOTE --ballot ID --out FILE\n"
    "scrutineer ballots order --batch BATCH --record NOTE --ballot ID --authority WHOSE --reason WHY --out FILE\n"
    "scrutineer ballots release --batch BATCH --record NOTE --order NOTE --out DIR\n"
    "scrutineer ballots check --record NOTE (--proof FILE | --list FILE | --pack FILE --order NOTE)\n"
    "scrutineer ballots rates BATCH...                 how many papers went to people, by machine or option\n"
    "scrutineer ballots reconcile FILE...              sorter, review counter, hands and sheet of a unit\n\n"
    "Example:\n  scrutineer ballots record --out records --log log scans/jongno-1\n";

}  // namespace

int ballots_command(int argc, char** argv) {
  const std::string word = subcommand(argc, argv);
  if (word == "print") return ballots_print(argc - 1, argv + 1);
  if (word == "draw") return ballots_draw(argc - 1, argv + 1);
  if (word == "record") return record(argc - 1, argv + 1);
  if (word == "prove") return prove(argc - 1, argv + 1);
  if (word == "order") return order(argc - 1, argv + 1);
  if (word == "release") return release(argc - 1, argv + 1);
  if (word == "check") return ballots_check(argc - 1, argv + 1);
  if (word == "rates") return ballots_rates(argc - 1, argv + 1);
  if (word == "reconcile") return ballots_reconcile(argc - 1, argv + 1);
  if (word == "--help" || word == "-h") return print(kUsage), kGood;
  return complain("say what to do with ballots (see: scrutineer ballots --help)");
}

}  // namespace scrutineer::cli
