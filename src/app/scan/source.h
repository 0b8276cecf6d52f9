// Where pictures come from: a folder of scans, or a pipe from a scanner.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/disk.h"
#include "core/base/result.h"

namespace scrutineer {

inline constexpr std::size_t kScannedPictures = 1'000'000;
inline constexpr std::size_t kSidesMost = 2;

// One paper: its front, and its back where it has one.
struct ScannedPaper {
  std::vector<Bytes> pictures;     // the scanner's exact bytes
  std::vector<std::string> names;  // where they came from, for messages alone; never kept with the batch
};

class ScanSource {
 public:
  virtual ~ScanSource() = default;
  virtual std::size_t papers() const = 0;  // 0: nobody knows before the end
  // nullopt: that was all. Errors: io_error; a file that cannot be read is a paper with an empty picture.
  virtual Result<std::optional<ScannedPaper>> next() = 0;
};

// Every file of a folder but hidden ones, in an order drawn by `rng`, so that nothing in the batch tells the feeder's.
// Two files NAME-front.* and NAME-back.* (or NAME_front, NAME_back) are one paper. Borrows both. Errors: io_error,
// not_found (an empty folder), limit_exceeded.
Result<std::unique_ptr<ScanSource>> open_folder(Disk& disk, Rng& rng, const std::string& directory, int sides);

// Pictures one after another, `sides` a paper; `next`: nullopt: that was all. `word`: what one of them is called in
// messages ("picture 7").
using NextPicture = std::function<Result<std::optional<Bytes>>()>;
std::unique_ptr<ScanSource> open_pictures(NextPicture next, int sides, std::string word);

// Binary PBM, PGM or PPM pictures, one after another, `sides` a paper. `read`: up to size bytes into out, 0 at the end.
// Errors: io_error, those of pnm_size (nothing after a broken one can be told apart).
using ReadSome = std::function<Result<std::size_t>(char* out, std::size_t size)>;
std::unique_ptr<ScanSource> open_pipe(ReadSome read, int sides);

}  // namespace scrutineer
