// A notice as a file, for a stick or any other way; and such files, or mails, handed in.
#include <algorithm>

#include "app/cli/arguments.h"
#include "app/cli/notice_access.h"
#include "app/cli/notice_commands.h"
#include "app/cli/terminal.h"
#include "app/disk/system.h"
#include "app/mail/limits.h"
#include "app/mail/read.h"
#include "app/notice/routing.h"
#include "core/base/limits.h"
#include "core/crypto/hash.h"

namespace scrutineer::cli {
namespace {

constexpr std::size_t kMailStemDigits = 12;

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

void add_new(std::vector<Bytes>& all, std::vector<Bytes> some) {
  for (Bytes& one : some)
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(std::move(one));
}

// The notice with everything that was said about it: receipts, acknowledgements, answers with their sealed contents.
Result<Bytes> with_replies(const NoticeNode& node, const NoticeBook& book, const RecordId& notice) {
  Envelope all;
  for (const BookedNotice& record : book.records()) {
    const RecordId* about = notice_of(record.record);
    if (record.id != notice && (!about || *about != notice)) continue;
    SCRUTINEER_TRY(Bytes bytes, node.envelope_of(record.id));
    SCRUTINEER_TRY(Envelope one, read_envelope(bytes));
    add_new(all.records, std::move(one.records));
    add_new(all.blobs, std::move(one.blobs));
  }
  return write_envelope(all.records, all.blobs);
}

// Into the spool of `notice mail`, for the other side of the agreement. The address comes last: a file without one is
// not finished. Another envelope about the same notice is another mail.
Status put_out_for_mail(Disk& disk, const NoticeNode& node, const NodeBook& book, const RecordId& notice,
                        BytesView envelope) {
  const NoticeRecord& record = book.book().records()[*book.book().find(notice)].record;
  const Agreement& terms = book.book().agreement(*record.agreement)->terms;
  if (node.role() != NodeRole::notifier && node.role() != NodeRole::institution)
    return fail(ErrorCode::invalid_argument, "only the two sides of an agreement write to each other by mail");
  const auto address =
      address_of(node.role() == NodeRole::notifier ? terms.institution : terms.notifier, Channel::mail);
  if (!address) return fail(ErrorCode::not_found, "the agreement gives no mail address of the other side");
  const std::string stem =
      book.directory() + "/outbox/mail/" + to_hex(notice) + "-" + to_hex(sha256(envelope)).substr(0, kMailStemDigits);
  SCRUTINEER_CHECKED(write_file(disk, stem + ".envelope", envelope, Durability::durable));
  return write_file(disk, stem + ".to", *address + "\n", Durability::durable);
}

}  // namespace

int notice_envelope(int argc, char** argv) {
  std::string directory, notice, out;
  bool replies = false, mail = false;
  auto app =
      new_app("scrutineer notice envelope",
              "Writes a notice, sealed as it is, into a file for a stick or any other way; or into the outbox of "
              "'notice mail' for the other side. The node must not be running; its pages offer the same file.",
              "scrutineer notice envelope --dir notifier 0a1b2c3d --out notice.scrutineer");
  app->add_option("--dir", directory, "the node's directory")->required();
  app->add_option("NOTICE", notice, "the notice: its record id, or its first eight digits or more")->required();
  app->add_option("--out", out, "a file NAME.scrutineer");
  app->add_flag("--mail", mail, "for 'notice mail', to the other side's address in the agreement");
  app->add_flag("--replies", replies, "with the receipts, acknowledgements and answers that are here");
  if (auto over = parse(*app, argc, argv)) return *over;
  if (out.empty() != mail) return complain("say where it goes: either --out FILE or --mail");
  auto book = NodeBook::open(directory);
  if (!book) return complain(book.error());
  auto id = book->find_notice(notice);
  if (!id) return complain(id.error());
  PosixDisk disk;
  SystemClock clock;
  SystemRng rng;
  auto node = open_quietly(disk, clock, rng, directory);
  if (!node) return complain(node.error());
  auto bytes = replies ? with_replies(**node, book->book(), *id) : (*node)->envelope_of(*id);
  if (!bytes) return complain(bytes.error());
  auto written =
      mail ? put_out_for_mail(disk, **node, *book, *id, *bytes) : write_file(disk, out, *bytes, Durability::durable);
  return written ? kGood : complain(written.error());
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

}  // namespace scrutineer::cli
