#include "app/package/package.h"

#include <fmt/format.h>

#include "app/package/references.h"
#include "app/package/rehearsal.h"
#include "app/package/sheets.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::string_view kDefinitionName = "election.json";

std::string without_last_slash(std::string directory) {
  while (directory.size() > 1 && directory.back() == '/') directory.pop_back();
  return directory;
}

std::string last_part(const std::string& directory) {
  return directory.substr(directory.rfind('/') + 1);
}

// The first place that has one; nullopt is reported.
std::optional<std::string> find_definition(Disk& disk, const std::string& directory,
                                           std::span<const std::string> fallbacks, Problems& problems) {
  std::vector<std::string> places = {directory};
  for (const std::string& fallback : fallbacks) places.push_back(fallback + "/" + last_part(directory));
  for (const std::string& place : places) {
    std::string path = fmt::format("{}/{}", place, kDefinitionName);
    auto there = disk.exists(path);
    if (there && *there) return path;
    if (there) continue;
    problems.add(path, there.error().message);
    return std::nullopt;
  }
  problems.add(std::string(kDefinitionName), fmt::format("there is none in {}", fmt::join(places, ", nor in ")));
  return std::nullopt;
}

void read_definition(Disk& disk, const std::string& directory, std::span<const std::string> fallbacks,
                     DefinitionFile& file, Problems& problems) {
  file.file = kDefinitionName;
  auto path = find_definition(disk, directory, fallbacks, problems);
  if (!path) return;
  auto text = read_file(disk, *path, limits::kPackageJsonBytes);
  if (!text) return problems.add(*path, text.error().message);
  file.text = std::move(*text);
  read_definition_file(file, problems);
}

BlobRef blob_ref(BytesView bytes, std::string type) {
  return {blob_hash(bytes), static_cast<std::int64_t>(bytes.size()), std::move(type)};
}

void fill_blobs(Package& package, const DefinitionFile& file, const UnitTable& units, const OptionTable& options) {
  package.units_blob = write_unit_table(units.rows, units.levels);
  package.options_blob = write_option_table(options.rows);
  package.rules_blob = write_rules(file.rules);
  package.definition.units = blob_ref(package.units_blob, "text/csv");
  package.definition.options = blob_ref(package.options_blob, "text/csv");
  package.definition.rules = blob_ref(package.rules_blob, "application/json");
}

}  // namespace

std::optional<Package> read_package(Disk& disk, const std::string& where, std::span<const std::string> fallbacks,
                                    Problems& problems) {
  std::string directory = without_last_slash(where);
  std::size_t before = problems.count();

  // 1. What there is. A file that is missing or broken does not keep the others from being read.
  DefinitionFile file;
  read_definition(disk, directory, fallbacks, file, problems);
  auto units_file = read_table_file(disk, directory, "units.csv", problems);
  auto options_file = read_table_file(disk, directory, "options.csv", problems);
  auto counts_file = read_table_file(disk, directory, "counts.csv", problems);

  // 2. Each by itself, and what it names of the others.
  const auto& contests = file.definition.contests;
  bool contests_known = !contests.empty() && contests.size() <= limits::kContests;
  UnitTable units;
  if (units_file) units = read_units(*units_file, problems);
  UnitIndexById unit_by_id = index_units(units, problems);
  OptionTable options;
  options.of_contest.resize(contests.size());
  if (options_file) options = read_options(*options_file, contests, contests_known, problems);
  Known known{units, unit_by_id, contests, contests_known, options};
  CountTable counts;
  if (counts_file) counts = read_counts(*counts_file, known, problems);

  // 3. What only shows when they are held side by side.
  Package package;
  if (contests.size() > 1) refuse_figures_of_several_contests(units, problems);
  if (file.is_json) check_references(file, units, options, problems);
  package.sheets = make_sheets(known, counts, problems);
  check_abstentions(units, package.warnings);
  if (problems.count() != before) return std::nullopt;

  // 4. What everybody else will read.
  package.definition = file.definition;
  package.source = file.source;
  fill_blobs(package, file, units, options);
  rehearse(package, file, problems);
  if (problems.count() != before) return std::nullopt;
  return package;
}

std::string to_text(const Problems& problems) {
  std::string out;
  for (const Problem& problem : problems.listed()) out += fmt::format("{}: {}\n", problem.where, problem.message);
  if (problems.count() > problems.listed().size())
    out += fmt::format("and {} more\n", problems.count() - problems.listed().size());
  return out;
}

}  // namespace scrutineer
