// A TAXII server to try other people's clients on: prints its address, then serves until its input ends. Users as in
// fixture.h.
#include <cstdio>

#include "tests/taxii/fixture.h"

int main() {
  scrutineer::testing::TaxiiWorld world;
  const auto server = world.serve();
  std::printf("%staxii2/\n", server->url().c_str());
  std::fflush(stdout);
  while (std::getchar() != EOF) {}
}
