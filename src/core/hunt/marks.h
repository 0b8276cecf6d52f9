// Where in a line the few bytes stand that any indicator needs, found 16 bytes at a time.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace scrutineer::hunt {

struct Marks {
  static constexpr std::size_t kBlock = 64;
  struct Block {
    std::uint64_t dot, colon, at;  // bit i: the byte at i
    std::uint8_t hex;              // bit k: all of the 16 bytes from 16 k are hexadecimal digits
  };
  std::vector<Block> blocks;
};

// False, and nothing in `out` is meant, where normalising changes the line.
bool mark(std::string_view line, bool normalised, Marks& out);

}  // namespace scrutineer::hunt
