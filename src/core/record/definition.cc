#include "core/record/definition.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/base/limits.h"

namespace scrutineer {
namespace {

void write_roles(JsonWriter& out, const std::vector<Role>& roles) {
  out.begin_array();
  for (const Role& role : roles) out.string(role.value());
  out.end_array();
}

void write_signing(JsonWriter& out, const std::vector<SigningRule>& rules) {
  out.name("signing").begin_object();
  for (const SigningRule& rule : rules) {
    out.name(record_type_name(rule.type)).begin_array();
    for (const SigningAlternative& alternative : rule.any_of) {
      out.begin_object().member("label", alternative.label).name("needs").begin_array();
      for (const RoleNeed& need : alternative.needs)
        out.begin_object().member("role", need.role.value()).member("count", need.count).end_object();
      out.end_array().end_object();
    }
    out.end_array();
  }
  out.end_object();
}

SigningAlternative read_alternative(const ObjectReader& in) {
  SigningAlternative alternative;
  alternative.label = in.non_empty("label");
  in.objects("needs", [&](const ObjectReader& need, std::size_t) {
    alternative.needs.push_back({Role(need.non_empty("role")), need.integer("count", 1, limits::kNoteSignatures)});
  });
  if (alternative.needs.size() > kNeedsPerAlternative) in.problem("needs", "expected at most 8 roles");
  if (alternative.needs.empty()) in.problem("needs", "expected at least one role: nobody's signature is no rule");
  return alternative;
}

// The authority's own records follow roots and grantors (docs/formats/authority.md); a rule for them would do nothing.
bool needs_signing_rule(RecordType type) {
  return type != RecordType::definition && type != RecordType::grant && type != RecordType::revoke &&
         type != RecordType::compromised;
}

// A cycle would let two roles grant each other, and a thief of one key declare the other compromised in turn.
bool has_cycle(const std::vector<GrantorRule>& rules) {
  std::vector<const GrantorRule*> left;
  for (const GrantorRule& rule : rules) left.push_back(&rule);
  for (bool removed = true; removed;) {
    removed = false;
    for (std::size_t i = 0; i < left.size() && !removed; ++i) {
      bool grants_remaining = std::any_of(left[i]->may_grant.begin(), left[i]->may_grant.end(), [&](const Role& role) {
        return std::any_of(left.begin(), left.end(), [&](const GrantorRule* rule) { return rule->role == role; });
      });
      if (grants_remaining) continue;
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(i));
      removed = true;
    }
  }
  return !left.empty();
}

}  // namespace

bool is_date(std::string_view text) {
  return text.size() == 10 && is_rfc3339(std::string(text) + "T00:00:00Z");
}

void write_value(JsonWriter& out, JsonValue value) {
  switch (value.kind()) {
    case JsonKind::null: out.null(); return;
    case JsonKind::boolean: out.boolean(*value.as_boolean()); return;
    case JsonKind::integer: out.integer(*value.as_integer()); return;
    case JsonKind::number: panic("a record holds integers alone: the strict reader lets nothing else through");
    case JsonKind::string: out.string(*value.as_string()); return;
    case JsonKind::array:
      out.begin_array();
      for (JsonValue element : value) write_value(out, element);
      out.end_array();
      return;
    case JsonKind::object:
      out.begin_object();
      for (JsonValue member : value) {
        out.name(member.name());
        write_value(out, member);
      }
      out.end_object();
      return;
  }
}

