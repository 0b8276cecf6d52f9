#include "app/server/notice_content.h"

#include <algorithm>
#include <charconv>

#include "app/server/notice_models.h"
#include "core/codec/csv.h"

namespace scrutineer {
namespace {

using ui::Bilingual;

const Bilingual kUnknownKind{"무엇인지 알 수 없습니다.", "It is not clear what this is."};
const Bilingual kBadTime{"때는 2021-04-19 17:44처럼 적습니다.", "Write the time as 2021-04-19 17:44."};
const Bilingual kNotAffected{"피해 대상에 없습니다.", "This is not among the affected."};
const Bilingual kEmpty{"비어 있습니다.", "This is empty."};
const Bilingual kNumber{"숫자가 아닙니다.", "This is no such number."};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

struct Line {
  std::size_t number = 0;
  std::vector<std::string> parts;  // between '|'
};
std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    std::string_view rest = trimmed(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (rest.empty()) continue;
    Line line{number, {}};
    while (true) {
      const std::size_t bar = rest.find('|');
      line.parts.emplace_back(trimmed(rest.substr(0, bar)));
      if (bar == rest.npos) break;
      rest.remove_prefix(bar + 1);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string part(const Line& line, std::size_t index) {
  return index < line.parts.size() ? line.parts[index] : std::string();
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// Written so that nobody follows it by accident.
std::string refanged(std::string_view text) {
  std::string out(text);
  for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"[.]", "."},
                                 {"(.)", "."},
                                 {"{.}", "."},
                                 {"[dot]", "."},
                                 {"(dot)", "."},
                                 {"[at]", "@"},
                                 {"(at)", "@"},
                                 {"[@]", "@"},
                                 {"[:]", ":"},
                                 {"[://]", "://"}})
    replace_all(out, from, to);
  for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"hxxps://", "https://"},
                                 {"hxxp://", "http://"},
                                 {"hXXps://", "https://"},
                                 {"hXXp://", "http://"}})
    if (out.starts_with(from)) out.replace(0, from.size(), to);
  return out;
}

std::optional<std::int64_t> number(std::string_view text, std::int64_t least, std::int64_t most) {
  std::int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < least || value > most)
    return std::nullopt;
  return value;
}

AffectedKind affected_kind(const std::string& value) {
  const auto kind = address_kind(value);
  if (kind == IndicatorKind::email) return AffectedKind::email;
  if (kind == IndicatorKind::ipv4 || kind == IndicatorKind::ipv6) return AffectedKind::address;
  return kind == IndicatorKind::domain ? AffectedKind::host : AffectedKind::account;
}

class Reader {
 public:
  Reader(const ui::NoticeForm& form, ReadReport& out) : form_(form), out_(out), report_(out.report) {}

  void read(const std::string& reporter) {
    report_.title = std::string(trimmed(form_.title));
    if (report_.title.empty()) problem("title", 0, kEmpty);
    report_.description = form_.description;
    replace_all(report_.description, "\r\n", "\n");
    report_.kind = attack_kind_of(form_.attack).value_or(AttackKind::other);
    report_.tlp = tlp_of_code(form_.tlp).value_or(Tlp::amber);
    report_.language = form_.language == "en" ? "en" : "ko";
    report_.reporter = reporter;
    report_.first_seen = time("first", 0, form_.first);
    report_.last_seen = form_.last.empty() ? report_.first_seen : time("last", 0, form_.last);
    indicators();
    affected();
    observations();
    for (const Line& line : lines_of(form_.relays)) report_.relays.push_back(refanged(line.parts[0]));
    for (const Line& line : lines_of(form_.actions)) report_.actions.push_back(line.parts[0]);
    attribution();
    rest();
  }

 private:
  void problem(std::string field, std::size_t line, Bilingual sentence) {
    out_.problems.push_back({std::move(field), line, std::move(sentence)});
  }

  std::string time(const std::string& field, std::size_t line, const std::string& text) {
    if (auto seconds = read_local_time(text)) return to_rfc3339({*seconds});
    problem(field, line, kBadTime);
    return to_rfc3339({0});
  }

