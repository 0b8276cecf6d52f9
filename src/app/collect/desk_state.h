// What the files of the desk share; private to app/collect. Everything here is called with the desk's lock held.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <unordered_map>

#include "app/collect/desk.h"
#include "app/collect/journal.h"
#include "app/collect/log_index.h"
#include "core/count/cell.h"
#include "core/count/policy.h"

namespace scrutineer {

enum class DeskRole : std::uint8_t { typist, coordinator, chair, member, observer };
inline constexpr std::string_view kDeskRoleNames[] = {"typist", "coordinator", "chair", "member", "observer"};

// A set of roles.
class DeskRoles {
 public:
  void add(DeskRole role) { bits_ = static_cast<std::uint8_t>(bits_ | 1u << static_cast<unsigned>(role)); }
  void add(DeskRoles other) { bits_ |= other.bits_; }
  bool has(DeskRole role) const { return bits_ >> static_cast<unsigned>(role) & 1; }
  bool any_of(std::initializer_list<DeskRole> roles) const {
    for (DeskRole role : roles)
      if (has(role)) return true;
    return false;
  }
  bool empty() const { return bits_ == 0; }

 private:
  std::uint8_t bits_ = 0;
};

// One sheet: a unit and a contest of the election.
struct DeskSheet {
  UnitIndex unit = 0;
  ContestIndex contest = 0;
  std::uint64_t key() const { return std::uint64_t{contest} << 32 | unit; }
  Target target() const { return {{unit, unit + 1}, contest}; }
};

// A record that was made for one person to sign, until it is signed or made anew.
struct MadeText {
  std::string text;
  std::string code, reason;  // of an acceptance
  BlobHash blob;             // of an attachment
};

inline constexpr std::size_t kMadeTexts = 4'096;         // then those of somebody are made again
inline constexpr std::int64_t kOfferSeconds = 300;       // then a chair is shown a newer time
inline constexpr std::size_t kAttachmentsPerSheet = 50;  // kept back
inline constexpr std::size_t kReasonBytes = 2'000;

// What a person may do over one sheet, and what the log says of it, seen at one moment.
struct DeskLook {
  DeskRoles roles;
  SheetInLog log;
};

struct Desk::State {
  State(Disk& d, std::string directory, Collector& c, const LogReader& l, const Election& e, Clock& k, Rng& r,
        DeskOptions o)
      : disk(d),
        log_directory(std::move(directory)),
        collector(c),
        log(l),
        election(e),
        clock(k),
        rng(r),
        options(std::move(o)),
        day(count_clock(e.definition())) {}

  Disk& disk;
  std::string log_directory;
  Collector& collector;
  const LogReader& log;
  const Election& election;
  Clock& clock;
  Rng& rng;
  DeskOptions options;
  CountClock day;
  CountPolicy policy;
  ui::Site sites[2];  // by Lang

  std::mutex mutex;
  std::unique_ptr<Journal> journal;
  std::map<std::uint64_t, CellCount> cells;               // those that something has happened to
  std::unordered_map<std::string, std::uint64_t> tokens;  // entry in progress -> sheet
  std::map<std::string, MadeText> made;                   // see made_key()
  std::set<Hash256> handed_in;                            // of notes that were kept back: the log has answered
  mutable LogIndex index;

  // ---- desk.cc: looking ----
  std::int64_t now() const { return clock.now().value; }
  std::string now_text() const { return local_time(day, now()); }
  const Unit& unit(const DeskSheet& sheet) const { return election.tree().units()[sheet.unit]; }
  const Contest& contest(const DeskSheet& sheet) const { return election.contests()[sheet.contest]; }
  DeskResult<DeskSheet> find(const DeskCell& cell) const;
  DeskCell cell_of(const DeskSheet& sheet) const;
  DeskSheet sheet_of(std::uint64_t key) const;
  // As the log has it now. The index is brought up to date.
  DeskLook look(const DeskPerson& person, const DeskSheet& sheet) const;
  // The same, and a refusal of whoever holds none of these roles there.
  DeskResult<DeskLook> require(const DeskPerson& person, const DeskSheet& sheet,
                               std::initializer_list<DeskRole> roles) const;
  const CellCount* cell(const DeskSheet& sheet) const;  // nullptr: nothing has happened to it
  CellCount& cell_to_change(const DeskSheet& sheet);
  CellCount new_cell(const DeskSheet& sheet) const;
  // Whether what is counted at the desk is newer than what the log has of this sheet.
  bool counting(const SheetInLog& in_log, const CellCount* count) const;
  ui::DeskState state_of(const DeskSheet& sheet, const SheetInLog& in_log, const Collector::View& view) const;

  // ---- desk.cc: changing ----
  // Asks the fold whether it can be, keeps it durably, then does it.
  DeskResult<void> commit(const DeskSheet& sheet, CountAct act);
  // A signature by this person below this text.
  static bool signed_by(const DeskPerson& person, std::string_view text, const NoteSignature& signature);
  // Hands a record with this signature to the log and waits until it is acknowledged.
  DeskResult<Appended> hand_in(std::string_view text, const NoteSignature& signature);
  // Acceptances and photographs go to the log once their sheet is there.
  void hand_in_kept_back(const DeskSheet& sheet, const SheetInLog& in_log);
  void recover();
  std::string record_of(RecordBody body) const;  // with `at`: now
  void remember(const DeskPerson& person, const std::string& about, MadeText text);
  const MadeText* made_for(const DeskPerson& person, const std::string& about) const;
  void forget(const DeskPerson& person, const std::string& about);
  Result<Record> read_record(Position carried) const;

  // ---- desk_rules.cc ----
  std::vector<RuleCode> findings(const Collector::View& view, const DeskSheet& sheet, const CountSheet& figures) const;
  // Errors among them that no coordinator of now has accepted for these figures.
  bool blocked(const Collector::View& view, const DeskSheet& sheet, const CellCount& count) const;
  // The sheet that the agreed entries make, without the announcement.
  CountSheet agreed_sheet(const DeskSheet& sheet, const CellCount& count) const;
  bool is_late(const DeskSheet& sheet, ui::DeskState state) const;
};

// desk.cc: what a person may do where, as the log has it at its head.
DeskRoles roles_over(const Collector::View& view, const VerifierKey& key, const Target& target);
DeskRoles roles_over_unit(const Collector::View& view, const Election& election, const VerifierKey& key,
                          UnitIndex unit);  // of any contest
// Every live grant of this key in such a role; nothing where the key has been declared compromised.
std::vector<std::pair<DeskRole, GrantState>> desk_grants(const Collector::View& view, const VerifierKey& key);

// desk_words.cc
DeskRefusal words_of(CountRefusal refusal);
ui::Bilingual words_of(TypedProblem problem);
ui::Bilingual title_of(FormPart part);
ui::Bilingual label_of(Ask ask);
std::size_t section_of(RuleCode code, const CountForm& form);
tl::unexpected<DeskRefusal> refuse_role();
tl::unexpected<DeskRefusal> refuse_signature();

bool is_plain_text(std::string_view text, std::size_t limit);  // UTF-8 without control characters but line ends
std::string without_cr(std::string text);                      // browsers send CR LF for each line end of a text area
std::string with_query(std::string path, const DeskCell& cell);

}  // namespace scrutineer
