#include <algorithm>
#include <map>
#include <set>

#include "core/codec/json.h"
#include "core/stix/attack_extension.h"
#include "core/stix/attack_report.h"
#include "core/stix/stix_pattern.h"
#include "core/stix/stix_time.h"

namespace scrutineer {
namespace {

// One object of the bundle, parsed: the newest version of its id, not revoked.
struct Seen {
  const StixObject* object = nullptr;
  Json json;
  bool used = false;

  JsonValue value() const { return json.root(); }
  std::string text(std::string_view name) const {
    const auto member = value().find(name);
    return std::string(member ? member->as_string().value_or("") : "");
  }
  std::optional<std::int64_t> integer(std::string_view name) const {
    const auto member = value().find(name);
    return member ? member->as_integer() : std::nullopt;
  }
  std::vector<std::string> texts(std::string_view name) const {
    std::vector<std::string> out;
    const auto member = value().find(name);
    if (!member || !member->is_array()) return out;
    const JsonValue list = *member;
    for (JsonValue element : list)
      if (auto text = element.as_string()) out.emplace_back(*text);
    return out;
  }
};

struct Link {
  std::string kind, to;
  std::optional<std::int64_t> confidence;
};

class Summary {
 public:
  explicit Summary(const StixBundle& bundle) : bundle_(bundle) { gather(); }

  StixSummary run() {
    out_.objects = bundle_.objects.size();
    out_.report.language.clear();
    heading();
    extension();
    for (Seen* seen : in_order_) {
      const std::string_view type = seen->object->type;
      if (type == "indicator") indicator(*seen);
      if (type == "observed-data") observed(*seen);
      if (type == "course-of-action") action(*seen);
      if (type == "infrastructure") infrastructure(*seen);
      if (type == "intrusion-set" || type == "threat-actor") actor(*seen);
      if (type == "relationship" && seen->text("relationship_type") == "targets") target(seen->text("target_ref"));
      if (type == "sighting")
        for (const std::string& where : seen->texts("where_sighted_refs")) target(where);
    }
    markings();
    span();
    rest();
    return std::move(out_);
  }

 private:
  void gather() {
    for (const StixObject& object : bundle_.objects) {
      Seen& seen = by_id_[object.id.text()];
      if (seen.object != nullptr && !newer(object, *seen.object)) continue;
      seen.object = &object;
    }
    for (const StixObject& object : bundle_.objects) {
      Seen& seen = by_id_[object.id.text()];
      if (seen.object != &object) continue;
      if (object.revoked) {
        note("revoked, left out", object.custom ? "a type that STIX 2.1 does not know" : object.type);
        seen.object = nullptr;
        continue;
      }
      auto json = Json::parse(object.text, limits::kStixDepth, JsonNumbers::any);
      if (!json) {
        seen.object = nullptr;
        continue;
      }
      seen.json = std::move(*json);
      in_order_.push_back(&seen);
      if (object.type != "relationship") continue;
      const Link link{seen.text("relationship_type"), seen.text("target_ref"), seen.integer("confidence")};
      links_from_.emplace(seen.text("source_ref"), link);
      if (link.kind == "attributed-to" && link.confidence) confidence_.emplace(link.to, *link.confidence);
    }
  }
  static bool newer(const StixObject& a, const StixObject& b) {
    return !a.version().empty() && !b.version().empty() && stix_time_before(b.version(), a.version());
  }

  Seen* find(const std::string& id) {
    const auto found = by_id_.find(id);
    return found == by_id_.end() || found->second.object == nullptr ? nullptr : &found->second;
  }
  Seen* first_of(std::string_view type) {
    for (Seen* seen : in_order_)
      if (seen->object->type == type) return seen;
    return nullptr;
  }

  // Counted, so that ten thousand of them are one line. Only types of the specification are named.
  void note(const std::string& what, const std::string& type) { ++notes_[what + ": " + type]; }

