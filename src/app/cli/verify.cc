#include <CLI/CLI.hpp>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "app/disk/posix_disk.h"
#include "app/threads/parallel.h"
#include "app/verify/archive_source.h"
#include "app/verify/directory_source.h"
#include "app/verify/service.h"
#include "core/base/limits.h"

namespace scrutineer::cli {
namespace {

constexpr std::size_t kFindingsShown = 20;
constexpr std::size_t kPartBytes = 1u << 30;

struct Arguments {
  std::string bundle;
  std::string trust;
  std::vector<std::string> seen;
  std::vector<std::string> parts;
  bool json = false;
  std::string shard;
  std::string out;
  std::size_t threads = default_threads();
};

void add_common(CLI::App& app, Arguments& in) {
  app.add_option("BUNDLE", in.bundle, "the bundle's directory")->required();
  app.add_option("--trust", in.trust, "what you were given out of band: policy, roots, election")->required();
  app.add_option("--seen", in.seen, "a checkpoint that you kept from before; may be given several times");
  app.add_flag("--json", in.json, "the report as JSON on stdout");
  app.add_option("--threads", in.threads, "how many to use")->check(CLI::Range(1, 256));
}

// "2/5" as {2, 5}
std::optional<std::pair<std::uint64_t, std::uint64_t>> parse_shard(const std::string& text) {
  std::size_t slash = text.find('/');
  if (slash == text.npos) return std::nullopt;
  auto i = parse_decimal(text.substr(0, slash)), n = parse_decimal(text.substr(slash + 1));
  if (!i || !n || *i < 1 || *i > *n || *n > 100'000) return std::nullopt;
  return std::pair{*i, *n};
}

int conclude(const Result<Report>& report, const Arguments& in) {
  if (!report) {
    // What cannot even be opened is not verified: the answer is no, with the reason.
    complain(report.error());
    bool unreadable = report.error().code == ErrorCode::io_error || report.error().code == ErrorCode::not_found;
    return unreadable ? kCouldNotRun : kAnswerIsNo;
  }
  print(in.json ? report->to_json() : report->to_text(kFindingsShown));
  return report->good() ? kGood : kAnswerIsNo;
}

int run_shard(BundleSource& source, const TrustFiles& files, const Arguments& in) {
  auto shard = parse_shard(in.shard);
  if (!shard) return complain("--shard reads I/N with I from 1 to N, such as --shard 2/5");
  auto trust = parse_trust(files);
  if (!trust) return complain(trust.error());
  auto plan = Plan::open(source, std::move(*trust));
  if (!plan) return complain(plan.error());
  auto [first, end] = shard_range((*plan)->files(), shard->first, shard->second);
  Part part = check_files(**plan, first, end, in.threads, {});
  std::string text =
      write_part({(*plan)->manifest_hash(), (*plan)->trust().digest, first, end, (*plan)->files()}, part);
  if (in.out.empty()) return print(text), kGood;
  PosixDisk disk;
  if (auto written = write_file(disk, in.out, text, Durability::cached); !written) return complain(written.error());
  return kGood;
}

int merge_command(int argc, char** argv) {
  Arguments in;
  auto app = new_app("scrutineer-verify merge", "Puts the parts of a split verification together.",
                     "scrutineer-verify merge bundle --trust trust part-1.json part-2.json");
  add_common(*app, in);
  app->add_option("PART", in.parts, "parts made with --shard; all of them, each once")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto trust = read_trust(disk, in.trust, in.seen);
  if (!trust) return complain(trust.error());
  std::vector<ReadPart> parts;
  for (const std::string& path : in.parts) {
    auto text = read_file(disk, path, kPartBytes);
    if (!text) return complain(text.error());
    auto part = read_part(*text);
    if (!part) return complain(placed(part.error(), path));
    parts.push_back(std::move(*part));
  }
  auto source = open_bundle(disk, in.bundle);
  if (!source) return complain(source.error());
  auto report = verify_from_parts(**source, *trust, std::move(parts), in.threads);
  // Parts that do not belong together say nothing about the bundle.
  if (!report) return complain(report.error());
  return conclude(report, in);
}

}  // namespace

int verify_command(int argc, char** argv) {
  if (subcommand(argc, argv) == "merge") return merge_command(argc - 1, argv + 1);
  Arguments in;
  auto app = new_app("scrutineer-verify",
                     "Checks a published bundle without trusting whoever published it: recomputes everything and "
                     "names every difference. Can be split: --shard I/N on several machines, then 'merge'.",
                     "scrutineer-verify bundle --trust trust --seen checkpoint-from-last-week");
  add_common(*app, in);
  app->add_option("--shard", in.shard, "check part I of N only, and write what was found as JSON");
  app->add_option("--out", in.out, "where --shard writes (default: stdout)");
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto trust = read_trust(disk, in.trust, in.seen);
  if (!trust) return complain(trust.error());
  auto source = open_bundle(disk, in.bundle);
  if (!source) return complain(source.error());
  if (!in.shard.empty()) return run_shard(**source, *trust, in);
  Progress progress("verifying");
  auto report = verify_bundle(**source, *trust, in.threads,
                              [&](std::uint64_t done, std::uint64_t total) { progress.update(done, total); });
  progress.finish();
  return conclude(report, in);
}

}  // namespace scrutineer::cli
