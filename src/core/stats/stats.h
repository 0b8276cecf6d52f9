// Intervals and tests for shares of papers. Exact distributions wherever they can be computed; where a normal
// approximation stands in, its name says so. Floating point: these are measures of doubt, never a count or a result.
#pragma once

#include <cstdint>
#include <string_view>

namespace scrutineer {

struct Interval {
  double low = 0, high = 1;
};

// Of n papers k have something. 0 <= k <= n; n = 0 gives [0, 1].
struct Share {
  std::int64_t k = 0, n = 0;
  double value() const { return n == 0 ? 0 : static_cast<double>(k) / static_cast<double>(n); }
};

// I_x(a, b), the regularised incomplete beta function, a, b > 0. NIST DLMF 8.17.22 (continued fraction), 8.17.4
// (symmetry).
double incomplete_beta(double a, double b, double x);

// Exact: P(X <= k) for X binomial(n, p). DLMF 8.17.5.
double binomial_below(std::int64_t k, std::int64_t n, double p);
// Exact: P(X <= k) for X hypergeometric: `sample` papers without replacement out of `all`, of which `marked` have it.
double hypergeometric_below(std::int64_t k, std::int64_t all, std::int64_t marked, std::int64_t sample);

// Covers the true share with at least `confidence` whatever it is. C. J. Clopper, E. S. Pearson, Biometrika 26 (1934)
// 404.
Interval clopper_pearson(Share share, double confidence);
// The score interval: close to `confidence` on average, and narrower. E. B. Wilson, JASA 22 (1927) 209.
Interval wilson(Share share, double confidence);
// How many of `all` papers have it, when `share.k` of a random sample of `share.n` do: every number that the exact
// hypergeometric test at that level does not reject, both tails alike.
struct CountInterval {
  std::int64_t low = 0, high = 0;
};
CountInterval hypergeometric_interval(Share share, std::int64_t all, double confidence);

// a minus b. R. G. Newcombe, Statistics in Medicine 17 (1998) 873, method 10: from the two score intervals.
Interval difference_interval(Share a, Share b, double confidence);

enum class TestMethod : std::uint8_t {
  fisher_exact,   // R. A. Fisher: two-sided, all tables of these sums that are no more likely than this one
  pooled_normal,  // the score test with a pooled share: above kFisherPapers papers
};
inline constexpr std::string_view kTestMethodNames[] = {"Fisher exact, two-sided", "pooled normal (score), two-sided"};
inline constexpr std::int64_t kFisherPapers = 200'000;
struct TestResult {
  double p = 1;
  TestMethod method = TestMethod::fisher_exact;
};
// Whether two shares differ. p = 1 where either has no papers.
TestResult two_proportions(Share a, Share b);

// The z with P(|Z| <= z) = confidence for a standard normal Z. 0 < confidence < 1.
double normal_quantile(double confidence);

}  // namespace scrutineer
