#include "core/notice/book.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/notice/agreement_for_test.h"
#include "core/notice/escalate.h"

namespace scrutineer::testing {
namespace {

// A short exchange as signed notes, in the order in which it happened.
struct Story {
  Cast cast;
  NoticeRecord agreement{{}, {}, agreement_for_test(cast)};
  Bytes agreed = cast.sign(agreement, {"service/head", "commission/head"});
  RecordId id = id_of(agreed);
  Notice notice = [] {
    Notice n;
    n.content.payload = sha256("payload");
    n.content.ciphertext = {BlobHash{sha256("ciphertext")}, 10, "x/y"};
    return n;
  }();
  Bytes sent = cast.sign(NoticeRecord{id, {}, notice}, {"service/machine"});
  RecordId sent_id = id_of(sent);
  Bytes held_1 =
      cast.sign(NoticeRecord{id, {}, Availability{{sent_id}, "relay-1.example/notices"}}, {"relay-1/machine"});
  Bytes held_2 =
      cast.sign(NoticeRecord{id, {}, Availability{{sent_id}, "relay-2.example/notices"}}, {"relay-2/machine"});
  Bytes receipt = cast.sign(NoticeRecord{id,
                                         {},
                                         Receipt{sent_id,
                                                 Channel::https,
                                                 BlobHash{sha256("ciphertext")},
                                                 sha256("payload"),
                                                 {},
                                                 {},
                                                 ReceiptTrouble::none}},
                            {"commission/machine"});
  Bytes read = cast.sign(NoticeRecord{id, {}, Acknowledgement{sent_id, sha256("payload")}}, {"commission/officer-1"});
  std::vector<Bytes> notes() const { return {agreed, sent, held_1, held_2, receipt, read}; }
};

std::vector<std::size_t> shape(const NoticeBook& book, const RecordId& notice) {
  const NoticeVersion* version = book.version(notice);
  if (!version) return {};
  return {version->availabilities.size(), version->receipts.size(), version->acknowledgements.size()};
}

TEST_CASE("book: an agreement is in effect when both sides have signed it, in whatever order") {
  Story s;
  NoticeBook book;
  take_in(book, s.cast.sign(s.agreement, {"service/head"}));
  REQUIRE(book.agreement(s.id));
  CHECK_FALSE(book.agreement(s.id)->in_effect);
  take_in(book, s.cast.sign(s.agreement, {"commission/officer-1"}));  // an officer cannot sign for it
  CHECK_FALSE(book.agreement(s.id)->in_effect);
  take_in(book, s.cast.sign(s.agreement, {"commission/head"}));
  CHECK(book.agreement(s.id)->in_effect);
}

TEST_CASE("book: every order of the same records, each of them twice, gives the same exchange") {
  Story s;
  std::vector<std::size_t> order = {0, 1, 2, 3, 4, 5};
  const std::vector<Bytes> notes = s.notes();
  do {
    NoticeBook book;
    for (int again = 0; again < 2; ++again)
      for (std::size_t i : order) take_in(book, notes[i]);
    REQUIRE(shape(book, s.sent_id) == std::vector<std::size_t>{2, 1, 1});
    REQUIRE(book.agreement(s.id)->notices == std::vector<RecordId>{s.sent_id});
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("book: who may say what") {
  Story s;
  const NoticeRecord ack{s.id, {}, Acknowledgement{s.sent_id, sha256("payload")}};
  const NoticeRecord receipt{s.id, {}, Receipt{s.sent_id, Channel::https, {}, {}, {}, {}, ReceiptTrouble::no_key}};
  const NoticeRecord available{s.id, {}, Availability{{s.sent_id}, "relay-2.example/notices"}};
  const NoticeRecord notice{s.id, {}, s.notice};
  const NoticeRecord rota{
      s.id,
      {},
      DutyRota{PartyRole::institution, "2023-03-01T00:00:00Z", "2023-03-02T00:00:00Z", {"commission/officer-1"}, {}}};
  const NoticeRecord statement{s.id, {}, Statement{Claim::not_notified, {}, {}, "", ""}};
  struct Row {
    const char* what;
    const NoticeRecord* record;
    const char* by;
    bool may;
  };
  for (const Row& row :
       std::vector<Row>{{"acknowledgement", &ack, "commission/officer-1", true},
                        {"acknowledgement", &ack, "commission/deputy-1", true},
                        {"acknowledgement", &ack, "commission/machine", false},
                        {"acknowledgement", &ack, "service/officer-1", false},
                        {"acknowledgement", &ack, "relay-1/machine", false},
                        {"acknowledgement", &ack, "nobody", false},
                        {"receipt", &receipt, "commission/machine", true},
                        {"receipt", &receipt, "commission/officer-1", false},
                        {"receipt", &receipt, "service/machine", false},
                        {"availability", &available, "relay-2/machine", true},
                        {"availability", &available, "relay-1/machine", false},  // in the name of another
                        {"availability", &available, "service/machine", false},
                        {"availability", &available, "commission/machine", false},
                        {"notice", &notice, "service/machine", true},
                        {"notice", &notice, "service/officer-2", true},
                        {"notice", &notice, "commission/officer-1", false},
                        {"rota", &rota, "commission/head", true},
                        {"rota", &rota, "commission/officer-1", false},
                        {"rota", &rota, "service/head", false},
                        {"statement", &statement, "commission/head", true},
                        {"statement", &statement, "oversight/officer-1", true},
                        {"statement", &statement, "relay-1/machine", false}}) {
    CAPTURE(row.what);
    CAPTURE(row.by);
    NoticeBook book;
    take_in(book, s.agreed);
    const Bytes note = s.cast.sign(*row.record, {row.by});
    const ParsedNotice entry = *parse_notice_entry(note);
    CHECK(book.may_enter(entry, checks_of(book, entry)).has_value() == row.may);
    const auto applied = take_in(book, note);
    CHECK(book.records()[applied.index].counts == row.may);
  }
}

TEST_CASE("book: a forged signature in the name of an officer never counts") {
  Story s;
  NoticeBook book;
  take_in(book, s.agreed);
  ParsedNotice entry = *parse_notice_entry(s.read);
  entry.signatures[0].signature[5] ^= 1;
  const auto checks = checks_of(book, entry);
  CHECK(checks[0] == SignedBy::bad);
  CHECK(book.may_enter(entry, checks).error().code == ErrorCode::bad_signature);
  CHECK_FALSE(book.records()[book.apply(entry, checks).index].counts);
  take_in(book, s.read);  // the real one afterwards does
  CHECK(shape(book, s.sent_id).empty());
  take_in(book, s.sent);
  CHECK(shape(book, s.sent_id)[2] == 1);
}

TEST_CASE("book: what is said under one agreement about a notice of another is about nothing") {
  Story s;
  const Bytes other =
      s.cast.sign(NoticeRecord{{}, {}, agreement_for_test(s.cast, "ministry")}, {"service/head", "ministry/head"});
  const Bytes read = s.cast.sign(NoticeRecord{id_of(other), {}, Acknowledgement{s.sent_id, sha256("payload")}},
                                 {"ministry/officer-1"});
  for (bool before : {true, false}) {
    NoticeBook book;
    take_in(book, s.agreed);
    take_in(book, other);
    if (before) take_in(book, read);
    take_in(book, s.sent);
    if (!before) take_in(book, read);
    CHECK(shape(book, s.sent_id) == std::vector<std::size_t>{0, 0, 0});
  }
}

TEST_CASE("book: a replaced key speaks no more at the door, and both stay known to those who look back") {
  Story s;
  NoticeBook book;
  take_in(book, s.agreed);
  const Bytes change =
      s.cast.sign(NoticeRecord{s.id,
                               {},
                               KeyChange{PartyRole::institution, KeyPart::machine,
                                         to_string(s.cast.actor("commission/machine-2").vkey),
                                         to_string(s.cast.actor("commission/machine").vkey), Duty::officer, "stolen"}},
                  {"commission/head"});
  take_in(book, change);
  const Bytes fresh =
      s.cast.sign(NoticeRecord{s.id, {}, Receipt{s.sent_id, Channel::mail, {}, {}, {}, {}, ReceiptTrouble::no_key}},
                  {"commission/machine-2"});
  for (const auto& [note, may] : {std::pair{s.receipt, false}, std::pair{fresh, true}}) {
    const ParsedNotice entry = *parse_notice_entry(note);
    CHECK(book.may_enter(entry, checks_of(book, entry)).has_value() == may);
  }
  const BoxKey box = s.cast.box("commission 2");
  take_in(book, s.cast.sign(
                    NoticeRecord{s.id,
                                 {},
                                 KeyChange{PartyRole::institution, KeyPart::box,
                                           to_string(AgreedBox{"commission/box-2", box.public_key}),
                                           to_string(AgreedBox{"commission/box", s.cast.box("commission").public_key}),
                                           Duty::officer, "yearly"}},
                    {"commission/head"}));
  const AgreementState& state = *book.agreement(s.id);
  REQUIRE(state.boxes[1].size() == 1);
  CHECK(state.boxes[1][0].name == "commission/box-2");
  REQUIRE(state.replaced_boxes[1].size() == 1);
  CHECK(state.replaced_boxes[1][0].name == "commission/box");
}

TEST_CASE("book: versions of one notice stand together") {
  Story s;
  NoticeBook book;
  take_in(book, s.agreed);
  Notice later = s.notice;
  later.change = NoticeChange::attribution;
  later.of = later.replaces = s.sent_id;
  const Bytes second = s.cast.sign(NoticeRecord{s.id, {}, later}, {"service/officer-1"});
  take_in(book, second);  // overtakes the first
  take_in(book, s.sent);
  REQUIRE(book.exchange(s.sent_id));
  CHECK(book.exchange(s.sent_id)->versions == std::vector<RecordId>{s.sent_id, id_of(second)});
  CHECK(*book.first_of(id_of(second)) == s.sent_id);
}

TEST_CASE("book: a notice under one agreement does not continue, withdraw or cover up one of another") {
  Story s;
  const Bytes other =
      s.cast.sign(NoticeRecord{{}, {}, agreement_for_test(s.cast, "ministry")}, {"service/head", "ministry/head"});
  Notice taking_over = s.notice;
  taking_over.change = NoticeChange::withdrawal;
  taking_over.of = taking_over.replaces = s.sent_id;
  const Bytes foreign = s.cast.sign(NoticeRecord{id_of(other), {}, taking_over}, {"service/machine"});
  for (bool before : {true, false}) {
    CAPTURE(before);
    NoticeBook book;
    take_in(book, s.agreed);
    take_in(book, other);
    if (before) take_in(book, foreign);
    take_in(book, s.sent);
    if (!before) take_in(book, foreign);
    REQUIRE(book.exchange(s.sent_id));
    CHECK(book.exchange(s.sent_id)->agreement == s.id);
    CHECK(book.exchange(s.sent_id)->versions == std::vector<RecordId>{s.sent_id});
    CHECK_FALSE(progress_of(book, s.sent_id, [](NoticeIndex) { return 0; }).withdrawn);
    REQUIRE(book.exchange(id_of(foreign)));
    CHECK(book.exchange(id_of(foreign))->agreement == id_of(other));
    CHECK(*book.first_of(id_of(foreign)) == id_of(foreign));
    CHECK(book.agreement(id_of(other))->notices == std::vector<RecordId>{id_of(foreign)});
  }
}

}  // namespace
}  // namespace scrutineer::testing
