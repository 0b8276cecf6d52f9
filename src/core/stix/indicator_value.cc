// What a value of each kind looks like. Written here and not guessed: what is not one of these is refused, so that
// nobody searches for half an address.
#include <algorithm>
#include <array>

#include "core/stix/attack_report.h"

namespace scrutineer {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHexDigits = "0123456789abcdefABCDEF";

// RFC 6943 section 3.1.1, strict form.
bool is_ipv4(std::string_view text) {
  for (int part = 0; part < 4; ++part) {
    const std::size_t end = std::min(text.find('.'), text.size());
    const auto number = parse_decimal(text.substr(0, end));
    if (!number || *number > 255 || (part < 3) != (end < text.size())) return false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

// Groups of RFC 4291 section 2.2 without "::", an IPv4 address at the end counting as two; nullopt: not that.
std::optional<int> ipv6_groups(std::string_view text, bool may_end_in_ipv4) {
  int groups = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(':'), text.size());
    const std::string_view group = text.substr(0, end);
    const bool last = end == text.size();
    if (last && may_end_in_ipv4 && group.find('.') != group.npos)
      return is_ipv4(group) ? std::optional(groups + 2) : std::nullopt;
    if (group.empty() || group.size() > 4 || group.find_first_not_of(kHexDigits) != group.npos) return std::nullopt;
    ++groups;
    if (last) break;
    text.remove_prefix(end + 1);
    if (text.empty()) return std::nullopt;  // a colon at the end
  }
  return groups;
}

bool is_ipv6(std::string_view text) {
  const std::size_t gap = text.find("::");
  if (gap == text.npos) return text.find(':') != text.npos && ipv6_groups(text, true) == 8;
  const auto before = ipv6_groups(text.substr(0, gap), false), after = ipv6_groups(text.substr(gap + 2), true);
  return before && after && *before + *after < 8;
}

// An address, or a network in CIDR form.
bool with_prefix(std::string_view text, std::uint64_t bits, bool (*is_address)(std::string_view)) {
  const std::size_t slash = text.find('/');
  if (!is_address(text.substr(0, slash))) return false;
  if (slash == text.npos) return true;
  const auto length = parse_decimal(text.substr(slash + 1));
  return length && *length <= bits;
}

bool is_control_or_space(char c) {
  return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
}

// RFC 1035 section 2.3.1 and RFC 5890, with the underscore that real names have; at least two labels.
bool is_domain(std::string_view text) {
  if (text.size() > 253 || !is_utf8(text)) return false;
  int labels = 0;
  std::string_view label;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('.'), text.size());
    label = text.substr(0, end);
    const bool good = !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
                      std::all_of(label.begin(), label.end(), [](char c) {
                        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                               c == '_' || static_cast<unsigned char>(c) >= 0x80;
                      });
    if (!good) return false;
    ++labels;
    if (end + 1 == text.size()) return false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return labels >= 2 && label.find_first_not_of(kDigits) != label.npos;
}

// RFC 5321 section 4.1.2 without quoted local parts.
bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == text.npos || at == 0 || at > 64 || text.size() > 254 || !is_utf8(text)) return false;
  const std::string_view local = text.substr(0, at);
  if (std::any_of(local.begin(), local.end(), is_control_or_space) ||
      local.find_first_of("\"(),:;<>[]\\") != local.npos)
    return false;
  return is_domain(text.substr(at + 1));
}

// RFC 3986, loosely: a scheme, an authority, no space.
bool is_url(std::string_view text) {
  const std::size_t colon = text.find("://");
  if (colon == text.npos || colon == 0 || colon + 3 >= text.size() || text.size() > 8'192 || !is_utf8(text))
    return false;
  const std::string_view scheme = text.substr(0, colon);
  if (scheme.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-") != scheme.npos)
    return false;
  // Defanged forms are for people; what is searched for is the real address.
  if (scheme.starts_with("hxxp") || scheme.starts_with("HXXP") || text.find("[.]") != text.npos) return false;
  return std::none_of(text.begin(), text.end(), is_control_or_space);
}

bool is_hex_of(std::string_view text, std::size_t size) {
  return text.size() == size && text.find_first_not_of(kHexDigits) == text.npos;
}

template <class Kind, std::size_t n>
std::optional<Kind> kind_of(const std::array<std::string_view, n>& codes, std::string_view code) {
  const auto found = std::find(codes.begin(), codes.end(), code);
  return found == codes.end() ? std::nullopt : std::optional(static_cast<Kind>(found - codes.begin()));
}

constexpr std::array<std::string_view, 4> kAttackKinds{"phishing", "malware-infection", "mailbox-intrusion", "other"};
constexpr std::array<std::string_view, 9> kIndicatorKinds{"ipv4",     "ipv6",      "domain",      "url",        "email",
                                                          "file-md5", "file-sha1", "file-sha256", "file-sha512"};
constexpr std::array<std::string_view, 5> kAffectedKinds{"account", "email", "address", "host", "organisation"};

}  // namespace

std::string_view attack_kind_code(AttackKind kind) {
  return kAttackKinds[static_cast<std::size_t>(kind)];
}
std::optional<AttackKind> attack_kind_of(std::string_view code) {
  return kind_of<AttackKind>(kAttackKinds, code);
}
std::string_view indicator_kind_code(IndicatorKind kind) {
  return kIndicatorKinds[static_cast<std::size_t>(kind)];
}
std::optional<IndicatorKind> indicator_kind_of(std::string_view code) {
  return kind_of<IndicatorKind>(kIndicatorKinds, code);
}
std::string_view affected_kind_code(AffectedKind kind) {
  return kAffectedKinds[static_cast<std::size_t>(kind)];
}
std::optional<AffectedKind> affected_kind_of(std::string_view code) {
  return kind_of<AffectedKind>(kAffectedKinds, code);
}

bool is_indicator(IndicatorKind kind, std::string_view value) {
  switch (kind) {
    case IndicatorKind::ipv4: return with_prefix(value, 32, is_ipv4);
    case IndicatorKind::ipv6: return with_prefix(value, 128, is_ipv6);
    case IndicatorKind::domain: return is_domain(value);
    case IndicatorKind::url: return is_url(value);
    case IndicatorKind::email: return is_email(value);
    case IndicatorKind::file_md5: return is_hex_of(value, 32);
    case IndicatorKind::file_sha1: return is_hex_of(value, 40);
    case IndicatorKind::file_sha256: return is_hex_of(value, 64);
    case IndicatorKind::file_sha512: return is_hex_of(value, 128);
  }
  return false;
}

std::optional<IndicatorKind> address_kind(std::string_view value) {
  if (is_ipv4(value)) return IndicatorKind::ipv4;
  if (is_ipv6(value)) return IndicatorKind::ipv6;
  if (is_email(value)) return IndicatorKind::email;
  if (is_domain(value)) return IndicatorKind::domain;
  return std::nullopt;
}

}  // namespace scrutineer
