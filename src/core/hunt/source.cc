#include "core/hunt/source.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/codec/json.h"
#include "core/hunt/chars.h"

namespace scrutineer::hunt {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

enum class Named : std::uint8_t { kind, hash, ip };
struct TypeName {
  std::string_view name;
  Named what;
  IndicatorKind kind = IndicatorKind::string;
};
constexpr TypeName kTypes[] = {
    {"string", Named::kind, IndicatorKind::string},
    {"ipv4", Named::kind, IndicatorKind::ipv4},
    {"ipv6", Named::kind, IndicatorKind::ipv6},
    {"ip", Named::ip},
    {"network", Named::ip},
    {"domain", Named::kind, IndicatorKind::domain},
    {"mail", Named::kind, IndicatorKind::mail},
    {"email", Named::kind, IndicatorKind::mail},
    {"url", Named::kind, IndicatorKind::url},
    {"md5", Named::kind, IndicatorKind::md5},
    {"sha1", Named::kind, IndicatorKind::sha1},
    {"sha256", Named::kind, IndicatorKind::sha256},
    {"sha512", Named::kind, IndicatorKind::sha512},
    {"hash", Named::hash},
};

Result<IndicatorValue> make_ip(std::string_view text) {
  bool six = text.substr(0, text.find('/')).find_first_of(":[") != text.npos && text.find("[.]") == text.npos;
  return make_indicator(six ? IndicatorKind::ipv6 : IndicatorKind::ipv4, text);
}

Result<IndicatorValue> read_line(std::string_view line) {
  std::size_t colon = line.find(':');
  const TypeName* named = nullptr;
  for (const TypeName& type : kTypes)
    if (colon != line.npos && line.substr(0, colon) == type.name) named = &type;
  std::string_view value = named != nullptr ? trimmed(line.substr(colon + 1)) : line;
  // A comment behind the value; not of a fixed string, which may hold anything.
  bool literal = named != nullptr && named->what == Named::kind && named->kind == IndicatorKind::string;
  if (!literal) value = trimmed(value.substr(0, std::min(value.find(" #"), value.find("\t#"))));
  if (named == nullptr) return guess_indicator(value);
  if (named->what == Named::hash) return make_hash(value);
  if (named->what == Named::ip) return make_ip(value);
  return make_indicator(named->kind, value);
}

Status read_list(const IndicatorSource& source, std::uint32_t file, IndicatorSet& out, NotSearchedList& not_searched) {
  std::string_view rest = source.bytes;
  for (std::uint32_t line = 1; !rest.empty(); ++line) {
    std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view text = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (text.empty() || text.front() == '#') continue;
    const std::string place = fmt::format("{}:{}", source.name, line);
    if (text.size() > limits::kHuntSourceLine) {
      not_searched.add(place, Why::indicator, fmt::format("longer than {} bytes", limits::kHuntSourceLine));
      continue;
    }
    auto value = read_line(text);
    if (!value)
      not_searched.add(place, Why::indicator, value.error().message);
    else
      SCRUTINEER_CHECKED(out.add(std::move(*value), {file, line, {}}));
  }
  return {};
}

// One STIX bundle.
class StixReader {
 public:
  StixReader(const IndicatorSource& source, std::uint32_t file, IndicatorSet& out, NotSearchedList& not_searched)
      : source_(source), file_(file), out_(out), not_searched_(not_searched) {}

  Status read() {
    SCRUTINEER_TRY(Json document, Json::parse(source_.bytes, limits::kHuntJsonDepth, JsonNumbers::any));
    JsonValue root = document.root();
    if (auto objects = member(root, "objects"); objects && objects->is_array()) {
      for (JsonValue object : *objects) SCRUTINEER_CHECKED(read_object(object, {}));
      return {};
    }
    if (text_of(root, "type").empty() || text_of(root, "type") == "bundle")
      return fail(ErrorCode::malformed, "this JSON is no STIX bundle: it has no list \"objects\"", source_.name);
    return read_object(root, {});
  }

