// What a drawn stamp paper shows, and so what a reader must say of it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/ballot/stamp_paper.h"
#include "core/ballot/stamp_rules.h"

namespace scrutineer {

enum class MarkTool : std::uint8_t {
  official,    // a ring around 卜
  other_seal,  // a ring or square around something else
  tick,        // pen
  cross,
  circle,
  scribble,
  finger,   // a print with ridges
  writing,  // letters by hand
  officer,  // the officer's seal at its place: belongs there
};

struct PaperMark {
  MarkTool tool = MarkTool::official;
  Length x = 0, y = 0;                  // its middle
  std::int32_t turn = 0;                // hundredths of a degree
  Length size = 700;                    // diameter or height
  std::int32_t ink = 700;               // per mille: how dark
  std::int32_t fill = 0;                // per mille: ink inside the ring
  std::int32_t hidden = 0;              // per mille of the diameter that was not printed, from one side
  bool flip_x = false, flip_y = false;  // a mirror print
  Length smear_x = 0, smear_y = 0;      // drawn along so far
  std::uint32_t shape = 0;              // which ring and 卜, which letters: the tool
  std::uint32_t grain = 0;              // of the ink
};

struct StampTruth {
  StampCase what = StampCase::clean;
  std::optional<std::uint16_t> option;  // whom the paper is for, where the law makes it valid
  StampVerdict law = StampVerdict::valid;
  std::vector<PaperMark> marks;
  bool officer_seal = true;
  bool serial = false;  // the stub was not cut off
};

// A paper of that case, for a random option. Where a case is impossible on this paper (no stamp is across two boxes
// 1 cm apart) the nearest one is drawn, and `what` says so. The paper's geometry must exist.
StampTruth make_stamp_truth(const StampPaper& paper, StampCase what, std::uint64_t seed);

}  // namespace scrutineer