void write_members(JsonWriter& out, const Definition& definition) {
  write(out, "title", definition.title);
  out.name("simulated").boolean(definition.simulated);
  out.member("date", definition.date).member("time_zone", definition.time_zone);
  if (definition.polls_close) out.member("polls_close", *definition.polls_close);
  out.name("contests").begin_array();
  for (const ContestDefinition& contest : definition.contests) {
    out.begin_object().member("id", contest.id.value());
    write(out, "title", contest.title);
    out.member("votes_per_ballot", contest.votes_per_ballot).name("seats");
    auto seats = Json::parse(contest.seats);
    if (seats)
      write_value(out, seats->root());
    else
      out.null();  // refused when it is read back
    out.end_object();
  }
  out.end_array();
  write(out, "units", definition.units);
  write(out, "options", definition.options);
  write(out, "rules", definition.rules);
  write_signing(out, definition.signing);
  out.name("grantors").begin_object();
  for (const GrantorRule& rule : definition.grantors) {
    out.name(rule.role.value());
    write_roles(out, rule.may_grant);
  }
  out.end_object();
}

ContestDefinition read_contest(const ObjectReader& in) {
  ContestDefinition contest;
  contest.id = ContestId(in.non_empty("id"));
  // In scopes and rules "*" is every contest: a contest of that name would widen every grant for it.
  if (contest.id.value() == "*") in.problem("id", "a contest's id must not be '*'");
  contest.title = read_bilingual(in, "title");
  contest.votes_per_ballot = in.integer("votes_per_ballot", 1, limits::kSeats);
  in.object("seats", [&](const ObjectReader& seats) {
    JsonWriter out;
    write_value(out, seats.value());
    contest.seats = out.take();
  });
  return contest;
}

std::vector<SigningRule> read_signing(const ObjectReader& in) {
  std::vector<SigningRule> rules;
  in.object("signing", [&](const ObjectReader& types) {
    for (JsonValue member : types.value()) {
      auto type = record_type_from(member.name());
      if (!type) {
        types.problem(member.name(), "this is no type of record");
        continue;
      }
      if (!needs_signing_rule(*type)) {
        types.problem(member.name(), "roots and grantors sign these, whatever stands here: leave it out");
        continue;
      }
      SigningRule rule{*type, {}};
      types.objects(member.name(), [&](const ObjectReader& alternative, std::size_t) {
        rule.any_of.push_back(read_alternative(alternative));
      });
      rules.push_back(std::move(rule));
    }
  });
  return rules;
}

std::vector<GrantorRule> read_grantors(const ObjectReader& in) {
  std::vector<GrantorRule> rules;
  in.object("grantors", [&](const ObjectReader& roles) {
    for (JsonValue member : roles.value()) {
      GrantorRule rule{Role(std::string(member.name())), {}};
      for (std::string& role : roles.strings(member.name())) rule.may_grant.emplace_back(std::move(role));
      rules.push_back(std::move(rule));
    }
  });
  if (has_cycle(rules)) in.problem("grantors", "roles may not grant each other in a circle");
  return rules;
}

Definition read_definition(const ObjectReader& in) {
  Definition definition;
  definition.title = read_bilingual(in, "title");
  definition.simulated = in.boolean("simulated");
  definition.date = in.non_empty("date");
  if (!definition.date.empty() && !is_date(definition.date)) in.problem("date", "expected a date such as 2025-06-03");
  definition.time_zone = in.non_empty("time_zone");
  definition.polls_close = read_time(in, "polls_close");
  in.objects("contests",
             [&](const ObjectReader& contest, std::size_t) { definition.contests.push_back(read_contest(contest)); });
  if (definition.contests.empty()) in.problem("contests", "an election has at least one contest");
  if (definition.contests.size() > limits::kContests) in.problem("contests", "an election has at most 256 contests");
  for (std::size_t i = 0; i < definition.contests.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (definition.contests[i].id == definition.contests[k].id)
        in.problem("contests", "two contests have the id " + definition.contests[i].id.value());
  in.object("units", [&](const ObjectReader& blob) { definition.units = read_blob_ref(blob); });
  in.object("options", [&](const ObjectReader& blob) { definition.options = read_blob_ref(blob); });
  in.object("rules", [&](const ObjectReader& blob) { definition.rules = read_blob_ref(blob); });
  definition.signing = read_signing(in);
  definition.grantors = read_grantors(in);
  return definition;
}

}  // namespace scrutineer
