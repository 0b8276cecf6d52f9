// Scenarios as text: a line is a record that enters the log, or a sentence about what follows from it.
//
//   S: sheet a1 mayor A=10 B=5 by chair-1 member-1     a record, named S from here on
//   again S by member-2                                the same record with other signatures
//   S counts | S waits | S void                        in effect; in the book but not in effect; not in the book
//   S signers chair-1=authorised member-2=revoked      what became of each signature
//   issue bad-signature S                              the book shows this issue for S
//   mayor / A=10 B=5 sheets=1                          totals of an area
//   mayor a1 counted                                   state of one unit's cell: counted, conflict, empty, duplicate
//
// Names are as Signatory spells them (world.h); "!NAME" is garbage under that name. The definition and the common
// grants are in the log before the first line.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "tests/support/world.h"

namespace scrutineer::testing {

class Script {
 public:
  explicit Script(Country country = {}) : world_(std::move(country)) {
    world_.append(world_.definition_text(), {"root-1", "root-2"});
    texts_["definition"] = world_.definition_text();
  }

  World& world() { return world_; }
  const ElectionFold& fold() {
    if (!fold_) {
      auto folded = world_.fold();
      REQUIRE_MESSAGE(folded.has_value(), (folded ? std::string() : to_string(folded.error())));
      fold_ = std::move(*folded);
    }
    return *fold_;
  }
  RecordId id(const std::string& label) const { return record_id(texts_.at(label)); }
  const std::string& text(const std::string& label) const { return texts_.at(label); }

  void run(std::string_view lines) {
    std::istringstream in{std::string(lines)};
    for (std::string line; std::getline(in, line);) {
      if (auto comment = line.find('#'); comment != line.npos) line.resize(comment);
      std::vector<std::string> words;
      std::istringstream split(line);
      for (std::string word; split >> word;) words.push_back(word);
      if (words.empty()) continue;
      CAPTURE(line);
      step(words);
    }
  }

 private:
  using Words = std::vector<std::string>;

  static Words after_by(Words& words) {
    auto by = std::find(words.begin(), words.end(), "by");
    REQUIRE(by != words.end());
    Words names(by + 1, words.end());
    words.erase(by, words.end());
    return names;
  }
  static Words commas(const std::string& list) {
    Words out;
    std::istringstream in(list);
    for (std::string part; std::getline(in, part, ',');) out.push_back(part);
    return out;
  }

  void step(Words& words) {
    if (words[0].ends_with(':')) {
      std::string label = words[0].substr(0, words[0].size() - 1);
      words.erase(words.begin());
      Words names = after_by(words);
      // Every record says another time, so that two with the same figures are two.
      std::string at = "2025-06-03T21:" + std::to_string(10 + texts_.size() / 50) + ":" +
                       std::to_string(10 + texts_.size() % 50) + "Z";
      texts_[label] = world_.text(body(words), at);
      positions_[label] = world_.append(texts_[label], names);
      fold_.reset();
    } else if (words[0] == "again") {
      Words names = after_by(words);
      world_.append(texts_.at(words[1]), names);
      fold_.reset();
    } else if (words[0] == "issue") {
      const auto& issues = fold().book().issues();
      CHECK(std::any_of(issues.begin(), issues.end(), [&](const Issue& issue) {
        return kIssueCodeNames[static_cast<std::size_t>(issue.code)] == words[1] && issue.record == id(words[2]);
      }));
    } else if (words[0] == "mayor" || words[0] == "council") {
      expect_tally(words);
    } else {
      expect_record(words);
    }
  }

  RecordBody body(const Words& w) const {
    const std::string& kind = w[0];
    if (kind == "grant") return Grant{Signatory(w[1]).key, Role(w[2]), {commas(w[3]), commas(w[4])}};
    if (kind == "revoke") return Revoke{id(w[1]), "left the commission"};
    if (kind == "compromised")
      return Compromised{Signatory(w[1]).key,
                         static_cast<std::int64_t>(positions_.contains(w[3]) ? positions_.at(w[3]) : std::stoul(w[3])),
                         "stolen"};
    if (kind == "adopt") return Adopt{id(w[1]), "checked on paper"};
    if (kind == "refusal") return Refusal{id(w[1]), "the seal was broken"};
    if (kind == "claim") return ResultClaim{std::stoll(w[1]), {}};
    if (kind == "lot") return lot(w);
    REQUIRE(kind == "sheet");
    return sheet(w);
  }

