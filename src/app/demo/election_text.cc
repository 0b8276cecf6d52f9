#include "app/demo/election_text.h"

#include "app/demo/figures.h"
#include "app/demo/timetable.h"
#include "core/crypto/hash.h"
#include "core/election/tables.h"

namespace scrutineer::demo {
namespace {

constexpr std::string_view kListNames[kLists] = {"모의 새벽당",   "모의 한결당", "모의 푸른들", "모의 다함께",
                                                 "모의 참빛연합", "모의 나루당", "모의 솔숲당", "모의 별무리"};

// By share of those with 3 in 100: whole parts, then the largest remainders.
constexpr std::string_view kSeats =
    R"({"method":"largest-remainder-hare","seats":46,"parameters":{"threshold-share":"3/100"}})";

// As in examples/kr2025: docs/formats/package.md says why the limits differ by kind.
constexpr std::string_view kRules =
    R"({"rules":[)"
    R"({"code":"parts-do-not-add-up","kinds":["*"],"contests":["*"]},)"
    R"({"code":"parts-missing","kinds":["*"],"contests":["*"]},)"
    R"({"code":"cast-exceeds-issued","kinds":["*"],"contests":["*"]},)"
    R"({"code":"too-many-votes","kinds":["*"],"contests":["*"]},)"
    R"({"code":"invalid-share","kinds":["polling-day","early-in-district","overseas"],"contests":["*"],"share":"3/100"},)"
    R"({"code":"invalid-share","kinds":["early-out-of-district"],"contests":["*"],"share":"4/100"},)"
    R"({"code":"invalid-share","kinds":["home/ship"],"contests":["*"],"share":"18/100"},)"
    R"({"code":"issued-cast-difference","kinds":["polling-day","early-in-district","early-out-of-district"],)"
    R"("contests":["*"],"share":"2/100","at_least":15},)"
    R"({"code":"nobody-voted","kinds":["*"],"contests":["*"]},)"
    R"({"code":"no-electors","kinds":["*"],"contests":["*"]},)"
    R"({"code":"more-ballots-than-electors","kinds":["*"],"contests":["*"]},)"
    R"({"code":"announced-before-close","kinds":["*"],"contests":["*"]},)"
    R"({"code":"faster-than-machine","kinds":["*"],"contests":["*"],"at_least":350},)"
    R"({"code":"machine-unlike-batches","kinds":["*"],"contests":["*"]},)"
    R"({"code":"votes-unlike-decisions","kinds":["*"],"contests":["*"]},)"
    R"({"code":"identical-figures","kinds":["*"],"contests":["*"],"at_least":50}],)"
    R"("expected":[{"kinds":["early-in-district"],"minutes_after_close":240},)"
    R"({"kinds":["polling-day"],"minutes_after_close":300},)"
    R"({"kinds":["early-out-of-district","home/ship","overseas"],"minutes_after_close":420}],)"
    R"("forms":[{"kinds":["polling-day","early-in-district","early-out-of-district"],"how":"machine-then-hand"}],)"
    R"("committee":{"tie":"chair-decides"}})";

SigningAlternative signed_by(const char* label, std::vector<std::pair<const char*, std::int64_t>> needs) {
  SigningAlternative out{label, {}};
  for (const auto& [role, count] : needs) out.needs.push_back({Role(role), count});
  return out;
}

std::vector<SigningAlternative> anybody_there() {
  return {signed_by("member", {{"member", 1}}), signed_by("chair", {{"chair", 1}}),
          signed_by("observer", {{"observer", 1}})};
}

std::vector<SigningRule> signing() {
  return {{RecordType::count_sheet, {signed_by("station", {{"chair", 1}, {"member", 2}})}},
          {RecordType::result_claim, {signed_by("published", {{"publisher", 1}})}},
          {RecordType::adopt, {signed_by("adopted", {{"coordinator", 1}})}},
          {RecordType::lot, {signed_by("drawn", {{"coordinator", 1}})}},
          {RecordType::refusal, anybody_there()},
          {RecordType::entry, {signed_by("typed", {{"typist", 1}})}},
          {RecordType::acceptance, {signed_by("accepted", {{"coordinator", 1}})}},
          {RecordType::remark, anybody_there()},
          {RecordType::attachment,
           {signed_by("typist", {{"typist", 1}}), signed_by("coordinator", {{"coordinator", 1}}),
            signed_by("chair", {{"chair", 1}}), signed_by("member", {{"member", 1}})}},
          {RecordType::custody,
           {signed_by("committee", {{"chair", 1}, {"member", 1}}), signed_by("members", {{"member", 2}})}},
          {RecordType::independent_tally, {signed_by("observer", {{"observer", 1}})}},
          {RecordType::ballot_batch, {signed_by("machine", {{"sorter", 1}})}},
          {RecordType::device_enrolment, {signed_by("sealed", {{"member", 2}})}},
          {RecordType::device_statement, {signed_by("machine", {{"sorter", 1}})}},
          {RecordType::inspection,
           {signed_by("committee", {{"chair", 1}, {"member", 1}}), signed_by("members", {{"member", 2}})}},
          {RecordType::committee_vote, {signed_by("committee", {{"chair", 1}})}},
          {RecordType::adjudication, {signed_by("committee", {{"chair", 1}})}},
          {RecordType::release_order, {signed_by("committee", {{"chair", 1}, {"member", 1}})}},
          {RecordType::image_release, {signed_by("committee", {{"chair", 1}})}}};
}

std::vector<OptionRow> options() {
  std::vector<OptionRow> rows;
  for (std::size_t list = 0; list < kLists; ++list)
    rows.push_back({ContestId(std::string(kContest)), {list_id(list), "", std::string(kListNames[list])}});
  return rows;
}

BlobRef blob_ref(BytesView bytes, const char* type) {
  return {blob_hash(bytes), static_cast<std::int64_t>(bytes.size()), type};
}

}  // namespace

ElectionText make_election_text(const Country& country) {
  ElectionText out;
  out.units = write_unit_table(unit_rows(country), kCountryLevels);
  out.options = write_option_table(options());
  out.rules = kRules;
  Definition& definition = out.definition;
  definition.title = {"모의 선거: 가온누리 비례대표 의원 선거",
                      "Simulated election: list seats of the parliament of Gaonnuri"};
  definition.simulated = true;
  definition.date = kDate;
  definition.time_zone = "Asia/Seoul";
  definition.polls_close = std::string(kPollsClose);
  definition.contests.push_back(
      {ContestId(std::string(kContest)), {"비례대표 의원 (모의)", "List seats (simulated)"}, 1, std::string(kSeats)});
  definition.units = blob_ref(out.units, "text/csv");
  definition.options = blob_ref(out.options, "text/csv");
  definition.rules = blob_ref(out.rules, "application/json");
  definition.signing = signing();
  definition.grantors = {
      {Role("coordinator"), {Role("chair"), Role("member"), Role("observer"), Role("sorter"), Role("typist")}}};
  return out;
}

}  // namespace scrutineer::demo
