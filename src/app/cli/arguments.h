// One CLI11 parser a command, with the same manners everywhere.
#pragma once

#include <memory>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace scrutineer::cli {

// `name`: the whole command ("scrutineer key new"); `example` is shown under the help.
std::unique_ptr<CLI::App> new_app(const std::string& name, const std::string& what, const std::string& example);

// Parses; an exit code where the command is over already (help: 0, a mistake: 2).
std::optional<int> parse(CLI::App& app, int argc, char** argv);

// A word that selects among subcommands: "new" in "key new"; empty where there is none. Prints `usage` for --help.
std::string subcommand(int argc, char** argv);

}  // namespace scrutineer::cli
