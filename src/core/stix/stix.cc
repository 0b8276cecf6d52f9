#include "core/stix/stix.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "core/codec/json.h"
#include "core/crypto/hash.h"
#include "core/stix/stix_object.h"
#include "core/stix/tlp.h"

namespace scrutineer {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

// Whether the text has more values than that, told without parsing it: brackets and commas outside of strings.
bool has_more_values(std::string_view text, std::size_t limit) {
  std::size_t count = 1;
  for (std::size_t i = 0; i < text.size() && count <= limit; ++i) {
    const char c = text[i];
    if (c == ',' || c == '[' || c == '{') ++count;
    if (c != '"') continue;
    for (++i; i < text.size() && text[i] != '"'; ++i)
      if (text[i] == '\\') ++i;
  }
  return count > limit;
}

// Section 8: a bundle has a type and an id; of STIX 2.0 a spec_version, too.
Status read_bundle_head(JsonValue root, StixBundle& out) {
  out.container = StixContainer::bundle;
  if (root.find("spec_version"))
    return fail(ErrorCode::unsupported, "this is STIX 2.0; STIX 2.1 is read here", "bundle");
  const auto id = root.find("id");
  auto parsed = id && id->as_string() ? parse_stix_id(*id->as_string()) : std::nullopt;
  if (!parsed || parsed->type() != "bundle")
    return fail(ErrorCode::malformed, "expected bundle, two hyphens and a UUID", "bundle: id");
  out.id = std::move(*parsed);
  return {};
}

// TAXII 2.1 section 3.7: more, next and objects, each optional. Other members are left alone.
Status read_envelope_head(JsonValue root, StixBundle& out) {
  out.container = StixContainer::envelope;
  if (const auto more = root.find("more")) {
    if (!more->as_boolean()) return fail(ErrorCode::malformed, "expected true or false", "envelope: more");
    out.more = more->as_boolean();
  }
  if (const auto next = root.find("next")) {
    if (!next->as_string()) return fail(ErrorCode::malformed, "expected a text", "envelope: next");
    out.next = std::string(*next->as_string());
  }
  if (root.size() > 0 && !root.find("objects") && !root.find("more") && !root.find("next"))
    return fail(ErrorCode::malformed, "this is no object, no bundle and no envelope of STIX 2.1", "byte 0");
  return {};
}

void notice_reference(const StixObject& object, const StixReference& reference, const std::set<std::string_view>& here,
                      Problems& notices) {
  const std::string where = object.id.text() + ": " + reference.property;
  if (reference.to == object.id && reference.property != "created_by_ref")
    notices.add(where, "an object that refers to itself");
  else if (!here.contains(reference.to.text()) && !tlp_of_marking(reference.to))
    notices.add(where, "this refers to an object that is not here");
}

// What is odd without being wrong. References are looked up, never followed.
Status notice(StixBundle& bundle) {
  std::set<std::string_view> here;
  std::unordered_map<std::string, Hash256> versions;
  std::size_t references = 0;
  for (const StixObject& object : bundle.objects) {
    here.insert(object.id.text());
    references += object.references.size();
    const Hash256 hash = sha256(object.text);
    const auto [found, fresh] = versions.emplace(object.id.text() + " " + object.version(), hash);
    if (!fresh && found->second != hash)
      bundle.notices.add(object.id.text(), "two objects of this id and version have different contents");
    if (object.custom) bundle.notices.add(object.id.text(), "a type that STIX 2.1 does not know; kept, not understood");
  }
  if (references > limits::kStixReferences)
    return fail(ErrorCode::limit_exceeded,
                "more than " + std::to_string(limits::kStixReferences) + " references between objects");
  if (bundle.container == StixContainer::object) return {};
  for (const StixObject& object : bundle.objects)
    for (const StixReference& reference : object.references) notice_reference(object, reference, here, bundle.notices);
  return {};
}

void read_one(JsonValue value, BytesView text, std::size_t index, const StixLimits& limits, StixBundle& out,
              std::vector<StixRefused>& refused) {
  StixRefused wrong;
  wrong.index = index;
  StixObject object = read_stix_object(value, text, limits, wrong);
  if (wrong.problems.empty())
    out.objects.push_back(std::move(object));
  else
    refused.push_back(std::move(wrong));
}

}  // namespace

Result<StixBundle> read_stix_each(BytesView text, const StixLimits& limits, std::vector<StixRefused>& refused) {
  if (text.size() > limits.bytes)
    return fail(ErrorCode::limit_exceeded, "more than " + std::to_string(limits.bytes) + " bytes of STIX");
  if (has_more_values(text, limits.values))
    return fail(ErrorCode::limit_exceeded, "more than " + std::to_string(limits.values) + " values");
  SCRUTINEER_TRY(Json document, Json::parse(text, limits.depth, JsonNumbers::any));
  const JsonValue root = document.root();
  if (!root.is_object()) return fail(ErrorCode::malformed, "expected an object, a bundle or an envelope", "byte 0");
  StixBundle out;
  const auto type = root.find("type");
  const bool bundle = type && type->as_string() == "bundle";
  if (type && !bundle) {
    read_one(root, trimmed(text), 0, limits, out, refused);
    SCRUTINEER_CHECKED(notice(out));
    return out;
  }
  SCRUTINEER_CHECKED(bundle ? read_bundle_head(root, out) : read_envelope_head(root, out));
  const auto objects = root.find("objects");
  if (!objects) return out;
  if (!objects->is_array() || (bundle && objects->size() == 0))
    return fail(ErrorCode::malformed, "expected a list that is not empty", "objects");
  if (objects->size() > limits.objects)
    return fail(ErrorCode::limit_exceeded, "more than " + std::to_string(limits.objects) + " objects", "objects");
  const std::vector<std::string_view> texts = objects->texts_in(text);
  std::size_t index = 0;
  const JsonValue list = *objects;
  for (JsonValue value : list) {
    read_one(value, texts[index], index, limits, out, refused);
    ++index;
  }
  SCRUTINEER_CHECKED(notice(out));
  return out;
}

Result<StixBundle> read_stix(BytesView text, const StixLimits& limits, Problems* problems) {
  std::vector<StixRefused> refused;
  SCRUTINEER_TRY(StixBundle bundle, read_stix_each(text, limits, refused));
  if (problems != nullptr)
    for (const StixRefused& one : refused)
      for (const Problem& problem : one.problems.listed()) problems->add(problem.where, problem.message);
  if (!refused.empty()) return tl::unexpected(refused.front().problems.first(refused.front().code));
  return bundle;
}

}  // namespace scrutineer
