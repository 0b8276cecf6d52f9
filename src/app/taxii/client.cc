#include "app/taxii/client.h"

#include <algorithm>
#include <set>

#include "app/http/client.h"
#include "app/taxii/media.h"
#include "app/taxii/users.h"
#include "app/taxii/words.h"
#include "core/codec/json.h"

namespace scrutineer {
namespace {

// What a server says may stand in a path only if it cannot become anything else.
bool path_safe(std::string_view text) {
  return !text.empty() && text.size() <= 1'024 && text.find("..") == text.npos &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  std::string_view("-._~/").find(c) != std::string_view::npos;
         });
}
bool word_safe(std::string_view text) {
  return path_safe(text) && text.find('/') == text.npos;
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
      continue;
    }
    std::string hex = to_hex(std::string_view(&c, 1));
    std::transform(hex.begin(), hex.end(), hex.begin(), [](char h) { return h >= 'a' ? h - 32 : h; });
    out += "%" + hex;
  }
  return out;
}

std::string text_in(JsonValue value, std::string_view name) {
  const auto member = value.find(name);
  return std::string(member ? member->as_string().value_or("") : "");
}

Error not_taxii(const char* what) {
  return Error{ErrorCode::malformed, std::string("the server's answer is not what TAXII 2.1 says: ") + what, {}};
}

Status status_good(const http::ClientAnswer& answer, int expected, const std::string& path) {
  const std::string where = path.substr(0, path.find('?'));
  if (answer.status == expected) {
    if (is_taxii(answer.type)) return {};
    return fail(ErrorCode::unsupported, "the server's answer is not of the type application/taxii+json;version=2.1",
                where);
  }
  const std::string said = "the server answers " + std::to_string(answer.status);
  switch (answer.status) {
    case 401: return fail(ErrorCode::unauthorised, said + ": name or token are wrong", where);
    case 403: return fail(ErrorCode::unauthorised, said + ": this is not allowed", where);
    case 404: return fail(ErrorCode::not_found, said + ": there is no such thing", where);
    case 413: return fail(ErrorCode::limit_exceeded, said + ": too much for it", where);
    case 406:
    case 415: return fail(ErrorCode::unsupported, said + ": it does not speak TAXII 2.1", where);
    case 429:
    case 503: return fail(ErrorCode::busy, said + ": try again later", where);
    default: return fail(ErrorCode::io_error, said, where);
  }
}

class KeptClient final : public TaxiiClient {
 public:
  KeptClient(std::unique_ptr<http::Client> client, const TaxiiClientOptions& options, std::string origin)
      : client_(std::move(client)), options_(options), origin_(std::move(origin)) {}

  Status find_root(const std::string& path) {
    SCRUTINEER_TRY(const Json json, get(path));
    const JsonValue root = json.root();
    if (root.find("versions")) {  // an API root itself
      root_ = path;
      return {};
    }
    const auto roots = root.find("api_roots");
    std::string chosen = text_in(root, "default");
    if (chosen.empty() && roots && roots->is_array() && roots->size() > 0)
      chosen = (*roots->begin()).as_string().value_or("");
    // Section 4.1.1: absolute, or relative to the server.
    if (chosen.starts_with(origin_ + "/")) chosen.erase(0, origin_.size());
    if (chosen.find("://") != chosen.npos)
      return fail(ErrorCode::unauthorised, "the API root is on another server, which gets no token of ours", path);
    if (!chosen.starts_with('/') || chosen.starts_with("//") || !path_safe(chosen))
      return tl::unexpected(not_taxii("no API root"));
    root_ = chosen.ends_with('/') ? chosen : chosen + "/";
    return {};
  }

  const std::string& api_root() const override { return root_; }

  Result<std::vector<TaxiiCollection>> collections() override {
    SCRUTINEER_TRY(const Json json, get(root_ + "collections/"));
    std::vector<TaxiiCollection> out;
    const auto list = json.root().find("collections");
    if (!list) return out;
    if (!list->is_array()) return tl::unexpected(not_taxii("collections is no list"));
    const JsonValue values = *list;
    for (JsonValue one : values) {
      if (!one.is_object()) return tl::unexpected(not_taxii("a collection is no object"));
      const auto may = [&](const char* name) {
        const auto member = one.find(name);
        return member && member->as_boolean().value_or(false);
      };
      out.push_back({text_in(one, "id"), text_in(one, "title"), text_in(one, "description"), text_in(one, "alias"),
                     may("can_read"), may("can_write")});
      if (!word_safe(out.back().id)) return tl::unexpected(not_taxii("a collection's id"));
    }
    return out;
  }

