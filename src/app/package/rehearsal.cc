#include "app/package/rehearsal.h"

namespace scrutineer {
namespace {

void rehearse_seats(const Election& election, const DefinitionFile& file, Problems& problems) {
  Tally empty(election, {});
  with_reader(file, problems, [&](const ObjectReader& in) {
    in.objects("contests", [&](const ObjectReader& contest, std::size_t index) {
      auto seats = compute_seats(empty, static_cast<ContestIndex>(index));
      if (!seats) contest.problem("seats", seats.error().message);
    });
  });
}

}  // namespace

void rehearse(const Package& package, const DefinitionFile& file, Problems& problems) {
  std::string text = record_text(Record{{}, {}, package.definition});
  auto record = read_record_text(text);
  if (!record) return problems.add(file.file, "as a record: " + to_string(record.error()));
  if (text.size() > limits::kEntryBytes - limits::kNoteSignatures * limits::kNoteNameBytes)
    return problems.add(file.file, "this is too large for one record: 65,535 bytes with its signatures");
  auto election = Election::build(record_id(text), package.definition, package.units_blob, package.options_blob,
                                  package.rules_blob);
  if (!election) return problems.add(file.file, to_string(election.error()));
  rehearse_seats(*election, file, problems);
}

}  // namespace scrutineer
