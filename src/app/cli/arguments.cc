#include "app/cli/arguments.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "app/cli/terminal.h"

namespace scrutineer::cli {

std::unique_ptr<CLI::App> new_app(const std::string& name, const std::string& what, const std::string& example) {
  auto app = std::make_unique<CLI::App>(what, name);
  app->footer("Example:\n  " + example + "\n");
  app->set_version_flag("--version", std::string("scrutineer ") + SCRUTINEER_VERSION);
  return app;
}

std::optional<int> parse(CLI::App& app, int argc, char** argv) {
  try {  // CLI11 reports by exception: they end here
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error, std::cout, std::cerr), kGood;
    return complain(std::string(error.what()) + " (see: " + app.get_name() + " --help)");
  }
  return std::nullopt;
}

std::string subcommand(int argc, char** argv) {
  return argc > 1 ? argv[1] : "";
}

}  // namespace scrutineer::cli
