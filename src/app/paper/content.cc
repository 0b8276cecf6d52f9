// What the hash in a form's code is of (docs/formats/qr.md): the form's content as one JSON object.
#include "app/paper/forms.h"
#include "core/codec/json.h"
#include "core/crypto/hash.h"

namespace scrutineer::paper {
namespace {

JsonWriter begin(const Head& head) {
  JsonWriter out;
  out.begin_object().member("form", kPaperKindNames[static_cast<std::size_t>(head.code.kind)]);
  out.member("election", head.code.election).member("unit", head.code.unit).member("contest", head.code.contest);
  if (head.code.as_of) out.member("as_of", static_cast<std::int64_t>(*head.code.as_of));
  return out;
}

void count(JsonWriter& out, const Count& value) {
  if (value)
    out.integer(*value);
  else
    out.null();
}

void options(JsonWriter& out, const std::vector<OptionLine>& lines) {
  out.name("options").begin_array();
  for (const OptionLine& line : lines) {
    out.begin_array().string(line.number).string(line.party).string(line.name);
    count(out, line.votes);
    out.end_array();
  }
  out.end_array();
}

void area(JsonWriter& out, const AreaLine& line) {
  out.begin_array().string(line.name).integer(line.counted).integer(line.units);
  for (const Count& value : {line.electors, line.cast, line.valid, line.invalid}) count(out, value);
  for (const Count& value : line.votes) count(out, value);
  out.end_array();
}

Hash256 finish(JsonWriter& out) {
  out.end_object();
  return sha256("scrutineer/form/1\n" + out.text() + "\n");
}

}  // namespace

Hash256 content_hash(const CountSheetForm& sheet) {
  JsonWriter out = begin(sheet.head);
  options(out, sheet.options);
  return finish(out);
}

Hash256 content_hash(const UnitListForm& list) {
  JsonWriter out = begin(list.head);
  out.name("units").begin_array();
  for (const UnitLine& unit : list.units) {
    out.begin_array().string(unit.id).string(unit.status.en).string(unit.record);
    for (const Count& value : {unit.cast, unit.valid, unit.invalid}) count(out, value);
    out.end_array();
  }
  out.end_array();
  return finish(out);
}

Hash256 content_hash(const SummaryForm& summary) {
  JsonWriter out = begin(summary.head);
  options(out, summary.options);
  out.name("areas").begin_array();
  area(out, summary.total);
  for (const AreaLine& line : summary.below) area(out, line);
  out.end_array();
  return finish(out);
}

}  // namespace scrutineer::paper
