// Korean stamp papers.
#include <algorithm>

#include "app/scan/form.h"
#include "core/crypto/hash.h"
#include "core/scan/stamp_compare.h"
#include "core/scan/stamp_mask.h"
#include "core/scan/stamp_read.h"

namespace scrutineer {
namespace {

class StampBallotForm final : public BallotForm {
 public:
  explicit StampBallotForm(StampForm form) : form_(std::move(form)) {}
  ReadPage read(GreyView page) const override {
    ReadPage out;
    const StampPage upright = upright_stamp_page(form_, page);
    out.reading = read_stamp_paper(form_, upright);
    if (out.reading.defect != SheetDefect::none) return out;
    out.masked = masked_stamp_paper(form_, upright);
    out.likeness = stamp_likeness(form_, upright);
    return out;
  }

 private:
  StampForm form_;
};

// What an election may set. What readers go by is part of the program, which batch.json names by its hash.
Thresholds thresholds_of(const StampForm& form) {
  Thresholds out{{"compare-dpi", kStampCompareDpi}};
  for (std::size_t i = 0; i < kStampCases; ++i)
    out.emplace_back("machine-" + std::string(stamp_case_name(static_cast<StampCase>(i))), form.machine[i]);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

Result<std::unique_ptr<BallotForm>> open_stamp_form(Disk& disk, const std::string& directory, BytesView text) {
  auto paper = parse_stamp_paper(text);
  if (!paper) return tl::unexpected(placed(paper.error(), directory + "/paper.json"));
  SCRUTINEER_TRY(std::vector<NamedPicture> specimens, pictures_named(disk, directory, "specimen"));
  if (specimens.size() > 1)
    return fail(ErrorCode::conflict, "there is more than one specimen of this paper", directory);
  SCRUTINEER_TRY(StampForm form, specimens.empty() ? prepare(*paper) : prepare(*paper, specimens[0].page.view()));
  Thresholds thresholds = thresholds_of(form);
  auto out = std::make_unique<StampBallotForm>(std::move(form));
  BatchContest contest{ContestId(paper->contest), 1, {}};
  for (const StampOption& option : paper->options)
    contest.options.push_back(OptionId(option.id.empty() ? option.number : option.id));
  out->contests = {std::move(contest)};
  out->definition = sha256(text);
  out->thresholds = std::move(thresholds);
  return out;
}

}  // namespace scrutineer
