// Rules from a name and parameters, and back.
#include <fmt/format.h>

#include <algorithm>

#include "core/seats/method.h"
#include "core/seats/names.h"
#include "core/seats/parameters.h"

namespace scrutineer::seats {
namespace {

// What of `rules` differs from `named`; nullopt where the name is for another kind of method.
std::optional<Spec> difference(const Named& named, const Rules& rules) {
  if (named.rules.method.index() != rules.method.index()) return std::nullopt;
  const auto* theirs = std::get_if<LargestRemainder>(&named.rules.method);
  const auto* ours = std::get_if<LargestRemainder>(&rules.method);
  if (ours && ours->quota != theirs->quota) return std::nullopt;
  const auto* their_body = std::get_if<Netherlands>(&named.rules.method);
  const auto* our_body = std::get_if<Netherlands>(&rules.method);
  if (our_body && our_body->body != their_body->body) return std::nullopt;

  Spec spec{std::string(named.name), {}};
  for (const Parameter& parameter : parameters()) {
    auto value = parameter.write(rules);
    if (value && value != parameter.write(named.rules)) spec.parameters.emplace(parameter.name, *value);
  }
  return spec;
}

}  // namespace

Result<Rules> rules_from(const Spec& spec) {
  const Named* named = find_name(spec.name);
  if (!named) return fail(ErrorCode::unsupported, fmt::format("There is no method \"{}\".", spec.name));
  Rules rules = named->rules;
  for (const Parameter& parameter : parameters()) {
    auto value = spec.parameters.find(std::string(parameter.name));
    if (value == spec.parameters.end()) continue;
    if (!parameter.read(rules, value->second))
      return fail(ErrorCode::invalid_argument,
                  fmt::format("{} does not take {} = \"{}\".", spec.name, parameter.name, value->second));
  }
  for (const auto& [name, value] : spec.parameters)
    if (std::none_of(parameters().begin(), parameters().end(), [&](const Parameter& p) { return p.name == name; }))
      return fail(ErrorCode::invalid_argument, fmt::format("There is no parameter \"{}\".", name));
  SCRUTINEER_CHECKED(check_rules(rules));
  return rules;
}

Spec spec_of(const Rules& rules) {
  std::optional<Spec> nearest;
  for (const Named& named : named_rules()) {
    auto spec = difference(named, rules);
    if (spec && (!nearest || spec->parameters.size() < nearest->parameters.size())) nearest = std::move(spec);
  }
  return *nearest;
}

std::vector<std::string_view> rule_names() {
  std::vector<std::string_view> names;
  for (const Named& named : named_rules()) names.push_back(named.name);
  return names;
}

}  // namespace scrutineer::seats
