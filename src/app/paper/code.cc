#include "app/paper/code.h"

#include <algorithm>
#include <array>

#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::size_t kTokenBytes = 48;
constexpr std::size_t kElectionDigits = 16, kHashDigits = 32, kTokenDigits = 16;

bool plain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         std::string_view("._-/").find(c) != std::string_view::npos;
}

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && from_hex(text).has_value();
}

bool is_token(std::string_view text) {
  if (text.starts_with('~')) return is_hex(text.substr(1), kTokenDigits);
  return !text.empty() && text.size() <= kTokenBytes &&
         std::all_of(text.begin(), text.end(), [](char c) { return plain(c) || c == '%'; });
}

bool has_as_of(PaperKind kind) {
  return kind == PaperKind::units || kind == PaperKind::summary;
}

}  // namespace

std::string paper_token(std::string_view id) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (char c : id) {
    auto byte = static_cast<unsigned char>(c);
    if (plain(c))
      out += c;
    else
      out.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
  }
  if (out.size() <= kTokenBytes) return out;
  return "~" + to_hex(sha256(id)).substr(0, kTokenDigits);
}

std::string paper_prefix(const RecordId& election) {
  return to_hex(election).substr(0, kElectionDigits);
}
std::string paper_hash(const Hash256& hash) {
  return to_hex(hash).substr(0, kHashDigits);
}

std::string to_text(const PaperCode& code) {
  std::string out(kPaperCodeStart);
  out.append(kPaperKindNames[static_cast<std::size_t>(code.kind)]);
  for (const std::string* word : {&code.election, &code.unit, &code.contest, &code.hash}) out.append(" ").append(*word);
  if (code.as_of) out.append(" ").append(std::to_string(*code.as_of));
  return out;
}

Result<PaperCode> parse_paper_code(std::string_view text) {
  auto not_ours = fail(ErrorCode::malformed, "this QR code is not one of a form of Scrutineer");
  if (!text.starts_with(kPaperCodeStart)) {
    if (text.starts_with("SCRUTINEER/"))
      return fail(ErrorCode::unsupported, "this form is of a version that this program does not know");
    return not_ours;
  }
  text.remove_prefix(kPaperCodeStart.size());
  std::array<std::string_view, 6> words;
  std::size_t count = 0;
  for (; count < words.size(); ++count) {
    std::size_t end = std::min(text.find(' '), text.size());
    words[count] = text.substr(0, end);
    if (end == text.size()) {
      text = {};
      ++count;
      break;
    }
    text.remove_prefix(end + 1);
  }
  if (!text.empty()) return not_ours;
  const auto* kind = std::find(std::begin(kPaperKindNames), std::end(kPaperKindNames), words[0]);
  if (kind == std::end(kPaperKindNames)) return not_ours;
  PaperCode code;
  code.kind = static_cast<PaperKind>(kind - std::begin(kPaperKindNames));
  if (count != (has_as_of(code.kind) ? 6u : 5u) || !is_hex(words[1], kElectionDigits) || !is_token(words[2]) ||
      !is_token(words[3]) || !is_hex(words[4], kHashDigits))
    return not_ours;
  if (has_as_of(code.kind) && !(code.as_of = parse_decimal(words[5]))) return not_ours;
  code.election = words[1];
  code.unit = words[2];
  code.contest = words[3];
  code.hash = words[4];
  return code;
}

}  // namespace scrutineer
