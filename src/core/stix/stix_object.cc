#include "core/stix/stix_object.h"

#include <algorithm>
#include <set>

#include "core/stix/stix_time.h"
#include "core/stix/stix_types.h"
#include "core/stix/tlp.h"

namespace scrutineer {
namespace {

class ObjectCheck {
 public:
  ObjectCheck(JsonValue value, BytesView text, const StixLimits& limits, StixRefused& refused)
      : value_(value), limits_(limits), refused_(refused) {
    object_.text = text;
  }

  StixObject run() {
    if (!value_.is_object()) return problem({}, "expected an object"), object_;
    read_identity();
    walk(value_, {}, true);
    if (object_.type.empty()) return std::move(object_);
    check_properties();
    check_rules();
    for (const StixReference& reference : object_.references) {
      if (reference.property == "created_by_ref") object_.created_by = reference.to;
      if (reference.property.starts_with("object_marking_refs[")) object_.markings.push_back(reference.to);
    }
    return std::move(object_);
  }

 private:
  void problem(const std::string& path, std::string message, ErrorCode code = ErrorCode::malformed) {
    if (refused_.problems.empty()) refused_.code = code;
    std::string where =
        object_.id.empty() || !type_ ? "objects[" + std::to_string(refused_.index) + "]" : object_.id.text();
    refused_.problems.add(path.empty() ? where : where + ": " + path, std::move(message));
  }

  std::string_view text_of(std::string_view name) const {
    const auto member = value_.find(name);
    return member ? member->as_string().value_or(std::string_view()) : std::string_view();
  }

  // Type and id come first: everything else depends on them.
  void read_identity() {
    const std::string_view type = text_of("type");
    const auto id = parse_stix_id(text_of("id"));
    if (!is_stix_type(type)) return problem("type", "expected a type: 3 to 250 of a-z, 0-9 and single hyphens");
    const bool times = value_.find("created") || value_.find("modified");
    const StixType* known = stix_type(type);
    object_.custom = known == nullptr;
    type_ = known != nullptr ? known : &custom_stix_type(!times);
    object_.observable = type_->observable;
    object_.type = type;
    if (!id || id->type() != type) return problem("id", "expected the type, two hyphens and a UUID (version 1 to 5)");
    object_.id = *id;
    refused_.id = *id;
    for (std::string_view name : {"modified", "created"})
      if (refused_.version.empty() && is_stix_time(text_of(name))) refused_.version = text_of(name);
    // Section 3.2: objects of STIX 2.0 do not say it.
    const std::string_view version = text_of("spec_version");
    if (version != "2.1" && !(version.empty() && !value_.find("spec_version") && object_.observable))
      problem("spec_version", "expected 2.1: nothing else is read here", ErrorCode::unsupported);
  }

  // A name that may be shown, or the place of one that may not.
  static std::string shown(std::string_view name, std::size_t index) {
    return is_stix_name(name) ? std::string(name) : "#" + std::to_string(index + 1);
  }

  // What holds for every value at every depth (section 2), and every reference.
  void walk(JsonValue value, const std::string& path, bool references) {
    switch (value.kind()) {
      case JsonKind::null: return problem(path, "null may not stand in STIX");
      case JsonKind::string: {
        const bool payload = path == "payload_bin";
        const std::size_t most = payload ? limits::kStixPayloadBytes : limits_.string_bytes;
        if (const std::size_t size = value.as_string()->size(); size > most)
          problem(path, "a text of " + std::to_string(size) + " bytes, more than " + std::to_string(most),
                  ErrorCode::limit_exceeded);
        return;
      }
      case JsonKind::array: {
        if (value.size() == 0) problem(path, "a list may not be empty");
        std::size_t index = 0;
        for (JsonValue element : value) walk(element, path + "[" + std::to_string(index++) + "]", references);
        return;
      }
      case JsonKind::object: return walk_members(value, path, references);
      case JsonKind::boolean:
      case JsonKind::integer:
      case JsonKind::number: return;
    }
  }

