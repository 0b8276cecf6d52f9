#include "app/cli/scan_steps.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/ui/number.h"
#include "core/crypto/hash.h"

namespace scrutineer::cli {
namespace {

using ui::Lang;

constexpr std::size_t kProgramBytes = 512u << 20;
constexpr std::size_t kListed = 20;

std::string grouped(std::int64_t value) {
  std::string out;
  ui::append_grouped(out, value);
  return out;
}

std::string_view pick(Lang lang, std::string_view ko, std::string_view en) {
  return lang == Lang::ko ? ko : en;
}

// What printable ASCII and letters beyond it leave of a file's name: terminals obey other bytes.
std::string shown(std::string_view name) {
  std::string out(name.substr(0, 120));
  for (char& c : out)
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = '?';
  return out;
}

void add_contests(std::string& out, const ScanSummary& summary, Lang lang) {
  for (const ContestCounts& contest : summary.counts.contests) {
    out += fmt::format("\n{}: {} {}, {} {}, {} {}\n", contest.contest.value(), pick(lang, "기계가 읽음", "decided"),
                       grouped(contest.decided), pick(lang, "재확인", "to people"),
                       grouped(contest.recheck + contest.blank + contest.invalid), pick(lang, "읽지 못함", "not read"),
                       grouped(summary.counts.rejected));
    if (!contest.votes) continue;
    for (const auto& [option, votes] : *contest.votes)
      out += fmt::format("  {:>10}  {}\n", grouped(votes), option.value());
  }
}

template <class List, class Line>
void add_list(std::string& out, const List& list, Lang lang, Line&& line) {
  for (std::size_t i = 0; i < std::min(list.size(), kListed); ++i) out += "  " + line(list[i]) + "\n";
  if (list.size() > kListed)
    out += fmt::format("  {} {}\n", pick(lang, "그 밖에", "and more:"),
                       grouped(static_cast<std::int64_t>(list.size() - kListed)));
}

}  // namespace

Status name_software(Disk& disk, ScanRequest& request) {
  request.software = std::string("scrutineer ") + SCRUTINEER_VERSION;
  SCRUTINEER_TRY(Bytes program, read_file(disk, "/proc/self/exe", kProgramBytes));
  request.software_sha256 = sha256(program);
  return {};
}

std::string scan_text(const ScanSummary& summary, Lang lang) {
  std::string out = fmt::format("{}: {}   {}: {}\n", pick(lang, "투표지", "Papers"), grouped(summary.counts.sheets),
                                pick(lang, "이미지", "pictures"), grouped(summary.counts.pictures));
  add_contests(out, summary, lang);
  if (!summary.reasons.empty()) {
    out += fmt::format("\n{}\n", pick(lang, "사람이 보아야 하는 까닭", "Why people must look"));
    add_list(out, summary.reasons, lang, [](const auto& one) {
      return fmt::format("{:>10}  {}", grouped(one.second), mark_class_name(one.first));
    });
  }
  if (!summary.unread.empty()) {
    out += fmt::format("\n{}: {}\n", pick(lang, "읽지 못한 이미지", "Not read"),
                       grouped(static_cast<std::int64_t>(summary.unread.size())));
    add_list(out, summary.unread, lang, [](const UnreadPicture& one) {
      return fmt::format("{}: {} ({})", shown(one.name), sheet_defect_name(one.defect), one.detail);
    });
  }
  if (!summary.alike.empty()) {
    out += fmt::format("\n{}: {}\n",
                       pick(lang, "같은 투표지로 보임 (버리지 않음)", "Look like the same paper (nothing was dropped)"),
                       grouped(static_cast<std::int64_t>(summary.alike.size())));
    add_list(out, summary.alike, lang, [](const auto& pair) { return shown(pair.first) + " = " + shown(pair.second); });
  }
  out += fmt::format("\n{}\n", pick(lang, "기계는 권할 뿐이고, 사람이 종이를 보고 결정합니다.",
                                    "The machine only proposes: people decide, on the paper."));
  return out;
}

}  // namespace scrutineer::cli
