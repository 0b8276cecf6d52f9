// Tests as lines that a lawyer can read:
//   dhondt 7: A 53000 | B 24000 | C 23000 -> 4 2 1
// Left: method, parameters (name=value), seats. Options: name, votes, then "of 3" (candidates) or "+84" (constituency
// seats of its party). "no-list +163" is a party without a list; "independents 5"; "valid 1000" states the valid votes.
// Right: seats in order; "1 vacant"; "lot: 1 of B C" (withdraw:, runner:) after what is certain; "second round A B".
#pragma once

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "core/seats/seats.h"

namespace scrutineer::seats::test {

struct Line {
  Contest contest;
  std::vector<std::string> names;
  std::string expected;
};

inline std::string trimmed(const std::string& text) {
  auto first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

inline void parse_option(Line& line, const std::string& text) {
  std::istringstream in(text);
  std::string name, word;
  in >> name;
  if (name == "independents") return void(in >> line.contest.independents);
  if (name == "valid") return void(in >> line.contest.valid_votes.emplace());
  Party party;
  if (name != "no-list") {
    party.list = line.names.size();
    line.names.push_back(name);
    in >> line.contest.votes.emplace_back();
  }
  while (in >> word) {
    if (word == "of") in >> line.contest.candidates.emplace_back();
    if (word[0] == '+') party.seats_won = std::stoll(word.substr(1));
  }
  if (party.seats_won > 0) line.contest.parties.push_back(party);
}

inline void parse_method(Line& line, const std::string& text) {
  std::istringstream in(text);
  Spec spec;
  std::string word;
  in >> spec.name;
  while (in >> word) {
    auto equals = word.find('=');
    if (equals == std::string::npos)
      line.contest.seats = std::stoll(word);
    else
      spec.parameters[word.substr(0, equals)] = word.substr(equals + 1);
  }
  auto rules = rules_from(spec);
  REQUIRE_MESSAGE(rules, (rules ? "" : rules.error().message));
  line.contest.rules = *rules;
}

inline Line parse(const std::string& text) {
  Line line;
  auto colon = text.find(':');
  auto arrow = text.rfind("->");
  REQUIRE(colon != std::string::npos);
  parse_method(line, text.substr(0, colon));
  std::istringstream options(text.substr(colon + 1, arrow == std::string::npos ? arrow : arrow - colon - 1));
  std::string option;
  while (std::getline(options, option, '|')) parse_option(line, option);
  if (arrow != std::string::npos) line.expected = trimmed(text.substr(arrow + 2));
  return line;
}

inline std::string names_of(const Line& line, const std::vector<OptionIndex>& options) {
  std::string out;
  for (OptionIndex option : options) out += " " + line.names[option];
  return out;
}

inline std::string show(const Line& line, const Outcome& outcome) {
  std::string out;
  for (auto seats : outcome.seats) out += (out.empty() ? "" : " ") + std::to_string(seats);
  if (outcome.vacant > 0) out += ", " + std::to_string(outcome.vacant) + " vacant";
  if (outcome.kind == Outcome::Kind::second_round_needed) out = "second round" + names_of(line, outcome.second_round);
  if (outcome.tie) {
    const char* what = outcome.tie->kind == TieKind::seat         ? "lot"
                       : outcome.tie->kind == TieKind::withdrawal ? "withdraw"
                                                                  : "runner";
    out += std::string(", ") + what + ": " + std::to_string(outcome.tie->places) + " of" +
           names_of(line, outcome.tie->options);
  }
  return out;
}

inline Outcome outcome_of(const std::string& text) {
  auto outcome = allot(parse(text).contest);
  REQUIRE_MESSAGE(outcome, (outcome ? "" : outcome.error().message));
  return *outcome;
}

// Every line that is not empty and does not begin with '#'.
inline void check_lines(const std::string& text) {
  std::istringstream in(text);
  std::string raw;
  while (std::getline(in, raw)) {
    raw = trimmed(raw);
    if (raw.empty() || raw[0] == '#') continue;
    CAPTURE(raw);
    Line line = parse(raw);
    auto outcome = allot(line.contest);
    REQUIRE_MESSAGE(outcome, (outcome ? "" : outcome.error().message));
    CHECK(show(line, *outcome) == line.expected);
  }
}

}  // namespace scrutineer::seats::test