  void walk_members(JsonValue value, const std::string& path, bool references) {
    std::size_t index = 0;
    for (JsonValue member : value) {
      const std::string_view name = member.name();
      const std::string here = (path.empty() ? "" : path + ".") + shown(name, index++);
      if (name.empty() || name.size() > 250) problem(here, "a name has 1 to 250 characters");
      // Section 6.1 of STIX 2.0: inside of `objects`, references are local names.
      const bool old_objects = path.empty() && object_.type == "observed-data" && name == "objects";
      if (references && name.ends_with("_ref")) keep_reference(member, here);
      if (references && name.ends_with("_refs") && member.is_array()) {
        std::size_t at = 0;
        JsonValue list = member;
        for (JsonValue element : list) keep_reference(element, here + "[" + std::to_string(at++) + "]");
      }
      walk(member, here, references && !old_objects);
    }
  }

  void keep_reference(JsonValue value, const std::string& path) {
    const auto text = value.as_string();
    if (auto id = text ? parse_stix_id(*text) : std::nullopt) object_.references.push_back({path, std::move(*id)});
  }

  void check_properties() {
    std::size_t index = 0;
    for (JsonValue member : value_) {
      const std::size_t at = index++;
      if (const StixProperty* property = type_->find(member.name()))
        check_value(*property, member);
      else
        check_name(member.name(), at);
    }
    for (const StixProperty& property : type_->properties)
      if (property.required && !value_.find(property.name))
        problem(std::string(property.name), "this property is required and missing");
    const auto& any = type_->at_least_one;
    if (!any.empty() && std::none_of(any.begin(), any.end(), [&](auto name) { return value_.find(name).has_value(); }))
      problem(std::string(any.front()), "at least one of the properties that make this type must be there");
  }

  // Section 3.1: a-z, 0-9 and underscore, 3 to 250 characters. Which names are custom ones is not our business.
  void check_name(std::string_view name, std::size_t index) {
    const bool good = name.size() >= 3 && name.size() <= 250 && std::all_of(name.begin(), name.end(), [](char c) {
                        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                      });
    if (!good) problem(shown(name, index), "the name of a property has 3 to 250 of a-z, 0-9 and underscore");
  }

  void check_value(const StixProperty& property, JsonValue value) {
    const std::string path(property.name);
    const auto text = value.as_string();
    switch (property.kind) {
      case StixKind::text:
        if (!text) problem(path, "expected a text");
        return;
      case StixKind::boolean:
        if (!value.as_boolean()) problem(path, "expected true or false");
        return;
      case StixKind::integer: return check_integer(property, value);
      case StixKind::number:
        if (value.kind() != JsonKind::integer && value.kind() != JsonKind::number) problem(path, "expected a number");
        return;
      case StixKind::time:
        if (!text || !is_stix_time(*text)) problem(path, "expected a time in UTC, such as 2021-04-19T17:44:00Z");
        return;
      case StixKind::milliseconds:
        if (!text || !is_stix_millisecond_time(*text))
          problem(path, "expected a time in UTC with milliseconds, such as 2021-04-19T17:44:00.000Z");
        return;
      case StixKind::binary:
        if (!text || !from_base64(*text)) problem(path, "expected base64");
        return;
      case StixKind::hex:
        if (!text || text->size() % 2 != 0 || text->find_first_not_of("0123456789abcdefABCDEF") != text->npos)
          problem(path, "expected an even number of hex digits");
        return;
      case StixKind::reference: return check_reference(property, value, path);
      case StixKind::hashes: return check_hashes(value, path);
      case StixKind::dictionary:
      case StixKind::extensions:
        if (!value.is_object() || value.size() == 0) problem(path, "expected an object that is not empty");
        if (property.kind == StixKind::extensions && value.is_object()) check_extensions(value);
        return;
      default: return check_list(property, value, path);
    }
  }

  void check_integer(const StixProperty& property, JsonValue value) {
    const auto number = value.as_integer();
    if (!number || *number < property.low || *number > property.high)
      problem(std::string(property.name),
              "expected an integer from " + std::to_string(property.low) + " to " + std::to_string(property.high));
  }

  void check_reference(const StixProperty& property, JsonValue value, const std::string& path) {
    const auto text = value.as_string();
    const auto id = text ? parse_stix_id(*text) : std::nullopt;
    if (!id) return problem(path, "expected the id of an object");
    if (property.types.empty() || stix_type(id->type()) == nullptr) return;
    if (std::find(property.types.begin(), property.types.end(), id->type()) == property.types.end())
      problem(path, "this refers to an object of a type that cannot stand here");
  }

