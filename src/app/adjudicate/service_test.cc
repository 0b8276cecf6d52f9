// A batch in memory and the people who decide on its papers: what is kept, what each of them may see, what survives.
#include "app/adjudicate/service.h"

#include <doctest/doctest.h>

#include "app/disk/sim_disk.h"
#include "app/ui/adjudicate_pages.h"
#include "core/crypto/hash.h"
#include "core/scan/batch.h"
#include "core/scan/opening.h"
#include "tests/support/world.h"

using namespace scrutineer;
using scrutineer::testing::Signatory;
using scrutineer::testing::World;

namespace {

const std::string kPng = std::string("\x89PNG\r\n\x1a\n", 8) + "a picture";
constexpr std::size_t kPapers = 8;

std::string id_of(std::size_t i) {
  return std::string(31, 'a') + "0123456789abcdef"[i];
}

// 0-3: counted for Ann (0), Ann, Bob, Cem; 4-6: doubtful; 7: torn, and without a masked picture.
BallotLine line_of(std::size_t i) {
  BallotLine line;
  line.id = BallotId(id_of(i));
  line.ext = "png";
  line.image = sha256(kPng + "whole" + id_of(i));
  if (i != 7) line.masked = sha256(kPng + id_of(i));
  if (i == 7) {
    line.reading.defect = SheetDefect::torn;
    return line;
  }
  line.reading.places = {{0, {MarkClass::clean, 312}, {MarkClass::clean, 950}, MarkClass::clean}};
  const std::uint16_t option[] = {0, 0, 1, 2};
  if (i < 4)
    line.reading.contests = {{0, Decision::counted, {option[i]}, {}, 800}};
  else
    line.reading.contests = {{0, Decision::recheck, {}, {MarkClass::straddling}, 100}};
  return line;
}

// Looks: l1 to l4; committee: chair; an observer; a stranger.
PaperRights rights_of(const VerifierKey& key) {
  PaperRights rights;
  rights.look = key.name.starts_with("l");
  rights.vote = rights.whole = key.name == "chair";
  rights.object = rights.look || rights.vote || key.name == "observer";
  return rights;
}

struct Hall {
  Hall() {
    check(disk.make_directories("papers/one/images").has_value(), "room");
    check(disk.make_directories("papers/one/masked").has_value(), "room");
    info.unit = UnitId("a1");
    info.contests = {{ContestId("mayor"), 1, {OptionId("A"), OptionId("B"), OptionId("C")}}};
    info.device = "north/sorter-1";
    info.software = "scrutineer 0.1";
    info.sheets = kPapers;
    put("papers/one/batch.json", batch_info_json(info));
    put("papers/one/secret.json", batch_secret_json({sha256("seed")}));
    std::string readings;
    for (std::size_t i = 0; i < kPapers; ++i) {
      readings += ballot_line_json(line_of(i)) + "\n";
      put("papers/one/images/" + id_of(i) + ".png", kPng + "whole" + id_of(i));
      if (i != 7) put("papers/one/masked/" + id_of(i) + ".png", kPng + id_of(i));
    }
    put("papers/one/readings.jsonl", readings);
    open();
  }
  void put(const std::string& path, const std::string& bytes) {
    check(write_file(disk, path, bytes, Durability::durable).has_value(), "the test's file is written");
  }
  Result<std::unique_ptr<PaperService>> opened() {
    PaperOptions options;
    options.tie = TieRule::chair_decides;
    options.rights = [](const VerifierKey& key, const UnitId&) { return rights_of(key); };
    return PaperService::open(disk, "papers", world.election(), std::move(options));
  }
  void open() {
    service.reset();
    service = opened().value();
    batch = service->stacks(person("chair"))->rows.at(0).stack.key;
  }
  static PaperPerson person(const std::string& name) { return {Signatory(name).key}; }
  PaperPlace place(std::size_t i) const { return {batch, id_of(i), 0}; }

  template <class T>
  static std::string answer(const DeskResult<T>& result) {
    return result ? "good" : std::string(error_code_name(result.error().error.code));
  }
  // "0": for that option; "x": nothing is marked.
  std::string look(const std::string& who, std::size_t paper, char what) {
    Choice choice{Decision::invalid, {}, InvalidReason::no_mark};
    if (what != 'x') choice = {Decision::counted, {static_cast<std::uint16_t>(what - '0')}, {}};
    return answer(service->look(person(who), place(paper), choice, true));
  }
  ui::PaperView see(const std::string& who, std::size_t paper) const {
    return service->paper(person(who), place(paper)).value();
  }
  std::string outcomes() { return read_file(disk, "papers/one/decisions/outcome.jsonl", 1u << 20).value(); }

