#include "core/eml/message_writer.h"

namespace scrutineer::eml {
namespace {

// The seats of a list are its candidates, in the order in which they got them. Who takes a list's seat is not in the
// tally: such candidates have no name. An option that is a person has one.
void write_candidate(XmlWriter& out, std::int64_t number, const std::string& name) {
  out.begin("Selection").begin("Candidate");
  out.begin("CandidateIdentifier").attribute("Id", std::to_string(number)).end();
  out.begin("CandidateFullName").begin("xnl:PersonName");
  out.begin("xnl:NameLine").attribute("NameType", "Initials").end();
  out.element("xnl:LastName", name).end().end();
  out.begin("QualifyingAddress").begin("xal:Locality").empty("xal:LocalityName").end().end().end();
  out.element("Elected", "yes").end();
}

Status check_decided(const SeatResult& seats) {
  if (!seats.complete)
    return fail(ErrorCode::conflict, "there is no result yet: not every unit has a sheet that counts");
  if (seats.outcome.kind == seats::Outcome::Kind::lots_needed)
    return fail(ErrorCode::conflict, "there is no result yet: a lot has to be drawn and recorded");
  if (seats.outcome.kind == seats::Outcome::Kind::second_round_needed)
    return fail(ErrorCode::conflict, "there is no result yet: a second round is needed");
  return {};
}

bool of_persons(const SeatResult& seats) {
  return std::holds_alternative<seats::Plurality>(seats.config.rules.method) ||
         std::holds_alternative<seats::TwoRound>(seats.config.rules.method);
}

}  // namespace

Result<Written> write_520(const Tally& tally, ContestIndex contest, const SeatResult& seats, const Stamp& stamp) {
  SCRUTINEER_CHECKED(check_stamp(stamp));
  SCRUTINEER_CHECKED(check_decided(seats));
  Naming naming(tally.election(), contest);
  const auto& options = tally.election().contests()[contest].options;
  XmlWriter out;
  std::vector<std::string> notes;
  begin_message(out, "520", "Result", tally.election(), "CSB", naming.area_name(0), stamp);
  out.begin("Contest");
  write_contest_identifier(out, naming);
  std::string list;
  std::int64_t number = 0;
  bool named = naming.candidates() || of_persons(seats);
  for (OptionIndex option = 0; option < options.size(); ++option) {
    if (seats.outcome.seats[option] == 0) continue;
    OptionName name = naming.option(option);
    if (name.list != list) {
      out.begin("Selection");
      write_list(out, name);
      out.element("Elected", "yes").end();
      list = name.list;
      number = 0;
    }
    for (std::int64_t seat = 0; seat < seats.outcome.seats[option]; ++seat)
      write_candidate(out, ++number, named ? options[option].name : std::string());
  }
  if (list.empty()) return fail(ErrorCode::conflict, "nobody is elected: EML has no way to say so");
  if (!named) notes.push_back("who takes a list's seats is not in the tally: the candidates have no name");
  if (seats.outcome.vacant > 0)
    notes.push_back(std::to_string(seats.outcome.vacant) + " seats stay vacant: EML does not name them");
  out.end().end().end().end();
  return Written{out.take(), std::move(notes)};
}

}  // namespace scrutineer::eml