  void indicators() {
    for (const Line& line : lines_of(form_.indicators)) {
      auto one = indicator_of(line.parts[0]);
      if (!one) {
        problem("indicators", line.number, kUnknownKind);
        continue;
      }
      one->note = part(line, 1);
      report_.indicators.push_back(std::move(*one));
    }
  }

  void affected() {
    for (const Line& line : lines_of(form_.affected)) {
      const std::string value = refanged(line.parts[0]);
      report_.affected.push_back({affected_kind(value), value, false, {}, {}});
    }
    for (const Line& line : lines_of(form_.told)) {
      const std::string value = refanged(line.parts[0]);
      auto found = std::find_if(report_.affected.begin(), report_.affected.end(),
                                [&](const ReportAffected& one) { return one.value == value; });
      if (found == report_.affected.end()) {
        problem("told", line.number, kNotAffected);
        continue;
      }
      found->told = true;
      // "when | how", or either alone.
      std::size_t at = 1;
      if (auto seconds = read_local_time(part(line, 1))) {
        found->told_at = to_rfc3339({*seconds});
        at = 2;
      }
      found->told_how = part(line, at);
    }
  }

  void observations() {
    for (const Line& line : lines_of(form_.observations)) {
      ReportObservation one;
      one.from = refanged(part(line, 0));
      one.to = refanged(part(line, 1));
      one.first = time("observations", line.number, part(line, 2));
      one.last = part(line, 3).empty() ? one.first : time("observations", line.number, part(line, 3));
      if (!part(line, 4).empty()) {
        auto count = number(part(line, 4), 1, 999'999'999);
        if (!count) problem("observations", line.number, kNumber);
        one.count = count.value_or(1);
      }
      const auto kind = address_kind(one.from.empty() ? one.to : one.from);
      if (kind && *kind != IndicatorKind::email) one.protocol = "tcp";
      report_.observations.push_back(std::move(one));
    }
  }

  void attribution() {
    if (form_.attribution != "stated") return;
    ReportAttribution one;
    one.name = std::string(trimmed(form_.actor));
    if (one.name.empty()) problem("attribution", 0, kEmpty);
    std::string_view names = form_.aliases;
    while (!names.empty()) {
      const std::size_t comma = names.find(',');
      if (auto name = trimmed(names.substr(0, comma)); !name.empty()) one.aliases.emplace_back(name);
      names.remove_prefix(comma == names.npos ? names.size() : comma + 1);
    }
    if (!form_.confidence.empty()) {
      one.confidence = number(trimmed(form_.confidence), 0, 100);
      if (!one.confidence) problem("attribution", 0, kNumber);
    }
    report_.attributions.push_back(std::move(one));
  }

  // What the report's own rules find beyond that, in their words: they name places and never quote.
  void rest() {
    if (!out_.problems.empty()) return;
    const Problems problems = problems_of(report_);  // a loop over its list would not keep it
    for (const Problem& one : problems.listed()) {
      std::string field = one.where.substr(0, one.where.find_first_of("[."));
      if (field == "first_seen") field = "first";
      if (field == "last_seen") field = "last";
      if (field == "attributions") field = "attribution";
      std::size_t line = 0;
      if (const std::size_t open = one.where.find('['); open != one.where.npos)
        line = static_cast<std::size_t>(
            number(one.where.substr(open + 1, one.where.find(']') - open - 1), 0, 1'000'000).value_or(-1) + 1);
      problem(std::move(field), line, {"이 칸을 다시 보십시오: " + one.message, one.message});
    }
  }

  const ui::NoticeForm& form_;
  ReadReport& out_;
  AttackReport& report_;
};

std::vector<ui::NoticeContent::File> shown_files(const std::vector<PayloadFile>& files) {
  std::vector<ui::NoticeContent::File> all;
  for (const PayloadFile& file : files)
    all.push_back({file.name, file.type, static_cast<std::int64_t>(file.bytes.size())});
  return all;
}

