// Files for a stick: made here and signed in the browser, or read in here.
#include <algorithm>

#include "app/handover/service.h"
#include "app/projection/log_directory.h"
#include "app/server/state.h"
#include "app/ui/desk_pages.h"
#include "core/base/limits.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

// Files made at the desk stay in memory until they are fetched: small ones. For more there is `scrutineer handover`.
constexpr std::size_t kPackagesKept = 8;
constexpr std::size_t kPending = 1'000;
constexpr std::size_t kPackedBytes = 48u << 20;  // of records and of what they name
constexpr std::size_t kKeptBytes = 64u << 20;    // of all of them

// Stands for a key that is somewhere else: gives the signature that was made there, or none yet.
class RemoteSigner final : public Signer {
 public:
  RemoteSigner(PublicKey key, std::optional<Bytes> signature)
      : key_(std::move(key)), signature_(signature.value_or(Bytes(64, '\0'))) {}
  const PublicKey& public_key() const override { return key_; }
  Result<Bytes> sign(BytesView) override { return signature_; }

 private:
  PublicKey key_;
  Bytes signature_;
};

// The page numbers them.
std::string in_a_row(std::span<const std::string_view> words) {
  std::string row;
  for (std::string_view word : words) row.append(row.empty() ? "" : " ").append(word);
  return row;
}

Result<Gathering> waiting_records(const ElectionServer::State& server) {
  Gathering waiting(kPackedBytes, "too much for a file made here: use scrutineer handover make");
  const LogReader& log = server.log->reader();
  if (!server.uplink) {
    SCRUTINEER_CHECKED(log.entries(0, server.collector->acknowledged(),
                                   [&](std::uint64_t, BytesView entry) { return waiting.take(entry); }));
  } else {
    for (std::uint64_t index : server.uplink->waiting()) {
      SCRUTINEER_TRY(Bytes entry, log.entry(index));
      SCRUTINEER_CHECKED(waiting.take(entry));
    }
  }
  SCRUTINEER_CHECKED(waiting.take_blobs([&](const BlobHash& hash) {
    return read_file(server.disk, blob_file(server.options.log_directory, hash), limits::kBlobBytes);
  }));
  if (waiting.entries().empty()) return fail(ErrorCode::not_found, "nothing waits to be handed over");
  return waiting;
}

// The file as it is with that signature; with none yet, what it is for is its text.
Result<Bytes> pack(const DeskContext& context, const std::string& at, std::optional<Bytes> signature) {
  SCRUTINEER_TRY(Gathering waiting, waiting_records(context.server));
  RemoteSigner signer(context.person.key.key, std::move(signature));
  return write_handover(context.server.election->id(), context.person.key.name, at, waiting.entries(), waiting.blobs(),
                        signer);
}

http::Answer refuse_here(DeskContext& context, const DeskRefusal& refusal) {
  http::Answer answer = handover_page(context, message_of(refusal));
  answer.status = status_of(refusal.error.code);
  return answer;
}

DeskRefusal busy_now() {
  return {ErrorCode::busy, "다른 파일을 만들거나 읽고 있습니다. 잠시 뒤에 다시 하십시오.",
          "Another file is being made or read. Try again in a little while."};
}

http::Answer make_package(DeskContext& context) {
  ElectionServer::State& server = context.server;
  auto turn = server.packing.enter();
  if (!turn) return refuse_here(context, busy_now());
  std::string at = to_rfc3339(server.clock.now());
  auto file = pack(context, at, std::nullopt);
  if (!file) return refuse_here(context, DeskRefusal(file.error()));
  auto package = parse_handover(*file);
  if (!package) return refuse_here(context, DeskRefusal(package.error()));
  std::lock_guard lock(server.packages_mutex);
  if (server.pack_pending.size() >= kPending) server.pack_pending.clear();
  server.pack_pending[sha256(context.session)] = {at, package->text};
  return http::see_other("/desk/handover");
}

// What this session was asked to sign, once.
std::optional<AskedToSign> take_asked(DeskContext& context) {
  std::lock_guard lock(context.server.packages_mutex);
  auto found = context.server.pack_pending.extract(sha256(context.session));
  if (found.empty()) return std::nullopt;
  return std::move(found.mapped());
}

