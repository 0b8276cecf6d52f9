#include "app/mail/smtp.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <map>
#include <thread>

#include "app/mail/limits.h"
#include "app/mail/mail_for_test.h"

using namespace scrutineer;
using namespace scrutineer::mail;
using namespace scrutineer::mail::testing;

namespace {

// A mail server that says what a test wants to hear. An answer of "" closes the connection, "..." never comes, and
// "forever" is lines without an end.
class Scripted {
 public:
  explicit Scripted(std::map<std::string, std::string> answers) : answers_(std::move(answers)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&at), size) == 0);
    REQUIRE(::listen(listener_, 4) == 0);
    REQUIRE(::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size) == 0);
    port = ntohs(at.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Scripted() { end(); }
  void end() {
    if (!thread_.joinable()) return;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

  std::uint16_t port = 0;
  std::string heard;    // every line that came, joined by LF
  std::string content;  // behind DATA, with its dots

 private:
  std::string answer(const std::string& verb, std::string usual) {
    auto found = answers_.find(verb);
    return found == answers_.end() ? usual : found->second;
  }
  // False where the connection is over.
  bool say(const std::string& text) {
    if (text.empty()) return false;
    while (text == "forever" && send("250-more\r\n")) {}
    if (text == "..." || text == "forever") {  // until the client has had enough
      char c;
      while (::recv(peer_, &c, 1, 0) > 0) {}
      return false;
    }
    return send(text + "\r\n");
  }
  bool send(const std::string& text) { return ::send(peer_, text.data(), text.size(), MSG_NOSIGNAL) > 0; }
  bool line(std::string& out) {
    out.clear();
    for (char c; ::recv(peer_, &c, 1, 0) == 1;) {
      if (c == '\n') return true;
      if (c != '\r') out += c;
    }
    return false;
  }
  bool take_content() {
    char c;
    while (!content.ends_with("\r\n.\r\n")) {
      if (::recv(peer_, &c, 1, 0) != 1) return false;
      content += c;
    }
    content.resize(content.size() - 3);
    return say(answer("content", "250 2.0.0 Ok: queued as 4F2A"));
  }
  void serve() {
    peer_ = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (peer_ < 0) return;
    std::string text;
    bool open = say(answer("greeting", "220 mx.example ESMTP"));
    while (open && line(text)) {
      heard += text + "\n";
      const std::string verb = text.substr(0, 4);
      open = say(answer(verb, verb == "DATA" ? "354 go on" : verb == "QUIT" ? "221 bye" : "250 ok"));
      if (answer(verb, "") == "354 and hangs up") break;
      if (open && verb == "DATA" && answer(verb, "354").starts_with("354")) open = take_content();
    }
    ::close(peer_);
  }

  std::map<std::string, std::string> answers_;
  int listener_ = -1, peer_ = -1;
  std::thread thread_;
};

SmtpOptions options_for(std::uint16_t port) {
  SmtpOptions out;
  out.host = "127.0.0.1";
  out.port = port;
  out.tls = SmtpTls::none;
  out.hello = "notifier.example";
  out.whole = std::chrono::milliseconds(800);
  return out;
}

Result<SmtpReply> send_to(const SmtpOptions& options, BytesView mail) {
  return send_mail(options, address("notices@notifier.example"), address("notices@institution.example"), mail);
}

std::string verdict(const Result<SmtpReply>& result) {
  return result ? "sent" : std::string(error_code_name(result.error().code));
}

const Bytes kMail = write_mail(a_mail("sealed")).value();

}  // namespace

TEST_CASE("a mail arrives byte for byte, and what the server said is told") {
  Scripted server({});
  const Bytes mail = kMail + ".\r\n..\r\n.behind a dot\r\n";
  auto sent = send_to(options_for(server.port), mail);
  server.end();
  REQUIRE(sent.has_value());
  CHECK(sent->code == 250);
  CHECK(sent->sentence == "2.0.0 Ok: queued as 4F2A");
  CHECK(server.content == kMail + "..\r\n...\r\n..behind a dot\r\n");
  CHECK(server.heard.starts_with("EHLO notifier.example\nMAIL FROM:<notices@notifier.example>"));
  CHECK(server.heard.find("\nRCPT TO:<notices@institution.example>\nDATA\n") != std::string::npos);
}

TEST_CASE("who takes a mail need not say goodbye") {
  const std::map<std::string, std::string> answers = {{"QUIT", "..."}};
  Scripted server(answers);
  const auto began = std::chrono::steady_clock::now();
  CHECK(verdict(send_to(options_for(server.port), kMail)) == "sent");
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(10));
}

