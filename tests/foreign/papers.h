// Papers of every case with their truth: which marks, what the law makes of them, and whom they are for.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "tests/foreign/station.h"

namespace scrutineer::foreign {

enum class Law : std::uint8_t {
  valid,    // for `option`: a machine may count it for that option and for no other
  invalid,  // must not be counted
  people,   // must not be counted by a machine
};

struct Mark {
  Drawing drawing;  // on the paper
  Ink ink;
  double smear_x = 0, smear_y = 0;
};
struct Paper {
  std::string_view what;
  Law law = Law::invalid;
  std::uint16_t option = 0;
  std::vector<Mark> marks;
  bool seal = true, stub = false;
};

struct Case {
  std::string_view name;
  int least = 0;  // per mille that the machine must decide itself; 0: people may look at each
  bool (*make)(Paper& paper, const Station& station, Luck& luck);  // false: not on this paper
};
std::span<const Case> mark_cases();

// What happened to a paper with a clean stamp, or to its scan, after it was marked. `defects`: the names that a
// rejection may have.
struct Accident {
  std::string_view name;
  bool read = false;  // it must be read nearly always
  void (*happen)(GreyPage& page, const Lens& lens, const Station& station, Luck& luck);
  std::vector<std::string_view> defects;
};
std::span<const Accident> accidents();

// With that base (lay), the marks, the officer's seal; then the scanner's blur, noise and compression.
GreyPage marked(const GreyPage& base, const Lens& lens, const Paper& paper, const Station& station, double print,
                Luck& luck);
GreyPage scanned(GreyPage page, const Scan& scan, Luck& luck);

}  // namespace scrutineer::foreign
