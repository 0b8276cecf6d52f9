// The way of a sheet through the desk, and who is stopped where.
#include "app/collect/desk.h"

#include <doctest/doctest.h>

#include "app/collect/desk_for_test.h"
#include "core/record/disclosure.h"

namespace scrutineer {
namespace {

using testing::Centre;
using testing::changed;
using testing::good_figures;
using testing::kA1;
using testing::Signatory;
using ui::DeskState;

std::string enter_twice(Centre& centre, const FieldValues& figures = good_figures()) {
  std::string first = centre.enter("t1", figures);
  return first == "good" ? centre.enter("t2", figures) : first;
}

}  // namespace

TEST_CASE("a sheet is entered twice, announced, signed, and counted") {
  Centre centre;
  CHECK(centre.state() == DeskState::expected);
  auto page = centre.desk->entry(Centre::person("t1"), kA1, {});
  REQUIRE(page);
  CHECK(page->sections == 3);
  CHECK(page->fields.fields[0].name == "electors");
  CHECK_FALSE(page->fields.fields[0].problem);  // nothing was said about it before it was typed
  CHECK(centre.state() == DeskState::first_begun);
  CHECK(centre.enter("t1", good_figures()) == "good");
  CHECK(centre.state() == DeskState::first_done);
  CHECK(centre.count(RecordType::entry) == 1);
  REQUIRE(centre.desk->entry(Centre::person("t2"), kA1, {}));
  CHECK(centre.state() == DeskState::second_begun);
  CHECK(centre.enter("t2", good_figures()) == "good");
  CHECK(centre.state() == DeskState::ready);
  CHECK(centre.count(RecordType::entry) == 2);
  CHECK(centre.count(RecordType::count_sheet) == 0);

  auto sheet = centre.desk->sheet(Centre::person("ch"), kA1);
  REQUIRE(sheet);
  CHECK(sheet->act == ui::SheetPage::Act::announce);
  CHECK(sheet->sheet.figures.valid == 613);
  CHECK(sheet->entered_by == std::vector<std::string>{"t1", "t2"});
  CHECK(centre.act("m1", SheetAct::sign) == "conflict");  // nothing is signed before it is announced
  CHECK(centre.act("ch", SheetAct::announce) == "good");
  CHECK(centre.state() == DeskState::announced);
  CHECK(centre.counted() == 0);
  CHECK(centre.act("m1", SheetAct::sign) == "good");
  CHECK(centre.counted() == 0);
  CHECK(centre.act("m2", SheetAct::sign) == "good");
  CHECK(centre.counted() == 1);
  CHECK(centre.state() == DeskState::in_effect);
  CHECK(centre.act("m3", SheetAct::sign) == "good");  // a third member signs the same record later

  auto done = centre.desk->sheet(Centre::person("ob"), kA1);
  REQUIRE(done);
  CHECK(done->sheet.signers.size() == 4);
  CHECK(done->sheet.figures.valid == 613);
  CHECK(done->sheet.announced_at == "2025-06-03T22:00:00+09:00");
  CHECK(done->text.empty());
  CHECK(centre.desk->sheet(Centre::person("m1"), kA1)->text.empty());  // has signed
  CHECK(centre.enter("t3", good_figures()) == "conflict");

  centre.again();
  CHECK(centre.state() == DeskState::in_effect);
  CHECK(centre.counted() == 1);
}

TEST_CASE("the log holds commitments, and the journal what they commit to") {
  Centre centre;
  REQUIRE(centre.enter("t1", good_figures()) == "good");
  auto records = centre.records();
  const auto& entry = std::get<Entry>(records.back().second.body);
  CHECK(entry.reading == 1);
  CHECK(entry.digests.size() == 1);
  Bytes journal = read_file(centre.disk, "log/private/journal", 1u << 20).value();
  std::size_t at = journal.find("\"disclosure\":\"") + 14;
  std::string disclosure = journal.substr(at, journal.find('"', at) - at);
  CHECK(disclosure_digest(disclosure) == entry.digests[0]);
  auto disclosed = read_disclosure(disclosure).value();
  CHECK(disclosed.name == "figures");
  CHECK(disclosed.value.find("\"valid\":\"613\"") != std::string::npos);
}

TEST_CASE("who may enter, read and sign what") {
  struct Case {
    const char* what;
    std::vector<std::pair<const char*, const char*>> before;  // who enters which number of votes for Ann
    const char* who;
    bool third;
    const char* answer;
  };
  const Case rows[] = {
      {"a typist begins", {}, "t1", false, "good"},
      {"the second typist is the first", {{"t1", "311"}}, "t1", false, "conflict"},
      {"the second is the first under another name", {{"t1", "311"}}, "t1x~t1", false, "conflict"},
      {"another typist", {{"t1", "311"}}, "t2", false, "good"},
      {"the third reader is the first", {{"t1", "311"}, {"t2", "312"}}, "t1", true, "conflict"},
      {"the third reader is the first under another name", {{"t1", "311"}, {"t2", "312"}}, "t1x~t1", true, "conflict"},
      {"the third reader is the second", {{"t1", "311"}, {"t2", "312"}}, "t2", true, "conflict"},
      {"a third person", {{"t1", "311"}, {"t2", "312"}}, "t3", true, "good"},
      {"a third entry of everything", {{"t1", "311"}, {"t2", "312"}}, "t3", false, "conflict"},
      {"a third reading where nothing differs", {{"t1", "311"}, {"t2", "311"}}, "t3", true, "conflict"},
      {"a fourth entry", {{"t1", "311"}, {"t2", "311"}}, "t3", false, "conflict"},
      {"a coordinator types", {}, "co", false, "unauthorised"},
      {"a chair types", {}, "ch", false, "unauthorised"},
      {"a member types", {}, "m1", false, "unauthorised"},
      {"an observer types", {}, "ob", false, "unauthorised"},
      {"a stranger types", {}, "nobody", false, "unauthorised"},
      {"a coordinator reads", {{"t1", "311"}, {"t2", "312"}}, "co", true, "unauthorised"},
  };
  for (const Case& row : rows) {
    CAPTURE(row.what);
    Centre centre;
    for (auto [who, votes] : row.before)
      REQUIRE(centre.enter(who, changed(good_figures(), "votes/1", votes)) == "good");
    CHECK((row.third ? centre.third(row.who, {{"votes/1", "311"}}) : centre.enter(row.who, good_figures())) ==
          row.answer);
  }
  Centre centre;
  CHECK(centre.enter("t1", good_figures(), {"s1", "mayor"}) == "unauthorised");  // outside the grant
  CHECK(centre.enter("t1", good_figures(), {"z9", "mayor"}) == "not_found");
  CHECK(centre.enter("t1", good_figures(), {"a1", "king"}) == "not_found");
}

TEST_CASE("the third reading settles the difference, or everything is entered again") {
  for (const char* read : {"311", "312", "313"}) {
    Centre centre;
    REQUIRE(centre.enter("t1", good_figures()) == "good");
    FieldValues other = changed(changed(good_figures(), "votes/1", "312"), "votes/2", "212");
    REQUIRE(centre.enter("t2", other) == "good");
    CHECK(centre.state() == DeskState::different);
    auto page = centre.desk->third(Centre::person("t3"), kA1);
    REQUIRE(page);
    REQUIRE(page->fields.size() == 2);
    CHECK(page->fields[0].name == "votes/1");
    CHECK(page->fields[0].value.empty());
    CHECK(page->text.empty());
    std::string second = read == std::string("311") ? "213" : "212";
    CHECK(centre.third("t3", {{"votes/1", read}, {"votes/2", second}}) == "good");
    bool settled = read != std::string("313");
    CHECK(centre.state() == (settled ? DeskState::ready : DeskState::expected));
    if (settled) {
      CHECK(centre.announce_and_sign() == "good");
      CHECK(centre.counted() == 1);
      CHECK(centre.count(RecordType::entry) == 3);
    } else {
      CHECK(centre.desk->entry(Centre::person("t2"), kA1, {})->round == 2);
    }
  }
}

TEST_CASE("a warning is confirmed before there is anything to sign; another figure takes the confirmation back") {
  Centre centre;
  FieldValues figures = changed(changed(good_figures(), "invalid", "141"), "ballots_cast", "754");
  auto typist = Centre::person("t1");
  std::string token = centre.desk->entry(typist, kA1, {})->token;
  auto type = [&] {
    for (std::size_t section = 0; section < 3; ++section)
      REQUIRE(centre.desk->entry_save(typist, token, section, {figures.begin(), figures.end()}, true));
  };
  type();
  auto check = centre.desk->entry_check(typist, token);
  REQUIRE(check->notices.size() == 1);
  CHECK(check->notices[0].code == "invalid-share");
  CHECK(check->notices[0].sentence.en == rule_text(RuleCode::invalid_share).neutral_en);
  CHECK(check->text.empty());
  CHECK(Centre::answer(centre.desk->entry_sign(typist, token, Centre::sign("t1", check->text))) == "conflict");
  CHECK(Centre::answer(centre.desk->entry_confirm(typist, token, "no-electors")) == "not_found");
  CHECK(Centre::answer(centre.desk->entry_confirm(Centre::person("t2"), token, "invalid-share")) == "conflict");
  CHECK(centre.desk->entry_confirm(typist, token, "invalid-share"));
  std::string text = centre.desk->entry_check(typist, token)->text;
  CHECK_FALSE(text.empty());
  figures["electors"] = "888";
  type();
  CHECK(centre.desk->entry_check(typist, token)->text.empty());
  CHECK(Centre::answer(centre.desk->entry_sign(typist, token, Centre::sign("t1", text))) == "conflict");
  CHECK(centre.desk->entry_confirm(typist, token, "invalid-share"));
  std::string other = centre.desk->entry_check(typist, token)->text;
  CHECK(Centre::answer(centre.desk->entry_sign(typist, token, Centre::sign("t1", text))) == "bad_signature");
  CHECK(Centre::answer(centre.desk->entry_sign(typist, token, Centre::sign("t2", other))) == "bad_signature");
  CHECK(centre.desk->entry_sign(typist, token, Centre::sign("t1", other)));
  CHECK(centre.count(RecordType::entry) == 1);
}

TEST_CASE("what cannot stand is said at its field, and keeps the typist on the page") {
  Centre centre;
  auto typist = Centre::person("t1");
  std::string token = centre.desk->entry(typist, kA1, {})->token;
  auto place = centre.desk->entry_save(typist, token, 0, {{"electors", "8o7"}, {"csrf", "x"}, {"go", "next"}}, true);
  REQUIRE(place);
  CHECK(place->section == 0);
  auto page = centre.desk->entry(typist, kA1, {});
  CHECK(page->section == 0);
  REQUIRE(page->fields.fields[0].problem);
  CHECK(page->fields.fields[0].value == "8o7");
  CHECK(page->fields.fields[1].problem);  // empty
  CHECK(centre.desk->entry_check(typist, token)->message);
  CHECK(Centre::answer(centre.desk->entry_save(typist, token, 0, {{"electors", std::string(65, '1')}}, true)) ==
        "invalid_argument");
  CHECK(Centre::answer(centre.desk->entry_save(typist, token, 0, {{"electors", "1\x01"}}, true)) == "invalid_argument");
  CHECK(Centre::answer(centre.desk->entry_save(typist, token, 3, {}, true)) == "invalid_argument");
  CHECK(Centre::answer(centre.desk->entry_save(typist, "no-such-token", 0, {}, true)) == "not_found");
}

TEST_CASE("a browser closed in the middle: the same person goes on where it was, nobody else") {
  Centre centre;
  auto typist = Centre::person("t1");
  std::string token = centre.desk->entry(typist, kA1, {})->token;
  FieldValues figures = good_figures();
  REQUIRE(centre.desk->entry_save(typist, token, 0, {figures.begin(), figures.end()}, true));
  REQUIRE(centre.desk->entry_save(typist, token, 1, {{"votes/1", "311"}}, false));
  centre.again();
  auto page = centre.desk->entry(typist, kA1, {});
  REQUIRE(page);
  CHECK(page->token == token);
  CHECK(page->section == 1);
  CHECK(page->fields.fields[0].value == "311");
  CHECK(centre.desk->entry(Centre::person("t1x~t1"), kA1, {})->token == token);  // the same person
  CHECK(Centre::answer(centre.desk->entry(Centre::person("t2"), kA1, {})) == "conflict");
  CHECK(Centre::answer(centre.desk->entry_discard(Centre::person("t2"), token)) == "unauthorised");
  CHECK(Centre::answer(centre.desk->entry_discard(Centre::person("m1"), token)) == "unauthorised");
  CHECK(centre.desk->entry_discard(Centre::person("co"), kA1));
  CHECK(centre.state() == DeskState::expected);
  CHECK(Centre::answer(centre.desk->entry_save(typist, token, 0, {}, true)) == "not_found");
  CHECK(centre.enter("t2", good_figures()) == "good");

  // Somebody went home in the middle, and nobody knows the paper: a coordinator has all of it entered again.
  std::string left = centre.desk->entry(Centre::person("t3"), kA1, {})->token;
  CHECK(centre.desk->sheet_correct(Centre::person("co"), kA1, "the typist went home", ""));
  CHECK(Centre::answer(centre.desk->entry_save(Centre::person("t3"), left, 0, {}, true)) == "not_found");
  CHECK(centre.desk->entry(Centre::person("t2"), kA1, {})->round == 2);
}

TEST_CASE("an error blocks until a coordinator accepts it; the acceptance enters the log after the sheet") {
  Centre centre;
  FieldValues figures = changed(good_figures(), "votes/3", "90");  // one more than valid
  REQUIRE(enter_twice(centre, figures) == "good");
  CHECK(centre.state() == DeskState::blocked);
  CHECK(centre.desk->sheet(Centre::person("ch"), kA1)->text.empty());
  CHECK(centre.act("ch", SheetAct::announce) == "conflict");
  CHECK(centre.accept("ch", "parts-do-not-add-up", "so it is") == "unauthorised");
  CHECK(centre.accept("co", "parts-do-not-add-up", " ") == "invalid_argument");
  CHECK(centre.accept("co", "cast-exceeds-issued", "so it is") == "not_found");
  CHECK(centre.accept("co", "parts-do-not-add-up", "the paper says so, the committee has looked") == "good");
  CHECK(centre.count(RecordType::acceptance) == 0);
  CHECK(centre.state() == DeskState::ready);
  centre.again();
  CHECK(centre.state() == DeskState::ready);
  CHECK(centre.announce_and_sign() == "good");
  auto records = centre.records();
  std::vector<RecordType> types;
  for (const auto& [type, record] : records)
    if (type != RecordType::grant && type != RecordType::definition) types.push_back(type);
  CHECK(types == std::vector<RecordType>{RecordType::entry, RecordType::entry, RecordType::count_sheet,
                                         RecordType::acceptance, RecordType::count_sheet, RecordType::count_sheet});
  auto page = centre.desk->sheet(Centre::person("ob"), kA1);
  REQUIRE(page->findings.size() == 1);
  CHECK(page->findings[0].accepted == "the paper says so, the committee has looked");
}

TEST_CASE("an acceptance by a coordinator who has lost the role does not help") {
  Centre centre;
  REQUIRE(enter_twice(centre, changed(good_figures(), "votes/3", "90")) == "good");
  REQUIRE(centre.accept("co", "parts-do-not-add-up", "looked at") == "good");
  RecordId grant = record_id(centre.world.text(Grant{Signatory("co").key, Role("coordinator"), {{"/north"}, {"*"}}}));
  centre.give(centre.world.text(Revoke{grant, "left"}), {"root-1", "root-2"});
  CHECK(centre.desk->sheet(Centre::person("ch"), kA1)->state == DeskState::blocked);
  CHECK(centre.act("ch", SheetAct::announce) == "conflict");
}

TEST_CASE("a role that is revoked in the middle ends at once") {
  Centre centre;
  auto typist = Centre::person("t1");
  std::string token = centre.desk->entry(typist, kA1, {})->token;
  REQUIRE(centre.desk->entry_save(typist, token, 0, {{"electors", "887"}}, true));
  auto revoke = [&](const char* name, const char* role) {
    RecordId grant = record_id(centre.world.text(Grant{Signatory(name).key, Role(role), {{"/north"}, {"*"}}}));
    centre.give(centre.world.text(Revoke{grant, "left"}), {"root-1", "root-2"});
  };
  revoke("t1", "typist");
  CHECK(centre.desk->roles(typist).empty());
  CHECK(Centre::answer(centre.desk->entry_save(typist, token, 0, {{"electors", "888"}}, true)) == "unauthorised");
  CHECK(Centre::answer(centre.desk->entry(typist, kA1, {})) == "unauthorised");
  CHECK(Centre::answer(centre.desk->home(typist, "")) == "unauthorised");
  CHECK(centre.desk->entry_discard(Centre::person("co"), kA1));
  REQUIRE(centre.enter("t2", good_figures()) == "good");
  REQUIRE(centre.enter("t3", good_figures()) == "good");
  REQUIRE(centre.act("ch", SheetAct::announce) == "good");
  auto page = centre.desk->sheet(Centre::person("m1"), kA1);
  revoke("m1", "member");
  CHECK(Centre::answer(centre.desk->sheet_sign(Centre::person("m1"), kA1, SheetAct::sign,
                                               Centre::sign("m1", page->text))) == "unauthorised");
  centre.give(centre.world.text(Compromised{Signatory("m2").key, 1, "stolen"}), {"root-1", "root-2"});
  CHECK(centre.desk->roles(Centre::person("m2")).empty());
  CHECK(centre.act("m3", SheetAct::sign) == "good");
  CHECK(centre.counted() == 0);
}

TEST_CASE("a signed sheet is never changed: a correction is a new sheet with its reason and order") {
  Centre centre;
  REQUIRE(enter_twice(centre) == "good");
  CHECK(centre.desk->sheet_correct(Centre::person("co"), kA1, "read the wrong paper", ""));  // not announced yet
  CHECK(centre.state() == DeskState::expected);
  REQUIRE(enter_twice(centre) == "good");
  REQUIRE(centre.announce_and_sign() == "good");
  RecordId first = RecordId{*hash_from_hex(centre.desk->sheet(Centre::person("ob"), kA1)->record_id)};

  CHECK(centre.accept("co", "parts-do-not-add-up", "I know better") == "not_found");
  for (SheetAct act : {SheetAct::announce, SheetAct::sign}) CHECK(centre.act("co", act) == "unauthorised");
  CHECK(centre.act("ch", SheetAct::announce) == "conflict");
  for (const char* who : {"ch", "m1", "t1", "ob", "nobody"})
    CHECK(Centre::answer(centre.desk->sheet_correct(Centre::person(who), kA1, "I know better", "")) == "unauthorised");
  CHECK(Centre::answer(centre.desk->sheet_correct(Centre::person("co"), kA1, "", "")) == "invalid_argument");
  CHECK(centre.desk->sheet_correct(Centre::person("co"), kA1, "recount of box 2", "court, 2025-06-09, no. 7"));
  CHECK(centre.counted() == 1);  // until the new one is signed
  CHECK(centre.state() == DeskState::expected);
  auto open = centre.desk->sheet(Centre::person("ob"), kA1);
  CHECK(open->sheet.figures.valid == 613);  // what is public stays public
  FieldValues recount = changed(changed(good_figures(), "votes/1", "310"), "votes/2", "214");
  REQUIRE(enter_twice(centre, recount) == "good");
  CHECK(centre.desk->sheet(Centre::person("ob"), kA1)->sheet.options[0].votes == 311);  // not yet announced
  CHECK(centre.desk->sheet(Centre::person("ch"), kA1)->sheet.options[0].votes == 310);
  centre.again();
  REQUIRE(centre.act("ch", SheetAct::announce) == "good");
  CHECK(centre.state() == DeskState::announced);
  REQUIRE(centre.act("m1", SheetAct::sign) == "good");
  REQUIRE(centre.act("m2", SheetAct::sign) == "good");
  CHECK(centre.state() == DeskState::in_effect);
  CHECK(centre.counted() == 1);
  auto last = centre.desk->sheet(Centre::person("ob"), kA1);
  CHECK(last->sheet.options[0].votes == 310);
  auto records = centre.records();
  const auto& sheet = std::get<CountSheet>(records.back().second.body);
  CHECK(sheet.replaces == first);
  CHECK(sheet.reason == "recount of box 2");
  CHECK(sheet.order == "court, 2025-06-09, no. 7");
}

TEST_CASE("before the polls close nothing is announced, by this server's clock; both times are said") {
  Centre centre;
  centre.clock.seconds -= 3 * 3'600;  // 19:00
  REQUIRE(enter_twice(centre) == "good");
  auto page = centre.desk->sheet(Centre::person("ch"), kA1);
  CHECK(page->text.empty());
  REQUIRE(page->message);
  for (const std::string* sentence : {&page->message->sentence.ko, &page->message->sentence.en}) {
    CHECK(sentence->find("20:00") != std::string::npos);
    CHECK(sentence->find("19:00") != std::string::npos);
  }
  CHECK(centre.act("ch", SheetAct::announce) == "conflict");
  centre.clock.seconds += 3'600;  // 20:00
  CHECK(centre.act("ch", SheetAct::announce) == "good");
}

TEST_CASE("a text made some minutes ago is made anew; the older one can still be signed") {
  Centre centre;
  REQUIRE(enter_twice(centre) == "good");
  std::string old = centre.desk->sheet(Centre::person("ch"), kA1)->text;
  CHECK(centre.desk->sheet(Centre::person("ch"), kA1)->text == old);
  centre.clock.seconds += 600;
  std::string text = centre.desk->sheet(Centre::person("ch"), kA1)->text;
  CHECK(text != old);
  CHECK(text.find("22:10:00") != std::string::npos);
  std::string forged = text;
  forged.replace(forged.find("\"votes\":{\"A\":311"), 16, "\"votes\":{\"A\":911");
  CHECK(Centre::answer(centre.desk->sheet_sign(Centre::person("ch"), kA1, SheetAct::announce,
                                               Centre::sign("ch", forged))) == "bad_signature");
  CHECK(centre.desk->sheet_sign(Centre::person("ch"), kA1, SheetAct::announce, Centre::sign("ch", old)));
  CHECK(centre.count(RecordType::count_sheet) == 1);
}

TEST_CASE("observers see where sheets stand, and say something about announced ones") {
  Centre centre;
  auto observer = Centre::person("ob");
  auto say = [&](SheetAct act) {
    auto made = centre.desk->sheet_reason(observer, kA1, act, "", "the seal of box 3\r\nwas broken");
    if (!made) return Centre::answer(made);
    auto page = centre.desk->sheet(observer, kA1);
    return Centre::answer(centre.desk->sheet_sign(
        observer, kA1, act, Centre::sign("ob", act == SheetAct::refuse ? page->refuse_text : page->remark_text)));
  };
  REQUIRE(enter_twice(centre) == "good");
  CHECK(say(SheetAct::refuse) == "conflict");
  CHECK(say(SheetAct::remark) == "conflict");
  REQUIRE(centre.announce_and_sign() == "good");
  CHECK(say(SheetAct::remark) == "good");
  CHECK(say(SheetAct::refuse) == "good");
  CHECK(centre.count(RecordType::remark) == 1);
  CHECK(centre.count(RecordType::refusal) == 1);
  auto page = centre.desk->sheet(observer, kA1);
  REQUIRE(page->sheet.remarks.size() == 1);
  CHECK(page->sheet.remarks[0].text == "the seal of box 3\nwas broken");
  CHECK(page->sheet.remarks[0].name == "ob");
  CHECK(page->refuse_text.empty());
  CHECK(Centre::answer(centre.desk->sheet_reason(Centre::person("t1"), kA1, SheetAct::remark, "", "x")) ==
        "unauthorised");
  CHECK(Centre::answer(centre.desk->sheet_sign(observer, kA1, SheetAct::refuse, Centre::sign("ob", "x"))) ==
        "conflict");

  auto board = centre.desk->board(observer);
  REQUIRE(board);
  CHECK(board->cells.size() == 6);  // three units in the north, two contests
  CHECK(board->counts[static_cast<std::size_t>(DeskState::in_effect)] == 1);
  CHECK(board->counts[static_cast<std::size_t>(DeskState::expected)] == 5);
  CHECK(board->late == 2);  // early votes are expected an hour after the close
  centre.clock.seconds += 4 * 3'600;
  CHECK(centre.desk->board(observer)->late == 5);
  CHECK(Centre::answer(centre.desk->board(Centre::person("nobody"))) == "unauthorised");
}

TEST_CASE("a photograph is kept by its hash at once and named in the log after the sheet") {
  Centre centre;
  auto member = Centre::person("m1");
  struct Case {
    const char* what;
    Bytes bytes;
    const char* answer;
  };
  const Case rows[] = {{"PNG", Bytes("\x89PNG\r\n\x1A\nrest", 12), "good"},
                       {"JPEG", "\xFF\xD8\xFF\xE0rest", "good"},
                       {"TIFF", Bytes("II*\0rest", 8), "good"},
                       {"PDF", "%PDF-1.7", "good"},
                       {"a page", "<!doctype html>", "unsupported"},
                       {"an SVG", "<svg xmlns=\"http://www.w3.org/2000/svg\">", "unsupported"},
                       {"nothing", "", "unsupported"},
                       {"too large", "%PDF-" + Bytes(kAttachmentBytes, 'x'), "limit_exceeded"}};
  for (const Case& row : rows) {
    CAPTURE(row.what);
    CHECK(Centre::answer(centre.desk->sheet_attach(member, kA1, "page 1", row.bytes)) == row.answer);
  }
  CHECK(Centre::answer(centre.desk->sheet_attach(Centre::person("ob"), kA1, "", "%PDF-1.7")) == "unauthorised");
  REQUIRE(enter_twice(centre) == "good");
  auto page = centre.desk->sheet(member, kA1);
  CHECK(page->attach_text.find("application/pdf") != std::string::npos);
  CHECK(centre.desk->sheet_sign(member, kA1, SheetAct::attach, Centre::sign("m1", page->attach_text)));
  CHECK(centre.count(RecordType::attachment) == 0);
  CHECK(centre.desk->sheet(member, kA1)->attachments.size() == 1);
  CHECK(centre.desk->sheet(Centre::person("ob"), kA1)->attachments.empty());
  REQUIRE(centre.act("ch", SheetAct::announce) == "good");
  CHECK(centre.count(RecordType::attachment) == 1);
  CHECK(centre.desk->sheet(Centre::person("ob"), kA1)->attachments.size() == 1);
}

TEST_CASE("two columns where the kind is counted by machine and then by hand") {
  Centre centre;
  auto page = centre.desk->entry(Centre::person("t1"), {"a2", "mayor"}, 1);
  REQUIRE(page);
  CHECK(page->sections == 5);
  CHECK(page->fields.fields[0].name == "machine/sorted/1");
  CHECK(page->fields.fields[0].option_name == "Ann");
}

TEST_CASE("the home page puts first what this person can do") {
  Centre centre;
  auto first = [&](const char* who) -> std::string {
    auto home = centre.desk->home(Centre::person(who), "");
    if (!home || home->rows.empty() || home->rows[0].actions.empty()) return "nothing";
    return home->rows[0].actions[0].path;
  };
  CHECK(first("t1") == "/desk/entry?unit=a1&contest=mayor");
  REQUIRE(centre.enter("t1", good_figures()) == "good");
  CHECK(first("t1") == "/desk/entry?unit=a2&contest=mayor");  // not again the same
  CHECK(first("t2") == "/desk/entry?unit=a1&contest=mayor");
  REQUIRE(centre.enter("t2", changed(good_figures(), "valid", "614")) == "good");
  CHECK(first("t3") == "/desk/third?unit=a1&contest=mayor");
  REQUIRE(centre.third("t3", {{"valid", "614"}}) == "good");
  CHECK(first("co") == "/desk/sheet?unit=a1&contest=mayor");
  CHECK(centre.desk->home(Centre::person("co"), "")->rows[0].state == DeskState::blocked);
  REQUIRE(centre.accept("co", "parts-do-not-add-up", "looked at") == "good");
  CHECK(centre.desk->home(Centre::person("ch"), "")->rows[0].actions[0].kind == ui::DeskAction::Kind::announce);
  REQUIRE(centre.act("ch", SheetAct::announce) == "good");
  CHECK(centre.desk->home(Centre::person("m1"), "")->rows[0].actions[0].kind == ui::DeskAction::Kind::sign);
  REQUIRE(centre.act("m1", SheetAct::sign) == "good");
  CHECK(centre.desk->home(Centre::person("m1"), "")->rows[0].actions[0].kind != ui::DeskAction::Kind::sign);
  CHECK(centre.desk->home(Centre::person("m1"), "B one")->rows.size() == 2);
  CHECK(centre.desk->home(Centre::person("m1"), "no such unit")->rows.empty());
  CHECK(centre.desk->home(Centre::person("m1"), "")->progress[0].total == 3);
}

}  // namespace scrutineer
