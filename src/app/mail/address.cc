#include "app/mail/address.h"

#include <algorithm>

namespace scrutineer::mail {

namespace {

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// RFC 5322 section 3.2.3.
bool is_atext(char c) {
  return is_alnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

tl::unexpected<Error> at_byte(std::string sentence, std::size_t byte) {
  return fail(ErrorCode::malformed, std::move(sentence), "byte " + std::to_string(byte + 1));
}

// Names the bytes with which headers and SMTP commands are injected, without repeating them.
std::string why_not(std::string_view what, char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (c == '\r' || c == '\n') return std::string(what) + " must not hold a line end";
  if (byte < 0x20 || byte == 0x7f) return std::string(what) + " must not hold a control character";
  if (byte >= 0x80) return std::string(what) + " must be ASCII; write a domain in other letters in its xn-- form";
  return std::string(what) + " holds a character that may not stand there";
}

// dot-atom (RFC 5322), Dot-string (RFC 5321): atoms with single dots between them. `offset` places errors.
Status check_dots(std::string_view text, std::string_view what, std::size_t offset) {
  if (text.empty()) return at_byte(std::string(what) + " is empty", offset);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '.') {
      if (i == 0 || i + 1 == text.size() || text[i - 1] == '.')
        return at_byte(std::string(what) + " has a dot with nothing beside it", offset + i);
    } else if (!is_atext(text[i])) {
      return at_byte(why_not(what, text[i]), offset + i);
    }
  }
  return {};
}

// RFC 5321 section 4.1.2: Domain = sub-domain *("." sub-domain); labels of at most 63 (RFC 1035 section 2.3.4).
Status check_domain(std::string_view domain, std::size_t offset) {
  constexpr std::string_view kWhat = "the part behind the @";
  if (domain.size() > 255) return fail(ErrorCode::limit_exceeded, "the part behind the @ is longer than 255 bytes");
  SCRUTINEER_CHECKED(check_dots(domain, kWhat, offset));
  std::size_t begin = 0;
  while (begin <= domain.size()) {
    const std::size_t end = std::min(domain.find('.', begin), domain.size());
    const std::string_view label = domain.substr(begin, end - begin);
    for (std::size_t i = 0; i < label.size(); ++i)
      if (!is_alnum(label[i]) && label[i] != '-') return at_byte(why_not(kWhat, label[i]), offset + begin + i);
    if (label.size() > 63 || label.front() == '-' || label.back() == '-')
      return at_byte("the part behind the @ is no name of a mail domain", offset + begin);
    begin = end + 1;
  }
  return {};
}

// One "@", checked halves.
Result<std::size_t> find_at(std::string_view text, std::string_view what, std::size_t limit) {
  if (text.size() > limit)
    return fail(ErrorCode::limit_exceeded, std::string(what) + " is longer than " + std::to_string(limit) + " bytes");
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) return at_byte(std::string(what) + " needs an @", text.size());
  return at;
}

}  // namespace

Result<Address> Address::parse(std::string_view text) {
  SCRUTINEER_TRY(const std::size_t at, find_at(text, "a mail address", 254));  // 4.5.3.1.3, less the angle brackets
  if (at > 64) return fail(ErrorCode::limit_exceeded, "the part before the @ is longer than 64 bytes");
  SCRUTINEER_CHECKED(check_dots(text.substr(0, at), "the part before the @", 0));
  SCRUTINEER_CHECKED(check_domain(text.substr(at + 1), at + 1));
  return Address(std::string(text));
}

Result<MessageId> MessageId::parse(std::string_view text) {
  SCRUTINEER_TRY(const std::size_t at, find_at(text, "a Message-ID", 200));
  SCRUTINEER_CHECKED(check_dots(text.substr(0, at), "the left part of a Message-ID", 0));
  SCRUTINEER_CHECKED(check_dots(text.substr(at + 1), "the right part of a Message-ID", at + 1));
  return MessageId(std::string(text));
}

Result<Number> Number::parse(std::string_view text) {
  const auto good = [](char c) { return is_alnum(c) || c == '-'; };
  if (text.empty() || text.size() > 40 || text.front() == '-' || !std::all_of(text.begin(), text.end(), good))
    return fail(ErrorCode::malformed, "the number of a notice is 1 to 40 letters, digits and '-'");
  return Number(std::string(text));
}

}  // namespace scrutineer::mail
