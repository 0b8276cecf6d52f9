#include "app/log/column_check.h"

#include "core/base/limits.h"

namespace scrutineer {

void add_problem(LogCheck& out, std::string text) {
  if (out.problems.size() < limits::kErrorsListed)
    out.problems.push_back(std::move(text));
  else
    ++out.more_problems;
}

void ColumnCheck::problem(std::string text) {
  add_problem(out_, std::move(text));
}

Status ColumnCheck::compare_index() {
  if (ends_.empty()) return {};
  std::uint64_t first = frontier_.size() - ends_.size();
  auto offsets = stored_.offsets(first, ends_.size());
  if (!offsets && offsets.error().code != ErrorCode::corrupt) return tl::unexpected(offsets.error());
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    if (!offsets) {
      problem("index: cut short at entry " + std::to_string(first));
      break;
    }
    if ((*offsets)[i + 1] != ends_[i]) problem("index: entry " + std::to_string(first + i) + " ends elsewhere");
  }
  ends_.clear();
  return {};
}

// Whole tiles are compared (entries come 256 at a time, so that every level's new hashes are inside one tile).
Status ColumnCheck::compare_level(unsigned level) {
  std::vector<NodeHash>& computed = levels_[level];
  if (computed.empty()) return {};
  std::uint64_t first = tile_hashes(frontier_.size(), level) - computed.size();
  std::vector<NodeHash> stored(computed.size());
  Status read = stored_.read(level, first, stored);
  if (!read && read.error().code != ErrorCode::corrupt) return read;
  std::string name = "hash." + std::to_string(level);
  if (!read) {
    problem(name + ": cut short at hash " + std::to_string(first));
  } else {
    for (std::size_t i = 0; i < computed.size(); ++i)
      if (stored[i] != computed[i]) problem(name + ": hash " + std::to_string(first + i) + " is damaged");
  }
  computed.clear();
  return {};
}

}  // namespace scrutineer