  // lot mayor step=2 tied=A,B drawn=A
  static Lot lot(const Words& w) {
    Lot lot{ContestId(w[1]), std::stoll(w[2].substr(5)), "seat", {}, 0, {}};
    for (const std::string& option : commas(w[3].substr(5))) lot.tied.emplace_back(option);
    for (const std::string& option : commas(w[4].substr(6))) lot.drawn.emplace_back(option);
    lot.places = static_cast<std::int64_t>(lot.drawn.size());
    return lot;
  }

  CountSheet sheet(const Words& w) const {
    CountSheet sheet;
    sheet.unit = UnitId(w[1]);
    sheet.contest = ContestId(w[2]);
    for (std::size_t i = 3; i < w.size(); ++i) {
      if (w[i] == "replaces") {
        sheet.replaces = id(w[++i]);
        sheet.reason = "counted again";
        continue;
      }
      std::string name = w[i].substr(0, w[i].find('='));
      std::int64_t value = std::stoll(w[i].substr(w[i].find('=') + 1));
      if (name == "electors")
        sheet.electors = value;
      else if (name == "issued")
        sheet.ballots_issued = value;
      else if (name == "cast")
        sheet.ballots_cast = value;
      else if (name == "valid")
        sheet.valid = value;
      else if (name == "invalid")
        sheet.invalid = value;
      else if (name == "blank")
        sheet.blank = value;
      else
        sheet.votes.emplace_back(OptionId(name), value);
    }
    return sheet;
  }

  void expect_record(const Words& w) {
    auto index = fold().book().find(id(w[0]));
    if (w[1] == "void") {
      CHECK_FALSE(index.has_value());
      return;
    }
    REQUIRE(index.has_value());
    const RecordState& record = fold().book().records()[*index];
    if (w[1] == "counts") {
      CHECK(record.effect != kNever);
    } else if (w[1] == "waits") {
      CHECK(record.effect == kNever);
    } else if (w[1] == "signers") {
      for (std::size_t i = 2; i < w.size(); ++i) {
        std::string name = w[i].substr(0, w[i].find('='));
        CAPTURE(name);
        CHECK(state_of(record, name) == w[i].substr(w[i].find('=') + 1));
      }
    } else {
      REQUIRE(w[1] == "at");  // S at T: S took effect where T entered the log
      CHECK(record.effect == positions_.at(w[2]));
    }
  }

  std::string_view state_of(const RecordState& record, const std::string& name) {
    const RecordBook& book = fold().book();
    for (const RecordSigner& signer : record.signers) {
      const std::string& own =
          signer.key == kStranger ? book.strangers()[signer.stranger].name : book.keys()[signer.key].key.name;
      if (own == name) return kSignerStateNames[static_cast<std::size_t>(signer.state)];
    }
    return "absent";
  }

  void expect_tally(const Words& w) {
    const Tally& tally = fold().tally();
    const Election& election = world_.election();
    ContestIndex contest = *election.find_contest(ContestId(w[0]));
    if (auto unit = election.tree().find_unit(UnitId(w[1]))) {
      const Cell& cell = tally.cell(contest, *unit);
      constexpr std::string_view kStates[] = {"empty", "counted", "conflict"};
      std::string_view state = cell.duplicate ? "duplicate" : kStates[static_cast<std::size_t>(cell.state)];
      CHECK(state == w[2]);
      return;
    }
    auto area = election.tree().find_area(w[1]);
    REQUIRE(area.has_value());
    Totals totals = tally.totals(contest, *area);
    for (std::size_t i = 2; i < w.size(); ++i) {
      std::string name = w[i].substr(0, w[i].find('='));
      std::string value = w[i].substr(name.size() + 1);
      CAPTURE(name);
      if (name == "sheets")
        CHECK(totals.sheets == std::stoll(value));
      else if (auto option = election.contests()[contest].find_option(OptionId(name)))
        CHECK(totals.votes(*option) == std::stoll(value));
      else
        CHECK(figure(totals, name) == value);
    }
  }
  // A figure that nobody stated is "-".
  static std::string figure(const Totals& totals, const std::string& name) {
    constexpr std::string_view kNames[] = {"electors", "issued", "cast", "valid", "invalid", "blank"};
    for (std::size_t i = 0; i < kFigures; ++i)
      if (kNames[i] == name) {
        auto value = totals.figure(static_cast<Figure>(i));
        return value ? std::to_string(*value) : "-";
      }
    return "no such figure";
  }

  World world_;
  std::map<std::string, std::string> texts_;
  std::map<std::string, Position> positions_;
  std::unique_ptr<ElectionFold> fold_;
};

}  // namespace scrutineer::testing
