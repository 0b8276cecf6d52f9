#include "core/record/count_sheet.h"

#include <algorithm>

#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::size_t kOrderBytes = 200;

std::optional<std::int64_t> read_figure(const ObjectReader& in, std::string_view name) {
  return in.optional_integer(name, 0, limits::kVotesPerSheet);
}

void write_time(JsonWriter& out, std::string_view name, const std::optional<std::string>& time) {
  if (time) out.member(name, *time);
}

}  // namespace

void write_votes(JsonWriter& out, std::string_view name, const OptionVotes& votes) {
  out.name(name).begin_object();
  for (const auto& [option, count] : votes) out.member(option.value(), count);
  out.end_object();
}

// The JSON reader has already refused an option that is named twice.
OptionVotes read_votes(const ObjectReader& in, std::string_view name) {
  OptionVotes votes;
  auto object = in.find(name);
  if (!object || !object->is_object()) {
    in.problem(name, "expected an object of votes by option id");
    return votes;
  }
  if (object->size() > limits::kOptionsPerContest) {
    in.problem(name, "more options than a contest can have");
    return votes;
  }
  votes.reserve(object->size());
  for (JsonValue member : *object) {
    auto count = member.as_integer();
    if (!count || *count < 0 || *count > limits::kVotesPerSheet) {
      in.problem(name, "votes for option " + std::string(member.name()) + ": expected an integer from 0 to " +
                           std::to_string(limits::kVotesPerSheet));
      return votes;
    }
    votes.emplace_back(OptionId(std::string(member.name())), *count);
  }
  return votes;
}

void write_members(JsonWriter& out, const CountSheet& sheet) {
  out.member("unit", sheet.unit.value()).member("contest", sheet.contest.value());
  out.member("how", kHowCountedNames[static_cast<std::size_t>(sheet.how)]);
  out.member_if("electors", sheet.electors).member_if("ballots_issued", sheet.ballots_issued);
  out.member_if("ballots_cast", sheet.ballots_cast).member_if("valid", sheet.valid);
  out.member_if("invalid", sheet.invalid).member_if("blank", sheet.blank);
  write_votes(out, "votes", sheet.votes);
  if (sheet.machine) {
    out.name("machine").begin_object();
    write_votes(out, "sorted", sheet.machine->sorted);
    out.member("to_recheck", sheet.machine->to_recheck).end_object();
  }
  if (sheet.hand) {
    out.name("hand").begin_object();
    write_votes(out, "from_sorted", sheet.hand->from_sorted);
    write_votes(out, "from_recheck", sheet.hand->from_recheck);
    out.end_object();
  }
  write_time(out, "count_began", sheet.count_began);
  write_time(out, "count_ended", sheet.count_ended);
  write_time(out, "announced", sheet.announced);
  if (sheet.replaces) out.member("replaces", to_hex(*sheet.replaces));
  if (sheet.reason) out.member("reason", *sheet.reason);
  if (sheet.order) out.member("order", *sheet.order);
  if (sheet.live) {
    out.name("live").begin_object().member("called", sheet.live->called).member("undone", sheet.live->undone);
    out.member("steps", to_hex(sheet.live->steps)).end_object();
  }
}

CountSheet read_count_sheet(const ObjectReader& in) {
  CountSheet sheet;
  sheet.unit = UnitId(in.non_empty("unit"));
  sheet.contest = ContestId(in.non_empty("contest"));
  sheet.how = static_cast<HowCounted>(in.choice("how", kHowCountedNames));
  sheet.electors = read_figure(in, "electors");
  sheet.ballots_issued = read_figure(in, "ballots_issued");
  sheet.ballots_cast = read_figure(in, "ballots_cast");
  sheet.valid = read_figure(in, "valid");
  sheet.invalid = read_figure(in, "invalid");
  sheet.blank = read_figure(in, "blank");
  sheet.votes = read_votes(in, "votes");
  in.object(
      "machine",
      [&](const ObjectReader& machine) {
        sheet.machine =
            MachineColumn{read_votes(machine, "sorted"), machine.integer("to_recheck", 0, limits::kVotesPerSheet)};
      },
      false);
  in.object(
      "hand",
      [&](const ObjectReader& hand) {
        sheet.hand = HandColumns{read_votes(hand, "from_sorted"), read_votes(hand, "from_recheck")};
      },
      false);
  sheet.count_began = read_time(in, "count_began");
  sheet.count_ended = read_time(in, "count_ended");
  sheet.announced = read_time(in, "announced");
  if (auto replaced = in.optional_hash("replaces")) {
    sheet.replaces = RecordId{*replaced};
    sheet.reason = read_reason(in);
  } else if (in.has("reason")) {
    in.problem("reason", "a reason is given only with `replaces`");
  }
  sheet.order = in.optional_string("order");
  if (sheet.order && (sheet.order->empty() || sheet.order->size() > kOrderBytes))
    in.problem("order", "expected 1 to 200 bytes");
  in.object(
      "live",
      [&](const ObjectReader& live) {
        sheet.live = LiveCount{live.integer("called", 0, limits::kVotesPerSheet),
                               live.integer("undone", 0, limits::kVotesPerSheet), live.hash("steps")};
      },
      false);
  return sheet;
}

}  // namespace scrutineer