  void heading() {
    for (const char* type : {"incident", "report", "grouping"}) {
      Seen* seen = first_of(type);
      if (seen == nullptr) continue;
      seen->used = true;
      AttackReport& report = out_.report;
      if (report.title.empty()) report.title = seen->text("name");
      if (report.description.empty()) report.description = seen->text("description");
      if (report.language.empty()) report.language = seen->text("lang");
      Seen* author = find(seen->object->created_by.text());
      if (report.reporter.empty() && author != nullptr) report.reporter = author->text("name");
      if (author != nullptr) author->used = true;
    }
  }

  // What only our own incidents say.
  void extension() {
    const Seen* incident = first_of("incident");
    if (incident == nullptr) return;
    const auto extensions = incident->value().find("extensions");
    const auto ours = extensions && extensions->is_object() ? extensions->find(kAttackExtension) : std::nullopt;
    if (!ours || !ours->is_object()) return;
    AttackReport& report = out_.report;
    const auto text = [](JsonValue in, std::string_view name) {
      const auto member = in.find(name);
      return std::string(member ? member->as_string().value_or("") : "");
    };
    if (const auto kind = attack_kind_of(text(*ours, "attack_kind"))) {
      report.kind = *kind;
      out_.kind_said = true;
    }
    for (auto [name, to] : {std::pair{"first_seen", &report.first_seen}, {"last_seen", &report.last_seen}})
      if (std::string time = text(*ours, name); is_stix_time(time)) *to = std::move(time);
    const auto affected = ours->find("affected");
    if (!affected || !affected->is_array()) return;
    const JsonValue list = *affected;
    for (JsonValue one : list) {
      if (!one.is_object()) continue;
      const auto kind = affected_kind_of(text(one, "affected_kind"));
      Seen* what = find(text(one, "affected_ref"));
      if (!kind || what == nullptr) {
        note("affected, but not to be made out", "incident");
        continue;
      }
      what->used = true;
      const auto told = one.find("told");
      report.affected.push_back({*kind, name_of(*what), told && told->as_boolean().value_or(false),
                                 text(one, "told_at"), text(one, "told_how")});
    }
  }

  static std::string name_of(const Seen& seen) {
    for (const char* name : {"value", "account_login", "name", "user_id", "display_name"})
      if (std::string text = seen.text(name); !text.empty()) return text;
    return {};
  }

  void indicator(Seen& seen) {
    seen.used = true;
    if (seen.text("pattern_type") != "stix") return note("a language of patterns that is not read here", "indicator");
    PatternValues values = values_of_pattern(seen.text("pattern"));
    if (!values.whole) note(values.indicators.empty() ? "not understood" : "understood in part", "indicator");
    for (ReportIndicator& one : values.indicators) {
      one.note = seen.text("description");
      out_.report.indicators.push_back(std::move(one));
    }
  }

  std::string address(const std::string& id) {
    Seen* seen = find(id);
    if (seen == nullptr) return {};
    seen->used = true;
    return seen->text("value");
  }

  void observed(Seen& seen) {
    seen.used = true;
    ReportObservation out;
    out.first = seen.text("first_observed");
    out.last = seen.text("last_observed");
    out.count = seen.integer("number_observed").value_or(1);
    bool understood = false;
    const std::vector<std::string> references = seen.texts("object_refs");
    for (const std::string& reference : references) {
      Seen* what = find(reference);
      if (what == nullptr) continue;
      if (what->object->type == "network-traffic") {
        out.from = address(what->text("src_ref"));
        out.to = address(what->text("dst_ref"));
        const auto protocols = what->texts("protocols");
        out.protocol = protocols.empty() ? std::string() : protocols.back();
        out.port = what->integer("dst_port");
        what->used = understood = true;
      } else if (what->object->type == "email-message") {
        const auto to = what->texts("to_refs");
        out.from = address(what->text("from_ref"));
        out.to = to.empty() ? std::string() : address(to.front());
        if (to.size() > 1) note("more than one recipient, the first is shown", "email-message");
        what->used = understood = true;
      }
    }
    if (references.size() > 1) note("understood in part", "observed-data");
    if (!understood) note("not understood but for its times", "observed-data");
    out_.report.observations.push_back(std::move(out));
  }