std::string joined(const std::vector<std::string>& words, std::string_view with) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? std::string() : std::string(with)) + word;
  return out;
}

ui::NoticeContent shown_report(const AttackReport& report) {
  ui::NoticeContent content;
  content.title = report.title;
  content.description = report.description;
  content.attack = attack_kind_code(report.kind);
  content.first = report.first_seen.empty() ? std::string() : shown_time(report.first_seen);
  content.last = report.last_seen.empty() ? std::string() : shown_time(report.last_seen);
  for (const ReportIndicator& one : report.indicators)
    content.indicators.push_back({std::string(indicator_kind_code(one.kind)), one.value, one.note});
  for (const ReportAffected& one : report.affected)
    content.affected.push_back({std::string(affected_kind_code(one.kind)), one.value,
                                one.told_at.empty() ? std::string() : shown_time(one.told_at), one.told_how, one.told});
  for (const ReportObservation& one : report.observations)
    content.observations.push_back({one.from, one.to, shown_time(one.first), shown_time(one.last), one.count});
  content.relays = report.relays;
  content.actions = report.actions;
  for (const ReportAttribution& one : report.attributions)
    content.attributions.push_back({one.name, joined(one.aliases, ", "), one.confidence});
  content.reporter = report.reporter;
  return content;
}

std::string without_zone(std::string text) {
  return text.ends_with(" KST") ? text.substr(0, 16) : text;
}

}  // namespace

std::optional<ReportIndicator> indicator_of(std::string_view text) {
  const std::string value = refanged(trimmed(text));
  constexpr IndicatorKind kTried[] = {IndicatorKind::url,         IndicatorKind::email,       IndicatorKind::ipv4,
                                      IndicatorKind::ipv6,        IndicatorKind::file_md5,    IndicatorKind::file_sha1,
                                      IndicatorKind::file_sha256, IndicatorKind::file_sha512, IndicatorKind::domain};
  for (IndicatorKind kind : kTried)
    if (is_indicator(kind, value)) return ReportIndicator{kind, value, {}};
  return std::nullopt;
}

ReadReport read_report_form(const ui::NoticeForm& form, const std::string& reporter) {
  ReadReport read;
  Reader(form, read).read(reporter);
  return read;
}

ui::NoticeForm read_notice_form(const std::vector<http::Field>& fields) {
  ui::NoticeForm form;
  const std::pair<std::string_view, std::string ui::NoticeForm::*> kFields[] = {
      {"draft", &ui::NoticeForm::draft},
      {"kind", &ui::NoticeForm::kind},
      {"change", &ui::NoticeForm::change},
      {"replaces", &ui::NoticeForm::replaces},
      {"title", &ui::NoticeForm::title},
      {"description", &ui::NoticeForm::description},
      {"attack", &ui::NoticeForm::attack},
      {"first", &ui::NoticeForm::first},
      {"last", &ui::NoticeForm::last},
      {"indicators", &ui::NoticeForm::indicators},
      {"affected", &ui::NoticeForm::affected},
      {"told", &ui::NoticeForm::told},
      {"observations", &ui::NoticeForm::observations},
      {"relays", &ui::NoticeForm::relays},
      {"actions", &ui::NoticeForm::actions},
      {"attribution", &ui::NoticeForm::attribution},
      {"actor", &ui::NoticeForm::actor},
      {"aliases", &ui::NoticeForm::aliases},
      {"confidence", &ui::NoticeForm::confidence},
      {"tlp", &ui::NoticeForm::tlp},
      {"language", &ui::NoticeForm::language}};
  for (const auto& [name, value] : fields) {
    for (const auto& [known, member] : kFields)
      if (name == known) form.*member = value;
    if (name == "agreement") form.agreements.push_back(value);
    if (name == "all") form.agreements.push_back("all");
  }
  return form;
}

