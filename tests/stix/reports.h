// Eight reports like the eight notices of 2021 to 2023: five phishing mails, one infection, two mailbox intrusions; all
// names and addresses are made up (RFC 2606, RFC 5737, RFC 3849). Seven name who is behind it.
#pragma once

#include <string>
#include <vector>

#include "core/crypto/hash.h"
#include "core/stix/attack_report.h"

namespace scrutineer::testing {

inline constexpr std::size_t kHistoricalReports = 8;

inline ReportAttribution lazarus() {
  return {ActorKind::intrusion_set, "Lazarus Group", {"Hidden Cobra", "APT-C-26"}, 85};
}
inline ReportAttribution kimsuky() {
  return {ActorKind::threat_actor, "Kimsuky", {"Velvet Chollima"}, 70};
}

inline AttackReport phishing(int n, const std::string& at, const std::string& sender, const std::string& victim) {
  AttackReport out;
  out.kind = AttackKind::phishing;
  out.title = "해킹메일 수신 통보 " + std::to_string(n);
  out.description = "직원의 상용 메일로 \"계정 보안\"을 사칭한 해킹메일이 수신되었습니다.\n첨부를 열지 마십시오.";
  out.first_seen = out.last_seen = at;
  out.affected = {{AffectedKind::email, victim, false, {}, {}}};
  out.indicators = {
      {IndicatorKind::email, sender, "보낸 사람"},
      {IndicatorKind::url, "https://login-check.example/a?id='" + std::to_string(n) + "'&x=\\", "가짜 로그인 화면"},
      {IndicatorKind::domain, "login-check.example", {}}};
  out.observations = {{sender, victim, at, at, 1, {}, {}}};
  out.actions = {"받은 메일을 삭제하지 말고 원본을 보존하십시오.", "해당 계정의 비밀번호를 바꾸십시오."};
  out.attributions = {kimsuky()};
  out.reporter = "국가사이버안전센터";
  return out;
}

// Nine beacons in twelve minutes.
inline AttackReport infection() {
  AttackReport out;
  out.kind = AttackKind::malware_infection;
  out.title = "악성코드 감염 통보";
  out.description = "내부 컴퓨터가 명령제어 서버와 통신하였습니다.";
  out.first_seen = "2021-04-19T17:44:00.000Z";
  out.last_seen = "2021-04-19T17:56:00.000Z";
  out.affected = {{AffectedKind::address, "198.51.100.23", false, {}, {}},
                  {AffectedKind::host, "PC-0412", false, {}, {}}};
  out.indicators = {{IndicatorKind::ipv4, "203.0.113.77", "명령제어 서버"},
                    {IndicatorKind::file_sha256, to_hex(sha256("a made-up file")), "드로퍼"},
                    {IndicatorKind::file_md5, "d41d8cd98f00b204e9800998ecf8427e", {}}};
  out.observations = {{"198.51.100.23", "203.0.113.77", out.first_seen, out.last_seen, 9, "tcp", 443}};
  out.relays = {"203.0.113.77", "2001:db8::7:1"};
  out.actions = {"해당 컴퓨터를 통신망에서 분리하고 전원을 끄지 마십시오."};
  out.attributions = {lazarus()};
  out.reporter = "국가사이버안전센터";
  out.tlp = Tlp::amber_strict;
  return out;
}

// Told to the two persons concerned, by telephone, three hours after the mail was opened.
inline AttackReport mailbox(int n) {
  AttackReport out;
  out.kind = AttackKind::mailbox_intrusion;
  out.title = "Mailbox intrusion " + std::to_string(n);
  out.description = "A stranger has read an employee's mailbox.";
  out.first_seen = "2021-03-2" + std::to_string(n) + "T02:10:00.000Z";
  out.last_seen = "2021-03-2" + std::to_string(n) + "T05:40:30.250Z";
  out.affected = {{AffectedKind::account, "hong", true, out.last_seen, "by telephone"},
                  {AffectedKind::email, "hong@commission.example", true, out.last_seen, "by telephone"},
                  {AffectedKind::organisation, "Regional office", false, {}, {}}};
  out.indicators = {{IndicatorKind::ipv6, "2001:db8:1::/48", "relay network"}};
  out.observations = {
      {"192.0.2." + std::to_string(n), "mail.commission.example", out.first_seen, out.last_seen, 14, "https", 993}};
  out.relays = {"192.0.2." + std::to_string(n)};
  out.actions = {"End all sessions of this account."};
  out.reporter = "National Cyber Security Centre";
  out.language = "en";
  out.tlp = Tlp::red;
  if (n == 1) out.attributions = {lazarus(), kimsuky()};
  return out;
}

inline std::vector<AttackReport> historical_reports() {
  std::vector<AttackReport> out;
  out.push_back(mailbox(1));
  out.push_back(infection());
  for (int n = 1; n <= 5; ++n)
    out.push_back(phishing(n, "2022-0" + std::to_string(n) + "-11T00:15:00.000Z",
                           "security" + std::to_string(n) + "@notice.example",
                           "kim" + std::to_string(n) + "@commission.example"));
  out.push_back(mailbox(2));
  return out;
}

inline AttackReport without_attribution(AttackReport report) {
  report.attributions.clear();
  return report;
}

inline StixStamp stamp_of(std::string_view word) {
  return {sha256(word), {1'618'854'300}, {1'618'854'300}};
}

}  // namespace scrutineer::testing
