// What a person fills in who tells an institution that it is under attack, as plain values; as STIX, and back. Nothing
// here knows who sends it to whom.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/stix/stix.h"
#include "core/stix/tlp.h"

namespace scrutineer {

enum class AttackKind : std::uint8_t { phishing, malware_infection, mailbox_intrusion, other };
std::string_view attack_kind_code(AttackKind kind);  // "mailbox-intrusion"
std::optional<AttackKind> attack_kind_of(std::string_view code);

enum class IndicatorKind : std::uint8_t {
  ipv4,
  ipv6,
  domain,
  url,
  email,
  file_md5,
  file_sha1,
  file_sha256,
  file_sha512
};
std::string_view indicator_kind_code(IndicatorKind kind);  // "ipv4", "file-sha256"
std::optional<IndicatorKind> indicator_kind_of(std::string_view code);
// Whether `value` is one of that kind: real addresses, never defanged ones; hashes in hex of their length.
bool is_indicator(IndicatorKind kind, std::string_view value);
// ipv4, ipv6, email or domain: what an end of a connection or a mail may be. nullopt: none of these.
std::optional<IndicatorKind> address_kind(std::string_view value);

struct ReportIndicator {
  IndicatorKind kind = IndicatorKind::domain;
  std::string value;
  std::string note;  // may be empty
  friend bool operator==(const ReportIndicator&, const ReportIndicator&) = default;
};

// Something that happened `count` times between two moments: nine beacons in twelve minutes; one mail.
struct ReportObservation {
  std::string from, to;     // IPv4, IPv6, domain or mail address; one may be empty
  std::string first, last;  // RFC 3339 when written, STIX's spelling when read
  std::int64_t count = 1;
  std::string protocol;              // "tcp", "https"; empty between mail addresses
  std::optional<std::int64_t> port;  // at `to`
  friend bool operator==(const ReportObservation&, const ReportObservation&) = default;
};

enum class AffectedKind : std::uint8_t { account, email, address, host, organisation };
std::string_view affected_kind_code(AffectedKind kind);
std::optional<AffectedKind> affected_kind_of(std::string_view code);

// Whom or what it hit, and whether the person concerned has been told by the reporter.
struct ReportAffected {
  AffectedKind kind = AffectedKind::email;
  std::string value;  // login name; mail address; IP address; name of a host or an organisation
  bool told = false;
  std::string told_at;   // RFC 3339; empty: not said
  std::string told_how;  // "by telephone"; empty: not said
  friend bool operator==(const ReportAffected&, const ReportAffected&) = default;
};

enum class ActorKind : std::uint8_t { intrusion_set, threat_actor };

struct ReportAttribution {
  ActorKind kind = ActorKind::intrusion_set;
  std::string name;
  std::vector<std::string> aliases;
  std::optional<std::int64_t> confidence;  // 0 to 100 (STIX 2.1 appendix A); nullopt: not said
  friend bool operator==(const ReportAttribution&, const ReportAttribution&) = default;
};

struct AttackReport {
  AttackKind kind = AttackKind::other;
  std::string title, description;
  std::string first_seen, last_seen;  // RFC 3339
  std::vector<ReportAffected> affected;
  std::vector<ReportIndicator> indicators;
  std::vector<ReportObservation> observations;
  std::vector<std::string> relays;              // addresses that the attacker went through
  std::vector<std::string> actions;             // what to do, one sentence or more each
  std::vector<ReportAttribution> attributions;  // empty: the report names nobody
  std::string reporter;                         // the institution that tells
  Tlp tlp = Tlp::amber;
  std::string language = "ko";  // ko, en: of title, description, notes and actions
  friend bool operator==(const AttackReport&, const AttackReport&) = default;
};

// Everything that is wrong with it, by field ("indicators[2].value"), without quoting it.
Problems problems_of(const AttackReport& report);

// Ids come from the seed, drawn once for a report and kept for its later versions, so that a version replaces the one
// before it (STIX 2.1 section 3.6).
struct StixStamp {
  Hash256 seed;
  UnixSeconds created;   // of the first version
  UnixSeconds modified;  // of this one
};

// A bundle that validates against the OASIS schemas; the same calls give the same bytes. Error: the first of
// problems_of.
Result<Bytes> write_stix(const AttackReport& report, const StixStamp& stamp);

// The reverse, for pages and as evidence; of other people's STIX as well.
struct StixSummary {
  AttackReport report;     // times in STIX's spelling
  bool kind_said = false;  // otherwise report.kind means nothing
  std::optional<Tlp> tlp;  // the strictest of all objects; nullopt: none, and report.tlp means nothing
  std::size_t objects = 0;
  std::vector<std::string> not_understood;  // types and ids, in words; never values
  bool attributed() const { return !report.attributions.empty(); }
};
StixSummary summary_of(const StixBundle& bundle);

}  // namespace scrutineer
