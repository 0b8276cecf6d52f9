#include "core/stix/stix_time.h"

#include <algorithm>

#include "core/record/body.h"

namespace scrutineer {
namespace {

constexpr std::size_t kSeconds = 19;  // "2021-04-19T17:44:00"

// The digits behind the second, without zeros at the end.
std::string_view fraction(std::string_view text) {
  if (text.size() <= kSeconds || text[kSeconds] != '.') return {};
  std::string_view digits = text.substr(kSeconds + 1);
  digits = digits.substr(0, std::min(digits.find_first_not_of("0123456789"), digits.size()));
  return digits.substr(0, digits.find_last_not_of('0') + 1);
}

}  // namespace

bool is_stix_time(std::string_view text) {
  if (text.size() <= kSeconds || text.size() > 64 || text.back() != 'Z' || text[10] != 'T') return false;
  if (!is_rfc3339(std::string(text.substr(0, kSeconds)) + "Z")) return false;
  const std::string_view rest = text.substr(kSeconds);
  return rest == "Z" ||
         (rest.size() > 2 && rest[0] == '.' && rest.find_first_not_of("0123456789", 1) == rest.size() - 1);
}

bool is_stix_millisecond_time(std::string_view text) {
  return is_stix_time(text) && text.size() >= kSeconds + 5;
}

bool stix_time_before(std::string_view a, std::string_view b) {
  const int seconds = a.substr(0, kSeconds).compare(b.substr(0, kSeconds));
  return seconds != 0 ? seconds < 0 : fraction(a) < fraction(b);
}

std::string stix_time(UnixSeconds time) {
  std::string text = to_rfc3339(time);
  return text.insert(kSeconds, ".000");
}

std::string stix_time_of(std::string_view rfc3339) {
  // Digits behind the second are no business of the reader of RFC 3339 that records use: they are put back afterwards.
  std::string whole(rfc3339);
  std::string digits(fraction(rfc3339));
  if (whole.size() > kSeconds && whole[kSeconds] == '.') {
    const std::size_t end = std::min(whole.find_first_not_of("0123456789", kSeconds + 1), whole.size());
    if (end == kSeconds + 1 || whole.size() > 64) return {};
    whole.erase(kSeconds, end - kSeconds);
  }
  const auto seconds = seconds_of_rfc3339(whole);
  if (!seconds) return {};
  digits.append(digits.size() < 3 ? 3 - digits.size() : 0, '0');
  return to_rfc3339({*seconds}).insert(kSeconds, "." + digits);
}

}  // namespace scrutineer
