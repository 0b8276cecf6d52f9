#include "core/record/counting.h"

#include "core/base/limits.h"
#include "core/crypto/hash.h"
#include "core/record/disclosure.h"

namespace scrutineer {
namespace {

constexpr std::size_t kNoteBytes = 2'000;

std::string read_note(const ObjectReader& in) {
  std::string note = in.optional_string("note").value_or("");
  if (note.size() > kNoteBytes) in.problem("note", "expected at most 2000 bytes");
  return note;
}

void write_note(JsonWriter& out, const std::string& note) {
  if (!note.empty()) out.member("note", note);
}

void write_cell(JsonWriter& out, const UnitId& unit, const ContestId& contest) {
  out.member("unit", unit.value()).member("contest", contest.value());
}

std::vector<std::string> read_seals(const ObjectReader& in, std::string_view name) {
  std::vector<std::string> seals = in.strings(name);
  if (seals.size() > kSeals) in.problem(name, "expected at most 32 seals");
  for (const std::string& seal : seals)
    if (seal.empty() || seal.size() > kShortBytes) in.problem(name, "a seal's number has 1 to 200 bytes");
  return seals;
}

BlobRef read_blob(const ObjectReader& in) {
  BlobRef blob;
  in.object("blob", [&](const ObjectReader& members) { blob = read_blob_ref(members); });
  return blob;
}

}  // namespace

void write_members(JsonWriter& out, const Entry& entry) {
  write_cell(out, entry.unit, entry.contest);
  out.member("round", entry.round).member("reading", entry.reading);
  write_strings(out, "_sd", entry.digests);
  out.member("_sd_alg", "sha-256");
}

Entry read_entry(const ObjectReader& in) {
  constexpr std::string_view kAlgorithms[] = {"sha-256"};  // RFC 9901 section 4.1.1
  Entry entry;
  entry.unit = UnitId(in.non_empty("unit"));
  entry.contest = ContestId(in.non_empty("contest"));
  entry.round = in.integer("round", 1, kRounds);
  entry.reading = in.integer("reading", 1, kReadings);
  entry.digests = in.strings("_sd");
  if (entry.digests.empty() || entry.digests.size() > kDigests) in.problem("_sd", "expected 1 to 8 digests");
  for (const std::string& digest : entry.digests)
    if (!is_disclosure_digest(digest)) in.problem("_sd", "expected digests of 43 base64url characters");
  in.choice("_sd_alg", kAlgorithms);
  return entry;
}

void write_members(JsonWriter& out, const Acceptance& acceptance) {
  write_cell(out, acceptance.unit, acceptance.contest);
  out.member("figures", to_hex(acceptance.figures)).member("code", acceptance.code);
  out.member("reason", acceptance.reason);
}

Acceptance read_acceptance(const ObjectReader& in) {
  Acceptance acceptance;
  acceptance.unit = UnitId(in.non_empty("unit"));
  acceptance.contest = ContestId(in.non_empty("contest"));
  acceptance.figures = in.hash("figures");
  acceptance.code = read_short(in, "code");
  acceptance.reason = read_reason(in);
  return acceptance;
}

Hash256 figures_hash(const CountSheet& sheet) {
  CountSheet figures = sheet;
  figures.count_began = figures.count_ended = figures.announced = figures.reason = figures.order = std::nullopt;
  figures.replaces = std::nullopt;
  figures.live = std::nullopt;
  JsonWriter out;
  out.begin_object();
  write_members(out, figures);
  out.end_object();
  return Sha256().update("scrutineer/figures\n").update(out.text()).finish();
}

void write_members(JsonWriter& out, const Remark& remark) {
  out.member("of", to_hex(remark.of)).member("reason", remark.reason);
}

Remark read_remark(const ObjectReader& in) {
  return {read_record_id(in, "of"), read_reason(in)};
}

void write_members(JsonWriter& out, const Attachment& attachment) {
  write_cell(out, attachment.unit, attachment.contest);
  write(out, "blob", attachment.blob);
  write_note(out, attachment.note);
}

Attachment read_attachment(const ObjectReader& in) {
  Attachment attachment;
  attachment.unit = UnitId(in.non_empty("unit"));
  attachment.contest = ContestId(in.non_empty("contest"));
  attachment.blob = read_blob(in);
  attachment.note = read_note(in);
  return attachment;
}

void write_members(JsonWriter& out, const Custody& custody) {
  out.member("unit", custody.unit.value());
  out.member("object", kCustodyObjectNames[static_cast<std::size_t>(custody.object)]).member("name", custody.name);
  out.member("event", kCustodyEventNames[static_cast<std::size_t>(custody.event)]);
  write_strings(out, "seals", custody.seals);
  if (!custody.broken.empty()) write_strings(out, "broken", custody.broken);
  if (custody.from) out.member("from", *custody.from);
  if (custody.to) out.member("to", *custody.to);
  if (custody.order) out.member("order", *custody.order);
  write_note(out, custody.note);
}

Custody read_custody(const ObjectReader& in) {
  Custody custody;
  custody.unit = UnitId(in.non_empty("unit"));
  custody.object = static_cast<CustodyObject>(in.choice("object", kCustodyObjectNames));
  custody.name = read_short(in, "name");
  custody.event = static_cast<CustodyEvent>(in.choice("event", kCustodyEventNames));
  custody.seals = read_seals(in, "seals");
  if (in.has("broken")) custody.broken = read_seals(in, "broken");
  custody.from = read_optional_short(in, "from");
  custody.to = read_optional_short(in, "to");
  custody.order = read_optional_short(in, "order");
  custody.note = read_note(in);
  if (custody.event == CustodyEvent::sealed && custody.seals.empty())
    in.problem("seals", "what is sealed has at least one seal with a number");
  if (custody.event == CustodyEvent::moved && !(custody.from && custody.to))
    in.problem("to", "what is moved goes from one place to another: name both");
  if (custody.event == CustodyEvent::stored && !custody.to) in.problem("to", "say where it is stored");
  if (custody.event == CustodyEvent::recounted && !custody.order)
    in.problem("order", "a recount follows an order: name it");
  return custody;
}

void write_members(JsonWriter& out, const IndependentTally& tally) {
  out.member("area", tally.area);
  write(out, "blob", tally.blob);
  write_note(out, tally.note);
}

IndependentTally read_independent_tally(const ObjectReader& in) {
  IndependentTally tally;
  tally.area = in.non_empty("area");
  tally.blob = read_blob(in);
  tally.note = read_note(in);
  return tally;
}

}  // namespace scrutineer
