#include <sys/stat.h>
#include <unistd.h>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/scan_steps.h"
#include "app/cli/terminal.h"
#include "app/disk/posix_disk.h"
#include "app/disk/posix_error.h"
#include "app/disk/system.h"
#include "app/scanner/scanner.h"
#include "app/threads/parallel.h"

namespace scrutineer::cli {
namespace {

struct Wanted {
  std::string definition, in, scanner, out, again, unit = "rehearsal", election, device = "rehearsal/sorter",
                                                   lang = "en";
  std::vector<std::string> set;  // NAME=VALUE for the scanner
  int dots_per_inch = 200;
  std::size_t threads = 0;
};

Result<std::size_t> read_standard_input(char* out, std::size_t size) {
  for (;;) {
    const ssize_t got = ::read(STDIN_FILENO, out, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return fail(ErrorCode::io_error, "standard input cannot be read");
  }
}

Result<ScanRequest> request_of(Disk& disk, const Wanted& wanted) {
  ScanRequest request;
  request.out = wanted.out;
  request.unit = UnitId(wanted.unit);
  request.device = wanted.device;
  request.threads = wanted.threads == 0 ? default_threads() : wanted.threads;
  if (!wanted.election.empty()) {
    auto hash = hash_from_hex(wanted.election);
    if (!hash) return fail(ErrorCode::invalid_argument, "--record is a record id: 64 hex digits");
    request.election = RecordId{*hash};
  }
  SCRUTINEER_CHECKED(name_software(disk, request));
  return request;
}

Result<ScannerRequest> scanner_of(const Wanted& wanted, int sides) {
  ScannerRequest request;
  request.device = wanted.scanner;
  request.dots_per_inch = wanted.dots_per_inch;
  request.sides = sides;
  for (const std::string& one : wanted.set) {
    const std::size_t is = one.find('=');
    if (is == one.npos || is == 0)
      return fail(ErrorCode::invalid_argument, "--set NAME=VALUE, such as --set source=ADF", one);
    request.options.emplace_back(one.substr(0, is), one.substr(is + 1));
  }
  return request;
}

Result<std::unique_ptr<ScanSource>> source_of(Disk& disk, Rng& rng, const Wanted& wanted, int sides) {
  if (!wanted.scanner.empty()) {
    SCRUTINEER_TRY(ScannerRequest request, scanner_of(wanted, sides));
    return open_scanner(request);
  }
  if (wanted.in == "-") return open_pipe(read_standard_input, sides);
  return open_folder(disk, rng, wanted.in, sides);
}

int list_scanners() {
  auto scanners = attached_scanners();
  if (!scanners) return complain(scanners.error());
  for (const ScannerName& one : *scanners) print(one.device + "\t" + one.maker + " " + one.model + "\n");
  if (scanners->empty()) tell("no scanner is attached to this machine");
  return scanners->empty() ? kAnswerIsNo : kGood;
}

Result<ScanSummary> scan(const Wanted& wanted) {
  PosixDisk disk;
  SystemRng rng;
  SCRUTINEER_TRY(auto form, open_ballot_form(disk, wanted.definition));
  SCRUTINEER_TRY(ScanRequest request, request_of(disk, wanted));
  SCRUTINEER_TRY(auto source, source_of(disk, rng, wanted, form->sides));
  Progress progress("reading papers");
  SCRUTINEER_TRY(ScanSummary summary,
                 scan_batch(disk, rng, *source, *form, request,
                            [&](std::size_t done, std::size_t all) { progress.update(done, all); }));
  progress.finish(std::to_string(summary.counts.sheets) + " papers");
  return summary;
}

int again(const Wanted& wanted) {
  PosixDisk disk;
  auto form = open_ballot_form(disk, wanted.definition);
  if (!form) return complain(form.error());
  Progress progress("reading the stored pictures again");
  auto done = scan_again(disk, wanted.again, **form, wanted.threads == 0 ? default_threads() : wanted.threads,
                         [&](std::size_t at, std::size_t all) { progress.update(at, all); });
  if (!done) return complain(done.error());
  progress.finish(std::to_string(done->pictures) + " pictures");
  for (const std::string& id : done->different) tell("not the same: " + id);
  if (!done->different.empty()) return kAnswerIsNo;
  print("identical: " + std::to_string(done->pictures) + " pictures give the readings that are stored\n");
  return kGood;
}

}  // namespace

int scan_command(int argc, char** argv) {
  Wanted wanted;
  auto app = new_app("scrutineer scan",
                     "Reads a stack of scanned ballot papers with a ballot definition and lays them down as a batch: "
                     "what the machine decides, and what people must look at, with the reason "
                     "(docs/formats/batch.md). The batch is private to the counting centre.",
                     "scrutineer scan --election definition --in scans --out batch\n"
                     "scrutineer scan --election definition --again batch\n"
                     "scrutineer scan --election definition --scanner fujitsu:fi-7160:1 --out batch");
  app->add_option("--election", wanted.definition, "folder with paper.json (stamps) or election.json (ovals)");
  auto* in = app->add_option("--in", wanted.in, "folder of scans, or - for a scanner's PNM pictures on standard input");
  auto* out = app->add_option("--out", wanted.out, "a new folder for the batch");
  auto* more = app->add_option("--again", wanted.again, "read a batch's stored pictures again, and compare");
  auto* scanner = app->add_option("--scanner", wanted.scanner,
                                  "a scanner's feeder, by its SANE name; \"list\": which are attached");
  app->add_option("--dpi", wanted.dots_per_inch, "of the scanner (200)")->between(100, 600)->needs(scanner);
  app->add_option("--set", wanted.set, "an option of the scanner's driver, NAME=VALUE; may be given several times")
      ->needs(scanner);
  in->needs(out)->excludes(more)->excludes(scanner);
  scanner->excludes(more);
  out->excludes(more);
  app->add_option("--unit", wanted.unit, "the reporting unit; without it the batch says that it is a rehearsal");
  app->add_option("--record", wanted.election, "record id of the election's definition");
  app->add_option("--device", wanted.device, "name of the machine's key");
  app->add_option("--lang", wanted.lang, "ko or en")->one_of({"ko", "en"});
  app->add_option("--threads", wanted.threads, "pictures at once (as many as there are processors)")->between(1, 1'024);
  if (auto over = parse(*app, argc, argv)) return *over;
  if (wanted.scanner == "list") return list_scanners();
  if (wanted.definition.empty()) return complain("--election is required (see: scrutineer scan --help)");
  ::umask(077);  // a batch is sealed like its papers
  if (!wanted.again.empty()) return again(wanted);
  if ((wanted.in.empty() && wanted.scanner.empty()) || wanted.out.empty())
    return complain("say what to read: --in SCANS --out BATCH, --scanner NAME --out BATCH, or --again BATCH");
  auto summary = scan(wanted);
  if (!summary) return complain(summary.error());
  print(scan_text(*summary, wanted.lang == "ko" ? ui::Lang::ko : ui::Lang::en));
  return kGood;
}

}  // namespace scrutineer::cli
