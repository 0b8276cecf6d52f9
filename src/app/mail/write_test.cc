#include "app/mail/write.h"

#include <doctest/doctest.h>

#include <random>

#include "app/mail/limits.h"
#include "app/mail/mail_for_test.h"
#include "app/mail/read.h"

using namespace scrutineer;
using namespace scrutineer::mail;
using namespace scrutineer::mail::testing;

namespace {

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

template <class T>
std::string verdict(const Result<T>& result) {
  if (result) return "good";
  return std::string(error_code_name(result.error().code)) + " " + result.error().where;
}

// LF, as a server writes it into a Maildir.
std::string with_lf(std::string text) {
  std::erase(text, '\r');
  return text;
}

// As `lines` of base64 in the mail, "\r\n" between them.
std::string decoded_words(std::string_view subject) {
  std::string out;
  for (std::size_t at = 0; (at = subject.find("=?UTF-8?B?", at)) != subject.npos;) {
    at += 10;
    out += from_base64(subject.substr(at, subject.find("?=", at) - at)).value();
  }
  return out;
}

}  // namespace

TEST_CASE("which addresses mail is sent to") {
  struct Row {
    std::string text, verdict;
  };
  const Row rows[] = {
      {"notices@institution.example", "good"},
      {"a.b+c_d'e@x-y.example", "good"},
      {"root@localhost", "good"},
      {"k@xn--3e0b707e.example", "good"},
      {"", "malformed byte 1"},
      {"notices", "malformed byte 8"},
      {"@institution.example", "malformed byte 1"},
      {"notices@", "malformed byte 9"},
      {"a@b@c.example", "malformed byte 4"},
      {".a@c.example", "malformed byte 1"},
      {"a.@c.example", "malformed byte 2"},
      {"a..b@c.example", "malformed byte 3"},
      {"a b@c.example", "malformed byte 2"},
      {"\"a b\"@c.example", "malformed byte 1"},
      {"a@[127.0.0.1]", "malformed byte 3"},
      {"a@-c.example", "malformed byte 3"},
      {"a@c-.example", "malformed byte 3"},
      {"a@c..example", "malformed byte 5"},
      {"a@c_d.example", "malformed byte 4"},
      {"통지@institution.example", "malformed byte 1"},
      {"a@기관.example", "malformed byte 3"},
      // Header and command injection.
      {"a@c.example\r\nBcc: b@c.example", "malformed byte 12"},
      {"a\r\nBcc: x@c.example", "malformed byte 2"},
      {"a@c.example\n", "malformed byte 12"},
      {std::string("a@c.example\0", 12), "malformed byte 12"},
      {"a\x7f@c.example", "malformed byte 2"},
      {"a>@c.example", "malformed byte 2"},
      {"a@c.example> SIZE=1", "malformed byte 12"},
      {"<a@c.example>", "malformed byte 1"},
      {std::string(65, 'a') + "@c.example", "limit_exceeded "},
      {"a@" + std::string(64, 'c') + ".example", "malformed byte 3"},
      {"a@" + repeated("c.", 200) + "example", "limit_exceeded "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(verdict(Address::parse(row.text)) == row.verdict);
  }
  auto injected = Address::parse("secret\r\nBcc: x@c.example");
  CHECK(injected.error().message == "the part before the @ must not hold a line end");
}

TEST_CASE("numbers and Message-IDs cannot inject either") {
  for (std::string_view bad :
       {"", "-1", "a b", "1\r\n", "1\"", "../1", "제1호", "12345678901234567890123456789012345678901"})
    CHECK(verdict(Number::parse(bad)) == "malformed ");
  CHECK(Number::parse("2021-0007").value().value() == "2021-0007");
  for (std::string_view bad : {"", "a", "a@", "@b", "a>@b", "a@b\r\nX: y", "a b@c"}) CHECK(!MessageId::parse(bad));
  CHECK(!MessageId::parse(std::string(200, 'a') + "@b"));
  CHECK(MessageId::parse("1.2.3@c").has_value());
}

TEST_CASE("a mail says that there is a sealed notice, and its number, and nothing else") {
  const Bytes mail = write_mail(a_mail(std::string(100, '\xff'))).value();
  const std::string head = mail.substr(0, mail.find("\r\n\r\n"));
  CHECK(head.starts_with(
      "Date: Mon, 19 Apr 2021 17:44:00 +0000\r\nFrom: <notices@notifier.example>\r\n"
      "To: <notices@institution.example>\r\nMessage-ID: <2021-0007.1@notifier.example>\r\nSubject: =?"));
  CHECK(decoded_words(head) == "봉인된 통지 제2021-0007호 / A sealed notice, number 2021-0007");
  CHECK(mail.find("name=\"notice-2021-0007.scrutineer\"") != mail.npos);
  CHECK(write_mail(a_mail(std::string(100, '\xff'))).value() == mail);
  // The text for people, both languages.
  const std::string marker = "text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n";
  std::string text = mail.substr(mail.find(marker) + marker.size());
  text = text.substr(0, text.find("--"));
  std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
  text = from_base64(text).value();
  CHECK(text.find("봉인된 통지 제2021-0007호") != text.npos);
  CHECK(text.find("A sealed notice, number 2021-0007") != text.npos);
  CHECK(text.find("notice-2021-0007.scrutineer") != text.npos);
}

TEST_CASE("every line that is sent is ASCII, short, and ends in CRLF") {
  const Bytes mail = write_mail(a_mail(std::string(10'000, 'x'))).value();
  std::size_t line = 0;
  for (std::size_t i = 0; i < mail.size(); ++i) {
    REQUIRE(static_cast<unsigned char>(mail[i]) < 0x80);
    if (mail[i] == '\n') {
      REQUIRE((i > 0 && mail[i - 1] == '\r'));
      CHECK(line <= 79);  // 78 and the CR
      line = 0;
    } else {
      REQUIRE((mail[i] != '\r' || mail[i + 1] == '\n'));
      ++line;
    }
  }
  CHECK(line == 0);
}

TEST_CASE("what cannot be a mail") {
  CHECK(verdict(write_mail(a_mail(""))) == "invalid_argument ");
  const Bytes largest(kEnvelopeBytes, 'x');
  auto written = write_mail(a_mail(largest));
  REQUIRE(written.has_value());
  CHECK(written->size() < kMailBytes);
  CHECK(envelopes_in_mail(*written).value() == std::vector<Bytes>{largest});
  CHECK(verdict(write_mail(a_mail(largest + "x"))) == "limit_exceeded ");
  for (std::int64_t at : {std::int64_t{-1}, std::int64_t{253'402'300'800}}) {
    Mail mail = a_mail("x");
    mail.at.value = at;
    CHECK(verdict(write_mail(mail)) == "invalid_argument ");
  }
}

TEST_CASE("dates") {
  struct Row {
    std::int64_t at;
    std::string_view date;
  };
  const Row rows[] = {{0, "Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n"},
                      {951'782'399, "Date: Mon, 28 Feb 2000 23:59:59 +0000\r\n"},
                      {951'782'400, "Date: Tue, 29 Feb 2000 00:00:00 +0000\r\n"},
                      {1'748'984'400, "Date: Tue, 03 Jun 2025 21:00:00 +0000\r\n"},
                      {253'402'300'799, "Date: Fri, 31 Dec 9999 23:59:59 +0000\r\n"}};
  for (const Row& row : rows) {
    Mail mail = a_mail("x");
    mail.at.value = row.at;
    CHECK(write_mail(mail).value().starts_with(row.date));
  }
}

TEST_CASE("property: what is written is read, whatever the bytes, from the wire and from a Maildir") {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    Bytes envelope(1 + random() % (round % 10 == 0 ? 100'000 : 400), '\0');
    for (char& c : envelope) c = static_cast<char>(round % 3 == 0 ? "\r\n.-=_ "[random() % 7] : random());
    const Bytes mail = write_mail(a_mail(envelope)).value();
    CHECK(envelopes_in_mail(mail).value() == std::vector<Bytes>{envelope});
    CHECK(envelopes_in_mail(with_lf(mail)).value() == std::vector<Bytes>{envelope});
    CHECK(envelopes_in_mail("From mx Mon Apr 19\n" + with_lf(mail)).value() == std::vector<Bytes>{envelope});
  }
}
