#include "core/stix/attack_report.h"

#include <algorithm>

#include "core/stix/stix_time.h"

namespace scrutineer {
namespace {

class ReportCheck {
 public:
  explicit ReportCheck(const AttackReport& report) : report_(report) {}

  Problems run() {
    text("title", report_.title, true);
    text("description", report_.description, false);
    text("reporter", report_.reporter, true);
    if (report_.language != "ko" && report_.language != "en") add("language", "expected ko or en");
    time("first_seen", report_.first_seen, true);
    time("last_seen", report_.last_seen, false);
    in_order("last_seen", report_.first_seen, report_.last_seen);
    each("affected", report_.affected, [this](const std::string& at, const ReportAffected& one) { affected(at, one); });
    each("indicators", report_.indicators, [this](const std::string& at, const ReportIndicator& one) {
      if (!is_indicator(one.kind, one.value))
        add(at + ".value", "this is not a value of the kind " + std::string(indicator_kind_code(one.kind)));
      text(at + ".note", one.note, false);
    });
    each("observations", report_.observations,
         [this](const std::string& at, const ReportObservation& one) { observation(at, one); });
    each("relays", report_.relays, [this](const std::string& at, const std::string& one) {
      const auto kind = address_kind(one);
      if (!kind || *kind == IndicatorKind::email) add(at, "expected an IP address or a domain");
    });
    each("actions", report_.actions, [this](const std::string& at, const std::string& one) { text(at, one, true); });
    each("attributions", report_.attributions,
         [this](const std::string& at, const ReportAttribution& one) { attribution(at, one); });
    return std::move(problems_);
  }

 private:
  void add(std::string where, std::string message) { problems_.add(std::move(where), std::move(message)); }

  template <class List, class Each>
  void each(const std::string& name, const List& list, const Each& check) {
    if (list.size() > limits::kReportItems)
      return add(name, "more than " + std::to_string(limits::kReportItems) + " of them");
    for (std::size_t i = 0; i < list.size(); ++i) check(name + "[" + std::to_string(i) + "]", list[i]);
  }

  void text(const std::string& where, const std::string& value, bool required) {
    if (required && value.empty()) add(where, "expected a text that is not empty");
    if (value.size() > limits::kReportTextBytes)
      add(where, "more than " + std::to_string(limits::kReportTextBytes) + " bytes");
    if (!is_utf8(value)) add(where, "expected UTF-8");
  }

  void time(const std::string& where, const std::string& value, bool required) {
    if (value.empty() && !required) return;
    if (stix_time_of(value).empty()) add(where, "expected a time such as 2021-04-19T17:44:00+09:00");
  }

  void in_order(const std::string& where, const std::string& early, const std::string& late) {
    const std::string a = stix_time_of(early), b = stix_time_of(late);
    if (!a.empty() && !b.empty() && stix_time_before(b, a)) add(where, "this is earlier than the beginning");
  }

  void affected(const std::string& at, const ReportAffected& one) {
    text(at + ".value", one.value, true);
    const auto kind = address_kind(one.value);
    if (one.kind == AffectedKind::email && kind != IndicatorKind::email) add(at + ".value", "expected a mail address");
    if (one.kind == AffectedKind::address && kind != IndicatorKind::ipv4 && kind != IndicatorKind::ipv6)
      add(at + ".value", "expected an IP address");
    time(at + ".told_at", one.told_at, false);
    text(at + ".told_how", one.told_how, false);
    if (!one.told && (!one.told_at.empty() || !one.told_how.empty()))
      add(at + ".told", "when and how, but not that this person has been told");
  }

  void observation(const std::string& at, const ReportObservation& one) {
    const auto from = address_kind(one.from), to = address_kind(one.to);
    if (one.from.empty() && one.to.empty()) add(at, "expected from, to or both");
    if (!one.from.empty() && !from) add(at + ".from", "expected an IP address, a domain or a mail address");
    if (!one.to.empty() && !to) add(at + ".to", "expected an IP address, a domain or a mail address");
    const bool mail = from == IndicatorKind::email || to == IndicatorKind::email;
    if (mail && ((from && from != IndicatorKind::email) || (to && to != IndicatorKind::email)))
      add(at + ".to", "a mail goes from one mail address to another");
    if (mail && (!one.protocol.empty() || one.port)) add(at + ".protocol", "a mail has neither protocol nor port here");
    if (!mail && (one.protocol.empty() ||
                  one.protocol.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") != std::string::npos))
      add(at + ".protocol", "expected the name of a protocol in small letters, such as tcp");
    if (one.port && (*one.port < 0 || *one.port > 65'535)) add(at + ".port", "expected 0 to 65535");
    if (one.count < 1 || one.count > 999'999'999) add(at + ".count", "expected 1 to 999999999");
    time(at + ".first", one.first, true);
    time(at + ".last", one.last, true);
    in_order(at + ".last", one.first, one.last);
  }

  void attribution(const std::string& at, const ReportAttribution& one) {
    text(at + ".name", one.name, true);
    each(at + ".aliases", one.aliases,
         [this](const std::string& where, const std::string& alias) { text(where, alias, true); });
    if (one.confidence && (*one.confidence < 0 || *one.confidence > 100)) add(at + ".confidence", "expected 0 to 100");
  }

  const AttackReport& report_;
  Problems problems_;
};

}  // namespace

Problems problems_of(const AttackReport& report) {
  return ReportCheck(report).run();
}

}  // namespace scrutineer
