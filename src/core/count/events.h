// What happens at the desk to one sheet before it is in the log: private, kept in the journal of the counting centre
// (docs/formats/journal.md), and folded by CellCount (cell.h).
#pragma once

#include <string>
#include <variant>

#include "core/codec/object_reader.h"
#include "core/count/form.h"
#include "core/count/live.h"
#include "core/note/vkey.h"

namespace scrutineer {

// Who did it. One public key is one person, under whatever name.
struct Hand {
  VerifierKey key;
  bool same_person(const Hand& other) const { return key.key == other.key.key; }
};

// Somebody begins to enter the sheet, or goes to the third reading of what differs.
struct Begun {
  std::string token;  // names this entry in progress
  Hand by;
  std::int64_t reading = 1;
  std::int64_t at = 0;  // seconds since 1970, this server's clock
  bool live = false;    // counts ballot by ballot first; of a first reading
};
// What was typed in one section, good or bad.
struct Saved {
  std::size_t section = 0;
  FieldValues typed;
};
// "I have read it again": the rule's code.
struct Confirmed {
  std::string code;
};
// The commitment that was shown to be signed. Typing anything else makes it void.
struct Prepared {
  std::string text;        // entry/1 record
  std::string disclosure;  // of the figures, with its salt
};
// The commitment is signed and in the log: the entry in progress is now a reading.
struct Entered {
  RecordId record;
  std::int64_t at = 0;
};
struct Discarded {
  Hand by;
};
struct LiveStepped {
  LiveStep step;
};
struct LiveEnded {
  std::string salt;  // 32 hex digits
};
struct LiveConfirmed {
  Hand by;
};
// A coordinator takes these figures although a rule says error; signed, and kept back until the sheet is in the log.
struct AcceptedError {
  std::string code;
  std::string reason;
  Hand by;
  Bytes note;
};
// A photograph of the paper; signed, and kept back likewise.
struct Attached {
  BlobHash blob;
  Bytes note;
};
// The count sheet that was shown to its chair to be announced.
struct Offered {
  Hand to;
  std::string text;
  std::int64_t at = 0;
};
// A coordinator has it entered again; with `replaces`, as a sheet that replaces an announced one.
struct Reopened {
  Hand by;
  std::string reason;
  std::string order;  // of a recount; may be empty
  std::optional<RecordId> replaces;
  std::int64_t at = 0;
};

// The machine's column, from the batches of papers that it read: before anything was typed.
struct Filled {
  FieldValues typed;
};

using CountAct = std::variant<Begun, Saved, Confirmed, Prepared, Entered, Discarded, LiveStepped, LiveEnded,
                              LiveConfirmed, AcceptedError, Attached, Offered, Reopened, Filled>;
struct CountEvent {
  UnitId unit;
  ContestId contest;
  CountAct act;
};

// One JSON object.
void write_event(JsonWriter& out, const CountEvent& event);
CountEvent read_event(const ObjectReader& in);  // problems are reported to the reader

}  // namespace scrutineer
