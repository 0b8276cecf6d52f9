// Records about ballot papers: read strictly; a committee's outcome follows from its votes; nothing is about one
// paper's time.
#include "core/record/ballots.h"

#include <doctest/doctest.h>

#include "core/record/record.h"

namespace scrutineer {
namespace {

const std::string kHash(64, 'a'), kOther(64, 'b');

Result<Record> read(std::string_view type, const std::string& members) {
  return read_record_text("scrutineer/" + std::string(type) + "/1\n{\"election\":\"" + kHash + "\"," + members + "}\n");
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != text.npos);
  return text.replace(at, from.size(), to);
}

struct Row {
  std::string what, from, to;
  std::string where;  // of the problem; "" it is good
};

// The record as it stands is good; each row replaces one thing in it.
void judge(std::string_view type, const std::string& members, const std::vector<Row>& rows) {
  auto good = read(type, members);
  REQUIRE_MESSAGE(good.has_value(), (good ? "" : to_string(good.error())));
  for (const Row& row : rows) {
    CAPTURE(row.what);
    auto record = read(type, replaced(members, row.from, row.to));
    CHECK(record.has_value() == row.where.empty());
    if (!record) CHECK_MESSAGE(record.error().where.find(row.where) == 0, to_string(record.error()));
    if (!record) continue;
    auto again = read_record_text(record_text(*record));
    REQUIRE(again.has_value());
    CHECK(record_text(*again) == record_text(*record));
  }
}

const std::string kMayor =
    R"({"contest":"mayor","decided":95,"votes":{"A":50,"B":45},"recheck":3,"blank":0,"invalid":1})";
const std::string kBatch = R"("unit":"a1","device":"sorter-1","definition":")" + kHash + R"(","software":")" + kHash +
                           R"(","thresholds":")" + kHash +
                           R"(","sheets":100,"pictures":100,"rejected":1,"contests":[)" + kMayor + R"(],"ballots":")" +
                           kOther + R"(","manifest":{"sha256":")" + kHash + R"(","size":6521,"type":"text/plain"})";

}  // namespace

TEST_CASE("ballot records: a batch") {
  judge(
      "ballot-batch", kBatch,
      {{"as it is", "a1", "a1", ""},
       {"votes not published", R"("votes":{"A":50,"B":45},)", "", ""},
       {"no option has a vote", R"({"A":50,"B":45})", "{}", ""},
       {"two pictures of each paper", R"("pictures":100)", R"("pictures":200)", ""},
       {"an empty batch", R"("sheets":100,"pictures":100,"rejected":1,"contests":[)" + kMayor,
        R"("sheets":0,"pictures":0,"rejected":0,"contests":[{"contest":"mayor","decided":0,"recheck":0,"blank":0,"invalid":0})",
        ""},
       {"a second batch of the stack", R"("ballots")",
        R"("replaces":")" + kHash + R"(","reason":"fed again","ballots")", ""},
       {"fewer pictures than papers", R"("pictures":100)", R"("pictures":99)", "pictures"},
       {"more decided than there are papers", R"("decided":95)", R"("decided":97)", "contests"},
       {"more rejected than there are", R"("rejected":1)", R"("rejected":101)", "rejected"},
       {"a contest twice", kMayor, kMayor + "," + kMayor, "contests[1].contest"},
       {"no contest", kMayor, "", "contests"},
       {"no root", R"("ballots":")" + kOther, R"("ballots":")" + kOther.substr(1), "ballots"},
       {"no machine", "sorter-1", "", "device"},
       {"negative", R"("recheck":3)", R"("recheck":-3)", "contests[0].recheck"},
       {"replaces without a reason", R"("ballots")", R"("replaces":")" + kHash + R"(","ballots")", "reason"},
       {"a reason for nothing", R"("ballots")", R"("reason":"why","ballots")", "reason"}});
}

