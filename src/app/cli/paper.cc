#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/session.h"
#include "app/cli/terminal.h"
#include "app/paper/models.h"
#include "app/paper/qr.h"

namespace scrutineer::cli {
namespace {

// A log as a reader has it. Not moved: the election is referred to.
struct OpenLog {
  PosixDisk disk;
  std::unique_ptr<LogReader> log;
  Roots roots;
  Election election;

  Status open(const std::string& directory) {
    SCRUTINEER_TRY(log, LogReader::open(disk, store_path(directory)));
    SCRUTINEER_TRY(TrustedElection trusted, read_trusted_election(disk, directory, *log));
    roots = std::move(trusted.roots);
    election = std::move(trusted.election);
    return {};
  }
  Result<std::unique_ptr<ElectionFold>> fold(std::uint64_t end) const { return fold_log(*log, end, election, roots); }
  const std::string& origin() const { return log->key().name; }

  // The contest that is asked for: the only one needs no name.
  Result<ContestIndex> contest(const std::string& id) const {
    if (id.empty() && election.contests().size() == 1) return ContestIndex{0};
    auto found = election.find_contest(ContestId(id));
    if (found) return *found;
    std::string known;
    for (const Contest& c : election.contests()) known += " " + c.definition.id.value();
    return fail(ErrorCode::not_found, "say which contest, with --contest:" + known);
  }
  Result<AreaIndex> area(const std::string& path) const {
    auto found = election.tree().find_area(path.empty() ? "/" : path);
    if (!found) return fail(ErrorCode::not_found, "the election has no area " + path);
    return *found;
  }

