#include "app/mail/body.h"

#include <algorithm>

#include "app/mail/header.h"
#include "app/mail/limits.h"

namespace scrutineer::mail {

namespace {

tl::unexpected<Error> too_large(std::size_t limit) {
  return fail(ErrorCode::limit_exceeded, "an attachment is larger than " + std::to_string(limit) + " bytes");
}

// RFC 2045 section 6.8, but without its leave to skip other characters: what a carrier has put in is no longer what was
// sent.
Result<Bytes> decode_base64(BytesView body, std::size_t limit) {
  if (body.size() / 4 * 3 > limit + limit / 16 + 1024) return too_large(limit);  // line ends take a 38th
  std::string text;
  text.reserve(body.size());
  while (!body.empty()) text += take_line(body);
  std::optional<Bytes> out = from_base64(text);
  if (!out) return fail(ErrorCode::malformed, "an attachment is not in base64; it was damaged on its way");
  if (out->size() > limit) return too_large(limit);
  return *std::move(out);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// One line of quoted-printable (section 6.7): true where the line goes on in the next one.
Result<bool> decode_quoted_line(std::string_view line, Bytes& out) {
  line = line.substr(0, line.find_last_not_of(" \t") + 1);  // rule 3: added on the way
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto byte = static_cast<unsigned char>(line[i]);
    if (byte != '=') {
      if ((byte < 0x20 && byte != '\t') || byte >= 0x7f)
        return fail(ErrorCode::malformed, "an attachment is not in quoted-printable; it was damaged on its way");
      out += line[i];
      continue;
    }
    if (i + 1 == line.size()) return true;
    const int high = hex_digit(line[i + 1]), low = i + 2 < line.size() ? hex_digit(line[i + 2]) : -1;
    if (high < 0 || low < 0)
      return fail(ErrorCode::malformed, "an attachment is not in quoted-printable; it was damaged on its way");
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return false;
}

Result<Bytes> decode_quoted_printable(BytesView body, std::size_t limit) {
  Bytes out;
  while (!body.empty()) {
    const bool ended = body.find('\n') != body.npos;
    SCRUTINEER_TRY(const bool goes_on, decode_quoted_line(take_line(body), out));
    if (!goes_on && ended) out += "\r\n";  // rule 4
    if (out.size() > limit) return too_large(limit);
  }
  return out;
}

// RFC 2046 section 5.1.1: 1 to 70 bchars, the last no blank.
bool is_boundary(std::string_view text) {
  const auto good = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
  };
  return !text.empty() && text.size() <= 70 && text.back() != ' ' && std::all_of(text.begin(), text.end(), good);
}

enum class Delimiter : std::uint8_t { none, next, last };

Delimiter delimiter(std::string_view line, std::string_view boundary) {
  if (!line.starts_with("--") || !line.substr(2).starts_with(boundary)) return Delimiter::none;
  const std::string_view rest = trimmed(line.substr(2 + boundary.size()));
  if (rest.empty()) return Delimiter::next;
  return rest == "--" && line.substr(2 + boundary.size()).starts_with("--") ? Delimiter::last : Delimiter::none;
}

// The line end before a delimiter belongs to the delimiter.
BytesView without_line_end(BytesView part) {
  if (part.ends_with('\n')) part.remove_suffix(1);
  if (part.ends_with('\r')) part.remove_suffix(1);
  return part;
}

}  // namespace

Result<Bytes> decode_body(BytesView body, std::string_view encoding, std::size_t limit) {
  if (encoding == "base64") return decode_base64(body, limit);
  if (encoding == "quoted-printable") return decode_quoted_printable(body, limit);
  if (!encoding.empty() && encoding != "7bit" && encoding != "8bit" && encoding != "binary")
    return fail(ErrorCode::unsupported, "an attachment is in an encoding that mail does not have");
  if (body.size() > limit) return too_large(limit);
  return Bytes(body);
}

Result<std::vector<BytesView>> split_multipart(BytesView body, std::string_view boundary) {
  if (!is_boundary(boundary))
    return fail(ErrorCode::malformed, "a mail of several parts does not say how they are kept apart");
  std::vector<BytesView> out;
  std::optional<std::size_t> begin;
  BytesView rest = body;
  while (!rest.empty()) {
    const std::size_t at = body.size() - rest.size();
    const Delimiter found = delimiter(take_line(rest), boundary);
    if (found == Delimiter::none) continue;
    if (begin) out.push_back(without_line_end(body.substr(*begin, at - *begin)));
    if (out.size() > kMailParts)
      return fail(ErrorCode::limit_exceeded, "a mail has more than " + std::to_string(kMailParts) + " parts");
    if (found == Delimiter::last && out.empty())
      return fail(ErrorCode::malformed, "a mail of several parts ends before it begins");
    if (found == Delimiter::last) return out;
    begin = body.size() - rest.size();
  }
  return fail(ErrorCode::malformed, "a mail of several parts has no end: it was cut short");
}

}  // namespace scrutineer::mail
