#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/folded.h"
#include "app/cli/terminal.h"
#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "core/codec/gzip.h"
#include "core/codec/xml.h"
#include "core/eml/package.h"
#include "core/eml/write.h"

namespace scrutineer::cli {
namespace {

struct Export {
  std::string log_directory, contest, kind = "510", area = "/", unit, out;
  eml::Stamp stamp;
};

Result<eml::Written> write(const Export& wanted, const FoldedLog& folded) {
  const UnitTree& tree = folded.election->tree();
  SCRUTINEER_TRY(ContestIndex contest, contest_named(*folded.election, wanted.contest));
  if (wanted.kind == "520") {
    SCRUTINEER_TRY(SeatResult seats, compute_seats(folded.tally(), contest));
    return eml::write_520(folded.tally(), contest, seats, wanted.stamp);
  }
  auto area = tree.find_area(wanted.area);
  if (!area) return fail(ErrorCode::not_found, "the election has no area " + wanted.area);
  auto count = [&](eml::CountKind kind, UnitIndex unit) {
    return eml::write_510(folded.tally(), contest, kind, *area, unit, wanted.stamp);
  };
  if (wanted.kind == "510a") {
    auto unit = tree.find_unit(UnitId(wanted.unit));
    if (!unit) return fail(ErrorCode::not_found, "say --unit: a 510a is the count of one unit");
    return count(eml::CountKind::station, *unit);
  }
  if (wanted.kind == "510d") area = 0;
  if (wanted.kind == "510c" && *area == 0)
    return fail(ErrorCode::invalid_argument, "a 510c is the count of one --area; the whole election is a 510d");
  return count(wanted.kind == "510c" || wanted.kind == "510d" ? eml::CountKind::areas : eml::CountKind::units, 0);
}

int export_eml(int argc, char** argv) {
  Export wanted;
  auto app =
      new_app("scrutineer eml export",
              "Writes a contest's counts (510) or result (520) as EML_NL. 510a: one unit; 510b (or 510): every unit "
              "of an area; 510c: the areas inside an area; 510d: those of the whole election.",
              "scrutineer eml export --log log --contest 1 --kind 510d --out count.eml.xml");
  app->add_option("--log", wanted.log_directory, "the log directory")->required();
  app->add_option("--contest", wanted.contest, "the contest's id or number");
  app->add_option("--kind", wanted.kind, "510, 510a, 510b, 510c, 510d or 520")
      ->one_of({"510", "510a", "510b", "510c", "510d", "520"});
  app->add_option("--area", wanted.area, "the path of an area (/)");
  app->add_option("--unit", wanted.unit, "the unit of a 510a");
  app->add_option("--category", wanted.stamp.category, "EML_NL's category of election (TK)");
  app->add_option("--election-id", wanted.stamp.election_id, "EML_NL's id (category and date)");
  app->add_option("--out", wanted.out, "the file to write")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  auto folded = fold_directory(wanted.log_directory);
  if (!folded) return complain(folded.error());
  wanted.stamp.created = to_rfc3339(SystemClock().now());
  auto written = write(wanted, *folded);
  if (!written) return complain(written.error());
  PosixDisk disk;
  if (auto done = write_file(disk, wanted.out, written->bytes, Durability::durable); !done)
    return complain(done.error());
  for (const std::string& note : written->notes) tell(note);
  return kGood;
}

Result<Bytes> read_plain(const std::string& path) {
  PosixDisk disk;
  const std::size_t limit = XmlLimits().bytes;
  SCRUTINEER_TRY(Bytes bytes, read_file(disk, path, limit));
  if (!is_gzip(bytes)) return bytes;
  return gunzip(bytes, limit);
}

std::string describe(const eml::Header& header) {
  return "EML_NL " + header.kind + "  " + header.election_id + "  " + header.election_name + "  " + header.date + "\n" +
         "by " + header.authority_id + " " + header.authority_name + ", " + header.created + "\n";
}

std::string describe(const eml::Group& group) {
  auto electors = group.electors();
  std::string out = "  electors " + (electors ? std::to_string(*electors) : std::string("not stated")) + ", valid " +
                    std::to_string(group.counted) + ", invalid " + std::to_string(group.invalid) + ", blank " +
                    std::to_string(group.blank) + "\n";
  for (const eml::Selection& s : group.selections)
    if (s.candidate.empty()) out += "  " + s.list + " " + s.name + ": " + std::to_string(s.votes) + "\n";
  return out;
}

std::string describe(const eml::Count& count) {
  std::string out = describe(count.header);
  for (const eml::ContestCount& contest : count.contests) {
    out += "contest " + contest.id + " " + contest.name + ": " + std::to_string(contest.units.size()) +
           " reporting units\n";
    if (contest.total) out += describe(*contest.total);
    if (!contest.total && contest.units.size() == 1) out += describe(contest.units[0]);
  }
  return out;
}

std::string describe(const eml::Outcome& outcome) {
  std::string out = describe(outcome.header);
  for (const eml::ContestResult& contest : outcome.contests) {
    out += "contest " + contest.id + " " + contest.name + "\n";
    for (const eml::ElectedList& list : contest.lists) {
      out += "  " + list.list + " " + list.name + ": " + std::to_string(list.elected.size()) + " elected";
      for (const std::string& name : list.elected)
        if (!name.empty()) out += ", " + name;
      out += "\n";
    }
  }
  return out;
}

// Prints; exit 1 where the file contradicts itself.
int read_eml(int argc, char** argv) {
  std::string path;
  auto app = new_app("scrutineer eml read",
                     "Shows what an EML_NL 510 or 520 file says, and lists where it contradicts itself (exit 1).",
                     "scrutineer eml read Telling_TK2021_kieskring_Leiden.eml.xml");
  app->add_option("FILE", path, "the file, plain or gzip")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  auto bytes = read_plain(path);
  if (!bytes) return complain(bytes.error());
  auto count = eml::read_510(*bytes, path);
  if (!count && count.error().code == ErrorCode::unsupported) {
    if (auto outcome = eml::read_520(*bytes, path)) return print(describe(*outcome)), kGood;
  }
  if (!count) return complain(count.error());
  print(describe(*count));
  for (const Problem& problem : count->problems.listed()) tell(problem.where + ": " + problem.message);
  return count->problems.empty() ? kGood : kAnswerIsNo;
}

Status write_package(const std::string& directory, const eml::PackageFiles& files) {
  PosixDisk disk;
  SCRUTINEER_CHECKED(disk.make_directories(directory));
  for (auto [name, text] : {std::pair("election.json", &files.election_json), std::pair("units.csv", &files.units_csv),
                            std::pair("options.csv", &files.options_csv), std::pair("counts.csv", &files.counts_csv)}) {
    const std::string path = directory + "/" + name;
    SCRUTINEER_TRY(bool there, disk.exists(path));
    if (there) return fail(ErrorCode::conflict, "this file is there already, and is not replaced", path);
    SCRUTINEER_CHECKED(write_file(disk, path, *text, Durability::durable));
  }
  return {};
}

int package_eml(int argc, char** argv) {
  std::vector<std::string> paths;
  std::string out;
  std::int64_t seats = 0;
  bool candidates = false;
  auto app = new_app("scrutineer eml package",
                     "Makes an election package of EML_NL 510 files of one election, which 'scrutineer import' takes.",
                     "scrutineer eml package Telling_TK2021_*.xml.gz --out tk2021");
  app->add_option("FILES", paths, "the counts, plain or gzip")->required();
  app->add_option("--out", out, "the directory to write")->required();
  app->add_option("--seats", seats, "how many seats are filled (TK: 150)");
  app->add_flag("--candidates", candidates, "candidates are the options, not lists");
  if (auto over = parse(*app, argc, argv)) return *over;
  std::vector<eml::Count> counts;
  for (const std::string& path : paths) {
    auto bytes = read_plain(path);
    if (!bytes) return complain(bytes.error());
    auto count = eml::read_510(*bytes, path);
    if (!count) return complain(count.error());
    for (const Problem& problem : count->problems.listed()) tell(problem.where + ": " + problem.message);
    counts.push_back(std::move(*count));
  }
  auto files = eml::to_package(counts, candidates ? eml::OptionLevel::candidates : eml::OptionLevel::lists, seats);
  if (!files) return complain(files.error());
  if (auto written = write_package(out, *files); !written) return complain(written.error());
  for (const std::string& note : files->notes) tell(note);
  return kGood;
}

}  // namespace

int eml_command(int argc, char** argv) {
  std::string word = subcommand(argc, argv);
  if (word == "export") return export_eml(argc - 1, argv + 1);
  if (word == "read") return read_eml(argc - 1, argv + 1);
  if (word == "package") return package_eml(argc - 1, argv + 1);
  if (word == "--help" || word == "-h") {
    print(
        "scrutineer eml export --log LOGDIR --contest C --kind 510|510a|510b|510c|510d|520 --out FILE\n"
        "scrutineer eml read FILE\nscrutineer eml package FILES... --out DIR\n\n"
        "Example:\n  scrutineer eml export --log log --contest 1 --kind 510d --out count.eml.xml\n");
    return kGood;
  }
  return complain("say 'eml export', 'eml read' or 'eml package' (see: scrutineer eml --help)");
}

}  // namespace scrutineer::cli