  World world;
  SimDisk disk;
  BatchInfo info;
  std::unique_ptr<PaperService> service;
  std::string batch;
};

}  // namespace

TEST_CASE("papers: what the machine counted for an option, for anybody who may object, and for nobody else") {
  Hall hall;
  auto ids = [&](const std::string& who, std::size_t option, std::size_t from = 0) {
    std::string out;
    auto page = hall.service->pile(Hall::person(who), hall.batch, 0, option, from);
    if (!page) return Hall::answer(page);
    for (const auto& row : page->rows) out += row.ballot.back();
    return out + "/" + std::to_string(page->papers);
  };
  CHECK(ids("observer", 0) == "01/2");
  CHECK(ids("observer", 1) == "2/1");
  CHECK(ids("observer", 0, 1) == "1/2");
  CHECK(ids("observer", 0, 9) == "/2");
  CHECK(ids("stranger", 0) == "unauthorised");
  CHECK(ids("observer", 3) == "not_found");
  // A paper that people look at again lies in the machine's pile still, and says how far they are.
  REQUIRE(hall.service->object(Hall::person("observer"), hall.place(2), "the stamp is a pen's").has_value());
  const auto pile = hall.service->pile(Hall::person("l1"), hall.batch, 0, 1, 0).value();
  REQUIRE(pile.rows.size() == 1);
  CHECK(pile.rows[0].phase == ui::PaperPhase::waiting);
  // Where two people call it another's, the machine's pile is what it was.
  CHECK(hall.look("l1", 2, '0') == "good");
  CHECK(hall.look("l2", 2, '0') == "good");
  CHECK(ids("l1", 1) == "2/1");
  CHECK(ids("l1", 0) == "01/2");
}

TEST_CASE("papers: what the machine left open waits in the secret order, and nothing else") {
  Hall hall;
  const auto queue = hall.service->queue(Hall::person("l1"), hall.batch).value();
  std::vector<std::string> ids;
  for (const auto& row : queue.rows) {
    ids.push_back(row.ballot);
    CHECK(row.mine == ui::PaperMine::look);
  }
  std::vector<OrderedBallot> order;
  std::vector<BallotId> all;
  for (std::size_t i = 0; i < kPapers; ++i) all.emplace_back(id_of(i));
  std::vector<std::string> wanted;
  for (const OrderedBallot& at : secret_order(all, {sha256("seed")}))
    if (at.line >= 4) wanted.push_back(all[at.line].value());
  CHECK(ids == wanted);
  CHECK(queue.progress.doubtful == 4);
  CHECK(queue.progress.for_you == 4);
}

TEST_CASE("papers: two agree, two differ and a third settles, an objection is voted on; all of it after a restart") {
  Hall hall;
  CHECK(hall.look("l1", 4, '0') == "good");
  CHECK(hall.look("l1", 4, '0') == "conflict");  // one key is one person
  CHECK(hall.look("l2", 4, '0') == "good");
  CHECK(hall.look("l3", 4, '0') == "conflict");  // nobody is asked any more
  CHECK(hall.look("l1", 5, '1') == "good");
  CHECK(hall.look("l2", 5, 'x') == "good");
  CHECK(hall.outcomes().find(id_of(5)) == std::string::npos);
  CHECK(hall.look("l3", 5, 'x') == "good");
  CHECK(hall.look("l1", 6, '2') == "good");
  CHECK(hall.look("l2", 6, '2') == "good");
  CHECK(Hall::answer(hall.service->object(Hall::person("observer"), hall.place(6), "across two boxes")) == "good");
  CHECK(hall.outcomes().find(id_of(6)) == std::string::npos);  // before the committee nothing holds
  const Choice across{Decision::invalid, {}, InvalidReason::across_two};
  auto vote = [&](const char* who, std::optional<bool> chair) {
    return Hall::answer(
        hall.service->vote(Hall::person(who), hall.place(6), CommitteeQuestion::valid, across, 4, 4, chair));
  };
  CHECK(vote("l1", false) == "unauthorised");
  CHECK(vote("chair", false) == "good");
  const std::string outcomes = hall.outcomes();
  CHECK(outcomes ==
        "{\"id\":\"" + id_of(4) +
            "\",\"contests\":[{\"contest\":0,\"decision\":\"counted\",\"options\":[0],\"how\":\"agreed\"}]}\n" +
            "{\"id\":\"" + id_of(5) +
            "\",\"contests\":[{\"contest\":0,\"decision\":\"invalid\",\"options\":[],\"how\":\"settled\"}]}\n" +
            "{\"id\":\"" + id_of(6) +
            "\",\"contests\":[{\"contest\":0,\"decision\":\"invalid\",\"options\":[],\"how\":\"committee\"}]}\n");
  REQUIRE(hall.disk.remove("papers/one/decisions/outcome.jsonl"));
  hall.disk.crash(0);
  hall.open();
  CHECK(hall.outcomes() == outcomes);
  CHECK(hall.see("observer", 6).phase == ui::PaperPhase::decided);
  CHECK(hall.see("l1", 6).own->options == std::vector<std::size_t>{2});
  const auto piles = hall.service->piles(Hall::person("l4"), hall.batch)->contests.at(0);
  CHECK(piles.machine == std::vector<std::int64_t>{2, 1, 1});
  CHECK(piles.people == std::vector<std::int64_t>{1, 0, 0});
  CHECK(piles.people_invalid == 2);
  CHECK(piles.undecided == 1);
}

