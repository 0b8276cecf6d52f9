// Files for a stick: made here and signed in the browser, or read in here.
#include <algorithm>

#include "app/handover/service.h"
#include "app/projection/log_directory.h"
#include "app/server/state.h"
#include "app/ui/desk_pages.h"
#include "core/base/check.h"
#include "core/base/limits.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::size_t kPackagesKept = 8;
constexpr std::size_t kFromBase = 250'000;  // entries in one file

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

ui::DeskMessage message_of(const DeskRefusal& refusal) {
  return {ui::DeskMessage::Kind::refused, refusal.sentence, std::string(error_code_name(refusal.error.code))};
}

// The page numbers them.
std::string in_a_row(std::span<const std::string_view> words) {
  std::string row;
  for (std::string_view word : words) row.append(row.empty() ? "" : " ").append(word);
  return row;
}

struct Waiting {
  std::vector<Bytes> entries, blobs;
};

Result<Waiting> waiting_records(const ElectionServer::State& server) {
  Waiting waiting;
  std::uint64_t end = server.collector->acknowledged();
  std::uint64_t begin = server.uplink ? server.uplink->handed_over() : 0;
  if (end - begin > kFromBase)
    return fail(ErrorCode::limit_exceeded, "too many records for one file: use scrutineer handover make");
  SCRUTINEER_CHECKED(server.log->reader().entries(begin, end, [&](std::uint64_t, BytesView entry) -> Status {
    waiting.entries.emplace_back(entry);
    for (const BlobRef& blob : blobs_named_by(entry)) {
      auto bytes = read_file(server.disk, blob_file(server.options.log_directory, blob.sha256), limits::kBlobBytes);
      if (bytes) waiting.blobs.push_back(std::move(*bytes));
    }
    return {};
  }));
  if (waiting.entries.empty()) return fail(ErrorCode::not_found, "nothing waits to be handed over");
  return waiting;
}

// The file as it is with that signature; with none yet, what it is for is its text.
Result<Bytes> pack(const DeskContext& context, const std::string& at, std::optional<Bytes> signature) {
  SCRUTINEER_TRY(Waiting waiting, waiting_records(context.server));
  RemoteSigner signer(context.person.key.key, std::move(signature));
  return write_handover(context.server.election->id(), context.person.key.name, at, waiting.entries, waiting.blobs,
                        signer);
}

