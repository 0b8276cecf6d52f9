#include "core/stix/stix_types.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "core/base/bytes.h"
#include "core/base/check.h"

namespace scrutineer {
namespace {

struct Row {
  std::string_view type;
  // NAME[!][:KIND[(of what)]]; "!": required; no kind: a text. ids(a|b): references to objects of these types.
  std::string_view properties;
  std::string_view at_least_one = {};
};

// Section 3.2: properties of all domain and relationship objects.
constexpr std::string_view kCommon =
    "type! spec_version! id! created!:ms modified!:ms created_by_ref:id(identity) revoked:bool labels:texts "
    "confidence:int(0..100) lang external_references:extrefs object_marking_refs:ids(marking-definition) "
    "granular_markings:granular extensions:exts";
// Section 3.2, column "SCOs".
constexpr std::string_view kObservable =
    "type! spec_version id! object_marking_refs:ids(marking-definition) granular_markings:granular defanged:bool "
    "extensions:exts";

// Section 7.2.1: no `modified`, since nobody may change one.
constexpr Row kMarking{"marking-definition",
                       "type! spec_version! id! created!:time created_by_ref:id(identity) name "
                       "external_references:extrefs object_marking_refs:ids(marking-definition) "
                       "granular_markings:granular extensions:exts definition_type definition:dict"};

// Sections 4, 5 and 7.
constexpr Row kDomain[] = {
    {"attack-pattern", "name! description aliases:texts kill_chain_phases:kills"},
    {"campaign", "name! description aliases:texts first_seen:time last_seen:time objective"},
    {"course-of-action", "name! description"},
    {"grouping", "name description context! object_refs!:ids"},
    {"identity", "name! description roles:texts identity_class sectors:texts contact_information"},
    {"incident", "name! description"},
    {"indicator",
     "name description indicator_types:texts pattern! pattern_type! pattern_version valid_from!:time valid_until:time "
     "kill_chain_phases:kills"},
    {"infrastructure",
     "name! description infrastructure_types:texts aliases:texts kill_chain_phases:kills first_seen:time "
     "last_seen:time"},
    {"intrusion-set",
     "name! description aliases:texts first_seen:time last_seen:time goals:texts resource_level primary_motivation "
     "secondary_motivations:texts"},
    {"location",
     "name description latitude:num longitude:num precision:num region country administrative_area city "
     "street_address postal_code"},
    {"malware",
     "name description malware_types:texts is_family!:bool aliases:texts kill_chain_phases:kills first_seen:time "
     "last_seen:time operating_system_refs:ids(software) architecture_execution_envs:texts "
     "implementation_languages:texts capabilities:texts sample_refs:ids(artifact|file)"},
    {"malware-analysis",
     "product! version host_vm_ref:id(software) operating_system_ref:id(software) "
     "installed_software_refs:ids(software) configuration_version modules:texts analysis_engine_version "
     "analysis_definition_version submitted:time analysis_started:time analysis_ended:time result_name result "
     "analysis_sco_refs:ids sample_ref:id(artifact|file|network-traffic)",
     "result analysis_sco_refs"},
    {"note", "abstract content! authors:texts object_refs!:ids"},
    {"observed-data",
     "first_observed!:time last_observed!:time number_observed!:int(1..999999999) objects:dict object_refs:ids",
     "objects object_refs"},
    {"opinion", "explanation authors:texts opinion! object_refs!:ids"},
    {"report", "name! description report_types:texts published!:time object_refs!:ids"},
    {"threat-actor",
     "name! description threat_actor_types:texts aliases:texts first_seen:time last_seen:time roles:texts goals:texts "
     "sophistication resource_level primary_motivation secondary_motivations:texts personal_motivations:texts"},
    {"tool", "name! description tool_types:texts aliases:texts kill_chain_phases:kills tool_version"},
    {"vulnerability", "name! description"},
    {"relationship", "relationship_type! description source_ref!:id target_ref!:id start_time:time stop_time:time"},
    {"sighting",
     "description first_seen:time last_seen:time count:int(0..999999999) sighting_of_ref!:id "
     "observed_data_refs:ids(observed-data) where_sighted_refs:ids(identity|location) summary:bool"},
    {"language-content", "object_ref!:id object_modified:time contents!:dict"},
    {"extension-definition", "name! description schema! version! extension_types!:texts extension_properties:texts"},
};

// Section 6.
constexpr Row kObservables[] = {
    {"artifact", "mime_type payload_bin:bin url hashes:hashes encryption_algorithm decryption_key", "payload_bin url"},
    {"autonomous-system", "number!:int(0..4294967295) name rir"},
    {"directory", "path! path_enc ctime:time mtime:time atime:time contains_refs:ids(file|directory)"},
    {"domain-name", "value! resolves_to_refs:ids(ipv4-addr|ipv6-addr|domain-name)"},
    {"email-addr", "value! display_name belongs_to_ref:id(user-account)"},
    {"email-message",
     "is_multipart!:bool date:time content_type from_ref:id(email-addr) sender_ref:id(email-addr) "
     "to_refs:ids(email-addr) cc_refs:ids(email-addr) bcc_refs:ids(email-addr) message_id subject "
     "received_lines:texts additional_header_fields:dict body body_multipart:objects raw_email_ref:id(artifact)"},
    {"file",
     "hashes:hashes size:int(0..9007199254740991) name name_enc magic_number_hex:hex mime_type ctime:time mtime:time "
     "atime:time parent_directory_ref:id(directory) contains_refs:ids content_ref:id(artifact)",
     "hashes name"},
    {"ipv4-addr", "value! resolves_to_refs:ids(mac-addr) belongs_to_refs:ids(autonomous-system)"},
    {"ipv6-addr", "value! resolves_to_refs:ids(mac-addr) belongs_to_refs:ids(autonomous-system)"},
    {"mac-addr", "value!"},
    {"mutex", "name!"},
    {"network-traffic",
     "start:time end:time is_active:bool src_ref:id(ipv4-addr|ipv6-addr|mac-addr|domain-name) "
     "dst_ref:id(ipv4-addr|ipv6-addr|mac-addr|domain-name) src_port:int(0..65535) dst_port:int(0..65535) "
     "protocols!:texts src_byte_count:int(0..9007199254740991) dst_byte_count:int(0..9007199254740991) "
     "src_packets:int(0..9007199254740991) dst_packets:int(0..9007199254740991) ipfix:dict "
     "src_payload_ref:id(artifact) dst_payload_ref:id(artifact) encapsulates_refs:ids(network-traffic) "
     "encapsulated_by_ref:id(network-traffic)",
     "src_ref dst_ref"},
    {"process",
     "is_hidden:bool pid:int(0..9007199254740991) created_time:time cwd command_line environment_variables:dict "
     "opened_connection_refs:ids(network-traffic) creator_user_ref:id(user-account) image_ref:id(file) "
     "parent_ref:id(process) child_refs:ids(process)",
     "extensions is_hidden pid created_time cwd command_line environment_variables opened_connection_refs "
     "creator_user_ref image_ref parent_ref child_refs"},
    {"software", "name! cpe swid languages:texts vendor version"},
    {"url", "value!"},
    {"user-account",
     "user_id credential account_login account_type display_name is_service_account:bool is_privileged:bool "
     "can_escalate_privs:bool is_disabled:bool account_created:time account_expires:time "
     "credential_last_changed:time account_first_login:time account_last_login:time",
     "extensions user_id credential account_login account_type display_name is_service_account is_privileged "
     "can_escalate_privs is_disabled account_created account_expires credential_last_changed account_first_login "
     "account_last_login"},
    {"windows-registry-key",
     "key values:objects modified_time:time creator_user_ref:id(user-account) "
     "number_of_subkeys:int(0..9007199254740991)",
     "key values modified_time creator_user_ref number_of_subkeys"},
    {"x509-certificate",
     "is_self_signed:bool hashes:hashes version serial_number signature_algorithm issuer validity_not_before:time "
     "validity_not_after:time subject subject_public_key_algorithm subject_public_key_modulus "
     "subject_public_key_exponent:int(0..9007199254740991) x509_v3_extensions:dict",
     "is_self_signed hashes version serial_number signature_algorithm issuer validity_not_before validity_not_after "
     "subject subject_public_key_algorithm subject_public_key_modulus subject_public_key_exponent x509_v3_extensions"},
};

// Sections 2.5, 2.11, 7.2.3 and 7.3: names inside of values.
constexpr std::string_view kInnerNames =
    "source_name external_id url hashes description kill_chain_name phase_name lang marking_ref selectors "
    "extension_type tlp tlp_2_0 statement body content_type content_disposition body_raw_ref objects more next";

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(at), text.size());
    if (end > 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

struct KindName {
  std::string_view name;
  StixKind kind;
};
constexpr KindName kKinds[] = {{"texts", StixKind::texts},
                               {"int", StixKind::integer},
                               {"num", StixKind::number},
                               {"bool", StixKind::boolean},
                               {"time", StixKind::time},
                               {"ms", StixKind::milliseconds},
                               {"hashes", StixKind::hashes},
                               {"dict", StixKind::dictionary},
                               {"bin", StixKind::binary},
                               {"hex", StixKind::hex},
                               {"id", StixKind::reference},
                               {"ids", StixKind::references},
                               {"objects", StixKind::objects},
                               {"extrefs", StixKind::external_references},
                               {"kills", StixKind::kill_chain_phases},
                               {"granular", StixKind::granular_markings},
                               {"exts", StixKind::extensions}};

StixProperty property_of(std::string_view text) {
  StixProperty out;
  const std::size_t colon = std::min(text.find(':'), text.size());
  out.name = text.substr(0, colon);
  out.required = out.name.ends_with('!');
  if (out.required) out.name.remove_suffix(1);
  if (colon == text.size()) return out;
  std::string_view kind = text.substr(colon + 1), of;
  if (const std::size_t open = kind.find('('); open != kind.npos) {
    of = kind.substr(open + 1, kind.size() - open - 2);
    kind = kind.substr(0, open);
  }
  const auto* found =
      std::find_if(std::begin(kKinds), std::end(kKinds), [&](const KindName& k) { return k.name == kind; });
  check(found != std::end(kKinds), "a row of the table of STIX types has an unknown kind");
  out.kind = found->kind;
  if (out.kind == StixKind::integer) {
    const std::size_t dots = of.find("..");
    out.low = static_cast<std::int64_t>(parse_decimal(of.substr(0, dots)).value());
    out.high = static_cast<std::int64_t>(parse_decimal(of.substr(dots + 2)).value());
  } else {
    out.types = split(of, '|');
  }
  return out;
}

StixType type_of(const Row& row, std::string_view common, bool observable) {
  StixType out{row.type, observable, {}, split(row.at_least_one, ' ')};
  for (std::string_view text : split(common, ' ')) out.properties.push_back(property_of(text));
  for (std::string_view text : split(row.properties, ' ')) out.properties.push_back(property_of(text));
  return out;
}

struct Tables {
  std::map<std::string_view, StixType> types;
  StixType custom, custom_observable;
  std::set<std::string_view> names;
  Tables() : custom(type_of({"", ""}, kCommon, false)), custom_observable(type_of({"", ""}, kObservable, true)) {
    for (const Row& row : kDomain) types.emplace(row.type, type_of(row, kCommon, false));
    for (const Row& row : kObservables) types.emplace(row.type, type_of(row, kObservable, true));
    types.emplace(kMarking.type, type_of(kMarking, {}, false));
    for (const auto& [name, type] : types)
      for (const StixProperty& property : type.properties) names.insert(property.name);
    for (std::string_view name : split(kInnerNames, ' ')) names.insert(name);
  }
};

const Tables& tables() {
  static const Tables all;
  return all;
}

}  // namespace

const StixProperty* StixType::find(std::string_view property) const {
  const auto found =
      std::find_if(properties.begin(), properties.end(), [&](const StixProperty& p) { return p.name == property; });
  return found == properties.end() ? nullptr : &*found;
}

const StixType* stix_type(std::string_view name) {
  const auto found = tables().types.find(name);
  return found == tables().types.end() ? nullptr : &found->second;
}

const StixType& custom_stix_type(bool observable) {
  return observable ? tables().custom_observable : tables().custom;
}

bool is_stix_name(std::string_view property) {
  return tables().names.contains(property);
}

}  // namespace scrutineer
