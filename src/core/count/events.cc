#include "core/count/events.h"

namespace scrutineer {
namespace {

constexpr std::string_view kActNames[] = {"begun",     "saved",     "confirmed",  "prepared",       "entered",
                                          "discarded", "live-step", "live-ended", "live-confirmed", "accepted",
                                          "attached",  "offered",   "reopened",   "filled"};
static_assert(std::size(kActNames) == std::variant_size_v<CountAct>);
constexpr std::int64_t kLatestSecond = std::int64_t{1} << 40;

void write_hand(JsonWriter& out, const Hand& hand) {
  out.member("by", to_string(hand.key));
}

Hand read_hand(const ObjectReader& in) {
  auto key = parse_vkey(in.non_empty("by"));
  if (!key) {
    in.problem("by", "expected a verifier key");
    return {};
  }
  return {std::move(*key)};
}

std::int64_t read_at(const ObjectReader& in) {
  return in.integer("at", 0, kLatestSecond);
}

struct Writer {
  JsonWriter& out;
  void operator()(const Begun& a) const {
    write_hand(out, a.by);
    out.member("token", a.token).member("reading", a.reading).member("at", a.at).name("live").boolean(a.live);
  }
  void typed(const FieldValues& values) const {
    out.name("typed").begin_object();
    for (const auto& [name, text] : values) out.member(name, text);
    out.end_object();
  }
  void operator()(const Saved& a) const {
    out.member("section", static_cast<std::int64_t>(a.section));
    typed(a.typed);
  }
  void operator()(const Filled& a) const { typed(a.typed); }
  void operator()(const Confirmed& a) const { out.member("code", a.code); }
  void operator()(const Prepared& a) const { out.member("text", a.text).member("disclosure", a.disclosure); }
  void operator()(const Entered& a) const { out.member("record", to_hex(a.record)).member("at", a.at); }
  void operator()(const Discarded& a) const { write_hand(out, a.by); }
  void operator()(const LiveStepped& a) const { out.member("step", to_string(a.step)); }
  void operator()(const LiveEnded& a) const { out.member("salt", a.salt); }
  void operator()(const LiveConfirmed& a) const { write_hand(out, a.by); }
  void operator()(const AcceptedError& a) const {
    write_hand(out, a.by);
    out.member("code", a.code).member("reason", a.reason).member("note", a.note);
  }
  void operator()(const Attached& a) const { out.member("blob", to_hex(a.blob)).member("note", a.note); }
  void operator()(const Offered& a) const {
    write_hand(out, a.to);
    out.member("text", a.text).member("at", a.at);
  }
  void operator()(const Reopened& a) const {
    write_hand(out, a.by);
    out.member("reason", a.reason).member("order", a.order).member("at", a.at);
    if (a.replaces) out.member("replaces", to_hex(*a.replaces));
  }
};

FieldValues read_typed_fields(const ObjectReader& in) {
  FieldValues typed;
  auto object = in.find("typed");
  if (!object || !object->is_object()) {
    in.problem("typed", "expected an object of answers");
    return typed;
  }
  for (JsonValue member : *object) {
    auto text = member.as_string();
    if (!text) in.problem("typed", "expected texts");
    typed.emplace(std::string(member.name()), std::string(text.value_or("")));
  }
  return typed;
}

LiveStep read_step(const ObjectReader& in) {
  auto step = read_live_step(in.non_empty("step"), limits::kOptionsPerContest);
  if (!step) in.problem("step", "expected an option's number, \"invalid\" or \"undo\"");
  return step.value_or(LiveStep{});
}

CountAct read_act(const ObjectReader& in, std::size_t act) {
  switch (act) {
    case 0:
      return Begun{in.non_empty("token"), read_hand(in), in.integer("reading", 1, 3), read_at(in), in.boolean("live")};
    case 1: return Saved{static_cast<std::size_t>(in.integer("section", 0, 100)), read_typed_fields(in)};
    case 2: return Confirmed{in.non_empty("code")};
    case 3: return Prepared{in.non_empty("text"), in.non_empty("disclosure")};
    case 4: return Entered{RecordId{in.hash("record")}, read_at(in)};
    case 5: return Discarded{read_hand(in)};
    case 6: return LiveStepped{read_step(in)};
    case 7: return LiveEnded{in.non_empty("salt")};
    case 8: return LiveConfirmed{read_hand(in)};
    case 9: return AcceptedError{in.non_empty("code"), in.non_empty("reason"), read_hand(in), in.non_empty("note")};
    case 10: return Attached{BlobHash{in.hash("blob")}, in.non_empty("note")};
    case 11: return Offered{read_hand(in), in.non_empty("text"), read_at(in)};
    case 12: {
      Reopened a{read_hand(in), in.non_empty("reason"), in.string("order"), std::nullopt, read_at(in)};
      if (auto replaces = in.optional_hash("replaces")) a.replaces = RecordId{*replaces};
      return a;
    }
    case 13: return Filled{read_typed_fields(in)};
  }
  return Confirmed{};  // `choice` has reported it
}

}  // namespace

void write_event(JsonWriter& out, const CountEvent& event) {
  out.begin_object().member("unit", event.unit.value()).member("contest", event.contest.value());
  out.member("act", kActNames[event.act.index()]);
  std::visit(Writer{out}, event.act);
  out.end_object();
}

CountEvent read_event(const ObjectReader& in) {
  CountEvent event{UnitId(in.non_empty("unit")), ContestId(in.non_empty("contest")), Confirmed{}};
  event.act = read_act(in, in.choice("act", kActNames));
  return event;
}

}  // namespace scrutineer
