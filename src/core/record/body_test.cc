// What several bodies share: times, scopes, blobs.
#include "core/record/body.h"

#include <doctest/doctest.h>

using namespace scrutineer;

TEST_CASE("body: RFC 3339 times with seconds") {
  struct Case {
    std::string text;
    std::optional<std::int64_t> seconds;
  };
  const Case cases[] = {
      {"1970-01-01T00:00:00Z", 0},
      {"1969-12-31T23:59:59Z", -1},
      {"2025-06-03T20:00:00+09:00", 1'748'948'400},
      {"2025-06-03T11:00:00Z", 1'748'948'400},
      {"2025-06-03T06:30:00-04:30", 1'748'948'400},
      {"2025-06-03T11:00:00-00:00", 1'748'948'400},
      {"2024-02-29T00:00:00Z", 1'709'164'800},
      {"2000-02-29T00:00:00Z", 951'782'400},
      {"0000-01-01T00:00:00Z", -62'167'219'200},
      {"0000-02-29T00:00:00Z", -62'162'121'600},
      {"0000-03-01T00:00:00Z", -62'162'035'200},
      {"9999-12-31T23:59:59Z", 253'402'300'799},
      {"2016-12-31T23:59:60Z", 1'483'228'800},  // a leap second
      {"2025-02-29T00:00:00Z", std::nullopt},
      {"1900-02-29T00:00:00Z", std::nullopt},
      {"2025-04-31T00:00:00Z", std::nullopt},
      {"2025-00-01T00:00:00Z", std::nullopt},
      {"2025-13-01T00:00:00Z", std::nullopt},
      {"2025-01-00T00:00:00Z", std::nullopt},
      {"2025-01-01T24:00:00Z", std::nullopt},
      {"2025-01-01T00:60:00Z", std::nullopt},
      {"2025-01-01T00:00:61Z", std::nullopt},
      {"2025-01-01T00:00:00+24:00", std::nullopt},
      {"2025-01-01T00:00:00+00:60", std::nullopt},
      {"2025-01-01T00:00:00", std::nullopt},
      {"2025-01-01T00:00:00+0900", std::nullopt},
      {"2025-01-01T00:00:00.0Z", std::nullopt},
      {"2025-01-01t00:00:00Z", std::nullopt},
      {"2025-01-01 00:00:00Z", std::nullopt},
      {"2025-01-01T00:00:00z", std::nullopt},
      {"2025-01-01T00:00Z", std::nullopt},
      {"+025-01-01T00:00:00Z", std::nullopt},
      {"2025-1-01T00:00:00ZZ", std::nullopt},
      {"", std::nullopt},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(seconds_of_rfc3339(c.text) == c.seconds);
    CHECK(is_rfc3339(c.text) == c.seconds.has_value());
  }
}

namespace {

// What a reader makes of `json`, and how many problems it saw.
template <class Read>
auto read(std::string_view json, std::size_t problems_expected, Read read) {
  Json document = Json::parse(json).value();
  Problems problems;
  ObjectReader in(document.root(), problems);
  auto out = read(in);
  CAPTURE(json);
  CHECK(problems.count() == problems_expected);
  return out;
}

}  // namespace

TEST_CASE("body: a blob is named by hash, size and type") {
  const std::string hash(64, 'a');
  BlobRef blob{BlobHash{*hash_from_hex(hash)}, 12, "text/csv"};
  JsonWriter out;
  out.begin_object();
  write(out, "blob", blob);
  out.end_object();
  CHECK(out.text() == R"({"blob":{"sha256":")" + hash + R"(","size":12,"type":"text/csv"}})");
  CHECK(read(R"({"sha256":")" + hash + R"(","size":12,"type":"text/csv"})", 0, read_blob_ref) == blob);
  read(R"({"sha256":")" + std::string(64, 'A') + R"(","size":12,"type":"text/csv"})", 1, read_blob_ref);
  read(R"({"sha256":")" + hash + R"(","size":-1,"type":""})", 2, read_blob_ref);
  read(R"({"sha256":")" + hash + R"(","size":1073741825,"type":"x"})", 1, read_blob_ref);
  read("{}", 3, read_blob_ref);
}

TEST_CASE("body: a scope lists units and contests, none twice") {
  CHECK(read(R"({"scope":{"units":["/","a1"],"contests":["*"]}})", 0, read_scope) == Scope{{"/", "a1"}, {"*"}});
  CHECK(read(R"({"scope":{"units":[],"contests":[]}})", 0, read_scope) == Scope{});
  read(R"({"scope":{"units":["a1","a1"],"contests":["*"]}})", 1, read_scope);
  read(R"({"scope":{"units":"/","contests":["*"]}})", 1, read_scope);
  read(R"({"scope":{"units":[1],"contests":["*"]}})", 1, read_scope);
  read(R"({"scope":{"units":["/"]}})", 1, read_scope);
  read(R"({"scope":[]})", 1, read_scope);
  read("{}", 1, read_scope);
}

TEST_CASE("body: a reason has 1 to 2,000 bytes") {
  auto reason = [](std::size_t size) { return R"({"reason":")" + std::string(size, 'r') + "\"}"; };
  read(reason(0), 1, read_reason);
  read(reason(1), 0, read_reason);
  read(reason(2'000), 0, read_reason);
  read(reason(2'001), 1, read_reason);
  read("{}", 1, read_reason);
}
