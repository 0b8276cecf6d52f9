#include "core/adjudicate/choice.h"

#include <algorithm>

namespace scrutineer {
namespace {

constexpr Decision kDecisions[] = {Decision::counted, Decision::blank, Decision::invalid};
constexpr std::size_t kMostOptions = 1'000;
constexpr std::int64_t kMostIndex = 65'535;

}  // namespace

std::optional<InvalidReason> invalid_reason_of(std::string_view name) {
  for (std::size_t i = 0; i < kInvalidReasons; ++i)
    if (kInvalidReasonNames[i] == name) return static_cast<InvalidReason>(i);
  return std::nullopt;
}

bool fits(const Choice& choice, const ContestForm& form) {
  switch (choice.decision) {
    case Decision::counted:
      return !choice.options.empty() && choice.options.size() <= form.seats && choice.options.back() < form.options &&
             std::adjacent_find(choice.options.begin(), choice.options.end(), std::greater_equal<>()) ==
                 choice.options.end() &&
             !choice.reason;
    case Decision::blank: return form.blank_apart && choice.options.empty() && !choice.reason;
    case Decision::invalid: return choice.options.empty() && choice.reason.has_value();
    case Decision::recheck:
    case Decision::rejected: return false;  // a machine may leave it to people; people may not
  }
  return false;
}

void write_choice(JsonWriter& out, const Choice& choice) {
  out.begin_object().member("decision", decision_name(choice.decision)).name("options").begin_array();
  for (std::uint16_t option : choice.options) out.integer(option);
  out.end_array();
  if (choice.reason) out.member("reason", kInvalidReasonNames[static_cast<std::size_t>(*choice.reason)]);
  out.end_object();
}

Choice read_choice(const ObjectReader& in) {
  Choice choice;
  choice.decision = kDecisions[std::min<std::size_t>(in.choice("decision", kChoiceNames), 2)];
  auto options = in.find("options");
  if (!options || !options->is_array()) {
    in.problem("options", "expected an array of options");
  } else {
    for (JsonValue value : *options) {
      auto option = value.as_integer();
      if (!option || *option < 0 || *option > kMostIndex || choice.options.size() == kMostOptions) {
        in.problem("options", "expected the places of options");
        break;
      }
      choice.options.push_back(static_cast<std::uint16_t>(*option));
    }
  }
  if (in.has("reason")) choice.reason = static_cast<InvalidReason>(in.choice("reason", kInvalidReasonNames));
  return choice;
}

}  // namespace scrutineer
