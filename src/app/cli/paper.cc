#include "app/cli/commands.h"
#include "app/cli/terminal.h"

namespace scrutineer::cli {

int paper_command(int, char**) {
  return complain("paper is not there yet");
}

}  // namespace scrutineer::cli