  // Section 2.7: hashes by the names of section 10.6; custom algorithms have names of their own.
  void check_hashes(JsonValue value, const std::string& path) {
    if (!value.is_object() || value.size() == 0) return problem(path, "expected an object that is not empty");
    static constexpr std::pair<std::string_view, std::size_t> kSizes[] = {
        {"MD5", 32}, {"SHA-1", 40}, {"SHA-256", 64}, {"SHA-512", 128}, {"SHA3-256", 64}, {"SHA3-512", 128}};
    for (JsonValue member : value) {
      const auto text = member.as_string();
      if (!text) problem(path, "a hash is a text");
      for (const auto& [name, size] : kSizes)
        if (text && member.name() == name &&
            (text->size() != size || text->find_first_not_of("0123456789abcdefABCDEF") != text->npos))
          problem(path, std::string(name) + " has " + std::to_string(size) + " hex digits");
    }
  }

  // Section 7.3: a predefined extension, or one that has a definition and says what kind it is.
  void check_extensions(JsonValue value) {
    static const std::set<std::string_view> kTypes{"new-sdo", "new-sco", "new-sro", "property-extension",
                                                   "toplevel-property-extension"};
    std::size_t index = 0;
    for (JsonValue extension : value) {
      const std::string path = "extensions.#" + std::to_string(++index);
      if (!extension.is_object() || extension.size() == 0) {
        problem(path, "expected an object that is not empty");
        continue;
      }
      const auto id = parse_stix_id(extension.name());
      if (!id && !extension.name().ends_with("-ext"))
        problem(path, "expected an extension definition's id, or NAME-ext");
      if (!id) continue;
      const auto kind = extension.find("extension_type");
      if (id->type() != "extension-definition" || !kind || !kind->as_string() || !kTypes.contains(*kind->as_string()))
        problem(path + ".extension_type", "expected one of the five kinds of extension");
    }
  }

  void check_list(const StixProperty& property, JsonValue value, const std::string& path) {
    if (!value.is_array()) return problem(path, "expected a list");
    std::size_t index = 0;
    for (JsonValue element : value) {
      const std::string here = path + "[" + std::to_string(index++) + "]";
      if (property.kind == StixKind::references) {
        check_reference(property, element, here);
      } else if (property.kind == StixKind::texts) {
        if (!element.as_string()) problem(here, "expected a text");
      } else if (!element.is_object()) {
        problem(here, "expected an object");
      } else {
        check_element(property.kind, element, here);
      }
    }
  }

  void need_text(JsonValue value, std::string_view name, const std::string& path) {
    const auto member = value.find(name);
    if (!member || !member->as_string()) problem(path + "." + std::string(name), "this text is required");
  }

  void check_element(StixKind kind, JsonValue value, const std::string& path) {
    if (kind == StixKind::external_references) {  // section 2.5
      need_text(value, "source_name", path);
      if (!value.find("description") && !value.find("url") && !value.find("external_id"))
        problem(path, "a reference has a description, a url or an external_id besides its source");
    } else if (kind == StixKind::kill_chain_phases) {  // section 2.11
      need_text(value, "kill_chain_name", path);
      need_text(value, "phase_name", path);
    } else if (kind == StixKind::granular_markings) {  // section 7.2.3
      const auto selectors = value.find("selectors");
      if (!selectors || !selectors->is_array()) problem(path + ".selectors", "expected a list of texts");
      if (!value.find("marking_ref") && !value.find("lang")) problem(path, "expected marking_ref or lang");
    }
  }

  void in_order(std::string_view early, std::string_view late, bool equal_allowed = true) {
    const std::string_view a = text_of(early), b = text_of(late);
    if (!is_stix_time(a) || !is_stix_time(b)) return;
    if (stix_time_before(b, a) || (!equal_allowed && !stix_time_before(a, b)))
      problem(std::string(late), "this is earlier than " + std::string(early));
  }

  // Sentences with MUST that are about more than one property.
  void check_rules() {
    in_order("created", "modified");               // section 3.2
    in_order("valid_from", "valid_until", false);  // section 4.7
    in_order("first_seen", "last_seen");           // sections 4.2, 4.8, 4.9, 4.11, 4.17, 5.2
    in_order("first_observed", "last_observed");   // section 4.14
    in_order("start_time", "stop_time", false);    // section 5.1
    in_order("start", "end");                      // section 6.12
    if (!object_.observable) {
      object_.created = text_of("created");
      object_.modified = text_of("modified");
    }
    const auto revoked = value_.find("revoked");
    object_.revoked = revoked && revoked->as_boolean().value_or(false);
    check_rules_of_type();
  }

