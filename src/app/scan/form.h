// A ballot definition of either family, ready for reading many papers.
//
//   DIR/paper.json      a Korean stamp paper (docs/formats/stamp-paper.md); DIR/specimen.* : a scan of a blank one
//   DIR/election.json   hand-marked ovals: vxsuite's election.json or NIST SP 1500-20; DIR/template*.* : blank pages
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/disk.h"
#include "core/base/result.h"
#include "core/image/image.h"
#include "core/scan/batch.h"
#include "core/scan/likeness.h"
#include "core/scan/oval_form.h"

namespace scrutineer {

struct ReadPage {
  SheetReading reading;
  std::optional<GreyPage> masked;  // absent where nobody knows what to mask
  std::optional<Likeness> likeness;
};

// Immutable; any number of threads may read with one.
class BallotForm {
 public:
  virtual ~BallotForm() = default;
  virtual ReadPage read(GreyView page) const = 0;

  std::vector<BatchContest> contests;
  Hash256 definition{};  // of the file's bytes
  Thresholds thresholds;
  int sides = 1;  // pictures of one paper
};

// Errors: not_found (no definition there, a blank page is missing), those of the definition and of its pictures.
Result<std::unique_ptr<BallotForm>> open_ballot_form(Disk& disk, const std::string& directory);

// For open_ballot_form: one a family.
Result<std::unique_ptr<BallotForm>> open_stamp_form(Disk& disk, const std::string& directory, BytesView paper);
Result<std::unique_ptr<BallotForm>> open_oval_form(Disk& disk, const std::string& directory);
struct LoadedOvals {
  OvalForm form;
  Hash256 definition{};  // of the list "SHA-256 two spaces name LF" of the files used
};
Result<LoadedOvals> load_oval_form(Disk& disk, const std::string& directory);

// The pictures in a folder whose names begin so, in the order of their names; other files are passed over. Errors:
// those of decode_picture.
struct NamedPicture {
  std::string name;
  Hash256 sha256{};
  GreyPage page;
};
Result<std::vector<NamedPicture>> pictures_named(Disk& disk, const std::string& directory, std::string_view begin);

}  // namespace scrutineer