TEST_CASE("papers: a look is blind: neither page nor model says what others or the machine said") {
  Hall hall;
  CHECK(hall.look("l1", 4, '1') == "good");
  const ui::PaperView blind = hall.see("l2", 4);
  CHECK(blind.may_look);
  CHECK_FALSE(blind.own);
  CHECK_FALSE(blind.outcome);
  CHECK_FALSE(blind.machine);
  CHECK_FALSE(blind.standing);
  CHECK(blind.places.empty());
  CHECK(blind.votes.empty());
  const ui::Site site;
  ui::DeskFrame frame;
  const std::string page = ui::render_paper(frame, site, blind);
  CHECK(page.find("checked") == page.find("checked>"));  // the keys' box alone
  CHECK(page.find("312") == std::string::npos);
  // The same page, whatever the first has said.
  Hall other;
  CHECK(other.look("l1", 4, 'x') == "good");
  CHECK(ui::render_paper(frame, site, other.see("l2", 4)) == page);
  // Observers and the committee are as blind until it is decided.
  for (const char* who : {"observer", "chair"}) {
    CHECK(hall.see(who, 4).places.empty());
    CHECK_FALSE(hall.see(who, 4).machine);
  }
  CHECK(hall.see("l1", 4).shows_readers);
  CHECK(hall.look("l2", 4, '0') == "good");
  CHECK_FALSE(hall.see("l3", 4).shows_readers);  // the third as well
  CHECK(hall.see("l2", 4).outcome == std::nullopt);
}

TEST_CASE("papers: somebody objects to what the machine counted: two people look, without being told why") {
  Hall hall;
  CHECK(hall.look("l1", 0, '0') == "conflict");
  CHECK(hall.see("observer", 0).may_object);
  CHECK(Hall::answer(hall.service->object(Hall::person("observer"), hall.place(0), "it is for Bob")) == "good");
  const ui::PaperView view = hall.see("l1", 0);
  CHECK(view.may_look);
  REQUIRE(view.objections.size() == 1);
  CHECK(view.objections[0].reason.empty());
  CHECK(hall.look("l1", 0, '1') == "good");
  CHECK(hall.see("l1", 0).objections[0].reason == "it is for Bob");
  CHECK(hall.look("l2", 0, '1') == "good");
  const auto piles = hall.service->piles(Hall::person("l1"), hall.batch)->contests.at(0);
  CHECK(piles.machine == std::vector<std::int64_t>{1, 1, 1});
  CHECK(piles.people == std::vector<std::int64_t>{0, 1, 0});
  // What the sorter said stays what it said.
  CHECK(hall.service->machine(UnitId("a1"), ContestId("mayor"))->sorted == std::vector<std::int64_t>{2, 1, 1});
  CHECK(hall.service->machine(UnitId("a1"), ContestId("mayor"))->to_recheck == 4);
  CHECK_FALSE(hall.service->machine(UnitId("a2"), ContestId("mayor")));
}

TEST_CASE("papers: pictures go to those who decide, masked; without masks to the committee alone; never unchecked") {
  Hall hall;
  auto picture = [&](const char* who, std::size_t paper, bool whole) {
    return hall.service->picture(Hall::person(who), hall.place(paper), whole);
  };
  CHECK(picture("l1", 4, false)->type == "image/png");
  CHECK(Hall::answer(picture("stranger", 4, false)) == "unauthorised");
  CHECK(Hall::answer(picture("l1", 7, false)) == "not_found");  // it could not be masked
  CHECK(Hall::answer(picture("chair", 4, true)) == "unauthorised");
  hall.look("l1", 4, '0');
  hall.look("l2", 4, '0');
  CHECK(Hall::answer(hall.service->object(Hall::person("observer"), hall.place(4), "no")) == "good");
  CHECK(Hall::answer(picture("l1", 4, true)) == "unauthorised");
  CHECK(Hall::answer(picture("chair", 4, true)) == "good");
  hall.put("papers/one/masked/" + id_of(5) + ".png", kPng + "another");
  CHECK(Hall::answer(picture("l1", 5, false)) == "corrupt");
}

