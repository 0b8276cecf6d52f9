#include "app/ui/desk_words.h"

#include <span>

#include "app/ui/desk_messages.h"
#include "core/base/check.h"

namespace scrutineer::ui {

namespace {

struct Word {
  std::string_view code;
  Msg text;
};

constexpr Word kRoles[] = {
    {"typist", desk::role_typist},
    {"reader", desk::role_reader},
    {"recorder", desk::role_recorder},
    {"registrar", desk::role_registrar},
    {"root", desk::role_root},
    {"officer", desk::role_officer},
    {"deputy", desk::role_deputy},
    {"telephone", desk::role_telephone},
    {"representative", desk::role_representative},
};

constexpr Word kTypes[] = {
    {"definition", desk::t_definition},
    {"grant", desk::t_grant},
    {"revoke", desk::t_revoke},
    {"compromised", desk::t_compromised},
    {"adopt", desk::t_adopt},
    {"count-sheet", desk::t_count_sheet},
    {"refusal", desk::t_refusal},
    {"lot", desk::t_lot},
    {"result-claim", desk::t_result_claim},
    {"entry", desk::t_entry},
    {"acceptance", desk::t_acceptance},
    {"remark", desk::t_remark},
    {"attachment", desk::t_attachment},
    {"custody", desk::t_custody},
    {"independent-tally", desk::t_independent_tally},
    {"device-statement", desk::t_device_statement},
    {"device-enrolment", desk::t_device_enrolment},
    {"inspection", desk::t_inspection},
};

constexpr Word kObjects[] = {{"box", desk::object_box}, {"envelope", desk::object_envelope}};

constexpr Word kEvents[] = {
    {"sealed", desk::ev_sealed}, {"moved", desk::ev_moved},         {"stored", desk::ev_stored},
    {"opened", desk::ev_opened}, {"recounted", desk::ev_recounted},
};

const Msg* find(std::span<const Word> words, std::string_view code) {
  for (const Word& candidate : words)
    if (candidate.code == code) return &candidate.text;
  return nullptr;
}

void known_or_code(Html& h, std::span<const Word> words, std::string_view code) {
  if (const Msg* text = find(words, code))
    h(*text);
  else
    h(code);
}

}  // namespace

const Msg& word(DeskState state) {
  switch (state) {
    case DeskState::expected: return desk::st_expected;
    case DeskState::first_begun: return desk::st_first_begun;
    case DeskState::first_done: return desk::st_first_done;
    case DeskState::second_begun: return desk::st_second_begun;
    case DeskState::different: return desk::st_different;
    case DeskState::blocked: return desk::st_blocked;
    case DeskState::ready: return desk::st_ready;
    case DeskState::announced: return desk::st_announced;
    case DeskState::in_effect: return desk::st_in_effect;
    case DeskState::conflict: return desk::st_conflict;
  }
  panic("a state without a word");
}

const Msg& word(DeskAction::Kind kind) {
  switch (kind) {
    case DeskAction::Kind::enter_first: return desk::do_enter_first;
    case DeskAction::Kind::enter_second: return desk::do_enter_second;
    case DeskAction::Kind::third_reading: return desk::do_third;
    case DeskAction::Kind::accept: return desk::do_accept;
    case DeskAction::Kind::announce: return desk::do_announce;
    case DeskAction::Kind::sign: return desk::do_sign;
    case DeskAction::Kind::look: return desk::do_look;
    case DeskAction::Kind::live_count: return desk::do_live;
    case DeskAction::Kind::attach: return desk::do_attach;
    case DeskAction::Kind::custody: return desk::do_custody;
  }
  panic("an action without a word");
}

Markup sign_of(DeskState state) {
  switch (state) {
    case DeskState::expected: return "·"_h;
    case DeskState::first_begun: return "1"_h;
    case DeskState::first_done: return "①"_h;
    case DeskState::second_begun: return "2"_h;
    case DeskState::different: return "≠"_h;
    case DeskState::blocked: return "!"_h;
    case DeskState::ready: return "▶"_h;
    case DeskState::announced: return "◆"_h;
    case DeskState::in_effect: return "✓"_h;
    case DeskState::conflict: return "×"_h;
  }
  panic("a state without a sign");
}

Markup state_class(DeskState state) {
  switch (state) {
    case DeskState::expected: return "s0"_h;
    case DeskState::first_begun: return "s1"_h;
    case DeskState::first_done: return "s2"_h;
    case DeskState::second_begun: return "s3"_h;
    case DeskState::different: return "s4"_h;
    case DeskState::blocked: return "s5"_h;
    case DeskState::ready: return "s6"_h;
    case DeskState::announced: return "s7"_h;
    case DeskState::in_effect: return "s8"_h;
    case DeskState::conflict: return "s9"_h;
  }
  panic("a state without a class");
}

void chip(Html& h, DeskState state) {
  h("<span class=\"ds "_h, state_class(state), "\"><span aria-hidden=true>"_h, sign_of(state), "</span> "_h,
    word(state), "</span>"_h);
}

void desk_role(Html& h, std::string_view code) {
  if (const Msg* text = find(kRoles, code))
    h(*text);
  else
    role(h, code);
}

void record_type(Html& h, std::string_view code) {
  known_or_code(h, kTypes, code);
}

void custody_object(Html& h, std::string_view code) {
  known_or_code(h, kObjects, code);
}

void custody_event(Html& h, std::string_view code) {
  known_or_code(h, kEvents, code);
}

}  // namespace scrutineer::ui
