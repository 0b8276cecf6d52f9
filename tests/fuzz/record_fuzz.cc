// An entry that parses is written back byte for byte, its record reads back as the same, and no record, whoever signs
// it, stops the fold of an election.
#include "tests/fuzz/fuzz.h"
#include "tests/support/world.h"

using namespace scrutineer;

namespace {

// A log with one grant of every role, and what a verifier says of its signatures.
struct Night {
  testing::World world;
  std::vector<ParsedEntry> entries;
  std::vector<PlausibilityRule> rules;

  Night() {
    world.append(world.definition_text(), {"root-1", "root-2"});
    for (const char* role : {"national", "coordinator", "chair", "member", "clerk", "publisher"})
      world.append(world.text(Grant{testing::Signatory(role).key, Role(role), {{"/"}, {"*"}}}), {"root-1", "root-2"});
    for (const Bytes& entry : world.entries()) entries.push_back(parse_entry(entry).value());
    std::string all;
    for (std::size_t i = 0; i < kRuleCodes; ++i) {
      const RuleText& text = rule_text(static_cast<RuleCode>(i));
      all += std::string(i ? "," : "") + R"({"code":")" + std::string(text.code) +
             R"(","kinds":["*"],"contests":["*"])" + (text.needs_share ? R"(,"share":"3/100")" : "") +
             (text.needs_at_least ? R"(,"at_least":1)" : "") + "}";
    }
    rules = parse_rules("{\"rules\":[" + all + "]}").value();
  }
};

void fold(ParsedEntry entry, std::string_view text) {
  static const Night night;
  ElectionFold fold(night.world.election(), night.world.roots(), night.rules);
  Position position = 0;
  for (const ParsedEntry& before : night.entries) {
    std::vector<SignatureCheck> good(before.signatures.size(), SignatureCheck::good);
    fold.apply(position, before, entry_text(night.world.entries()[position]), good);
    ++position;
  }
  if (entry.record.type() != RecordType::definition) entry.record.election = night.world.election().id();
  // As if every known key had signed: what is looked for is what a record does, not who may say it.
  std::vector<SignatureCheck> checks;
  for (const NoteSignature& signature : entry.signatures)
    checks.push_back(fold.book().keys().find(signature.name, signature.id) ? SignatureCheck::good
                                                                           : SignatureCheck::unknown_key);
  static_cast<void>(fold.book().may_enter(entry, checks));
  fold.apply(position, entry, text, checks);
  fold.apply(position + 1, entry, text, checks);
  fold.finish();
  for (UnitIndex unit = 0; unit < night.world.election().tree().units().size(); ++unit)
    static_cast<void>(fold.tally().findings(0, unit));
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = fuzz_text(data, size);
  auto entry = parse_entry(bytes);
  if (!entry) return 0;
  std::string_view text = entry_text(bytes);
  check(entry_bytes(text, entry->signatures).value() == bytes, "an entry is not written back as it was read");
  std::string written = record_text(entry->record);
  auto again = read_record_text(written);
  check(again.has_value(), "what is written reads back");
  check(record_text(*again) == written, "writing a record is not stable");
  fold(std::move(*entry), text);
  return 0;
}
