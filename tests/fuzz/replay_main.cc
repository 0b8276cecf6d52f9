// Runs a fuzz target over kept seeds: every file of the folders named on the command line, each whole and cut short at
// a few places, which is where parsers read past the end.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "tests/fuzz/fuzz.h"

namespace {

void run(const std::string& bytes, std::size_t size) {
  // A copy of exactly this size, so that a sanitiser sees one byte too many.
  std::unique_ptr<std::uint8_t[]> copy(new std::uint8_t[size]);
  std::copy_n(bytes.begin(), size, copy.get());
  LLVMFuzzerTestOneInput(copy.get(), size);
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t seeds = 0;
  for (int i = 1; i < argc; ++i)
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      std::string bytes(std::istreambuf_iterator<char>(in), {});
      run(bytes, bytes.size());
      for (std::size_t cut = 1; cut <= 64 && cut <= bytes.size(); ++cut) run(bytes, bytes.size() - cut);
      ++seeds;
    }
  std::printf("%zu seeds replayed\n", seeds);
  return seeds > 0 ? 0 : 1;  // a target without seeds tests nothing here
}
