// The counting desk: what people of a counting centre may do and see, without HTTP and HTML. Every method takes the
// person who asks, looks at what the log grants that key now, and answers with a page as plain values or a refusal.
// docs/formats/desk.md names the addresses, docs/formats/journal.md what is kept.
//
// What is private (who typed what, salts, figures before the announcement) is in the journal alone; what is true is in
// the log alone: announced and signed are read from the fold, never from the journal.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/collect/collector.h"
#include "app/collect/refusal.h"
#include "app/log/reader.h"
#include "app/ui/desk_model.h"
#include "core/base/clock.h"
#include "core/base/disk.h"
#include "core/note/note.h"
#include "core/record/record.h"

namespace scrutineer {

// Limits of what people send.
inline constexpr std::size_t kAttachmentBytes = 20u << 20;
inline constexpr std::size_t kDeskInputs = 5'000;      // fields of one form
inline constexpr std::size_t kDeskInputBytes = 2'000;  // of one field
inline constexpr std::size_t kDeskRows = 200;          // listed on the home page
inline constexpr std::size_t kBoardCells = 2'000;      // shown on the observers' screen; all are counted
inline constexpr std::size_t kPeopleRows = 2'000;

// Who asks: the key that has proven itself at sign-in. What it may do is looked up in the log at each call.
struct DeskPerson {
  VerifierKey key;
};

// As they stand in an address.
struct DeskCell {
  std::string unit, contest;
};
using DeskInputs = std::vector<std::pair<std::string, std::string>>;  // name and value of each field

// The machine's column of one sheet, where papers were read by a machine of this centre.
struct MachineReadings {
  std::vector<std::int64_t> sorted;  // by option
  std::int64_t to_recheck = 0;
};

struct DeskOptions {
  std::string centre;     // of this counting centre or server
  std::string data_lang;  // BCP 47 tag of the names in the data
  std::function<std::optional<MachineReadings>(const UnitId&, const ContestId&)> machine = {};  // may be empty
};

// Where a form leads next.
struct DeskPlace {
  DeskCell cell;
  std::size_t section = 0;  // of the entry; == sections: the check page
  bool check = false;       // go to entry/check?entry=token
  std::string token;
};

enum class SheetAct : std::uint8_t { accept, announce, sign, refuse, remark, attach };
std::optional<SheetAct> sheet_act_from(std::string_view word);

struct CustodyForm {
  std::string unit, object, name, event;
  std::vector<std::string> seals, broken;  // empty lines are dropped
  std::string from, to, order, note;       // empty: not stated
};

// What somebody's signature below a grant or a revocation did.
struct PeopleSigned {
  std::optional<VerifierKey> revoked;  // end its sessions
};

// Thread-safe. Borrows everything but the options; `log` reads the log that the collector writes.
class Desk {
 public:
  // Reads the journal (LOGDIR/private/journal; made if it is absent) and hands in what a crash left behind. Errors:
  // corrupt (damage in the middle of the journal; says where), conflict (another election's), io_error, disk_full.
  static Result<std::unique_ptr<Desk>> open(Disk& disk, const std::string& log_directory, Collector& collector,
                                            const LogReader& log, const Election& election, Clock& clock, Rng& rng,
                                            DeskOptions options);
  ~Desk();

  // The roles that the log grants this key now, of those that have something to do here: "typist", "coordinator",
  // "chair", "member", "observer". Empty: do not let this person in.
  std::vector<std::string> roles(const DeskPerson& person) const;
  // The same over one unit, of whatever contest.
  std::vector<std::string> roles_in(const VerifierKey& key, const UnitId& unit) const;
  // All but csrf, link and waiting, which the caller fills.
  ui::DeskFrame frame(const DeskPerson& person, ui::Lang lang, std::string path) const;
  // The election's titles and options, for the pages. Lives as long as the desk.
  const ui::Site& site(ui::Lang lang) const;
  // Why nothing more is taken, if that is so (the journal could not be made durable).
  std::optional<Error> stopped() const;

  DeskResult<ui::DeskHome> home(const DeskPerson& person, const std::string& search) const;
  DeskResult<ui::Board> board(const DeskPerson& person) const;

