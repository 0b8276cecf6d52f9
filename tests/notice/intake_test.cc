// What a node takes and what it refuses, by whatever channel: hostile, out of order, for somebody else, too early.
#include "app/http/client.h"
#include "tests/notice/world.h"

namespace scrutineer::testing {
namespace {

std::unique_ptr<http::Client> client_of(TestNode& node) {
  http::ClientOptions options;
  options.base = node.url();
  return http::Client::make(options).value();
}

// What the notifier's log holds of these records, and the contents they name.
Envelope sent(NoticeWorld& world, std::initializer_list<RecordId> ids) {
  Envelope all;
  for (const RecordId& id : ids) {
    Envelope one = read_envelope(world.at("service")->envelope_of(id).value()).value();
    all.records.push_back(one.records.back());
    for (Bytes& blob : one.blobs) all.blobs.push_back(std::move(blob));
  }
  return all;
}

std::string outcome_of(const TakenIn& one) {
  std::string text(kTakenInNames[static_cast<std::size_t>(one.outcome)]);
  if (one.error) text += " " + std::string(error_code_name(one.error->code));
  return text;
}

}  // namespace

TEST_CASE("notice: hostile envelopes are refused with a status and change nothing") {
  UsualWorld world(1);
  const RecordId notice = world.notify(world.agreement);
  const Bytes good = world.at("service")->envelope_of(notice).value();
  Bytes huge_count = "scrutineer/envelope/1\n4096 4096\n", huge_length = "scrutineer/envelope/1\n1 0\n\xff\xff\xff\xff";
  struct Row {
    const char* what;
    std::string type;
    Bytes body;
    int status;
  };
  const Row rows[] = {
      {"nothing", kEnvelopeType, "", 400},
      {"another media type", "application/json", good, 415},
      {"cut short", kEnvelopeType, good.substr(0, good.size() / 2), 400},
      {"something behind its end", kEnvelopeType, good + "x", 400},
      {"counts that are not there", kEnvelopeType, huge_count, 400},
      {"a length that no record may have", kEnvelopeType, huge_length, 413},
      {"more records than there may be", kEnvelopeType, "scrutineer/envelope/1\n99999999 0\n", 413},
      {"a later version", kEnvelopeType, "scrutineer/envelope/2\n0 0\n", 422},
      {"larger than any may be", kEnvelopeType, Bytes(kEnvelopeBytes + 1, 'x'), 413},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const std::uint64_t size = world.at("relay-1")->log().size();
    auto answer = client_of(world.at("relay-1"))->post(kEnvelopePath, row.type, row.body, 1u << 20);
    REQUIRE(answer.has_value());
    CHECK(answer->status == row.status);
    CHECK(world.at("relay-1")->log().size() == size);
  }
  for (auto [path, status] :
       {std::pair("/notice/v1/entries", 400), std::pair("/notice/v1/entries?from=9999", 400),
        std::pair("/notice/v1/entries?from=2&to=1", 400), std::pair("/notice/v1/envelope", 405),
        std::pair("/notice/v1/../../etc/passwd", 404), std::pair("/notice/v1/node", 200), std::pair("/checkpoint", 200),
        std::pair("/tile/0/000.p/1", 200), std::pair("/tile/entries/000.p/1", 200), std::pair("/tile/0/999", 404)}) {
    CAPTURE(path);
    CHECK(client_of(world.at("relay-1"))->get(path, 1u << 20).value().status == status);
  }
}

TEST_CASE("notice: each record of an envelope is judged by itself") {
  UsualWorld world(1);
  const RecordId notice = world.notify(world.agreement);
  const Envelope good = sent(world, {notice});
  Bytes forged = good.records[0];
  forged[forged.size() - 4] = forged[forged.size() - 4] == 'A' ? 'B' : 'A';
  ParsedNotice parsed = parse_notice_entry(good.records[0]).value();
  const Bytes stranger = world.cast.sign(parsed.text, {"nobody/officer"});
  const Bytes wrong_side = world.cast.sign(parsed.text, {"commission/officer-1"});
  Envelope mixed{{"no note at all", forged, stranger, wrong_side, good.records[0], good.records[0]}, good.blobs};
  TakenInAll taken = world.at("commission")->take_in(mixed, Channel::mail);
  std::vector<std::string> outcomes;
  for (const TakenIn& one : taken.results) outcomes.push_back(outcome_of(one));
  CHECK(outcomes == std::vector<std::string>{"refused malformed", "refused bad_signature", "refused unauthorised",
                                             "refused unauthorised", "added", "known"});
  CHECK(taken.said.size() == 1);
  CHECK(world.receipt("commission", notice)->channel == Channel::mail);
}

TEST_CASE("notice: what is for somebody else is refused with the reason, and no relay opens anything") {
  NoticeWorld world;
  world.add("service", NodeRole::notifier);
  world.add("commission", NodeRole::institution);
  world.add("hospital", NodeRole::institution);
  world.add("relay-1", NodeRole::relay);
  const RecordId ours = world.agree("commission"), theirs = world.agree("hospital");
  const RecordId notice = world.notify(theirs);
  const std::uint64_t size = world.at("commission")->log().size();
  TakenInAll taken = world.at("commission")->take_in(sent(world, {notice}), Channel::https);
  CHECK(outcome_of(taken.results[0]) == "refused unauthorised");
  CHECK(taken.results[0].error->message.find("not for us") != std::string::npos);
  CHECK(taken.said.empty());
  // Not even where its operator lists the agreement by mistake: the agreement itself names another log.
  REQUIRE(world.at("commission")->accept(theirs).has_value());
  Envelope with_agreement = read_envelope(world.at("service")->envelope_of(notice).value()).value();
  for (const TakenIn& one : world.at("commission")->take_in(with_agreement, Channel::https).results)
    CHECK(one.error.has_value());
  CHECK(world.at("commission")->log().size() == size);
  world.settle();
  CHECK(world.receipts("hospital", notice) == 1);
  CHECK(world.held("relay-1", notice) == 1);
  CHECK_FALSE(world.at("relay-1")->open_content(notice).has_value());
  CHECK_FALSE(world.at("commission")->open_content(notice).has_value());
  const RecordId other = world.notify(ours);
  world.settle();
  CHECK(world.receipts("commission", other) == 1);
}

TEST_CASE("notice: the record comes first, its contents later") {
  UsualWorld world(1);
  const RecordId notice = world.notify(world.agreement);
  const Envelope whole = sent(world, {notice});
  TestNode& commission = world.at("commission");
  TakenInAll taken = commission->take_in({whole.records, {}}, Channel::mail);
  CHECK(outcome_of(taken.results[0]) == "added");
  CHECK(taken.said.empty());
  CHECK(world.receipts("commission", notice) == 0);
  taken = commission->take_in({whole.records, {"other bytes", whole.blobs[0] + "x"}}, Channel::mail);
  CHECK(taken.said.empty());  // contents that are not what the record names
  taken = commission->take_in(whole, Channel::stick);
  CHECK(outcome_of(taken.results[0]) == "known");
  REQUIRE(taken.said.size() == 1);
  CHECK(world.receipt("commission", notice)->channel == Channel::stick);
}

TEST_CASE("notice: contents that went missing are fetched from a relay") {
  UsualWorld world(1);
  const RecordId notice = world.notify(world.agreement);
  const Envelope whole = sent(world, {notice});
  REQUIRE(world.at("relay-1")->take_in(whole, Channel::https).said.size() == 1);
  REQUIRE(world.at("commission")->take_in({whole.records, {}}, Channel::mail).said.empty());
  world.at("commission")->tick();
  REQUIRE(world.receipts("commission", notice) == 1);
  CHECK(world.receipt("commission", notice)->trouble == ReceiptTrouble::none);
}

TEST_CASE("notice: records in any order; what comes before its agreement waits with whoever sent it") {
  UsualWorld world(0);
  const RecordId notice = world.notify(world.agreement);
  world.settle();
  world.acknowledge("commission", world.agreement, notice);
  world.settle();
  // A relay that joins late, by hand: everything backwards.
  world.add("relay-9", NodeRole::relay);
  const RecordId wider = world.agree("commission");
  const RecordId second = world.notify(wider);
  world.settle();
  std::vector<Bytes> all;
  const LogReader& log = world.at("service")->log();
  for (std::uint64_t i = log.size(); i-- > 0;) all.push_back(log.entry(i).value());
  NoticeWorld other;
  other.add("relay-9", NodeRole::relay);  // another key: no part in it
  for (const TakenIn& one : other.at("relay-9")->take_in({all, {}}, Channel::https).results)
    CHECK(outcome_of(one) == "refused unauthorised");
  // The same relay with an empty log of its own.
  world.down("relay-9");
  for (const char* what : {"/log", "/log.last-checkpoint", "/known", "/sealed", "/sent", "/copies", "/witnessed"})
    std::filesystem::remove_all(world.at("relay-9").directory + what);
  world.start("relay-9");
  for (int round = 0; round < 2; ++round) {
    std::size_t waiting = 0;
    for (const TakenIn& one : world.at("relay-9")->take_in({all, {}}, Channel::https).results)
      waiting += one.outcome == TakenIn::Outcome::waiting;
    CHECK((waiting > 0) == (round == 0));
  }
  CHECK(world.at("relay-9")->read([&](const NoticeNode::View& view) { return view.book.version(second) != nullptr; }));
}

TEST_CASE("notice: a key that was replaced still opens what was sealed to it, and the receipt says so") {
  UsualWorld world(1);
  // Written before the change, sent after it.
  auto early = world.at("service")->draft_notice(world.agreement, NoticeKind::warning, NoticeChange::first,
                                                 std::nullopt, std::vector<PayloadField>{{"title", "\"early\""}}, {});
  REQUIRE(early.has_value());
  TestNode& commission = world.at("commission");
  const AgreedBox old_box = commission->boxes().back();
  const std::string added = add_node_box(world.disk, world.rng, commission.directory).value();
  world.down("commission");
  world.start("commission");
  KeyChange change;
  change.party = PartyRole::institution;
  change.part = KeyPart::box;
  change.add = added;
  change.remove = to_string(old_box);
  change.reason = "the old one was on a lost computer";
  auto draft = commission->draft({world.agreement, std::nullopt, change});
  REQUIRE_MESSAGE(draft.has_value(), (draft ? "" : to_string(draft.error())));
  REQUIRE(commission->say(world.cast.sign(draft->text, {"commission/head"})).has_value());
  world.settle();
  const RecordId late = world.notify(world.agreement);
  auto said = world.at("service")->say(world.cast.sign(early->text, {"service/officer-1"}), early->sealed->ciphertext);
  REQUIRE(said.has_value());
  world.settle();
  CHECK(world.receipt("service", late)->trouble == ReceiptTrouble::none);
  CHECK(world.receipt("service", said->record)->trouble == ReceiptTrouble::replaced_key);
  CHECK(commission->open_content(said->record).has_value());
  world.down("commission");
  std::filesystem::remove(commission.directory + "/private/box-2.key");  // the key itself is lost
  world.start("commission");
  const RecordId lost = world.notify(world.agreement);
  world.settle();
  CHECK(world.receipt("service", lost)->trouble == ReceiptTrouble::no_key);
  CHECK_FALSE(world.receipt("service", lost)->payload.has_value());
}

TEST_CASE("notice: a machine's key that was replaced signs nothing any more") {
  UsualWorld world(1);
  TestNode& commission = world.at("commission");
  const VerifierKey old_key = commission->machine_key();
  const std::string added = add_node_machine(world.disk, world.rng, commission.directory).value();
  world.down("commission");
  world.start("commission");
  const RecordId before = world.notify(world.agreement);
  world.settle();
  CHECK(world.receipts("service", before) == 1);  // by the old one, as the agreement knows no other
  KeyChange change;
  change.part = KeyPart::machine;
  change.add = added;
  change.remove = to_string(old_key);
  change.reason = "a new machine";
  auto draft = commission->draft({world.agreement, std::nullopt, change});
  REQUIRE(commission->say(world.cast.sign(draft->text, {"commission/head"})).has_value());
  world.settle();
  const RecordId after = world.notify(world.agreement);
  world.settle();
  REQUIRE(world.receipts("service", after) == 1);
  world.at("service")->read([&](const NoticeNode::View& view) {
    const BookedNotice& receipt = view.book.records()[view.book.version(after)->receipts[0]];
    CHECK(to_string(view.book.agreement(world.agreement)->speakers[receipt.signers[0].speaker].key) == added);
  });
}

TEST_CASE("notice: sealed contents are handed to machines of the agreement alone") {
  UsualWorld world(1);
  const RecordId notice = world.notify(world.agreement);
  world.settle();
  TestNode& relay = world.at("relay-1");
  auto ask = [&](const std::string& origin, std::int64_t late, const std::string& who) {
    const std::string text = to_text(SealedRequest{origin, world.clock.now().value + late, {notice}});
    SignedNote note{text, {sign_note(text, who, *world.cast.actor(who).signer).value()}};
    auto envelope = relay->sealed_for(to_bytes(note));
    return envelope ? std::string("good") : std::string(error_code_name(envelope.error().code));
  };
  CHECK(ask(relay->log_key().name, 0, "stranger") == "unauthorised");
  CHECK(ask(relay->log_key().name, 0, "commission/officer-1") == "unauthorised");
  CHECK(ask(relay->log_key().name, -3'600, "stranger") == "stale");
  CHECK(ask("another.example/notices", 0, "stranger") == "invalid_argument");
  CHECK_FALSE(relay->sealed_for("garbage").has_value());
}

TEST_CASE("notice: people's codes for a call") {
  UsualWorld world(0);
  const RecordId notice = world.notify(world.agreement);
  world.settle();
  const VerifierKey one = world.cast.actor("service/telephone").vkey, two = world.cast.actor("service/officer-1").vkey;
  const std::string code = world.at("service")->call_code(notice, one);
  CHECK(code.size() == kCallCodeDigits);
  CHECK(world.at("service")->call_code(notice, one) == code);
  CHECK(world.at("service")->call_code(notice, two) != code);
  world.clock.wrong_by += kCallCodeSeconds + 1;
  const std::string next = world.at("service")->call_code(notice, one);
  CHECK(next != code);
  auto draft = world.at("service")->draft({world.agreement, std::nullopt, Call{notice, next, "12345678"}});
  REQUIRE(world.at("service")->say(world.cast.sign(draft->text, {"service/telephone"})).has_value());
  CHECK(world.at("service")->call_code(notice, one) != next);
}

TEST_CASE("notice: what a node does not say") {
  UsualWorld world(1);
  const RecordId notice = world.notify(world.agreement);
  world.settle();
  const Hash256 payload = *world.receipt("commission", notice)->payload;
  CHECK_FALSE(
      world.at("service")->draft({world.agreement, std::nullopt, Acknowledgement{notice, payload}}).has_value());
  CHECK_FALSE(world.at("commission")
                  ->draft({world.agreement, std::nullopt, Closing{notice, ClosingOutcome::answered}})
                  .has_value());
  CHECK_FALSE(world.at("relay-1")->draft({world.agreement, std::nullopt, Statement{}}).has_value());
  CHECK_FALSE(world.at("commission")
                  ->draft_notice(world.agreement, NoticeKind::attack, NoticeChange::first, std::nullopt, {}, {})
                  .has_value());
  CHECK_FALSE(world.at("commission")->draft({RecordId{}, std::nullopt, Statement{}}).has_value());
  // A notice without the contents that it names is not said.
  auto draft = world.at("service")->draft_notice(world.agreement, NoticeKind::attack, NoticeChange::first, std::nullopt,
                                                 std::vector<PayloadField>{{"title", "\"x\""}}, {});
  auto said = world.at("service")->say(world.cast.sign(draft->text, {"service/officer-1"}));
  REQUIRE_FALSE(said.has_value());
  CHECK(said.error().code == ErrorCode::not_found);
  said = world.at("service")->say(world.cast.sign(draft->text, {"service/officer-1"}), "something else");
  REQUIRE_FALSE(said.has_value());
  CHECK(said.error().code == ErrorCode::invalid_argument);
}

}  // namespace scrutineer::testing
