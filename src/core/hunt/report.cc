#include "core/hunt/report.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/codec/json.h"

namespace scrutineer::hunt {
namespace {

std::int64_t number(std::uint64_t value) {
  check(value <= static_cast<std::uint64_t>(limits::kMaxInteger), "a hunt counts no further than 2^53");
  return static_cast<std::int64_t>(value);
}

void write_sources(JsonWriter& out, const HuntReport& report) {
  out.name("indicators").begin_object().name("files").begin_array();
  for (const ReportSource& source : report.sources) {
    out.line()
        .begin_object()
        .member("file", printable(source.file))
        .member("form", source.form == SourceForm::stix ? "stix" : "text");
    out.member("size", number(source.size)).member("sha256", to_hex(source.sha256)).end_object();
  }
  out.end_array().name("kinds").begin_object();
  for (auto [kind, count] : report.looked_for)
    if (count > 0) out.member(kind_name(kind), number(count));
  out.end_object().end_object();
}

void write_inputs(JsonWriter& out, const HuntReport& report) {
  out.line().name("inputs").begin_array();
  for (const ReportInput& input : report.inputs) {
    out.line().begin_object().member("file", printable(input.file)).member("size", number(input.size));
    out.member("sha256", to_hex(input.sha256)).member("searched", number(input.bytes));
    out.member("lines", number(input.lines));
    if (!input.packing.empty()) out.member("packing", input.packing);
    if (!input.encoding.empty()) out.member("encoding", input.encoding);
    out.end_object();
  }
  out.end_array();
}

void write_finding(JsonWriter& out, const Finding& finding) {
  out.line().begin_object().member("kind", kind_name(finding.indicator.kind));
  out.member("value", printable(finding.indicator.shown())).member("count", number(finding.count));
  out.name("from").begin_array();
  for (const IndicatorOrigin& origin : finding.indicator.origins) {
    out.begin_object().member("file", number(origin.file));
    if (origin.line > 0)
      out.member("line", number(origin.line));
    else
      out.member("id", printable(origin.id));
    out.end_object();
  }
  out.end_array().name("places").begin_array();
  for (const ReportPlace& place : finding.places) {
    out.line().begin_object().member("input", number(place.input));
    if (place.whole_file)
      out.name("whole_file").boolean(true);
    else
      out.member("line", number(place.place.line)).member("offset", number(place.place.offset));
    if (place.text) out.member("text", printable(*place.text));
    out.end_object();
  }
  out.end_array().end_object();
}

void write_not_searched(JsonWriter& out, const HuntReport& report) {
  out.line().member("not_searched_count", number(report.not_searched.count())).name("not_searched").begin_array();
  for (const NotSearched& entry : report.not_searched.listed()) {
    const WhyWords& words = words_of(entry.why);
    out.line().begin_object().member("what", printable(entry.what)).member("why", words.code);
    out.name("sentence").begin_object().member("ko", words.ko).member("en", words.en).end_object();
    if (!entry.detail.empty()) out.member("detail", printable(entry.detail));
    out.end_object();
  }
  out.end_array();
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t good = utf8_prefix(text);
    for (char c : text.substr(0, good)) {
      auto byte = static_cast<unsigned char>(c);
      if (byte < 0x20 || byte == 0x7f)
        out += fmt::format("\\x{:02x}", byte);
      else
        out += c;
    }
    text.remove_prefix(good);
    if (text.empty()) break;
    out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
    text.remove_prefix(1);
  }
  return out;
}

std::string to_json(const HuntReport& report) {
  JsonWriter out;
  out.begin_object().member("format", "scrutineer/hunt/1");
  out.name("found").boolean(report.found()).name("complete").boolean(report.complete()).line();
  write_sources(out, report);
  write_inputs(out, report);
  out.line().name("findings").begin_array();
  for (const Finding& finding : report.findings) write_finding(out, finding);
  out.end_array();
  write_not_searched(out, report);
  out.line().end_object();
  return out.take() + "\n";
}

}  // namespace scrutineer::hunt