  bool has(std::string_view name) const { return value_.find(name).has_value(); }
  bool is_true(std::string_view name) const {
    const auto value = value_.find(name);
    return value && value->as_boolean().value_or(false);
  }

  void check_rules_of_type() {
    const std::string_view type = object_.type;
    if (type == "artifact") {  // section 6.1
      if (has("payload_bin") && has("url")) problem("url", "an artifact has its bytes or a url, not both");
      if (has("url") && !has("hashes")) problem("hashes", "an artifact with a url states its hashes");
    } else if (type == "email-message") {  // section 6.6
      if (is_true("is_multipart") && has("body")) problem("body", "a message of several parts has no single body");
      if (!is_true("is_multipart") && has("body_multipart")) problem("body_multipart", "this message has one part");
    } else if (type == "network-traffic") {  // section 6.12
      if (is_true("is_active") && has("end")) problem("end", "traffic that goes on has no end");
    } else if (type == "malware") {  // section 4.11
      if (is_true("is_family") && !has("name")) problem("name", "a family of malware has a name");
    } else if (type == "observed-data") {  // section 4.14
      if (has("objects") && has("object_refs")) problem("objects", "objects and object_refs exclude each other");
    } else if (type == "location") {  // section 4.10
      if (has("latitude") != has("longitude")) problem("latitude", "latitude and longitude stand together");
      if (!has("region") && !has("country") && !has("latitude"))
        problem("region", "a place needs region, country or latitude");
    } else if (type == "extension-definition") {  // section 7.3
      if (!has("created_by_ref")) problem("created_by_ref", "this property is required and missing");
    } else if (type == "relationship") {
      check_relationship();
    } else if (type == "marking-definition") {
      check_marking();
    } else if (type == "ipv4-addr" || type == "ipv6-addr") {
      if (text_of("value").empty()) problem("value", "an address is not empty");
    }
  }

  void check_relationship() {  // section 5.1
    const std::string_view kind = text_of("relationship_type");
    if (kind.empty() || kind.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != kind.npos)
      problem("relationship_type", "expected a-z, 0-9 and hyphen");
    for (const char* end : {"source_ref", "target_ref"}) {
      const auto id = parse_stix_id(text_of(end));
      for (const char* never : {"relationship", "sighting", "bundle", "marking-definition", "language-content"})
        if (id && id->type() == never) problem(end, "this refers to an object of a type that cannot stand here");
    }
  }

  void check_marking() {  // section 7.2.1
    if (!has("extensions") && (!has("definition") || !has("definition_type")))
      problem("definition", "a marking states what it is: definition and definition_type, or an extension");
    const auto extensions = value_.find("extensions");
    const auto tlp2 = extensions && extensions->is_object() ? extensions->find(kTlpExtension) : std::nullopt;
    const auto fixed = tlp_of_marking(object_.id);
    // The fixed ones are what they are: the same id for anything else, or their meaning under another id, misleads.
    if (tlp2 && tlp2->is_object()) {
      const auto code = tlp2->find("tlp_2_0");
      const auto said = code && code->as_string() ? tlp_of_code(*code->as_string()) : std::nullopt;
      if (!said || tlp_marking_id(*said) != object_.id || text_of("name") != tlp_label(*said))
        problem("extensions", "this is not one of the five markings of TLP 2.0");
    } else if (text_of("definition_type") == "tlp") {
      const auto definition = value_.find("definition");
      const auto level = definition && definition->is_object() ? definition->find("tlp") : std::nullopt;
      const std::string_view word = level ? level->as_string().value_or("") : std::string_view();
      const auto said = tlp_of_code(word == "white" ? "clear" : word);
      if (!fixed || !said || *said != *fixed || tlp_marking_id(*said) == object_.id)
        problem("definition", "this is not one of the four markings of TLP 1");
    } else if (fixed) {
      problem("id", "this id belongs to a marking of the Traffic Light Protocol");
    }
  }

  JsonValue value_;
  const StixLimits& limits_;
  StixRefused& refused_;
  const StixType* type_ = nullptr;
  StixObject object_;
};

}  // namespace

StixObject read_stix_object(JsonValue value, BytesView text, const StixLimits& limits, StixRefused& refused) {
  return ObjectCheck(value, text, limits, refused).run();
}

}  // namespace scrutineer
