#include "app/cli/demo_paper.h"

#include "app/cli/terminal.h"
#include "app/disk/posix_disk.h"
#include "app/paper/models.h"

namespace scrutineer::cli {
namespace {

Result<paper::CountSheetForm> form_of(const Election& election, const CountSheet& sheet) {
  auto unit = election.tree().find_unit(sheet.unit);
  auto contest = election.find_contest(sheet.contest);
  if (!unit || !contest) return fail(ErrorCode::not_found, "the simulation counts what it has not defined");
  return paper::written_sheet(election, *contest, *unit, sheet);
}

}  // namespace

Status write_papers(const std::string& directory, const Election& election, std::span<const CentreUnit> units) {
  if (units.empty()) return {};
  PosixDisk disk;
  SCRUTINEER_CHECKED(disk.make_directories(directory));
  cli::Progress progress("paper sheets to type from");
  auto write = [&](const std::string& name, std::span<const paper::CountSheetForm> forms) -> Status {
    SCRUTINEER_TRY(Bytes pdf, paper::count_sheets_pdf(forms));
    return write_file(disk, directory + "/" + name + ".pdf", pdf, Durability::cached);
  };
  std::vector<paper::CountSheetForm> forms;
  for (const CentreUnit& unit : units) {
    SCRUTINEER_TRY(forms.emplace_back(), form_of(election, unit.paper));
    SCRUTINEER_CHECKED(write(unit.paper.unit.value(), {&forms.back(), 1}));
    progress.update(forms.size(), units.size() + 1);
  }
  if (forms.size() <= paper::kSheetsPerFile) SCRUTINEER_CHECKED(write("all", forms));
  progress.finish(std::to_string(forms.size()) + " sheets");
  return {};
}

}  // namespace scrutineer::cli