  // ---- Entry. `token` is the field `entry`: it names one person's entry in progress and is no secret. ----
  // Begins, or goes on. No section: where it was left.
  DeskResult<ui::EntryPage> entry(const DeskPerson& person, const DeskCell& cell, std::optional<std::size_t> section);
  // Keeps what was typed, good or bad. `forward`: to the next section if this one has no problem.
  DeskResult<DeskPlace> entry_save(const DeskPerson& person, const std::string& token, std::size_t section,
                                   const DeskInputs& inputs, bool forward);
  // Everything that was typed, and what to read again. Every notice, errors too, is confirmed before there is a text.
  DeskResult<ui::EntryCheck> entry_check(const DeskPerson& person, const std::string& token);
  DeskResult<DeskPlace> entry_confirm(const DeskPerson& person, const std::string& token, const std::string& code);
  DeskResult<DeskPlace> entry_sign(const DeskPerson& person, const std::string& token, const NoteSignature& signature);
  // By the one who types, or by a coordinator where somebody has left in the middle.
  DeskResult<DeskPlace> entry_discard(const DeskPerson& person, const std::string& token);
  // The same for a coordinator who knows the unit only.
  DeskResult<DeskPlace> entry_discard(const DeskPerson& person, const DeskCell& cell);

  DeskResult<ui::ThirdReading> third(const DeskPerson& person, const DeskCell& cell);  // begins, or goes on
  DeskResult<DeskPlace> third_save(const DeskPerson& person, const std::string& token, const DeskInputs& inputs);
  DeskResult<DeskPlace> third_sign(const DeskPerson& person, const std::string& token, const NoteSignature& signature);

  // ---- One sheet once its entries agree. Figures are in the page only for those who may see them. ----
  DeskResult<ui::SheetPage> sheet(const DeskPerson& person, const DeskCell& cell);
  // Makes the record (accept, refuse, remark) that the next sheet() shows to this person. `code`: of the finding.
  DeskResult<void> sheet_reason(const DeskPerson& person, const DeskCell& cell, SheetAct act, const std::string& code,
                                const std::string& reason);
  // The same for a photograph or scan: PNG, JPEG, TIFF or PDF by its first bytes.
  DeskResult<void> sheet_attach(const DeskPerson& person, const DeskCell& cell, const std::string& note,
                                BytesView bytes);
  // Verified against the text that the desk made for this person, whatever text the browser sends.
  DeskResult<void> sheet_sign(const DeskPerson& person, const DeskCell& cell, SheetAct act,
                              const NoteSignature& signature);
  // A coordinator has the sheet entered again: before the announcement with a reason; after it as a sheet that replaces
  // the announced one. `order`: of a recount; may be empty.
  DeskResult<void> sheet_correct(const DeskPerson& person, const DeskCell& cell, const std::string& reason,
                                 const std::string& order);

  // ---- Live count ----
  DeskResult<ui::LivePage> live(const DeskPerson& person, const DeskCell& cell) const;
  DeskResult<ui::LivePage> live_screen(const DeskPerson& person, const DeskCell& cell) const;
  DeskResult<DeskPlace> live_start(const DeskPerson& person, const DeskCell& cell);
  // `option`: "0", "1", ... in ballot order, or "invalid".
  DeskResult<DeskPlace> live_call(const DeskPerson& person, const std::string& token, const std::string& option);
  DeskResult<DeskPlace> live_undo(const DeskPerson& person, const std::string& token);
  DeskResult<DeskPlace> live_end(const DeskPerson& person, const std::string& token);
  DeskResult<DeskPlace> live_confirm(const DeskPerson& person, const std::string& token);

  // ---- Custody ----
  DeskResult<ui::CustodyPage> custody(const DeskPerson& person, const std::string& unit) const;
  DeskResult<void> custody_new(const DeskPerson& person, const CustodyForm& form);  // makes the record to be signed
  // Below the record that this person has just made, or one that stands in the log.
  DeskResult<void> custody_sign(const DeskPerson& person, const std::string& unit, const NoteSignature& signature);

  // ---- People: grants by those whom the definition lets grant, inside their own scope ----
  DeskResult<ui::PeoplePage> people(const DeskPerson& person) const;  // `refused` is the caller's to fill
  DeskResult<void> people_new(const DeskPerson& person, const std::string& vkey, const std::string& role,
                              const std::vector<std::string>& units);
  DeskResult<void> people_revoke(const DeskPerson& person, const std::string& grant, const std::string& reason);
  DeskResult<PeopleSigned> people_sign(const DeskPerson& person, const NoteSignature& signature);

  // ---- Records about papers, which app/adjudicate makes ----
  // The text that this person is to sign: the one that was shown last, unless `body` says something else by now.
  std::string paper_text(const DeskPerson& person, const std::string& about, const RecordBody& body);
  // Verified against that text, whatever the browser sends; handed to the log.
  DeskResult<void> paper_sign(const DeskPerson& person, const std::string& about, const NoteSignature& signature);

  struct State;  // private to app/collect

 private:
  explicit Desk(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace scrutineer
