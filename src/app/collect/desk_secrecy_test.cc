// Figures asked for before the announcement: by everybody, at every moment, through everything that answers.
#include <doctest/doctest.h>

#include "app/collect/desk_for_test.h"
#include "app/ui/desk_pages.h"

namespace scrutineer {
namespace {

using testing::Centre;
using testing::changed;
using testing::good_figures;
using testing::kA1;

enum class Moment : std::uint8_t { first, one, second, different, third, agreed, blocked, announced };
constexpr const char* kMoments[] = {"first", "one", "second", "different", "third", "agreed", "blocked", "announced"};

FieldValues other_figures() {
  return changed(changed(good_figures(), "votes/1", "312"), "votes/2", "212");
}

void type_only(Centre& centre, const char* who, const FieldValues& figures) {
  auto page = centre.desk->entry(Centre::person(who), kA1, 0);
  for (std::size_t section = 0; section < 3; ++section)
    REQUIRE(centre.desk->entry_save(Centre::person(who), page->token, section, {figures.begin(), figures.end()}, true));
}

// The entry in progress, if there is one.
std::string bring_to(Centre& centre, Moment moment) {
  if (moment == Moment::first) {
    type_only(centre, "t1", good_figures());
    return centre.desk->entry(Centre::person("t1"), kA1, 0)->token;
  }
  bool wrong = moment == Moment::blocked;
  REQUIRE(centre.enter("t1", wrong ? changed(good_figures(), "votes/3", "90") : good_figures()) == "good");
  if (moment == Moment::one) return "none";
  if (moment == Moment::second) {
    type_only(centre, "t2", good_figures());
    return centre.desk->entry(Centre::person("t2"), kA1, 0)->token;
  }
  if (moment == Moment::different || moment == Moment::third) {
    REQUIRE(centre.enter("t2", other_figures()) == "good");
    if (moment == Moment::different) return "none";
    std::string token = centre.desk->third(Centre::person("t3"), kA1)->token;
    REQUIRE(centre.desk->third_save(Centre::person("t3"), token, {{"votes/1", "311"}, {"votes/2", "213"}}));
    return token;
  }
  REQUIRE(centre.enter("t2", wrong ? changed(good_figures(), "votes/3", "90") : good_figures()) == "good");
  if (moment == Moment::announced) REQUIRE(centre.act("ch", SheetAct::announce) == "good");
  return "none";
}

bool is_part_of_a_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// A figure of the sheet as a word by itself.
std::string figure_in(const std::string& text) {
  for (const char* figure : {"887", "654", "311", "213", "613", "312", "212"})
    for (std::size_t at = text.find(figure); at != text.npos; at = text.find(figure, at + 1)) {
      bool begins = at == 0 || !is_part_of_a_word(text[at - 1]);
      bool ends = at + 3 == text.size() || !is_part_of_a_word(text[at + 3]);
      if (begins && ends) return figure;
    }
  return {};
}

// Everything that one person is told, by the name of what was asked.
class Told {
 public:
  Told(Centre& centre, const char* who, std::string token)
      : centre_(centre), who_(who), person_(Centre::person(who)), token_(std::move(token)) {}

  std::map<std::string, std::string> all() {
    pages();
    acts();
    return std::move(told_);
  }

 private:
  template <class Page, class Render>
  void page(const std::string& name, const DeskResult<Page>& page, Render render) {
    for (ui::Lang lang : {ui::Lang::ko, ui::Lang::en})
      told_[name] += page ? render(centre_.desk->frame(person_, lang, "/desk"), centre_.desk->site(lang), *page)
                          : words(page.error());
  }
  static std::string words(const DeskRefusal& refusal) {
    return refusal.error.message + " " + refusal.error.where + " " + refusal.sentence.ko + " " + refusal.sentence.en;
  }
  template <class T>
  void act(const std::string& name, const DeskResult<T>& result) {
    if (!result) told_[name] += words(result.error());
  }