  void action(Seen& seen) {
    seen.used = true;
    std::string text = seen.text("description");
    out_.report.actions.push_back(text.empty() ? seen.text("name") : std::move(text));
  }

  void infrastructure(Seen& seen) {
    const auto types = seen.texts("infrastructure_types");
    if (std::find(types.begin(), types.end(), "anonymization") == types.end()) return;
    seen.used = true;
    const auto [begin, end] = links_from_.equal_range(seen.object->id.text());
    for (auto link = begin; link != end; ++link)
      if (std::string relay = link->second.kind == "consists-of" ? address(link->second.to) : ""; !relay.empty())
        out_.report.relays.push_back(std::move(relay));
  }

  // Whoever is named as the one behind it, whether or not a relationship says so once more.
  void actor(Seen& seen) {
    seen.used = true;
    ReportAttribution out;
    out.kind = seen.object->type == "intrusion-set" ? ActorKind::intrusion_set : ActorKind::threat_actor;
    out.name = seen.text("name");
    out.aliases = seen.texts("aliases");
    out.confidence = seen.integer("confidence");
    const auto said = confidence_.find(seen.object->id.text());
    if (!out.confidence && said != confidence_.end()) out.confidence = said->second;
    out_.report.attributions.push_back(std::move(out));
  }

  void target(const std::string& id) {
    Seen* seen = find(id);
    if (seen == nullptr || seen->object->type != "identity" || !targets_.insert(id).second) return;
    seen->used = true;
    const bool system = seen->text("identity_class") == "system";
    out_.report.affected.push_back(
        {system ? AffectedKind::host : AffectedKind::organisation, seen->text("name"), false, {}, {}});
  }

  void markings() {
    for (const StixObject& object : bundle_.objects)
      for (const StixId& marking : object.markings)
        if (const auto tlp = tlp_of_marking(marking); tlp && (!out_.tlp || *out_.tlp < *tlp)) out_.tlp = tlp;
    if (out_.tlp) out_.report.tlp = *out_.tlp;
  }

  // Where nobody says when it was: from the first to the last that was seen.
  void span() {
    AttackReport& report = out_.report;
    if (!report.first_seen.empty()) return;
    for (const ReportObservation& one : report.observations) widen(one.first, one.last);
    for (const Seen* seen : in_order_)
      if (seen->object->type == "sighting") widen(seen->text("first_seen"), seen->text("last_seen"));
  }
  void widen(const std::string& first, const std::string& last) {
    AttackReport& report = out_.report;
    if (!first.empty() && (report.first_seen.empty() || stix_time_before(first, report.first_seen)))
      report.first_seen = first;
    if (!last.empty() && (report.last_seen.empty() || stix_time_before(report.last_seen, last)))
      report.last_seen = last;
  }

  void rest() {
    static const std::set<std::string_view> kSilent{"relationship",         "sighting", "marking-definition", "note",
                                                    "extension-definition", "identity"};
    for (const Seen* seen : in_order_) {
      if (seen->object->custom)
        note("kept, not understood", "a type that STIX 2.1 does not know");
      else if (!seen->used && !kSilent.contains(seen->object->type))
        note("kept, not shown", seen->object->type);
    }
    for (const auto& [what, times] : notes_) out_.not_understood.push_back(std::to_string(times) + " x " + what);
  }

  const StixBundle& bundle_;
  std::map<std::string, Seen> by_id_;
  std::vector<Seen*> in_order_;                     // of the bundle
  std::multimap<std::string, Link> links_from_;     // relationships by their source
  std::map<std::string, std::int64_t> confidence_;  // of attributions, by the one behind it
  std::map<std::string, std::size_t> notes_;
  std::set<std::string> targets_;
  StixSummary out_;
};

}  // namespace

StixSummary summary_of(const StixBundle& bundle) {
  return Summary(bundle).run();
}

}  // namespace scrutineer
