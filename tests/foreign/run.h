// Foreign papers read: what the machine decided of each, by case.
#pragma once

#include <map>
#include <string>

#include "core/scan/reading.h"
#include "tests/foreign/papers.h"

namespace scrutineer::foreign {

struct Tally {
  int papers = 0, counted = 0, people = 0, rejected = 0, wrong = 0;
  std::map<std::string, int> said;  // defects, and reasons of what went to people
  void add(const Tally& other);
};
struct Totals {
  std::map<std::string, Tally> cases;  // by the case's name
  std::map<int, Tally> clean_by_face;
  std::vector<std::string> wrong, lost;  // wrong papers; clean ones that went to people: how to draw them again
  int boxes = 0;
  double read_seconds = 0;
  void add(const Totals& other);
  int wrong_papers() const;
  std::string table() const;
};

// One station's papers: every case and accident `rounds` times, `clean` clean ones each round. `only`: this case alone;
// `pictures`: a folder for what was read wrongly or lost; both may be empty.
struct Wanted {
  int rounds = 1, clean = 2;
  bool short_papers = false;
  std::string only, pictures;
};
Totals read_station(std::uint64_t seed, const Wanted& wanted);

std::string said(const SheetReading& reading);

}  // namespace scrutineer::foreign
