#include "core/stats/stats.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"

namespace scrutineer {
namespace {

constexpr int kHalvings = 200;  // of an interval of doubles: more than they can tell apart

double log_choose(std::int64_t n, std::int64_t k) {
  const auto x = static_cast<double>(n), y = static_cast<double>(k);
  return std::lgamma(x + 1) - std::lgamma(y + 1) - std::lgamma(x - y + 1);
}

// DLMF 8.17.22 by Lentz's method (DLMF 3.10(iii)); converges fast for x < (a + 1) / (a + b + 2).
double beta_fraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300, kClose = 1e-16;
  double c = 1, d = 1 - (a + b) * x / (a + 1);
  d = 1 / (std::abs(d) < kTiny ? kTiny : d);
  double value = d;
  for (int m = 1; m <= 100'000; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    double step = 1;
    for (double term : {even, odd}) {
      d = 1 + term * d;
      c = 1 + term / c;
      d = 1 / (std::abs(d) < kTiny ? kTiny : d);
      if (std::abs(c) < kTiny) c = kTiny;
      step = c * d;
      value *= step;
    }
    if (std::abs(step - 1) < kClose) break;
  }
  return value;
}

// The x in [0, 1] at which a falling function passes `target`.
template <class Falling>
double where_falls_to(double target, Falling f) {
  double low = 0, high = 1;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    (f(middle) > target ? low : high) = middle;
  }
  return (low + high) / 2;
}

double log_hypergeometric(std::int64_t k, std::int64_t all, std::int64_t marked, std::int64_t sample) {
  return log_choose(marked, k) + log_choose(all - marked, sample - k) - log_choose(all, sample);
}

}  // namespace

double incomplete_beta(double a, double b, double x) {
  check(a > 0 && b > 0, "parameters of the beta function");
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front =
      std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return std::clamp(front * beta_fraction(a, b, x) / a, 0.0, 1.0);
  return std::clamp(1 - front * beta_fraction(b, a, 1 - x) / b, 0.0, 1.0);
}

double binomial_below(std::int64_t k, std::int64_t n, double p) {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return incomplete_beta(static_cast<double>(n - k), static_cast<double>(k) + 1, 1 - p);
}

double hypergeometric_below(std::int64_t k, std::int64_t all, std::int64_t marked, std::int64_t sample) {
  const std::int64_t least = std::max<std::int64_t>(0, sample - (all - marked)), most = std::min(marked, sample);
  if (k < least) return 0;
  if (k >= most) return 1;
  // From the term at k downwards, each from the one before: terms only shrink once below the mode, and the shorter tail
  // is summed.
  const auto mode = static_cast<std::int64_t>(static_cast<double>(sample + 1) * static_cast<double>(marked + 1) /
                                              static_cast<double>(all + 2));
  auto tail = [&](std::int64_t from, std::int64_t to, std::int64_t step) {
    double term = std::exp(log_hypergeometric(from, all, marked, sample)), sum = 0;
    for (std::int64_t i = from; step > 0 ? i <= to : i >= to; i += step) {
      sum += term;
      const auto x = static_cast<double>(i), m = static_cast<double>(marked), s = static_cast<double>(sample),
                 rest = static_cast<double>(all - marked - sample);
      term *= step > 0 ? (m - x) * (s - x) / ((x + 1) * (rest + x + 1)) : x * (rest + x) / ((m - x + 1) * (s - x + 1));
      if (term < sum * 1e-18) break;
    }
    return std::min(sum, 1.0);
  };
  return k < mode ? tail(k, least, -1) : 1 - tail(k + 1, most, 1);
}

double normal_quantile(double confidence) {
  check(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1");
  double low = 0, high = 40;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    (std::erfc(middle / std::sqrt(2.0)) > 1 - confidence ? low : high) = middle;
  }
  return (low + high) / 2;
}

Interval clopper_pearson(Share share, double confidence) {
  if (share.n == 0) return {};
  const double tail = (1 - confidence) / 2;
  Interval interval;
  // P(X >= k) = tail at the low end, P(X <= k) = tail at the high end.
  interval.low =
      share.k == 0 ? 0 : where_falls_to(1 - tail, [&](double p) { return binomial_below(share.k - 1, share.n, p); });
  interval.high =
      share.k == share.n ? 1 : where_falls_to(tail, [&](double p) { return binomial_below(share.k, share.n, p); });
  return interval;
}

Interval wilson(Share share, double confidence) {
  if (share.n == 0) return {};
  const double z = normal_quantile(confidence), n = static_cast<double>(share.n), p = share.value();
  const double middle = p + z * z / (2 * n), reach = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  // At the ends the formula gives 0 and 1 exactly; rounding must not leave [0, 1].
  return {share.k == 0 ? 0 : std::max(0.0, (middle - reach) / scale),
          share.k == share.n ? 1 : std::min(1.0, (middle + reach) / scale)};
}

CountInterval hypergeometric_interval(Share share, std::int64_t all, double confidence) {
  check(share.n <= all, "a sample is part of what it is drawn from");
  const double tail = (1 - confidence) / 2;
  const std::int64_t least = share.k, most = all - (share.n - share.k);
  // The more are marked, the likelier many are in the sample: both ends by halving.
  auto first = [&](std::int64_t low, std::int64_t high, auto holds) {
    while (low < high) {
      const std::int64_t middle = low + (high - low) / 2;
      if (holds(middle))
        high = middle;
      else
        low = middle + 1;
    }
    return low;
  };
  CountInterval interval;
  interval.low =
      first(least, most, [&](std::int64_t m) { return 1 - hypergeometric_below(share.k - 1, all, m, share.n) > tail; });
  interval.high =
      first(interval.low, most + 1,
            [&](std::int64_t m) { return m > most || hypergeometric_below(share.k, all, m, share.n) <= tail; }) -
      1;
  return interval;
}

Interval difference_interval(Share a, Share b, double confidence) {
  if (a.n == 0 || b.n == 0) return {-1, 1};
  const Interval of_a = wilson(a, confidence), of_b = wilson(b, confidence);
  const double p = a.value(), q = b.value();
  return {p - q - std::hypot(p - of_a.low, of_b.high - q), p - q + std::hypot(of_a.high - p, q - of_b.low)};
}

namespace {

double fisher(Share a, Share b) {
  const std::int64_t all = a.n + b.n, marked = a.k + b.k, sample = a.n;
  const std::int64_t least = std::max<std::int64_t>(0, sample - (all - marked)), most = std::min(marked, sample);
  const double observed = log_hypergeometric(a.k, all, marked, sample);
  double p = 0;
  // 1e-7: tables that are equally likely in theory differ in the last bits of a double.
  for (std::int64_t k = least; k <= most; ++k)
    if (const double log_p = log_hypergeometric(k, all, marked, sample); log_p <= observed + 1e-7) p += std::exp(log_p);
  return std::min(p, 1.0);
}

double pooled_normal(Share a, Share b) {
  const double p = static_cast<double>(a.k + b.k) / static_cast<double>(a.n + b.n);
  const double variance = p * (1 - p) * (1 / static_cast<double>(a.n) + 1 / static_cast<double>(b.n));
  if (variance <= 0) return 1;
  return std::erfc(std::abs(a.value() - b.value()) / std::sqrt(2 * variance));
}

}  // namespace

TestResult two_proportions(Share a, Share b) {
  if (a.n == 0 || b.n == 0) return {};
  if (a.n + b.n <= kFisherPapers) return {fisher(a, b), TestMethod::fisher_exact};
  return {pooled_normal(a, b), TestMethod::pooled_normal};
}

}  // namespace scrutineer