Result<std::vector<PayloadFile>> read_files(std::vector<http::FormPart>& parts, std::string_view field) {
  std::vector<PayloadFile> files;
  for (http::FormPart& one : parts) {
    if (one.name != field || (one.file_name.empty() && one.bytes.empty())) continue;
    std::string name = one.file_name.substr(one.file_name.find_last_of("/\\") + 1);
    for (char& c : name)
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '_';
    if (name.empty() || name == "." || name == "..") return fail(ErrorCode::invalid_argument, "a file has no name");
    for (const PayloadFile& other : files)
      if (other.name == name) return fail(ErrorCode::invalid_argument, "two files have the same name");
    if (files.size() == kFormFiles) return fail(ErrorCode::limit_exceeded, "at most 32 files");
    files.push_back({std::move(name), one.type.empty() ? "application/octet-stream" : one.type, std::move(one.bytes)});
  }
  return files;
}

ui::NoticeContent shown_content(const AttackReport& report, const NoticeContent& sealed) {
  ui::NoticeContent content = shown_report(report);
  content.tlp = tlp_label(report.tlp);
  content.files = shown_files(sealed.files);
  return content;
}

ui::NoticeContent shown_content(const OpenedNotice& opened) {
  ui::NoticeContent content;
  if (opened.stix) {
    content = shown_report(opened.stix->report);
    if (!opened.stix->kind_said) content.attack.clear();
    if (opened.stix->tlp) content.tlp = tlp_label(*opened.stix->tlp);
    content.not_understood = opened.stix->not_understood;
  } else if (!opened.stix_trouble.empty()) {
    content.not_understood.push_back(opened.stix_trouble);
  }
  content.files = shown_files(opened.files);
  return content;
}

ui::AnswerContent shown_answer(const AnswerReport& answer, AnswerStage stage, const std::vector<PayloadFile>& files) {
  return {std::string(kAnswerStageNames[static_cast<std::size_t>(stage)]),
          std::string(kAnswerOutcomeNames[static_cast<std::size_t>(answer.outcome)]), answer.actions, answer.results,
          shown_files(files)};
}

ui::NoticeForm form_of(const AttackReport& report) {
  ui::NoticeForm form;
  form.title = report.title;
  form.description = report.description;
  form.attack = attack_kind_code(report.kind);
  form.first = without_zone(shown_time(report.first_seen));
  form.last = without_zone(shown_time(report.last_seen));
  for (const ReportIndicator& one : report.indicators)
    form.indicators += one.value + (one.note.empty() ? "" : " | " + one.note) + "\n";
  for (const ReportAffected& one : report.affected) {
    form.affected += one.value + "\n";
    if (!one.told) continue;
    form.told += one.value + (one.told_at.empty() ? "" : " | " + without_zone(shown_time(one.told_at))) +
                 (one.told_how.empty() ? "" : " | " + one.told_how) + "\n";
  }
  for (const ReportObservation& one : report.observations)
    form.observations += one.from + " | " + one.to + " | " + without_zone(shown_time(one.first)) + " | " +
                         without_zone(shown_time(one.last)) + " | " + std::to_string(one.count) + "\n";
  form.relays = joined(report.relays, "\n");
  form.actions = joined(report.actions, "\n");
  if (!report.attributions.empty()) {
    const ReportAttribution& one = report.attributions.front();
    form.attribution = "stated";
    form.actor = one.name;
    form.aliases = joined(one.aliases, ", ");
    if (one.confidence) form.confidence = std::to_string(*one.confidence);
  }
  form.tlp = tlp_code(report.tlp);
  form.language = report.language;
  return form;
}

std::string indicators_csv(const ui::NoticeContent& content) {
  CsvWriter out;
  out.field("kind").field("value").field("note").end_row();
  for (const auto& one : content.indicators) {
    // What a spreadsheet would take for a formula is no formula any more.
    const bool formula = !one.note.empty() && std::string_view("=+-@").find(one.note[0]) != std::string_view::npos;
    out.field(one.kind).field(one.value).field(formula ? "'" + one.note : one.note).end_row();
  }
  return out.take();
}

}  // namespace scrutineer
