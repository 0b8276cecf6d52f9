#include "app/cli/hunt_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/ui/message.h"
#include "app/ui/number.h"

namespace scrutineer::cli {
namespace {

using hunt::Finding;
using hunt::HuntReport;
using hunt::printable;
using hunt::ReportInput;
using hunt::ReportPlace;
using hunt::WhyWords;
using ui::Lang;
using ui::Msg;
using ui::Msg1;
using ui::Msg2;

constexpr std::size_t kFindings = 50, kPlacesShown = 3, kNotSearchedShown = 20;

constexpr Msg1 kFiles{"찾아본 파일: {0}", "Files searched: {0}"};
constexpr Msg2 kLines{"찾아본 분량: {0}줄, {1}바이트", "In them: {0} lines, {1} bytes"};
constexpr Msg1 kIndicators{"찾은 침해지표의 수: {0}", "Indicators looked for: {0}"};
constexpr Msg1 kFound{"발견된 침해지표: {0}개", "FOUND: {0} of the indicators"};
constexpr Msg kClean{"발견되지 않았습니다. 지정한 것을 모두 찾아보았습니다.",
                     "Nothing found, and everything that was named could be searched."};
constexpr Msg kPartly{
    "찾아볼 수 있었던 것에서는 발견되지 않았습니다. 찾아보지 못한 것이 있으므로 깨끗하다는 뜻이 아닙니다.",
    "Nothing found in what could be searched. Something could not be: this does not mean clean."};
constexpr Msg kIncomplete{"찾아보지 못한 것이 있습니다. 그 안에 더 있을 수 있습니다.",
                          "Something could not be searched: there may be more in it."};
constexpr Msg1 kTimes{"{0}회", "times: {0}"};
constexpr Msg kWholeFile{"파일 자체", "the file itself"};
constexpr Msg2 kAt{"{0}행, {1}바이트째", "line {0}, byte {1}"};
constexpr Msg1 kNotSearched{"찾아보지 못한 것: {0}건", "Not searched: {0}"};
constexpr Msg1 kMore{"그 밖에 {0}건은 보고서 파일에 있습니다.", "And {0} more, in the report's file."};

std::string grouped(std::uint64_t value) {
  std::string out;
  ui::append_grouped(out, static_cast<std::int64_t>(value));
  return out;
}

class Text {
 public:
  Text(const HuntReport& report, Lang lang) : report_(report), lang_(lang) {}

  std::string write() {
    std::uint64_t lines = 0, bytes = 0, indicators = 0;
    for (const ReportInput& input : report_.inputs) lines += input.lines, bytes += input.bytes;
    for (auto [kind, count] : report_.looked_for) indicators += count;
    line(kIndicators, grouped(indicators));
    line(kFiles, grouped(report_.inputs.size()));
    line(kLines, grouped(lines), grouped(bytes));
    out_ += "\n";
    if (report_.found())
      findings();
    else
      out_.append((report_.complete() ? kClean : kPartly).in(lang_)).append("\n");
    if (!report_.complete()) not_searched();
    return std::move(out_);
  }

 private:
  template <class Message, class... Arguments>
  std::string filled(const Message& message, const Arguments&... arguments) const {
    return fmt::format(fmt::runtime(message.in(lang_)), arguments...);
  }
  template <class Message, class... Arguments>
  void line(const Message& message, const Arguments&... arguments) {
    out_ += filled(message, arguments...) + "\n";
  }

  void findings() {
    line(kFound, grouped(report_.findings.size()));
    for (std::size_t i = 0; i < std::min(kFindings, report_.findings.size()); ++i) finding(report_.findings[i]);
    if (report_.findings.size() > kFindings) line(kMore, grouped(report_.findings.size() - kFindings));
    if (!report_.complete()) out_.append("\n").append(kIncomplete.in(lang_)).append("\n");
  }
  void finding(const Finding& finding) {
    out_ += fmt::format("  {} {}  ({})\n", hunt::kind_name(finding.indicator.kind),
                        printable(finding.indicator.shown()), filled(kTimes, grouped(finding.count)));
    for (std::size_t i = 0; i < std::min(kPlacesShown, finding.places.size()); ++i) {
      const ReportPlace& place = finding.places[i];
      std::string where = place.whole_file ? std::string(kWholeFile.in(lang_))
                                           : filled(kAt, grouped(place.place.line), grouped(place.place.offset));
      out_ += fmt::format("      {}: {}\n", printable(report_.inputs[place.input].file), where);
      if (place.text) out_ += "        " + printable(*place.text) + "\n";
    }
  }
  void not_searched() {
    out_ += "\n";
    line(kNotSearched, grouped(report_.not_searched.count()));
    const auto& listed = report_.not_searched.listed();
    for (std::size_t i = 0; i < std::min(kNotSearchedShown, listed.size()); ++i) {
      const WhyWords& words = hunt::words_of(listed[i].why);
      out_ += fmt::format("  {}: {}", printable(listed[i].what), lang_ == Lang::ko ? words.ko : words.en);
      if (!listed[i].detail.empty()) out_ += " (" + printable(listed[i].detail) + ")";
      out_ += "\n";
    }
    if (report_.not_searched.count() > kNotSearchedShown)
      line(kMore, grouped(report_.not_searched.count() - std::min(kNotSearchedShown, listed.size())));
  }

  const HuntReport& report_;
  Lang lang_;
  std::string out_;
};

}  // namespace

std::string hunt_text(const hunt::HuntReport& report, Lang lang) {
  return Text(report, lang).write();
}

}  // namespace scrutineer::cli
