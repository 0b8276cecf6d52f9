#include <doctest/doctest.h>

#include "core/session/by_hand_for_test.h"
#include "core/session/limits.h"
#include "core/session/rate_limiter.h"
#include "core/session/session_table.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

struct Room {
  HandClock clock;
  CountingRng rng;
  SessionTable table{clock, rng};
  VerifierKey member = WordKey("member").vkey, chair = WordKey("chair").vkey;
};

constexpr std::uint64_t kMinute = 60;

}  // namespace

TEST_CASE("sessions: when they end") {
  struct Row {
    const char* what;
    std::vector<std::uint64_t> used_at;  // minutes after signing in
    bool alive;                          // at the last of them
  };
  const Row rows[] = {
      {"used at once", {0}, true},
      {"after 29 minutes", {29}, true},
      {"after 30 minutes without a request", {30}, false},
      {"kept in use", {20, 40, 60, 80}, true},
      {"a pause in between", {20, 50}, false},
      {"once over it stays over", {31, 31}, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Room room;
    std::string id = room.table.open(room.member).value();
    bool alive = true;
    for (std::uint64_t minute : row.used_at) {
      room.clock.seconds = minute * kMinute;
      alive = room.table.use(id).has_value();
    }
    CHECK(alive == row.alive);
  }
}

TEST_CASE("sessions: twelve hours are the end, however busy") {
  Room room;
  std::string id = room.table.open(room.member).value();
  for (std::uint64_t minute = 20; minute < 12 * 60; minute += 20) {
    room.clock.seconds = minute * kMinute;
    REQUIRE(room.table.use(id).has_value());
  }
  CHECK(room.table.use(id)->seconds_left == 20 * kMinute);
  room.clock.seconds = 12 * 60 * kMinute;
  CHECK_FALSE(room.table.use(id).has_value());
}

TEST_CASE("sessions: who is who") {
  Room room;
  std::string a = room.table.open(room.member).value(), b = room.table.open(room.chair).value();
  CHECK(a.size() == 64);
  CHECK(a != b);
  CHECK(room.table.use(a)->key == room.member);
  CHECK(room.table.use(b)->key == room.chair);
  for (const std::string& wrong : {std::string(), a.substr(1), a + "0", std::string(64, '0'), to_hex(sha256(a))})
    CHECK_FALSE(room.table.use(wrong).has_value());
  room.table.close(a);
  CHECK_FALSE(room.table.use(a).has_value());
  CHECK(room.table.use(b).has_value());
}

TEST_CASE("sessions: each has its own CSRF token") {
  Room room;
  std::string a = room.table.open(room.member).value(), b = room.table.open(room.member).value();
  std::string token = room.table.use(a)->csrf;
  CHECK(token.size() == 64);
  CHECK(token != a);
  CHECK(room.table.csrf_good(a, token));
  CHECK_FALSE(room.table.csrf_good(b, token));
  CHECK_FALSE(room.table.csrf_good(a, ""));
  CHECK_FALSE(room.table.csrf_good(a, token.substr(0, 63)));
  room.rng = {};
  SessionTable same_ids(room.clock, room.rng);  // another start with another secret would give another token
  CHECK(same_ids.csrf_good(a, token));
  SessionTable restarted(room.clock, room.rng);
  CHECK_FALSE(restarted.csrf_good(a, token));
}

TEST_CASE("sessions: so many of one key, then the oldest ends; a revoked key has none") {
  Room room;
  std::vector<std::string> ids;
  for (std::size_t i = 0; i <= limits::kSessionsPerKey; ++i) {
    room.clock.seconds += 1;
    ids.push_back(room.table.open(room.member).value());
  }
  std::string chair = room.table.open(room.chair).value();
  CHECK_FALSE(room.table.use(ids.front()).has_value());
  for (std::size_t i = 1; i < ids.size(); ++i) CHECK(room.table.use(ids[i]).has_value());
  CHECK(room.table.size() == limits::kSessionsPerKey + 1);
  CHECK(room.table.close_all(room.member) == limits::kSessionsPerKey);
  CHECK_FALSE(room.table.use(ids.back()).has_value());
  CHECK(room.table.use(chair).has_value());
}

TEST_CASE("rates: so many at once, then one by one") {
  constexpr std::uint64_t kSecond = 1'000'000'000;
  RateLimiter limiter({3, 2 * kSecond});
  struct Row {
    double at;  // seconds
    const char* who;
    std::uint64_t wait;
  };
  const Row rows[] = {
      {0, "a", 0}, {0, "a", 0},   {0, "a", 0}, {0, "a", 2},   {0, "b", 0},   {1.5, "a", 1}, {2, "a", 0},
      {2, "a", 2}, {3.9, "a", 1}, {4, "a", 0}, {100, "a", 0}, {100, "a", 0}, {100, "a", 0}, {100, "a", 2},
  };
  for (const Row& row : rows) {
    CAPTURE(row.at);
    CHECK(limiter.take(row.who, static_cast<std::uint64_t>(row.at * 1e9) + kSecond) == row.wait);
  }
}

TEST_CASE("rates: many addresses fill no memory and stop nobody else") {
  RateLimiter limiter({1, 1'000'000'000'000});
  for (std::size_t i = 0; i < limits::kRateKeys + 100; ++i) CHECK(limiter.take("client " + std::to_string(i), 1) == 0);
  CHECK(limiter.size() <= limits::kRateKeys);
}

TEST_CASE("refused attempts: the last ones, readable") {
  RefusedAttempts attempts;
  attempts.add({5}, "10.0.0.7\n", "tab\there \x1b[31m");
  attempts.add({6}, std::string(2'000, 'x'), std::string(limits::kAttemptTextBytes - 1, 'y') + "한");
  CHECK(attempts.list()[0] == RefusedAttempt{{5}, "10.0.0.7?", "tab?here ?[31m"});
  CHECK(attempts.list()[1].client.size() == limits::kAttemptTextBytes);
  CHECK(attempts.list()[1].reason == std::string(limits::kAttemptTextBytes - 1, 'y'));
  for (std::size_t i = 0; i < limits::kRefusedAttempts; ++i) attempts.add({7}, "a", "b");
  CHECK(attempts.list().size() == limits::kRefusedAttempts);
  CHECK(attempts.count() == limits::kRefusedAttempts + 2);
  CHECK(attempts.list().front().at == UnixSeconds{7});
}