// The signature is tried before anything is made with it: what comes from outside must not make a file that cannot be
// read back.
DeskResult<Bytes> signed_package(DeskContext& context, const AskedToSign& asked) {
  ElectionServer::State& server = context.server;
  const VerifierKey& key = context.person.key;
  auto signature = from_base64(context.field("signature"));
  if (!signature || !verify_note_signature(asked.text, {key.name, key.id, *signature}, key))
    return refuse(ErrorCode::bad_signature, "서명이 맞지 않습니다. 다시 만드십시오.",
                  "The signature does not belong to this file and key. Make it again.");
  DESK_TRY(Bytes file, pack(context, asked.at, *signature));
  DESK_TRY(Handover package, parse_handover(file));
  if (package.text != asked.text)
    return refuse(ErrorCode::conflict, "그사이 기록이 더해졌습니다. 다시 만드십시오.",
                  "Records were added meanwhile. Make the file again.");
  Status good;
  server.collector->read([&](const Collector::View& view) { good = check_packer(package, view.fold.book()); });
  DESK_CHECKED(good);
  return file;
}

http::Answer sign_package(DeskContext& context) {
  ElectionServer::State& server = context.server;
  auto turn = server.packing.enter();
  if (!turn) return refuse_here(context, busy_now());
  auto asked = take_asked(context);
  if (!asked)
    return refuse_here(context, DeskRefusal(ErrorCode::conflict, "만들던 파일이 없습니다. 다시 만드십시오.",
                                            "There is no file in the making. Make it again."));
  auto file = signed_package(context, *asked);
  if (!file) return refuse_here(context, file.error());
  std::string name = "handover-" + to_hex(sha256(*file)).substr(0, 12) + ".scrutineer";
  std::lock_guard lock(server.packages_mutex);
  server.packages.push_back({sha256(context.session), name, std::move(*file)});
  std::size_t size = 0;
  for (const MadePackage& package : server.packages) size += package.file.size();
  for (; server.packages.size() > kPackagesKept || (size > kKeptBytes && server.packages.size() > 1);
       server.packages.pop_front())
    size -= server.packages.front().file.size();
  return http::see_other("/desk/handover?made=" + name);
}

// packages_mutex held. Of this session alone: what waits here is not public everywhere yet.
const MadePackage* find_package(const DeskContext& context, std::string_view name) {
  for (const MadePackage& package : context.server.packages)
    if (package.name == name && package.session == sha256(context.session)) return &package;
  return nullptr;
}

http::Answer send_package(DeskContext& context) {
  std::lock_guard lock(context.server.packages_mutex);
  const MadePackage* found = find_package(context, context.request.parameter("name"));
  if (found == nullptr) return http::refusal(404, context.request.path);
  http::Answer answer;
  answer.type = "application/octet-stream";
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + found->name + "\"");
  answer.body = found->file;
  return http::restricted(std::move(answer));
}

ui::HandoverReport to_report(const ImportReport& report) {
  ui::HandoverReport out;
  out.from = report.header.from;
  out.added = static_cast<std::int64_t>(report.count(ImportOutcome::added));
  out.known = static_cast<std::int64_t>(report.count(ImportOutcome::known));
  out.refused = static_cast<std::int64_t>(report.count(ImportOutcome::refused));
  for (const ImportedRecord& record : report.records) {
    ui::HandoverReport::Line line;
    if (record.id) line.record_id = to_hex(*record.id);
    std::size_t space = record.what.find(' ');
    line.type = record.what.substr(0, space);
    if (space != record.what.npos) line.unit = record.what.substr(space + 1);
    line.outcome = record.outcome == ImportOutcome::added   ? ui::HandoverReport::Line::Outcome::added
                   : record.outcome == ImportOutcome::known ? ui::HandoverReport::Line::Outcome::known
                                                            : ui::HandoverReport::Line::Outcome::refused;
    if (record.why) line.reason = DeskRefusal(*record.why).sentence;
    out.lines.push_back(std::move(line));
  }
  return out;
}

bool is_coordinator(const DeskContext& context) {
  const auto& roles = context.frame.roles;
  return std::find(roles.begin(), roles.end(), "coordinator") != roles.end();
}

