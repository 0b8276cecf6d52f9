#include "app/ui/words.h"

#include <span>

#include "app/ui/messages.h"
#include "core/base/check.h"

namespace scrutineer::ui {

namespace {

struct Word {
  std::string_view code;
  Msg text;
};

constexpr Word kUnitKinds[] = {
    {"polling-day", msg::kind_polling_day},
    {"early-in-district", msg::kind_early_in},
    {"early-out-of-district", msg::kind_early_out},
    {"overseas", msg::kind_overseas},
    {"home/ship", msg::kind_home_ship},
};

constexpr Word kRoles[] = {
    {"chair", msg::role_chair},         {"member", msg::role_member},
    {"observer", msg::role_observer},   {"coordinator", msg::role_coordinator},
    {"publisher", msg::role_publisher}, {"transcriber", msg::role_transcriber},
};

std::string_view known_or_code(std::span<const Word> words, std::string_view code, Lang lang) {
  for (const Word& candidate : words)
    if (candidate.code == code) return candidate.text.in(lang);
  return code;
}

void known_or_code(Html& h, std::span<const Word> words, std::string_view code) {
  for (const Word& candidate : words) {
    if (candidate.code == code) {
      h(candidate.text);
      return;
    }
  }
  h(code);
}

Markup tone(UnitStatus status) {
  switch (status) {
    case UnitStatus::counted_signed: return "ok"_h;
    case UnitStatus::replaced:
    case UnitStatus::transcribed:
    case UnitStatus::entered: return "half"_h;
    case UnitStatus::not_counted: return "none"_h;
    case UnitStatus::conflict:
    case UnitStatus::unauthorised: return "look"_h;
  }
  panic("a status without a tone");
}

Markup tone(ResultState state) {
  return state == ResultState::counting ? "none"_h : state == ResultState::all_counted ? "half"_h : "ok"_h;
}

Markup tone(VersionState state) {
  switch (state) {
    case VersionState::counted: return "ok"_h;
    case VersionState::replaced: return "none"_h;
    case VersionState::entered: return "half"_h;
    case VersionState::conflicting:
    case VersionState::unauthorised: return "look"_h;
  }
  panic("a version without a tone");
}

}  // namespace

const Msg& word(UnitStatus status) {
  switch (status) {
    case UnitStatus::not_counted: return msg::st_not_counted;
    case UnitStatus::counted_signed: return msg::st_counted;
    case UnitStatus::entered: return msg::st_entered;
    case UnitStatus::transcribed: return msg::st_transcribed;
    case UnitStatus::conflict: return msg::st_conflict;
    case UnitStatus::replaced: return msg::st_replaced;
    case UnitStatus::unauthorised: return msg::st_unauthorised;
  }
  panic("a status without a word");
}

const Msg& word(ResultState state) {
  switch (state) {
    case ResultState::counting: return msg::state_counting;
    case ResultState::all_counted: return msg::state_all_counted;
    case ResultState::certified: return msg::state_certified;
  }
  panic("a state without a word");
}

const Msg& word(VersionState state) {
  switch (state) {
    case VersionState::counted: return msg::version_counted;
    case VersionState::replaced: return msg::version_replaced;
    case VersionState::conflicting: return msg::version_conflicting;
    case VersionState::entered: return msg::version_entered;
    case VersionState::unauthorised: return msg::version_unauthorised;
  }
  panic("a version without a word");
}

const Msg& word(HowCounted how) {
  switch (how) {
    case HowCounted::not_stated: return msg::how_not_stated;
    case HowCounted::by_hand: return msg::how_hand;
    case HowCounted::machine_then_hand: return msg::how_machine;
  }
  panic("a way of counting without a word");
}

const Msg& word(Figure figure) {
  switch (figure) {
    case Figure::electors: return msg::electors;
    case Figure::issued: return msg::issued;
    case Figure::cast: return msg::cast;
    case Figure::valid: return msg::valid;
    case Figure::invalid: return msg::invalid;
    case Figure::blank: return msg::blank;
    case Figure::votes: return msg::votes;
  }
  panic("a figure without a word");
}

void chip(Html& h, UnitStatus status) {
  h("<span class=\"st "_h, tone(status), "\">"_h, word(status), "</span>"_h);
}

void chip(Html& h, ResultState state) {
  h("<span class=\"st "_h, tone(state), "\">"_h, word(state), "</span>"_h);
}

void chip(Html& h, VersionState state) {
  h("<span class=\"st "_h, tone(state), "\">"_h, word(state), "</span>"_h);
}

void unit_kind(Html& h, std::string_view code) {
  known_or_code(h, kUnitKinds, code);
}

std::string_view unit_kind(std::string_view code, Lang lang) {
  return known_or_code(kUnitKinds, code, lang);
}

std::string_view role(std::string_view code, Lang lang) {
  return known_or_code(kRoles, code, lang);
}

void role(Html& h, std::string_view code) {
  known_or_code(h, kRoles, code);
}

}  // namespace scrutineer::ui
