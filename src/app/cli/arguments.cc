#include "app/cli/arguments.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "app/cli/terminal.h"

namespace scrutineer::cli {

Argument* Argument::required() {
  return option_->required(), this;
}
Argument* Argument::one_of(const std::vector<std::string>& words) {
  return option_->check(CLI::IsMember(words)), this;
}
Argument* Argument::between(int least, int most) {
  return option_->check(CLI::Range(least, most)), this;
}
Argument* Argument::between(double least, double most) {
  return option_->check(CLI::Range(least, most)), this;
}
Argument* Argument::shows_default() {
  return option_->capture_default_str(), this;
}
Argument* Argument::excludes(Argument* other) {
  return option_->excludes(other->option_), this;
}
Argument* Argument::needs(Argument* other) {
  return option_->needs(other->option_), this;
}
Argument* Argument::separated_by(char delimiter) {
  return option_->delimiter(delimiter), this;
}

CommandLine::CommandLine(const std::string& name, const std::string& what, const std::string& example)
    : app_(std::make_unique<CLI::App>(what, name)) {
  app_->footer("Example:\n  " + example + "\n");
  app_->set_version_flag("--version", std::string("scrutineer ") + SCRUTINEER_VERSION);
}
CommandLine::~CommandLine() = default;

template <class T>
Argument* CommandLine::add_option(const std::string& name, T& target, const std::string& what) {
  return &arguments_.emplace_back(app_->add_option(name, target, what));
}
template Argument* CommandLine::add_option(const std::string&, std::string&, const std::string&);
template Argument* CommandLine::add_option(const std::string&, std::vector<std::string>&, const std::string&);
template Argument* CommandLine::add_option(const std::string&, std::vector<std::int64_t>&, const std::string&);
template Argument* CommandLine::add_option(const std::string&, int&, const std::string&);
template Argument* CommandLine::add_option(const std::string&, std::int64_t&, const std::string&);
template Argument* CommandLine::add_option(const std::string&, std::uint16_t&, const std::string&);
template Argument* CommandLine::add_option(const std::string&, std::uint32_t&, const std::string&);
template Argument* CommandLine::add_option(const std::string&, std::uint64_t&, const std::string&);
template Argument* CommandLine::add_option(const std::string&, double&, const std::string&);

Argument* CommandLine::add_flag(const std::string& name, bool& target, const std::string& what) {
  return &arguments_.emplace_back(app_->add_flag(name, target, what));
}

std::optional<int> CommandLine::parse(int argc, char** argv) {
  try {  // CLI11 reports by exception: they end here
    app_->parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app_->exit(error, std::cout, std::cerr), kGood;
    return complain(std::string(error.what()) + " (see: " + app_->get_name() + " --help)");
  }
  return std::nullopt;
}

std::unique_ptr<CommandLine> new_app(const std::string& name, const std::string& what, const std::string& example) {
  return std::make_unique<CommandLine>(name, what, example);
}

std::optional<int> parse(CommandLine& line, int argc, char** argv) {
  return line.parse(argc, argv);
}

std::string subcommand(int argc, char** argv) {
  return argc > 1 ? argv[1] : "";
}

}  // namespace scrutineer::cli
