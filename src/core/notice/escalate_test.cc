#include "core/notice/escalate.h"

#include <doctest/doctest.h>

#include "core/notice/agreement_for_test.h"

namespace scrutineer::testing {
namespace {

constexpr std::int64_t kStart = 1'000'000;

std::vector<std::string> due(const NoticeProgress& progress, std::int64_t after) {
  Cast cast;
  std::vector<std::string> codes;
  for (const DueEscalation& one :
       due_escalations(agreement_for_test(cast), NoticeKind::attack, progress, kStart + after))
    codes.push_back(one.deadline);
  return codes;
}

TEST_CASE("escalation: one step after the other, as nobody answers") {
  NoticeProgress progress;
  progress.sent = kStart;
  struct Row {
    std::int64_t after;
    std::vector<std::string> due;
  };
  for (const Row& row :
       std::vector<Row>{{0, {}},
                        {5, {}},
                        {6, {"machine-5s"}},
                        {900, {"machine-5s"}},
                        {901, {"machine-5s", "person-15m"}},
                        {1'801, {"machine-5s", "person-15m", "deputy-30m"}},
                        {2'701, {"machine-5s", "person-15m", "deputy-30m", "telephone-45m"}},
                        {86'401, {"machine-5s", "person-15m", "deputy-30m", "telephone-45m", "initial-24h"}}}) {
    CAPTURE(row.after);
    CHECK(due(progress, row.after) == row.due);
  }
}

TEST_CASE("escalation: what was done, answered, refused, withdrawn or closed is not due") {
  NoticeProgress progress;
  progress.sent = kStart - 500;
  progress.received = kStart;  // the clock runs from when it counts as received
  progress.escalated = {"person-15m"};
  progress.step_taken[0] = true;
  CHECK(due(progress, 1'801) == std::vector<std::string>{"deputy-30m"});
  progress.step_taken[1] = true;
  CHECK(due(progress, 10'000).empty());
  CHECK(due(progress, 86'401) == std::vector<std::string>{"initial-24h"});
  NoticeProgress withdrawn = progress;
  withdrawn.withdrawn = true;
  CHECK(due(withdrawn, 999'999'999).empty());
  NoticeProgress closed = progress;
  closed.closed = true;
  CHECK(due(closed, 999'999'999).empty());
}

TEST_CASE("escalation: legal clocks hold for the kinds that they are for") {
  Cast cast;
  NoticeProgress progress;
  progress.sent = kStart;
  progress.step_taken[0] = progress.step_taken[1] = true;
  CHECK(due_escalations(agreement_for_test(cast), NoticeKind::warning, progress, kStart + 10'000'000).empty());
  CHECK(due_escalations(agreement_for_test(cast), NoticeKind::attack, progress, kStart + 10'000'000).size() == 3);
}

TEST_CASE("escalation: the next moment at which something can become due") {
  Cast cast;
  const Agreement terms = agreement_for_test(cast);
  NoticeProgress progress;
  progress.sent = kStart;
  CHECK(next_due(terms, NoticeKind::attack, progress, kStart) == kStart + 6);
  progress.step_taken[0] = true;
  CHECK(next_due(terms, NoticeKind::attack, progress, kStart) == kStart + 901);
  CHECK(due_escalations(terms, NoticeKind::attack, progress, kStart + 900).empty());
  CHECK(due_escalations(terms, NoticeKind::attack, progress, kStart + 901).size() == 1);
  progress.closed = true;
  CHECK_FALSE(next_due(terms, NoticeKind::attack, progress, kStart));
}

TEST_CASE("escalation: progress is read from the book") {
  Cast cast;
  NoticeBook book;
  const NoticeRecord agreement{{}, {}, agreement_for_test(cast)};
  const Bytes agreed = cast.sign(agreement, {"service/head", "commission/head"});
  const RecordId id = id_of(agreed);
  Notice notice;
  notice.content.ciphertext = {BlobHash{}, 1, "x/y"};
  const Bytes sent = cast.sign(NoticeRecord{id, {}, notice}, {"service/machine"});
  const RecordId notice_id = id_of(sent);
  std::vector<std::int64_t> since;
  auto add = [&](const NoticeRecord& record, const char* by, std::int64_t at) {
    take_in(book, cast.sign(record, {by}));
    since.resize(book.records().size(), at);
  };
  auto progress = [&] { return progress_of(book, notice_id, [&](NoticeIndex index) { return since[index]; }); };
  take_in(book, agreed), since.resize(1, 1);
  take_in(book, sent), since.resize(2, 10);
  CHECK_FALSE(progress().received);
  CHECK(progress().sent == 10);
  add({id, "2023-01-01T00:00:00Z", Availability{{notice_id}, "relay-1.example/notices"}}, "relay-1/machine", 11);
  CHECK_FALSE(progress().received);  // one relay of the two that are agreed
  add({id, "2023-01-01T00:00:01Z", Availability{{notice_id}, "relay-1.example/notices"}}, "relay-1/machine", 12);
  CHECK_FALSE(progress().received);  // the same one again
  add({id, "2023-01-01T00:00:02Z", Availability{{notice_id}, "relay-3.example/notices"}}, "relay-3/machine", 14);
  CHECK(progress().received == 14);
  CHECK_FALSE(progress().step_taken[0]);
  add({id, {}, Receipt{notice_id, Channel::https, {}, sha256("p"), {}, {}, ReceiptTrouble::none}}, "commission/machine",
      15);
  CHECK(progress().step_taken[0]);
  CHECK_FALSE(progress().step_taken[1]);
  add({id, {}, NoticeAnswer{notice_id, AnswerStage::full, notice.content}}, "commission/officer-1", 20);
  const NoticeProgress answered = progress();
  CHECK(answered.step_taken[1]);
  CHECK(answered.step_taken[2]);
  CHECK(answered.step_taken[3]);
  CHECK_FALSE(answered.step_taken[4]);
  add({id, {}, Closing{notice_id, ClosingOutcome::answered}}, "service/officer-1", 30);
  CHECK(progress().closed);
}

}  // namespace
}  // namespace scrutineer::testing
