// What each step of the script says: a pure function of the step, so that any thread can write any entry.
#pragma once

#include "app/demo/election_text.h"
#include "app/demo/script.h"

namespace scrutineer::demo {

struct Night {
  std::string seed;
  Country country;
  Plan plan;
  ElectionText election;
  RecordId id;  // of the definition
  Script script;
};

Oddity oddity_of(const Night& night, std::uint32_t unit);
Figures true_figures(const Night& night, std::uint32_t unit);

// Pens of a few people who sign again and again, kept while a range of entries is written.
class PenBox {
 public:
  explicit PenBox(std::string_view seed) : seed_(seed) {}
  Pen& of(const Person& person);

 private:
  std::string_view seed_;
  std::vector<std::pair<Person, std::unique_ptr<Pen>>> pens_;
};

Bytes entry_of(const Night& night, const Step& step, PenBox& pens);

}  // namespace scrutineer::demo
