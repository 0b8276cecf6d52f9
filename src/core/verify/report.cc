#include "core/verify/report.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/verify/printable.h"

namespace scrutineer {
namespace {

// What each check says to people who have never seen one.
constexpr std::array<std::string_view, kCheckIds> kSentences = {
    "the list of files is signed by the publisher",
    "files are what the list says",
    "no file is there that the list does not name",
    "the log's checkpoint is signed, and witnessed as the policy asks",
    "the log continues every checkpoint seen before",
    "tiles are what the entries hash to",
    "the entries have the root that the checkpoint signs",
    "entries are records of this election",
    "signatures by known keys are good",
    "the definition is the trusted one, with its tables",
    "a signed result claim names the claimed files",
    "claimed figures are what the entries give",
    "units counted, each once",
    "proof files prove their unit's sheet",
    "scanned papers are what was signed about them",
};

std::size_t kind_of(const Finding& finding) {
  return static_cast<std::size_t>(finding.check) * 2 + (finding.severity == Severity::failure ? 0 : 1);
}
constexpr std::size_t kKinds = kCheckIds * 2;

// So that a hostile file cannot fill the memory with what is wrong about it.
void tidy(Finding& finding) {
  for (std::string* text : {&finding.where, &finding.field, &finding.claimed, &finding.computed, &finding.message})
    *text = well_formed(*text, Report::kFindingTextBytes);
}

std::uint64_t in_json(std::uint64_t n) {
  return std::min(n, static_cast<std::uint64_t>(limits::kMaxInteger));
}

}  // namespace

void Report::add(Finding finding) {
  CheckCount& count = counts_[static_cast<std::size_t>(finding.check)];
  std::uint64_t& of_severity = finding.severity == Severity::failure ? count.failures : count.notices;
  ++of_severity;
  tidy(finding);
  findings_.push_back(std::move(finding));
  prune();
}

void Report::fail(CheckId check, std::string where, std::string message) {
  add({check, Severity::failure, std::move(where), {}, {}, {}, std::move(message)});
}

void Report::notice(CheckId check, std::string where, std::string message) {
  add({check, Severity::notice, std::move(where), {}, {}, {}, std::move(message)});
}

void Report::absorb(const Report& other) {
  for (std::size_t i = 0; i < kCheckIds; ++i) {
    counts_[i].checked += other.counts_[i].checked;
    counts_[i].failures += other.counts_[i].failures;
    counts_[i].notices += other.counts_[i].notices;
  }
  findings_.insert(findings_.end(), other.findings_.begin(), other.findings_.end());
  prune();
}

// The findings listed are the first of each kind in the order of sort_findings(), so that leaving out the others now or
// later, in one part or in all together, comes to the same.
void Report::prune() {
  if (findings_.size() > 4 * kKinds * kFindingsListed) sort_findings();
}

void Report::sort_findings() {
  std::sort(findings_.begin(), findings_.end());
  std::array<std::size_t, kKinds> listed{};
  auto left_out = [&](const Finding& finding) { return ++listed[kind_of(finding)] > kFindingsListed; };
  findings_.erase(std::remove_if(findings_.begin(), findings_.end(), left_out), findings_.end());
}

bool Report::good() const {
  return std::all_of(counts_.begin(), counts_.end(), [](const CheckCount& count) { return count.failures == 0; });
}

void write(JsonWriter& out, const Finding& finding) {
  out.begin_object().member("check", kCheckNames[static_cast<std::size_t>(finding.check)]);
  out.member("severity", finding.severity == Severity::failure ? "failure" : "notice").member("where", finding.where);
  if (!finding.field.empty()) {
    out.member("field", finding.field).member("claimed", finding.claimed).member("computed", finding.computed);
  }
  out.member("message", finding.message).end_object();
}

std::string Report::to_json() const {
  JsonWriter out;
  out.begin_object().member("format", "scrutineer/verification/1").name("verified").boolean(good());
  out.line().name("facts").begin_object();
  for (const auto& [name, value] : facts) out.line().member(name, value);
  out.end_object().line().name("checks").begin_array();
  for (std::size_t i = 0; i < kCheckIds; ++i) {
    out.line().begin_object().member("check", kCheckNames[i]);
    out.member("checked", static_cast<std::int64_t>(in_json(counts_[i].checked)));
    out.member("failures", static_cast<std::int64_t>(in_json(counts_[i].failures)));
    out.member("notices", static_cast<std::int64_t>(in_json(counts_[i].notices))).end_object();
  }
  out.line().end_array().line().name("findings").begin_array();
  for (const Finding& finding : findings_) {
    out.line();
    write(out, finding);
  }
  out.line().end_array().line().end_object();
  return out.take() + "\n";
}

std::string Report::to_text(std::size_t findings_shown) const {
  std::string out;
  for (const auto& [name, value] : facts) out.append(name).append(": ").append(printable(value)).append("\n");
  out += "\n";
  for (std::size_t i = 0; i < kCheckIds; ++i) {
    std::string number = std::to_string(counts_[i].checked);
    out += counts_[i].failures ? "  FAILED  " : counts_[i].checked ? "  ok      " : "  -       ";
    out.append(number.size() < 10 ? 10 - number.size() : 0, ' ').append(number).append("  ").append(kSentences[i]);
    if (counts_[i].failures) out.append("; failures: ").append(std::to_string(counts_[i].failures));
    if (counts_[i].notices) out.append("; notices: ").append(std::to_string(counts_[i].notices));
    out += "\n";
  }
  auto list = [&](Severity severity, std::string_view title) {
    std::size_t shown = 0, all = 0;
    for (const CheckCount& count : counts_) all += severity == Severity::failure ? count.failures : count.notices;
    if (all == 0) return;
    out.append("\n").append(title).append("\n");
    for (const Finding& finding : findings_) {
      if (finding.severity != severity || shown == findings_shown) continue;
      ++shown;
      out.append("  ")
          .append(kCheckNames[static_cast<std::size_t>(finding.check)])
          .append(" | ")
          .append(printable(finding.where));
      if (!finding.field.empty())
        out.append(" | ")
            .append(printable(finding.field))
            .append(": claimed ")
            .append(printable(finding.claimed))
            .append(", computed ")
            .append(printable(finding.computed));
      out.append(" | ").append(printable(finding.message)).append("\n");
    }
    if (shown < all) out.append("  and ").append(std::to_string(all - shown)).append(" more (see --json)\n");
  };
  list(Severity::failure, "What is wrong:");
  list(Severity::notice, "To be known (shown, and not counted or unusual):");
  out += good() ? "\nVERIFIED: everything that is claimed follows from the signed records.\n"
                : "\nNOT VERIFIED: see what is wrong above.\n";
  return out;
}

}  // namespace scrutineer
