#include "app/mail/write.h"

#include <fmt/format.h>

#include "app/mail/limits.h"
#include "core/base/check.h"
#include "core/crypto/hash.h"

namespace scrutineer::mail {

namespace {

constexpr std::int64_t kYear10000 = 253'402'300'800;

// RFC 5322 section 3.3: "Mon, 19 Apr 2021 17:44:00 +0000".
std::string date_text(UnixSeconds at) {
  constexpr std::string_view kDays[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};  // 1970-01-01: a Thursday
  constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::string text = to_rfc3339(at);  // 2021-04-19T17:44:00Z
  const std::size_t month = static_cast<std::size_t>((text[5] - '0') * 10 + text[6] - '0');
  return fmt::format("{}, {} {} {} {} +0000", kDays[at.value / 86'400 % 7], text.substr(8, 2), kMonths[month - 1],
                     text.substr(0, 4), text.substr(11, 8));
}

// RFC 2047 section 2: an encoded word has at most 75 characters, whole characters of text in each; words are folded.
std::string encoded_words(std::string_view text) {
  constexpr std::size_t kRoom = 36;  // bytes: 48 in base64, 12 around them, and the field's name before the first
  std::string out;
  while (!text.empty()) {
    const std::size_t size = utf8_prefix(text.substr(0, kRoom));
    check(size > 0, "a subject is UTF-8");
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + to_base64(text.substr(0, size)) + "?=";
    text.remove_prefix(size);
  }
  return out;
}

// RFC 2045 section 6.8: lines of at most 76.
void append_base64_lines(Bytes& out, BytesView bytes) {
  constexpr std::size_t kLine = 57;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kLine, bytes.size()))) {
    out += to_base64(bytes.substr(0, kLine));
    out += "\r\n";
  }
}

// Says nothing of what is inside, and how to hand it on.
std::string text_of(const Mail& mail, std::string_view file) {
  return fmt::format(
      "봉인된 통지 제{0}호가 첨부되어 있습니다.\r\n"
      "첨부 파일 {1} 은(는) 받는 기관의 프로그램만 열 수 있습니다. 파일을 고치거나 다른 이름으로 바꾸지 말고 저장한 "
      "뒤,\r\n"
      "통지를 받는 Scrutineer 프로그램의 통지 화면에서 이 파일을 고르거나, 이동식 저장 장치에 담아 담당자에게 "
      "건네십시오.\r\n"
      "이 우편에 답장하지 마십시오. 접수와 회신은 프로그램이 합니다.\r\n"
      "\r\n"
      "A sealed notice, number {0}, is attached.\r\n"
      "Only the program of the institution that it is for can open the file {1}. Save it without changing or "
      "renaming\r\n"
      "it, then choose it on the notices page of the Scrutineer program that receives notices, or carry it on a stick "
      "to\r\n"
      "the officer on duty. Do not answer this mail: receipt and answer are given through the program.\r\n",
      mail.number.value(), file);
}

}  // namespace

Result<Bytes> write_mail(const Mail& mail) {
  if (mail.envelope.empty()) return fail(ErrorCode::invalid_argument, "there is no envelope to send by mail");
  if (mail.envelope.size() > kEnvelopeBytes)
    return fail(ErrorCode::limit_exceeded, fmt::format("an envelope of {} bytes is too large for mail; {} is the limit",
                                                       mail.envelope.size(), kEnvelopeBytes));
  if (mail.at.value < 0 || mail.at.value >= kYear10000)
    return fail(ErrorCode::invalid_argument, "a mail is dated between 1970 and 9999");
  const std::string file = "notice-" + mail.number.value() + std::string(kEnvelopeSuffix);
  // RFC 2045 section 6.7: "=_" can be in no base64 and no quoted-printable text.
  const std::string boundary = "=_" + to_hex(sha256(mail.id.value())).substr(0, 32);
  Bytes out;
  out.reserve(mail.envelope.size() / 57 * 78 + (8u << 10));
  out +=
      fmt::format("Date: {}\r\nFrom: <{}>\r\nTo: <{}>\r\nMessage-ID: <{}>\r\nSubject: {}\r\n", date_text(mail.at),
                  mail.from.value(), mail.to.value(), mail.id.value(),
                  encoded_words(fmt::format("봉인된 통지 제{0}호 / A sealed notice, number {0}", mail.number.value())));
  // RFC 3834 section 5: keeps answering machines from answering.
  out += fmt::format(
      "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n "
      "boundary=\"{0}\"\r\n\r\n--{0}\r\n"
      "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n",
      boundary);
  append_base64_lines(out, text_of(mail, file));
  out += fmt::format(
      "--{}\r\nContent-Type: {};\r\n name=\"{}\"\r\nContent-Transfer-Encoding: base64\r\n"
      "Content-Disposition: attachment;\r\n filename=\"{}\"\r\n\r\n",
      boundary, kEnvelopeType, file, file);
  append_base64_lines(out, mail.envelope);
  out += fmt::format("--{}--\r\n", boundary);
  return out;
}

}  // namespace scrutineer::mail
