#include "core/device/history.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

namespace scrutineer::device {

const std::string_view kDeviceIssueNames[kDeviceIssues] = {
    "not-enrolled",      "no-statement",  "no-open",      "no-close",    "opened-twice",  "chain-broken",
    "differences",       "not-compared",  "unread",       "tpm-missing", "tpm-refused",   "seal-broken",
    "seal-unknown",      "seal-not-seen", "part-differs", "finding",     "not-inspected", "part-not-looked-at",
    "present-not-signed"};

namespace {

// {0}: `at`.
const std::array<Bilingual, kDeviceIssues> kSentences = {{
    {"봉인하여 등록한 기록이 없습니다.", "There is no record of how it was sealed and enrolled."},
    {"소프트웨어가 도는 기기인데 스스로의 진술이 없습니다.", "It runs software and has made no statement of itself."},
    {"시작할 때의 진술 없이 사용되었습니다.", "It was used without a statement at its opening."},
    {"마칠 때의 진술이 없습니다.", "There is no statement at its closing."},
    {"마치지 않은 채 다시 시작하였습니다.", "It was opened again without having been closed."},
    {"바로 앞의 진술을 가리키지 않는 진술이 있습니다. 빠진 진술이 있을 수 있습니다.",
     "A statement does not name the one before it: one may have been left out."},
    {"허용 목록과 다릅니다: {0}", "It differs from the allowed list: {0}"},
    {"허용 목록과 비교하지 않은 진술이 있습니다.", "A statement was compared with no allowed list."},
    {"기기가 살펴보지 못한 것이 있습니다: {0}", "The machine could not look at: {0}"},
    {"TPM 열쇠가 등록되어 있는데 서명이 없는 진술이 있습니다: {0}",
     "A TPM's key is enrolled, and a statement has no quote: {0}"},
    {"TPM의 서명이 맞지 않습니다: {0}", "The TPM's quote does not hold: {0}"},
    {"봉인이 온전하지 않습니다: {0}", "A seal is not intact: {0}"},
    {"붙였다는 기록이 없는 봉인이 있습니다: {0}", "A seal was found that nobody recorded putting on: {0}"},
    {"마지막 점검에서 확인하지 않은 봉인이 있습니다: {0}", "The last inspection does not mention this seal: {0}"},
    {"진술과 다른 것을 사람이 발견하였습니다: {0}", "People found something else than what was stated: {0}"},
    {"점검에서 적은 것: {0}", "Written down at the inspection: {0}"},
    {"아무도 이 기기를 점검하지 않았습니다.", "Nobody has inspected this machine."},
    {"아무도 살펴보지 않은 부분: {0}", "Nobody has looked at: {0}"},
    {"참석하였으나 서명하지 않았습니다: {0}", "Present, and has not signed: {0}"},
}};

const std::array<Bilingual, kDeviceParts> kPartWords = {{{"외함", "the case"},
                                                         {"봉인", "the seals"},
                                                         {"기판", "the mainboard"},
                                                         {"랜 포트", "the network ports"},
                                                         {"무선 카드", "wireless cards"},
                                                         {"안테나", "antennas"},
                                                         {"모뎀", "a modem"},
                                                         {"유심 꽂는 곳", "the SIM slot"},
                                                         {"USB 포트", "the USB ports"},
                                                         {"직렬 포트", "the serial ports"},
                                                         {"저장 장치", "storage"},
                                                         {"펌웨어", "the firmware"},
                                                         {"케이블", "the cables"},
                                                         {"전원", "the power supply"},
                                                         {"소프트웨어", "the software"}}};

const std::array<Bilingual, 6> kFoundWords = {{{"없음", "none there"},
                                               {"있음", "there"},
                                               {"떼어 냄", "taken out"},
                                               {"봉인됨", "sealed"},
                                               {"진술과 같음", "as stated"},
                                               {"진술과 다름", "not as stated"}}};

bool runs_our_software(DeviceKind kind) {
  return kind == DeviceKind::sorter || kind == DeviceKind::scanner || kind == DeviceKind::counter ||
         kind == DeviceKind::computer;
}

// One machine, record by record.
class Machine {
 public:
  void add(const DeviceRecord& record, const DeviceEnrolment& enrolment) {
    view.enrolment = enrolment;
    known_seals_.insert(enrolment.seals.begin(), enrolment.seals.end());
    on_it_ = {enrolment.seals.begin(), enrolment.seals.end()};
    people(record, enrolment.sealed_by);
  }

  void add(const DeviceRecord& record, const DeviceStatement& statement) {
    order(record, statement);
    if (!statement.allowed) issue(DeviceIssue::not_compared, "", record.id);
    for (const DeviceDifference& one : statement.differences)
      issue(DeviceIssue::differences, std::string(kDifferenceNames[static_cast<std::size_t>(one.code)]) + " " + one.at,
            record.id);
    if (statement.inventory)
      for (const Unread& one : statement.inventory->unread) issue(DeviceIssue::unread, one.what, record.id);
    tpm(record, statement);
    view.statements.emplace_back(record.id, statement);
  }

  void add(const DeviceRecord& record, const Inspection& inspection) {
    for (const LookedAt& one : inspection.looked_at) {
      looked_at_[static_cast<std::size_t>(one.part)] = true;
      if (one.found == PartFound::differs)
        issue(DeviceIssue::part_differs,
              std::string(kDevicePartNames[static_cast<std::size_t>(one.part)]) +
                  (one.note.empty() ? "" : ": " + one.note),
              record.id);
    }
    not_seen_ = on_it_;
    for (const SealSeen& seal : inspection.seals) this->seal(record, seal);
    for (const std::string& text : inspection.findings) issue(DeviceIssue::finding, text, record.id);
    people(record, inspection.present);
    view.inspections.emplace_back(record.id, inspection);
  }

