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

int read_maildir(Disk& disk, const MailArguments& in) {
  auto maildir = mail::Maildir::open(disk, in.maildir);
  if (!maildir) return complain(maildir.error());
  auto round = maildir->take_new([&](BytesView bytes) -> Status {
    SCRUTINEER_TRY(mail::Contents contents, mail::read_mail(bytes));
    for (const mail::Bounce& bounce : contents.bounces)
      tell("a mail came back: " + bounce.status + (bounce.recipient ? " " + bounce.recipient->value() : ""));
    for (const Bytes& one : contents.envelopes) {
      SCRUTINEER_TRY(Envelope envelope, read_envelope(one));
      if (hand_in(in.directory, envelope, Channel::mail) == kCouldNotRun)
        return fail(ErrorCode::busy, "the node could not be reached");
    }
    return {};
  });
  if (!round) return complain(round.error());
  tell(std::to_string(round->taken) + " mails taken, " + std::to_string(round->refused) + " refused, " +
       std::to_string(round->waiting) + " waiting");
  return kGood;
}

struct FetchArguments {
  std::string directory, collection, user_file;
  TaxiiClientOptions client;
};

// DIR/fetched-<collection>: where to go on.
std::string fetched_path(const FetchArguments& in) {
  return in.directory + "/fetched-" + taxii_collection_id(in.collection);
}

Result<std::size_t> fetch(Disk& disk, FetchArguments& in) {
  if (!in.user_file.empty()) {
    SCRUTINEER_CHECKED(read_taxii_user(disk, in.user_file, in.client));
  }
  TaxiiTime since;
  if (auto text = read_file(disk, fetched_path(in), limits::kPathBytes))
    since = parse_taxii_time(std::string_view(*text).substr(0, text->find('\n'))).value_or(TaxiiTime{});
  SCRUTINEER_TRY(auto client, TaxiiClient::connect(in.client));
  std::size_t taken = 0;
  SCRUTINEER_TRY(TaxiiPull pulled, client->pull(in.collection, since, [&](const StixObject& object) -> Status {
    if (object.type != kEnvelopeObject) return {};
    SCRUTINEER_TRY(Bytes bytes, envelope_in(object.text));
    SCRUTINEER_TRY(Envelope envelope, read_envelope(bytes));
    if (hand_in(in.directory, envelope, Channel::taxii) == kCouldNotRun)
      return fail(ErrorCode::busy, "the node could not be reached");
    ++taken;
    return {};
  }));
  if (pulled.last)
    SCRUTINEER_CHECKED(write_file(disk, fetched_path(in), to_string(*pulled.last) + "\n", Durability::durable));
  return taken;
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
  auto taken = fetch(disk, in);
  if (!taken) return complain(taken.error());
  tell(std::to_string(*taken) + " envelopes fetched");
  return kGood;
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
    if (!bytes) return complain(bytes.error());
    auto envelopes = envelopes_of(*bytes);
    if (!envelopes) return complain(placed(envelopes.error(), file));
    if (envelopes->empty()) return complain(file + " holds no envelope");
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
