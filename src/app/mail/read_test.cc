#include "app/mail/read.h"

#include <doctest/doctest.h>

#include <chrono>

#include "app/mail/limits.h"
#include "app/mail/mail_for_test.h"

using namespace scrutineer;
using namespace scrutineer::mail;
using namespace scrutineer::mail::testing;

namespace {

// A word that stands wherever a mail can hold text; it must never come back in an error.
constexpr std::string_view kMarker = "marker-word";

// What a mail brings: "2 envelopes", "bounce failed 5.1.1 a@b", "automatic answer", "nothing", or the error's code.
std::string brought(BytesView mail) {
  auto contents = read_mail(mail);
  if (!contents) {
    CHECK(contents.error().message.size() > 15);
    CHECK(to_string(contents.error()).find(kMarker) == std::string::npos);
    return std::string(error_code_name(contents.error().code));
  }
  std::string out;
  if (!contents->envelopes.empty()) out += "envelopes " + std::to_string(contents->envelopes.size()) + " ";
  for (const Bounce& bounce : contents->bounces) {
    out += "bounce " + std::string(kDeliveryActionNames[static_cast<std::size_t>(bounce.action)]) + " " + bounce.status;
    out += " " + (bounce.recipient ? bounce.recipient->value() : "?") +
           (bounce.about ? " about " + bounce.about->value() : "");
    out += " ";
  }
  if (contents->automatic_answer) out += "automatic answer ";
  if (out.empty()) return "nothing";
  out.pop_back();
  return out;
}

const std::string kOurs = write_mail(a_mail("sealed")).value();
const std::string kText = part("Content-Type: text/plain", kMarker);

std::string nested(int depth, std::string_view inside) {
  std::string out(inside);
  for (int i = 0; i < depth; ++i) out = multipart("mixed", "b" + std::to_string(i), {out});
  return out;
}

std::string forwarded(int depth, std::string_view inside) {
  std::string out(inside);
  for (int i = 0; i < depth; ++i) out = part("Content-Type: message/rfc822", out);
  return out;
}

std::string encoded(std::string_view encoding, std::string_view body) {
  return part("Content-Type: application/vnd.scrutineer.envelope\nContent-Transfer-Encoding: " + std::string(encoding),
              body);
}

struct Row {
  std::string what, mail, brings;
};

void check_all(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(brought(row.mail) == row.brings);
  }
}

}  // namespace