TEST_CASE("papers: bytes that are no picture are never called one") {
  Hall hall;
  const std::string script = "<svg onload=alert(1)>";
  BallotLine line = line_of(7);
  line.ext = "bin";
  line.image = sha256(script);
  std::string readings;
  for (std::size_t i = 0; i < 7; ++i) readings += ballot_line_json(line_of(i)) + "\n";
  hall.put("papers/one/readings.jsonl", readings + ballot_line_json(line) + "\n");
  hall.put("papers/one/images/" + id_of(7) + ".bin", script);
  hall.open();
  for (const auto& [who, what] : {std::pair{"l1", '0'}, {"l2", '1'}, {"l3", '2'}})
    CHECK(hall.look(who, 7, what) == "good");
  auto picture = hall.service->picture(Hall::person("chair"), hall.place(7), true);
  REQUIRE(picture);
  CHECK(picture->type == "application/octet-stream");
}

TEST_CASE("papers: who may do nothing there sees nothing; what is asked must exist and be said") {
  Hall hall;
  const PaperPerson stranger = Hall::person("stranger");
  CHECK(hall.service->stacks(stranger)->rows.empty());
  CHECK(Hall::answer(hall.service->queue(stranger, hall.batch)) == "unauthorised");
  CHECK(Hall::answer(hall.service->paper(stranger, hall.place(4))) == "unauthorised");
  CHECK(Hall::answer(hall.service->piles(stranger, hall.batch)) == "unauthorised");
  CHECK(hall.look("observer", 4, '0') == "unauthorised");
  CHECK(Hall::answer(hall.service->paper(Hall::person("l1"), {hall.batch, "nothing", 0})) == "not_found");
  CHECK(Hall::answer(hall.service->paper(Hall::person("l1"), {hall.batch, id_of(4), 1})) == "not_found");
  CHECK(Hall::answer(hall.service->paper(Hall::person("l1"), {"nothing", id_of(4), 0})) == "not_found");
  CHECK(hall.look("l1", 4, '7') == "invalid_argument");
  const Choice ann{Decision::counted, {0}, {}};
  CHECK(Hall::answer(hall.service->look(Hall::person("l1"), hall.place(4), ann, false)) == "invalid_argument");
  CHECK(Hall::answer(hall.service->object(Hall::person("observer"), hall.place(0), "\x01")) == "invalid_argument");
  CHECK(Hall::answer(hall.service->object(Hall::person("observer"), hall.place(0), "")) == "invalid_argument");
}

TEST_CASE("papers: a decision that the disk has not taken does not count, and none is taken after it") {
  Hall hall;
  CHECK(hall.look("l1", 4, '0') == "good");
  hall.disk.inject(2, DiskFault::lost_sync);
  CHECK(hall.look("l2", 4, '0') == "io_error");
  CHECK(hall.see("l2", 4).may_look);
  CHECK(hall.service->stopped());
  CHECK(hall.look("l3", 5, '0') == "io_error");
  hall.disk.crash(0);
  hall.open();
  CHECK(hall.see("l1", 4).own);
  CHECK(hall.see("l2", 4).may_look);
  CHECK(hall.look("l2", 4, '0') == "good");
}

TEST_CASE("papers: what is no batch of this election is refused, with the reason") {
  Hall hall;
  hall.service.reset();
  auto refused = [&] {
    auto opened = hall.opened();
    return opened ? std::string("good") : std::string(error_code_name(opened.error().code));
  };
  const std::string good = batch_info_json(hall.info);
  auto with = [&](auto change) {
    BatchInfo info = hall.info;
    change(info);
    hall.put("papers/one/batch.json", batch_info_json(info));
    return refused();
  };
  CHECK(with([](BatchInfo& info) { info.unit = UnitId("z9"); }) == "conflict");
  CHECK(with([](BatchInfo& info) { info.contests[0].id = ContestId("king"); }) == "conflict");
  CHECK(with([](BatchInfo& info) { info.contests[0].options[1] = OptionId("Z"); }) == "conflict");
  CHECK(with([](BatchInfo& info) { info.election = RecordId{sha256("another")}; }) == "conflict");
  CHECK(with([](BatchInfo& info) { info.sheets = 9; }) == "malformed");
  // The decisions of one batch are not those of another.
  CHECK(with([](BatchInfo& info) { info.device = "north/sorter-2"; }) == "conflict");
  hall.put("papers/one/batch.json", good);
  CHECK(refused() == "good");
  hall.put("papers/one/secret.json", "{}\n");
  CHECK(refused() == "malformed");
  REQUIRE(hall.disk.remove("papers/one/batch.json"));
  CHECK(refused() == "not_found");
}
