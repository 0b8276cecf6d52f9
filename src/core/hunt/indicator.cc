#include "core/hunt/indicator.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/limits.h"
#include "core/hunt/address.h"
#include "core/hunt/chars.h"
#include "core/hunt/name.h"
#include "core/hunt/normalise.h"
#include "core/hunt/url.h"

namespace scrutineer::hunt {
namespace {

constexpr std::array<std::string_view, kIndicatorKinds> kNames = {"string", "ipv4", "ipv6", "domain", "mail",
                                                                  "url",    "md5",  "sha1", "sha256", "sha512"};
constexpr std::size_t kLocalBytes = 64;  // RFC 5321 section 4.5.3.1.1
constexpr std::size_t kLastLabel = 2;    // no top-level domain has one letter

// Names of this form are files more often than domains: a list has to say which it means.
constexpr std::string_view kFileEndings[] = {
    "7z",  "app", "bat", "bin",  "cmd", "com",  "cpl", "dat",  "dll",  "doc",  "docm", "docx", "elf",  "exe",
    "gz",  "hta", "htm", "html", "hwp", "hwpx", "img", "iso",  "jar",  "js",   "jse",  "jpg",  "json", "lnk",
    "log", "msi", "pdf", "php",  "pl",  "png",  "ppt", "pptx", "ps1",  "py",   "rar",  "rtf",  "scr",  "sh",
    "so",  "sys", "tmp", "txt",  "vbe", "vbs",  "wsf", "xls",  "xlsm", "xlsx", "xml",  "zip"};

Result<IndicatorValue> make_string(std::string_view text) {
  if (text.size() < limits::kHuntStringMin)
    return fail(ErrorCode::limit_exceeded,
                fmt::format("a fixed string of less than {} bytes would be found everywhere", limits::kHuntStringMin));
  if (text.size() > limits::kHuntStringMax)
    return fail(ErrorCode::limit_exceeded, fmt::format("longer than {} bytes", limits::kHuntStringMax));
  if (text.find('\n') != text.npos) return fail(ErrorCode::unsupported, "a fixed string stands in one line");
  return IndicatorValue{IndicatorKind::string, std::string(text)};
}

struct Parts {
  std::string_view address;
  std::optional<int> prefix;
};

Result<Parts> split_prefix(std::string_view text, int most) {
  std::size_t slash = text.find('/');
  if (slash == text.npos) return Parts{text, std::nullopt};
  auto prefix = parse_decimal(text.substr(slash + 1));
  if (!prefix || *prefix > static_cast<std::uint64_t>(most) || *prefix == 0)
    return fail(ErrorCode::malformed, fmt::format("a network's prefix is a number from 1 to {}", most));
  return Parts{text.substr(0, slash), static_cast<int>(*prefix)};
}

std::string with_prefix(std::string text, std::optional<int> prefix, int most) {
  if (prefix && *prefix != most) text += fmt::format("/{}", *prefix);
  return text;
}

bool has_zero_in_front(std::string_view quad) {
  for (std::size_t i = 0; i + 1 < quad.size(); ++i)
    if (quad[i] == '0' && (i == 0 || quad[i - 1] == '.') && quad[i + 1] != '.') return true;
  return false;
}

Result<IndicatorValue> make_ipv4(std::string_view text) {
  SCRUTINEER_TRY(Parts parts, split_prefix(text, 32));
  auto address = parse_ipv4(parts.address);
  if (!address) return fail(ErrorCode::malformed, "this is no IPv4 address or network");
  if (has_zero_in_front(parts.address))
    return fail(ErrorCode::malformed, "a number with a zero in front may be octal or decimal: write it without");
  int prefix = parts.prefix.value_or(32);
  if (masked(*address, prefix) != *address)
    return fail(ErrorCode::malformed,
                fmt::format("this network has bits behind its prefix: {}/{} is meant, or one address",
                            to_text(masked(*address, prefix)), prefix));
  return IndicatorValue{IndicatorKind::ipv4, with_prefix(to_text(*address), parts.prefix, 32)};
}

Result<IndicatorValue> make_ipv6(std::string_view text) {
  SCRUTINEER_TRY(Parts parts, split_prefix(text, 128));
  if (parts.address.starts_with('[') && parts.address.ends_with(']') && parts.address.size() > 2)
    parts.address = parts.address.substr(1, parts.address.size() - 2);
  auto address = parse_ipv6(parts.address);
  if (!address) return fail(ErrorCode::malformed, "this is no IPv6 address or network");
  int prefix = parts.prefix.value_or(128);
  if (masked(*address, prefix) != *address)
    return fail(ErrorCode::malformed,
                fmt::format("this network has bits behind its prefix: {}/{} is meant, or one address",
                            to_text(masked(*address, prefix)), prefix));
  if (auto mapped = mapped_ipv4(*address); mapped && prefix == 128)
    return IndicatorValue{IndicatorKind::ipv4, to_text(*mapped)};
  return IndicatorValue{IndicatorKind::ipv6, with_prefix(to_text(*address), parts.prefix, 128)};
}

bool is_label(std::string_view label) {
  if (label.empty() || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) { return is(c, kAlnum) || c == '-' || c == '_'; });
}

// A name of at least two labels, the last of which is no number; in ASCII.
Result<std::string> make_name(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  if (text.starts_with("*."))
    return fail(ErrorCode::unsupported, "leave out \"*.\": names below a domain are looked for anyway");
  std::string name;
  if (!append_ascii_name(text, name) || name.size() > kNameBytes)
    return fail(ErrorCode::malformed, "this is no domain name");
  std::string_view rest = name, last;
  std::size_t labels = 0;
  for (bool more = true; more; ++labels) {
    std::size_t dot = rest.find('.');
    last = rest.substr(0, dot);
    if (!is_label(last)) return fail(ErrorCode::malformed, "this is no domain name");
    more = dot != rest.npos;
    if (more) rest.remove_prefix(dot + 1);
  }
  if (labels < 2) return fail(ErrorCode::unsupported, "a domain has a dot in it: this would be found everywhere");
  if (last.size() < kLastLabel || std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return fail(ErrorCode::malformed, "no domain ends like this");
  return name;
}

Result<IndicatorValue> make_domain(std::string_view text) {
  SCRUTINEER_TRY(std::string name, make_name(text));
  return IndicatorValue{IndicatorKind::domain, std::move(name)};
}

Result<IndicatorValue> make_mail(std::string_view text) {
  std::size_t at = text.rfind('@');
  if (at == text.npos || at == 0) return fail(ErrorCode::malformed, "a mail address has an @ between two parts");
  std::string_view local = text.substr(0, at);
  if (local.size() > kLocalBytes || local.front() == '.')
    return fail(ErrorCode::malformed, "this is no mail address before its @");
  if (!std::all_of(local.begin(), local.end(), [](char c) { return is(c, kAtext); }))
    return fail(ErrorCode::unsupported, "mail addresses are looked for in ASCII and without quotes before their @");
  SCRUTINEER_TRY(std::string name, make_name(text.substr(at + 1)));
  std::string value;
  for (char c : local) value += folded(c);
  return IndicatorValue{IndicatorKind::mail, value + "@" + name};
}

Result<IndicatorValue> make_url(std::string_view text) {
  std::size_t colon = text.find("://");
  UrlStart start;
  if (colon == text.npos || !read_url_start(text, colon, start) || start.begin != 0)
    return fail(ErrorCode::malformed, "a URL begins with a scheme of letters and digits, \"://\" and a host");
  std::string_view rest = text.substr(start.end);
  if (!rest.empty() && rest[0] != '/' && rest[0] != '?' && rest[0] != '#')
    return fail(ErrorCode::malformed, "this host is followed by what is neither port nor path");
  if (std::any_of(rest.begin(), rest.end(), [](char c) { return is(c, kUrlEnd); }))
    return fail(ErrorCode::malformed, "a URL has no spaces, quotes or brackets of this kind: write them as %20, ...");
  std::string value = start.authority + std::string(url_rest(rest));
  if (value.size() > limits::kHuntUrlBytes)
    return fail(ErrorCode::limit_exceeded, fmt::format("longer than {} bytes", limits::kHuntUrlBytes));
  return IndicatorValue{IndicatorKind::url, std::move(value)};
}

std::size_t digits_of(IndicatorKind kind) {
  if (kind == IndicatorKind::md5) return 32;
  if (kind == IndicatorKind::sha1) return 40;
  return kind == IndicatorKind::sha256 ? 64 : 128;
}

Result<IndicatorValue> make_hash_of(IndicatorKind kind, std::string_view text) {
  if (text.size() != digits_of(kind) || !std::all_of(text.begin(), text.end(), [](char c) { return is(c, kHex); }))
    return fail(ErrorCode::malformed, fmt::format("{} is {} hexadecimal digits", kind_name(kind), digits_of(kind)));
  IndicatorValue out{kind, {}};
  for (char c : text) out.value += folded(c);
  return out;
}

bool is_all_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is(c, kHex); });
}

