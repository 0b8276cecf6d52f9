// Other ways than HTTPS: a stick, mail, TAXII. The same notice by two of them is one notice.
#include <CLI/CLI.hpp>

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

// Whatever a file holds: an envelope, or a mail with envelopes in it.
Result<std::vector<Envelope>> envelopes_of(BytesView bytes) {
  std::vector<Envelope> envelopes;
  if (bytes.starts_with("scrutineer/envelope/")) {
    SCRUTINEER_TRY(Envelope envelope, read_envelope(bytes));
    envelopes.push_back(std::move(envelope));
    return envelopes;
  }
  SCRUTINEER_TRY(std::vector<Bytes> found, mail::envelopes_in_mail(bytes));
  for (const Bytes& one : found) {
    SCRUTINEER_TRY(Envelope envelope, read_envelope(one));
    envelopes.push_back(std::move(envelope));
  }
  return envelopes;
}

struct MailArguments {
  std::string directory, from, maildir;
  mail::SmtpOptions smtp;
  bool plain = false;
};

// One file of the spool. True: it is gone for good, sent or not deliverable.
Result<bool> send_one(Disk& disk, const MailArguments& in, const std::string& stem, const mail::Address& from) {
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
    if (!final) return false;
    SCRUTINEER_CHECKED(disk.rename(stem + ".envelope", stem + ".undeliverable"));
    SCRUTINEER_CHECKED(disk.remove(stem + ".to"));
    return true;
  }
  tell(id.substr(0, kNumberDigits) + "  sent by mail");
  SCRUTINEER_CHECKED(disk.remove(stem + ".to"));
  SCRUTINEER_CHECKED(disk.remove(stem + ".envelope"));
  return true;
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
    if (!done) return complain(done.error());
    if (!*done) code = kAnswerIsNo;
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

int notice_envelope(int argc, char** argv) {
  std::string directory, notice, out;
  auto app = new_app("scrutineer notice envelope",
                     "Writes a notice, sealed as it is, into a file for a stick or any other way. The node must not be "
                     "running; its pages offer the same file.",
                     "scrutineer notice envelope --dir notifier 0a1b2c3d --out notice.scrutineer");
  app->add_option("--dir", directory, "the node's directory")->required();
  app->add_option("NOTICE", notice, "the notice: its record id, or its first eight digits or more")->required();
  app->add_option("--out", out)->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  auto book = NodeBook::open(directory);
  if (!book) return complain(book.error());
  auto id = book->find_notice(notice);
  if (!id) return complain(id.error());
  PosixDisk disk;
  SystemClock clock;
  SystemRng rng;
  auto node = open_quietly(disk, clock, rng, directory);
  if (!node) return complain(node.error());
  auto bytes = (*node)->envelope_of(*id);
  if (!bytes) return complain(bytes.error());
  if (auto written = write_file(disk, out, *bytes, Durability::durable); !written) return complain(written.error());
  return kGood;
}

int notice_take(int argc, char** argv) {
  std::string directory;
  std::vector<std::string> files;
  bool mail = false;
  auto app = new_app("scrutineer notice take",
                     "Hands envelopes to a node, from a stick or out of a mail. What it has already is known to it.",
                     "scrutineer notice take --dir institution notice.scrutineer");
  app->add_option("--dir", directory, "the node's directory")->required();
  app->add_option("FILE", files, "envelopes, or mails with envelopes in them")->required();
  app->add_flag("--mail", mail, "they came by mail");
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  int code = kGood;
  for (const std::string& file : files) {
    auto bytes = read_file(disk, file, mail::kMailBytes);
    auto envelopes = bytes ? envelopes_of(*bytes) : Result<std::vector<Envelope>>(tl::unexpected(bytes.error()));
    if (!envelopes) {  // the other files are taken all the same
      code = std::max(code, complain(bytes ? placed(envelopes.error(), file) : envelopes.error()));
      continue;
    }
    if (envelopes->empty()) code = std::max(code, complain(file + " holds no envelope"));
    for (const Envelope& envelope : *envelopes)
      code = std::max(code, hand_in(directory, envelope, mail ? Channel::mail : Channel::stick));
  }
  return code;
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
  app->add_option("--maildir", in.maildir, "a Maildir that belongs to the node alone");
  app->add_option("--every", every, "seconds between rounds; 0: one round");
  if (auto over = parse(*app, argc, argv)) return *over;
  if (in.smtp.host.empty() && in.maildir.empty()) return complain("say --smtp HOST, --maildir DIR, or both");
  if (!in.smtp.host.empty() && in.from.empty()) return complain("say who sends: --from ADDRESS");
  if (in.plain) in.smtp.tls = mail::SmtpTls::none;
  StopSignals stop;
  PosixDisk disk;
  int code = kGood;
  do {
    code = kGood;
    if (!in.smtp.host.empty()) code = send_spool(disk, in);
    if (!in.maildir.empty()) code = std::max(code, read_maildir(disk, in));
  } while (every > 0 && !stop.wait_for(std::chrono::seconds(every)));
  return code;
}

}  // namespace scrutineer::cli
