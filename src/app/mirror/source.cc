#include "app/mirror/source.h"

#include "app/http/client.h"

namespace scrutineer {
namespace {

class HttpSource final : public MirrorSource {
 public:
  explicit HttpSource(std::unique_ptr<http::Client> client) : client_(std::move(client)) {}
  Result<Bytes> get(const std::string& path, std::size_t limit) override {
    SCRUTINEER_TRY(http::ClientAnswer answer, client_->get("/" + path, limit));
    if (answer.status == 200) return std::move(answer.body);
    if (answer.status == 404 || answer.status == 410) return fail(ErrorCode::not_found, "not served", path);
    return fail(ErrorCode::io_error, "the server answered with status " + std::to_string(answer.status), path);
  }

 private:
  std::unique_ptr<http::Client> client_;
};

}  // namespace

Result<std::unique_ptr<MirrorSource>> http_mirror_source(const std::string& url, const MirrorHttpOptions& options) {
  std::string base = url;
  while (base.ends_with('/')) base.pop_back();
  SCRUTINEER_TRY(auto client, http::Client::make({base, options.connect, options.whole, options.ca_file}));
  return std::make_unique<HttpSource>(std::move(client));
}

}  // namespace scrutineer
