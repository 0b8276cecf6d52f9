// What people say from the command line: a notice, an acknowledgement, an answer, a refusal, a closing, a statement.
#include <algorithm>

#include "app/cli/arguments.h"
#include "app/cli/choices.h"
#include "app/cli/notice_access.h"
#include "app/cli/notice_commands.h"
#include "app/cli/terminal.h"
#include "app/disk/system.h"
#include "app/notice/content.h"
#include "core/base/limits.h"
#include "core/codec/json.h"

namespace scrutineer::cli {
namespace {

constexpr std::string_view kHuntFormat = "scrutineer/hunt/1";

struct Common {
  std::string directory, key, passphrase_file, notice;
};

void add_common(CommandLine& app, Common& in, bool about_a_notice = true) {
  app.add_option("--dir", in.directory, "the node's directory")->required();
  app.add_option("--key", in.key, "your key file")->required();
  app.add_option("--passphrase-file", in.passphrase_file, "read the passphrase from the first line of this file");
  if (about_a_notice)
    app.add_option("NOTICE", in.notice, "the notice: its record id, or its first eight digits or more")->required();
}

Result<std::vector<PayloadFile>> read_attached(const std::vector<std::string>& paths) {
  PosixDisk disk;
  std::vector<PayloadFile> files;
  for (const std::string& path : paths) {
    SCRUTINEER_TRY(Bytes bytes, read_file(disk, path, kPayloadBytes));
    files.push_back({path.substr(path.rfind('/') + 1), "application/octet-stream", std::move(bytes)});
  }
  return files;
}

// Prints the record ids of what the node took. What a person here says and the node refuses was used wrongly: nothing
// was said, so there is nothing to print.
int hand_in_own(const std::string& directory, const Envelope& envelope) {
  auto handed = hand_over(directory, envelope, Channel::https);
  if (!handed) return complain(handed.error());
  std::size_t taken = 0;
  for (const HandedIn& one : *handed) {
    if (one.taken()) print(to_hex(one.record) + "\n"), ++taken;
  }
  const int code = tell_handed(*handed);
  return taken == 0 ? kCouldNotRun : code;
}

int sign_and_hand_in(const Common& in, const NoticeRecord& record, std::vector<Bytes> blobs = {}) {
  auto note = sign_as(notice_record_text(record), in.key, in.passphrase_file);
  if (!note) return complain(note.error());
  return hand_in_own(in.directory, {{std::move(*note)}, std::move(blobs)});
}

// Says something about a notice that `make` puts together.
template <class Make>
int say_about(const Common& in, Make&& make) {
  auto node = NodeBook::open(in.directory);
  if (!node) return complain(node.error());
  auto notice = node->find_notice(in.notice);
  if (!notice) return complain(notice.error());
  const NoticeVersion* version = node->book().version(*notice);
  const NoticeRecord& said = node->book().records()[version->record].record;
  Result<NoticeBody> body = make(*notice, std::get<Notice>(said.body));
  if (!body) return complain(body.error());
  return sign_and_hand_in(in, NoticeRecord{said.agreement, now_text(), std::move(*body)});
}

struct SendArguments : Common {
  std::vector<std::string> to, attach;
  bool all = false;
  std::string report, stix, kind = "attack", change = "first", replaces;
};

Result<NoticeContent> read_content(const SendArguments& in) {
  PosixDisk disk;
  SystemRng rng;
  SystemClock clock;
  SCRUTINEER_TRY(std::vector<PayloadFile> attached, read_attached(in.attach));
  if (!in.stix.empty()) {
    SCRUTINEER_TRY(Bytes stix, read_file(disk, in.stix, kPayloadBytes));
    return content_of_stix(stix, std::move(attached));
  }
  SCRUTINEER_TRY(Bytes text, read_file(disk, in.report, kPayloadHeadBytes));
  auto report = read_report_file(text);
  if (!report) return tl::unexpected(placed(report.error(), in.report));
  StixStamp stamp;
  rng.fill(stamp.seed.bytes);
  stamp.created = stamp.modified = clock.now();
  return content_of(*report, stamp, std::move(attached));
}

// The agreements that it goes to; of a later version, that of the first.
Result<std::vector<RecordId>> recipients(const SendArguments& in, const NodeBook& node, Notice& notice) {
  std::vector<RecordId> to;
  if (!in.replaces.empty()) {
    SCRUTINEER_TRY(RecordId replaced, node.find_notice(in.replaces));
    notice.replaces = replaced;
    notice.of = *node.book().first_of(replaced);
    to.push_back(node.book().exchange(*notice.of)->agreement);
    return to;
  }
  if (in.all)
    for (const AgreementState* state : node.book().agreements())
      if (state->in_effect) to.push_back(state->id);
  for (const std::string& one : in.to) {
    SCRUTINEER_TRY(RecordId id, node.find_agreement(one));
    to.push_back(id);
  }
  if (to.empty()) {
    SCRUTINEER_TRY(RecordId only, node.find_agreement(""));
    to.push_back(only);
  }
  return to;
}

Status seal_and_sign(const SendArguments& in, const AgreementState& agreement, const NoticeContent& content,
                     Notice notice, Envelope& envelope) {
  SystemRng rng;
  const std::vector<AgreedBox> boxes = agreement.boxes_of_both();
  SCRUTINEER_TRY(Sealed sealed, seal_payload(agreement.id, content.fields, content.files, boxes, rng));
  wipe(sealed.plaintext);
  notice.content = std::move(sealed.content);
  SCRUTINEER_TRY(Bytes note, sign_as(notice_record_text({agreement.id, now_text(), std::move(notice)}), in.key,
                                     in.passphrase_file));
  envelope.records.push_back(std::move(note));
  envelope.blobs.push_back(std::move(sealed.ciphertext));
  return {};
}

int send_content(const SendArguments& in) {
  auto content = read_content(in);
  if (!content) return complain(content.error());
  auto node = NodeBook::open(in.directory);
  if (!node) return complain(node.error());
  Notice notice;
  notice.kind = *value_of<NoticeKind>(kNoticeKindNames, in.kind);
  notice.change = *value_of<NoticeChange>(kNoticeChangeNames, in.change);
  if ((notice.change == NoticeChange::first) != in.replaces.empty())
    return complain("a later version says which one it replaces (--replaces), a first one does not");
  auto to = recipients(in, *node, notice);
  if (!to) return complain(to.error());
  Envelope envelope;
  for (const RecordId& id : *to)
    if (auto sealed = seal_and_sign(in, *node->book().agreement(id), *content, notice, envelope); !sealed)
      return complain(sealed.error());
  return hand_in_own(in.directory, envelope);
}

// The bytes of a report of `scrutineer hunt`: what the other side is told can be read by its programs.
Result<Bytes> read_hunt_report(const std::string& path) {
  PosixDisk disk;
  SCRUTINEER_TRY(Bytes bytes, read_file(disk, path, kPayloadBytes));
  auto json = Json::parse(bytes);
  auto format = json && json->root().is_object() ? json->root().find("format") : std::nullopt;
  if (!format || format->as_string() != kHuntFormat)
    return fail(ErrorCode::malformed, "this is no report of 'scrutineer hunt'", path);
  return bytes;
}

}  // namespace

int notice_send(int argc, char** argv) {
  SendArguments in;
  auto app = new_app("scrutineer notice send",
                     "Tells institutions that they are under attack: seals what you say to each of them, signs it with "
                     "your key and hands it to the node, which sends it. Prints the notices' record ids.",
                     "scrutineer notice send --dir notifier --key officer-1.key --all --report beacons.json");
  add_common(*app, in, false);
  app->add_option("--to", in.to, "an agreement (record id, or its first digits); may be given several times");
  app->add_flag("--all", in.all, "to every institution");
  auto* report = app->add_option("--report", in.report, "what happened, as JSON (docs/formats/notice.md)");
  auto* stix = app->add_option("--stix", in.stix, "or as a STIX 2.1 bundle, whose bytes are sent as they are");
  report->excludes(stix);
  app->add_option("--attach", in.attach, "a file to seal with it; may be given several times");
  app->add_option("--kind", in.kind)->one_of(names_of(kNoticeKindNames));
  app->add_option("--change", in.change, "what a later version does")->one_of(names_of(kNoticeChangeNames));
  app->add_option("--replaces", in.replaces, "the version before");
  if (auto over = parse(*app, argc, argv)) return *over;
  if (in.report.empty() && in.stix.empty()) return complain("say what happened: --report FILE or --stix FILE");
  return send_content(in);
}

int notice_acknowledge(int argc, char** argv) {
  Common in;
  auto app = new_app("scrutineer notice acknowledge", "Says, with your key, that you have read these contents.",
                     "scrutineer notice acknowledge --dir institution --key officer-1.key 0a1b2c3d");
  add_common(*app, in);
  if (auto over = parse(*app, argc, argv)) return *over;
  return say_about(in, [](const RecordId& id, const Notice& notice) -> Result<NoticeBody> {
    return Acknowledgement{id, notice.content.payload};
  });
}

int notice_answer(int argc, char** argv) {
  Common in;
  std::string stage = "initial", outcome, hunt;
  AnswerReport answer;
  std::vector<std::string> attach;
  auto app = new_app("scrutineer notice answer",
                     "Answers a notice under seal: what was done, what was found, and what could not be searched.",
                     "scrutineer notice answer --dir institution --key officer-1.key 0a1b2c3d --outcome not-found "
                     "--actions 'Mail gateway searched.' --hunt hunt.json");
  add_common(*app, in);
  app->add_option("--stage", stage)->one_of(names_of(kAnswerStageNames));
  app->add_option("--outcome", outcome)->required()->one_of(names_of(kAnswerOutcomeNames));
  app->add_option("--actions", answer.actions, "what was done");
  app->add_option("--results", answer.results, "what was found");
  app->add_option("--hunt", hunt, "the report of `scrutineer hunt`");
  app->add_option("--attach", attach, "a file to seal with it; may be given several times");
  if (auto over = parse(*app, argc, argv)) return *over;
  answer.outcome = *value_of<AnswerOutcome>(kAnswerOutcomeNames, outcome);
  if (!hunt.empty()) {
    auto bytes = read_hunt_report(hunt);
    if (!bytes) return complain(bytes.error());
    answer.hunt = std::move(*bytes);
  }
  auto node = NodeBook::open(in.directory);
  if (!node) return complain(node.error());
  auto notice = node->find_notice(in.notice);
  if (!notice) return complain(notice.error());
  auto attached = read_attached(attach);
  if (!attached) return complain(attached.error());
  auto content = content_of(answer, std::move(*attached));
  if (!content) return complain(content.error());
  const RecordId agreement = *node->book().records()[node->book().version(*notice)->record].record.agreement;
  SystemRng rng;
  auto sealed =
      seal_payload(agreement, content->fields, content->files, node->book().agreement(agreement)->boxes_of_both(), rng);
  if (!sealed) return complain(sealed.error());
  wipe(sealed->plaintext);
  NoticeAnswer body{*notice, *value_of<AnswerStage>(kAnswerStageNames, stage), std::move(sealed->content)};
  return sign_and_hand_in(in, NoticeRecord{agreement, now_text(), std::move(body)}, {std::move(sealed->ciphertext)});
}

int notice_refuse(int argc, char** argv) {
  Common in;
  std::string code, reason;
  auto app = new_app("scrutineer notice refuse",
                     "Refuses a notice. Code and reason are PUBLIC: no confidential word belongs in them.",
                     "scrutineer notice refuse --dir institution --key officer-1.key 0a1b2c3d --code not-for-us");
  add_common(*app, in);
  app->add_option("--code", code)->required()->one_of(names_of(kRefusalCodeNames));
  app->add_option("--reason", reason, "in public words");
  if (auto over = parse(*app, argc, argv)) return *over;
  return say_about(in, [&](const RecordId& id, const Notice&) -> Result<NoticeBody> {
    return NoticeRefusal{id, *value_of<RefusalCode>(kRefusalCodeNames, code), reason};
  });
}

int notice_close(int argc, char** argv) {
  Common in;
  std::string outcome = "answered";
  auto app = new_app("scrutineer notice close", "The notifier regards the exchange as over.",
                     "scrutineer notice close --dir notifier --key officer-1.key 0a1b2c3d --outcome answered");
  add_common(*app, in);
  app->add_option("--outcome", outcome)->one_of(names_of(kClosingOutcomeNames));
  if (auto over = parse(*app, argc, argv)) return *over;
  return say_about(in, [&](const RecordId& id, const Notice&) -> Result<NoticeBody> {
    return Closing{id, *value_of<ClosingOutcome>(kClosingOutcomeNames, outcome)};
  });
}

int notice_state(int argc, char** argv) {
  Common in;
  std::string claim, notice, agreement, time;
  Statement statement;
  auto app = new_app("scrutineer notice state",
                     "Records what your side says in public, so that the evidence can be held against it.",
                     "scrutineer notice state --dir institution --key head.key --claim not-notified --words '...' "
                     "--source 'press briefing, 3 May'");
  add_common(*app, in, false);
  app->add_option("--claim", claim)->required()->one_of(names_of(kClaimNames));
  app->add_option("--notice", notice, "about this notice alone");
  app->add_option("--agreement", agreement, "under this agreement, where there are several");
  app->add_option("--time", time, "RFC 3339: of `notified`, `notified-later`");
  app->add_option("--words", statement.words, "as they were said");
  app->add_option("--source", statement.source, "where they were said");
  if (auto over = parse(*app, argc, argv)) return *over;
  auto node = NodeBook::open(in.directory);
  if (!node) return complain(node.error());
  statement.claim = *value_of<Claim>(kClaimNames, claim);
  if (!time.empty() && !is_rfc3339(time)) return complain("--time reads like 2023-05-03T09:00:00+09:00");
  if (!time.empty()) statement.time = time;
  if (statement.claim == Claim::notified_later && time.empty()) return complain("later than when? say --time");
  std::optional<RecordId> under;
  if (!notice.empty()) {
    auto id = node->find_notice(notice);
    if (!id) return complain(id.error());
    statement.notice = *id;
    under = node->book().records()[node->book().version(*id)->record].record.agreement;
  } else {
    auto id = node->find_agreement(agreement);
    if (!id) return complain(id.error());
    under = *id;
  }
  return sign_and_hand_in(in, NoticeRecord{under, now_text(), std::move(statement)});
}

}  // namespace scrutineer::cli