TEST_CASE("mails as they come") {
  check_all({
      {"ours", kOurs, "envelopes 1"},
      {"a letter", "Subject: x\n\nhello", "nothing"},
      {"a letter without a header", "\nhello", "nothing"},
      {"an envelope alone", envelope_part("sealed"), "envelopes 1"},
      {"two, and a photograph",
       multipart("mixed", "b",
                 {kText, envelope_part("1"), part("Content-Type: image/png\nContent-Transfer-Encoding: base64", "!"),
                  envelope_part("2")}),
       "envelopes 2"},
      {"forwarded as an attachment", multipart("mixed", "b", {kText, part("Content-Type: message/rfc822", kOurs)}),
       "envelopes 1"},
      {"in a digest", multipart("digest", "b", {"\n" + kOurs}), "envelopes 1"},
      {"passed on by a program that knows the name alone",
       part("Content-Type: application/octet-stream; name=\"notice-7.SCRUTINEER\"\nContent-Transfer-Encoding: BASE64",
            "c2VhbGVk"),
       "envelopes 1"},
      {"by a program that writes names after RFC 2231",
       part("Content-Type: application/octet-stream\nContent-Disposition: attachment;\n "
            "filename*=utf-8''notice%2D7.scrutineer\nContent-Transfer-Encoding: base64",
            "c2VhbGVk"),
       "envelopes 1"},
      {"some other file",
       part("Content-Type: application/octet-stream; name=\"notice-7.zip\"\nContent-Transfer-Encoding: base64",
            "c2VhbGVk"),
       "nothing"},
      {"quoted-printable", encoded("quoted-printable", "se=\naled=3D"), "envelopes 1"},
      {"with comments in its header",
       part("Content-Type: (really (so)) application/vnd.scrutineer.envelope (it is); x=y "
            "(z)\nContent-Transfer-Encoding: base64 (strict)",
            "c2VhbGVk"),
       "envelopes 1"},
      {"seven deep", nested(7, envelope_part("x")), "envelopes 1"},
      {"a delimiter with blanks behind it",
       "Content-Type: multipart/mixed; boundary=b\n\n--b \t\n" + envelope_part("x") + "\n--b-- \n", "envelopes 1"},
      {"lines that only begin as a delimiter",
       "Content-Type: multipart/mixed; boundary=b\n\n--bb\n--b\n" + envelope_part("x") +
           "\n--b--\n--b\nContent-Type: broken",
       "envelopes 1"},
      {"something before and behind the parts",
       "Content-Type: multipart/mixed; boundary=b\n\nsee below\n--b\n" + envelope_part("x") + "\n--b--\nbye",
       "envelopes 1"},
      {"a mail of no use", part("Content-Type: message/partial; id=1", "x"), "nothing"},
  });
  CHECK(envelopes_in_mail(encoded("quoted-printable", "se=\naled=3D  \n=00")).value().front() ==
        std::string("sealed=\r\n\0", 10));
  CHECK(envelopes_in_mail(encoded("8bit", "\xff\n\xfe")).value().front() == "\xff\n\xfe");
}

TEST_CASE("mails that nobody wrote count as nothing") {
  const std::string dead =
      "Final-Recipient: rfc822; alias@institution.example\nOriginal-Recipient: "
      "rfc822;notices@institution.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 " +
      std::string(kMarker);
  const std::string about = " about 2021-0007.1@notifier.example";
  check_all({
      {"out of office", "Auto-Submitted: auto-replied\n" + multipart("mixed", "b", {kText, envelope_part("x")}),
       "automatic answer"},
      {"out of office, with a comment", "Auto-Submitted: Auto-Replied (vacation); owner-email=\"a@b\"\n" + kText,
       "automatic answer"},
      {"an automatic answer that was passed on",
       multipart("mixed", "b",
                 {part("Content-Type: message/rfc822", "Auto-Submitted: auto-replied\n" + envelope_part("x"))}),
       "nothing"},
      {"a program's own mail, such as ours", "Auto-Submitted: auto-generated\n" + envelope_part("x"), "envelopes 1"},
      {"a read receipt",
       multipart("report; report-type=disposition-notification", "b",
                 {kText, part("Content-Type: message/disposition-notification", "Disposition: x; displayed"),
                  part("Content-Type: message/rfc822", kOurs)}),
       "automatic answer"},
      {"a dead mailbox", bounce(dead, kOurs), "bounce failed 5.1.1 notices@institution.example" + about},
      {"a dead mailbox behind no alias",
       bounce("Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1 (bad)", kOurs),
       "bounce failed 5.1.1 a@b.example" + about},
      {"still trying",
       bounce("Final-Recipient: rfc822; <a@b.example>\nAction: delayed\nStatus: 4.4.1", "Subject: x\n\n"),
       "bounce delayed 4.4.1 a@b.example"},
      {"two recipients", bounce(dead + "\n\n" + dead, ""),
       "bounce failed 5.1.1 notices@institution.example bounce failed 5.1.1 notices@institution.example"},
      {"an address that nobody has", bounce("Final-Recipient: x400; c=kr\nAction: FAILED\nStatus: 5.1.10", kOurs),
       "bounce failed 5.1.10 ?" + about},
      {"a report that was cut off behind its header", bounce(dead, "Message-ID: <a@b>\nno field"),
       "bounce failed 5.1.1 notices@institution.example"},
      {"a bounce that somebody passes on",
       multipart("mixed", "b", {part("Content-Type: message/rfc822", bounce(dead, kOurs))}), "nothing"},
      {"a report inside a letter", multipart("mixed", "x", {bounce(dead, kOurs)}), "nothing"},
      {"a report of abuse", multipart("report; report-type=feedback-report", "b", {kText}), "nothing"},
  });
}

