// Other ways than HTTPS: mail and TAXII (a stick: notice_envelope.cc). The same notice by two of them is one notice.
#include <algorithm>

#include "app/cli/arguments.h"
#include "app/cli/notice_access.h"
#include "app/cli/notice_commands.h"
#include "app/cli/stop.h"
#include "app/cli/terminal.h"
#include "app/disk/system.h"
#include "app/mail/maildir.h"
#include "app/mail/read.h"
#include "app/mail/smtp.h"
#include "app/mail/write.h"
#include "app/server/notice_taxii.h"
#include "app/taxii/client.h"
#include "core/base/limits.h"

namespace scrutineer::cli {
namespace {

constexpr std::string_view kSpool = "/outbox/mail/";
constexpr std::size_t kNumberDigits = 12;

struct MailArguments {
  std::string directory, from, maildir, user_file;
  mail::SmtpOptions smtp;
  bool plain = false;
};

// One file of the spool; the exit code. What cannot be delivered is kept, and not tried again: a person has to look.
Result<int> send_one(Disk& disk, const MailArguments& in, const std::string& stem, const mail::Address& from) {
  SCRUTINEER_TRY(Bytes to_text, read_file(disk, stem + ".to", limits::kPathBytes));
  SCRUTINEER_TRY(mail::Address to, mail::Address::parse(std::string_view(to_text).substr(0, to_text.find('\n'))));
  SCRUTINEER_TRY(Bytes envelope, read_file(disk, stem + ".envelope", kEnvelopeBytes));
  const std::string id = stem.substr(stem.rfind('/') + 1);
  SystemClock clock;
  SCRUTINEER_TRY(mail::MessageId message, mail::MessageId::parse(id + "@" + std::string(from.domain())));
  SCRUTINEER_TRY(mail::Number number, mail::Number::parse(id.substr(0, kNumberDigits)));
  SCRUTINEER_TRY(Bytes mail, mail::write_mail({from, to, clock.now(), message, number, envelope}));
  auto sent = mail::send_mail(in.smtp, from, to, mail);
  if (!sent) {
    const bool final = sent.error().code == ErrorCode::not_found || sent.error().code == ErrorCode::conflict;
    tell(id.substr(0, kNumberDigits) + (final ? "  not deliverable: " : "  not yet: ") + to_string(sent.error()));
    if (!final) return kAnswerIsNo;
    SCRUTINEER_CHECKED(disk.rename(stem + ".envelope", stem + ".undeliverable"));
    SCRUTINEER_CHECKED(disk.remove(stem + ".to"));
    return kAnswerIsNo;
  }
  tell(id.substr(0, kNumberDigits) + "  sent by mail");
  SCRUTINEER_CHECKED(disk.remove(stem + ".to"));
  SCRUTINEER_CHECKED(disk.remove(stem + ".envelope"));
  return kGood;
}

// The first line of a file: NAME:PASSWORD.
Status read_user(Disk& disk, MailArguments& in) {
  if (in.user_file.empty()) return {};
  SCRUTINEER_TRY(Bytes text, read_file(disk, in.user_file, limits::kPathBytes));
  const std::string_view line = std::string_view(text).substr(0, text.find('\n'));
  const std::size_t colon = line.find(':');
  if (colon == line.npos || colon == 0 || colon + 1 == line.size())
    return fail(ErrorCode::malformed, "the first line is not NAME:PASSWORD", in.user_file);
  in.smtp.user = line.substr(0, colon);
  in.smtp.password = line.substr(colon + 1);
  return {};
}

int send_spool(Disk& disk, const MailArguments& in) {
  auto from = mail::Address::parse(in.from);
  if (!from) return complain(placed(from.error(), "--from"));
  const std::string spool = in.directory + std::string(kSpool);
  auto names = disk.list(spool.substr(0, spool.size() - 1));
  if (!names) return complain(names.error());
  int code = kGood;
  for (const std::string& name : *names) {
    if (!name.ends_with(".to")) continue;
    auto done = send_one(disk, in, spool + name.substr(0, name.size() - 3), *from);
    code = std::max(code, done ? *done : complain(done.error()));
  }
  return code;
}

// Anybody can write one: a person is told, nothing is decided by it. NUMBER is that of the notice in the mail's
// subject.
void tell_bounces(const mail::Contents& contents) {
  for (const mail::Bounce& bounce : contents.bounces) {
    std::string line = bounce.action == mail::DeliveryAction::delayed ? "a mail is delayed: " : "a mail came back: ";
    line.append(mail::kDeliveryActionNames[static_cast<std::size_t>(bounce.action)]).append(" ").append(bounce.status);
    if (bounce.recipient) line.append(" ").append(bounce.recipient->value());
    if (bounce.about) line.append(", notice ").append(bounce.about->value().substr(0, kNumberDigits));
    tell(line);
  }
}

int read_maildir(Disk& disk, const MailArguments& in) {
  auto maildir = mail::Maildir::open(disk, in.maildir);
  if (!maildir) return complain(maildir.error());
  auto round = maildir->take_new([&](BytesView bytes) -> Status {
    SCRUTINEER_TRY(mail::Contents contents, mail::read_mail(bytes));
    tell_bounces(contents);
    int code = kGood;
    for (const Bytes& one : contents.envelopes) {
      SCRUTINEER_TRY(Envelope envelope, read_envelope(one));
      code = std::max(code, hand_in(in.directory, envelope, Channel::mail));
    }
    if (code == kCouldNotRun) return fail(ErrorCode::busy, "the node does not take it now");
    if (code == kAnswerIsNo) return fail(ErrorCode::unauthorised, "the node did not take all of what it holds");
    return {};
  });
  if (!round) return complain(round.error());
  if (round->refused > 0) tell("why they were refused: " + in.maildir + "/.refused/why/");
  tell(std::to_string(round->taken) + " mails taken, " + std::to_string(round->refused) + " refused, " +
       std::to_string(round->waiting) + " waiting");
  return round->refused + round->waiting == 0 ? kGood : kAnswerIsNo;
}

struct FetchArguments {
  std::string directory, collection, user_file;
  TaxiiClientOptions client;
};

// DIR/fetched-<collection>: where to go on.
std::string fetched_path(const FetchArguments& in) {
  return in.directory + "/fetched-" + taxii_collection_id(in.collection);
}

struct Fetched {
  std::size_t taken = 0, refused = 0;
};

// What is no envelope, or is not taken, must not hold up what comes behind it.
Status take_fetched(const FetchArguments& in, const StixObject& object, Fetched& out) {
  if (object.type != kEnvelopeObject) return {};
  auto bytes = envelope_in(object.text);
  auto envelope = bytes ? read_envelope(*bytes) : Result<Envelope>(tl::unexpected(bytes.error()));
  if (!envelope) {
    tell("refused: " + to_string(envelope.error()));
    ++out.refused;
    return {};
  }
  const int code = hand_in(in.directory, *envelope, Channel::taxii);
  if (code == kCouldNotRun) return fail(ErrorCode::busy, "the node does not take it now: fetch again");
  ++(code == kGood ? out.taken : out.refused);
  return {};
}

Result<Fetched> fetch(Disk& disk, FetchArguments& in) {
  if (!in.user_file.empty()) {
    SCRUTINEER_CHECKED(read_taxii_user(disk, in.user_file, in.client));
  }
  TaxiiTime since;
  if (auto text = read_file(disk, fetched_path(in), limits::kPathBytes))
    since = parse_taxii_time(std::string_view(*text).substr(0, text->find('\n'))).value_or(TaxiiTime{});
  SCRUTINEER_TRY(auto client, TaxiiClient::connect(in.client));
  Fetched out;
  SCRUTINEER_TRY(TaxiiPull pulled, client->pull(in.collection, since, [&](const StixObject& object) {
    return take_fetched(in, object, out);
  }));
  out.refused += pulled.refused;
  if (pulled.last)
    SCRUTINEER_CHECKED(write_file(disk, fetched_path(in), to_string(*pulled.last) + "\n", Durability::durable));
  return out;
}

}  // namespace

int notice_fetch(int argc, char** argv) {
  FetchArguments in;
  auto app =
      new_app("scrutineer notice fetch",
              "Fetches sealed notices from a notifier's TAXII server and hands them to the node. Goes on where it "
              "stood.",
              "scrutineer notice fetch --dir institution --taxii https://service.example/taxii2/ --collection "
              "envelopes-6723740b... --user taxii.user");
  app->add_option("--dir", in.directory, "the node's directory")->required();
  app->add_option("--taxii", in.client.url, "the server's discovery resource")->required();
  app->add_option("--collection", in.collection, "envelopes-AGREEMENT")->required();
  app->add_option("--user", in.user_file, "a file whose first line is NAME:TOKEN");
  app->add_option("--ca", in.client.ca_file, "certificate authority (PEM) of the server");
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto fetched = fetch(disk, in);
  if (!fetched) return complain(fetched.error());
  tell(std::to_string(fetched->taken) + " envelopes fetched, " + std::to_string(fetched->refused) + " refused");
  return fetched->refused == 0 ? kGood : kAnswerIsNo;
}

int notice_mail(int argc, char** argv) {
  MailArguments in;
  std::uint32_t every = 0;
  auto app = new_app("scrutineer notice mail",
                     "Sends by mail what the node has put into its outbox (docs/runbooks/mail.md), and hands it what "
                     "came into a Maildir. Once, or again and again with --every.",
                     "scrutineer notice mail --dir notifier --smtp mail.example --from notices@service.example --every "
                     "10");
  app->add_option("--dir", in.directory, "the node's directory")->required();
  app->add_option("--smtp", in.smtp.host, "the mail server to hand mails to");
  app->add_option("--port", in.smtp.port);
  app->add_flag("--plain", in.plain, "without TLS: to this machine alone");
  app->add_option("--ca", in.smtp.ca_file, "certificate authority (PEM) of the mail server");
  app->add_option("--from", in.from, "the sender's address");
  app->add_option("--name", in.smtp.hello, "how this machine names itself; else the domain of the sender's address");
  app->add_option("--user", in.user_file, "a file whose first line is NAME:PASSWORD, for servers that want it");
  app->add_option("--maildir", in.maildir, "a Maildir that belongs to the node alone");
  app->add_option("--every", every, "seconds between rounds; 0: one round");
  if (auto over = parse(*app, argc, argv)) return *over;
  if (in.smtp.host.empty() && in.maildir.empty()) return complain("say --smtp HOST, --maildir DIR, or both");
  if (!in.smtp.host.empty() && in.from.empty()) return complain("say who sends: --from ADDRESS");
  if (in.plain) in.smtp.tls = mail::SmtpTls::none;
  if (in.smtp.hello.empty()) in.smtp.hello = in.from.substr(in.from.rfind('@') + 1);
  StopSignals stop;
  PosixDisk disk;
  if (Status user = read_user(disk, in); !user) return complain(user.error());
  int code = kGood;
  do {
    code = kGood;
    if (!in.smtp.host.empty()) code = send_spool(disk, in);
    if (!in.maildir.empty()) code = std::max(code, read_maildir(disk, in));
  } while (every > 0 && !stop.wait_for(std::chrono::seconds(every)));
  return code;
}

}  // namespace scrutineer::cli
