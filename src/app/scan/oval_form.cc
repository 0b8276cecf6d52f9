// Hand-marked ovals.
#include <fmt/format.h>

#include <algorithm>

#include "app/scan/form.h"
#include "core/crypto/hash.h"
#include "core/scan/oval_mask.h"
#include "core/scan/oval_reader.h"

namespace scrutineer {
namespace {

class OvalBallotForm final : public BallotForm {
 public:
  explicit OvalBallotForm(OvalForm form) : form_(std::move(form)) {}
  ReadPage read(GreyView page) const override {
    OvalScan scan = scan_oval_page(page, form_);
    ReadPage out;
    if (scan.reading.defect == SheetDefect::none) {
      out.masked = masked_oval_page(page, form_, scan);
      out.likeness = oval_likeness(oval_strokes(page, form_, scan));
    }
    out.reading = std::move(scan.reading);
    return out;
  }

 private:
  OvalForm form_;
};

std::vector<BatchContest> contests_of(const OvalDefinition& definition) {
  std::vector<BatchContest> contests;
  for (const OvalContest& contest : definition.contests) {
    BatchContest out{ContestId(contest.id), contest.seats, {}};
    for (const OvalOption& option : contest.options) out.options.emplace_back(option.id);
    contests.push_back(std::move(out));
  }
  return contests;
}

// Fronts first where their names say so: only forms without encoded timing marks need an order.
int side_named(const std::string& name) {
  return name.find("front") != name.npos ? 0 : name.find("back") != name.npos ? 1 : 2;
}

}  // namespace

Result<LoadedOvals> load_oval_form(Disk& disk, const std::string& directory) {
  SCRUTINEER_TRY(Bytes json, read_file(disk, directory + "/election.json", kOvalDefinitionBytes));
  auto definition = read_oval_definition(json);
  if (!definition) return tl::unexpected(placed(definition.error(), directory + "/election.json"));
  SCRUTINEER_TRY(std::vector<NamedPicture> blanks, pictures_named(disk, directory, "template"));
  if (blanks.empty())
    return fail(ErrorCode::not_found,
                "there are no pictures of the blank pages: template-front.png and template-back.png, for example; a "
                "PDF must be drawn as pictures first",
                directory);
  if (blanks.size() > 2 * kOvalSheets)
    return fail(ErrorCode::limit_exceeded, "there are too many blank pages", directory);
  std::string list = fmt::format("{}  election.json\n", to_hex(sha256(json)));
  for (const NamedPicture& blank : blanks) list += fmt::format("{}  {}\n", to_hex(blank.sha256), blank.name);
  std::stable_sort(blanks.begin(), blanks.end(),
                   [](const auto& a, const auto& b) { return side_named(a.name) < side_named(b.name); });
  std::vector<GreyView> views;
  for (const NamedPicture& blank : blanks) views.push_back(blank.page.view());
  auto form = make_oval_form(std::move(*definition), views);
  if (!form) return tl::unexpected(placed(form.error(), directory));
  return LoadedOvals{std::move(*form), sha256(list)};
}

Result<std::unique_ptr<BallotForm>> open_oval_form(Disk& disk, const std::string& directory) {
  SCRUTINEER_TRY(LoadedOvals loaded, load_oval_form(disk, directory));
  std::vector<BatchContest> contests = contests_of(loaded.form.definition);
  const int pages = loaded.form.definition.pages();
  auto out = std::make_unique<OvalBallotForm>(std::move(loaded.form));
  out->contests = std::move(contests);
  out->definition = loaded.definition;
  for (const OvalThreshold& threshold : oval_thresholds())
    out->thresholds.emplace_back(threshold.name, threshold.value);
  out->sides = pages > 1 ? 2 : 1;
  return out;
}

}  // namespace scrutineer
