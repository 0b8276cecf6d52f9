#include "core/sorting/reconcile.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/codec/object_reader.h"

namespace scrutineer {
namespace {

struct CodeText {
  std::string_view name, ko, en;  // {0}: what, {1}: said, {2}: the other figure
};
constexpr CodeText kTexts[kTrailCodes] = {
    {"sheet-machine-column", "개표상황표의 분류기 칸과 분류기의 기록이 다릅니다({0}): {1}, {2}",
     "The sheet's machine column and the sorter's own count differ ({0}): {1} and {2}"},
    {"sheet-hand-column", "개표상황표의 심사 칸과 사람이 센 수가 다릅니다({0}): {1}, {2}",
     "The sheet's hand columns and what people counted differ ({0}): {1} and {2}"},
    {"sheet-votes", "개표상황표의 득표수와 사람이 센 수의 합이 다릅니다({0}): {1}, {2}",
     "The sheet's votes and the hand columns together differ ({0}): {1} and {2}"},
    {"sheet-ballots", "개표상황표의 투표수와 분류기를 거친 투표지의 수가 다릅니다({0}): {1}, {2}",
     "Ballots cast on the sheet and papers that the sorter saw differ ({0}): {1} and {2}"},
    {"hand-pile-grew", "분류된 묶음에서 사람이 센 수가 분류기가 넣은 수보다 많습니다({0}): {1}, {2}",
     "People counted more papers from a sorted pile than the sorter put there ({0}): {1} and {2}"},
    {"hand-papers", "사람이 센 투표지의 총수와 분류기를 거친 총수가 다릅니다({0}): {1}, {2}",
     "People counted another number of papers in all than the sorter saw ({0}): {1} and {2}"},
    {"review-pile", "심사계수기가 센 수와 사람이 센 수가 다릅니다({0}): {1}, {2}",
     "The review counter and people counted a pile differently ({0}): {1} and {2}"},
    {"review-unknown", "심사계수기가 없는 묶음을 세었거나 묶음을 빠뜨렸습니다({0}): {1}, {2}",
     "The review counter counted a pile that is not there, or left one out ({0}): {1} and {2}"},
    {"bundle-size", "묶음이 100매가 아닙니다({0}): {1}, {2}", "A bundle has not 100 papers ({0}): {1} and {2}"},
    {"sorter-too-fast", "분류기가 낼 수 없는 속도입니다({0}): 분당 {1}, 한도 {2}",
     "Faster than the sorter can run ({0}): {1} papers a minute, at most {2}"},
    {"review-too-fast", "심사계수기가 낼 수 없는 속도입니다({0}): 분당 {1}, 한도 {2}",
     "Faster than the review counter can run ({0}): {1} papers a minute, at most {2}"},
    {"time-backwards", "종료 시각이 시작 시각보다 빠릅니다({0}): {1}, {2}",
     "An end stands before its beginning ({0}): {1} and {2}, in seconds since 1970"},
    {"announced-before-counted", "공표 시각이 기계의 종료 시각보다 빠릅니다({0}): {1}, {2}",
     "Announced before the machine had ended ({0}): {1} and {2}, in seconds since 1970"},
};

using Votes = std::map<std::string, std::int64_t>;

Votes by_option(const OptionVotes& votes) {
  Votes out;
  for (const auto& [option, count] : votes) out[option.value()] += count;
  return out;
}
Votes plus(Votes a, const OptionVotes& b) {
  for (const auto& [option, count] : b) a[option.value()] += count;
  return a;
}
std::int64_t sum(const Votes& votes) {
  std::int64_t total = 0;
  for (const auto& [option, count] : votes) total += count;
  return total;
}

class Reconciler {
 public:
  Reconciler(const PaperTrail& trail, const TrailLimits& limits) : t_(trail), limits_(limits) {}
  std::vector<TrailFinding> run() {
    compare_sheet();
    compare_hand();
    compare_review();
    if (t_.sorter) {
      const std::int64_t seen = sum(by_option(t_.sorter->piles)) + t_.sorter->to_people;
      time(t_.sorter->time, std::max(t_.sorter->fed, seen), limits_.sorter_a_minute, TrailCode::sorter_too_fast,
           "sorter");
    }
    if (t_.review)
      time(t_.review->time, reviewed(), limits_.review_a_minute, TrailCode::review_too_fast, "review counter");
    std::stable_sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
    return std::move(found_);
  }

