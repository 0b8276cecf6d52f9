#include <algorithm>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/device_quote.h"
#include "app/cli/terminal.h"
#include "app/disk/posix_disk.h"
#include "app/threads/parallel.h"
#include "app/verify/archive_source.h"
#include "app/verify/directory_source.h"
#include "app/verify/evidence_source.h"
#include "app/verify/service.h"
#include "core/base/limits.h"
#include "core/notice/report.h"

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
  std::vector<std::string> agreements;  // evidence about notices instead of a bundle
  std::string lang = "en";
  std::size_t threads = default_threads();
};

void add_common(CommandLine& app, Arguments& in) {
  app.add_option("BUNDLE", in.bundle, "the bundle's directory")->required();
  app.add_option("--trust", in.trust, "what you were given out of band: policy, roots, election");
  app.add_option("--seen", in.seen, "a checkpoint that you kept from before; may be given several times");
  app.add_flag("--json", in.json, "the report as JSON on stdout");
  app.add_option("--threads", in.threads, "how many to use")->between(1, 256);
}

// "2/5" as {2, 5}
std::optional<std::pair<std::uint64_t, std::uint64_t>> parse_shard(const std::string& text) {
  std::size_t slash = text.find('/');
  if (slash == text.npos) return std::nullopt;
  auto i = parse_decimal(text.substr(0, slash)), n = parse_decimal(text.substr(slash + 1));
  if (!i || !n || *i < 1 || *i > *n || *n > 100'000) return std::nullopt;
  return std::pair{*i, *n};
}

// What can be read and makes no sense is not verified: the answer is no, with the reason.
int refuse(const Error& error) {
  complain(error);
  const bool unreadable = error.code == ErrorCode::io_error || error.code == ErrorCode::not_found;
  return unreadable ? kCouldNotRun : kAnswerIsNo;
}

int conclude(const Result<Report>& report, const Arguments& in) {
  if (!report) return refuse(report.error());
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

// Something in it is not what it says that it is.
bool is_sound(const EvidenceReport& report) {
  auto bad = [](const ShownFinding& one) {
    switch (one.finding) {
      case NoticeFinding::agreement_not_signed:
      case NoticeFinding::log_forked:
      case NoticeFinding::entries_missing:
      case NoticeFinding::forged_signature:
      case NoticeFinding::content_changed: return true;
      default: return false;
    }
  };
  auto any_bad = [&](const std::vector<ShownFinding>& findings) {
    return std::any_of(findings.begin(), findings.end(), bad);
  };
  return report.agreement_shown && !any_bad(report.findings) &&
         std::none_of(report.notices.begin(), report.notices.end(),
                      [&](const ShownNotice& notice) { return any_bad(notice.findings); });
}

// Evidence has no yes or no of its own: each notice has its verdict. What must not be there makes the answer no.
int conclude_evidence(const EvidenceReport& report, const Arguments& in) {
  print(in.json ? evidence_json(report)
                : evidence_text(report, in.lang == "ko" ? ReportLanguage::ko : ReportLanguage::en));
  return is_sound(report) ? kGood : kAnswerIsNo;
}

int verify_evidence(const Arguments& in) {
  PosixDisk disk;
  auto source = open_bundle(disk, in.bundle);
  if (!source) return refuse(source.error());
  auto loaded = LoadedEvidence::read(**source);
  if (!loaded) return refuse(loaded.error());
  EvidenceOptions options;
  options.parallel = [&](std::size_t n, const std::function<void(std::size_t)>& job) {
    parallel_for(n, in.threads, 1, [&](std::size_t i, std::size_t) { job(i); });
  };
  for (const std::string& text : in.agreements) {
    auto hash = hash_from_hex(text);
    if (!hash) return complain("--agreement is a record id: 64 hex digits");
    options.agreements.push_back(RecordId{*hash});
  }
  for (const std::string& path : in.seen) {
    auto note = read_file(disk, path, limits::kCheckpointBytes);
    if (!note) return complain(note.error());
    options.seen.push_back(std::move(*note));
  }
  auto report = judge_evidence((*loaded)->evidence(), options);
  if (!report) return complain(report.error()), kAnswerIsNo;
  return conclude_evidence(*report, in);
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
  for (int i = 1; i < argc; ++i)
    if (std::string_view word = argv[i]; word == "--quote" || word.starts_with("--quote="))
      // "--quote --help": help, and not a file of that name.
      return i + 1 < argc && std::string_view(argv[i + 1]) == "--help" ? verify_quote_command(argc - i, argv + i)
                                                                       : verify_quote_command(argc, argv);
  Arguments in;
  auto app =
      new_app("scrutineer-verify",
              "Checks a published bundle without trusting whoever published it: recomputes everything and "
              "names every difference. Can be split: --shard I/N on several machines, then 'merge'. --quote checks the "
              "answer of a counting machine's TPM instead (see: --quote --help).",
              "scrutineer-verify bundle --trust trust --seen checkpoint-from-last-week");
  add_common(*app, in);
  app->add_option("--agreement", in.agreements,
                  "judge evidence about attack notices under this agreement (record id) instead of a bundle");
  app->add_option("--lang", in.lang, "of the report about notices")->one_of({"ko", "en"});
  app->add_option("--shard", in.shard, "check part I of N only, and write what was found as JSON");
  app->add_option("--out", in.out, "where --shard writes (default: stdout)");
  if (auto over = parse(*app, argc, argv)) return *over;
  if (!in.agreements.empty()) return verify_evidence(in);
  if (in.trust.empty())
    return complain("say what you trust: --trust DIR (a bundle), or --agreement ID (evidence about notices)");
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
