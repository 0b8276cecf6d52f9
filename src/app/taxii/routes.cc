#include "app/taxii/routes.h"

#include <algorithm>
#include <set>

#include "app/taxii/media.h"
#include "app/taxii/words.h"
#include "core/codec/json.h"

namespace scrutineer {
namespace {

using http::Answer;
using http::Request;

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> out;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    out.push_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return out;
}

std::vector<std::string> listed(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

Answer nothing_here() {
  return taxii_error(404, "여기에는 아무것도 없습니다.", "There is nothing here.");
}
Answer not_understood(std::string_view english) {
  return taxii_error(400, "이해할 수 없는 요청입니다.", english);
}
Answer only(std::string_view methods) {
  Answer answer = taxii_error(405, "이 주소에서는 할 수 없는 요청입니다.", "This cannot be done at this address.");
  answer.headers.emplace_back("Allow", methods);
  return answer;
}

// Where the page before ended. Says nothing about the collection, and stays good while objects are added.
std::string cursor_of(TaxiiTime time) {
  Bytes bytes;
  append_be64(bytes, static_cast<std::uint64_t>(time.micros));
  return to_hex(bytes);
}
std::optional<TaxiiTime> time_of_cursor(std::string_view cursor) {
  const auto bytes = from_hex(cursor);
  if (!bytes || bytes->size() != 8) return std::nullopt;
  return TaxiiTime{static_cast<std::int64_t>(read_be64(bytes->data()))};
}

// match[version]: "first", "last", "all" or times, joined by commas.
bool read_versions(std::string_view text, TaxiiQuery& query) {
  query.last = false;
  for (const std::string& word : listed(text)) {
    if (word == "first")
      query.first = true;
    else if (word == "last")
      query.last = true;
    else if (word == "all")
      query.all = true;
    else if (parse_taxii_time(word))
      query.versions.push_back(word);
    else
      return false;
  }
  return query.first || query.last || query.all || !query.versions.empty();
}

// Sections 3.4 and 3.5. Other parameters are ignored.
std::optional<Answer> read_query(const Request& request, TaxiiQuery& query) {
  std::set<std::string_view> seen;
  for (const auto& [name, value] : request.query) {
    static const std::set<std::string_view> kKnown{
        "added_after", "limit", "next", "match[id]", "match[type]", "match[version]", "match[spec_version]"};
    if (!kKnown.contains(name)) continue;
    if (!seen.insert(name).second) return not_understood("Each parameter may stand once.");
    if (name == "limit") {
      const auto limit = parse_decimal(value);
      if (!limit || *limit == 0) return not_understood("limit is a number from 1.");
      query.limit = static_cast<std::size_t>(std::min<std::uint64_t>(*limit, limits::kTaxiiPage));
    } else if (name == "added_after" || name == "next") {
      const auto time = name == "next" ? time_of_cursor(value) : parse_taxii_time(value);
      if (!time)
        return not_understood(name == "next" ? "next is what the answer before said."
                                             : "added_after is a time in UTC.");
      query.after = std::max(query.after, *time);
    } else if (name == "match[version]") {
      if (!read_versions(value, query)) return not_understood("match[version] is first, last, all or times.");
    } else {
      auto& list = name == "match[id]" ? query.ids : name == "match[type]" ? query.types : query.spec_versions;
      list = listed(value);
      if (list.empty()) return not_understood("A match needs a value.");
    }
  }
  return std::nullopt;
}

class Route {
 public:
  Route(TaxiiBackend& backend, const Request& request, std::string_view prefix)
      : backend_(backend), request_(request), prefix_(prefix) {}

  Answer answer() {
    if (!request_.path.starts_with(prefix_)) return nothing_here();
    auto user = backend_.user_of(request_.header("authorization"));
    if (!user) return taxii_error(401, "이름과 열쇠가 필요합니다.", "A name and a token are needed.");
    user_ = std::move(*user);
    const auto parts = parts_of(std::string_view(request_.path).substr(prefix_.size()));
    if (parts.empty()) return get() ? discovery() : wrong_;
    if (parts[0] != "api") return nothing_here();
    if (parts.size() == 1) return get() ? api_root() : wrong_;
    if (parts[1] == "status" && parts.size() == 3) return get() ? status(parts[2]) : wrong_;
    if (parts[1] != "collections") return nothing_here();
    if (parts.size() == 2) return get() ? collections() : wrong_;
    return collection(parts);
  }

 private:
  // Whether it is a question that we can answer in a form that the client takes; else wrong_ says why not.
  bool get(std::string_view also = {}) {
    const bool reads = request_.method == "GET" || request_.method == "HEAD";
    if (!reads && (also.empty() || request_.method != also)) {
      wrong_ = only(also.empty() ? "GET, HEAD" : "GET, HEAD, POST");
      return false;
    }
    // Section 1.6.8 and 3.2
    if (accepts_taxii(request_.header("accept"))) return true;
    wrong_ =
        taxii_error(406, "받을 수 있는 형식이 아닙니다.", "This is served as application/taxii+json;version=2.1 only.");
    return false;
  }

  Answer discovery() {  // section 4.1
    const TaxiiAbout about = backend_.about();
    const std::string root = std::string(prefix_) + "api/";
    JsonWriter json;
    json.begin_object().member("title", about.title);
    if (!about.description.empty()) json.member("description", about.description);
    if (!about.contact.empty()) json.member("contact", about.contact);
    json.member("default", root).name("api_roots").begin_array().string(root).end_array().end_object();
    return taxii_answer(200, json.take());
  }

  Answer api_root() {  // section 4.2
    const TaxiiAbout about = backend_.about();
    JsonWriter json;
    json.begin_object().member("title", about.title);
    if (!about.description.empty()) json.member("description", about.description);
    json.name("versions").begin_array().string(kTaxiiMedia).end_array();
    json.member("max_content_length", static_cast<std::int64_t>(limits::kTaxiiContent)).end_object();
    return taxii_answer(200, json.take());
  }

  Answer status(std::string_view id) {  // section 4.3
    const auto found = backend_.status(user_, id);
    return found ? taxii_answer(200, status_json(*found)) : nothing_here();
  }

  Answer collections() {  // section 5.1
    std::string list;
    for (const TaxiiCollection& one : backend_.collections(user_))
      list += (list.empty() ? "" : ",") + collection_json(one);
    return taxii_answer(200, list.empty() ? "{}" : "{\"collections\":[" + list + "]}");
  }

  Answer collection(const std::vector<std::string_view>& parts) {
    std::optional<TaxiiCollection> found;
    for (TaxiiCollection& one : backend_.collections(user_))
      if (one.id == parts[2] || (!one.alias.empty() && one.alias == parts[2])) found = std::move(one);
    if (!found) return nothing_here();
    collection_ = std::move(*found);
    if (parts.size() == 3) return get() ? taxii_answer(200, collection_json(collection_)) : wrong_;
    const bool objects = parts[3] == "objects";
    if (parts.size() == 4 && objects && request_.method == "POST") return get("POST") ? add() : wrong_;
    if (parts.size() == 4 && objects) return get("POST") ? read(&Route::objects_page) : wrong_;
    if (parts.size() == 4 && parts[3] == "manifest") return get() ? read(&Route::manifest_page) : wrong_;
    if (parts.size() == 5 && objects) return get() ? one_object(parts[4], &Route::objects_page) : wrong_;
    if (parts.size() == 6 && objects && parts[5] == "versions")
      return get() ? one_object(parts[4], &Route::versions_page) : wrong_;
    return nothing_here();
  }

  using Page = Result<std::string> (Route::*)(std::vector<TaxiiHead>& heads, bool& more);

  Answer read(Page page) {
    TaxiiQuery query;
    if (auto wrong = read_query(request_, query)) return *wrong;
    return read(query, page);
  }

  Answer read(const TaxiiQuery& query, Page page) {
    if (!collection_.can_read)
      return taxii_error(403, "이 모음을 읽을 권한이 없습니다.", "You may not read this collection.");
    auto found = backend_.find(user_, collection_, query);
    if (!found) return taxii_error(found.error());
    auto body = (this->*page)(found->heads, found->more);
    if (!body) return taxii_error(body.error());
    if (found->heads.empty()) return taxii_answer(200, "{}");
    std::string json = "{";
    if (found->more) json += "\"more\":true,\"next\":\"" + cursor_of(found->heads.back().added) + "\",";
    Answer answer = taxii_answer(200, json + *body + "}");
    // Section 3.2
    answer.headers.emplace_back("X-TAXII-Date-Added-First", to_string(found->heads.front().added));
    answer.headers.emplace_back("X-TAXII-Date-Added-Last", to_string(found->heads.back().added));
    return answer;
  }

  // Section 5.4: objects byte for byte, as many as fit.
  Result<std::string> objects_page(std::vector<TaxiiHead>& heads, bool& more) {
    std::string list;
    for (std::size_t i = 0; i < heads.size(); ++i) {
      SCRUTINEER_TRY(const Bytes object, backend_.open(user_, collection_, heads[i]));
      if (i > 0 && list.size() + object.size() > limits::kTaxiiPageBytes) {
        heads.resize(i);
        more = true;
        break;
      }
      if (i > 0) list += ',';
      list += object;
    }
    return "\"objects\":[" + list + "]";
  }

  // Section 5.3
  Result<std::string> manifest_page(std::vector<TaxiiHead>& heads, bool&) {
    JsonWriter json;
    json.begin_array();
    for (const TaxiiHead& head : heads) {
      json.begin_object().member("id", head.id.text()).member("date_added", to_string(head.added));
      json.member("version", head.version).member("media_type", kStixMedia).end_object();
    }
    json.end_array();
    return "\"objects\":" + json.take();
  }

  // Section 5.8
  Result<std::string> versions_page(std::vector<TaxiiHead>& heads, bool&) {
    JsonWriter json;
    json.begin_array();
    for (const TaxiiHead& head : heads) json.string(head.version);
    json.end_array();
    return "\"versions\":" + json.take();
  }

  Answer one_object(std::string_view id, Page page) {  // sections 5.6 and 5.8
    TaxiiQuery query;
    if (auto wrong = read_query(request_, query)) return *wrong;
    TaxiiQuery whole;
    query.ids = whole.ids = {std::string(id)};
    query.types.clear();
    whole.all = true;
    whole.limit = 1;
    if (page == &Route::versions_page) query.all = true;
    if (!collection_.can_read) return read(query, page);
    auto known = backend_.find(user_, collection_, whole);
    if (!known) return taxii_error(known.error());
    return known->heads.empty() ? nothing_here() : read(query, page);
  }

  Answer add() {  // section 5.5
    if (!collection_.can_write)
      return taxii_error(403, "이 모음에 쓸 권한이 없습니다.", "You may not add to this collection.");
    if (!is_taxii(request_.header("content-type")))
      return taxii_error(415, "받을 수 없는 형식입니다.", "Send application/taxii+json;version=2.1.");
    if (request_.body.size() > limits::kTaxiiContent)
      return taxii_error(413, "보낸 내용이 너무 큽니다.", "This is more than max_content_length.");
    std::vector<StixRefused> refused;
    auto envelope = read_stix_each(request_.body, {}, refused);
    if (!envelope) return taxii_error(envelope.error());
    if (envelope->container != StixContainer::envelope || (envelope->objects.empty() && refused.empty()))
      return taxii_error(422, "TAXII 봉투가 필요합니다.", "Send an envelope with objects.");
    std::vector<TaxiiOutcome> failures;
    for (const StixRefused& one : refused) {
      const Error why = one.problems.first(one.code);
      failures.push_back(
          {one.id.empty() ? "objects[" + std::to_string(one.index) + "]" : one.id.text(), one.version, to_string(why)});
    }
    auto status = backend_.add(user_, collection_, std::move(envelope->objects), std::move(failures));
    return status ? taxii_answer(202, status_json(*status)) : taxii_error(status.error());
  }

  TaxiiBackend& backend_;
  const Request& request_;
  std::string_view prefix_;
  TaxiiUser user_;
  TaxiiCollection collection_;
  Answer wrong_;
};

}  // namespace

Answer answer_taxii(TaxiiBackend& backend, const Request& request, std::string_view prefix) {
  return Route(backend, request, prefix).answer();
}

std::size_t taxii_body_limit(std::string_view method, std::string_view path, std::string_view prefix) {
  constexpr std::size_t kMore = 1u << 20;
  return method == "POST" && path.starts_with(prefix) ? limits::kTaxiiContent + kMore : 0;
}

}  // namespace scrutineer