 private:
  void find(TrailCode code, std::string what, std::int64_t said, std::int64_t other) {
    found_.push_back({code, std::move(what), said, other});
  }
  void compare(TrailCode code, const Votes& said, const Votes& other, std::string_view what) {
    Votes all = said;
    all.insert(other.begin(), other.end());
    for (const auto& [option, count] : all) {
      const std::int64_t a = said.contains(option) ? said.at(option) : 0,
                         b = other.contains(option) ? other.at(option) : 0;
      if (a != b) find(code, std::string(what) + option, a, b);
    }
  }

  void compare_sheet() {
    if (!t_.sheet) return;
    const CountSheet& sheet = *t_.sheet;
    if (t_.sorter && sheet.machine) {
      compare(TrailCode::sheet_machine_column, by_option(sheet.machine->sorted), by_option(t_.sorter->piles),
              "option ");
      if (sheet.machine->to_recheck != t_.sorter->to_people)
        find(TrailCode::sheet_machine_column, "for people", sheet.machine->to_recheck, t_.sorter->to_people);
    }
    if (t_.hand && sheet.hand) {
      compare(TrailCode::sheet_hand_column, by_option(sheet.hand->from_sorted), by_option(t_.hand->from_sorted),
              "from the sorted pile, option ");
      compare(TrailCode::sheet_hand_column, by_option(sheet.hand->from_recheck), by_option(t_.hand->from_recheck),
              "from the re-check pile, option ");
    }
    if (t_.hand)
      compare(TrailCode::sheet_votes, by_option(sheet.votes),
              plus(by_option(t_.hand->from_sorted), t_.hand->from_recheck), "option ");
    if (t_.sorter && sheet.ballots_cast) {
      const std::int64_t seen = sum(by_option(t_.sorter->piles)) + t_.sorter->to_people;
      if (seen != *sheet.ballots_cast) find(TrailCode::sheet_ballots, "ballots", *sheet.ballots_cast, seen);
    }
  }

  // People take misread papers out of a sorted pile; none can come in, since such a paper goes to the re-check pile.
  void compare_hand() {
    if (!t_.hand || !t_.sorter) return;
    const Votes piles = by_option(t_.sorter->piles);
    for (const auto& [option, count] : by_option(t_.hand->from_sorted)) {
      const std::int64_t sorted = piles.contains(option) ? piles.at(option) : 0;
      if (count > sorted) find(TrailCode::hand_pile_grew, "option " + option, count, sorted);
    }
    const std::int64_t seen = sum(piles) + t_.sorter->to_people;
    const std::int64_t counted = sum(plus(by_option(t_.hand->from_sorted), t_.hand->from_recheck)) + t_.hand_invalid;
    if (counted != seen) find(TrailCode::hand_papers, "papers", counted, seen);
  }

  std::int64_t reviewed() const {
    std::int64_t papers = 0;
    for (const ReviewedPile& pile : t_.review->piles)
      for (std::int64_t bundle : pile.bundles) papers += bundle;
    return papers;
  }

  void compare_review() {
    if (!t_.review) return;
    Votes counted;
    for (const ReviewedPile& pile : t_.review->piles) {
      bundles(pile);
      for (std::int64_t bundle : pile.bundles) counted[pile.option.value()] += bundle;
      if (pile.bundles.empty()) counted[pile.option.value()] += 0;
    }
    if (!t_.hand) return;
    const Votes hand = plus(by_option(t_.hand->from_sorted), t_.hand->from_recheck);
    for (const auto& [option, papers] : counted) {
      if (!hand.contains(option))
        find(TrailCode::review_unknown, "option " + option, papers, 0);
      else if (papers != hand.at(option))
        find(TrailCode::review_pile, "option " + option, papers, hand.at(option));
    }
    for (const auto& [option, papers] : hand)
      if (papers > 0 && !counted.contains(option)) find(TrailCode::review_unknown, "option " + option, 0, papers);
  }

  void bundles(const ReviewedPile& pile) {
    for (std::size_t i = 0; i < pile.bundles.size(); ++i) {
      const bool last = i + 1 == pile.bundles.size();
      const std::int64_t papers = pile.bundles[i];
      if (papers == kBundle || (last && papers > 0 && papers < kBundle)) continue;
      find(TrailCode::bundle_size, "option " + pile.option.value() + ", bundle " + std::to_string(i + 1), papers,
           kBundle);
    }
  }

