// A counting centre in memory: an election, its log, its people and its desk.
#pragma once

#include <map>

#include "app/collect/desk.h"
#include "app/collect/journal.h"
#include "app/disk/sim_disk.h"
#include "core/count/form.h"
#include "core/merkle/anchor_for_test.h"
#include "tests/support/world.h"

namespace scrutineer::testing {

class DeskClock final : public Clock {
 public:
  UnixSeconds now() override { return {seconds}; }
  std::uint64_t monotonic_ns() override { return static_cast<std::uint64_t>(seconds) * 1'000'000'000; }
  std::int64_t seconds = 1'748'955'600;  // 22:00 in Seoul, two hours after the polls closed
};

class DeskRng final : public Rng {
 public:
  void fill(std::span<std::uint8_t> out) override {
    Hash256 block = sha256("desk " + std::to_string(++drawn_));
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = block.bytes[i % 32];
  }
  int drawn_ = 0;
};

// Errors where parts do not add up; a warning above 10 in 100 invalid; early units are late after an hour.
inline Country desk_country() {
  Country country;
  country.rules =
      R"({"rules":[{"code":"parts-do-not-add-up","kinds":["*"],"contests":["*"]},)"
      R"({"code":"invalid-share","kinds":["*"],"contests":["*"],"share":"10/100"}],)"
      R"("expected":[{"kinds":["early"],"minutes_after_close":60},{"kinds":["*"],"minutes_after_close":240}],)"
      R"("forms":[{"kinds":["early"],"how":"machine-then-hand"}]})";
  return country;
}

inline const DeskCell kA1{"a1", "mayor"};

// Typists t1 to t4, coordinator co, chair ch, members m1 m2 m3, observer ob; t1x is t1's key under another name.
struct Centre {
  static constexpr const char* kPeople[][2] = {
      {"t1", "typist"}, {"t2", "typist"}, {"t3", "typist"}, {"t4", "typist"},   {"co", "coordinator"}, {"ch", "chair"},
      {"m1", "member"}, {"m2", "member"}, {"m3", "member"}, {"ob", "observer"}, {"t1x~t1", "typist"}};
  Centre() : world(desk_country()) {
    LogOptions log_options;
    log_options.background = false;
    log = Log::create(disk, "log/store", anchor::kOrigin, *key, log_options).value();
    collector = Collector::open(*log, world.election(), world.roots(), {}).value();
    give(world.definition_text(), {"root-1", "root-2"});
    for (const auto& [name, role] : kPeople)
      give(world.text(Grant{Signatory(name).key, Role(role), {{"/north"}, {"*"}}}), {"root-1", "root-2"});
    open();
  }
  void open() {
    desk = Desk::open(disk, "log", *collector, log->reader(), world.election(), clock, rng, {"centre", "ko"}).value();
  }
  // The server starts again, with whatever the disk has kept.
  void again() {
    desk.reset();
    collector.reset();
    log.reset();
    LogOptions log_options;
    log_options.background = false;
    log = Log::open(disk, "log/store", *key, log_options).value();
    collector = Collector::open(*log, world.election(), world.roots(), {}).value();
    open();
  }
  void give(const std::string& text, const std::vector<std::string>& names) {
    auto appended = collector->submit(World::entry(text, names));
    check(appended.has_value(), "the test's record enters the log");
  }

  static DeskPerson person(const std::string& name) { return {Signatory(name).key}; }
  // Where there is no text to sign, something else is signed.
  static NoteSignature sign(const std::string& name, std::string_view text) {
    return Signatory(name).sign(check_note_text(text) ? text : "something else\n");
  }

