// What the pages of a node of the exchange of notices show, as plain values. Whoever fills these decides what is true;
// the pages decide how it is said. Kinds, steps and the like are the codes of records (core/record/notices.h). Times
// are words of this node's own clock, "2026-11-22 19:20:01 KST", unless a member says otherwise; empty: there is none.
// Confidential contents stand in NoticeContent and AnswerContent alone.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/ui/desk_model.h"

namespace scrutineer::ui {

enum class NoticeRole : std::uint8_t { notifier, institution, relay, oversight };

struct NoticeFrame {
  DeskFrame desk;  // election: title of the node, centre: its log's name, roles: what the person does for the party
  NoticeRole role = NoticeRole::relay;
};

// How far an exchange has come; of several, the last.
enum class NoticeState : std::uint8_t {
  sent,        // in the notifier's log
  available,   // at as many relays as agreed
  not_opened,  // the institution's machine had it and could not open it, or not all of it
  received,    // opened by the institution's machine
  acknowledged,
  refused,
  answered,
  closed,
  withdrawn,
};
inline constexpr std::size_t kNoticeStates = 9;

// One deadline of one notice.
struct NoticeClock {
  enum class State : std::uint8_t { waiting, running, met, met_late, late, over } state = State::waiting;
  std::string code, step, law;  // as agreed; law may be empty
  std::string due, met;         // times
  std::int64_t seconds = 0;     // running: until it is due; late: since it was
  std::string then;             // what happens by itself when it passes
  bool escalated = false;       // ... and has happened
};

struct NoticeRow {
  std::string id, number;    // of the record; the first digits, as people say them
  std::string kind, change;  // codes
  Bilingual other;           // the other party
  std::string sent;          // a notifier's: when it was said; others': when it came
  NoticeState state = NoticeState::sent;
  std::string stage;                // of the last answer; empty: none
  std::optional<NoticeClock> next;  // what is late longest, else what is due first
  bool late = false;
  bool unreachable = false;  // its machine does not answer
  std::size_t relays_holding = 0, relays = 0, quorum = 0;
  std::string escalated;                         // to where, last; empty: not
  std::string received, acknowledged, answered;  // when, by this node's clock
};

enum class NoticeSort : std::uint8_t { urgency, time, name, state };
inline constexpr std::string_view kNoticeSorts[] = {"urgency", "time", "name", "state"};

struct NoticeLink {  // to another machine
  std::string name;
  std::int64_t waiting = 0;
  std::string since;  // of the trouble; empty: none
};

struct NoticeList {
  std::vector<NoticeRow> rows;
  std::array<std::int64_t, kNoticeStates> counts{};
  std::int64_t all = 0, late = 0, unread = 0;
  std::int64_t more = 0;  // that fit, and are not in `rows`
  std::optional<NoticeState> only;
  bool only_late = false;
  NoticeSort sort = NoticeSort::urgency;
  std::vector<NoticeLink> troubles;
  std::string as_of;
  bool may_compose = false;
  std::optional<DeskMessage> message;
};

// One notice to many, or all notices: who has it.
struct NoticeBoard {
  struct Group {
    std::string id, kind, at, by;  // by: who sent them, as this server noted it
    std::int64_t count = 0;
  };
  std::vector<Group> groups;  // newest first
  std::string group;          // the one that is shown; empty: all notices
  NoticeList list;
};

// One step of an exchange, for a timeline.
struct NoticeStepRow {
  std::string type;                  // of the record: "receipt"
  std::string record;                // id
  std::vector<std::string> signers;  // names of keys
  Bilingual party;
  std::string code;            // channel, stage, refusal's code, claim, outcome, where an escalation went
  std::string detail;          // a deadline's code, a receipt's trouble
  std::string words;           // public words of a refusal or statement
  std::string claimed, known;  // the signer's claim; when this node had it
  std::string by;              // at the latest, as witnesses say; empty: not known
  bool counts = true;          // false: signed by nobody who may say this
};

struct NoticeVersionRow {
  std::string id, number, change, sent;
  bool shown = false;
};

struct NoticeContent {
  bool whole = true;                       // everything that the record commits to was opened
  std::string title, description, attack;  // attack: code
  std::string first, last;                 // when it was seen; RFC 3339 or as the notifier says it
  struct Indicator {
    std::string kind, value, note;
  };
  std::vector<Indicator> indicators;
  struct Affected {
    std::string kind, value, told_at, told_how;
    bool told = false;
  };
  std::vector<Affected> affected;
  struct Observation {
    std::string from, to, first, last;
    std::int64_t count = 1;
  };
  std::vector<Observation> observations;
  std::vector<std::string> relays, actions;
  struct Attribution {
    std::string name, aliases;
    std::optional<std::int64_t> confidence;
  };
  std::vector<Attribution> attributions;
  std::string reporter, tlp;  // "TLP:AMBER"
  struct File {
    std::string name, type;
    std::int64_t size = 0;
  };
  std::vector<File> files;
  std::vector<std::string> not_understood;
};

struct AnswerContent {
  std::string stage, outcome, actions, results;
  std::vector<NoticeContent::File> files;
};

// What somebody may do with a notice now.
struct NoticeActions {
  bool read = false, acknowledge = false, answer = false, refuse = false, call = false, state = false;
  bool update = false, close = false;
  std::string closing;  // what a closing would say: "answered", "no-answer", "withdrawn"
};

struct NoticePage {
  NoticeRow row;
  std::vector<NoticeClock> clocks;
  std::vector<NoticeStepRow> steps;
  std::vector<NoticeVersionRow> versions;
  struct Relay {
    Bilingual title;
    bool holds = false;
    std::string since;
  };
  std::vector<Relay> relays;
  std::vector<std::string> answers;  // ids of answers, whose contents can be opened
  NoticeActions may;
  std::optional<DeskMessage> message;
};

// Something to be signed, with what it says in plain words.
struct NoticeToSign {
  std::string draft;  // its token here
  std::string type;   // of the record
  std::string text;   // exactly; empty: nothing is signed by hand (sent by the machine's key)
  struct Line {
    std::string name, value;  // name: a member's code, or of a word of the pages
  };
  std::vector<Line> lines;
  std::vector<std::string> recipients;
  std::vector<std::string> sealed;  // names of the fields and files under seal
  std::optional<NoticeContent> content;
  std::optional<AnswerContent> answer;
  std::string back;       // address
  bool editable = false;  // a form lies behind it
  std::optional<DeskMessage> message;
};

// The contents of one notice, or of an answer, with what is next.
struct NoticeReading {
  NoticeRow row;
  NoticeContent content;
  std::optional<NoticeToSign> acknowledge;
  NoticeActions may;
  std::optional<DeskMessage> message;
};
struct AnswerReading {
  NoticeRow row;
  std::string answer;  // id
  AnswerContent content;
};

// What somebody has typed, as it is given back to be gone over.
struct NoticeForm {
  std::string draft;                                        // of what was gone over before; its files stay
  std::string kind = "attack", change = "first", replaces;  // replaces: id
  std::vector<std::string> agreements;
  std::string title, description, attack = "other", first, last, indicators, affected, told, observations, relays,
                                  actions;
  std::string attribution = "none";  // none, stated
  std::string actor, aliases, confidence;
  std::string tlp = "amber", language = "ko";
  std::vector<NoticeContent::File> files;
};
struct FormProblem {
  std::string field;     // of the form
  std::size_t line = 0;  // of a field with several; 0: the field
  Bilingual sentence;
};
struct ComposePage {
  struct Agreement {
    std::string id;
    Bilingual institution;
  };
  std::vector<Agreement> agreements;
  NoticeForm form;
  std::string of;  // number of the notice that this is a version of; empty: a new one
  std::vector<FormProblem> problems;
  std::optional<DeskMessage> message;
};

struct AnswerForm {
  NoticeRow row;
  std::string stage = "initial", outcome = "not-found", actions, results;
  std::vector<FormProblem> problems;
  std::optional<DeskMessage> message;
};
struct RefuseForm {
  NoticeRow row;
  std::optional<DeskMessage> message;
};
struct CallPage {
  NoticeRow row;
  std::string code;  // to be read out
  struct Side {
    std::string who, at;
    bool ours = false;
  };
  std::vector<Side> recorded;
  bool proven = false;                  // both sides' records cross
  std::vector<std::string> telephones;  // of the other party, as agreed
  std::optional<DeskMessage> message;
};

struct DutyPage {
  struct Rota {
    std::string agreement, from, until;  // as signed
    Bilingual party;
    std::vector<std::string> officers, deputies;
    bool now = false, afterwards = false;  // it came after it had begun
  };
  std::vector<Rota> rotas;
  std::vector<ComposePage::Agreement> agreements;
  std::vector<std::string> people;  // names of keys
  bool may_sign = false;
  std::optional<DeskMessage> message;
};
struct StatementsPage {
  std::vector<NoticeStepRow> statements;
  std::vector<std::string> about;  // number of the notice of each; empty: all
  std::vector<ComposePage::Agreement> agreements;
  std::vector<NoticeRow> notices;
  std::vector<std::string> claims;  // that this party may make
  bool may_sign = false;
  std::optional<DeskMessage> message;
};
struct KeysPage {
  struct Key {
    std::string name, id, duty, part;  // part: person, machine, box, log, relay, witness
    bool removed = false;
    std::string key;  // as a change of keys names it
  };
  struct Party {
    std::string role;
    Bilingual title;
    std::vector<Key> keys;
    std::int64_t threshold = 1;
  };
  struct Agreement {
    std::string id;
    Bilingual title;
    bool in_effect = false, ours = false;
    std::vector<Party> parties;
    std::int64_t quorum = 0, witness_quorum = 0, heartbeat = 0;
    std::string received;  // what counts as received
    std::vector<std::string> relays;
    std::vector<NoticeClock> deadlines;  // seconds: after
    std::optional<NoticeToSign> sign;    // this person's signature is missing
  };
  std::vector<Agreement> agreements;
  bool may_sign = false;
  std::optional<DeskMessage> message;
};

// For everybody: counts and clocks without contents.
struct NoticePublic {
  std::string as_of;
  std::int64_t notices = 0, received = 0, acknowledged = 0, answered = 0, refused = 0, closed = 0, late = 0;
  std::int64_t silences = 0, escalations = 0, statements = 0, calls = 0;
  struct Clock {
    std::string step;
    std::int64_t count = 0;
    std::optional<std::int64_t> median, worst;  // seconds, by this node's clock
  };
  std::vector<Clock> clocks;
  struct Log {
    std::string name;
    std::uint64_t size = 0;
    std::string root, at;
    std::size_t cosigned = 0, known = 0;  // of a copy of another log: not known
    bool copy = false, forked = false;
  };
  std::vector<Log> logs;
  struct Agreement {
    std::string id;
    Bilingual notifier, institution;
    std::int64_t notices = 0, acknowledged = 0, answered = 0, late = 0;
  };
  std::vector<Agreement> agreements;
};

struct NoticeSignIn {
  std::string challenge;
  std::optional<DeskMessage> message;
};

}  // namespace scrutineer::ui
