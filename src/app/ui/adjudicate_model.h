// What the pages about doubtful ballot papers show, as plain values. What a person may not see yet is not in the model:
// before somebody has decided, neither another's decision nor what the machine's readers said is here. Codes are the
// names of docs/formats/reading.md and docs/formats/adjudication.md.
#pragma once

#include <utility>

#include "app/ui/desk_model.h"

namespace scrutineer::ui {

// The stack of papers that a page is about.
struct PaperStack {
  std::string key;  // in addresses
  NodeRef unit;
  std::string unit_id;
  std::string device;
};

struct PaperProgress {
  std::int64_t doubtful = 0, decided = 0, for_you = 0, committee = 0;  // of cases
};

struct PaperStacks {
  struct Row {
    PaperStack stack;
    std::int64_t papers = 0;
    PaperProgress progress;
  };
  std::vector<Row> rows;
  std::optional<DeskMessage> message;
};

// docs/formats/adjudication.md, as the pages say it.
enum class PaperPhase : std::uint8_t { machine, waiting, once, differ, agreed, settled, committee, tied, decided };

// What this person can do about a case.
enum class PaperMine : std::uint8_t { look, looked, nothing, vote };

struct PaperQueue {
  PaperStack stack;
  std::int64_t papers = 0;
  PaperProgress progress;
  struct Row {
    std::int64_t number = 0;  // in the secret order, from 1
    std::string ballot;
    std::size_t contest = 0;  // of the batch
    std::string contest_title;
    PaperPhase phase = PaperPhase::waiting;
    PaperMine mine = PaperMine::nothing;
    bool picture = false;  // a masked one
  };
  std::vector<Row> rows;
  std::int64_t more = 0;
  std::string next;  // ballot that this person can look at next; empty: none
  std::size_t next_contest = 0;
  std::optional<DeskMessage> message;
};

struct PaperOption {
  std::string number, name;
};

// What somebody, or the machine, says of a paper.
struct PaperChoice {
  enum class Kind : std::uint8_t { options, blank, invalid, left_to_people } kind = Kind::invalid;
  std::vector<std::size_t> options;
  std::string reason;  // of invalid: code; may be empty of a machine's
};

struct PaperView {
  PaperStack stack;
  std::string ballot;
  std::size_t contest = 0;
  std::string contest_title;
  std::int64_t number = 0, of = 0;
  PaperPhase phase = PaperPhase::waiting;
  bool picture = false;              // a masked one is there
  bool whole_allowed = false;        // this person may see the whole one, now
  bool like_another = false;         // another picture looks as if it were of the same paper
  std::string defect;                // why it was not read; empty: it was
  std::vector<std::string> reasons;  // why people look: marks that name no option
  std::vector<PaperOption> options;
  std::size_t seats = 1;
  bool blank_apart = false;

  bool may_look = false;
  std::size_t reading = 1;         // first, second, third look
  std::optional<PaperChoice> own;  // what this person has said

  // After this person has looked, or the case is decided.
  struct Reader {
    std::string mark;
    std::int64_t score = 0;  // per mille
  };
  struct Place {
    std::string name;  // of the option
    bool is_option = false;
    Reader density, shape;
    std::string both;
  };
  bool shows_readers = false;
  std::vector<Place> places;
  std::optional<PaperChoice> machine;

  std::optional<PaperChoice> outcome;
  bool may_object = false;
  struct Objection {
    std::string by, reason;
  };
  std::vector<Objection> objections;

  bool may_vote = false;
  bool chair_decides = false;           // the rule at a tie
  std::optional<PaperChoice> standing;  // what the committee votes on
  struct Vote {
    enum class Question : std::uint8_t { valid, reading, option } question = Question::valid;
    std::optional<PaperChoice> motion;
    std::int64_t in_favour = 0, against = 0;
    std::optional<bool> carried;  // nullopt: a tie that no rule decides
    bool by_chair = false;
  };
  std::vector<Vote> votes;
  std::string next;  // as in the list
  std::size_t next_contest = 0;
  std::optional<DeskMessage> message;
};

// What the machine counted for one option, to look through: who sees a paper that does not belong there objects.
struct PaperPile {
  PaperStack stack;
  std::size_t contest = 0, option = 0;
  std::string contest_title;  // empty: there is one only
  PaperOption name;
  struct Row {
    std::string ballot;
    PaperPhase phase = PaperPhase::machine;
    bool picture = false;
  };
  std::vector<Row> rows;  // by their random ids
  std::size_t from = 0;   // of the first row, from 0
  std::size_t papers = 0;
  std::optional<DeskMessage> message;
};

// How a stack lies sorted.
struct PaperPiles {
  PaperStack stack;
  std::int64_t papers = 0, rejected = 0;
  PaperProgress progress;
  using Reasons = std::vector<std::pair<std::string, std::int64_t>>;  // code and papers
  struct Contest {
    std::string title;
    std::vector<PaperOption> options;
    std::vector<std::int64_t> machine, people;  // by option
    std::int64_t to_recheck = 0;                // everything that is in no option's pile
    std::int64_t people_invalid = 0, people_blank = 0;
    std::int64_t machine_invalid = 0, machine_blank = 0;
    std::int64_t undecided = 0;
    Reasons reasons;  // why papers are with people; a paper can have several
    Reasons invalid;  // what people gave as reason
    struct Rate {
      Bilingual sentence;  // of one option: figures first, then what they mean
      bool alarm = false;
    };
    std::vector<Rate> rates;
    bool blank_apart = false;
  };
  std::vector<Contest> contests;
  // What the log is told. `none`: this person signs nothing here.
  enum class Record : std::uint8_t { none, no_batch, undecided, vote, adjudication, done } record = Record::none;
  std::string text;       // to be signed: of a committee's vote, or of the adjudication
  std::string record_id;  // of the adjudication in the log
  std::optional<DeskMessage> message;
};

}  // namespace scrutineer::ui
