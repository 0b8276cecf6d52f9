#include <set>

#include "core/base/check.h"
#include "core/codec/json.h"
#include "core/stix/attack_extension.h"
#include "core/stix/attack_report.h"
#include "core/stix/stix_pattern.h"
#include "core/stix/stix_time.h"

namespace scrutineer {
namespace {

constexpr std::size_t kNameBytes = 120;  // of a course of action: its first words

std::string first_words(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  if (text.size() > kNameBytes) text = text.substr(0, utf8_prefix(text.substr(0, kNameBytes)));
  return std::string(text);
}

// RFC 8785 section 3.2.2.2: only what must be escaped is.
std::string canonical(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    static constexpr std::string_view kShort = "\b\t\n\f\r", kLetters = "btnfr";
    const auto u = static_cast<unsigned char>(c);
    if (const std::size_t at = kShort.find(c); at != kShort.npos) {
      out += '\\';
      out += kLetters[at];
    } else if (u < 0x20) {
      out += "\\u00" + to_hex(std::string_view(&c, 1));
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out + "\"";
}

class Writer {
 public:
  Writer(const AttackReport& report, const StixStamp& stamp)
      : report_(report),
        stamp_(stamp),
        created_(stix_time(stamp.created)),
        modified_(stix_time(stamp.modified)),
        marking_(tlp_marking_id(report.tlp)),
        reporter_(id("identity", "reporter")),
        incident_(id("incident", "incident")) {}

  Bytes run() {
    out_.begin_object().member("type", "bundle").member("id", id("bundle", "bundle of " + modified_).text());
    out_.name("objects").begin_array();
    write_tlp_marking(out_.line(), report_.tlp);
    extension_definition();
    identity(reporter_, report_.reporter, "organization");
    const std::vector<StixId> hit = affected_objects();
    incident(hit);
    told_note(hit);
    indicators();
    relays();
    for (std::size_t i = 0; i < report_.observations.size(); ++i) observation(report_.observations[i], number(i));
    for (std::size_t i = 0; i < report_.actions.size(); ++i) action(report_.actions[i], number(i));
    for (std::size_t i = 0; i < report_.attributions.size(); ++i) attribution(report_.attributions[i], number(i));
    whole_report();
    out_.line().end_array().end_object();
    return out_.take() + "\n";
  }

 private:
  static std::string number(std::size_t i) { return std::to_string(i + 1); }
  StixId id(std::string_view type, const std::string& role) const { return seeded_id(type, stamp_.seed, role); }

  // Section 3.2: what every object of ours begins with.
  JsonWriter& begin(const StixId& id) {
    contents_.push_back(id);
    out_.line().begin_object().member("type", id.type()).member("spec_version", "2.1").member("id", id.text());
    out_.member("created_by_ref", reporter_.text()).member("created", created_).member("modified", modified_);
    return marked();
  }
  JsonWriter& marked() {
    out_.name("object_marking_refs").begin_array().string(marking_.text()).end_array();
    return out_;
  }
  JsonWriter& spoken() { return out_.member("lang", report_.language); }

  void texts(std::string_view name, const std::vector<std::string>& list) {
    if (list.empty()) return;
    out_.name(name).begin_array();
    for (const std::string& text : list) out_.string(text);
    out_.end_array();
  }
  void references(std::string_view name, const std::vector<StixId>& ids) {
    out_.name(name).begin_array();
    for (const StixId& id : ids) out_.string(id.text());
    out_.end_array();
  }

  void identity(const StixId& id, const std::string& name, std::string_view kind) {
    if (!written_.insert(id.text()).second) return;
    begin(id).member("name", name).member("identity_class", kind).end_object();
  }

  // Section 7.3, with who made it: a reader that does not know the extension may leave it alone.
  void extension_definition() {
    out_.line().begin_object().member("type", "identity").member("spec_version", "2.1");
    out_.member("id", kAttackExtensionAuthor).member("created", kAttackExtensionCreated);
    out_.member("modified", kAttackExtensionCreated).member("name", "Scrutineer").member("identity_class", "system");
    out_.end_object();
    out_.line().begin_object().member("type", "extension-definition").member("spec_version", "2.1");
    out_.member("id", kAttackExtension).member("created_by_ref", kAttackExtensionAuthor);
    out_.member("created", kAttackExtensionCreated).member("modified", kAttackExtensionCreated);
    out_.member("name", "attack notice")
        .member("schema", "docs/formats/stix.md of Scrutineer")
        .member("version", "1.0.0");
    out_.name("extension_types").begin_array().string("property-extension").end_array().end_object();
  }

  // An observable with one value (sections 6.4, 6.5, 6.9, 6.10): its id is made of that value.
  StixId observable(std::string_view type, const std::string& value, std::string_view property = "value") {
    const StixId made = observable_id(type, "{" + canonical(property) + ":" + canonical(value) + "}");
    if (!written_.insert(made.text()).second) return made;
    begin_observable(made).member(property, value).end_object();
    return made;
  }
  JsonWriter& begin_observable(const StixId& id) {
    contents_.push_back(id);
    out_.line().begin_object().member("type", id.type()).member("spec_version", "2.1").member("id", id.text());
    return marked();
  }

  StixId address(const std::string& value) {
    const auto kind = address_kind(value);
    check(kind.has_value(), "an address was checked and is none");
    switch (*kind) {
      case IndicatorKind::ipv4: return observable("ipv4-addr", value);
      case IndicatorKind::ipv6: return observable("ipv6-addr", value);
      case IndicatorKind::email: return observable("email-addr", value);
      default: return observable("domain-name", value);
    }
  }

  StixId affected_object(const ReportAffected& one) {
    if (one.kind == AffectedKind::account) return observable("user-account", one.value, "account_login");
    if (one.kind == AffectedKind::email || one.kind == AffectedKind::address) return address(one.value);
    const bool host = one.kind == AffectedKind::host;
    const StixId made = id("identity", std::string(affected_kind_code(one.kind)) + " " + one.value);
    identity(made, one.value, host ? "system" : "organization");
    return made;
  }
  std::vector<StixId> affected_objects() {
    std::vector<StixId> out;
    for (const ReportAffected& one : report_.affected) out.push_back(affected_object(one));
    return out;
  }

  void incident(const std::vector<StixId>& hit) {
    begin(incident_).member("name", report_.title);
    if (!report_.description.empty()) out_.member("description", report_.description);
    spoken().name("extensions").begin_object().name(kAttackExtension).begin_object();
    out_.member("extension_type", "property-extension").member("attack_kind", attack_kind_code(report_.kind));
    out_.member("first_seen", stix_time_of(report_.first_seen));
    if (!report_.last_seen.empty()) out_.member("last_seen", stix_time_of(report_.last_seen));
    if (!hit.empty()) {
      out_.name("affected").begin_array();
      for (std::size_t i = 0; i < hit.size(); ++i) {
        const ReportAffected& one = report_.affected[i];
        out_.begin_object().member("affected_kind", affected_kind_code(one.kind)).member("affected_ref", hit[i].text());
        out_.name("told").boolean(one.told);
        if (!one.told_at.empty()) out_.member("told_at", stix_time_of(one.told_at));
        if (!one.told_how.empty()) out_.member("told_how", one.told_how);
        out_.end_object();
      }
      out_.end_array();
    }
    out_.end_object().end_object().end_object();
  }

  // The same for people whose program does not know the extension.
  void told_note(const std::vector<StixId>& hit) {
    std::string said;
    std::vector<StixId> about;
    for (std::size_t i = 0; i < hit.size(); ++i) {
      const ReportAffected& one = report_.affected[i];
      if (!one.told) continue;
      about.push_back(hit[i]);
      said += one.value + ": " + (report_.language == "ko" ? "당사자에게 알림" : "has been told");
      if (!one.told_at.empty()) said += ", " + one.told_at;
      if (!one.told_how.empty()) said += ", " + one.told_how;
      said += "\n";
    }
    if (about.empty()) return;
    begin(id("note", "told"));
    spoken().member("content", said);
    references("object_refs", about);
    out_.end_object();
  }

  std::string role_of(const ReportIndicator& one) const {
    return "indicator " + std::string(indicator_kind_code(one.kind)) + " " + one.value;
  }
  void indicators() {
    for (const ReportIndicator& one : report_.indicators) {
      const StixId made = id("indicator", role_of(one));
      if (!written_.insert(made.text()).second) continue;
      begin(made);
      if (!one.note.empty()) spoken().member("description", one.note);
      texts("indicator_types", {"malicious-activity"});
      out_.member("pattern", pattern_of(one)).member("pattern_type", "stix").member("pattern_version", "2.1");
      out_.member("valid_from", stix_time_of(report_.first_seen)).end_object();
    }
  }

  void relationship(const StixId& from, std::string_view kind, const StixId& to,
                    std::optional<std::int64_t> confidence = {}) {
    begin(id("relationship", from.text() + " " + std::string(kind) + " " + to.text()));
    out_.member_if("confidence", confidence);
    out_.member("relationship_type", kind)
        .member("source_ref", from.text())
        .member("target_ref", to.text())
        .end_object();
  }

  void relays() {
    for (const std::string& relay : report_.relays) {
      const StixId made = id("infrastructure", "relay " + relay);
      if (!written_.insert(made.text()).second) continue;
      const StixId at = address(relay);
      begin(made).member("name", relay);
      texts("infrastructure_types", {"anonymization"});
      out_.end_object();
      relationship(made, "consists-of", at);
      relationship(incident_, "related-to", made);
    }
  }

  StixId mail(const ReportObservation& one, const std::string& n) {
    const StixId from = one.from.empty() ? StixId() : address(one.from),
                 to = one.to.empty() ? StixId() : address(one.to);
    // Of several mails from one sender, those without a subject here, the specification would make one object.
    const StixId made = id("email-message", "observation " + n);
    begin_observable(made).name("is_multipart").boolean(false);
    if (!from.empty()) out_.member("from_ref", from.text());
    if (!to.empty()) references("to_refs", {to});
    out_.end_object();
    return made;
  }

  // Section 6.12, with the properties that make the id in the order of RFC 8785.
  StixId traffic(const ReportObservation& one) {
    const std::string first = stix_time_of(one.first), last = stix_time_of(one.last);
    const StixId from = one.from.empty() ? StixId() : address(one.from),
                 to = one.to.empty() ? StixId() : address(one.to);
    std::string key = "{";
    if (one.port) key += "\"dst_port\":" + std::to_string(*one.port) + ",";
    if (!to.empty()) key += "\"dst_ref\":" + canonical(to.text()) + ",";
    key += "\"end\":" + canonical(last) + ",\"protocols\":[" + canonical(one.protocol) + "],";
    if (!from.empty()) key += "\"src_ref\":" + canonical(from.text()) + ",";
    key += "\"start\":" + canonical(first) + "}";
    const StixId made = observable_id("network-traffic", key);
    if (!written_.insert(made.text()).second) return made;
    begin_observable(made).member("start", first).member("end", last).name("is_active").boolean(false);
    if (!from.empty()) out_.member("src_ref", from.text());
    if (!to.empty()) out_.member("dst_ref", to.text());
    out_.member_if("dst_port", one.port);
    texts("protocols", {one.protocol});
    out_.end_object();
    return made;
  }

  // What was seen is a sighting of an indicator where it is one, else of the incident itself (section 5.2).
  StixId sighted(const ReportObservation& one) const {
    for (const ReportIndicator& indicator : report_.indicators)
      if (indicator.value == one.from || indicator.value == one.to) return id("indicator", role_of(indicator));
    return incident_;
  }

  void observation(const ReportObservation& one, const std::string& n) {
    const bool is_mail = address_kind(one.from.empty() ? one.to : one.from) == IndicatorKind::email;
    const StixId seen = is_mail ? mail(one, n) : traffic(one);
    const std::string first = stix_time_of(one.first), last = stix_time_of(one.last);
    const StixId made = id("observed-data", "observation " + n);
    begin(made).member("first_observed", first).member("last_observed", last).member("number_observed", one.count);
    references("object_refs", {seen});
    out_.end_object();
    begin(id("sighting", "observation " + n)).member("first_seen", first).member("last_seen", last);
    out_.member("count", one.count).member("sighting_of_ref", sighted(one).text());
    references("observed_data_refs", {made});
    out_.end_object();
  }

  void action(const std::string& text, const std::string& n) {
    const StixId made = id("course-of-action", "action " + n);
    begin(made);
    spoken().member("name", first_words(text)).member("description", text).end_object();
    relationship(made, "related-to", incident_);
  }

  void attribution(const ReportAttribution& one, const std::string& n) {
    const StixId made = id(one.kind == ActorKind::intrusion_set ? "intrusion-set" : "threat-actor", "attribution " + n);
    begin(made).member_if("confidence", one.confidence).member("name", one.name);
    texts("aliases", one.aliases);
    out_.end_object();
    relationship(incident_, "attributed-to", made, one.confidence);
  }

  // What belongs together, for whoever gets the objects one by one (TAXII has no bundles).
  void whole_report() {
    const std::vector<StixId> about = contents_;
    begin(id("report", "report")).member("name", report_.title);
    spoken();
    texts("report_types", {"threat-report"});
    out_.member("published", modified_);
    references("object_refs", about);
    out_.end_object();
  }

  const AttackReport& report_;
  const StixStamp& stamp_;
  const std::string created_, modified_;
  const StixId marking_, reporter_, incident_;
  std::vector<StixId> contents_;   // in the order in which they are written
  std::set<std::string> written_;  // ids that may come up more than once
  JsonWriter out_;
};

}  // namespace

Result<Bytes> write_stix(const AttackReport& report, const StixStamp& stamp) {
  if (const Problems problems = problems_of(report); !problems.empty())
    return tl::unexpected(problems.first(ErrorCode::invalid_argument));
  if (stamp.modified < stamp.created)
    return fail(ErrorCode::invalid_argument, "a version cannot be older than the first one", "modified");
  return Writer(report, stamp).run();
}

}  // namespace scrutineer
