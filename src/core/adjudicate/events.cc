#include "core/adjudicate/events.h"

namespace scrutineer {
namespace {

constexpr std::string_view kActNames[] = {"looked", "objected", "voted"};
static_assert(std::size(kActNames) == std::variant_size_v<CaseAct>);

Looker read_looker(const ObjectReader& in) {
  auto key = parse_vkey(in.non_empty("by"));
  if (!key) {
    in.problem("by", "expected a verifier key");
    return {};
  }
  return {std::move(*key)};
}

struct Writer {
  JsonWriter& out;
  void operator()(const Looked& a) const {
    out.name("choice");
    write_choice(out, a.choice);
  }
  void operator()(const Objected& a) const { out.member("reason", a.reason); }
  void operator()(const Voted& a) const {
    out.member("question", kCommitteeQuestionNames[static_cast<std::size_t>(a.question)]);
    if (a.motion) {
      out.name("motion");
      write_choice(out, *a.motion);
    }
    out.member("for", a.in_favour).member("against", a.against);
    if (a.chair) out.name("chair").boolean(*a.chair);
  }
};

Voted read_voted(const ObjectReader& in) {
  Voted a;
  a.by = read_looker(in);
  a.question = static_cast<CommitteeQuestion>(in.choice("question", kCommitteeQuestionNames));
  in.object(
      "motion", [&](const ObjectReader& motion) { a.motion = read_choice(motion); }, false);
  a.in_favour = in.integer("for", 0, kCommitteeSize);
  a.against = in.integer("against", 0, kCommitteeSize);
  a.chair = in.optional_boolean("chair");
  return a;
}

}  // namespace

void write_case_event(JsonWriter& out, const CaseEvent& event) {
  out.begin_object().member("ballot", event.ballot.value()).member("contest", std::int64_t{event.contest});
  out.member("act", kActNames[event.act.index()]);
  std::visit([&](const auto& act) { out.member("by", to_string(act.by.key)); }, event.act);
  std::visit(Writer{out}, event.act);
  out.end_object();
}

CaseEvent read_case_event(const ObjectReader& in) {
  CaseEvent event{BallotId(in.non_empty("ballot")), static_cast<std::uint16_t>(in.integer("contest", 0, 65'535)),
                  Objected{}};
  switch (in.choice("act", kActNames)) {
    case 0: {
      Looked a{read_looker(in), {}};
      in.object("choice", [&](const ObjectReader& choice) { a.choice = read_choice(choice); });
      event.act = std::move(a);
      break;
    }
    case 1: event.act = Objected{read_looker(in), in.non_empty("reason")}; break;
    case 2: event.act = read_voted(in); break;
  }
  return event;
}

}  // namespace scrutineer
