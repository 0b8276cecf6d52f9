// One parser a command, with the same manners everywhere. CLI11 stands behind it, in arguments.cc alone: its header
// costs several seconds in every file that includes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace scrutineer::cli {

// One option of a command; it lives as long as its CommandLine. Each member returns the option, so that they can be
// chained.
class Argument {
 public:
  explicit Argument(CLI::Option* option) : option_(option) {}
  Argument* required();
  Argument* one_of(const std::vector<std::string>& words);
  Argument* between(int least, int most);
  Argument* between(double least, double most);
  Argument* shows_default();
  Argument* excludes(Argument* other);
  Argument* needs(Argument* other);
  Argument* separated_by(char delimiter);

 private:
  CLI::Option* option_;
};

// The options of one command. What is added refers to variables of the caller, which `parse` fills.
class CommandLine {
 public:
  // `name`: the whole command ("scrutineer key new"); `example` is shown under the help.
  CommandLine(const std::string& name, const std::string& what, const std::string& example);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  // `name`: "--out", or "FILE" for one without a name; vectors take several values.
  template <class T>
  Argument* add_option(const std::string& name, T& target, const std::string& what = {});
  Argument* add_flag(const std::string& name, bool& target, const std::string& what = {});

  // Parses; an exit code where the command is over already (help: 0, a mistake: 2).
  std::optional<int> parse(int argc, char** argv);

 private:
  std::unique_ptr<CLI::App> app_;
  std::deque<Argument> arguments_;
};

std::unique_ptr<CommandLine> new_app(const std::string& name, const std::string& what, const std::string& example);
std::optional<int> parse(CommandLine& line, int argc, char** argv);

// A word that selects among subcommands: "new" in "key new"; empty where there is none. Prints `usage` for --help.
std::string subcommand(int argc, char** argv);

}  // namespace scrutineer::cli