  Result<TaxiiPull> pull(const std::string& collection, TaxiiTime since,
                         const std::function<Status(StixObject object)>& take) override {
    TaxiiPull out;
    if (!word_safe(collection)) return fail(ErrorCode::invalid_argument, "this is not a collection's id");
    const std::string path = root_ + "collections/" + collection +
                             "/objects/?match%5Bversion%5D=all&limit=" + std::to_string(limits::kTaxiiPage) +
                             (since.micros > 0 ? "&added_after=" + percent_encoded(to_string(since)) : "");
    std::set<std::string> seen;
    std::string next;
    std::size_t bytes = 0;
    while (true) {
      if (out.pages == options_.pages) return fail(ErrorCode::limit_exceeded, "more pages than are followed");
      SCRUTINEER_TRY(const http::ClientAnswer answer,
                     ask(next.empty() ? path : path + "&next=" + percent_encoded(next)));
      if ((bytes += answer.body.size()) > limits::kTaxiiPulledBytes)
        return fail(ErrorCode::limit_exceeded, "more bytes than are taken");
      std::vector<StixRefused> refused;
      StixLimits pages;
      pages.bytes = limits::kTaxiiAnswer;
      SCRUTINEER_TRY(StixBundle page, read_stix_each(answer.body, pages, refused));
      if (page.container != StixContainer::envelope) return tl::unexpected(not_taxii("no envelope"));
      ++out.pages;
      for (const http::Field& field : answer.headers)
        if (field.first == "x-taxii-date-added-last")
          if (const auto time = parse_taxii_time(field.second)) out.last = std::max(out.last.value_or(*time), *time);
      out.objects += page.objects.size();
      out.refused += refused.size();
      if (out.objects + out.refused > options_.objects)
        return fail(ErrorCode::limit_exceeded, "more objects than are taken");
      for (const StixRefused& one : refused) {
        const Error why = one.problems.first(one.code);
        out.problems.add(why.where, why.message);
      }
      const bool empty = page.objects.empty() && refused.empty();
      for (StixObject& object : page.objects) SCRUTINEER_CHECKED(take(std::move(object)));
      if (!page.more.value_or(false)) return out;
      // Section 3.5: without `next` the last time is where to go on.
      if (!page.next) return fail(ErrorCode::unsupported, "the server says that there is more, and not where");
      next = *page.next;
      if (empty || next.empty() || next.size() > 4'096 || !seen.insert(next).second)
        return tl::unexpected(not_taxii("pages without an end"));
    }
  }

  Result<TaxiiStatus> push(const std::string& collection, const StixBundle& bundle) override {
    if (!word_safe(collection)) return fail(ErrorCode::invalid_argument, "this is not a collection's id");
    std::string body = "{\"objects\":[";
    for (std::size_t i = 0; i < bundle.objects.size(); ++i) body += (i > 0 ? "," : "") + bundle.objects[i].text;
    body += "]}";
    const std::string path = root_ + "collections/" + collection + "/objects/";
    SCRUTINEER_TRY(const http::ClientAnswer answer,
                   client_->post(path, std::string(kTaxiiMedia), body, limits::kTaxiiAnswer));
    SCRUTINEER_CHECKED(status_good(answer, 202, path));
    return read_status(answer);
  }

  Result<TaxiiStatus> status(const std::string& id) override {
    if (!word_safe(id)) return fail(ErrorCode::invalid_argument, "this is not the id of a status");
    SCRUTINEER_TRY(const http::ClientAnswer answer, ask(root_ + "status/" + id + "/"));
    return read_status(answer);
  }

 private:
  static Result<TaxiiStatus> read_status(const http::ClientAnswer& answer) {
    auto status = parse_status(answer.body);
    if (!status || !word_safe(status->id)) return tl::unexpected(not_taxii("no status"));
    return std::move(*status);
  }

  Result<http::ClientAnswer> ask(const std::string& path) {
    SCRUTINEER_TRY(http::ClientAnswer answer, client_->get(path, limits::kTaxiiAnswer));
    SCRUTINEER_CHECKED(status_good(answer, 200, path));
    return answer;
  }
  Result<Json> get(const std::string& path) {
    SCRUTINEER_TRY(const http::ClientAnswer answer, ask(path));
    SCRUTINEER_TRY(Json json, Json::parse(answer.body, limits::kStixDepth, JsonNumbers::any));
    if (!json.root().is_object()) return tl::unexpected(not_taxii("no object"));
    return json;
  }

  std::unique_ptr<http::Client> client_;
  const TaxiiClientOptions options_;
  const std::string origin_;
  std::string root_;
};

}  // namespace

Result<std::unique_ptr<TaxiiClient>> TaxiiClient::connect(const TaxiiClientOptions& options) {
  const std::size_t scheme = options.url.find("://");
  const std::size_t slash = scheme == options.url.npos ? options.url.npos : options.url.find('/', scheme + 3);
  if (slash == options.url.npos)
    return fail(ErrorCode::invalid_argument, "an address is https://HOST/PATH/, such as https://host/taxii2/");
  http::ClientOptions transport;
  transport.base = options.url.substr(0, slash);
  transport.ca_file = options.ca_file;
  transport.whole = std::chrono::seconds(options.seconds);
  transport.headers = {{"Accept", std::string(kTaxiiMedia)}};
  if (!options.name.empty()) {
    auto authorization = basic_authorization(options.name, options.token);
    if (!authorization) return fail(ErrorCode::invalid_argument, "this name or token cannot be sent");
    transport.headers.emplace_back("Authorization", std::move(*authorization));
  }
  SCRUTINEER_TRY(auto client, http::Client::make(transport));
  auto out = std::make_unique<KeptClient>(std::move(client), options, transport.base);
  const std::string path = options.url.substr(slash);
  if (!path_safe(path)) return fail(ErrorCode::invalid_argument, "this is not a path that can be asked for");
  SCRUTINEER_CHECKED(out->find_root(path.ends_with('/') ? path : path + "/"));
  return out;
}

Status read_taxii_user(Disk& disk, const std::string& path, TaxiiClientOptions& options) {
  SCRUTINEER_TRY(const Bytes text, read_file(disk, path, 4'096));
  const std::string line = text.substr(0, text.find_first_of("\r\n"));
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return fail(ErrorCode::malformed, "the first line of this file is NAME:TOKEN", path);
  options.name = line.substr(0, colon);
  options.token = line.substr(colon + 1);
  return {};
}

}  // namespace scrutineer
