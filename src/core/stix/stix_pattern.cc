#include "core/stix/stix_pattern.h"

#include <optional>

#include "core/stix/limits.h"

namespace scrutineer {
namespace {

struct Row {
  IndicatorKind kind;
  std::string_view path;  // as it is written; others that mean the same are read
};
constexpr Row kPaths[] = {
    {IndicatorKind::ipv4, "ipv4-addr:value"},
    {IndicatorKind::ipv6, "ipv6-addr:value"},
    {IndicatorKind::domain, "domain-name:value"},
    {IndicatorKind::url, "url:value"},
    {IndicatorKind::email, "email-addr:value"},
    {IndicatorKind::file_md5, "file:hashes.MD5"},
    {IndicatorKind::file_sha1, "file:hashes.'SHA-1'"},
    {IndicatorKind::file_sha256, "file:hashes.'SHA-256'"},
    {IndicatorKind::file_sha512, "file:hashes.'SHA-512'"},
};
// Ends of connections and senders of mail: the kind follows from the value.
constexpr std::string_view kEnds[] = {"network-traffic:src_ref.value", "network-traffic:dst_ref.value",
                                      "email-message:from_ref.value", "email-message:sender_ref.value"};

// Section 9.6: backslash and quote are escaped in a string.
std::string quoted(std::string_view value) {
  std::string out = "'";
  for (char c : value) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

bool word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

enum class TokenKind : std::uint8_t { end, open, close, equals, text, path, word, other };
struct Token {
  TokenKind kind = TokenKind::end;
  std::string text;  // of a path: without quotes around its keys
};

class Tokens {
 public:
  explicit Tokens(std::string_view pattern) : rest_(pattern) {}

  Token next() {
    while (!rest_.empty() && std::string_view(" \t\r\n").find(rest_.front()) != std::string_view::npos)
      rest_.remove_prefix(1);
    if (rest_.empty()) return {};
    const char c = rest_.front();
    if (c == '\'') return {TokenKind::text, take_text()};
    if (c == '[' || c == '(') return take_one(TokenKind::open);
    if (c == ']' || c == ')') return take_one(TokenKind::close);
    if (c == '=') {
      Token token = take_one(TokenKind::equals);
      if (rest_.starts_with('=')) rest_.remove_prefix(1);
      return token;
    }
    return word_char(c) ? take_word() : take_one(TokenKind::other);
  }

 private:
  Token take_one(TokenKind kind) {
    rest_.remove_prefix(1);
    return {kind, {}};
  }
  std::string take_text() {
    std::string out;
    std::size_t i = 1;
    for (; i < rest_.size() && rest_[i] != '\''; ++i) {
      if (rest_[i] == '\\' && i + 1 < rest_.size()) ++i;
      out += rest_[i];
    }
    rest_.remove_prefix(std::min(i + 1, rest_.size()));
    return out;
  }
  // A keyword, or an object path: "file:hashes.'SHA-256'", "x:list[*].value".
  Token take_word() {
    Token token{TokenKind::word, {}};
    while (!rest_.empty()) {
      const char c = rest_.front();
      if (c == ':') token.kind = TokenKind::path;
      const bool inside = token.kind == TokenKind::path;
      if (inside && c == '\'' && (token.text.ends_with('.') || token.text.ends_with(':'))) {
        token.text += take_text();
        continue;
      }
      const bool list = inside && c == '[';
      if (!word_char(c) && c != ':' && !(inside && c == '.') && !list) break;
      token.text += c;
      rest_.remove_prefix(1);
      if (!list) continue;
      const std::size_t end = rest_.find(']');
      if (end == rest_.npos) break;
      token.text += rest_.substr(0, end + 1);
      rest_.remove_prefix(end + 1);
    }
    return token;
  }
  std::string_view rest_;
};

std::string without_quotes(std::string_view path) {
  std::string out;
  for (char c : path)
    if (c != '\'') out += c;
  return out;
}

std::optional<IndicatorKind> kind_at(std::string_view path, std::string_view value) {
  for (const Row& row : kPaths)
    if (without_quotes(row.path) == path) return row.kind;
  for (std::string_view end : kEnds)
    if (end == path) return address_kind(value);
  return std::nullopt;
}

}  // namespace

std::string pattern_of(const ReportIndicator& indicator) {
  std::string_view path;
  for (const Row& row : kPaths)
    if (row.kind == indicator.kind) path = row.path;
  return "[" + std::string(path) + " = " + quoted(indicator.value) + "]";
}

PatternValues values_of_pattern(std::string_view pattern) {
  PatternValues out;
  if (pattern.size() > limits::kStixPatternBytes) {
    out.whole = false;
    return out;
  }
  Tokens tokens(pattern);
  bool negated = false;
  for (Token token = tokens.next(); token.kind != TokenKind::end; token = tokens.next()) {
    if (token.kind == TokenKind::path) {
      Token relation = tokens.next();
      Token value = relation.kind == TokenKind::equals ? tokens.next() : Token{};
      const auto kind = value.kind == TokenKind::text ? kind_at(token.text, value.text) : std::nullopt;
      if (kind && !negated && is_indicator(*kind, value.text))
        out.indicators.push_back({*kind, value.text, {}});
      else
        out.whole = false;
    } else if (token.kind == TokenKind::word && token.text == "NOT") {
      negated = true;  // whatever follows may be what must not be there
      out.whole = false;
    } else if (token.kind != TokenKind::open && token.kind != TokenKind::close &&
               !(token.kind == TokenKind::word && token.text == "OR")) {
      out.whole = false;
    }
  }
  if (out.indicators.empty()) out.whole = false;
  return out;
}

}  // namespace scrutineer
