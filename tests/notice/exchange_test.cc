// Notices between nodes over real connections: sent, opened, attested, answered; and everything that gets in the way.
#include "tests/notice/world.h"

namespace scrutineer::testing {

TEST_CASE("notice: an agreement signed by both sides is in effect everywhere") {
  UsualWorld world;
  for (const std::string& name : world.names) {
    CAPTURE(name);
    CHECK(world.at(name)->read([&](const NoticeNode::View& view) {
      const AgreementState* agreement = view.book.agreement(world.agreement);
      return agreement != nullptr && agreement->in_effect;
    }));
  }
}

TEST_CASE("notice: sent, held by three relays, opened, acknowledged, answered, closed") {
  UsualWorld world;
  const RecordId notice = world.notify(world.agreement, {{"attribution", "\"APT-MARKER\""}, {"when", "\"2021-04-19\""}},
                                       {{"stix.json", "application/json", "{\"type\":\"bundle\"}"}});
  world.settle();
  auto receipt = world.receipt("service", notice);
  REQUIRE(receipt.has_value());
  CHECK(receipt->trouble == ReceiptTrouble::none);
  CHECK(receipt->opened.size() == 3);
  CHECK(receipt->channel == Channel::https);
  CHECK(world.receipts("commission", notice) == 1);
  CHECK(world.held("service", notice) == 3);
  for (const char* relay : {"relay-1", "relay-2", "relay-3"}) CHECK(world.receipts(relay, notice) == 1);

  world.acknowledge("commission", world.agreement, notice);
  auto answer =
      world.at("commission")
          ->draft_answer(notice, AnswerStage::final, std::vector<PayloadField>{{"outcome", "\"infected\""}}, {});
  REQUIRE(answer.has_value());
  auto said =
      world.at("commission")->say(world.cast.sign(answer->text, {"commission/officer-1"}), answer->sealed->ciphertext);
  REQUIRE(said.has_value());
  world.settle();
  CHECK(world.count("service", notice, &NoticeVersion::acknowledgements) == 1);
  CHECK(world.count("relay-2", notice, &NoticeVersion::answers) == 1);
  auto content = world.at("service")->open_content(said->record);
  REQUIRE_MESSAGE(content.has_value(), (content ? "" : to_string(content.error())));
  auto payload = read_payload(*content);
  CHECK(disclosed_field(answer->sealed->content, payload->disclosures, "outcome") == "\"infected\"");
  CHECK_FALSE(world.at("relay-1")->open_content(said->record).has_value());

  auto closing = world.at("service")->draft({world.agreement, std::nullopt, Closing{notice, ClosingOutcome::answered}});
  REQUIRE(world.at("service")->say(world.cast.sign(closing->text, {"service/officer-2"})).has_value());
  world.settle();
  CHECK(world.count("commission", notice, &NoticeVersion::closings) == 1);
}

TEST_CASE("notice: the same again, by any channel, is the same notice with the same receipt") {
  UsualWorld world;
  const RecordId notice = world.notify(world.agreement);
  world.settle();
  auto bytes = world.at("service")->envelope_of(notice);
  REQUIRE(bytes.has_value());
  Envelope envelope = *read_envelope(*bytes);
  const std::uint64_t size = world.at("commission")->log().size();
  std::vector<Bytes> said;
  for (Channel channel : {Channel::mail, Channel::stick, Channel::https}) {
    TakenInAll taken = world.at("commission")->take_in(envelope, channel);
    for (const TakenIn& one : taken.results) CHECK(one.outcome == TakenIn::Outcome::known);
    REQUIRE(taken.said.size() == 1);
    said.push_back(taken.said[0]);
  }
  CHECK(said[0] == said[1]);
  CHECK(said[1] == said[2]);
  CHECK(world.at("commission")->log().size() == size);
}

TEST_CASE("notice: the institution is down; the relays hold it; it comes back and finds it there") {
  UsualWorld world;
  world.down("commission");
  const RecordId notice = world.notify(world.agreement);
  world.settle();
  CHECK(world.held("service", notice) == 3);
  CHECK(world.receipts("service", notice) == 0);
  CHECK_FALSE(world.at("service")->destinations().empty());
  bool trouble = false;
  for (const auto& standing : world.at("service")->destinations())
    trouble |= !standing.trouble.empty() && standing.waiting > 0;
  CHECK(trouble);
  world.down("service");  // now only relays can tell it
  world.start("commission");
  for (int i = 0; i < 3; ++i) world.at("commission")->tick();
  REQUIRE(world.receipts("commission", notice) == 1);
  CHECK(world.receipt("commission", notice)->channel == Channel::relay);
  CHECK(world.receipt("commission", notice)->trouble == ReceiptTrouble::none);
  world.start("service");
  world.settle();
  CHECK(world.receipts("service", notice) == 1);
}

}  // namespace scrutineer::testing
