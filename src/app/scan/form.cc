#include "app/scan/form.h"

#include <algorithm>

#include "app/scan/picture.h"
#include "core/ballot/stamp_paper.h"
#include "core/crypto/hash.h"

namespace scrutineer {

Result<std::vector<NamedPicture>> pictures_named(Disk& disk, const std::string& directory, std::string_view begin) {
  SCRUTINEER_TRY(std::vector<std::string> names, disk.list(directory));
  std::sort(names.begin(), names.end());
  std::vector<NamedPicture> pages;
  for (const std::string& name : names) {
    if (!name.starts_with(begin)) continue;
    SCRUTINEER_TRY(Bytes bytes, read_file(disk, directory + "/" + name, kPictureBytes));
    if (picture_kind(bytes) == PictureKind::bin) continue;  // the same pages as a PDF lie beside them
    auto page = decode_picture(bytes);
    if (!page) return tl::unexpected(placed(page.error(), directory + "/" + name));
    pages.push_back({name, sha256(bytes), std::move(*page)});
  }
  return pages;
}

Result<std::unique_ptr<BallotForm>> open_ballot_form(Disk& disk, const std::string& directory) {
  SCRUTINEER_TRY(bool stamp, disk.exists(directory + "/paper.json"));
  SCRUTINEER_TRY(bool oval, disk.exists(directory + "/election.json"));
  if (!stamp && !oval)
    return fail(ErrorCode::not_found, "there is no ballot definition: neither paper.json nor election.json", directory);
  if (stamp) {
    SCRUTINEER_TRY(Bytes paper, read_file(disk, directory + "/paper.json", kStampPaperBytes));
    return open_stamp_form(disk, directory, paper);
  }
  return open_oval_form(disk, directory);
}

}  // namespace scrutineer
