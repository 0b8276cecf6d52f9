#include "core/record/notice_record.h"

#include <doctest/doctest.h>

#include <functional>

#include "core/notice/agreement_for_test.h"

namespace scrutineer::testing {
namespace {

const RecordId kId{sha256("some record")};
const std::string kDigest(43, 'A');

SealedContent content() {
  return {{BlobHash{sha256("ciphertext")}, 12, "application/vnd.scrutineer.sealed"}, sha256("payload"), {kDigest}};
}

// One of every type, with every optional member somewhere.
std::vector<NoticeRecord> one_of_each(Cast& cast) {
  const std::string vkey = to_string(cast.actor("commission/officer-9").vkey);
  const std::string at = "2023-03-04T05:06:07Z";
  return {
      {{}, at, agreement_for_test(cast)},
      {kId, {}, KeyChange{PartyRole::institution, KeyPart::person, vkey, "", Duty::deputy, "new colleague"}},
      {kId,
       {},
       KeyChange{PartyRole::notifier, KeyPart::box, "", to_string(AgreedBox{"b", cast.box("b").public_key}),
                 Duty::officer, "lost"}},
      {kId, at,
       DutyRota{PartyRole::institution, "2023-03-01T00:00:00+09:00", "2023-03-02T00:00:00+09:00", {"a"}, {"b"}}},
      {kId, at, Notice{NoticeKind::attack, NoticeChange::first, {}, {}, content()}},
      {kId, {}, Notice{NoticeKind::help, NoticeChange::attribution, kId, kId, content()}},
      {kId, {}, Availability{{kId}, "relay.example/notices"}},
      {kId, {}, Receipt{kId, Channel::mail, BlobHash{sha256("c")}, sha256("p"), {kDigest}, {}, ReceiptTrouble::none}},
      {kId, {}, Receipt{kId, Channel::stick, {}, {}, {}, {kDigest}, ReceiptTrouble::no_key}},
      {kId, {}, Acknowledgement{kId, sha256("payload")}},
      {kId, {}, NoticeAnswer{kId, AnswerStage::final, content()}},
      {kId, {}, NoticeRefusal{kId, RefusalCode::disputed, "not ours"}},
      {kId, {}, Call{kId, "01234567", "76543210"}},
      {kId, {}, Escalation{kId, "person-15m", EscalateTo::deputy}},
      {kId, {}, Silence{kId, "person-15m", {{"relay.example/notices", 12}}}},
      {kId, {}, Closing{kId, ClosingOutcome::no_answer}},
      {kId, {}, Statement{Claim::notified_later, kId, "2023-05-03T00:00:00Z", "not before then", "a press briefing"}},
      {kId, {}, Statement{Claim::all_blocked, {}, {}, "", ""}},
  };
}

TEST_CASE("notice record: what is written is read back as the same text") {
  Cast cast;
  std::vector<bool> seen(kNoticeTypes);
  for (const NoticeRecord& record : one_of_each(cast)) {
    const std::string text = notice_record_text(record);
    CAPTURE(text);
    auto again = read_notice_record_text(text);
    REQUIRE(again);
    CHECK(notice_record_text(*again) == text);
    CHECK(again->type() == record.type());
    CHECK_FALSE(read_record_text(text));  // no record of an election
    seen[static_cast<std::size_t>(record.type())] = true;
  }
  CHECK(seen == std::vector<bool>(kNoticeTypes, true));
}

TEST_CASE("notice record: the notice that a record is about") {
  Cast cast;
  for (const NoticeRecord& record : one_of_each(cast)) {
    const bool about = record.type() >= NoticeType::receipt && record.type() != NoticeType::statement;
    if (record.type() == NoticeType::statement) continue;
    CHECK((notice_of(record) != nullptr) == about);
  }
}

TEST_CASE("notice record: what is wrong is refused with its place") {
  Cast cast;
  const std::string id = to_hex(kId), hash = to_hex(sha256("x"));
  const std::string sealed = R"("ciphertext":{"sha256":")" + hash + R"(","size":1,"type":"a/b"},"payload":")" + hash +
                             R"(","_sd":[],"_sd_alg":"sha-256")";
  struct Row {
    std::string type, members, where;
  };
  for (
      const Row& row : std::vector<Row>{
          {"acknowledgement", R"("notice":")" + id + R"(","payload":"12")", "payload"},
          {"acknowledgement", R"("payload":")" + hash + "\"", "notice"},
          {"notice", R"("kind":"threat","change":"first",)" + sealed, "kind"},
          {"notice", R"("kind":"attack","change":"update",)" + sealed, "change"},
          {"notice", R"("kind":"attack","change":"first","of":")" + id + "\"," + sealed, "change"},
          {"notice", R"("kind":"attack","change":"first")", "ciphertext"},
          {"availability", R"("notices":[],"relay":"r")", "notices"},
          {"availability", R"("notices":["x"],"relay":"r")", "notices"},
          {"availability", R"("notices":[")" + id + "\"]", "relay"},
          {"call", R"("notice":")" + id + R"(","shown":"1234567","heard":"12345678")", "shown"},
          {"call", R"("notice":")" + id + R"(","shown":"12345678","heard":"1234567a")", "heard"},
          {"statement", R"("claim":"we-were-hacked")", "claim"},
          {"statement", R"("claim":"notified-later")", "time"},
          {"duty",
           R"("party":"institution","from":"2023-03-02T00:00:00Z","until":"2023-03-01T00:00:00Z","officers":[],"deputies":[])",
           "until"},
          {"key-change", R"("party":"institution","part":"person","reason":"r")", ""},
          {"key-change",
           R"("party":"institution","part":"machine","add":")" + to_string(cast.actor("m").vkey) + R"(","reason":"r")",
           ""},
          {"receipt",
           R"("notice":")" + id + R"(","channel":"https","ciphertext":")" + hash + R"(","opened":[")" + kDigest +
               R"("],"unopened":[],"trouble":"none")",
           "opened"}}) {
    CAPTURE(row.members);
    auto record =
        read_notice_record_text("scrutineer/" + row.type + "/1\n{\"agreement\":\"" + id + "\"," + row.members + "}\n");
    REQUIRE_FALSE(record);
    CHECK(record.error().code == ErrorCode::malformed);
    CHECK(record.error().where == row.where);
  }
}

