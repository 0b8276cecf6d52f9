#include "core/notice/times.h"

#include <doctest/doctest.h>

#include <sstream>
#include <string>

using namespace scrutineer;

namespace {

// "3@10 5@20 | 3@11 | -": what each witness saw of one log, size@time; "-": nothing.
WitnessedTimes witnessed(const std::string& text, std::size_t quorum) {
  std::vector<std::vector<Sighted>> all(1);
  std::istringstream in(text);
  for (std::string word; in >> word;) {
    if (word == "|") all.emplace_back();
    if (word == "|" || word == "-") continue;
    const std::size_t at = word.find('@');
    all.back().push_back({std::stoull(word.substr(0, at)), std::stoll(word.substr(at + 1))});
  }
  return WitnessedTimes(std::move(all), quorum);
}

// "10..20", "..20", "10..", "..".
std::string spelt(const TimeBounds& bounds) {
  return (bounds.lower == kNoLower ? "" : std::to_string(bounds.lower)) + ".." +
         (bounds.upper == kNoUpper ? "" : std::to_string(bounds.upper));
}
TimeBounds bounds_of(const std::string& text) {
  const std::size_t dots = text.find("..");
  const std::string low = text.substr(0, dots), high = text.substr(dots + 2);
  return {low.empty() ? kNoLower : std::stoll(low), high.empty() ? kNoUpper : std::stoll(high)};
}

}  // namespace

