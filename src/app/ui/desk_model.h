// What the pages of the counting centre show (restricted pages), as plain values. As with model.h: whoever fills these
// decides what is true, the pages decide how it is said. Figures that a person may not see are not in the model at all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/ui/model.h"

namespace scrutineer::ui {

// Around every restricted page.
struct DeskFrame {
  Lang lang = Lang::ko;
  std::string path;      // of this page with its query: the other language is the same address with lang=
  std::string election;  // title, in the page's language
  std::string centre;    // of this counting centre or server; role-like name
  bool simulated = false;
  std::string person;              // public name of the key: "d001/typist-1"; empty: nobody is signed in
  std::vector<std::string> roles;  // codes
  std::string csrf;                // goes into every form as the hidden field `csrf`
  // Of this centre's connection to the server that it hands its records to.
  enum class Link : std::uint8_t { is_server, connected, waiting, off } link = Link::is_server;
  std::int64_t waiting = 0;  // records not yet handed over
  bool papers = false;       // stacks of ballot papers wait here for people
};

// A sentence about what was just done or refused; at the top of the page, announced to screen readers.
struct DeskMessage {
  enum class Kind : std::uint8_t { done, refused } kind = Kind::done;
  Bilingual sentence;
  std::string code;  // of the error, as in problem+json; empty for `done`
};

// ---- Signing in ----
struct SignInPage {
  std::string challenge;  // the text to be signed
  std::optional<DeskMessage> message;
};

// ---- Where each sheet stands ----
enum class DeskState : std::uint8_t {
  expected,     // nothing entered
  first_begun,  // somebody is typing the first entry
  first_done,
  second_begun,
  different,  // the two entries differ: a third reading is needed
  blocked,    // entries agree, and an error needs a coordinator
  ready,      // can be announced
  announced,  // in the log, more signatures are needed
  in_effect,  // signed, counted
  conflict,
};

struct DeskAction {  // what this person can do with it now
  enum class Kind : std::uint8_t {
    enter_first,
    enter_second,
    third_reading,
    accept,
    announce,
    sign,
    look,
    live_count,
    attach,
    custody
  } kind;
  std::string path;
};

struct DeskRow {
  NodeRef unit;
  std::string unit_id;
  std::string kind;
  std::size_t contest = 0;
  DeskState state = DeskState::expected;
  bool late = false;                // past the time that the policy gives this kind of unit
  std::vector<DeskAction> actions;  // the first is the one that Enter takes
};

struct DeskHome {
  std::vector<DeskRow> rows;       // with something to do for this person first
  std::int64_t more = 0;           // that are not listed (the page searches by name and id)
  std::string search;              // what was searched for
  std::vector<Progress> progress;  // by contest
  std::optional<DeskMessage> message;
};

// The observers' screen, for a projector: no figures at all.
struct BoardCell {
  NodeRef unit;
  std::size_t contest = 0;
  DeskState state = DeskState::expected;
  bool late = false;
  std::string since;  // "22:14"; empty: not begun
};
struct Board {
  std::vector<BoardCell> cells;
  std::int64_t counts[10] = {};  // by DeskState
  std::int64_t late = 0;
  std::string as_of;  // time of day
  std::uint64_t log_size = 0;
};

// ---- Entry ----
struct EntryField {
  std::string name;                  // of the input: "valid", "votes/3", "machine/sorted/3", "machine/to_recheck", ...
  Bilingual label;                   // "유효투표수", "Valid"
  std::string option_name;           // where it is an option's: as on the ballot paper; empty otherwise
  std::string value;                 // as typed so far
  std::optional<Bilingual> problem;  // why this cannot stand
  bool is_text = false;              // a time, a word: no numeric keypad
};
struct EntrySection {
  Bilingual title;
  std::vector<EntryField> fields;
};
struct EntryPage {
  NodeRef unit;
  std::string unit_id, kind;
  std::size_t contest = 0;
  std::int64_t round = 1, reading = 1;
  std::size_t section = 0, sections = 1;  // which one this page is; section == sections: the check page
  EntrySection fields;                    // of this section
  std::string token;                      // hidden field `entry`: names the entry in progress
  std::optional<DeskMessage> message;
  std::string contest_id;       // as addresses name it
  bool machine_filled = false;  // the figures of this section came from the machine's batches
};
// Before it is signed: what was typed, and neutral sentences about what to read again.
struct EntryCheck {
  NodeRef unit;
  std::string unit_id;
  std::size_t contest = 0;
  std::int64_t round = 1, reading = 1;
  std::vector<EntrySection> sections;
  struct Notice {
    std::string code;
    Bilingual sentence;  // neutral
    bool error = false;
    bool confirmed = false;  // warnings: this person says "I have read it again"
    std::size_t section = 0;
  };
  std::vector<Notice> notices;
  std::string token;
  std::string text;  // the record to sign; empty while a warning is not confirmed
  std::optional<DeskMessage> message;
  std::string contest_id;  // as addresses name it
};

// The third reading: only which fields differ, never what the others typed.
struct ThirdReading {
  NodeRef unit;
  std::string unit_id;
  std::size_t contest = 0;
  std::int64_t round = 1;
  std::vector<EntryField> fields;  // values empty, or what this person typed
  std::string token;
  std::string text;  // the record to sign once all fields are filled
  std::optional<DeskMessage> message;
  std::string contest_id;  // as addresses name it
};

// For the coordinator, the chair and the members once the entries agree.
struct SheetPage {
  NodeRef unit;
  std::string unit_id, kind;
  DeskState state = DeskState::ready;
  Sheet sheet;  // figures, options, machine and hand columns, findings in full words, signers so far
  struct Finding {
    std::string code;
    Bilingual sentence;
    bool error = false;
    std::string accepted;     // the reason; empty: not accepted
    std::string accept_text;  // the acceptance record to sign, once a reason is given; for a coordinator
  };
  std::vector<Finding> findings;
  std::vector<std::string> entered_by;  // role names of first, second, third reading
  std::string text;                     // the count sheet to sign; empty: nothing for this person to sign
  enum class Act : std::uint8_t { none, accept, announce, sign } act = Act::none;
  bool may_refuse = false, may_remark = false;
  std::string refuse_text, remark_text;  // records to sign once a reason is given (reason posted first)
  std::string record_id;                 // once it is in the log
  std::vector<std::string> attachments;  // hashes of photographs that are there
  bool may_attach = false;
  std::string attach_text;   // the attachment record to sign, once a file has been sent
  bool may_correct = false;  // coordinator: begin a correction or recount (a new sheet that replaces this one)
  std::optional<DeskMessage> message;
  std::string contest_id;  // as addresses name it
};

// ---- Live count ----
struct LivePage {
  NodeRef unit;
  std::string unit_id;
  std::size_t contest = 0;
  std::vector<std::string> options;  // names in ballot order
  std::vector<std::int64_t> tally;   // by option; then invalid
  std::int64_t called = 0, undone = 0;
  std::string last;                        // name of the option called last; empty: none yet
  std::optional<std::size_t> last_option;  // the same as an index into `tally`: options.size() is invalid
  std::string recorder, checker;           // role names; checker empty: not yet here
  bool is_recorder = false;                // this person marks; everybody else looks
  bool is_checker = false;
  bool ended = false;      // recorder has ended it
  bool confirmed = false;  // checker has confirmed the marks: the sheet is prefilled
  std::string token;
  std::optional<DeskMessage> message;
  std::string contest_id;  // as addresses name it
};

// ---- Custody ----
struct CustodyRow {
  std::string object, name, event;  // codes
  std::vector<std::string> seals, broken;
  std::string from, to, order, note, at;
  std::vector<std::string> signers;
  bool in_effect = false;
  std::string record_id;
  std::string text;  // to sign, where this person was present and has not signed; empty otherwise
};
struct CustodyPage {
  NodeRef unit;
  std::string unit_id;
  std::vector<CustodyRow> rows;  // oldest first
  bool may_add = false;
  std::string new_text;  // a record made from the form and not yet signed
  std::optional<DeskMessage> message;
};

// ---- Handing over ----
struct HandoverReport {
  struct Line {
    std::string record_id;
    std::string type;  // of the record
    std::string unit;  // id, or empty
    enum class Outcome : std::uint8_t { added, known, refused } outcome = Outcome::added;
    Bilingual reason;  // of a refusal
  };
  std::string from;
  std::vector<Line> lines;
  std::int64_t added = 0, known = 0, refused = 0;
};
struct HandoverPage {
  bool is_centre = false;   // has a server above it: shows the connection and what waits
  bool may_switch = false;  // coordinator: take the centre off the network and back
  bool off = false;
  std::int64_t waiting = 0;
  std::string file_name;  // made just now; empty: none
  std::string download_path;
  std::string words_ko, words_en;        // to read out over the telephone
  std::string pack_text;                 // the package's head to sign; empty: nothing to sign
  std::optional<HandoverReport> report;  // of a file that was just read in
  std::string report_words_ko, report_words_en;
  std::optional<DeskMessage> message;
};

// ---- For coordinators ----
struct PeoplePage {
  struct Row {
    std::string name, role, scope, grant_id;
    bool live = true;
    std::string revoke_text;  // to sign, once a reason is given
    bool may_revoke = false;
  };
  std::vector<Row> rows;
  struct Attempt {
    std::string at, client, name, reason;
  };
  std::vector<Attempt> refused;  // newest first
  std::string new_text;          // a grant made from the form, to sign
  std::optional<DeskMessage> message;
};

// ---- Evidence explorer (public) ----
struct ExplorerPage {
  std::string query;
  struct Hit {
    std::string record_id, type, unit_id, unit_name;
    NodeNumber page = 0;  // of the unit; 0: none
    std::uint64_t position = 0;
    bool in_effect = false;
    std::string at;
    std::vector<Signer> signers;
    std::string note;  // byte for byte, when there is one hit only
    std::string proof_path;
  };
  std::vector<Hit> hits;
  std::int64_t more = 0;
  std::optional<DeskMessage> message;
};

}  // namespace scrutineer::ui
