#include "core/hunt/matcher.h"

#include <algorithm>

#include "core/hunt/chars.h"
#include "core/hunt/line_search.h"

namespace scrutineer::hunt {
namespace {

// Folds letters, and maps nothing else that stands in names onto each other but '_' and 0x7f, which is in none.
constexpr std::uint64_t kFold8 = 0x2020202020202020;
constexpr std::uint32_t kFold4 = 0x20202020;
constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15;

std::uint64_t ending8(const char* end, std::uint64_t seed) {
  return mix((load8(end - 8) | kFold8) ^ seed, kOdd);
}
std::uint64_t ending4(const char* end, std::uint64_t seed) {
  return mix((load4(end - 4) | kFold4) ^ seed, kOdd);
}

}  // namespace

void Matcher::Endings::reset(std::size_t expected) {
  long_ones.reset(expected);
  short_ones.reset(expected);
}

void Matcher::Endings::add(std::string_view text, std::uint64_t seed) {
  const char* end = text.data() + text.size();
  any = true;
  if (text.size() >= 8) return long_ones.add(ending8(end, seed));
  any_short = true;
  short_ones.add(ending4(end, seed));  // no name is shorter than "a.bc"
}

bool Matcher::Endings::may_end(std::string_view text, std::size_t end, std::uint64_t seed) const {
  const char* p = text.data() + end;
  if (end >= 8 && long_ones.may_hold(ending8(p, seed))) return true;
  return any_short && end >= 4 && short_ones.may_hold(ending4(p, seed));
}

std::uint64_t Matcher::key(IndicatorKind kind, std::string_view text) const {
  return hash_of(text, seed_ + static_cast<std::uint64_t>(kind) * kOdd);
}

Matcher::Matcher(const IndicatorSet& set, std::uint64_t seed) : set_(set), seed_(seed) {
  const std::size_t urls = set.count(IndicatorKind::url);
  const std::size_t domains = set.count(IndicatorKind::domain), mails = set.count(IndicatorKind::mail);
  texts_.reset(set.size());
  domains_.reset(domains);
  mails_.reset(mails);
  authorities_.reset(urls);
  urls_.reset(urls);
  std::vector<std::pair<std::uint32_t, std::string>> strings;
  for (std::uint32_t i = 0; i < set.size(); ++i) {
    if (set[i].kind == IndicatorKind::string)
      strings.emplace_back(i, set[i].value);
    else
      add(set[i], i);
  }
  ipv4_.build(seed_);
  ipv6_.build(seed_);
  strings_.build(strings, seed_);
}

void Matcher::add(const Indicator& indicator, std::uint32_t number) {
  switch (indicator.kind) {
    case IndicatorKind::string: return;
    case IndicatorKind::ipv4: {
      Network network = network_of(indicator);
      return ipv4_.add(*parse_ipv4(network.address), network.prefix, number);
    }
    case IndicatorKind::ipv6: {
      Network network = network_of(indicator);
      return ipv6_.add(*parse_ipv6(network.address), network.prefix, number);
    }
    case IndicatorKind::url: {
      UrlStart start;
      read_url_start(indicator.value, indicator.value.find("://"), start);
      has_urls_ = true;
      authorities_.add(hash_of(start.authority, seed_));
      return urls_.add(LineSearch::url_hash(start.authority, indicator.value.substr(start.end), seed_), number);
    }
    case IndicatorKind::domain: domains_.add(indicator.value, seed_); break;
    case IndicatorKind::mail: mails_.add(indicator.value, seed_); break;
    default: has_hashes_ = true;
  }
  texts_.add(key(indicator.kind, indicator.value), number);
}

const std::vector<Hit>& Matcher::search(std::string_view line, Scratch& scratch) const {
  auto& hits = scratch.hits;
  hits.clear();
  if (mark(line, false, scratch.marks)) {
    LineSearch(*this, line, nullptr, scratch).run();
  } else {
    normalise(line, scratch.normalised, scratch.other);
    mark(scratch.normalised.text, true, scratch.marks);
    LineSearch(*this, scratch.normalised.text, scratch.normalised.from.data(), scratch).run();
  }
  if (!strings_.empty())
    strings_.find(line, [&](std::uint32_t number, std::size_t offset) {
      hits.push_back({static_cast<std::uint32_t>(offset), number});
    });
  if (hits.size() > 1) {
    std::sort(hits.begin(), hits.end());
    hits.erase(std::unique(hits.begin(), hits.end()), hits.end());
  }
  return hits;
}

}  // namespace scrutineer::hunt
