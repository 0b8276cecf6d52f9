// Notices by mail through a real mail server: sent, delivered into a Maildir, taken from there; a dead mailbox, one
// that is busy, one that accepts and bounces; STARTTLS.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/http/socket.h"
#include "app/mail/mail_for_test.h"
#include "app/mail/maildir.h"
#include "app/mail/read.h"
#include "app/mail/smtp.h"
#include "core/crypto/certificate.h"

using namespace scrutineer;
using namespace scrutineer::mail;
using namespace scrutineer::mail::testing;
namespace fs = std::filesystem;

namespace {

std::uint16_t free_port() {
  std::uint16_t port = 0;
  const http::Descriptor taken = http::listen_on_loopback(port);
  return port;
}

void write(const fs::path& path, std::string_view bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

// One mail server for all tests of this program.
class Postfix {
 public:
  Postfix() {
    std::string pattern = (fs::temp_directory_path() / "mail-test-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    directory = pattern;
    write_certificates();
    port = free_port();
    REQUIRE(script("start", std::to_string(port)));
  }
  ~Postfix() {  // behind the last test: nothing here may be a check of doctest
    script("stop", "");
    fs::remove_all(directory);
  }
  bool script(const std::string& verb, const std::string& rest) const {
    const char* program = std::getenv("SCRUTINEER_POSTFIX");
    if (program == nullptr) return false;  // tests/mail/run starts this program
    return std::system((std::string(program) + " " + verb + " " + directory.string() + " " + rest).c_str()) == 0;
  }
  SmtpOptions options() const {
    SmtpOptions out;
    out.host = "127.0.0.1";
    out.port = port;
    out.tls = SmtpTls::none;
    out.hello = "notifier.example";
    return out;
  }
  Result<SmtpReply> send(std::string_view to, BytesView envelope) const {
    Mail mail = a_mail(envelope);
    mail.to = address(to);
    return send_mail(options(), mail.from, mail.to, write_mail(mail).value());
  }

  fs::path directory;
  std::uint16_t port = 0;

 private:
  void write_certificates() const {
    SystemRng rng;
    SystemClock clock;
    const std::vector<std::string> names = {"localhost", "127.0.0.1"};
    const Certificate authority = make_authority(names, clock.now(), rng).value();
    const Certificate server =
        make_server_certificate(authority.pem, authority.key_pem, names, clock.now(), rng).value();
    const Certificate other = make_authority(names, clock.now(), rng).value();
    write(directory / "tls/ca.pem", authority.pem);
    write(directory / "tls/other.pem", other.pem);
    write(directory / "tls/server.pem", server.pem);
    write(directory / "tls/server-key.pem", server.key_pem.view());
    fs::permissions(directory / "tls/server-key.pem", fs::perms::owner_read | fs::perms::owner_write);
  }
};

const Postfix& postfix() {
  static const Postfix one;
  return one;
}

// What arrives in a mailbox, waiting for `count` mails at most 20 s.
std::vector<Contents> arrived(const std::string& mailbox, std::size_t count) {
  PosixDisk disk;
  const fs::path path = postfix().directory / "mail" / mailbox;
  std::vector<Contents> out;
  for (int i = 0; i < 200 && out.size() < count; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    if (!fs::exists(path / "new")) continue;  // the server makes it with the first mail, for its own user
    Maildir box = Maildir::open(disk, path.string()).value();
    auto round = box.take_new([&](BytesView mail) -> Status {
      SCRUTINEER_TRY(Contents contents, read_mail(mail));
      out.push_back(std::move(contents));
      return {};
    });
    REQUIRE(round.has_value());
    CHECK(round->refused == 0);
  }
  CHECK(out.size() == count);
  return out;
}

std::string code_of(const Result<SmtpReply>& sent) {
  return sent ? "sent" : std::string(error_code_name(sent.error().code));
}

}  // namespace

TEST_CASE("an envelope arrives byte for byte") {
  const std::string small = "a sealed envelope \0\r\n.\r\n\xff";
  Bytes large(8u << 20, '\0');
  SystemRng rng;
  rng.fill({reinterpret_cast<std::uint8_t*>(large.data()), large.size()});
  auto sent = postfix().send("notices@institution.example", small);
  REQUIRE_MESSAGE(sent.has_value(), to_string(sent.error()));
  CHECK(sent->code == 250);
  CHECK(sent->sentence.find("queued as") != std::string::npos);
  CHECK(code_of(postfix().send("notices@institution.example", large)) == "sent");
  auto mails = arrived("notices@institution.example", 2);
  REQUIRE(mails.size() == 2);
  std::vector<Bytes> envelopes;
  for (Contents& one : mails)
    for (Bytes& envelope : one.envelopes) envelopes.push_back(std::move(envelope));
  std::sort(envelopes.begin(), envelopes.end(), [](const Bytes& a, const Bytes& b) { return a.size() < b.size(); });
  CHECK((envelopes == std::vector<Bytes>{small, large}));
}

TEST_CASE("a mailbox that is dead, full, busy, elsewhere") {
  struct Row {
    std::string_view to, code, says;
  };
  const Row rows[] = {{"dead@institution.example", "not_found", "550 5.1.1"},
                      {"nobody@institution.example", "not_found", "550 5.1.1"},
                      {"full@institution.example", "not_found", "552 5.2.2"},
                      {"busy@institution.example", "busy", "450 4.2.0"},
                      {"someone@world.example", "not_found", "554 5.7.1"}};
  for (const Row& row : rows) {
    CAPTURE(row.to);
    auto sent = postfix().send(row.to, "sealed");
    CHECK(code_of(sent) == row.code);
    if (!sent) CHECK(sent.error().message.find(row.says) != std::string::npos);
  }
}

TEST_CASE("a server that takes a mail and cannot deliver it sends a bounce, which is read") {
  REQUIRE(postfix().send("gone@institution.example", "sealed").has_value());
  auto mails = arrived("notices@notifier.example", 1);
  REQUIRE(mails.size() == 1);
  CHECK(mails[0].envelopes.empty());  // our own envelope, which came back, counts as nothing
  REQUIRE(mails[0].bounces.size() == 1);
  const Bounce& bounce = mails[0].bounces[0];
  CHECK(bounce.action == DeliveryAction::failed);
  CHECK(bounce.status == "5.1.1");
  CHECK(bounce.recipient == address("gone@institution.example"));
  REQUIRE(bounce.about.has_value());
  CHECK(*bounce.about == a_mail("x").id);
}

TEST_CASE("STARTTLS with a certificate that is believed, and with one that is not") {
  SmtpOptions options = postfix().options();
  options.tls = SmtpTls::starttls;
  const Mail mail = a_mail("sealed over TLS");
  const Bytes bytes = write_mail(mail).value();
  const auto send = [&](std::string_view ca) {
    options.ca_file = (postfix().directory / "tls" / ca).string();
    return send_mail(options, mail.from, mail.to, bytes);
  };
  auto sent = send("ca.pem");
  CHECK_MESSAGE(sent.has_value(), (sent ? std::string() : to_string(sent.error())));
  auto refused = send("other.pem");
  CHECK(code_of(refused) == "io_error");
  if (!refused) CHECK(refused.error().message.find("certificate") != std::string::npos);
  CHECK(code_of(send("absent.pem")) == "io_error");
  auto mails = arrived("notices@institution.example", 1);
  REQUIRE(mails.size() == 1);
  CHECK(mails[0].envelopes == std::vector<Bytes>{"sealed over TLS"});
}