TEST_CASE("when an entry was there, by what witnesses saw") {
  struct Row {
    const char* seen;
    std::size_t quorum;
    std::uint64_t index;
    const char* expected;
    const char* why;
  };
  const Row rows[] = {
      {"3@10 5@20 | 3@11 5@21 | 3@12 5@22", 2, 4, "11..21", "two of three say so"},
      {"3@10 5@20 | 3@11 5@21 | 3@12 5@22", 1, 4, "12..20", "one is enough: the tightest"},
      {"3@10 5@20 | 3@11 5@21 | 3@12 5@22", 3, 4, "10..22", "all must say so: the widest"},
      {"3@10 5@20 | 3@11 5@21 | 3@12 5@22", 2, 2, "..11", "covered from the first checkpoint: nothing says since when"},
      {"3@10 5@20 | 3@11 5@21 | 3@12 5@22", 2, 5, "21..", "beyond the last checkpoint: not there until then"},
      {"3@10 5@20 | 3@10 5@20 | 3@10 5@1", 2, 4, "10..20", "one lies that it was there early: moves nothing"},
      {"3@10 5@20 | 3@10 5@20 | 3@99999 5@20", 2, 4, "10..20",
       "one lies that it was not there for long: moves nothing"},
      {"3@10 5@20 | 3@10 5@20 | 3@99999 5@1", 2, 4, "10..20", "one lies both ways: moves nothing"},
      {"3@10 5@20 | - | -", 2, 4, "..", "one of three is no quorum"},
      {"3@10 5@20 | 3@10 | 3@10", 2, 4, "10..", "one alone has covered it"},
      {"3@10 3@50 5@60 | 3@10 3@51 5@61", 2, 3, "50..61", "the same size again: it still stood still"},
      {"0@5 9@10 | 0@5 9@12", 2, 0, "5..12", "the empty log counts"},
      {"5@20 3@10 | 5@21 3@11", 2, 4, "10..21", "in whatever order they are given"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(spelt(witnessed(row.seen, row.quorum).entry(row.index)) == row.expected);
  }
}

TEST_CASE("silence lasts as long as a quorum saw nothing more") {
  const WitnessedTimes times = witnessed("3@10 3@70 | 3@11 3@71 | 3@12 4@72", 2);
  CHECK(times.nothing_beyond(3) == 70);
  CHECK(times.nothing_beyond(4) == 71);
  CHECK(times.nothing_beyond(2) == kNoLower);
}

TEST_CASE("the k-th of n relays") {
  const std::vector<TimeBounds> three = {{10, 20}, {5, 15}, {30, kNoUpper}};  // the third had nothing until 30
  CHECK(kth(three, 1) == TimeBounds{5, 15});
  CHECK(kth(three, 2) == TimeBounds{10, 20});
  CHECK(kth(three, 3) == TimeBounds{30, kNoUpper});
  const std::vector<TimeBounds> withheld = {{10, 20}, {}, {30, kNoUpper}};
  CHECK_MESSAGE((kth(withheld, 2) == TimeBounds{10, kNoUpper}), "the withheld log may hold it, after the first had it");
  CHECK_MESSAGE((kth(withheld, 1) == TimeBounds{kNoLower, 20}), "or the withheld log was the first");
  const std::vector<TimeBounds> silent = {{30, kNoUpper}, {40, kNoUpper}, {50, kNoUpper}};
  CHECK_MESSAGE(kth(silent, 2).lower == 40, "two of three cannot have it before 40");
  CHECK(kth(silent, 0) == TimeBounds{});
  CHECK(kth(silent, 4) == TimeBounds{});
}

TEST_CASE("before, after, or nobody knows") {
  auto order = [](const char* a, const char* b) { return before(bounds_of(a), bounds_of(b)); };
  CHECK(order("1..2", "2..3") == Before::yes);
  CHECK(order("5..6", "1..5") == Before::no);
  CHECK(order("1..4", "3..6") == Before::unclear);
  CHECK(order("1..", "3..6") == Before::unclear);
  CHECK(order("7..", "3..6") == Before::no);
  CHECK(order("..", "..") == Before::unclear);
  CHECK(order("1..2", "..") == Before::unclear);
  CHECK(before(bounds_of("1..2"), 2) == Before::yes);
}

TEST_CASE("deadlines: bounds that overlap decide nothing") {
  struct Row {
    const char *base, *response;
    std::int64_t after;
    DeadlineVerdict expected;
    const char* why;
  };
  using enum DeadlineVerdict;
  const Row rows[] = {
      {"100..110", "120..130", 30, met, "by 130 at the latest, and the deadline is 130 at the earliest"},
      {"100..110", "120..131", 30, undetermined, "it may have come one second late, or not"},
      {"100..110", "140..150", 30, undetermined, "at 140, which may be in time"},
      {"100..110", "141..150", 30, missed, "after 140, which is the latest deadline"},
      {"100..110", "141..", 30, silent, "nothing came until after the latest deadline"},
      {"100..110", "140..", 30, undetermined,
       "nothing came until the latest deadline: it may have come in that second"},
      {"100..110", "130..", 30, running, "the evidence ends before the deadline"},
      {"100..110", "131..", 30, undetermined, "the evidence ends inside the bounds of the deadline"},
      {"100..110", "..", 30, undetermined, "nothing is known of the logs"},
      {"100..110", "..120", 30, met, "from when is not needed"},
      {"100..", "141..", 30, undetermined, "nobody shows that the clock began"},
      {"..110", "..120", 30, undetermined, "it may have begun long before"},
      {"..110", "141..", 30, silent, "whenever it began"},
      {"..110", "141..150", 30, missed, "whenever it began"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(judge_deadline(bounds_of(row.base), row.after, bounds_of(row.response)) == row.expected);
  }
}

TEST_CASE("fewer liars than the quorum never move a bound beyond what honest witnesses say") {
  // Every way in which one of three witnesses can have seen two sizes at times 0 to 6, exhausted.
  for (std::int64_t early = 0; early <= 6; ++early)
    for (std::int64_t late = 0; late <= 6; ++late) {
      const WitnessedTimes times({{{1, 2}, {2, 4}}, {{1, 3}, {2, 5}}, {{1, early}, {2, late}}}, 2);
      const TimeBounds bounds = times.entry(1);
      CAPTURE(early);
      CAPTURE(late);
      CHECK(bounds.lower >= 2);
      CHECK(bounds.lower <= 3);
      CHECK(bounds.upper >= 4);
      CHECK(bounds.upper <= 5);
    }
}
