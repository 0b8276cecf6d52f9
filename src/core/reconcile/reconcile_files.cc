// A reconciliation as CSV and JSON (docs/formats/reconcile.md).
#include "core/codec/csv.h"
#include "core/codec/json.h"
#include "core/reconcile/reconcile.h"

namespace scrutineer {
namespace {

std::string_view missing_kind(Side side) {
  return side == Side::ours ? "missing-here" : "missing-there";
}

class CsvFile {
 public:
  explicit CsvFile(const Election& election) : election_(election) {
    for (std::string_view name :
         {"kind", "place", "name", "contest", "item", "ours", "theirs", "difference", "other_contest"})
      out_.field(name);
    out_.end_row();
  }

  void add(const Difference& d) {
    begin(kDifferenceKinds[static_cast<std::size_t>(d.kind)], d.place, d.contest);
    out_.field(column_name(election_.contests()[d.contest], d.column));
    number(d.ours), number(d.theirs), number(d.ours && d.theirs ? std::optional(d.amount()) : std::nullopt);
    out_.field(d.other_contest ? election_.contests()[*d.other_contest].definition.id.value() : std::string());
    out_.end_row();
  }
  void add(const Missing& m) {
    begin(missing_kind(m.side), m.place, m.contest);
    out_.field("units");
    number(m.side == Side::ours ? std::nullopt : std::optional(m.units));
    number(m.side == Side::ours ? std::optional(m.units) : std::nullopt);
    out_.field("").field("").end_row();
  }
  void add(const NotCompared& n) {
    begin("not-compared", {true, 0}, n.contest);
    out_.field(column_name(election_.contests()[n.contest], n.column));
    out_.field(n.side == Side::ours ? "not stated" : "").field(n.side == Side::theirs ? "not stated" : "");
    out_.field("").field("").end_row();
  }
  void add(std::string_view kind, const Problem& p) {
    out_.field(kind).field(p.where).field(p.message);
    for (int i = 0; i < 6; ++i) out_.field("");
    out_.end_row();
  }
  std::string take() { return out_.take(); }

 private:
  void begin(std::string_view kind, Place place, ContestIndex contest) {
    out_.field(kind).field(place_id(election_.tree(), place)).field(place_name(election_.tree(), place));
    out_.field(election_.contests()[contest].definition.id.value());
  }
  void number(const std::optional<std::int64_t>& value) {
    if (value)
      out_.field(*value);
    else
      out_.field("");
  }
  const Election& election_;
  CsvWriter out_;
};

void write_place(JsonWriter& out, const Election& election, Place place, ContestIndex contest) {
  out.member(place.is_area ? "area" : "unit", place_id(election.tree(), place));
  out.member("name", place_name(election.tree(), place));
  out.member("contest", election.contests()[contest].definition.id.value());
}

void write_difference(JsonWriter& out, const Election& election, const Difference& d) {
  out.line().begin_object().member("kind", kDifferenceKinds[static_cast<std::size_t>(d.kind)]);
  write_place(out, election, d.place, d.contest);
  out.member("item", column_name(election.contests()[d.contest], d.column));
  out.member_if("ours", d.ours).member_if("theirs", d.theirs);
  if (d.ours && d.theirs) out.member("difference", d.amount());
  if (d.other_contest) out.member("other_contest", election.contests()[*d.other_contest].definition.id.value());
  out.end_object();
}

// At most limits::kErrorsListed of them, and how many there are.
void write_problems(JsonWriter& out, std::string_view name, const Problems& problems) {
  out.member(std::string(name) + "_count", static_cast<std::int64_t>(problems.count())).name(name).begin_array();
  for (const Problem& p : problems.listed())
    out.line().begin_object().member("where", p.where).member("message", p.message).end_object();
  out.end_array();
}

}  // namespace

std::string write_reconciliation_csv(const Reconciliation& result, const Election& election) {
  CsvFile file(election);
  for (const Difference& d : result.differences) file.add(d);
  for (const Missing& m : result.missing) file.add(m);
  for (const NotCompared& n : result.not_compared) file.add(n);
  for (const Problem& p : result.unknown.listed()) file.add("unknown", p);
  for (const Problem& p : result.remarks.listed()) file.add("remark", p);
  return file.take();
}

std::string write_reconciliation_json(const Reconciliation& result, const Election& election) {
  JsonWriter out;
  out.begin_object().member("election", to_hex(election.id())).member("with", result.with);
  out.name("same").boolean(result.same()).name("agreement").begin_array();
  for (const Matching& a : result.agreements) {
    out.line().begin_object().member("contest", election.contests()[a.contest].definition.id.value());
    out.member("units", a.units).member("agreeing", a.agreeing);
    out.member("areas", a.areas).member("areas_agreeing", a.areas_agreeing).end_object();
  }
  out.end_array().name("differences").begin_array();
  for (const Difference& d : result.differences) write_difference(out, election, d);
  out.end_array().name("missing").begin_array();
  for (const Missing& m : result.missing) {
    out.line().begin_object().member("kind", missing_kind(m.side));
    write_place(out, election, m.place, m.contest);
    out.member("units", m.units).end_object();
  }
  out.end_array().name("not_compared").begin_array();
  for (const NotCompared& n : result.not_compared) {
    out.line().begin_object().member("contest", election.contests()[n.contest].definition.id.value());
    out.member("item", column_name(election.contests()[n.contest], n.column));
    out.member("not_stated_by", n.side == Side::ours ? "ours" : "theirs").end_object();
  }
  out.end_array();
  write_problems(out, "unknown", result.unknown);
  write_problems(out, "remarks", result.remarks);
  out.end_object();
  return out.take() + "\n";
}

}  // namespace scrutineer