  std::vector<std::pair<RecordType, Record>> records() const {
    std::vector<std::pair<RecordType, Record>> out;
    for (std::uint64_t i = 0; i < log->reader().size(); ++i) {
      auto entry = parse_entry(log->reader().entry(i).value()).value();
      out.emplace_back(entry.record.type(), entry.record);
    }
    return out;
  }
  std::size_t count(RecordType type) const {
    std::size_t n = 0;
    for (const auto& [one, record] : records()) n += one == type;
    return n;
  }
  std::int64_t counted() const {
    return collector->read([](const Collector::View& view) { return view.fold.tally().totals(0, 0).sheets; });
  }
  ui::DeskState state(const DeskCell& cell = kA1) const {
    const auto home = desk->home(person("co"), "").value();
    for (const auto& row : home.rows)
      if (row.unit_id == cell.unit && row.contest == (cell.contest == "mayor" ? 0 : 1)) return row.state;
    return ui::DeskState::expected;
  }

  // "good", or the error's code.
  template <class T>
  static std::string answer(const DeskResult<T>& result) {
    return result ? "good" : std::string(error_code_name(result.error().error.code));
  }

  // Types everything, confirms what is to be confirmed, signs.
  std::string enter(const std::string& who, const FieldValues& figures, const DeskCell& cell = kA1) {
    auto page = desk->entry(person(who), cell, 0);
    if (!page) return answer(page);
    for (std::size_t section = 0; section < page->sections; ++section) {
      auto saved = desk->entry_save(person(who), page->token, section, {figures.begin(), figures.end()}, true);
      if (!saved) return answer(saved);
    }
    auto checked = desk->entry_check(person(who), page->token);
    if (!checked) return answer(checked);
    for (const auto& notice : checked->notices)
      if (!notice.error && !notice.confirmed) (void)desk->entry_confirm(person(who), page->token, notice.code);
    checked = desk->entry_check(person(who), page->token);
    if (!checked) return answer(checked);
    return answer(desk->entry_sign(person(who), page->token, sign(who, checked->text)));
  }
  std::string third(const std::string& who, const FieldValues& figures) {
    auto page = desk->third(person(who), kA1);
    if (!page) return answer(page);
    auto saved = desk->third_save(person(who), page->token, {figures.begin(), figures.end()});
    if (!saved) return answer(saved);
    page = desk->third(person(who), kA1);
    if (!page) return answer(page);
    return answer(desk->third_sign(person(who), page->token, sign(who, page->text)));
  }
  // Announces or signs whatever the page gives this person to sign.
  std::string act(const std::string& who, SheetAct act, const DeskCell& cell = kA1) {
    auto page = desk->sheet(person(who), cell);
    if (!page) return answer(page);
    return answer(desk->sheet_sign(person(who), cell, act, sign(who, page->text)));
  }
  std::string accept(const std::string& who, const std::string& code, const std::string& reason) {
    auto made = desk->sheet_reason(person(who), kA1, SheetAct::accept, code, reason);
    if (!made) return answer(made);
    const auto page = desk->sheet(person(who), kA1).value();
    for (const auto& finding : page.findings)
      if (finding.code == code)
        return answer(desk->sheet_sign(person(who), kA1, SheetAct::accept, sign(who, finding.accept_text)));
    return "no finding";
  }
  std::string announce_and_sign() {
    for (auto [who, what] : {std::pair("ch", SheetAct::announce), {"m1", SheetAct::sign}, {"m2", SheetAct::sign}})
      if (auto said = act(who, what); said != "good") return said;
    return "good";
  }

  World world;
  SimDisk disk;
  DeskClock clock;
  DeskRng rng;
  std::unique_ptr<Signer> key = anchor::signer();
  std::unique_ptr<Log> log;
  std::unique_ptr<Collector> collector;
  std::unique_ptr<Desk> desk;
};

// A sheet of a1 that adds up: 613 valid, 41 invalid. Numbers that nothing else here has.
inline FieldValues good_figures() {
  return {{"electors", "887"},  {"ballots_issued", "654"}, {"ballots_cast", "654"}, {"votes/1", "311"},
          {"votes/2", "213"},   {"votes/3", "89"},         {"valid", "613"},        {"invalid", "41"},
          {"count_began", "-"}, {"count_ended", "2147"}};
}
inline FieldValues changed(FieldValues figures, const std::string& name, const std::string& value) {
  figures[name] = value;
  return figures;
}

}  // namespace scrutineer::testing
