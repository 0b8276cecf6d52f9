#include "core/hunt/normalise.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/hunt/chars.h"
#include "core/hunt/unicode.h"

namespace scrutineer::hunt {
namespace {

struct Token {
  std::string_view inside, meant;
  bool word;  // spaces around it go with it
};
constexpr std::array<Token, 7> kTokens = {{{".", ".", false},
                                           {"dot", ".", true},
                                           {"@", "@", false},
                                           {"at", "@", true},
                                           {"://", "://", false},
                                           {":", ":", false},
                                           {"/", "/", false}}};

bool same_folded(std::string_view a, std::string_view lower) {
  if (a.size() != lower.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (folded(a[i]) != lower[i]) return false;
  return true;
}

// The token in brackets at `i`, or nullptr.
const Token* token_at(std::string_view text, std::size_t i) {
  if (i + 2 >= text.size()) return nullptr;
  const char close = text[i] == '[' ? ']' : text[i] == '(' ? ')' : '}';
  for (const Token& token : kTokens) {
    std::size_t end = i + 1 + token.inside.size();
    if (end < text.size() && text[end] == close && same_folded(text.substr(i + 1, token.inside.size()), token.inside))
      return &token;
  }
  return nullptr;
}

bool is_percent(std::string_view text, std::size_t i) {
  return i + 2 < text.size() && is(text[i + 1], kHex) && is(text[i + 2], kHex);
}
bool is_escape(std::string_view text, std::size_t i) {
  return i + 1 < text.size() && (text[i + 1] == '/' || text[i + 1] == '.');
}

void put(Normalised& out, char c, std::uint32_t from) {
  out.text += c;
  out.from.push_back(from);
}

void percent(const Normalised& in, Normalised& out) {
  std::string_view text = in.text;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '%' && is_percent(text, i)) {
      auto byte = static_cast<unsigned char>(hex_digit(text[i + 1]) << 4 | hex_digit(text[i + 2]));
      // Octal digits of the byte, which no text has.
      if (byte < 0x80 && (byte == '%' || is(static_cast<char>(byte), kUrlEnd)))
        for (int k = 0; k < 3; ++k) put(out, static_cast<char>(kEscaped + (byte >> (6 - 3 * k) & 7)), in.from[i]);
      else
        put(out, byte >= kEscaped ? kBreak : static_cast<char>(byte), in.from[i]);
      i += 3;
    } else if (text[i] == '\\' && is_escape(text, i)) {
      put(out, text[i + 1], in.from[i]);
      i += 2;
    } else {
      put(out, text[i], in.from[i]);
      ++i;
    }
  }
}

void letters(const Normalised& in, Normalised& out) {
  std::string_view text = in.text;
  for (std::size_t i = 0; i < text.size();) {
    auto byte = static_cast<unsigned char>(text[i]);
    CodePoint point = byte < kEscaped ? code_point_at(text, i) : CodePoint{};
    const std::uint32_t from = in.from[i];
    if (point.size == 0) {
      // kEscaped of step 1 stays; the data's own bytes of that value have become kBreak before.
      put(out, byte >= kEscaped ? text[i] : kBreak, from);
      ++i;
      continue;
    }
    i += point.size;
    if (point.size == 1) {
      put(out, static_cast<char>(byte), from);
      continue;
    }
    Folding folding = fold_code_point(point.value);
    if (folding.what == Fold::stop) put(out, kBreak, from);
    if (folding.what == Fold::ascii) put(out, static_cast<char>(folding.to), from);
    if (folding.what == Fold::keep) {
      append_utf8(out.text, folding.to);
      out.from.resize(out.text.size(), from);
    }
  }
}

void brackets(const Normalised& in, Normalised& out) {
  std::string_view text = in.text;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    const Token* token = c == '[' || c == '(' || c == '{' ? token_at(text, i) : nullptr;
    if (token == nullptr) {
      put(out, c, in.from[i]);
      ++i;
      continue;
    }
    std::size_t end = i + token->inside.size() + 2;
    if (token->word && end < text.size() && text[end] == ' ' && out.text.ends_with(' ')) {
      out.text.pop_back();
      out.from.pop_back();
      ++end;
    }
    for (char meant : token->meant) put(out, meant, in.from[i]);
    i = end;
  }
}

void clear(Normalised& text) {
  text.text.clear();
  text.from.clear();
}

}  // namespace

bool changes_at(std::string_view text, std::size_t i) {
  switch (text[i]) {
    case '%': return is_percent(text, i);
    case '\\': return is_escape(text, i);
    case '[':
    case '(':
    case '{': return token_at(text, i) != nullptr;
    default: return !is_ascii(text[i]);
  }
}

void normalise(std::string_view line, Normalised& out, Normalised& scratch) {
  clear(out);
  clear(scratch);
  for (std::size_t i = 0; i < line.size(); ++i)
    put(scratch, static_cast<unsigned char>(line[i]) >= kEscaped ? kBreak : line[i], static_cast<std::uint32_t>(i));
  percent(scratch, out);
  clear(scratch);
  letters(out, scratch);
  clear(out);
  brackets(scratch, out);
}

std::string normalised(std::string_view text) {
  Normalised out, scratch;
  normalise(text, out, scratch);
  return out.text;
}

std::string shown(std::string_view text) {
  std::string out;
  auto digit = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i]) - kEscaped); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) < kEscaped || i + 2 >= text.size()) {
      out += text[i];
      continue;
    }
    out += fmt::format("%{:02X}", (digit(i) << 6 | digit(i + 1) << 3 | digit(i + 2)) & 0xff);
    i += 2;
  }
  return out;
}

}  // namespace scrutineer::hunt