TEST_CASE("ballot records: what follows from people's decisions") {
  judge("adjudication",
        R"("batch":")" + kHash + R"(","decisions":")" + kOther + R"(","decided_by_people":4,"contests":[)" + kMayor +
            R"(],"committee_votes":[")" + kOther + R"("])",
        {{"as it is", "mayor", "mayor", ""},
         {"no committee voted", R"([")" + kOther + R"("])", "[]", ""},
         {"a committee vote twice", R"([")" + kOther + R"("])", R"([")" + kOther + R"(",")" + kOther + R"("])",
          "committee_votes"},
         {"a vote that is no record id", R"([")" + kOther + R"("])", R"(["x"])", "committee_votes"},
         {"no batch", R"("batch":")" + kHash, R"("batch":")", "batch"}});
}

TEST_CASE("ballot records: a committee's majority decides, and the chair at a tie") {
  const std::string vote =
      R"("batch":")" + kHash + R"(","ballot":")" + kOther +
      R"(","contest":"mayor","question":"valid","for":5,"against":3,"carried":true,"decision":"counted")";
  judge(
      "committee-vote", vote,
      {{"5 to 3 is carried", "mayor", "mayor", ""},
       {"5 to 3 is not lost", R"("carried":true)", R"("carried":false)", "carried"},
       {"3 to 5 is lost", R"("for":5,"against":3,"carried":true)", R"("for":3,"against":5,"carried":false)", ""},
       {"3 to 5 is not carried", R"("for":5,"against":3)", R"("for":3,"against":5)", "carried"},
       {"4 to 4, and the chair is for it", R"("for":5,"against":3)", R"("for":4,"against":4,"chair_decides":true)", ""},
       {"4 to 4, and the chair is against it", R"("for":5,"against":3,"carried":true)",
        R"("for":4,"against":4,"chair_decides":true,"carried":false)", ""},
       {"4 to 4 is nothing without the chair", R"("for":5,"against":3)", R"("for":4,"against":4)", "chair_decides"},
       {"the chair decides nothing at 5 to 3", R"("against":3)", R"("against":3,"chair_decides":true)",
        "chair_decides"},
       {"nobody voted", R"("for":5,"against":3)", R"("for":0,"against":0,"chair_decides":true)", "for"},
       {"more than a committee has", R"("for":5)", R"("for":101)", "for"},
       {"a question that is none", R"("valid")", R"("who")", "question"},
       {"sent back to the machine", R"("decision":"counted")", R"("decision":"recheck")", "decision"}});
}

TEST_CASE("ballot records: orders and releases") {
  judge(
      "release-order",
      R"("batch":")" + kHash + R"(","ballots":[")" + kOther + R"("],"authority":"Court, 2026-1","reason":"recount")",
      {{"as it is", "recount", "recount", ""},
       {"nobody ordered it", "Court, 2026-1", "", "authority"},
       {"no reason", R"("reason":"recount")", R"("reason":"")", "reason"},
       {"of no ballot", R"([")" + kOther + R"("])", "[]", "ballots"},
       {"the same one twice", R"([")" + kOther + R"("])", R"([")" + kOther + R"(",")" + kOther + R"("])", "ballots"}});
  judge("image-release",
        R"("order":")" + kHash + R"(","pack":{"sha256":")" + kOther +
            R"(","size":7,"type":"application/x-tar"},"ballots":1)",
        {{"as it is", "x-tar", "x-tar", ""}, {"of no ballot", R"("ballots":1)", R"("ballots":0)", "ballots"}});
}

TEST_CASE("ballot records: the largest order fits into one entry") {
  ReleaseOrder order{RecordId{*hash_from_hex(kHash)}, {}, std::string(200, 'c'), std::string(2'000, 'r')};
  for (std::size_t i = 0; i < kOrderBallots; ++i) {
    Bytes number(28, '\0');
    append_be32(number, static_cast<std::uint32_t>(i));
    order.ballots.push_back(LeafHash{*hash_from_bytes(number)});
  }
  const std::string text = record_text(Record{RecordId{*hash_from_hex(kHash)}, {}, order});
  CHECK(read_record_text(text).has_value());
  CHECK(entry_bytes(text, {NoteSignature{"court", {}, Bytes(64, 's')}}).has_value());
}

}  // namespace scrutineer
