// One oval cut out of the page, turned and scaled so that timing marks stand 50 pixels apart: an oval is then 39 by 25
// pixels with its middle in the middle of the patch, whatever the page's resolution and however it lay.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/scan/oval_frame.h"
#include "core/scan/oval_ground.h"

namespace scrutineer {

inline constexpr int kPatchWidth = 54, kPatchHeight = 40;
inline constexpr float kPatchPitch = 50;

// 0: paper, 255: as dark as print. Streaks are cut out: `used` is 0 there.
struct OvalPatch {
  std::array<std::uint8_t, kPatchWidth * kPatchHeight> ink{};
  std::array<std::uint8_t, kPatchWidth * kPatchHeight> used{};
  bool streaked = false;
};

// The parts of a patch: the oval's inside, its printed line with some room for error, and what lies around it.
enum class PatchPart : std::uint8_t { inside, line, around };
using PatchMask = std::array<PatchPart, kPatchWidth * kPatchHeight>;
const PatchMask& patch_mask();

// How much darker an oval's printed line is than its inside, of 255: how well an oval's outline lies in the patch.
int line_ink(const OvalPatch& patch);

// How far, in marks, the oval's line lies from the middle of the patch: up to a tenth of a mark. Nothing where no line
// shows.
PagePoint line_offset(const OvalPatch& patch);

// Columns of the page in which a streak lies; empty: none.
using StreakColumns = std::vector<std::uint8_t>;  // 1: streak; as many as the page is wide, or none
class StreakFinder {
 public:
  explicit StreakFinder(GreyView page);
  void look_down_to(int row);  // rows of the page; never back
  StreakColumns found();       // after all rows

 private:
  enum class Part : std::uint8_t { top, middle, bottom };
  Part part_of(int row) const;
  void look_at(const std::uint8_t* line);
  void flush();

  const GreyView page_;
  const int looked_, margin_;  // rows looked at, and of those in the upper and in the lower margin
  int next_ = 0, pending_ = 0;
  Part part_ = Part::top;
  std::vector<std::uint8_t> few_;                   // of the rows since the last flush
  std::array<std::vector<std::uint16_t>, 3> dips_;  // of each part, in how many rows a column is darker
};
StreakColumns find_streaks(GreyView page);
// The page with what lies beside each streak drawn over it.
GreyPage without_streaks(GreyView page, const StreakColumns& streaks);

// The patch around (column, row), moved by `shift` marks. False: part of it lies beside the picture.
bool cut_patch(GreyView page, const OvalFrame& frame, const Ground& ground, const StreakColumns& streaks, float column,
               float row, PagePoint shift, OvalPatch& patch);

}  // namespace scrutineer