  void pages() {
    Desk& desk = *centre_.desk;
    page("home", desk.home(person_, ""), ui::render_home);
    page("board", desk.board(person_), ui::render_board);
    page("sheet", desk.sheet(person_, kA1), ui::render_sheet);
    page("live", desk.live(person_, kA1), ui::render_live);
    page("screen", desk.live_screen(person_, kA1), ui::render_live_screen);
    page("custody", desk.custody(person_, "a1"), ui::render_custody);
    page("people", desk.people(person_), ui::render_people);
    page("third", desk.third(person_, kA1), ui::render_third);
    page("check", desk.entry_check(person_, token_), ui::render_entry_check);
    for (std::size_t section = 0; section <= 3; ++section)
      page("entry", desk.entry(person_, kA1, section), ui::render_entry);
  }
  void acts() {
    Desk& desk = *centre_.desk;
    NoteSignature signature = Centre::sign(who_, "anything\n");
    act("save", desk.entry_save(person_, token_, 0, {{"electors", "1"}}, false));
    act("confirm", desk.entry_confirm(person_, token_, "invalid-share"));
    act("sign entry", desk.entry_sign(person_, token_, signature));
    act("save third", desk.third_save(person_, token_, {{"votes/1", "1"}}));
    act("sign third", desk.third_sign(person_, token_, signature));
    for (int what = 0; what < 6; ++what) {
      act("reason", desk.sheet_reason(person_, kA1, static_cast<SheetAct>(what), "parts-do-not-add-up", "because"));
      act("sign sheet", desk.sheet_sign(person_, kA1, static_cast<SheetAct>(what), signature));
    }
    act("attach", desk.sheet_attach(person_, kA1, "note", "%PDF-1.7"));
    act("call", desk.live_call(person_, token_, "0"));
    act("undo", desk.live_undo(person_, token_));
    act("end", desk.live_end(person_, token_));
    act("confirm live", desk.live_confirm(person_, token_));
    act("start", desk.live_start(person_, kA1));
    act("custody", desk.custody_sign(person_, "a1", signature));
    act("people", desk.people_sign(person_, signature));
    act("discard", desk.entry_discard(person_, token_));
    act("correct", desk.sheet_correct(person_, kA1, "because", ""));
  }

  Centre& centre_;
  std::string who_;
  DeskPerson person_;
  std::string token_;
  std::map<std::string, std::string> told_;
};

// Who sees figures where: what one types oneself, and agreed ones for those who sign the paper or decide about errors.
bool may_see(Moment moment, const std::string& who, const std::string& asked) {
  bool own_entry = asked == "entry" || asked == "check";
  switch (moment) {
    case Moment::first: return who == "t1" && own_entry;
    case Moment::second: return who == "t2" && own_entry;
    case Moment::third: return who == "t3" && asked == "third";
    case Moment::agreed:
    case Moment::blocked: return (who == "co" || who == "ch" || who == "m1") && asked == "sheet";
    case Moment::announced: return who != "nobody" && asked == "sheet";
    case Moment::one:
    case Moment::different: return false;
  }
  return false;
}

}  // namespace

TEST_CASE("no figure before the announcement but for those who may see it") {
  for (std::size_t moment = 0; moment < std::size(kMoments); ++moment)
    for (const char* who : {"t1", "t2", "t3", "t4", "t1x~t1", "co", "ch", "m1", "ob", "nobody"}) {
      Centre centre;
      std::string token = bring_to(centre, static_cast<Moment>(moment));
      CAPTURE(kMoments[moment]);
      CAPTURE(who);
      // The first typist under another name is the first typist.
      std::string person = who == std::string("t1x~t1") ? "t1" : who;
      for (const auto& [asked, told] : Told(centre, who, token).all()) {
        CAPTURE(asked);
        std::string figure = figure_in(told);
        if (may_see(static_cast<Moment>(moment), person, asked))
          CHECK_FALSE(figure.empty());
        else
          CHECK_MESSAGE(figure.empty(), figure);
      }
    }
}

TEST_CASE("before the announcement no file but the journal holds a figure") {
  for (Moment moment : {Moment::first, Moment::one, Moment::second, Moment::different, Moment::third, Moment::agreed,
                        Moment::blocked}) {
    CAPTURE(kMoments[static_cast<std::size_t>(moment)]);
    Centre centre;
    bring_to(centre, moment);
    if (moment == Moment::blocked) {
      REQUIRE(centre.accept("co", "parts-do-not-add-up", "looked at") == "good");
    }
    bool journal = false;
    for (const std::string& path : centre.disk.files()) {
      Bytes bytes = read_file(centre.disk, path, 64u << 20).value();
      bool there = bytes.find(":613") != bytes.npos || bytes.find("\"613\"") != bytes.npos;
      if (path == "log/private/journal")
        journal = there;
      else
        CHECK_MESSAGE(!there, path);
    }
    CHECK(journal);
  }
}

}  // namespace scrutineer