TEST_CASE("every way in which a server does not take a mail") {
  struct Row {
    std::string_view what;
    std::map<std::string, std::string> answers;
    std::string_view verdict, says;
  };
  const std::string_view reached = "was not reached";
  const Row rows[] = {
      {"a dead mailbox",
       {{"RCPT", "550 5.1.1 User unknown"}},
       "not_found",
       "It said 550 5.1.1 User unknown (to the recipient)"},
      {"a full mailbox, for good", {{"RCPT", "552 5.2.2 full"}}, "not_found", "552 5.2.2 full"},
      {"come again later", {{"RCPT", "450 4.2.0 greylisted"}}, "busy", "450 4.2.0 greylisted"},
      {"several lines", {{"RCPT", "550-5.1.1 one\r\n550 5.1.1 two"}}, "not_found", "550"},
      {"the sender is not liked", {{"MAIL", "550 5.7.1 no"}}, "conflict", "(to the sender)"},
      {"too large", {{"MAIL", "552 5.3.4 too large"}}, "conflict", "552"},
      {"not now", {{"MAIL", "451 4.3.0 no"}}, "busy", "451"},
      {"no data", {{"DATA", "554 5.5.1 no"}}, "conflict", "(to the mail itself)"},
      {"the content is not liked", {{"content", "554 5.6.0 no"}}, "conflict", "554"},
      {"the disk is full there", {{"content", "452 4.3.1 no"}}, "busy", "452"},
      {"no EHLO, and a dead mailbox", {{"EHLO", "502 what?"}, {"RCPT", "550 5.1.1 no"}}, "not_found", "550 5.1.1"},
      {"no service", {{"greeting", "554 no"}}, "io_error", "(to the greeting)"},
      {"no service now", {{"greeting", "421 no"}}, "busy", "421"},
      {"neither EHLO nor HELO", {{"EHLO", "502 no"}, {"HELO", "502 no"}}, "io_error", "502"},
      {"closes at once", {{"greeting", ""}}, "io_error", reached},
      {"closes before the recipient", {{"RCPT", ""}}, "io_error", reached},
      {"closes after the content", {{"content", ""}}, "io_error", reached},
      {"says nothing", {{"greeting", "..."}}, "io_error", "too long"},
      {"says nothing of the content", {{"content", "..."}}, "io_error", "too long"},
      {"never stops talking", {{"EHLO", "forever"}}, "io_error", reached},
      {"speaks something else", {{"greeting", "SSH-2.0-OpenSSH_9"}}, "io_error", reached},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Scripted server(row.answers);
    const auto began = std::chrono::steady_clock::now();
    auto sent = send_to(options_for(server.port), kMail);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(10));  // the whole is 0.8
    CHECK(verdict(sent) == row.verdict);
    if (sent) continue;
    CAPTURE(sent.error().message);
    CHECK(sent.error().message.find(row.says) != std::string::npos);
    CHECK(sent.error().where == "127.0.0.1:" + std::to_string(server.port));
  }
}

TEST_CASE("a server that hangs up in the middle of a large mail ends nobody's program") {
  const Bytes large = write_mail(a_mail(Bytes(8u << 20, 'x'))).value();
  const std::map<std::string, std::string> answers = {{"DATA", "354 and hangs up"}};
  Scripted server(answers);
  CHECK(verdict(send_to(options_for(server.port), large)) == "io_error");
}

TEST_CASE("what a server says is cut and made printable") {
  Scripted server({{"RCPT", "550 \x1b[2J\xff" + std::string(800, 'x')}});
  auto sent = send_to(options_for(server.port), kMail);
  REQUIRE(!sent);
  CHECK(sent.error().message.find("550 ?[2J?xxx") != std::string::npos);
  CHECK(sent.error().message.size() < kReplyBytes + 200);
}

TEST_CASE("nobody there") {
  std::uint16_t port;
  { port = Scripted({}).port; }
  CHECK(verdict(send_to(options_for(port), kMail)) == "io_error");
}

TEST_CASE("without TLS nothing is said where TLS is required") {
  for (const char* hello : {"250 ok", "250-mx.example\r\n250 STARTTLS"}) {
    Scripted server({{"EHLO", hello}, {"STAR", "454 4.7.0 not now"}});
    SmtpOptions options = options_for(server.port);
    options.tls = SmtpTls::starttls;
    auto sent = send_to(options, kMail);
    server.end();
    CHECK(verdict(sent) == "io_error");
    CHECK(server.heard.find("MAIL") == std::string::npos);
    CHECK(server.content.empty());
  }
}

TEST_CASE("options that make no sense") {
  const auto with = [](auto change) {
    SmtpOptions options = options_for(25);
    change(options);
    return verdict(send_to(options, kMail));
  };
  CHECK(with([](auto& o) { o.host = ""; }) == "invalid_argument");
  CHECK(with([](auto& o) { o.host = "a/b"; }) == "invalid_argument");
  CHECK(with([](auto& o) { o.host = "a@b"; }) == "invalid_argument");
  CHECK(with([](auto& o) { o.hello = "x\r\nMAIL"; }) == "invalid_argument");
  CHECK(with([](auto& o) { o.hello = ""; }) == "invalid_argument");
  CHECK(with([](auto& o) { o.port = 0; }) == "invalid_argument");
  CHECK(with([](auto& o) { o.user = "someone"; }) == "invalid_argument");
  CHECK(with([](auto& o) { o.whole = std::chrono::milliseconds(0); }) == "invalid_argument");
  for (std::string_view elsewhere :
       {"mx.institution.example", "192.168.0.1", "127.example", "127.0.0.1.example", "localhost.example"})
    CHECK(with([elsewhere](auto& o) { o.host = elsewhere; }) == "invalid_argument");
}

TEST_CASE("lines that a server may read in another way are not sent") {
  const SmtpOptions options = options_for(1);
  const std::string_view bad[] = {"", "no end", "a\n.\nMAIL FROM:<x@y>\r\n", "a\r.\r\n", "a\r\n\r", "a\xff\r\n"};
  for (std::string_view mail : bad) CHECK(verdict(send_to(options, mail)) == "invalid_argument");
  CHECK(verdict(send_to(options, std::string("a\0\r\n", 4))) == "invalid_argument");
  CHECK(verdict(send_to(options, std::string(kWireLineBytes + 1, 'x') + "\r\n")) == "invalid_argument");
  CHECK(verdict(send_to(options, std::string(kWireLineBytes, 'x') + "\r\n")) == "io_error");  // nobody on port 1
}
