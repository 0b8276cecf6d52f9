#include "core/record/counting.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "core/record/disclosure.h"
#include "core/record/record.h"

namespace scrutineer {
namespace {

class CountingRng final : public Rng {
 public:
  void fill(std::span<std::uint8_t> out) override { std::fill(out.begin(), out.end(), ++next_); }

 private:
  std::uint8_t next_ = 0;
};

const std::string kElection(64, 'a');

Result<Record> read(std::string_view type, const std::string& members) {
  return read_record_text("scrutineer/" + std::string(type) + "/1\n{\"election\":\"" + kElection + "\"," + members +
                          "}\n");
}

constexpr const char* kBlob =
    R"("blob":{"sha256":"0000000000000000000000000000000000000000000000000000000000000001","size":9,"type":"image/png"})";

TEST_CASE("a disclosure is RFC 9901's") {
  // RFC 9901 section 4.2.3.
  CHECK(disclosure_digest("WyI2cU1RdlJMNWhhaiIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0") ==
        "uutlBuYeMDyjLLTpf6Jxi7yNkEF35jdyWMn9U7b_RYY");
  CountingRng rng;
  std::string first = make_disclosure("figures", R"({"votes":{"1":12}})", rng);
  std::string second = make_disclosure("figures", R"({"votes":{"1":12}})", rng);
  CHECK(first != second);  // the salt: equal figures do not show
  CHECK(is_disclosure_digest(disclosure_digest(first)));
  auto shown = read_disclosure(first);
  REQUIRE(shown);
  CHECK(shown->name == "figures");
  CHECK(shown->value == R"({"votes":{"1":12}})");
  for (const char* bad : {"", "W10", "e30", "WyJhIiwiYiIsMV0", "not base64", "WyI2cU1RdlJMNWhhaiJd="})
    CHECK_FALSE(read_disclosure(bad));
}

TEST_CASE("records of the counting centre are read strictly") {
  struct Row {
    const char* type;
    std::string members;
    const char* problem;  // nullptr: good
  };
  const std::string digest = "uutlBuYeMDyjLLTpf6Jxi7yNkEF35jdyWMn9U7b_RYY";
  const std::string cell = R"("unit":"u1","contest":"1",)";
  const std::string entry = cell + R"("_sd":[")" + digest + R"("],"_sd_alg":"sha-256",)";
  const std::string box = R"("unit":"u1","object":"box","name":"1",)";
  const Row rows[] = {
      {"entry", entry + R"("round":1,"reading":2)", nullptr},
      {"entry", entry + R"("round":1,"reading":4)", "reading"},
      {"entry", entry + R"("round":0,"reading":1)", "round"},
      {"entry", cell + R"("_sd":[],"_sd_alg":"sha-256","round":1,"reading":1)", "_sd"},
      {"entry", cell + R"("_sd":["short"],"_sd_alg":"sha-256","round":1,"reading":1)", "_sd"},
      {"entry", cell + R"("_sd":[")" + digest + R"("],"_sd_alg":"md5","round":1,"reading":1)", "_sd_alg"},
      {"acceptance", cell + R"("figures":")" + kElection + R"(","code":"invalid-share","reason":"checked")", nullptr},
      {"acceptance", cell + R"("figures":")" + kElection + R"(","code":"invalid-share","reason":"")", "reason"},
      {"remark", R"("of":")" + kElection + R"(","reason":"the light was poor")", nullptr},
      {"attachment", cell + kBlob, nullptr},
      {"attachment", cell.substr(0, cell.size() - 1), "blob"},
      {"custody", box + R"("event":"sealed","seals":["A-17"])", nullptr},
      {"custody", box + R"("event":"sealed","seals":[])", "seals"},
      {"custody", box + R"("event":"sealed","seals":["A","A"])", "seals"},
      {"custody", box + R"("event":"moved","seals":["A-17"],"from":"hall")", "to"},
      {"custody", box + R"("event":"moved","seals":["A-17"],"from":"hall","to":"store")", nullptr},
      {"custody", box + R"("event":"opened","seals":[],"broken":["A-17"])", nullptr},
      {"custody", box + R"("event":"recounted","seals":["A-18"],"broken":["A-17"])", "order"},
      {"custody", box + R"("event":"recounted","seals":["A-18"],"order":"committee 2031-17")", nullptr},
      {"custody", box + R"("event":"lost","seals":[])", "event"},
      {"independent-tally", R"("area":"/",)" + std::string(kBlob), nullptr},
      {"independent-tally", R"("area":"",)" + std::string(kBlob), "area"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.type);
    CAPTURE(row.members);
    auto record = read(row.type, row.members);
    CHECK(record.has_value() == (row.problem == nullptr));
    if (!record && row.problem) CHECK(record.error().where.find(row.problem) != std::string::npos);
    if (!record) continue;
    auto again = read_record_text(record_text(*record));  // what is written is read back as the same
    REQUIRE(again);
    CHECK(record_text(*again) == record_text(*record));
  }
}

TEST_CASE("the hash of figures is about the figures alone") {
  CountSheet sheet;
  sheet.unit = UnitId("u1");
  sheet.contest = ContestId("1");
  sheet.valid = 10;
  sheet.votes = {{OptionId("1"), 4}, {OptionId("2"), 6}};
  const Hash256 before = figures_hash(sheet);
  CountSheet later = sheet;
  later.announced = "2031-06-03T23:10:00+09:00";
  later.live = LiveCount{10, 1, {}};
  CHECK(figures_hash(later) == before);
  later.votes[0].second = 5;
  CHECK(figures_hash(later) != before);
}

}  // namespace
}  // namespace scrutineer
