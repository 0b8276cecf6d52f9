// What everybody may ask: the bundle file by file, the API, our scripts and style sheets.
#include <algorithm>

#include "app/bundle/archive.h"
#include "app/projection/log_directory.h"
#include "app/server/state.h"
#include "app/server/web_files.h"
#include "app/ui/adjudicate_pages.h"
#include "app/ui/desk_pages.h"
#include "app/ui/device_page.h"
#include "app/ui/pages.h"
#include "core/base/limits.h"
#include "core/codec/json.h"
#include "core/crypto/hash.h"
#include "core/handover/package.h"

namespace scrutineer {
namespace {

constexpr std::string_view kRecords = "/api/v1/records";
constexpr std::string_view kBlobs = "/api/v1/blobs";

http::Answer json(const JsonWriter& out, int status = 200) {
  http::Answer answer;
  answer.status = status;
  answer.type = "application/json";
  answer.headers.emplace_back("Cache-Control", "no-store");
  answer.body = out.text() + "\n";
  return answer;
}

http::Answer submit_record(ElectionServer::State& server, const http::Request& request) {
  auto appended = server.collector->submit(request.body);
  if (!appended) {
    if (appended.error().code == ErrorCode::unauthorised || appended.error().code == ErrorCode::bad_signature)
      server.door->refused(request.client, appended.error().message);
    return http::problem(appended.error());
  }
  auto entry = parse_entry(request.body);
  JsonWriter out;
  out.begin_object();
  if (entry) out.member("record", to_hex(entry->id));
  out.member("position", static_cast<std::int64_t>(appended->index)).name("already").boolean(appended->already_there);
  out.member("covered_by", static_cast<std::int64_t>(appended->covered_by)).end_object();
  return json(out);
}

// The note of a record, with all signatures that its first entry has. Only what is published already: the log's entries
// are public, but not before everybody sees them.
http::Answer one_record(ElectionServer::State& server, const http::Request& request, std::string_view hex) {
  auto hash = hash_from_hex(hex);
  if (!hash) return http::problem(Error{ErrorCode::malformed, "a record's id has 64 lower-case hex digits", {}});
  auto positions = server.log->reader().find(RecordId{*hash});
  if (!positions) return http::problem(positions.error());
  if (positions->empty() || positions->front() >= server.published_size)
    return http::refusal(404, request.path, "There is no such record.");
  auto note = server.log->reader().entry(positions->front());
  if (!note) return http::problem(note.error());
  http::Answer answer;
  answer.type = "text/plain; charset=utf-8";
  answer.body = std::move(*note);
  return answer;
}

http::Answer submit_blob(ElectionServer::State& server, const http::Request& request) {
  auto hash = hash_from_hex(request.parameter("record"));
  if (!hash) return http::problem(Error{ErrorCode::malformed, "say which record names it: ?record=ID", {}});
  auto positions = server.log->reader().find(RecordId{*hash});
  if (!positions) return http::problem(positions.error());
  if (positions->empty()) return http::refusal(404, request.path, "There is no such record.");
  auto note = server.log->reader().entry(positions->front());
  if (!note) return http::problem(note.error());
  BlobHash given = blob_hash(request.body);
  for (const BlobRef& blob : blobs_named_by(*note)) {
    if (blob.sha256 != given || static_cast<std::uint64_t>(blob.size) != request.body.size()) continue;
    auto kept = keep_blob(server.disk, server.options.log_directory, request.body);
    if (!kept) return http::problem(kept.error());
    JsonWriter out;
    out.begin_object().member("sha256", to_hex(given)).end_object();
    return json(out);
  }
  return http::problem(Error{ErrorCode::invalid_argument, "that record does not name these bytes", {}});
}

http::Answer status(ElectionServer::State& server) {
  JsonWriter out;
  out.begin_object().member("log", server.log->reader().key().name);
  out.member("election", to_hex(server.election->id()));
  out.member("size", static_cast<std::int64_t>(server.collector->acknowledged()));
  std::int64_t sheets = 0, units = 0;
  server.collector->read([&](const Collector::View& view) {
    units = static_cast<std::int64_t>(view.election.tree().units().size() * view.election.contests().size());
    for (ContestIndex contest = 0; contest < view.election.contests().size(); ++contest)
      sheets += view.fold.tally().matrix(contest).sheets(0);
  });
  out.member("counted", sheets).member("expected", units);
  out.member("published", to_rfc3339({server.published_at})).name("accepting").boolean(!server.collector->stopped());
  if (server.other_history) out.member("publishing", "stopped: other-history");
  out.name("witnesses").begin_array();
  if (server.witnesses)
    for (const WitnessStanding& one : server.witnesses->standings()) {
      out.begin_object().member("name", one.name);
      if (one.size) out.member("size", static_cast<std::int64_t>(*one.size));
      out.end_object();
    }
  out.end_array().end_object();
  return json(out);
}

}  // namespace

http::Answer answer_api(ElectionServer::State& server, const http::Request& request) {
  const bool post = request.method == "POST";
  if (!post && request.method != "GET" && request.method != "HEAD") return http::refusal(405, request.path);
  if (request.path == kRecords && post) return submit_record(server, request);
  if (request.path == kBlobs && post) return submit_blob(server, request);
  if (request.path == "/api/v1/status" && !post) return status(server);
  if (request.path.starts_with(kRecords) && request.path.size() > kRecords.size() + 1 && !post)
    return one_record(server, request, std::string_view(request.path).substr(kRecords.size() + 1));
  return http::refusal(404, request.path);
}

std::optional<std::string> style_sheet_at(std::string_view path) {
  if (path == "/style.css") return std::string(ui::style_sheet());
  if (path == "/web/device.css") return std::string(ui::device_style_sheet());
  if (path == "/web/desk.css") return std::string(ui::desk_style_sheet()).append(ui::adjudicate_style_sheet());
  return std::nullopt;
}

http::Answer answer_web(const http::Request& request) {
  if (request.method != "GET" && request.method != "HEAD") return http::refusal(405, request.path);
  for (const WebFile& file : web_files()) {
    if (request.path != file.path) continue;
    http::Answer answer;
    answer.type = file.type;
    answer.body = file.bytes;
    answer.headers.emplace_back("Cache-Control", "max-age=300");
    return answer;
  }
  if (auto sheet = style_sheet_at(request.path)) {
    http::Answer answer;
    answer.type = "text/css; charset=utf-8";
    answer.body = std::move(*sheet);
    answer.headers.emplace_back("Cache-Control", "max-age=300");
    return answer;
  }
  return http::refusal(404, request.path);
}

// archive_mutex held. Made between two publications; so that nobody can hold those up for ever by asking, the time that
// making one takes is a small part of the time between two.
Status renew_archive(ElectionServer::State& server) {
  constexpr std::uint64_t kLeastNs = 10'000'000'000, kPart = 20;
  const std::uint64_t begin = server.clock.monotonic_ns();
  if (server.archive && (server.archived_size == server.published_size || begin < server.archive_due_ns)) return {};
  const std::string directory = server.options.log_directory + "/archive";
  SCRUTINEER_CHECKED(server.disk.make_directories(directory));
  std::uint64_t size = 0;
  {
    std::lock_guard lock(server.publishing);
    size = server.published_size;
    SCRUTINEER_CHECKED(write_archive(server.disk, server.options.bundle, directory + "/bundle.tar.zst"));
  }
  if (!server.archive) {
    SCRUTINEER_TRY(server.archive, http::StaticFiles::open(directory));
  }
  const std::uint64_t end = server.clock.monotonic_ns();
  server.archived_size = size;
  server.archive_due_ns = end + std::max(kLeastNs, (end - begin) * kPart);
  return {};
}

// Whoever asks while the next one is being made gets the one before; only the first of all is worth waiting for, and
// not by everybody: a thread that waits answers nobody else.
http::Answer answer_archive(ElectionServer::State& server, const http::Request& request) {
  if (request.method != "GET" && request.method != "HEAD") return http::refusal(405, request.path);
  const http::StaticFiles* files = nullptr;
  if (std::unique_lock lock(server.archive_mutex, std::try_to_lock); lock) {
    auto made = renew_archive(server);
    if (!made && !server.archive) return http::problem(made.error());
    files = server.archive.get();
    server.archive_there = files;
  } else {
    files = server.archive_there;
  }
  if (files == nullptr) return come_again(request.path, 5);
  http::Answer answer = files->answer(request);
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"bundle.tar.zst\"");
  return answer;
}

http::Answer answer_public(ElectionServer::State& server, const http::Request& request) {
  if (request.path == "/bundle.tar.zst") return answer_archive(server, request);
  return server.files->answer(request);
}

std::size_t body_limit_of(std::string_view method, std::string_view path) {
  if (method != "POST") return 0;
  if (path == kRecords) return limits::kEntryBytes;
  if (path == kBlobs) return kAttachmentBytes;
  if (path == "/desk/sheet/attach" || path == "/desk/reconcile") return kAttachmentBytes + (64u << 10);
  if (path == "/desk/handover/read") return 64u << 20;
  if (path.starts_with("/desk/")) return 1u << 20;
  return 0;
}

}  // namespace scrutineer
