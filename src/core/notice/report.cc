#include "core/notice/report.h"

#include "core/base/clock.h"
#include "core/base/limits.h"
#include "core/codec/json.h"

namespace scrutineer {

std::string spelt_time(std::int64_t time) {
  return time == kNoLower || time == kNoUpper ? "-" : to_rfc3339(UnixSeconds{time});
}

std::string spelt_name(std::string_view name) {
  std::string out;
  for (char c : name) {
    if (c > ' ' && c < 0x7f)
      out += c;
    else
      out += "\\x" + to_hex(BytesView(&c, 1));
  }
  return out;
}

namespace {

// The text in one language.
class TextReport {
 public:
  explicit TextReport(ReportLanguage language) : ko_(language == ReportLanguage::ko) {}

  std::string write(const EvidenceReport& report) && {
    if (!report.agreement_shown)
      line(say("약정이 모두 확인되지는 않았다.", "Not every agreement is shown to be signed by both sides."));
    for (const ShownNotice& one : report.notices) notice(one);
    if (!report.statements.empty()) line("\n" + say("공개된 말", "Statements"));
    for (const ShownStatement& one : report.statements) statement(one);
    if (!report.findings.empty()) line("\n" + say("발견한 것", "Findings"));
    for (const ShownFinding& one : report.findings) finding(one, "  ");
    if (report.findings_not_listed > 0)
      line("  " + say("그 밖에 ", "and ") + std::to_string(report.findings_not_listed) + say("건", " more"));
    line("\n" + say("검사한 것: 항목 ", "Checked: entries ") + std::to_string(report.entries) +
         say(", 기록 ", ", records ") + std::to_string(report.records) + say(", 서명 ", ", signatures ") +
         std::to_string(report.signatures) + say(", 증인 서명 ", ", cosignatures ") +
         std::to_string(report.cosignatures));
    return std::move(out_);
  }

 private:
  std::string say(const char* ko, const char* en) const { return ko_ ? ko : en; }
  const std::string& say(const Bilingual& text) const { return ko_ ? text.ko : text.en; }
  void line(const std::string& text) { out_ += text + "\n"; }
  static std::string brief(const RecordId& id) { return to_hex(id).substr(0, 16); }

  // "between A and B", as witnesses bound it.
  std::string when(const TimeBounds& bounds) const {
    if (!bounds.shown() && bounds.lower == kNoLower) return say("때를 알 수 없음", "at a time that nobody shows");
    if (!bounds.shown()) return say("적어도 ", "not before ") + spelt_time(bounds.lower) + say(" 뒤", "");
    if (bounds.lower == kNoLower)
      return say("늦어도 ", "by ") + spelt_time(bounds.upper) + say(" (증인 확인)", " (witnessed)");
    return ko_ ? spelt_time(bounds.lower) + "와 " + spelt_time(bounds.upper) + " 사이 (증인 확인)"
               : "between " + spelt_time(bounds.lower) + " and " + spelt_time(bounds.upper) + " (witnessed)";
  }

