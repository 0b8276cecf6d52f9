// Timing marks of one long side: candidates, and the chain of them that is the side.
#pragma once

#include <vector>

#include "core/image/image.h"

namespace scrutineer {

// Something dark of a timing mark's height with light above and below. Pixels of the small picture.
struct MarkCandidate {
  float y = 0;              // middle
  int left = 0, right = 0;  // outermost columns, inclusive
};

std::vector<MarkCandidate> mark_candidates(GreyView small, int from, int to);  // columns [from, to)

struct ChainLink {
  int candidate = -1;  // -1: missing, between its neighbours
};

// The longest sequence of candidates at about `pitch` below each other. inner_left: their right edges line up (the left
// side of the page), else their left edges. Missing ones are links of their own. Empty: none of 10 marks.
std::vector<ChainLink> longest_chain(const std::vector<MarkCandidate>& candidates, float pitch, bool left_side);

}  // namespace scrutineer
