#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/folded.h"
#include "app/cli/terminal.h"
#include "app/disk/posix_disk.h"
#include "app/reconcile/service.h"

namespace scrutineer::cli {
namespace {

struct Wanted {
  std::string log_directory, with, contest, csv, json, order = "size", lang = "en";
  bool concurrent = false;
  std::size_t rows = 40;
};

// "observer.csv" of "uploads/observer.csv"
std::string file_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

Result<Reconciliation> compare(const Wanted& wanted, const FoldedLog& folded, Problems& problems) {
  if (wanted.concurrent) return reconcile_concurrent(folded.tally());
  std::optional<ContestIndex> contest;
  if (!wanted.contest.empty()) {
    SCRUTINEER_TRY(contest, contest_named(*folded.election, wanted.contest));
  }
  PosixDisk disk;
  SCRUTINEER_TRY(Bytes bytes, read_file(disk, wanted.with, limits::kCsvFileBytes));
  auto other = read_other(*folded.election, contest, bytes, file_name(wanted.with), limits::kCsvFileBytes, problems);
  if (!other)
    return fail(ErrorCode::malformed,
                "this file cannot be compared: " + std::to_string(problems.count()) + " problems, listed above");
  return reconcile(folded.tally(), std::move(*other));
}

Status write_files(const Wanted& wanted, const Reconciliation& result, const Election& election) {
  PosixDisk disk;
  if (!wanted.csv.empty())
    SCRUTINEER_CHECKED(write_file(disk, wanted.csv, write_reconciliation_csv(result, election), Durability::durable));
  if (!wanted.json.empty())
    SCRUTINEER_CHECKED(write_file(disk, wanted.json, write_reconciliation_json(result, election), Durability::durable));
  return {};
}

}  // namespace

int reconcile_command(int argc, char** argv) {
  Wanted wanted;
  auto app =
      new_app("scrutineer reconcile",
              "Lists every difference between a log's figures and what somebody else counted (a CSV table, or an "
              "EML 510 file), or between the contests of each unit. Exit 1 where something differs.",
              "scrutineer reconcile --log log --with observer.csv --csv differences.csv");
  app->add_option("--log", wanted.log_directory, "the log directory")->required();
  auto* with = app->add_option("--with", wanted.with, "the other count: CSV or EML 510, plain or gzip");
  app->add_flag("--concurrent", wanted.concurrent, "compare the contests of each unit instead")->excludes(with);
  app->add_option("--contest", wanted.contest, "which contest, where the file does not say");
  app->add_option("--csv", wanted.csv, "also write every difference as CSV to this file");
  app->add_option("--json", wanted.json, "the same as JSON");
  app->add_option("--order", wanted.order, "size (largest first) or tree")->one_of({"size", "tree"});
  app->add_option("--rows", wanted.rows, "how many differences to show (40)");
  app->add_option("--lang", wanted.lang, "ko or en")->one_of({"ko", "en"});
  if (auto over = parse(*app, argc, argv)) return *over;
  if (wanted.with.empty() && !wanted.concurrent) return complain("say --with FILE or --concurrent");
  auto folded = fold_directory(wanted.log_directory);
  if (!folded) return complain(folded.error());
  Problems problems;
  auto result = compare(wanted, *folded, problems);
  for (const Problem& problem : problems.listed()) tell(problem.where + ": " + problem.message);
  if (!result) return complain(result.error());
  if (wanted.order == "tree") sort(result->differences, folded->election->tree(), DifferenceOrder::tree);
  if (auto written = write_files(wanted, *result, *folded->election); !written) return complain(written.error());
  ui::Lang lang = wanted.lang == "ko" ? ui::Lang::ko : ui::Lang::en;
  print(ui::reconciliation_text(to_model(*result, *folded->election, lang, wanted.rows), lang, wanted.rows));
  return result->same() ? kGood : kAnswerIsNo;
}

}  // namespace scrutineer::cli