  void notice(const ShownNotice& one) {
    line(say("\n통보 ", "\nNotice ") + brief(one.version) + " [" +
         std::string(kNoticeKindNames[static_cast<std::size_t>(one.kind)]) + ", " +
         std::string(kNoticeChangeNames[static_cast<std::size_t>(one.change)]) + "]" +
         (one.version == one.first ? "" : say(", 처음 판 ", ", first version ") + brief(one.first)));
    line("  " + say(sentence_of(one.verdict)) + " [" +
         std::string(kNoticeVerdictNames[static_cast<std::size_t>(one.verdict)]) + "]");
    line("  " + say("처음 기록: ", "first recorded: ") + when(one.recorded));
    line("  " + say("중계소: ", "relays holding it: ") + std::to_string(one.relays_holding) + "/" +
         std::to_string(one.relays) + say(", 약정한 수 ", ", agreed ") + std::to_string(one.quorum) +
         (one.available.shown() ? ": " + when(one.available) : ""));
    if (one.received.shown()) line("  " + say("받은 것으로 봄: ", "counts as received: ") + when(one.received));
    steps(say("기계 수신 확인", "machine receipt"), one.receipts, false);
    steps(say("전화", "telephone call"), one.calls, false);
    steps(say("거부", "refusal"), one.refusals, true);
    steps(say("담당자 확인", "acknowledgement"), one.acknowledgements, true);
    steps(say("답변", "answer"), one.answers, true);
    steps(say("마침", "closing"), one.closings, false);
    for (const ShownDeadline& deadline : one.deadlines) {
      std::string why = say(sentence_of(deadline.because));
      line("  " + say("기한 ", "deadline ") + spelt_name(deadline.code) + " (" + std::to_string(deadline.after) +
           " s): " + say(sentence_of(deadline.verdict)) + (why.empty() ? "" : ": " + why) + silent_until(deadline));
    }
    for (const ShownNotice::Field& field : one.fields)
      line("  " + say("항목 ", "field ") + spelt_name(field.name) + ": " +
           (field.committed ? say("보낸 것이 맞다", "is what was sent")
                            : say("보낸 것이 아니다", "is not what was sent")) +
           (field.opened_by_institution ? say(", 기관이 열었다", ", opened by the institution") : ""));
    for (const ShownFinding& finding_of : one.findings) finding(finding_of, "  ! ");
  }

  std::string silent_until(const ShownDeadline& deadline) const {
    if (deadline.verdict != DeadlineVerdict::silent) return {};
    return say(" (적어도 ", " (shown until ") + spelt_time(deadline.response.lower) + say("까지)", ")");
  }

  void steps(const std::string& what, const std::vector<ShownStep>& all, bool people) {
    for (const ShownStep& one : all) {
      line("  " + what + ": " + spelt_name(one.key) + (people ? ", " + say(sentence_of(one.on_duty)) : "") + ", " +
           say("기록 ", "recorded ") + when(one.first));
      line("    " + (one.served.shown()
                         ? say("전해짐: ", "served: ") + when(one.served)
                         : say("상대에게 전해졌다는 것은 보이지 않는다", "not shown to have been served")));
    }
  }

  void statement(const ShownStatement& one) {
    line("  \"" + say(sentence_of(one.claim)) + "\" (" + spelt_name(one.key) +
         (one.notice ? say(", 통보 ", ", notice ") + brief(*one.notice) : "") + "): " + say(sentence_of(one.verdict)) +
         ": " + say(sentence_of(one.because)) + " [" +
         std::string(kStatementReasonNames[static_cast<std::size_t>(one.because)]) + "]");
    for (const RecordId& id : one.evidence) line("    " + say("기록 ", "record ") + to_hex(id));
  }

  void finding(const ShownFinding& one, const char* indent) {
    line(indent + say(sentence_of(one.finding)) + (one.detail.empty() ? "" : ": " + spelt_name(one.detail)) +
         (one.record ? " (" + brief(*one.record) + ")" : "") + " [" +
         std::string(kNoticeFindingNames[static_cast<std::size_t>(one.finding)]) + "]");
  }

  const bool ko_;
  std::string out_;
};

// The same as JSON: names of codes, seconds since 1970, null where a bound is open.
class JsonReport {
 public:
  std::string write(const EvidenceReport& report) && {
    out_.begin_object().member("format", "scrutineer/notice-verdicts/1");
    out_.name("agreement_shown").boolean(report.agreement_shown);
    array("notices", report.notices, [&](const ShownNotice& one) { notice(one); });
    array("statements", report.statements, [&](const ShownStatement& one) { statement(one); });
    findings(report.findings);
    count("findings_not_listed", report.findings_not_listed);
    count("entries", report.entries);
    count("records", report.records);
    count("signatures", report.signatures);
    count("cosignatures", report.cosignatures);
    out_.end_object();
    return out_.take() + "\n";
  }

