#include "sample_model.h"

#include <utility>

namespace scrutineer::ui::sample {

namespace {

const std::string kHex = "3f9ac1d27be04586a1c95e02d7f4b8e6019d3c7a52e8fb4160c7d9a3e5128bf4";

const std::string kBlob = kSampleBlob;

constexpr const char* kLongName =
    "대한민국의 지속가능한 미래와 지역균형발전을 위하여 함께 나아가는 시민들의 연합 비례대표 명부";

Contest president() {
  return {"대통령선거",
          {{"1", "가나다", "푸른미래당", ""},
           {"2", "라마바", "함께나라당", ""},
           {"3", "사아자", "<새벽> & \"바람\"당", ""},
           {"4", "차카타", "", "#557799"},
           {"5", "파하", "무소속", ""}}};
}

Contest lists() {
  Contest contest{"비례대표 (40개 명부)", {}};
  for (int i = 1; i <= 40; ++i)
    contest.options.push_back({std::to_string(i), i == 7 ? kLongName : "제" + std::to_string(i) + "명부", "", ""});
  return contest;
}

Site simulated_site() {
  Site site;
  site.title = "제1회 가상 대통령선거";
  site.date = "2031-05-09";
  site.data_lang = "ko";
  site.simulated = true;
  site.published_at = "2031-05-10 03:12 KST";
  site.verify_command = "scrutineer-verify --trust trust/ bundle/";
  site.verify_proof_command = "scrutineer-verify --trust trust/ --proof";
  site.log = {"example.org/elections/2031", 24'117, "EhLY8UXXGd8axPS/CtI1Rl5elC9I5o5VBB64hDQ1T/A=", 2, 3};
  site.contests = {president(), lists()};
  return site;
}

Figures figures(std::int64_t electors, std::int64_t cast, std::int64_t invalid) {
  return {electors, cast + 12, cast, cast - invalid, invalid, std::nullopt};
}

std::vector<Count> split(std::int64_t valid, std::size_t options) {
  std::vector<Count> votes(options, Count{0});
  std::int64_t left = valid;
  for (std::size_t i = 0; i < options && left > 0; ++i) {
    const std::int64_t here = i + 1 == options ? left : (left * 47 + 50) / 100;
    votes[i] = here;
    left -= here;
  }
  return votes;
}

ContestResult president_result(Progress progress, std::int64_t electors, std::int64_t cast, std::int64_t invalid) {
  ContestResult result{0, progress, figures(electors, cast, invalid), split(cast - invalid, 5), {}, std::nullopt};
  result.outcomes = {OptionOutcome::leading, OptionOutcome::none, OptionOutcome::none, OptionOutcome::none,
                     OptionOutcome::none};
  return result;
}

SeatStep averages_step() {
  SeatStep step{SeatStepKind::highest_averages, std::nullopt, {}};
  for (std::size_t i = 0; i < 16; ++i)
    step.rows.push_back({i % 5, Fraction(1'000'003 - static_cast<std::int64_t>(i) * 7919, 7), 1, std::nullopt});
  return step;
}

Seats list_seats() {
  Seats seats{SeatMethod::nl_lower_house, 47, std::vector<std::int64_t>(40, 0), true, {}};
  seats.by_option[0] = 19;
  seats.by_option[1] = 17;
  seats.by_option[2] = 5;
  seats.by_option[3] = 3;
  seats.by_option[6] = 2;
  seats.steps.push_back({SeatStepKind::threshold,
                         Fraction(3, 100),
                         {{0, Fraction(38, 100), std::nullopt, true},
                          {6, Fraction(1, 33), std::nullopt, true},
                          {8, Fraction(299, 10'000), std::nullopt, false}}});
  seats.steps.push_back({SeatStepKind::quota, Fraction(20'933'011, 47), {}});
  seats.steps.push_back({SeatStepKind::full_seats,
                         std::nullopt,
                         {{0, Fraction(891, 47), 18, std::nullopt}, {6, Fraction(94, 47), 2, std::nullopt}}});
  seats.steps.push_back(averages_step());
  seats.steps.push_back({SeatStepKind::lot,
                         Fraction(1),
                         {{8, Fraction(2'112'345, 7), std::nullopt, std::nullopt},
                          {9, Fraction(2'112'345, 7), std::nullopt, std::nullopt}}});
  return seats;
}

ContestResult list_result(Progress progress) {
  ContestResult result{1, progress, figures(3'216'007, 2'401'993, 30'118), split(2'371'875, 40), {}, list_seats()};
  result.votes[30] = 0;
  result.votes[8] = result.votes[9];
  result.outcomes.assign(40, OptionOutcome::none);
  result.outcomes[8] = result.outcomes[9] = OptionOutcome::lot;
  result.outcomes[0] = OptionOutcome::elected;
  return result;
}

ChildCounts child_counts(std::int64_t electors, std::int64_t cast, std::size_t options) {
  return {figures(electors, cast, cast / 70), split(cast - cast / 70, options)};
}

Child area_child(NodeNumber number, std::string name, Progress progress) {
  const std::int64_t electors = 180'000 + number * 7'321;
  Child child{{number, std::move(name)}, false, "", progress, UnitStatus::not_counted, 0, {}};
  if (progress.counted == 0) {
    child.contests = {{{}, std::vector<Count>(5)}, {{}, std::vector<Count>(40)}};
  } else {
    child.contests = {child_counts(electors, electors * 3 / 4, 5), child_counts(electors, electors * 3 / 4, 40)};
  }
  child.open_questions = number % 4 == 2 ? number : 0;
  return child;
}

Child unit_child(NodeNumber number, std::string name, std::string kind, UnitStatus status) {
  Child child{{number, std::move(name)}, true, std::move(kind), {}, status, 0, {}};
  if (status == UnitStatus::not_counted)
    child.contests = {{{}, std::vector<Count>(5)}, {{}, std::vector<Count>(40)}};
  else
    child.contests = {child_counts(2'341 + number, 1'766, 5), child_counts(2'341 + number, 1'766, 40)};
  child.open_questions = status == UnitStatus::conflict ? 1 : 0;
  return child;
}

std::string raw_note() {
  return "scrutineer/count-sheet/1\n{\"election\":\"" + kHex +
         "\",\"contest\":\"PRES\",\"unit\":\"1101-0007\",\"electors\":2341,\"issued\":1778,\"cast\":1766,\"valid\":"
         "1741,"
         "\"invalid\":25,\"votes\":{\"1\":818,\"2\":434,\"3\":230,\"4\":122,\"5\":137},\"how\":\"machine-then-hand\"}"
         "\n\n"
         "— jongno/chair 41ZffR4W6IFDKSrT/n1XFFzXveli0BZHcusUkt58HLF/t2t2iTda3bw0yjHg4/z3vuJsdkpwrXf1Qr9jf5HOR/aH0AQ=\n"
         "— jongno/member-1 "
         "c2ZffR4W6IFDKSrT/n1XFFzXveli0BZHcusUkt58HLF/t2t2iTda3bw0yjHg4/z3vuJsdkpwrXf1Qr9jf5HOR/aH0AQ=\n"
         "— jongno/member-3 "
         "99ZffR4W6IFDKSrT/n1XFFzXveli0BZHcusUkt58HLF/t2t2iTda3bw0yjHg4/z3vuJsdkpwrXf1Qr9jf5HOR/aH0AQ=\n";
}

Sheet typical_sheet() {
  Sheet sheet;
  sheet.contest = 0;
  sheet.status = UnitStatus::counted_signed;
  sheet.figures = {2'341, 1'778, 1'766, 1'741, 25, std::nullopt};
  sheet.options = {
      {818, 800, 799, 19}, {434, 421, 421, 13}, {230, 226, 226, 4}, {122, 120, 120, 2}, {137, 136, 136, 1}};
  sheet.machine = MachineFigures{63, 1, 24};
  sheet.how = HowCounted::machine_then_hand;
  sheet.counted_at = "2031-05-09 21:40";
  sheet.announced_at = "2031-05-09 22:05";
  sheet.signers = {{"jongno/chair", "chair", "e3565f7d", true},
                   {"jongno/member-1", "member", "73665f01", true},
                   {"jongno/member-3", "member", "f7d6c2aa", true}};
  sheet.record_id = kHex;
  sheet.position = 1'204;
  sheet.has_proof = true;
  sheet.note = raw_note();
  return sheet;
}

Sheet eventful_sheet() {
  Sheet sheet = typical_sheet();
  sheet.status = UnitStatus::replaced;
  sheet.signers.push_back({"jongno/member-9", "member", "0a0b0c0d", false});
  sheet.refusals = {{"jongno/observer-2", "재확인대상 투표지의 판정에 동의하지 않음", kHex, 1'207}};
  sheet.remarks = {{"jongno/observer-1", "봉인지 번호를 사진으로 남김 <확인>", kHex, 1'208}};
  sheet.findings = {{"W.301",
                     {"무효투표수의 비율이 이 선거의 기준 3%보다 큽니다.",
                      "The share of invalid votes is above this contest's threshold of 3%."},
                     false,
                     ""},
                    {"F.204",
                     {"선거인 수보다 투표수가 많습니다.", "There are more ballots than electors."},
                     true,
                     "옆 투표소와 선거인 명부를 함께 씀"}};
  const Statement by_member{"jongno/member-1", "앞면 <1쪽>", kHex, 1'210};
  sheet.attachments = {{{kBlob, "image/jpeg", 1'234'567, true}, by_member},
                       {{kBlob, "application/pdf", 91, false}, {"jongno/chair", "", kHex, 1'211}}};
  sheet.order = "서울특별시선거관리위원회 2031-05-10 제3호";
  sheet.live = LiveCount{1'770, 4};
  sheet.history = {
      {VersionState::entered, kHex, 990, "", {}},
      {VersionState::replaced, kHex, 998, "", {}},
      {VersionState::counted,
       kHex,
       1'204,
       "2번과 3번의 수를 바꾸어 적음",
       {{Figure::votes, 1, 230, 434}, {Figure::votes, 2, 434, 230}, {Figure::issued, 0, std::nullopt, 1'778}}}};
  return sheet;
}

Sheet conflicting_sheet() {
  Sheet sheet = typical_sheet();
  sheet.status = UnitStatus::conflict;
  sheet.machine.reset();
  sheet.how = HowCounted::by_hand;
  sheet.figures.electors = std::nullopt;
  sheet.history = {
      {VersionState::conflicting, kHex, 1'300, "", {}},
      {VersionState::conflicting, kHex, 1'301, "", {{Figure::votes, 0, 818, 880}, {Figure::valid, 0, 1'741, 1'803}}},
      {VersionState::unauthorised, kHex, 1'400, "다른 위원회의 기록", {}}};
  return sheet;
}

Sheet list_sheet() {
  Sheet sheet = typical_sheet();
  sheet.contest = 1;
  sheet.status = UnitStatus::entered;
  sheet.machine.reset();
  sheet.how = HowCounted::by_hand;
  sheet.signers.clear();
  sheet.options.assign(40, SheetOption{0, {}, {}, {}});
  sheet.options[0].votes = 1'700;
  sheet.options[6].votes = 41;
  sheet.options[11].votes = std::nullopt;
  sheet.figures.blank = 3;
  return sheet;
}

constexpr const char* kStation = "청운효자동 제1투표소";

CustodyStep box(const char* object, const char* event) {
  CustodyStep step;
  step.object = object;
  step.name = "7";
  step.event = event;
  step.seals = {"S-0041", "S-0042"};
  step.signers = {"jongno/member-1", "jongno/observer-2"};
  step.record_id = kHex;
  step.position = 1'190;
  return step;
}

// What a counting centre records beside the sheets.
void add_records(Unit& unit) {
  unit.readings = {{0, 1, "jongno/typist-1"}, {0, 2, "jongno/typist-2"}, {1, 3, "jongno/reader-1"}};
  CustodyStep opened = box("box", "opened"), moved = box("envelope", "moved");
  opened.broken = std::exchange(opened.seals, {});
  opened.order = "중앙선거관리위원회 제12호";
  moved.from = "청운초등학교 <강당>";
  moved.to = "종로구 개표소";
  moved.note = "경찰관 두 사람이 함께 옮김";
  unit.custody = {box("box", "sealed"), moved, opened};
  unit.remarks = {{"jongno/observer-2", "봉투의 봉인지가 한쪽 들려 있음", kHex, 1'201}};
  unit.more_records = 3;
}

std::vector<Unit> units(const std::vector<NodeRef>& above) {
  const std::string long_name = std::string(kStation) + " (" + kLongName + ")";
  return {{{1, "거소·선상투표"}, above, "home/ship", "1101-0001", {typical_sheet()}},
          {{2, kStation}, above, "polling-day", "1101-0002", {eventful_sheet(), list_sheet()}},
          {{3, "관외사전투표"}, above, "early-out-of-district", "1101-0003", {conflicting_sheet()}},
          {{4, long_name}, above, "some-new-kind", "1101-0004", {}},
          {{5, "관내사전투표"}, above, "early-in-district", "1101-0005", {typical_sheet(), list_sheet()}}};
}

std::vector<Question> questions() {
  std::vector<NodeRef> many;
  for (NodeNumber n = 1; n <= 40; ++n) many.push_back({1 + n % 5, "제" + std::to_string(n) + "투표소"});
  return {{QuestionKind::conflict, "", {}, 1, {{3, "관외사전투표"}}},
          {QuestionKind::correction, "", {}, 1, {{2, kStation}}},
          {QuestionKind::refusal, "", {}, 2, {{2, kStation}, {5, "관내사전투표"}}},
          {QuestionKind::unauthorised, "", {}, 1, {{3, "관외사전투표"}}},
          {QuestionKind::plausibility,
           "W.301",
           {"무효투표수의 비율이 기준보다 큽니다.", "The share of invalid votes is above the threshold."},
           43,
           many}};
}

}  // namespace

Sample simulated() {
  Sample sample;
  sample.site = simulated_site();
  Area root;
  root.results = {president_result({312, 341}, 3'216'007, 2'401'993, 30'118), list_result({300, 341})};
  const char* names[] = {"서울특별시", "부산광역시", "대구광역시", "인천광역시", "강원특별자치도", "제주특별자치도"};
  NodeNumber number = 1;
  for (const char* name : names) root.children.push_back(area_child(number++, name, {60 - number, 60}));
  root.children.push_back(area_child(number++, "세종특별자치시", {0, 12}));
  sample.overview = {root, questions()};

  Area seoul{{1, "서울특별시"}, {}, ResultState::counting, {}, {}};
  seoul.results = {president_result({58, 60}, 187'321, 140'490, 2'007), list_result({58, 60})};
  seoul.children = {area_child(8, "종로구", {5, 6}), area_child(9, "중구", {60, 60})};
  const std::vector<NodeRef> above = {{1, "서울특별시"}, {8, "종로구"}};
  Area jongno{{8, "종로구"}, {{1, "서울특별시"}}, ResultState::counting, {}, {}};
  jongno.results = {president_result({4, 5}, 128'014, 101'556, 1'209), list_result({3, 5})};
  sample.units = units(above);
  add_records(sample.units[1]);
  sample.overview.independent_tallies = {
      {"종로구", {kBlob, "text/csv", 20'481, true}, {"party-a/observer", "우리가 센 것 <비공식>", kHex, 1'300}},
      {"", {kBlob, "text/csv", 7, false}, {"press/observer", "", kHex, 1'301}}};
  const UnitStatus statuses[] = {UnitStatus::counted_signed, UnitStatus::replaced, UnitStatus::conflict,
                                 UnitStatus::not_counted, UnitStatus::entered};
  for (std::size_t i = 0; i < sample.units.size(); ++i)
    jongno.children.push_back(
        unit_child(sample.units[i].node.number, sample.units[i].node.name, sample.units[i].kind, statuses[i]));
  sample.areas = {seoul, jongno};
  for (NodeNumber n : {2u, 3u, 4u, 5u, 6u, 7u, 9u})
    sample.areas.push_back({{n, "빈 지역"}, {}, ResultState::counting, {}, {}});
  return sample;
}

Sample transcribed() {
  Sample sample;
  Site& site = sample.site;
  site.title = "虛構總統選舉";
  site.date = "2032-01-13";
  site.data_lang = "zh-Hant";
  site.transcribed = true;
  site.source = "虛構選舉委員會公開資料";
  site.verify_command = "scrutineer-verify bundle/";
  site.log = {"example.org/elections/2032", 17'801, "7HXT/3KRpKNSYHSAg76f4CqoAKbYviIx+c/eUHiCJXA=", 0, 0};
  site.contests = {
      {"總統", {{"1", "甲乙丙/丁戊己", "晨光黨", ""}, {"2", "庚辛壬/癸子丑", "海洋黨", ""}, {"3", "寅卯辰", "", ""}}}};
  const std::vector<Count> votes = {3'690'466, 5'586'019, 4'671'021};
  sample.overview.root.state = ResultState::all_counted;
  sample.overview.root.results = {
      {0, {3, 3}, {}, votes, {OptionOutcome::none, OptionOutcome::elected, OptionOutcome::none}, std::nullopt}};
  Child county{{1, "連江縣"}, false, "", {3, 3}, UnitStatus::not_counted, 0, {{{}, {274, 391, 512}}}};
  sample.overview.root.children = {county};
  Area area{{1, "連江縣"}, {}, ResultState::all_counted, {{0, {3, 3}, {}, {274, 391, 512}, {}, std::nullopt}}, {}};
  for (NodeNumber n = 1; n <= 3; ++n) {
    const NodeRef node{n, "投開票所" + std::to_string(n)};
    area.children.push_back({node, true, "polling-day", {}, UnitStatus::transcribed, 0, {{{}, {64, n * 91, 120}}}});
    Sheet sheet;
    sheet.status = UnitStatus::transcribed;
    sheet.options = {{64, {}, {}, {}}, {n * 91, {}, {}, {}}, {120, {}, {}, {}}};
    sheet.record_id = kHex;
    sheet.position = n;
    sheet.has_proof = true;
    sheet.signers = {{"example.org/transcriber", "transcriber", "a1b2c3d4", true}};
    sheet.note = raw_note();
    sample.units.push_back({node, {{1, "連江縣"}}, "polling-day", std::to_string(n), {sheet}});
  }
  sample.areas = {area};
  return sample;
}

}  // namespace scrutineer::ui::sample
