#include "app/notice/content.h"

#include <algorithm>

#include "core/codec/object_reader.h"
#include "core/record/disclosure.h"

namespace scrutineer {
namespace {

// Writes one JSON value and takes its text.
template <class Write>
std::string value(Write&& write) {
  JsonWriter out;
  write(out);
  return out.take();
}

// A JSON string needs a writer inside an array or object to be separated rightly: alone it is its own document.
std::string text_value(std::string_view text) {
  return value([&](JsonWriter& out) { out.string(text); });
}

void member_if_said(JsonWriter& out, std::string_view name, const std::string& text) {
  if (!text.empty()) out.member(name, text);
}

std::string attribution_value(const AttackReport& report) {
  if (report.attributions.empty()) return "null";
  return value([&](JsonWriter& out) {
    out.begin_array();
    for (const ReportAttribution& one : report.attributions) {
      out.begin_object().member("name", one.name);
      write_strings(out, "aliases", one.aliases);
      out.member_if("confidence", one.confidence).end_object();
    }
    out.end_array();
  });
}

std::string affected_value(const AttackReport& report, bool told) {
  return value([&](JsonWriter& out) {
    out.begin_array();
    for (const ReportAffected& one : report.affected) {
      if (told && !one.told) continue;
      out.begin_object().member("kind", affected_kind_code(one.kind)).member("value", one.value);
      if (told) {
        member_if_said(out, "at", one.told_at);
        member_if_said(out, "how", one.told_how);
      }
      out.end_object();
    }
    out.end_array();
  });
}

std::string indicators_value(const AttackReport& report) {
  return value([&](JsonWriter& out) {
    out.begin_array();
    for (const ReportIndicator& one : report.indicators)
      out.begin_object().member("kind", indicator_kind_code(one.kind)).member("value", one.value).end_object();
    out.end_array();
  });
}

std::string observations_value(const AttackReport& report) {
  return value([&](JsonWriter& out) {
    out.begin_array();
    for (const ReportObservation& one : report.observations) {
      out.begin_object();
      member_if_said(out, "from", one.from);
      member_if_said(out, "to", one.to);
      member_if_said(out, "first", one.first);
      member_if_said(out, "last", one.last);
      out.member("count", one.count).end_object();
    }
    out.end_array();
  });
}

std::string strings_value(const std::vector<std::string>& strings) {
  return value([&](JsonWriter& out) {
    out.begin_array();
    for (const std::string& one : strings) out.string(one);
    out.end_array();
  });
}

std::string when_value(const AttackReport& report) {
  return value([&](JsonWriter& out) {
    out.begin_object();
    member_if_said(out, "first", report.first_seen);
    member_if_said(out, "last", report.last_seen);
    out.end_object();
  });
}

std::vector<PayloadField> fields_of(const AttackReport& report, std::optional<Tlp> tlp) {
  return {{"attribution", attribution_value(report)},
          {"title", text_value(report.title)},
          {"kind", text_value(attack_kind_code(report.kind))},
          {"when", when_value(report)},
          {"affected", affected_value(report, false)},
          {"told", affected_value(report, true)},
          {"indicators", indicators_value(report)},
          {"observations", observations_value(report)},
          {"relays", strings_value(report.relays)},
          {"actions", strings_value(report.actions)},
          {"reporter", text_value(report.reporter)},
          {"tlp", tlp ? text_value(tlp_code(*tlp)) : "null"}};
}

Result<std::vector<PayloadFile>> with_files(PayloadFile first, std::vector<PayloadFile> attached) {
  std::vector<PayloadFile> files;
  files.push_back(std::move(first));
  for (PayloadFile& file : attached) {
    if (file.name == kStixFile || file.name == kHuntFile)
      return fail(ErrorCode::invalid_argument, "an attached file has the name of one that the program writes itself");
    files.push_back(std::move(file));
  }
  return files;
}

std::string string_of(const std::vector<PayloadField>& fields, std::string_view name) {
  for (const PayloadField& field : fields) {
    if (field.name != name) continue;
    // A value alone is no document of ours: it is read as the one element of an array.
    auto array = Json::parse("[" + field.value + "]");
    if (!array) return {};
    for (JsonValue one : array->root()) return std::string(one.as_string().value_or(""));
  }
  return {};
}

// The report file.
template <class Kind>
Kind read_code(const ObjectReader& in, std::string_view name, std::optional<Kind> (*of)(std::string_view),
               Kind otherwise) {
  const auto code = of(in.non_empty(name));
  if (!code) in.problem(name, "is none of the kinds that there are");
  return code.value_or(otherwise);
}

std::string read_or_empty(const ObjectReader& in, std::string_view name) {
  return in.optional_string(name).value_or("");
}

ReportAffected read_affected(const ObjectReader& in) {
  ReportAffected one;
  one.kind = read_code(in, "kind", affected_kind_of, AffectedKind::host);
  one.value = in.non_empty("value");
  one.told = in.optional_boolean("told").value_or(false);
  one.told_at = read_or_empty(in, "told_at");
  one.told_how = read_or_empty(in, "told_how");
  return one;
}

ReportIndicator read_indicator(const ObjectReader& in) {
  ReportIndicator one;
  one.kind = read_code(in, "kind", indicator_kind_of, IndicatorKind::domain);
  one.value = in.non_empty("value");
  one.note = read_or_empty(in, "note");
  return one;
}

ReportObservation read_observation(const ObjectReader& in) {
  ReportObservation one;
  one.from = read_or_empty(in, "from");
  one.to = read_or_empty(in, "to");
  one.first = in.non_empty("first");
  one.last = in.non_empty("last");
  one.count = in.integer("count", 1, limits::kMaxInteger);
  one.protocol = read_or_empty(in, "protocol");
  one.port = in.optional_integer("port", 1, 65'535);
  return one;
}

ReportAttribution read_attribution(const ObjectReader& in) {
  ReportAttribution one;
  if (in.has("actor") && in.string("actor") == "threat-actor") one.kind = ActorKind::threat_actor;
  one.name = in.non_empty("name");
  if (in.has("aliases")) one.aliases = in.strings("aliases");
  one.confidence = in.optional_integer("confidence", 0, 100);
  return one;
}

AttackReport read_report(const ObjectReader& in) {
  AttackReport report;
  report.kind = read_code(in, "kind", attack_kind_of, AttackKind::other);
  report.title = in.non_empty("title");
  report.description = read_or_empty(in, "description");
  report.first_seen = in.non_empty("first_seen");
  report.last_seen = in.non_empty("last_seen");
  auto each = [&](std::string_view name, auto read, auto& into) {
    in.objects(
        name, [&](const ObjectReader& one, std::size_t) { into.push_back(read(one)); }, false);
  };
  each("affected", read_affected, report.affected);
  each("indicators", read_indicator, report.indicators);
  each("observations", read_observation, report.observations);
  each("attributions", read_attribution, report.attributions);
  if (in.has("relays")) report.relays = in.strings("relays");
  if (in.has("actions")) report.actions = in.strings("actions");
  report.reporter = in.non_empty("reporter");
  report.tlp = read_code(in, "tlp", tlp_of_code, Tlp::amber);
  report.language = read_or_empty(in, "language");
  if (report.language.empty()) report.language = "ko";
  return report;
}

}  // namespace

Result<NoticeContent> content_of(const AttackReport& report, const StixStamp& stamp,
                                 std::vector<PayloadFile> attached) {
  SCRUTINEER_TRY(Bytes stix, write_stix(report, stamp));
  SCRUTINEER_TRY(auto files, with_files({kStixFile, kStixType, std::move(stix)}, std::move(attached)));
  return NoticeContent{fields_of(report, report.tlp), std::move(files)};
}

Result<NoticeContent> content_of_stix(BytesView stix, std::vector<PayloadFile> attached) {
  SCRUTINEER_TRY(StixBundle bundle, read_stix(stix));
  const StixSummary summary = summary_of(bundle);
  SCRUTINEER_TRY(auto files, with_files({kStixFile, kStixType, Bytes(stix)}, std::move(attached)));
  return NoticeContent{fields_of(summary.report, summary.tlp), std::move(files)};
}

Result<NoticeContent> content_of(const AnswerReport& answer, std::vector<PayloadFile> attached) {
  NoticeContent content;
  content.fields = {{"outcome", text_value(kAnswerOutcomeNames[static_cast<std::size_t>(answer.outcome)])},
                    {"actions", text_value(answer.actions)},
                    {"results", text_value(answer.results)}};
  for (PayloadFile& file : attached) {
    if (file.name == kStixFile || file.name == kHuntFile)
      return fail(ErrorCode::invalid_argument, "an attached file has the name of one that the program writes itself");
    content.files.push_back(std::move(file));
  }
  if (answer.hunt) content.files.push_back({kHuntFile, "application/json", *answer.hunt});
  return content;
}

Result<OpenedNotice> opened_notice(BytesView plaintext) {
  SCRUTINEER_TRY(Payload payload, read_payload(plaintext));
  OpenedNotice opened;
  for (const std::string& disclosure : payload.disclosures)
    if (auto field = read_disclosure(disclosure); field && !field->name.starts_with("file:"))
      opened.fields.push_back({field->name, field->value});
  for (PayloadFile& file : payload.files) {
    if (file.name == kStixFile) {
      if (auto bundle = read_stix(file.bytes))
        opened.stix = summary_of(*bundle);
      else
        opened.stix_trouble = to_string(bundle.error());
    }
    opened.files.push_back(std::move(file));
  }
  return opened;
}

std::optional<AnswerReport> opened_answer(const OpenedNotice& opened) {
  const std::string outcome = string_of(opened.fields, "outcome");
  const auto known = std::find(std::begin(kAnswerOutcomeNames), std::end(kAnswerOutcomeNames), outcome);
  if (known == std::end(kAnswerOutcomeNames)) return std::nullopt;
  AnswerReport answer;
  answer.outcome = static_cast<AnswerOutcome>(known - std::begin(kAnswerOutcomeNames));
  answer.actions = string_of(opened.fields, "actions");
  answer.results = string_of(opened.fields, "results");
  for (const PayloadFile& file : opened.files)
    if (file.name == kHuntFile) answer.hunt = file.bytes;
  return answer;
}

Result<AttackReport> read_report_file(BytesView text) {
  SCRUTINEER_TRY(Json document, Json::parse(text));
  Problems problems;
  AttackReport report = read_report(ObjectReader(document.root(), problems));
  if (problems.empty()) {
    const Problems more = problems_of(report);
    if (!more.empty()) return tl::unexpected(more.first());
    return report;
  }
  return tl::unexpected(problems.first());
}

}  // namespace scrutineer