TEST_CASE("agreement: what would leave somebody's word in doubt is refused") {
  Cast cast;
  struct Row {
    const char* what;
    std::function<void(Agreement&)> change;
  };
  for (const Row& row : std::vector<Row>{
           {"one key for two people", [](Agreement& a) { a.notifier.people[0].key = a.institution.people[0].key; }},
           {"a relay that is the institution", [](Agreement& a) { a.relays[0].key = a.institution.machine; }},
           {"more relays asked for than there are", [](Agreement& a) { a.quorum = 4; }},
           {"no relay", [](Agreement& a) { a.relays.clear(); }},
           {"more witnesses asked for than there are", [](Agreement& a) { a.witness_quorum = 4; }},
           {"a witness that signs no checkpoints", [](Agreement& a) { a.witnesses[0] = a.notifier.machine; }},
           {"nobody who may sign for a party", [](Agreement& a) { a.institution.people.pop_back(); }},
           {"nothing to seal to", [](Agreement& a) { a.institution.boxes.clear(); }},
           {"one code for two deadlines", [](Agreement& a) { a.deadlines[1].code = a.deadlines[0].code; }},
           {"a deadline of no time", [](Agreement& a) { a.deadlines[0].after = 0; }}}) {
    CAPTURE(row.what);
    Agreement agreement = agreement_for_test(cast);
    CHECK(read_notice_record_text(notice_record_text({{}, {}, agreement})));
    row.change(agreement);
    CHECK_FALSE(read_notice_record_text(notice_record_text({{}, {}, agreement})));
  }
}

}  // namespace
}  // namespace scrutineer::testing
