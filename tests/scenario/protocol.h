// Protocols of events as text: tests/scenario/README.md says how they read.
#pragma once

#include <string>
#include <vector>

namespace scrutineer::testing {

// One of the notices: what it said, and when it was sent.
struct ScenarioNotice {
  std::string name;
  std::string kind = "attack";
  std::string sent;         // RFC 3339
  std::string attribution;  // JSON; empty: it names nobody
  std::vector<std::pair<std::string, std::string>> fields;
};
ScenarioNotice read_notice_file(const std::string& path);

struct VariantLine {
  std::size_t number = 0;
  std::string text;
};
struct Variant {
  std::string name;
  std::vector<VariantLine> lines;
};
Variant read_variant_file(const std::string& path);

// What does not come out as the protocol says, with its line; empty: everything does. `less`: judge it again without
// each of the logs, which must never turn anything round.
std::vector<std::string> play(const ScenarioNotice& notice, const Variant& variant, bool less = false);

}  // namespace scrutineer::testing