 private:
  static std::optional<JsonValue> member(JsonValue object, std::string_view name) {
    return object.is_object() ? object.find(name) : std::nullopt;
  }
  static std::string_view text_of(JsonValue object, std::string_view name) {
    auto value = member(object, name);
    return value ? value->as_string().value_or(std::string_view()) : std::string_view();
  }
  void refuse(std::string_view id, Why why, std::string detail) {
    not_searched_.add(source_.name + ": " + std::string(id), why, std::move(detail));
  }
  Status add(Result<IndicatorValue> value, std::string_view id) {
    if (value) return out_.add(std::move(*value), {file_, 0, std::string(id)});
    refuse(id, Why::indicator, value.error().message);
    return {};
  }

  // `parent`: the id of the observed-data that holds it, where it has none of its own.
  Status read_object(JsonValue object, std::string_view parent) {
    std::string_view type = text_of(object, "type"), id = text_of(object, "id");
    if (id.empty()) id = parent.empty() ? "(an object without id)" : parent;
    if (type == "indicator") return read_indicator(object, id);
    if (auto value = member(object, "value"); value && value->as_string()) {
      if (type == "ipv4-addr") return add(make_indicator(IndicatorKind::ipv4, *value->as_string()), id);
      if (type == "ipv6-addr") return add(make_indicator(IndicatorKind::ipv6, *value->as_string()), id);
      if (type == "domain-name") return add(make_indicator(IndicatorKind::domain, *value->as_string()), id);
      if (type == "url") return add(make_indicator(IndicatorKind::url, *value->as_string()), id);
      if (type == "email-addr") return add(make_indicator(IndicatorKind::mail, *value->as_string()), id);
    }
    if (type == "file" || type == "artifact") return read_hashes(object, id);
    auto inner = member(object, "objects");
    // STIX 2.0 and 2.1 (deprecated): observed-data with its objects inside.
    if (type == "observed-data" && inner && inner->is_object() && parent.empty())
      for (JsonValue each : *inner) SCRUTINEER_CHECKED(read_object(each, id));
    return {};
  }

  Status read_hashes(JsonValue object, std::string_view id) {
    auto hashes = member(object, "hashes");
    if (!hashes || !hashes->is_object()) return {};
    for (JsonValue hash : *hashes) {
      std::string name(hash.name());
      auto pattern = read_pattern(fmt::format("[file:hashes.'{}' = '{}']", name, hash.as_string().value_or("")));
      for (IndicatorValue& value : pattern.values) SCRUTINEER_CHECKED(add(std::move(value), id));
      for (std::string& why : pattern.refused) refuse(id, Why::indicator, std::move(why));
    }
    return {};
  }

  Status read_indicator(JsonValue object, std::string_view id) {
    auto revoked = member(object, "revoked");
    if (revoked && revoked->as_boolean().value_or(false)) return refuse(id, Why::revoked, {}), Status{};
    std::string_view type = text_of(object, "pattern_type");
    if (type != "stix" && !type.empty()) {
      refuse(id, Why::pattern, fmt::format("its pattern is of the type {}", type.substr(0, 64)));
      return {};
    }
    auto pattern = read_pattern(text_of(object, "pattern"));
    for (IndicatorValue& value : pattern.values) SCRUTINEER_CHECKED(add(std::move(value), id));
    for (std::string& why : pattern.refused) refuse(id, Why::pattern, std::move(why));
    return {};
  }

  const IndicatorSource& source_;
  std::uint32_t file_;
  IndicatorSet& out_;
  NotSearchedList& not_searched_;
};

}  // namespace

Result<SourceForm> read_indicators(const IndicatorSource& source, std::uint32_t file, IndicatorSet& out,
                                   NotSearchedList& not_searched) {
  if (source.bytes.size() > limits::kHuntSourceBytes)
    return fail(ErrorCode::limit_exceeded, fmt::format("larger than {} bytes", limits::kHuntSourceBytes), source.name);
  IndicatorSource plain{source.name, source.bytes};
  if (plain.bytes.starts_with("\xef\xbb\xbf")) plain.bytes.erase(0, 3);
  if (!trimmed(plain.bytes).starts_with('{')) {
    SCRUTINEER_CHECKED(read_list(plain, file, out, not_searched));
    return SourceForm::text;
  }
  if (auto read = StixReader(plain, file, out, not_searched).read(); !read)
    return tl::unexpected(read.error().where == source.name ? read.error() : placed(read.error(), source.name));
  return SourceForm::stix;
}

}  // namespace scrutineer::hunt