http::Answer make_package(DeskContext& context) {
  ElectionServer::State& server = context.server;
  std::string at = to_rfc3339(server.clock.now());
  auto file = pack(context, at, std::nullopt);
  if (!file) return handover_page(context, message_of(DeskRefusal(file.error())));
  auto package = parse_handover(*file);
  check(package.has_value(), "a package that was just written is read back");
  std::lock_guard lock(server.packages_mutex);
  if (server.pack_pending.size() > 1'000) server.pack_pending.clear();
  server.pack_pending[context.session] = {at, package->text};
  return http::see_other("/desk/handover");
}

http::Answer sign_package(DeskContext& context) {
  ElectionServer::State& server = context.server;
  auto bytes = from_base64(context.field("signature"));
  std::pair<std::string, std::string> asked;
  {
    std::lock_guard lock(server.packages_mutex);
    auto found = server.pack_pending.find(context.session);
    if (found != server.pack_pending.end()) asked = found->second;
    server.pack_pending.erase(context.session);
  }
  if (!bytes || asked.first.empty())
    return handover_page(context,
                         message_of(DeskRefusal(ErrorCode::conflict, "만들던 파일이 없습니다. 다시 만드십시오.",
                                                "There is no file in the making. Make it again.")));
  auto file = pack(context, asked.first, *bytes);
  if (!file) return handover_page(context, message_of(DeskRefusal(file.error())));
  auto package = parse_handover(*file);
  check(package.has_value(), "a package that was just written is read back");
  if (package->text != asked.second)
    return handover_page(context,
                         message_of(DeskRefusal(ErrorCode::conflict, "그사이 기록이 더해졌습니다. 다시 만드십시오.",
                                                "Records were added meanwhile. Make the file again.")));
  Status good;
  server.collector->read([&](const Collector::View& view) { good = check_packer(*package, view.fold.book()); });
  if (!good) return handover_page(context, message_of(DeskRefusal(good.error())));
  std::string name = "handover-" + to_hex(sha256(*file)).substr(0, 12) + ".scrutineer";
  {
    std::lock_guard lock(server.packages_mutex);
    while (server.packages.size() >= kPackagesKept) server.packages.erase(server.packages.begin());
    server.packages[name] = std::move(*file);
  }
  return http::see_other("/desk/handover?made=" + name);
}

http::Answer send_package(DeskContext& context) {
  std::lock_guard lock(context.server.packages_mutex);
  auto found = context.server.packages.find(std::string(context.request.parameter("name")));
  if (found == context.server.packages.end()) return http::refusal(404, context.request.path);
  http::Answer answer;
  answer.type = "application/octet-stream";
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + found->first + "\"");
  answer.body = found->second;
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

http::Answer read_package(DeskContext& context) {
  ElectionServer::State& server = context.server;
  auto parts = http::parse_multipart(context.request);
  if (!parts) return handover_page(context, message_of(DeskRefusal(parts.error())));
  auto file =
      std::find_if(parts->begin(), parts->end(), [](const http::FormPart& part) { return part.name == "file"; });
  if (file == parts->end())
    return handover_page(context,
                         message_of(DeskRefusal(ErrorCode::malformed, "파일이 오지 않았습니다.", "No file arrived.")));
  // The fold may not be locked while records go in: who packed it is looked up first.
  Result<Handover> package = parse_handover(file->bytes);
  Status good;
  if (package)
    server.collector->read([&](const Collector::View& view) { good = check_packer(*package, view.fold.book()); });
  if (!package) return handover_page(context, message_of(DeskRefusal(package.error())));
  if (!good) return handover_page(context, message_of(DeskRefusal(good.error())));
  static const Roots kNoRoots;
  RecordBook unused(*server.election, kNoRoots);
  auto report = import_package(
      file->bytes, *server.election, [&](std::span<const Bytes> notes) { return server.collector->submit(notes); },
      [&](BytesView blob) { return keep_blob(server.disk, server.options.log_directory, blob); }, unused,
      PackerCheck::none);
  if (!report) return handover_page(context, message_of(DeskRefusal(report.error())));
  ui::HandoverPage out;
  out.report = to_report(*report);
  out.report_words_ko = in_a_row(report->words.ko);
  out.report_words_en = in_a_row(report->words.en);
  out.is_centre = server.uplink != nullptr;
  return page(ui::render_handover(context.frame, server.desk->site(context.frame.lang), out));
}

http::Answer switch_link(DeskContext& context) {
  const auto& roles = context.frame.roles;
  if (!context.server.uplink || std::find(roles.begin(), roles.end(), "coordinator") == roles.end())
    return handover_page(context, message_of(DeskRefusal(ErrorCode::unauthorised, "조정자만 할 수 있습니다.",
                                                         "Only a coordinator may do this.")));
  if (auto done = context.server.uplink->set_off(context.field("off") == "1"); !done)
    return handover_page(context, message_of(DeskRefusal(done.error())));
  return http::see_other("/desk/handover");
}

}  // namespace

http::Answer handover_page(DeskContext& context, std::optional<ui::DeskMessage> message) {
  ElectionServer::State& server = context.server;
  if (context.request.path == "/desk/handover/file") return send_package(context);
  ui::HandoverPage out;
  out.is_centre = server.uplink != nullptr;
  out.off = server.uplink && server.uplink->state() == LinkState::off;
  out.waiting = context.frame.waiting;
  const auto& roles = context.frame.roles;
  out.may_switch = out.is_centre && std::find(roles.begin(), roles.end(), "coordinator") != roles.end();
  out.message = std::move(message);
  std::string made(context.request.parameter("made"));
  std::lock_guard lock(server.packages_mutex);
  if (auto found = server.packages.find(made); found != server.packages.end()) {
    TelephoneWords words = telephone_words(found->second);
    out.file_name = made;
    out.download_path = "/desk/handover/file?name=" + made;
    out.words_ko = in_a_row(words.ko);
    out.words_en = in_a_row(words.en);
  }
  if (auto asked = server.pack_pending.find(context.session); asked != server.pack_pending.end())
    out.pack_text = asked->second.second;
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