bool looks_like_file(std::string_view name) {
  std::string_view ending = name.substr(name.rfind('.') + 1);
  return std::count(name.begin(), name.end(), '.') == 1 && ending != "com" &&
         std::find(std::begin(kFileEndings), std::end(kFileEndings), ending) != std::end(kFileEndings);
}

Result<IndicatorValue> make_normalised(IndicatorKind kind, std::string_view text) {
  switch (kind) {
    case IndicatorKind::string: break;
    case IndicatorKind::ipv4: return make_ipv4(text);
    case IndicatorKind::ipv6: return make_ipv6(text);
    case IndicatorKind::domain: return make_domain(text);
    case IndicatorKind::mail: return make_mail(text);
    case IndicatorKind::url: return make_url(text);
    default: return make_hash_of(kind, text);
  }
  return make_string(text);
}

}  // namespace

std::string_view kind_name(IndicatorKind kind) {
  return kNames[static_cast<std::size_t>(kind)];
}

std::string IndicatorValue::shown() const {
  return kind == IndicatorKind::url ? hunt::shown(value) : value;
}

Result<IndicatorValue> make_indicator(IndicatorKind kind, std::string_view text) {
  if (kind == IndicatorKind::string) return make_string(text);
  return make_normalised(kind, normalised(text));
}

