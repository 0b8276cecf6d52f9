// What scrutineer ballots says to people; the commands that only look.
#pragma once

#include <string>

#include "core/base/disk.h"
#include "core/record/record.h"

namespace scrutineer::cli {

// A record of that body in a note or an unsigned text. Errors: those of the file; invalid_argument: another record.
template <class Body>
struct RecordFile {
  RecordId id;
  std::optional<RecordId> election;
  Body body;
};
template <class Body>
Result<RecordFile<Body>> read_record_file(Disk& disk, const std::string& path) {
  SCRUTINEER_TRY(Bytes bytes, read_file(disk, path, limits::kEntryBytes));
  std::string text = bytes;
  if (auto note = parse_note(bytes)) text = note->text;
  auto record = read_record_text(text);
  if (!record) return tl::unexpected(placed(record.error(), path));
  const Body* body = std::get_if<Body>(&record->body);
  if (!body)
    return fail(ErrorCode::invalid_argument, "this is another record: " + std::string(record_type_name(record->type())),
                path);
  return RecordFile<Body>{record_id(text), record->election, *body};
}

int ballots_check(int argc, char** argv);
int ballots_reconcile(int argc, char** argv);
int ballots_rates(int argc, char** argv);
int ballots_print(int argc, char** argv);
int ballots_draw(int argc, char** argv);

}  // namespace scrutineer::cli
