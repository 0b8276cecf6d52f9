#include "app/notice/routes.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/merkle/tile.h"

namespace scrutineer {
namespace {

// How it came, as whoever brings it says: a mail, a stick or a TAXII client on this machine hand over what they got.
Channel channel_of(const http::Request& request) {
  const auto found = std::find(std::begin(kChannelNames), std::end(kChannelNames), request.parameter("channel"));
  return found == std::end(kChannelNames) ? Channel::https : static_cast<Channel>(found - std::begin(kChannelNames));
}

http::Answer bytes_answer(std::string type, Bytes body, const char* cache = "no-store") {
  http::Answer answer;
  answer.type = std::move(type);
  answer.headers.emplace_back("Cache-Control", cache);
  answer.body = std::move(body);
  return answer;
}

http::Answer take_envelope(NoticeNode& node, const http::Request& request) {
  if (request.header("content-type") != kEnvelopeType)
    return http::problem(415, "unsupported", "Unsupported Media Type", std::string("expected ") + kEnvelopeType);
  auto envelope = read_envelope(request.body);
  if (!envelope) return http::problem(envelope.error());
  return bytes_answer("application/json", envelope_answer(node.take_in(*envelope, channel_of(request))));
}

// `from` and `to`, both at most the size of the log.
http::Answer entries(const NoticeNode& node, const http::Request& request) {
  const std::uint64_t size = node.log().size();
  auto from = parse_decimal(request.parameter("from"));
  auto to = request.parameter("to").empty() ? std::optional(size) : parse_decimal(request.parameter("to"));
  if (!from || !to || *from > *to || *to > size)
    return http::problem(400, "invalid_argument", "Bad Request", "from and to are numbers up to the size of the log");
  Bytes out;
  const std::uint64_t end = std::min(*to, *from + kEntriesBytes / 2);
  std::uint64_t at = *from;
  // In pieces: each is read from the disk as a whole.
  while (at < end && out.size() < kEntriesBytes) {
    const std::uint64_t next = std::min(end, at + 1'024);
    Status read = node.log().entries(at, next, [&](std::uint64_t index, BytesView entry) {
      // Whatever comes behind one that does not fit stays out, too, however small.
      if (index != at || out.size() + entry.size() + 2 > kEntriesBytes + (128u << 10)) return Status{};
      append_bundle_entry(out, entry);
      ++at;
      return Status{};
    });
    if (!read) return http::problem(read.error());
    if (at < next) break;
  }
  return bytes_answer("application/octet-stream", std::move(out));
}

http::Answer checkpoints(const NoticeNode& node, const http::Request& request) {
  auto from = parse_decimal(request.parameter("from"));
  if (!from) return http::problem(400, "invalid_argument", "Bad Request", "from is a number");
  return bytes_answer("application/octet-stream", node.witnessed_since(*from));
}

http::Answer node_facts(const NoticeNode& node) {
  JsonWriter out;
  out.begin_object().member("role", kNodeRoleNames[static_cast<std::size_t>(node.role())]);
  write(out, "title", node.title());
  out.member("log", to_string(node.log_key())).member("machine", to_string(node.machine_key()));
  out.name("boxes").begin_array();
  for (const AgreedBox& box : node.boxes()) out.string(to_string(box));
  out.end_array().member("size", static_cast<std::int64_t>(node.log().size()));
  out.name("agreements").begin_array();
  node.read([&](const NoticeNode::View& view) {
    for (const AgreementState* agreement : view.book.agreements()) out.string(to_hex(agreement->id));
  });
  out.end_array().end_object();
  return bytes_answer("application/json", out.take());
}

http::Answer tile(const NoticeNode& node, std::string_view path) {
  constexpr const char* kForEver = "public, max-age=31536000, immutable";
  if (auto id = parse_bundle_path(path)) {
    auto bytes = node.log().bundle(*id);
    if (bytes) return bytes_answer("application/octet-stream", std::move(*bytes), kForEver);
  } else if (auto hashes = parse_tile_path(path)) {
    auto bytes = node.log().tile(*hashes);
    if (bytes) return bytes_answer("application/octet-stream", std::move(*bytes), kForEver);
  }
  return http::refusal(404, "/api/");
}

}  // namespace

bool is_notice_path(std::string_view path) {
  return path.starts_with("/notice/v1/") || path == "/checkpoint" || path.starts_with("/tile/");
}

http::Answer answer_notice(NoticeNode& node, const http::Request& request) {
  const bool get = request.method == "GET" || request.method == "HEAD", post = request.method == "POST";
  if (post && request.path == kEnvelopePath) return take_envelope(node, request);
  if (post && request.path == kSealedPath) {
    auto envelope = node.sealed_for(request.body);
    if (!envelope) return http::problem(envelope.error());
    return bytes_answer(kEnvelopeType, std::move(*envelope));
  }
  if (get && request.path == kEntriesPath) return entries(node, request);
  if (get && request.path == kCheckpointsPath) return checkpoints(node, request);
  if (get && request.path == kNodePath) return node_facts(node);
  if (get && request.path == "/checkpoint")
    return bytes_answer("text/plain; charset=utf-8", to_bytes(node.log().checkpoint().note));
  if (get && request.path.starts_with("/tile/")) return tile(node, std::string_view(request.path).substr(1));
  const bool known = request.path == kEnvelopePath || request.path == kSealedPath || request.path == kEntriesPath ||
                     request.path == kCheckpointsPath || request.path == kNodePath || request.path == "/checkpoint";
  return http::problem(known ? 405 : 404, known ? "unsupported" : "not_found",
                       known ? "Method Not Allowed" : "Not Found", "");
}

std::size_t notice_body_limit(std::string_view method, std::string_view path) {
  if (method != "POST") return 0;
  if (path == kEnvelopePath) return kEnvelopeBytes;
  if (path == kSealedPath) return kSealedRequestBytes;
  return 0;
}

}  // namespace scrutineer