  DeviceView finish() {
    if (!view.enrolment) issue(DeviceIssue::not_enrolled, "", std::nullopt);
    if (view.statements.empty() && view.enrolment && runs_our_software(view.enrolment->kind))
      issue(DeviceIssue::no_statement, "", std::nullopt);
    if (open_) issue(DeviceIssue::no_close, "", view.statements.back().first);
    if (view.inspections.empty()) issue(DeviceIssue::not_inspected, "", std::nullopt);
    for (const std::string& number : not_seen_)
      issue(DeviceIssue::seal_not_seen, number, view.inspections.back().first);
    for (std::size_t i = 0; i < kDeviceParts; ++i)
      if (!looked_at_[i]) issue(DeviceIssue::part_not_looked_at, std::string(kDevicePartNames[i]), std::nullopt);
    std::stable_sort(view.issues.begin(), view.issues.end(),
                     [](const IssueAt& a, const IssueAt& b) { return a.issue < b.issue; });
    return std::move(view);
  }

  DeviceView view;

 private:
  void issue(DeviceIssue what, std::string at, std::optional<RecordId> record) {
    view.issues.push_back({what, std::move(at), record});
  }

  // open, then changes, then close; each names the one before it.
  void order(const DeviceRecord& record, const DeviceStatement& statement) {
    if (statement.event == DeviceEvent::open && open_) issue(DeviceIssue::opened_twice, "", record.id);
    if (statement.event != DeviceEvent::open && !open_) issue(DeviceIssue::no_open, "", record.id);
    open_ = statement.event != DeviceEvent::close;
    std::optional<RecordId> before;
    if (!view.statements.empty()) before = view.statements.back().first;
    if (statement.previous != before) issue(DeviceIssue::chain_broken, "", record.id);
  }

  void tpm(const DeviceRecord& record, const DeviceStatement& statement) {
    if (statement.tpm.state != TpmState::quote) {
      if (view.enrolment && view.enrolment->tpm_key)
        issue(DeviceIssue::tpm_missing, std::string(kTpmStateNames[static_cast<std::size_t>(statement.tpm.state)]),
              record.id);
      return;
    }
    if (!view.enrolment || !view.enrolment->tpm_key) {
      issue(DeviceIssue::tpm_refused, "no key of this machine was enrolled", record.id);
      return;
    }
    auto checked = check_quote(
        statement.tpm, {statement.tpm.nonce, measured_hash(statement), *view.enrolment->tpm_key, view.enrolment->pcrs});
    if (!checked) issue(DeviceIssue::tpm_refused, to_string(checked.error()), record.id);
    // A nonce that was answered before proves nothing new.
    if (!nonces_.insert(statement.tpm.nonce).second)
      issue(DeviceIssue::tpm_refused, "the same nonce as in a statement before", record.id);
  }

  void seal(const DeviceRecord& record, const SealSeen& seen) {
    not_seen_.erase(seen.number);
    if (seen.state == SealState::fresh) {
      known_seals_.insert(seen.number);
      on_it_.insert(seen.number);
      return;
    }
    if (!known_seals_.contains(seen.number)) issue(DeviceIssue::seal_unknown, seen.number, record.id);
    if (seen.state == SealState::intact) return;
    on_it_.erase(seen.number);
    if (seen.state == SealState::replaced) return;  // opened by those present, who put a new one on
    issue(DeviceIssue::seal_broken,
          seen.number + " (" + std::string(kSealStateNames[static_cast<std::size_t>(seen.state)]) + ")", record.id);
  }

  void people(const DeviceRecord& record, const std::vector<std::string>& present) {
    for (const std::string& name : present)
      if (std::find(record.signers.begin(), record.signers.end(), name) == record.signers.end())
        issue(DeviceIssue::present_not_signed, name, record.id);
  }

  std::set<std::string> known_seals_, on_it_, not_seen_, nonces_;
  std::array<bool, kDeviceParts> looked_at_{};
  bool open_ = false;
};

}  // namespace

const Bilingual& word(DevicePart part) {
  return kPartWords[static_cast<std::size_t>(part)];
}

const Bilingual& word(PartFound found) {
  return kFoundWords[static_cast<std::size_t>(found)];
}

Bilingual sentence(const IssueAt& issue) {
  const Bilingual& pattern = kSentences[static_cast<std::size_t>(issue.issue)];
  Bilingual at{issue.at, issue.at};
  if (issue.issue == DeviceIssue::part_not_looked_at)
    for (std::size_t i = 0; i < kDeviceParts; ++i)
      if (kDevicePartNames[i] == issue.at) at = kPartWords[i];
  return {fmt::format(fmt::runtime(pattern.ko), at.ko), fmt::format(fmt::runtime(pattern.en), at.en)};
}

std::vector<DeviceView> devices(std::span<const DeviceRecord> records) {
  std::map<std::pair<std::string, std::string>, Machine> machines;
  auto add = [&](const DeviceRecord& record, const auto& body) {
    Machine& machine = machines[{body.area, body.device}];
    machine.view.area = body.area;
    machine.view.device = body.device;
    machine.add(record, body);
  };
  for (const DeviceRecord& record : records) {
    if (const auto* enrolment = std::get_if<DeviceEnrolment>(record.body)) add(record, *enrolment);
    if (const auto* statement = std::get_if<DeviceStatement>(record.body)) add(record, *statement);
    if (const auto* inspection = std::get_if<Inspection>(record.body)) add(record, *inspection);
  }
  std::vector<DeviceView> out;
  for (auto& [name, machine] : machines) out.push_back(machine.finish());
  return out;
}

}  // namespace scrutineer::device
