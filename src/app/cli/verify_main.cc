// scrutineer-verify: the verifier alone, for people who want nothing else.
#include "app/cli/commands.h"

int main(int argc, char** argv) {
  return scrutineer::cli::verify_command(argc, argv);
}
