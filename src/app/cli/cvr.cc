#include <algorithm>

#include "app/ballots/batch_files.h"
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "core/cvr/write_cdf.h"

namespace scrutineer::cli {
namespace {

constexpr std::size_t kFlushBytes = 1u << 20;
constexpr std::size_t kExportFiles = 5'000'000;  // Hart: one for each paper

// Appends to a new file, a megabyte at a time.
class FileSink {
 public:
  static Result<FileSink> create(Disk& disk, const std::string& path) {
    SCRUTINEER_TRY(bool there, disk.exists(path));
    if (there) return fail(ErrorCode::conflict, "this file is there already", path);
    SCRUTINEER_TRY(auto file, disk.open(path, OpenMode::create));
    return FileSink(std::move(file));
  }
  Status write(std::string_view text) {
    waiting_ += text;
    return waiting_.size() < kFlushBytes ? Status() : flush();
  }
  Status finish() {
    SCRUTINEER_CHECKED(flush());
    return file_->sync();
  }

 private:
  explicit FileSink(std::unique_ptr<File> file) : file_(std::move(file)) {}
  Status flush() {
    SCRUTINEER_CHECKED(file_->write_at(at_, waiting_));
    at_ += waiting_.size();
    waiting_.clear();
    return {};
  }
  std::unique_ptr<File> file_;
  std::uint64_t at_ = 0;
  std::string waiting_;
};

struct Wanted {
  std::string batch, out, election;
  bool machine_only = false;
};

Status write_batch(Disk& disk, const Wanted& wanted) {
  SCRUTINEER_TRY(BatchFiles batch, read_batch(disk, wanted.batch, WithSecret::no));
  SCRUTINEER_TRY(CvrTable table, cvr_table_of(batch.info));
  SCRUTINEER_TRY(FileSink sink, FileSink::create(disk, wanted.out));
  CdfWriter writer([&](std::string_view text) { return sink.write(text); });
  SystemClock clock;
  CdfReportInfo info{
      to_rfc3339(clock.now()), batch.info.software,
      batch.info.device,       wanted.election,
      batch.info.unit.value(), wanted.machine_only ? "what the machine said, before people's decisions" : ""};
  SCRUTINEER_CHECKED(writer.begin(info, table));
  auto said = [&](const BallotLine& line) {
    return cvr_of(batch.info, line, wanted.machine_only ? nullptr : batch.outcome(line.id));
  };
  std::unordered_map<std::string, std::vector<Cvr>> backs;  // by front
  SCRUTINEER_CHECKED(batch.each([&](const BallotLine& line) -> Status {
    if (line.front) backs[line.front->value()].push_back(said(line));
    return {};
  }));
  SCRUTINEER_CHECKED(batch.each([&](const BallotLine& line) -> Status {
    if (line.front) return {};
    Cvr cvr = said(line);
    for (Cvr& back : backs[cvr.id]) add_back(cvr, std::move(back));
    return writer.add(table, cvr);
  }));
  SCRUTINEER_CHECKED(writer.end());
  SCRUTINEER_CHECKED(sink.finish());
  tell(std::to_string(writer.papers()) + " cast vote records.");
  return {};
}

int write(int argc, char** argv) {
  Wanted wanted;
  auto app = new_app(
      "scrutineer cvr write",
      "Writes the papers of a batch directory as NIST SP 1500-103 JSON. These are single papers: the file stays "
      "with the batch.",
      "scrutineer cvr write --batch scans/jongno-1 --out jongno-1.cvr.json");
  app->add_option("--batch", wanted.batch, "the batch directory")->required();
  app->add_option("--out", wanted.out, "the new file")->required();
  app->add_option("--name", wanted.election, "the election's name in the file");
  app->add_flag("--machine-only", wanted.machine_only, "leave out what people decided");
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto done = write_batch(disk, wanted);
  return done ? kGood : complain(done.error());
}

// Files below a directory, or the file itself; sorted.
Status list_files(Disk& disk, const std::string& path, std::vector<std::string>& files, int depth = 0) {
  constexpr int kDepth = 8;
  auto names = disk.list(path);
  if (!names) {
    files.push_back(path);
    return {};
  }
  if (depth == kDepth) return fail(ErrorCode::limit_exceeded, "directories in directories, too many", path);
  for (const std::string& name : *names) {
    if (files.size() > kExportFiles)
      return fail(ErrorCode::limit_exceeded, "an export has at most 5000000 files", path);
    const std::string full = path + "/" + name;
    if (!name.ends_with('/')) {
      files.push_back(full);
      continue;
    }
    SCRUTINEER_CHECKED(list_files(disk, full.substr(0, full.size() - 1), files, depth + 1));
  }
  return {};
}

std::string name_of(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

// Dominion's two lists first, then whatever says what it is. Files that say nothing are named and left out.
Status read_export(Disk& disk, const std::vector<std::string>& files, CvrTable& table, const EachCvr& each,
                   std::size_t& left_out) {
  for (const char* wanted : {"ContestManifest.json", "CandidateManifest.json"})
    for (const std::string& file : files) {
      if (name_of(file) != wanted) continue;
      SCRUTINEER_TRY(Bytes text, read_file(disk, file, kCvrJsonBytes));
      const bool contests = name_of(file).starts_with("Contest");
      SCRUTINEER_CHECKED(contests ? read_dominion_contests(table, text, file)
                                  : read_dominion_candidates(table, text, file));
    }
  for (const std::string& file : files) {
    if (name_of(file).ends_with("Manifest.json")) continue;
    SCRUTINEER_TRY(Bytes text, read_file(disk, file, kCvrFileBytes));
    auto format = cvr_format_of(text);
    if (!format) {
      tell(file + ": no export of cast vote records that is known; left out");
      ++left_out;
      continue;
    }
    SCRUTINEER_CHECKED(read_cvrs(*format, table, text, file, each));
  }
  return {};
}

void print_sums(const CvrTable& table, const CvrSums& sums) {
  print(std::to_string(sums.papers()) + " papers\n");
  for (std::size_t c = 0; c < sums.contests().size(); ++c) {
    const CvrContestSums& s = sums.contests()[c];
    const CvrContestInfo& info = table.contests()[c];
    print("\n" + info.name + ": " + std::to_string(s.papers) + " papers, " + std::to_string(s.overvoted) +
          " overvoted, " + std::to_string(s.blank) + " blank, " + std::to_string(s.undervotes) + " votes not given, " +
          std::to_string(s.invalid) + " invalid, " + std::to_string(s.needs_people) + " for people\n");
    for (std::size_t o = 0; o < info.options.size(); ++o)
      print("  " + std::to_string(o < s.votes.size() ? s.votes[o] : 0) + "  " + info.options[o].name + "\n");
  }
}

int sum(int argc, char** argv) {
  std::vector<std::string> paths;
  auto app =
      new_app("scrutineer cvr sum",
              "Reads cast vote records (NIST SP 1500-103 JSON; Dominion JSON or CSV; Hart XML; ES&S CSV; Clear Ballot "
              "CSV) and sums them up. Dominion's JSON: name the directory, with its manifests. Exit 1 where a file "
              "was left out.",
              "scrutineer cvr sum CVR_Export/");
  app->add_option("FILE", paths, "files or directories of one export")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  std::vector<std::string> files;
  for (const std::string& path : paths)
    if (auto listed = list_files(disk, path, files); !listed) return complain(listed.error());
  std::sort(files.begin(), files.end());
  CvrTable table;
  CvrSums sums;
  std::size_t left_out = 0;
  auto done = read_export(
      disk, files, table,
      [&](const CvrTable& t, const Cvr& cvr) -> Status {
        sums.add(t, cvr);
        return {};
      },
      left_out);
  if (!done) return complain(done.error());
  print_sums(table, sums);
  return left_out == 0 ? kGood : kAnswerIsNo;
}

}  // namespace

int cvr_command(int argc, char** argv) {
  const std::string word = subcommand(argc, argv);
  if (word == "write") return write(argc - 1, argv + 1);
  if (word == "sum") return sum(argc - 1, argv + 1);
  if (word == "--help" || word == "-h") {
    print(
        "scrutineer cvr write --batch DIR --out FILE\nscrutineer cvr sum FILE|DIRECTORY...\n\n"
        "Example:\n  scrutineer cvr sum CVR_Export/\n");
    return kGood;
  }
  return complain("say 'cvr write' or 'cvr sum' (see: scrutineer cvr --help)");
}

}  // namespace scrutineer::cli
