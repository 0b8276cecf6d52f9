// Evidence that somebody changed, and what the rows of the table need. Whole exchanges: tests/scenario.
#include "core/notice/verdict.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "core/codec/json.h"
#include "core/notice/exchanged_for_test.h"
#include "core/notice/report.h"

using namespace scrutineer;
using namespace scrutineer::testing;

TEST_CASE("an exchange as it should be") {
  const EvidenceReport report = Exchanged().judged();
  CHECK(report.agreement_shown);
  CHECK(report.findings.empty());
  REQUIRE(report.notices.size() == 1);
  const ShownNotice& one = report.notices[0];
  CHECK(one.verdict == NoticeVerdict::acknowledged);
  CHECK(one.relays_holding == 3);
  CHECK(one.available == TimeBounds{kNow + 2, kNow + 2});
  CHECK(one.deadlines[0].verdict == DeadlineVerdict::met);
}

TEST_CASE("which agreement, and whether it binds") {
  Exchanged world;
  CHECK(judge_evidence(world.evidence(), {}).error().code == ErrorCode::invalid_argument);
  CHECK(judge_evidence(world.evidence(), {{RecordId{sha256("another")}}, {}, {}}).error().code == ErrorCode::not_found);
  REQUIRE(agreements_in(world.evidence()).size() == 1);
  CHECK(agreements_in(world.evidence())[0].id == world.agreement);
  // With the notifier's signature alone it binds nobody, and nothing under it is judged.
  const std::string text = notice_record_text({{}, {}, world.terms});
  for (const char* party : Exchanged::kParties) world.entries[party][0] = world.cast.sign(text, {"service/head"});
  const EvidenceReport report = world.judged();
  CHECK(!report.agreement_shown);
  CHECK(report.notices.empty());
  CHECK(has(report, NoticeFinding::agreement_not_signed));
}

TEST_CASE("a notice that counts as received with its receipt") {
  Exchanged world(CountsAsReceived::receipt);
  const EvidenceReport report = world.judged();
  CHECK(report.notices[0].received == TimeBounds{kNow + 4, kNow + 4});
  CHECK(report.notices[0].available == TimeBounds{kNow + 2, kNow + 2});
}

TEST_CASE("an entry that is changed, left out or put in is noticed, and has no time") {
  const Exchanged world;
  for (const char* party : Exchanged::kParties)
    for (std::size_t index = 0; index < world.entries.at(party).size(); ++index)
      for (int way = 0; way < 3; ++way) {
        CAPTURE(party);
        CAPTURE(index);
        CAPTURE(way);
        Exchanged other;
        std::vector<Bytes>& entries = other.entries[party];
        const auto place = entries.begin() + static_cast<std::ptrdiff_t>(index);
        if (way == 0) entries[index].back() = 'x';
        if (way == 1) entries.erase(place);
        if (way == 2) entries.insert(place, "something");
        const EvidenceReport report = other.judged();
        CHECK(has(report, NoticeFinding::entries_missing, Exchanged::origin(party)));
        REQUIRE(report.notices.size() == 1);
        // What stands elsewhere, too, is shown all the same: one log of five decides nothing.
        CHECK(report.notices[0].verdict == NoticeVerdict::acknowledged);
        CHECK(report.notices[0].available.shown());
      }
}

TEST_CASE("checkpoints: signatures, witnesses, and those seen before") {
  Exchanged world;
  SUBCASE("cosignatures by strangers count for nothing") {
    for (const char* party : Exchanged::kParties) {
      world.checkpoints[party].clear();
      world.checkpoints[party].push_back(
          world.checkpoint(party, world.entries[party].size(), {"witness-1", "stranger-1", "stranger-2"}));
    }
    const EvidenceReport report = world.judged();
    CHECK(report.notices[0].relays_holding == 0);
    CHECK(!report.notices[0].available.shown());
    CHECK(has(report, NoticeFinding::log_behind));
    // What people signed, they signed.
    CHECK(report.notices[0].verdict == NoticeVerdict::acknowledged);
    CHECK(!report.notices[0].acknowledgements[0].served.shown());
  }
  SUBCASE("a forged cosignature spoils its checkpoint alone") {
    Bytes& note = world.checkpoints["relay-1"].back();
    note[note.size() - 4] = note[note.size() - 4] == 'A' ? 'B' : 'A';
    const EvidenceReport report = world.judged();
    CHECK(has(report, NoticeFinding::forged_signature, "relay-1.example/notices"));
    CHECK(report.notices[0].relays_holding == 3);
  }
  SUBCASE("a log without a checkpoint has no times") {
    world.checkpoints["relay-1"].clear();
    const EvidenceReport report = world.judged();
    CHECK(has(report, NoticeFinding::entries_missing, "relay-1.example/notices"));
    CHECK(report.notices[0].relays_holding == 2);
  }
  SUBCASE("fewer entries than its checkpoint says") {
    world.entries["relay-1"].pop_back();
    CHECK(has(world.judged(), NoticeFinding::entries_missing, "relay-1.example/notices"));
  }
  SUBCASE("a checkpoint seen before that contradicts it") {
    Exchanged other;
    other.entries["relay-1"].pop_back();
    const Bytes seen = other.checkpoint("relay-1", other.entries["relay-1"].size(), {});
    CHECK_MESSAGE(!has(*world.judge(world.evidence(), {seen}), NoticeFinding::log_forked),
                  "an earlier size of the same");
    other.entries["relay-1"].back() = "another entry";
    const Bytes fork = other.checkpoint("relay-1", other.entries["relay-1"].size(), {});
    CHECK(has(*world.judge(world.evidence(), {fork}), NoticeFinding::log_forked, "relay-1.example/notices"));
    CHECK((*world.judge(world.evidence(), {fork})).notices[0].relays_holding == 2);
  }
  SUBCASE("a later checkpoint seen before: something is held back") {
    Exchanged other;
    other.add("relay-1", other.said(Acknowledgement{other.notice, other.content.payload}, "commission/officer-2"));
    const Bytes seen = other.checkpoint("relay-1", other.entries["relay-1"].size(), {});
    CHECK(has(*world.judge(world.evidence(), {seen}), NoticeFinding::entries_missing, "relay-1.example/notices"));
  }
}