  void time(const std::optional<RunTime>& run, std::int64_t papers, std::int64_t a_minute, TrailCode code,
            std::string what) {
    if (!run) return;
    const std::int64_t began = *seconds_of_rfc3339(run->began), ended = *seconds_of_rfc3339(run->ended);
    if (ended < began) return find(TrailCode::time_backwards, what, ended, began);
    const std::int64_t most = a_minute * run->machines;
    // papers / (seconds / 60) > most, in integers
    if (papers * 60 > most * (ended - began))
      find(code, what, ended == began ? papers : papers * 60 / (ended - began), most);
    if (!t_.sheet || !t_.sheet->announced) return;
    const std::int64_t announced = *seconds_of_rfc3339(*t_.sheet->announced);
    if (announced < ended) find(TrailCode::announced_before_counted, what, announced, ended);
  }

  const PaperTrail& t_;
  const TrailLimits& limits_;
  std::vector<TrailFinding> found_;
};

std::optional<RunTime> read_run(const ObjectReader& in) {
  std::optional<RunTime> run;
  in.object(
      "time",
      [&](const ObjectReader& time) {
        auto began = read_time(time, "began"), ended = read_time(time, "ended");
        if (!began || !ended) return time.problem("began", "expected both times, began and ended");
        run = RunTime{*began, *ended, time.optional_integer("machines", 1, 1'000).value_or(1)};
      },
      false);
  return run;
}

std::int64_t read_papers(const ObjectReader& in, std::string_view name) {
  return in.optional_integer(name, 0, limits::kVotesPerSheet).value_or(0);
}

ReviewCount read_review(const ObjectReader& in) {
  constexpr std::size_t kBundles = 100'000;
  ReviewCount review;
  in.objects("piles", [&](const ObjectReader& item, std::size_t) {
    ReviewedPile pile{OptionId(item.non_empty("option")), {}};
    auto list = item.find("bundles");
    if (!list || !list->is_array() || list->size() > kBundles)
      return item.problem("bundles", "expected a list of papers");
    for (JsonValue bundle : *list) {
      auto papers = bundle.as_integer();
      if (!papers || *papers < 0 || *papers > limits::kVotesPerSheet)
        return item.problem("bundles", "expected numbers of papers");
      pile.bundles.push_back(*papers);
    }
    review.piles.push_back(std::move(pile));
  });
  review.time = read_run(in);
  return review;
}

}  // namespace

std::string_view trail_code_name(TrailCode code) {
  return kTexts[static_cast<std::size_t>(code)].name;
}

Bilingual trail_sentence(const TrailFinding& finding) {
  const CodeText& text = kTexts[static_cast<std::size_t>(finding.code)];
  auto with = [&](std::string_view sentence) {
    return fmt::format(fmt::runtime(sentence), finding.what, finding.said, finding.other) + ".";
  };
  return {with(text.ko), with(text.en)};
}

std::vector<TrailFinding> reconcile_papers(const PaperTrail& trail, const TrailLimits& limits) {
  return Reconciler(trail, limits).run();
}

Result<PaperTrail> parse_paper_trail(std::string_view json) {
  SCRUTINEER_TRY(Json document, Json::parse(json));
  Problems problems;
  const ObjectReader in(document.root(), problems);
  PaperTrail trail;
  trail.unit = UnitId(in.non_empty("unit"));
  trail.contest = ContestId(in.non_empty("contest"));
  in.object(
      "sorter",
      [&](const ObjectReader& sorter) {
        trail.sorter = SorterCount{read_votes(sorter, "piles"), sorter.integer("to_people", 0, limits::kVotesPerSheet),
                                   read_papers(sorter, "fed"), read_run(sorter)};
      },
      false);
  in.object(
      "review", [&](const ObjectReader& review) { trail.review = read_review(review); }, false);
  in.object(
      "hand",
      [&](const ObjectReader& hand) {
        trail.hand = HandColumns{read_votes(hand, "from_sorted"), read_votes(hand, "from_recheck")};
        trail.hand_invalid = hand.integer("invalid", 0, limits::kVotesPerSheet);
      },
      false);
  in.object(
      "sheet", [&](const ObjectReader& sheet) { trail.sheet = read_count_sheet(sheet); }, false);
  if (trail.sheet && (trail.sheet->unit != trail.unit || trail.sheet->contest != trail.contest))
    in.problem("sheet", "this sheet is of another unit or contest");
  if (!problems.empty()) return tl::unexpected(problems.first());
  return trail;
}

}  // namespace scrutineer
