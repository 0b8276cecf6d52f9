#include <fmt/core.h>

#include <algorithm>

#include "app/http/file_rules.h"
#include "app/http/open_below.h"
#include "app/http/reply.h"
#include "app/http/server.h"

namespace scrutineer::http {

namespace {

constexpr std::uint64_t kCompressedBytes = 2u << 20;  // text above it is sent as it lies on the disk

std::string joined(const std::vector<std::string>& parts) {
  std::string path;
  for (const std::string& part : parts) path.append(path.empty() ? "" : "/").append(part);
  return path;
}

// The whole file; nullopt where it has become shorter meanwhile.
std::optional<Bytes> read_whole(const OpenedFile& opened) {
  Bytes bytes(opened.size, '\0');
  for (std::size_t at = 0; at < bytes.size();) {
    const std::int64_t got = read_at(opened.descriptor, at, bytes.data() + at, bytes.size() - at);
    if (got <= 0) return std::nullopt;
    at += static_cast<std::size_t>(got);
  }
  return bytes;
}

Answer file_answer(const Request& request, OpenedFile opened, const std::string& path) {
  Answer answer;
  answer.type = content_type(path);
  answer.headers.emplace_back("Cache-Control", cache_control(path));
  answer.headers.emplace_back("ETag", '"' + opened.version + '"');
  if (is_text(answer.type)) answer.headers.emplace_back("Vary", "Accept-Encoding");
  const bool whole = !request.has_header("range") && takes_gzip(request) && is_text(answer.type);
  if (whole && opened.size <= kCompressedBytes) {
    if (auto bytes = read_whole(opened)) {
      answer.body = std::move(*bytes);
      return answer;  // the server compresses it
    }
  }
  answer.file = std::make_shared<FileBody>(FileBody{std::move(opened.descriptor), opened.size});
  return answer;
}

class Directory final : public StaticFiles {
 public:
  explicit Directory(std::string directory) : directory_(std::move(directory)) {}

  Answer answer(const Request& request) const override {
    if (request.method != "GET" && request.method != "HEAD") {
      Answer refused = refusal(405, request.path, "Only GET and HEAD.");
      refused.headers.emplace_back("Allow", "GET, HEAD");
      return refused;
    }
    const auto parts = path_parts(request.path);
    // Opened anew each time: what is published may be another directory under the same name by now.
    const Descriptor root = parts ? open_root(directory_) : Descriptor();
    if (!root.open()) return refusal(404, request.path);
    OpenedFile opened = open_below(root, *parts);
    if (opened.what == Opened::directory && address_safe(parts->back())) {
      Answer moved = refusal(301, request.path, "The address ends in a slash.");
      moved.headers.emplace_back("Location", "./" + parts->back() + "/");  // so that relative links work
      return moved;
    }
    if (opened.what != Opened::file) return refusal(404, request.path);
    return file_answer(request, std::move(opened), joined(*parts));
  }

 private:
  std::string directory_;
};

}  // namespace

Result<std::unique_ptr<StaticFiles>> StaticFiles::open(const std::string& directory) {
  if (!open_root(directory).open())
    return fail(ErrorCode::not_found, "There is no such directory to serve.", directory);
  return std::make_unique<Directory>(directory);
}

}  // namespace scrutineer::http