ui::HandoverPage page_of(DeskContext& context) {
  ElectionServer::State& server = context.server;
  ui::HandoverPage out;
  out.is_centre = server.uplink != nullptr;
  out.off = server.uplink && server.uplink->state() == UplinkState::off;
  out.waiting = context.frame.waiting;
  out.may_switch = out.is_centre && is_coordinator(context);
  std::lock_guard lock(server.packages_mutex);
  if (const MadePackage* made = find_package(context, context.request.parameter("made"))) {
    TelephoneWords words = telephone_words(made->file);
    out.file_name = made->name;
    out.download_path = "/desk/handover/file?name=" + made->name;
    out.words_ko = in_a_row(words.ko);
    out.words_en = in_a_row(words.en);
  }
  if (auto asked = server.pack_pending.find(sha256(context.session)); asked != server.pack_pending.end())
    out.pack_text = asked->second.text;
  return out;
}

// Whoever packed it is looked up first: the fold may not be locked while records go in, and import_package's own look
// at it is left out. A grant that is revoked between the two is one that was good when the file arrived.
DeskResult<ImportReport> import_file(ElectionServer::State& server, BytesView file) {
  DESK_TRY(Handover package, parse_handover(file));
  if (package.header.election != server.election->id())
    return refuse(ErrorCode::conflict, "이 파일은 다른 선거의 것입니다.", "This file belongs to another election.");
  Status good;
  server.collector->read([&](const Collector::View& view) { good = check_packer(package, view.fold.book()); });
  DESK_CHECKED(good);
  static const Roots kNoRoots;
  RecordBook unused(*server.election, kNoRoots);
  DESK_TRY(ImportReport report,
           import_package(
               file, *server.election, [&](std::span<const Bytes> notes) { return server.collector->submit(notes); },
               [&](BytesView blob) { return keep_blob(server.disk, server.options.log_directory, blob); }, unused,
               PackerCheck::none));
  return report;
}

http::Answer read_package(DeskContext& context) {
  ElectionServer::State& server = context.server;
  auto turn = server.packing.enter();
  if (!turn) return refuse_here(context, busy_now());
  auto parts = http::parse_multipart(context.request);
  if (!parts) return refuse_here(context, DeskRefusal(parts.error()));
  auto file =
      std::find_if(parts->begin(), parts->end(), [](const http::FormPart& part) { return part.name == "file"; });
  if (file == parts->end())
    return refuse_here(context, DeskRefusal(ErrorCode::malformed, "파일이 오지 않았습니다.", "No file arrived."));
  auto report = import_file(server, file->bytes);
  if (!report) return refuse_here(context, report.error());
  ui::HandoverPage out = page_of(context);
  out.report = to_report(*report);
  out.report_words_ko = in_a_row(report->words.ko);
  out.report_words_en = in_a_row(report->words.en);
  return page(ui::render_handover(context.frame, server.desk->site(context.frame.lang), out));
}

http::Answer switch_link(DeskContext& context) {
  if (!context.server.uplink || !is_coordinator(context))
    return refuse_here(
        context, DeskRefusal(ErrorCode::unauthorised, "조정자만 할 수 있습니다.", "Only a coordinator may do this."));
  std::string_view off = context.field("off");
  if (off != "0" && off != "1")
    return refuse_here(
        context, DeskRefusal(ErrorCode::malformed, "무엇을 하려는지 알 수 없습니다.", "It does not say what to do."));
  if (auto done = context.server.uplink->set_off(off == "1"); !done)
    return refuse_here(context, DeskRefusal(done.error()));
  return http::see_other("/desk/handover");
}

}  // namespace

http::Answer handover_page(DeskContext& context, std::optional<ui::DeskMessage> message) {
  ElectionServer::State& server = context.server;
  if (context.request.path == "/desk/handover/file") return send_package(context);
  ui::HandoverPage out = page_of(context);
  out.message = message ? std::move(message) : server.trouble();
  if (!out.message) out.message = server.link_trouble();
  return page(ui::render_handover(context.frame, server.desk->site(context.frame.lang), out));
}

http::Answer post_handover(DeskContext& context, std::string_view place) {
  if (place == "make") return make_package(context);
  if (place == "sign") return sign_package(context);
  if (place == "read") return read_package(context);
  if (place == "link") return switch_link(context);
  return http::refusal(404, context.request.path);
}

}  // namespace scrutineer