TEST_CASE("mails that are refused") {
  const std::string status = "Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1";
  check_all({
      {"nothing at all", "", "malformed"},
      {"no header", std::string(kMarker) + " and nothing else", "malformed"},
      {"a folded line at the start", " Subject: x\n\n", "malformed"},
      {"NUL in the header", std::string("Subject: marker-word\0\n\n", 23), "malformed"},
      {"a bare CR in the header", "Subject: x\rBcc: y\n\n", "malformed"},
      {"a field without a name", ": x\n\n", "malformed"},
      {"a name with a blank", "Content-Type : text/plain\n\n", "malformed"},
      {"two types", "Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=b\n\nx", "malformed"},
      {"two encodings", "Content-Transfer-Encoding: base64\n" + envelope_part("x"), "malformed"},
      {"two boundaries", "Content-Type: multipart/mixed; boundary=a; boundary=b\n\n--a--", "malformed"},
      {"no boundary", "Content-Type: multipart/mixed\n\n--\n--\n", "malformed"},
      {"an impossible boundary", "Content-Type: multipart/mixed; boundary=\"marker-word\x01\"\n\n", "malformed"},
      {"a boundary of 71", multipart("mixed", std::string(71, 'b'), {kText}), "malformed"},
      {"never closed", "Content-Type: multipart/mixed; boundary=b\n\n--b\n" + envelope_part("x") + "\n", "malformed"},
      {"cut off inside its envelope", kOurs.substr(0, kOurs.size() - 60), "malformed"},
      {"closed before it is opened", "Content-Type: multipart/mixed; boundary=b\n\n--b--\n--b\n\nx\n--b--\n",
       "malformed"},
      {"the same boundary inside", multipart("mixed", "b", {multipart("mixed", "b", {envelope_part("x")})}),
       "malformed"},
      {"the outer one closes the inner",
       multipart("mixed", "b", {"Content-Type: multipart/mixed; boundary=bb\n\n--bb\n" + envelope_part("x")}),
       "malformed"},
      {"a quote without an end", "Content-Type: text/plain; x=\"marker-word\n\n", "malformed"},
      {"a comment without an end", "Content-Type: text/plain " + std::string(10'000, '(') + "\n\n", "malformed"},
      {"a parameter without a value", "Content-Type: text/plain; marker-word\n\n", "malformed"},
      {"an empty envelope", envelope_part(""), "malformed"},
      {"base64 with a marker-word", encoded("base64", "c2Vh marker-word"), "malformed"},
      {"base64 without its end", encoded("base64", "c2VhbGV"), "malformed"},
      {"base64 with bits left over", encoded("base64", "c2V="), "malformed"},
      {"base64 with something behind its end", encoded("base64", "c2U=\nc2U="), "malformed"},
      {"base64 with NUL", encoded("base64", std::string("c2U=\0", 5)), "malformed"},
      {"quoted-printable of nothing", encoded("quoted-printable", "=zz"), "malformed"},
      {"quoted-printable with eight bits", encoded("quoted-printable", "\xff"), "malformed"},
      {"uuencode", encoded("x-uuencode", "begin"), "unsupported"},
      {"parts inside base64", "Content-Transfer-Encoding: base64\n" + multipart("mixed", "b", {kText}), "unsupported"},
      {"a forwarded mail inside base64", part("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64", "x"),
       "unsupported"},
      {"a report without a report", multipart("report; report-type=delivery-status", "b", {kText}), "malformed"},
      {"a report about nobody", bounce("", ""), "malformed"},
      {"a report without a status", bounce("Final-Recipient: rfc822; a@b.example\nAction: failed", ""), "malformed"},
      {"an action that does not exist", bounce("Final-Recipient: rfc822; a@b\nAction: marker-word\nStatus: 5.1.1", ""),
       "malformed"},
      {"a status that does not exist", bounce("Final-Recipient: rfc822; a@b\nAction: failed\nStatus: 3.1.1", ""),
       "malformed"},
      {"a status of words", bounce("Final-Recipient: rfc822; a@b\nAction: failed\nStatus: 5.marker-word.1", ""),
       "malformed"},
  });
}

TEST_CASE("cut off anywhere, an envelope is whole or not there") {
  const std::string all = multipart("mixed", "x", {kText, part("Content-Type: message/rfc822", kOurs)});
  std::size_t whole = 0;
  for (std::size_t size = 0; size <= all.size(); ++size) {
    auto envelopes = envelopes_in_mail(std::string_view(all).substr(0, size));
    if (!envelopes || envelopes->empty()) continue;
    CHECK(*envelopes == std::vector<Bytes>{"sealed"});
    ++whole;
  }
  CHECK(whole == 2);  // with and without the last line end
}

TEST_CASE("mails that are too much") {
  std::vector<std::string> many(kMailParts + 1, kText), envelopes(kMailEnvelopes + 1, envelope_part("x"));
  std::string recipients, parameters;
  for (std::size_t i = 0; i <= kMailRecipients; ++i)
    recipients += "Final-Recipient: rfc822; a@b\nAction: failed\nStatus: 5.1.1\n\n";
  for (std::size_t i = 0; i <= kMailParameters; ++i) parameters += "; x" + std::to_string(i) + "=y";
  const auto began = std::chrono::steady_clock::now();
  check_all({
      {"nine deep", nested(9, envelope_part("x")), "limit_exceeded"},
      {"a thousand deep", nested(1'000, envelope_part("x")), "limit_exceeded"},
      {"a thousand times forwarded", forwarded(1'000, kOurs), "limit_exceeded"},
      {"100 MiB", std::string(100u << 20, 'x'), "limit_exceeded"},
      {"more than 100 parts", multipart("mixed", "b", many), "limit_exceeded"},
      {"more than 100 parts in two",
       multipart("mixed", "a",
                 {multipart("mixed", "b", {many.begin(), many.begin() + 60}),
                  multipart("mixed", "c", {many.begin(), many.begin() + 60})}),
       "limit_exceeded"},
      {"delimiters alone",
       "Content-Type: multipart/mixed; boundary=b\n\n" +
           [] {
             std::string out;
             for (int i = 0; i < 1'000'000; ++i) out += "--b\n";
             return out;
           }(),
       "limit_exceeded"},
      {"more than 16 envelopes", multipart("mixed", "b", envelopes), "limit_exceeded"},
      {"a large header", "X: " + std::string(60'000, 'x') + "\nY: " + std::string(10'000, 'y') + "\n\n",
       "limit_exceeded"},
      {"a header without an end",
       [] {
         std::string out;
         for (int i = 0; i < 100'000; ++i) out += "X: marker-word\n";
         return out;
       }(),
       "limit_exceeded"},
      {"a long line", "X: y\n\n" + std::string(kMailLineBytes + 1, 'x'), "limit_exceeded"},
      {"many parameters", "Content-Type: text/plain" + parameters + "\n\n", "limit_exceeded"},
      {"an envelope above 24 MiB",
       encoded("base64",
               [] {
                 std::string out;
                 for (int i = 0; i < 500'000; ++i) out += std::string(76, 'A') + "\n";
                 return out;
               }()),
       "limit_exceeded"},
      {"a report about 101", bounce(recipients, ""), "limit_exceeded"},
  });
  // Nobody keeps the reader busy with a mail: all of these together, debug build and sanitisers included.
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(30));
}
