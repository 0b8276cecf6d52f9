#include "core/sorting/recheck.h"

#include <fmt/format.h>

#include <algorithm>

namespace scrutineer {
namespace {

double per_mille(std::int64_t n) {
  return static_cast<double>(n) / 1000;
}

std::string percent(double share) {
  return fmt::format("{:.2f}%", share * 100);
}
std::string points(double difference) {
  return fmt::format("{:+.2f}", difference * 100);
}

}  // namespace

namespace {

// One row beside the others of the same set.
RecheckReading read_one(const RecheckRow& row, Share all, double rate_confidence, double confidence, double effect) {
  RecheckReading reading;
  reading.name = row.name;
  reading.own = row.rechecked;
  reading.others = {all.k - row.rechecked.k, all.n - row.rechecked.n};
  reading.rate = clopper_pearson(reading.own, rate_confidence);
  reading.difference = difference_interval(reading.own, reading.others, confidence);
  reading.test = two_proportions(reading.own, reading.others);
  reading.alarm = reading.own.n > 0 && reading.others.n > 0 &&
                  (reading.difference.low > effect || reading.difference.high < -effect);
  return reading;
}

// By how much the difference lies beyond nothing, at its nearer end.
double distance(const RecheckReading& reading) {
  return reading.difference.low > 0 ? reading.difference.low : -reading.difference.high;
}

}  // namespace

// One row that stands out would make each of the others differ from a mean that it is in. So the row that stands out
// most is set aside and the rest are compared again, until none does. Of two that differ nobody can say which one it
// is: both.
std::vector<RecheckReading> read_rechecks(std::span<const RecheckRow> rows, const RecheckPolicy& policy) {
  const double rate_confidence = per_mille(policy.confidence_per_mille), effect = per_mille(policy.effect_per_mille);
  const double confidence = 1 - (1 - rate_confidence) / static_cast<double>(std::max<std::size_t>(rows.size(), 1));
  std::vector<RecheckReading> readings(rows.size());
  std::vector<std::size_t> beside;
  for (std::size_t i = 0; i < rows.size(); ++i) beside.push_back(i);
  while (!beside.empty()) {
    Share all;
    for (std::size_t i : beside) all.k += rows[i].rechecked.k, all.n += rows[i].rechecked.n;
    auto most = beside.end();
    for (auto i = beside.begin(); i != beside.end(); ++i) {
      readings[*i] = read_one(rows[*i], all, rate_confidence, confidence, effect);
      if (readings[*i].alarm && (most == beside.end() || distance(readings[*i]) > distance(readings[*most]))) most = i;
    }
    const auto papers =
        std::count_if(beside.begin(), beside.end(), [&](std::size_t i) { return rows[i].rechecked.n > 0; });
    if (most == beside.end() || papers <= 2) break;
    beside.erase(most);
  }
  return readings;
}

Bilingual recheck_sentence(RecheckBy by, const RecheckReading& r, const RecheckPolicy& policy) {
  const double effect = per_mille(policy.effect_per_mille), confidence = per_mille(policy.confidence_per_mille);
  const std::string method(kTestMethodNames[static_cast<std::size_t>(r.test.method)]);
  Bilingual text;
  text.en = fmt::format(
      "{} {}: {} of {} papers went to people ({}, {:.1f}% interval {} to {}); the others beside it: {} of {} ({}). "
      "Difference {} "
      "percentage points, interval {} to {}; p = {:.2g} ({}). ",
      by == RecheckBy::option ? "Option" : "Machine", r.name, r.own.k, r.own.n, percent(r.own.value()),
      confidence * 100, percent(r.rate.low), percent(r.rate.high), r.others.k, r.others.n, percent(r.others.value()),
      points(r.own.value() - r.others.value()), points(r.difference.low), points(r.difference.high), r.test.p, method);
  text.ko = fmt::format(
      "{} {}: {}매 중 {}매가 재확인 대상으로 분류되었습니다({}, {:.1f}% 구간 {}~{}). 나머지는 {}매 중 {}매({})입니다. "
      "차이 "
      "{}%p, 구간 {}~{}, p = {:.2g}({}). ",
      by == RecheckBy::option ? "후보" : "기계", r.name, r.own.n, r.own.k, percent(r.own.value()), confidence * 100,
      percent(r.rate.low), percent(r.rate.high), r.others.n, r.others.k, percent(r.others.value()),
      points(r.own.value() - r.others.value()), points(r.difference.low), points(r.difference.high), r.test.p, method);
  if (r.alarm) {
    text.en += fmt::format("All of the interval lies beyond {:.1f} points: have it looked at. This does not say why.",
                           effect * 100);
    text.ko += fmt::format("구간 전체가 기준 {:.1f}%p를 벗어나므로 확인이 필요합니다. 원인을 말하는 것은 아닙니다.",
                           effect * 100);
  } else {
    text.en += fmt::format("The interval does not lie wholly beyond {:.1f} points: no alarm.", effect * 100);
    text.ko += fmt::format("구간 전체가 기준 {:.1f}%p를 벗어나지는 않습니다. 경보 없음.", effect * 100);
  }
  return text;
}

}  // namespace scrutineer