 private:
  template <class List, class Each>
  void array(std::string_view name, const List& list, Each each) {
    out_.name(name).begin_array();
    for (const auto& one : list) {
      out_.line();
      each(one);
    }
    out_.end_array();
  }
  template <std::size_t size, class Code>
  void code(std::string_view name, const std::string_view (&names)[size], Code code) {
    out_.member(name, names[static_cast<std::size_t>(code)]);
  }
  void count(std::string_view name, std::uint64_t value) { out_.member(name, static_cast<std::int64_t>(value)); }
  void moment(std::string_view name, std::int64_t time) {
    out_.name(name);
    if (time == kNoLower || time == kNoUpper || time > limits::kMaxInteger || time < -limits::kMaxInteger)
      out_.null();
    else
      out_.integer(time);
  }
  void bounds(std::string_view name, const TimeBounds& times) {
    out_.name(name).begin_object();
    moment("from", times.lower);
    moment("until", times.upper);
    out_.end_object();
  }

  void notice(const ShownNotice& one) {
    out_.begin_object().member("agreement", to_hex(one.agreement)).member("first", to_hex(one.first));
    out_.member("version", to_hex(one.version));
    code("kind", kNoticeKindNames, one.kind);
    code("change", kNoticeChangeNames, one.change);
    code("verdict", kNoticeVerdictNames, one.verdict);
    count("relays_holding", one.relays_holding);
    count("relays", one.relays);
    count("quorum", one.quorum);
    bounds("recorded", one.recorded);
    bounds("available", one.available);
    bounds("received", one.received);
    steps("receipts", one.receipts);
    steps("acknowledgements", one.acknowledgements);
    steps("answers", one.answers);
    steps("refusals", one.refusals);
    steps("calls", one.calls);
    steps("closings", one.closings);
    array("deadlines", one.deadlines, [&](const ShownDeadline& deadline) {
      out_.begin_object().member("code", spelt_name(deadline.code));
      code("step", kNoticeStepNames, deadline.step);
      code("verdict", kDeadlineVerdictNames, deadline.verdict);
      code("because", kDeadlineBecauseNames, deadline.because);
      out_.member("after", deadline.after);
      bounds("due", deadline.due);
      bounds("response", deadline.response);
      out_.end_object();
    });
    array("fields", one.fields, [&](const ShownNotice::Field& field) {
      out_.begin_object().member("name", spelt_name(field.name)).name("committed").boolean(field.committed);
      out_.name("opened_by_institution").boolean(field.opened_by_institution).end_object();
    });
    findings(one.findings);
    out_.end_object();
  }

  void steps(std::string_view name, const std::vector<ShownStep>& all) {
    array(name, all, [&](const ShownStep& one) {
      out_.begin_object().member("record", to_hex(one.record)).member("key", spelt_name(one.key));
      code("on_duty", kOnDutyNames, one.on_duty);
      bounds("served", one.served);
      bounds("first", one.first);
      out_.end_object();
    });
  }

  void statement(const ShownStatement& one) {
    out_.begin_object().member("record", to_hex(one.record)).member("key", spelt_name(one.key));
    code("party", kPartyRoleNames, one.party);
    code("claim", kClaimNames, one.claim);
    if (one.notice) out_.member("notice", to_hex(*one.notice));
    code("verdict", kStatementVerdictNames, one.verdict);
    code("because", kStatementReasonNames, one.because);
    out_.name("evidence").begin_array();
    for (const RecordId& id : one.evidence) out_.string(to_hex(id));
    out_.end_array().end_object();
  }

  void findings(const std::vector<ShownFinding>& all) {
    array("findings", all, [&](const ShownFinding& one) {
      out_.begin_object();
      code("finding", kNoticeFindingNames, one.finding);
      if (one.record) out_.member("record", to_hex(*one.record));
      out_.member("detail", spelt_name(one.detail)).end_object();
    });
  }

  JsonWriter out_;
};

}  // namespace

std::string evidence_text(const EvidenceReport& report, ReportLanguage language) {
  return TextReport(language).write(report);
}

std::string evidence_json(const EvidenceReport& report) {
  return JsonReport().write(report);
}

}  // namespace scrutineer
