// Values from published tables and from sums in exact integers; intervals that cover, counted over small worlds.
#include "core/stats/stats.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace scrutineer;

namespace {

double choose(int n, int k) {
  double value = 1;
  for (int i = 1; i <= k; ++i) value = value * (n - k + i) / i;
  return value;
}

bool near(double a, double b, double by) {
  return std::abs(a - b) <= by;
}

}  // namespace

TEST_CASE("stats: the binomial distribution is its sum, in every small world") {
  for (int n = 1; n <= 30; ++n)
    for (double p : {0.01, 0.3, 0.5, 0.97}) {
      double sum = 0;
      for (int k = 0; k <= n; ++k) {
        sum += choose(n, k) * std::pow(p, k) * std::pow(1 - p, n - k);
        CHECK(near(binomial_below(k, n, p), sum, 1e-12));
      }
    }
}

TEST_CASE("stats: the hypergeometric distribution is its sum, in every small world") {
  for (int all = 1; all <= 14; ++all)
    for (int marked = 0; marked <= all; ++marked)
      for (int sample = 0; sample <= all; ++sample) {
        double sum = 0;
        for (int k = 0; k <= sample; ++k) {
          if (k <= marked && sample - k <= all - marked)
            sum += choose(marked, k) * choose(all - marked, sample - k) / choose(all, sample);
          CHECK(near(hypergeometric_below(k, all, marked, sample), sum, 1e-9));
        }
      }
}

TEST_CASE("stats: intervals as published") {
  struct Case {
    Share share;
    double low, high;
  };
  // Newcombe, Statistics in Medicine 17 (1998) 857, table I: 81/263, 15/148, 0/20, 1/29; 95%.
  const Case exact[] = {
      {{81, 263}, 0.2527, 0.3676}, {{15, 148}, 0.0578, 0.1617}, {{0, 20}, 0, 0.1684}, {{1, 29}, 0.0009, 0.1776}};
  for (const Case& c : exact) {
    const Interval interval = clopper_pearson(c.share, 0.95);
    CHECK(near(interval.low, c.low, 6e-5));
    CHECK(near(interval.high, c.high, 6e-5));
  }
  const Case score[] = {
      {{81, 263}, 0.2553, 0.3662}, {{15, 148}, 0.0624, 0.1605}, {{0, 20}, 0, 0.1611}, {{1, 29}, 0.0061, 0.1718}};
  for (const Case& c : score) {
    const Interval interval = wilson(c.share, 0.95);
    CHECK(near(interval.low, c.low, 6e-5));
    CHECK(near(interval.high, c.high, 6e-5));
  }
  // The same author, 17 (1998) 873, table II, method 10: 56/70 - 48/80, 9/10 - 3/10, 10/10 - 0/10.
  const Interval difference = difference_interval({56, 70}, {48, 80}, 0.95);
  CHECK(near(difference.low, 0.0524, 6e-5));
  CHECK(near(difference.high, 0.3339, 6e-5));
  CHECK(near(difference_interval({9, 10}, {3, 10}, 0.95).low, 0.1705, 6e-5));
  CHECK(near(difference_interval({10, 10}, {0, 10}, 0.95).low, 0.6075, 6e-5));
  CHECK(near(normal_quantile(0.95), 1.959963985, 1e-8));
  CHECK(clopper_pearson({0, 0}, 0.95).high == 1);
}

TEST_CASE("stats: an exact interval covers at least as often as it says, whatever the truth") {
  for (int n : {1, 5, 20, 60}) {
    std::vector<Interval> of;
    for (int k = 0; k <= n; ++k) of.push_back(clopper_pearson({k, n}, 0.9));
    for (double p = 0.005; p < 1; p += 0.005) {
      double covered = 0;
      for (int k = 0; k <= n; ++k)
        if (of[static_cast<std::size_t>(k)].low <= p && p <= of[static_cast<std::size_t>(k)].high)
          covered += choose(n, k) * std::pow(p, k) * std::pow(1 - p, n - k);
      CHECK(covered >= 0.9 - 1e-9);
    }
  }
  for (int all : {10, 25})
    for (int sample = 1; sample <= all; sample += 4)
      for (int marked = 0; marked <= all; ++marked) {
        double covered = 0;
        for (int k = 0; k <= sample && k <= marked; ++k) {
          if (sample - k > all - marked) continue;
          const CountInterval interval = hypergeometric_interval({k, sample}, all, 0.9);
          CHECK(interval.low <= interval.high);
          if (interval.low <= marked && marked <= interval.high)
            covered += choose(marked, k) * choose(all - marked, sample - k) / choose(all, sample);
        }
        CHECK(covered >= 0.9 - 1e-9);
      }
}

TEST_CASE("stats: a whole country's numbers") {
  // 44 million papers, 1.1 million of them: close to the normal interval, and to itself by another way.
  const Share share{1'100'000, 44'000'000};
  const Interval exact = clopper_pearson(share, 0.99), score = wilson(share, 0.99);
  CHECK(near(exact.low, score.low, 1e-7));
  CHECK(near(exact.high, score.high, 1e-7));
  CHECK(exact.low < 0.025);
  CHECK(exact.high > 0.025);
}

TEST_CASE("stats: two shares") {
  // Fisher's tea: 3 of 4 against 1 of 4; Agresti, Categorical Data Analysis, table 3.8: two-sided p = 0.486.
  CHECK(near(two_proportions({3, 4}, {1, 4}).p, 0.4857142857, 1e-9));
  CHECK(near(two_proportions({4, 4}, {0, 4}).p, 2.0 / 70, 1e-9));
  CHECK(near(two_proportions({5, 10}, {5, 10}).p, 1, 1e-9));
  CHECK(two_proportions({0, 10}, {0, 10}).p == doctest::Approx(1));
  CHECK(two_proportions({0, 0}, {5, 10}).p == 1);
  CHECK(two_proportions({3, 4}, {1, 4}).method == TestMethod::fisher_exact);
  // Where both can be had they agree about what is large.
  const TestResult large = two_proportions({3'000, 150'000}, {3'300, 150'000});
  CHECK(large.method == TestMethod::pooled_normal);
  CHECK(near(large.p, 1.30e-4, 0.1e-4));
  const TestResult exact = two_proportions({1'980, 99'000}, {2'178, 99'000});
  CHECK(exact.method == TestMethod::fisher_exact);
  CHECK(near(std::log10(exact.p), std::log10(1.93e-3), 0.05));
}
