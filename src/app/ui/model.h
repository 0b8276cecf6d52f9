// What the pages show, as plain values. Whoever fills these structs decides what is true; the pages decide how it is
// said. Text here is in the language of the data (names, reasons) unless it is Bilingual; it is escaped when it is
// written. A Count that is nullopt was not stated by anybody: pages say so and never turn it into 0.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/fraction.h"

namespace scrutineer::ui {

enum class Lang : std::uint8_t { ko, en };

using Count = std::optional<std::int64_t>;  // nullopt: not stated
using NodeNumber = std::uint32_t;           // names a page: area/<n>.html or unit/<n>.html (paths.h)

struct Bilingual {
  std::string ko, en;
};

// ---- The election: the same on every page ----

struct Option {
  std::string number;  // as on the ballot paper; may be empty
  std::string name;
  std::string party;   // may be empty
  std::string colour;  // "#rrggbb", or empty: the pages choose by order
};

struct Contest {
  std::string title;
  std::vector<Option> options;  // in ballot order; every votes vector below has this size and order
};

struct LogFacts {
  std::string origin;
  std::uint64_t size = 0;
  std::string root;                            // base64
  std::uint32_t witnessed = 0, witnesses = 0;  // witnessed k of n
};

struct Site {
  std::string title;
  std::string date;                                // "2025-06-03"
  std::string data_lang;                           // BCP 47 tag of names in the data: "ko", "zh-Hant", ...
  bool simulated = false;                          // marked on every page
  bool live = false;                               // a server keeps these pages current and answers questions
  bool transcribed = false;                        // imported figures: no station signed them; said on every page
  std::string source;                              // where transcribed figures come from; may be empty
  std::string published_at;                        // the publisher's claim, e.g. "2025-06-04 03:12 KST"; may be empty
  std::string verify_command;                      // checks the whole bundle
  std::string verify_proof_command;                // the path of a proof file is put after it; empty: not shown
  std::string results_csv = "claims/results.csv";  // relative to the bundle root; empty: not there
  std::string results_json = "claims/results.json";
  LogFacts log;
  std::vector<Contest> contests;
};

// ---- Figures ----

// Those of a sheet, or the sums of an area (nullopt there when no unit of it stated the figure).
struct Figures {
  Count electors, issued, cast, valid, invalid, blank;
};

struct Progress {
  std::int64_t counted = 0, total = 0;  // units
};

enum class ResultState : std::uint8_t { counting, all_counted, certified };

enum class OptionOutcome : std::uint8_t { none, leading, elected, lot };  // lot: tied, a lot is needed

// One step of a computation of seats. The kind gives title, sentence and column heads; rows say what it did.
enum class SeatStepKind : std::uint8_t {
  threshold,           // figure: share of valid votes; `passed`
  quota,               // value: the exact quota; no rows needed
  full_seats,          // figure: votes / quota
  highest_averages,    // figure: the average that won the seat; one row a seat, in order
  largest_remainders,  // figure: the remainder
  deduction,           // value: seats that are shared out after deductions (Korea, art. 189)
  linked_raw,          // figure: the linked seats before adjustment
  linked,              // seats: linked seats after adjustment
  parallel,            // figure: exact share of the parallel seats
  most_votes,          // plurality and two-round majority; figure unused
  lot,                 // rows: who is tied; value: seats at stake
  vacant,              // seats beyond a list's candidates
};

struct SeatRow {
  std::size_t option = 0;  // index into Contest::options
  std::optional<Fraction> figure;
  std::optional<std::int64_t> seats;  // given to it in this step
  std::optional<bool> passed;
};

struct SeatStep {
  SeatStepKind kind = SeatStepKind::threshold;
  std::optional<Fraction> value;
  std::vector<SeatRow> rows;
};

enum class SeatMethod : std::uint8_t {
  plurality,
  two_round,
  dhondt,
  sainte_lague,
  sainte_lague_modified,
  remainder_hare,
  remainder_droop,
  remainder_hagenbach_bischoff,
  remainder_imperiali,
  nl_lower_house,
  kr_linked,
};

struct Seats {
  SeatMethod method = SeatMethod::plurality;
  std::int64_t total = 0;
  std::vector<std::int64_t> by_option;  // empty when `lots_needed` leaves it open for some: then those in doubt count 0
  bool lots_needed = false;             // a normal state: some seats wait for a recorded lot
  std::vector<SeatStep> steps;
};

// The result of one contest in one area (the whole election included).
struct ContestResult {
  std::size_t contest = 0;  // index into Site::contests
  Progress progress;
  Figures figures;
  std::vector<Count> votes;
  std::vector<OptionOutcome> outcomes;  // empty: none
  std::optional<Seats> seats;
};

// ---- The tree of units ----

struct NodeRef {
  NodeNumber number = 0;
  std::string name;
};

enum class UnitStatus : std::uint8_t {
  not_counted,     // nothing published yet
  counted_signed,  // the signers that the definition asks for have signed
  entered,         // entered, nobody has signed yet
  transcribed,     // imported; no station signature
  conflict,        // two sheets contradict each other: not in the totals
  replaced,        // corrected by a later record, which is signed and counted
  unauthorised,    // a record is there, but not by someone who may say it: not in the totals
};

struct ChildCounts {  // one contest of one child
  Figures figures;
  std::vector<Count> votes;
};

struct Child {
  NodeRef node;
  bool is_unit = false;
  std::string kind;   // of a unit: "polling-day", ...; codes that are not known are shown as they are
  Progress progress;  // of an area
  UnitStatus status = UnitStatus::not_counted;  // of a unit
  std::uint32_t open_questions = 0;
  std::vector<ChildCounts> contests;  // size and order of Site::contests
};

struct Area {
  NodeRef node;
  std::vector<NodeRef> above;  // from below the whole election down to the parent; empty for first-level areas
  ResultState state = ResultState::counting;
  std::vector<ContestResult> results;
  std::vector<Child> children;
};

// ---- What people say, in their own words ----

struct Statement {   // a refusal to sign, a remark, a note with a file
  std::string name;  // of who signed it; several: with commas between them
  std::string text;
  std::string record_id;
  std::uint64_t position = 0;
};

// ---- Open questions ----

enum class QuestionKind : std::uint8_t { correction, conflict, duplicate, refusal, plausibility, unauthorised };

// A file that a record names by its hash: linked, never shown on a page.
struct FileRef {
  std::string path;  // from the bundle root
  std::string type;  // media type, as the record states it
  std::int64_t size = 0;
  bool there = true;  // else the record names it and nobody has handed it in
};

struct Question {
  QuestionKind kind = QuestionKind::correction;
  std::string code;            // of a plausibility rule; empty otherwise
  Bilingual sentence;          // of a plausibility rule; empty otherwise
  std::int64_t count = 0;      // how many in all
  std::vector<NodeRef> units;  // where; may be fewer than `count`
};

// Somebody's own count of an area, published to be compared.
struct IndependentTally {
  std::string area;  // its name in the tree, or the whole election's path
  FileRef file;
  Statement said;  // `text` may be empty
};

// The first page. `root` has no page of its own: its node and `above` are not read.
struct MachineCount {
  std::size_t machines = 0, to_look_at = 0;
};

struct Overview {
  Area root;
  std::vector<Question> questions;
  std::vector<IndependentTally> independent_tallies = {};
  MachineCount machines = {};
};

// ---- One unit ----

enum class HowCounted : std::uint8_t { not_stated, by_hand, machine_then_hand };

struct SheetOption {
  Count votes;
  Count machine_sorted;     // what the sorter put on this option's pile
  Count hand_from_sorted;   // what people found for it in the sorted piles
  Count hand_from_recheck;  // what people found for it in the re-check pile
};

struct MachineFigures {
  Count sent_to_recheck;
  Count invalid_from_sorted, invalid_from_recheck;
};

struct Signer {
  std::string name;    // role name, "jongno/member-3"
  std::string role;    // "chair", "member", ...; codes that are not known are shown as they are
  std::string key_id;  // eight hex digits
  bool authorised = false;
};

enum class VersionState : std::uint8_t { counted, replaced, conflicting, entered, unauthorised };

enum class Figure : std::uint8_t { electors, issued, cast, valid, invalid, blank, votes };

struct Change {
  Figure figure = Figure::votes;
  std::size_t option = 0;  // for Figure::votes
  Count before, after;
};

struct Version {
  VersionState state = VersionState::counted;
  std::string record_id;
  std::uint64_t position = 0;   // where it took effect in the log
  std::string reason;           // the signers' words; empty for a first version
  std::vector<Change> changes;  // against the version before (or, in a conflict, against the first)
};

struct Finding {  // a plausibility rule that fired
  std::string code;
  Bilingual sentence;
  bool error = false;    // else a warning
  std::string accepted;  // the coordinator's reason; empty: not accepted
};

struct Attachment {  // a photograph or scan of the paper sheet
  FileRef file;
  Statement said;  // `text` may be empty
};

struct LiveCount {  // ballot by ballot, on a public screen
  std::int64_t called = 0, undone = 0;
};

struct Sheet {
  std::size_t contest = 0;
  UnitStatus status = UnitStatus::not_counted;
  Figures figures;
  std::vector<SheetOption> options;
  std::optional<MachineFigures> machine;  // present: machine and hand columns are shown
  HowCounted how = HowCounted::not_stated;
  std::string counted_at;  // signers' claims, as they wrote them; may be empty
  std::string announced_at;
  std::vector<Signer> signers;
  std::vector<Statement> refusals, remarks;
  std::vector<Finding> findings;
  std::vector<Attachment> attachments;
  std::string order;  // of a recount: whose decision, its date and number; empty: none
  std::optional<LiveCount> live;
  std::vector<Version> history;  // oldest first; one entry, or none, when nothing was corrected
  std::string record_id;
  std::uint64_t position = 0;
  bool has_proof = false;  // proof/<n>.tlog-proof exists (paths.h)
  std::string note;        // the entry, byte for byte; empty when there is none
};

// Who has read the paper and typed it. What they typed is not public.
struct Reading {
  std::size_t contest = 0;
  std::int64_t reading = 1;  // first, second, third
  std::string name;
};

// What happened to a ballot box or envelope.
struct CustodyStep {
  std::string object;  // "box", "envelope"
  std::string name;    // as it is written on it
  std::string event;   // "sealed", "moved", "stored", "opened", "recounted"
  std::vector<std::string> seals, broken;
  std::string from, to, order, note;  // may be empty
  std::vector<std::string> signers;
  std::string record_id;
  std::uint64_t position = 0;
};

struct Unit {
  NodeRef node;
  std::vector<NodeRef> above;
  std::string kind;
  std::string id;             // as the unit table names it
  std::vector<Sheet> sheets;  // those that exist, in the order of contests
  std::vector<Reading> readings = {};
  std::vector<CustodyStep> custody = {};
  std::vector<Statement> remarks = {};  // about what is no sheet of this page
  std::int64_t more_records = 0;        // that the page leaves out because there are too many
};

}  // namespace scrutineer::ui