Result<IndicatorValue> make_hash(std::string_view text) {
  for (auto kind : {IndicatorKind::md5, IndicatorKind::sha1, IndicatorKind::sha256, IndicatorKind::sha512})
    if (text.size() == digits_of(kind)) return make_hash_of(kind, text);
  return fail(ErrorCode::malformed, "a hash is 32, 40, 64 or 128 hexadecimal digits (MD5, SHA-1, SHA-256, SHA-512)");
}

Result<IndicatorValue> guess_indicator(std::string_view raw) {
  const std::string text = normalised(raw);
  if (text.find("://") != text.npos) return make_url(text);
  std::string_view address = std::string_view(text).substr(0, text.find('/'));
  if (parse_ipv4(address)) return make_ipv4(text);
  if (address.find(':') != address.npos) {
    if (auto ipv6 = make_ipv6(text)) return ipv6;
    return fail(ErrorCode::unsupported,
                "cannot tell what this is: say which (domain:, url:, mail:, ipv6:, string:, ...)");
  }
  if (is_all_hex(text) && (text.size() == 32 || text.size() == 40 || text.size() == 64 || text.size() == 128))
    return make_hash(text);
  if (text.find('@') != text.npos) {
    if (auto mail = make_mail(text)) return mail;
  } else if (auto domain = make_domain(text)) {
    if (!looks_like_file(domain->value)) return domain;
    return fail(ErrorCode::unsupported, "this may be a domain or a file's name: say domain: or string: before it");
  }
  return fail(ErrorCode::unsupported, "cannot tell what this is: say which (domain:, url:, mail:, string:, ...)");
}

Status IndicatorSet::add(IndicatorValue value, IndicatorOrigin origin) {
  std::string key = value.value + static_cast<char>(value.kind);
  auto [at, fresh] = index_.try_emplace(std::move(key), static_cast<std::uint32_t>(all_.size()));
  if (fresh) {
    if (all_.size() == limits::kHuntIndicators) {
      index_.erase(at);
      return fail(ErrorCode::limit_exceeded, fmt::format("more than {} indicators", limits::kHuntIndicators));
    }
    all_.push_back({std::move(value), {}});
  }
  all_[at->second].origins.push_back(std::move(origin));
  return {};
}

void IndicatorSet::sort() {
  std::sort(all_.begin(), all_.end(), [](const Indicator& a, const Indicator& b) {
    return static_cast<const IndicatorValue&>(a) < static_cast<const IndicatorValue&>(b);
  });
  for (std::uint32_t i = 0; i < all_.size(); ++i) index_[all_[i].value + static_cast<char>(all_[i].kind)] = i;
}

std::size_t IndicatorSet::count(IndicatorKind kind) const {
  return static_cast<std::size_t>(
      std::count_if(all_.begin(), all_.end(), [&](const Indicator& i) { return i.kind == kind; }));
}

Network network_of(const IndicatorValue& value) {
  std::string_view text = value.value;
  std::size_t slash = text.find('/');
  if (slash == text.npos) return {text, value.kind == IndicatorKind::ipv4 ? 32 : 128};
  return {text.substr(0, slash), static_cast<int>(*parse_decimal(text.substr(slash + 1)))};
}

}  // namespace scrutineer::hunt