TEST_CASE("entries beyond the last checkpoint count by their signatures and have no time") {
  Exchanged world;
  world.add("commission", world.said(NoticeRefusal{world.notice, RefusalCode::other, "late"}, "commission/officer-2"));
  const EvidenceReport report = world.judged();
  REQUIRE(report.notices[0].refusals.size() == 1);
  CHECK(report.notices[0].refusals[0].first == TimeBounds{});
}

TEST_CASE("a relay's word counts in its own log alone") {
  Exchanged world;
  // relay-2 says in relay-1's log that it holds the notice; its own log does not say so.
  Exchanged other;
  for (const char* relay : {"relay-2", "relay-3"})
    std::erase_if(other.entries[relay],
                  [](const Bytes& entry) { return entry.starts_with("scrutineer/availability/"); });
  for (const char* relay : {"relay-2", "relay-3"})
    other.add("relay-1",
              other.said(Availability{{other.notice}, Exchanged::origin(relay)}, std::string(relay) + "/machine"));
  other.checkpoints.clear();
  other.witness();
  CHECK(other.judged().notices[0].relays_holding == 1);
  CHECK(world.judged().notices[0].relays_holding == 3);
}

TEST_CASE("the order in which evidence is put together, and threads, change nothing") {
  const Exchanged world;
  Evidence evidence = world.evidence();
  const std::string expected = evidence_json(*world.judge(evidence));
  std::reverse(evidence.logs.begin(), evidence.logs.end());
  for (EvidenceLog& log : evidence.logs) std::reverse(log.checkpoints.begin(), log.checkpoints.end());
  CHECK(evidence_json(*world.judge(evidence)) == expected);
  // Jobs from the last to the first, as threads may run them.
  const EvidenceOptions backwards{
      {world.agreement}, {}, [](std::size_t n, const std::function<void(std::size_t)>& job) {
        while (n-- > 0) job(n);
      }};
  CHECK(evidence_json(*judge_evidence(evidence, backwards)) == expected);
  // The same log twice is one log.
  evidence.logs.push_back(evidence.logs.front());
  auto twice = judge_evidence(evidence, backwards);
  CHECK(twice->notices[0].relays_holding == 3);
  CHECK(twice->findings.empty());
}

TEST_CASE("many agreements in one evidence are judged each for itself") {
  Exchanged world;
  std::vector<RecordId> ids = {world.agreement};
  for (int i = 0; i < 5; ++i) {
    Agreement terms = agreement_for_test(world.cast, "commission-" + std::to_string(i));
    const std::string text = notice_record_text({{}, {}, terms});
    ids.push_back(record_id(text));
    world.add("service", world.cast.sign(text, {"service/head", "commission-" + std::to_string(i) + "/head"}));
  }
  world.witness();
  auto report = judge_evidence(world.evidence(), {ids, {}, {}});
  REQUIRE(report);
  CHECK(report->agreement_shown);
  CHECK(report->notices.size() == 1);
  CHECK(has(*report, NoticeFinding::log_withheld, "commission-3.example/notices"));
}

TEST_CASE("reports: both languages, JSON that reads back, hostile names spelt out") {
  Exchanged world;
  const EvidenceReport report = world.judged();
  const std::string ko = evidence_text(report, ReportLanguage::ko), en = evidence_text(report, ReportLanguage::en);
  CHECK(ko.find("기관의 담당자가 이 내용을 확인했다") != ko.npos);
  CHECK(en.find("acknowledged these contents") != en.npos);
  CHECK(en.find("between 2021-04-19T02:40:02Z and 2021-04-19T02:40:02Z (witnessed)") != en.npos);
  auto json = Json::parse(evidence_json(report), 16);
  REQUIRE(json);
  CHECK(*json->root().find("format")->as_string() == "scrutineer/notice-verdicts/1");
  CHECK(spelt_name("a\x1b[2J\xe2\x80\xae") == "a\\x1b[2J\\xe2\\x80\\xae");
}

TEST_CASE("every code has a name of its own") {
  auto unique = [](const auto& names) {
    return std::set<std::string_view>(std::begin(names), std::end(names)).size() == std::size(names);
  };
  CHECK(unique(kNoticeVerdictNames));
  CHECK(unique(kNoticeFindingNames));
  CHECK(unique(kStatementReasonNames));
  CHECK(unique(kDeadlineBecauseNames));
}
