#include "app/hunt/hunt.h"
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/hunt_text.h"
#include "app/cli/terminal.h"
#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/threads/parallel.h"

namespace scrutineer::cli {
namespace {

struct Wanted {
  std::vector<std::string> indicators, inputs;
  std::string out, lang = "en";
  bool with_lines = false;
  std::size_t threads = 0;
};

constexpr std::uint64_t kQuietNs = 1'000'000'000;  // no progress is shown for what takes less

// Shows a bar once the hunt has taken longer than a second.
class LateProgress {
 public:
  void update(std::uint64_t done, std::uint64_t total) {
    std::lock_guard lock(mutex_);
    if (!bar_ && clock_.monotonic_ns() - start_ > kQuietNs) bar_.emplace("searching");
    if (bar_) bar_->update(done, total);
  }

 private:
  std::mutex mutex_;
  SystemClock clock_;
  std::uint64_t start_ = clock_.monotonic_ns();
  std::optional<Progress> bar_;
};

Result<hunt::HuntReport> search(const Wanted& wanted) {
  hunt::HuntRequest request;
  SCRUTINEER_TRY(request.indicators, hunt::read_indicator_files(wanted.indicators));
  request.inputs = wanted.inputs;
  request.with_lines = wanted.with_lines;
  request.threads = wanted.threads == 0 ? default_threads() : wanted.threads;
  LateProgress progress;
  return hunt::hunt(request, [&](std::uint64_t done, std::uint64_t total) { progress.update(done, total); });
}

}  // namespace

int hunt_command(int argc, char** argv) {
  Wanted wanted;
  auto app =
      new_app("scrutineer hunt",
              "Looks for indicators (addresses, domains, hashes, mail addresses, URLs, fixed strings) in files and "
              "says what it found and what it could not search. Exit 0: nothing found, 1: something found.",
              "scrutineer hunt --indicators notice.json --in /var/log --out report.json");
  app->add_option("--indicators", wanted.indicators, "lists, one indicator a line, or STIX 2.1 bundles")->required();
  app->add_option("--in", wanted.inputs, "files and directories; .gz and .zst are looked into")->required();
  app->add_option("--out", wanted.out, "write the report as JSON to this file");
  app->add_option("--lang", wanted.lang, "ko or en")->one_of({"ko", "en"});
  app->add_option("--threads", wanted.threads, "how many files at once (as many as there are processors)")
      ->between(1, 1'024);
  app->add_flag("--with-lines", wanted.with_lines, "copy the lines into the report: they may hold personal data");
  if (auto over = parse(*app, argc, argv)) return *over;
  auto report = search(wanted);
  if (!report) return complain(report.error());
  if (!wanted.out.empty()) {
    PosixDisk disk;
    if (auto written = write_file(disk, wanted.out, hunt::to_json(*report), Durability::durable); !written)
      return complain(written.error());
  }
  print(hunt_text(*report, wanted.lang == "ko" ? ui::Lang::ko : ui::Lang::en));
  bool anything = false;
  for (auto [kind, count] : report->looked_for) anything |= count > 0;
  if (!anything) return complain("there was nothing to look for: no indicator given can be searched");
  return report->found() ? kAnswerIsNo : kGood;
}

}  // namespace scrutineer::cli