  // A count sheet as it stands in the log.
  Result<CountSheet> sheet(const RecordState& record) const {
    SCRUTINEER_TRY(Bytes note, log->entry(record.effect == kNever ? record.first : carried_at(record)));
    SCRUTINEER_TRY(ParsedEntry entry, parse_entry(note));
    if (auto* sheet = std::get_if<CountSheet>(&entry.record.body)) return *sheet;
    return fail(ErrorCode::not_found, "this record is no count sheet", to_hex(record.id));
  }
};

struct Options {
  std::string log, contest, out, unit, record, area;
  bool blank = false;
};

Result<paper::CountSheetForm> printed(const OpenLog& open, const ElectionFold& fold, RecordIndex index) {
  const RecordState record = fold.book().records()[index];
  SCRUTINEER_TRY(CountSheet sheet, open.sheet(record));
  return paper::filled_sheet(fold, record.id, sheet);
}

Result<std::vector<paper::CountSheetForm>> sheets_of(const OpenLog& open, const Options& asked) {
  std::vector<paper::CountSheetForm> forms;
  if (!asked.record.empty()) {
    auto hash = hash_from_hex(asked.record);
    if (!hash) return fail(ErrorCode::invalid_argument, "a record id has 64 hex digits", asked.record);
    SCRUTINEER_TRY(auto fold, open.fold(open.log->size()));
    auto index = fold->book().find(RecordId{*hash});
    if (!index) return fail(ErrorCode::not_found, "the log does not hold this record", asked.record);
    SCRUTINEER_TRY(forms.emplace_back(), printed(open, *fold, *index));
    return forms;
  }
  SCRUTINEER_TRY(ContestIndex contest, open.contest(asked.contest));
  auto units = open.election.tree().find_range(asked.unit);
  if (!units) return fail(ErrorCode::not_found, "the election has no unit or area " + asked.unit);
  if (units->end - units->first > paper::kSheetsPerFile)
    return fail(ErrorCode::limit_exceeded, "at most 2,000 sheets go into one file: print smaller areas");
  std::unique_ptr<ElectionFold> fold;
  if (!asked.blank) {
    SCRUTINEER_TRY(fold, open.fold(open.log->size()));
  }
  for (UnitIndex unit = units->first; unit < units->end; ++unit) {
    if (asked.blank) {
      forms.push_back(paper::blank_sheet(open.election, contest, unit));
      continue;
    }
    if (fold->tally().state(contest, unit) != CellState::counted) continue;
    SCRUTINEER_TRY(forms.emplace_back(), printed(open, *fold, *fold->tally().current(contest, unit)));
  }
  if (forms.empty())
    return fail(ErrorCode::not_found, "no sheet of this unit or area is counted: print an empty one with --blank");
  return forms;
}

int finish(const Result<Bytes>& pdf, const std::string& out) {
  if (!pdf) return complain(pdf.error());
  PosixDisk disk;
  auto written = write_file(disk, out, *pdf, Durability::cached);
  if (!written) return complain(written.error());
  print(out + " " + std::to_string(pdf->size()) + " bytes\n");
  return kGood;
}

std::unique_ptr<CommandLine> paper_app(const char* name, const char* what, const char* example, Options& options) {
  auto app = new_app(name, what, example);
  app->add_option("--log", options.log, "the log directory")->required();
  app->add_option("--contest", options.contest, "the contest's id; may be left out where there is only one");
  app->add_option("--out", options.out, "the PDF to write")->required();
  return app;
}

int sheet(int argc, char** argv) {
  Options options;
  auto app = paper_app("scrutineer paper sheet",
                       "Prints count sheets: empty ones to fill by hand, or those that the log holds. An area prints "
                       "one for each of its units.",
                       "scrutineer paper sheet --log log --unit /서울특별시/종로구 --blank --out sheets.pdf", options);
  auto* unit = app->add_option("--unit", options.unit, "a unit's id or an area's path");
  auto* blank = app->add_flag("--blank", options.blank, "to fill by hand");
  app->add_option("--record", options.record, "the sheet of this record id, counted or not")
      ->excludes(unit)
      ->excludes(blank);
  if (auto over = parse(*app, argc, argv)) return *over;
  if (options.unit.empty() && options.record.empty()) return complain("say --unit or --record");
  OpenLog open;
  if (auto opened = open.open(options.log); !opened) return complain(opened.error());
  auto forms = sheets_of(open, options);
  if (!forms) return complain(forms.error());
  return finish(paper::count_sheets_pdf(*forms), options.out);
}

using MakePdf = Result<Bytes> (*)(const ElectionFold&, ContestIndex, AreaIndex, std::uint64_t, std::string_view);

int list(int argc, char** argv, const char* name, const char* what, const char* example, MakePdf make) {
  Options options;
  auto app = paper_app(name, what, example, options);
  app->add_option("--area", options.area, "an area's path (default: everything)");
  if (auto over = parse(*app, argc, argv)) return *over;
  OpenLog open;
  if (auto opened = open.open(options.log); !opened) return complain(opened.error());
  auto pdf = [&]() -> Result<Bytes> {
    SCRUTINEER_TRY(ContestIndex contest, open.contest(options.contest));
    SCRUTINEER_TRY(AreaIndex area, open.area(options.area));
    std::uint64_t size = open.log->size();
    SCRUTINEER_TRY(auto fold, open.fold(size));
    return make(*fold, contest, area, size, open.origin());
  };
  return finish(pdf(), options.out);
}

// ---- reading back ----

std::string figures_of(const Contest& contest, const CountSheet& sheet) {
  std::string out;
  auto line = [&](const std::string& name, const std::optional<std::int64_t>& value) {
    out += "  " + name + " " + (value ? std::to_string(*value) : std::string("not stated")) + "\n";
  };
  line("electors", sheet.electors);
  line("ballots-issued", sheet.ballots_issued);
  line("ballots-cast", sheet.ballots_cast);
  line("valid", sheet.valid);
  line("invalid", sheet.invalid);
  for (const auto& [option, votes] : sheet.votes) {
    auto index = contest.find_option(option);
    line("votes " + option.value() + (index ? " " + contest.options[*index].name : ""), votes);
  }
  return out;
}

Result<paper::OpenedPaper> show_opened(const OpenLog& open, const PaperCode& code) {
  std::uint64_t end = code.as_of.value_or(open.log->size());
  if (end > open.log->size())
    return fail(ErrorCode::not_found, "the paper says more than this log: it is as of " + std::to_string(end) +
                                          " entries, and the log has " + std::to_string(open.log->size()));
  SCRUTINEER_TRY(auto fold, open.fold(end));
  SCRUTINEER_TRY(paper::OpenedPaper opened, paper::open_paper(code, *fold, open.origin()));
  const Contest& contest = open.election.contests()[opened.contest];
  std::string out = "contest " + contest.definition.id.value() + "\n";
  if (opened.unit) {
    const Unit& unit = open.election.tree().units()[*opened.unit];
    out += "unit    " + unit.id.value() + " " + unit.name + "\n";
  }
  if (opened.area) out += "area    " + open.election.tree().areas()[*opened.area].path + "\n";
  if (code.as_of) out += "as of   " + std::to_string(*code.as_of) + " entries\n";
  if (opened.record) {
    const RecordState record = fold->book().records()[*opened.record];
    out += "record  " + to_hex(record.id) + " at " + std::to_string(record.first) + "\n";
    if (auto sheet = open.sheet(record)) out += figures_of(contest, *sheet);
  }
  print(out + opened.sentence.ko + "\n" + opened.sentence.en + "\n");
  return opened;
}

int read(int argc, char** argv) {
  std::string image, log;
  auto app = new_app("scrutineer paper read",
                     "Reads the QR code of a printed form from a scan (PNG, PGM, PPM) and opens what it names in the "
                     "log. Exit code 1 where paper and log differ.",
                     "scrutineer paper read scan.png --log log");
  app->add_option("IMAGE", image, "the scan or photograph")->required();
  app->add_option("--log", log, "the log directory")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  OpenLog open;
  if (auto opened = open.open(log); !opened) return complain(opened.error());
  auto bytes = read_file(open.disk, image, kImageBytes);
  if (!bytes) return complain(bytes.error());
  auto text = decode_qr(*bytes);
  if (!text) return complain(placed(text.error(), image)), kAnswerIsNo;
  auto code = parse_paper_code(*text);
  if (!code) return complain(placed(code.error(), image)), kAnswerIsNo;
  print(*text + "\n");
  auto opened = show_opened(open, *code);
  if (!opened) return complain(opened.error()), kAnswerIsNo;
  return opened->agrees ? kGood : kAnswerIsNo;
}

}  // namespace

int paper_command(int argc, char** argv) {
  std::string word = subcommand(argc, argv);
  --argc, ++argv;
  if (word == "sheet") return sheet(argc, argv);
  if (word == "units")
    return list(argc, argv, "scrutineer paper units", "Prints the units of an area with their status.",
                "scrutineer paper units --log log --area /서울특별시/종로구 --out units.pdf",
                [](const ElectionFold& fold, ContestIndex contest, AreaIndex area, std::uint64_t size,
                   std::string_view origin) {
                  return paper::unit_list_pdf(paper::unit_list(fold, contest, area, size, origin));
                });
  if (word == "summary")
    return list(
        argc, argv, "scrutineer paper summary", "Prints the totals of an area by option, and of what is in it.",
        "scrutineer paper summary --log log --out summary.pdf",
        [](const ElectionFold& fold, ContestIndex contest, AreaIndex area, std::uint64_t size,
           std::string_view origin) { return paper::summary_pdf(paper::summary(fold, contest, area, size, origin)); });
  if (word == "read") return read(argc, argv);
  if (word == "--help" || word == "-h") {
    print(
        "scrutineer paper sheet|units|summary|read ... (each has --help)\n\nExample:\n  scrutineer paper sheet --log "
        "log --unit 1101-0305 --blank --out sheet.pdf\n");
    return kGood;
  }
  return complain("say paper sheet, units, summary or read (see: scrutineer paper --help)");
}

}  // namespace scrutineer::cli
