// Without an argument: what write_stix makes of the reports of reports.h, each after a line "== name", for `validate`
// to hold against the schemas of OASIS. With files: reads them, and says what is wrong with each.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "tests/stix/reports.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

void print(const std::string& name, const AttackReport& report) {
  auto bundle = write_stix(report, stamp_of(name));
  if (!bundle) {
    std::fprintf(stderr, "%s: %s\n", name.c_str(), to_string(bundle.error()).c_str());
    std::exit(1);
  }
  std::printf("== %s\n%s", name.c_str(), bundle->c_str());
}

int read(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  Problems problems;
  auto bundle = read_stix(text, {}, &problems);
  std::printf("%s: ", path);
  if (!bundle && problems.empty()) std::printf("%s\n", to_string(bundle.error()).c_str());
  for (const Problem& problem : problems.listed())
    std::printf("  %s: %s\n", problem.where.c_str(), problem.message.c_str());
  if (!bundle) return 1;
  const StixSummary summary = summary_of(*bundle);
  std::printf("%zu objects, %zu notices, %zu indicators, %zu named\n", bundle->objects.size(), bundle->notices.count(),
              summary.report.indicators.size(), summary.report.attributions.size());
  for (const std::string& line : summary.not_understood) std::printf("  %s\n", line.c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1) {
    int bad = 0;
    for (int i = 1; i < argc; ++i) bad |= read(argv[i]);
    return bad;
  }
  int n = 0;
  for (const AttackReport& report : historical_reports()) {
    const std::string name = "report " + std::to_string(++n);
    print(name, report);
    print(name + " without attribution", without_attribution(report));
  }
  AttackReport least;
  least.title = least.reporter = "x";
  least.first_seen = "2021-01-01T00:00:00+09:00";
  print("the least", least);
  for (Tlp tlp : kAllTlp) {
    least.tlp = tlp;
    print(std::string(tlp_label(tlp)), least);
  }
}
