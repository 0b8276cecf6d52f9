#include "core/verify/conclude.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/crypto/hash.h"
#include "core/tally/fold.h"
#include "core/verify/claim_diff.h"
#include "core/verify/judge.h"

namespace scrutineer {
namespace {

// Checkpoints: the whole tree from its tiles; forks and rollbacks show only against what somebody has kept.
void check_root(Plan& plan, Report& report) {
  const Checkpoint& checkpoint = plan.checkpoint().checkpoint;
  report.count(CheckId::root);
  if (plan.root(checkpoint.size) != checkpoint.root)
    report.fail(CheckId::root, kCheckpointPath, "the entries do not have the root that the log signed");
}

void check_seen(Plan& plan, Report& report) {
  const Checkpoint& now = plan.checkpoint().checkpoint;
  for (const auto& [name, seen] : plan.trust().seen) {
    report.count(CheckId::seen);
    const Checkpoint& then = seen.checkpoint;
    if (auto good = evaluate(plan.trust().policy, seen); !good)
      report.fail(CheckId::seen, name, "this checkpoint is not by a log of the policy: " + good.error().message);
    else if (then.origin != now.origin)
      report.fail(CheckId::seen, name, "this checkpoint is of another log: " + then.origin);
    else if (then.size > now.size)
      report.fail(CheckId::seen, name,
                  "rolled back: a checkpoint of size " + std::to_string(then.size) +
                      " was seen before, and this bundle ends at " + std::to_string(now.size));
    else if (auto root = plan.root(then.size); !root)
      report.fail(CheckId::seen, name, "this cannot be compared: tiles are missing");
    else if (*root != then.root)
      report.fail(CheckId::seen, name,
                  "forked: the log that was seen before had other entries at size " + std::to_string(then.size));
  }
}

// The definition that the trust directory names, and its tables.
Result<Election> read_election(Plan& plan) {
  for (Position position = 0; position < plan.entries(); ++position) {
    if (!plan.entry(position).starts_with("scrutineer/definition/")) continue;
    auto entry = plan.parsed(position);
    if (!entry || (*entry)->id != plan.trust().election) continue;
    const Definition& definition = std::get<Definition>((*entry)->record.body);
    SCRUTINEER_TRY(Bytes units, plan.source().read(blob_path(definition.units.sha256), limits::kBlobBytes));
    SCRUTINEER_TRY(Bytes options, plan.source().read(blob_path(definition.options.sha256), limits::kBlobBytes));
    SCRUTINEER_TRY(Bytes rules, plan.source().read(blob_path(definition.rules.sha256), limits::kBlobBytes));
    return Election::build((*entry)->id, definition, units, options, rules);
  }
  return fail(ErrorCode::not_found,
              "the definition that is trusted is not in this log: " + to_hex(plan.trust().election), "definition");
}

// What check() found about an entry's signatures, as seen from its position: a key that the book does not know yet is a
// stranger's.
void verdicts_of(const Plan& plan, const ParsedEntry& entry, std::string_view text, const EntryVerdict* verdict,
                 const RecordBook& book, std::vector<SignatureCheck>& checks) {
  checks.clear();
  for (std::uint32_t i = 0; i < entry.signatures.size(); ++i) {
    const NoteSignature& signature = entry.signatures[i];
    auto key = book.keys().find(signature.name, signature.id);
    if (!key) {
      checks.push_back(SignatureCheck::unknown_key);
      continue;
    }
    bool good = !verdict || std::none_of(verdict->not_good.begin(), verdict->not_good.end(),
                                         [&](const auto& bad) { return bad.first == i; });
    // Two keys with one name and key id (32 bits can be made to collide): ask for the very key that the book means.
    if (good && plan.named_keys(signature.name, signature.id).size() > 1)
      good = verify_note_signature(text, signature, book.keys()[*key].key);
    checks.push_back(good ? SignatureCheck::good : SignatureCheck::bad);
  }
}

Status feed(Plan& plan, const std::vector<EntryVerdict>& verdicts, std::uint64_t end, ElectionFold& fold) {
  auto verdict = verdicts.begin();
  std::vector<SignatureCheck> checks;
  for (Position position = 0; position < end; ++position) {
    while (verdict != verdicts.end() && verdict->position < position) ++verdict;
    const EntryVerdict* known = verdict != verdicts.end() && verdict->position == position ? &*verdict : nullptr;
    if (plan.entry(position).empty() || (known && !known->error.empty())) continue;
    auto entry = plan.parsed(position);
    if (!entry) continue;
    std::string_view text = entry_text(plan.entry(position));
    verdicts_of(plan, **entry, text, known, fold.book(), checks);
    fold.apply(position, **entry, text, checks);
  }
  return {};
}

// A claim may be older than the log: whoever reads it has to know what it leaves out.
void tell_what_follows(const RecordBook& book, std::uint64_t as_of, Report& report) {
  auto later = std::count_if(book.records().begin(), book.records().end(), [&](const RecordState& record) {
    return record.type != RecordType::result_claim && record.effect != kNever && record.effect >= as_of;
  });
  report.notice(CheckId::claim, "entries from " + std::to_string(as_of) + " on",
                "the log goes on after the entries that the claim counts: " + std::to_string(later) +
                    " records took effect since");
}

void write_facts(const Plan& plan, const Election* election, Report& report) {
  const Checkpoint& checkpoint = plan.checkpoint().checkpoint;
  auto fact = [&](std::string name, std::string value) {
    report.facts.emplace_back(std::move(name), std::move(value));
  };
  if (election) {
    fact("title", election->definition().title.en);
    fact("title (ko)", election->definition().title.ko);
    fact("simulated", election->definition().simulated ? "yes: this is no real election" : "no");
  }
  fact("election", to_hex(plan.trust().election));
  fact("log", checkpoint.origin);
  fact("log size", std::to_string(checkpoint.size));
  fact("log root", to_base64(checkpoint.root.view()));
  if (auto witnessing = evaluate(plan.trust().policy, plan.checkpoint()))
    fact("witnessed", std::to_string(witnessing->cosigned) + " of " + std::to_string(witnessing->known) +
                          (witnessing->quorum_required ? "" : " (no quorum required)"));
  fact("files", std::to_string(plan.files()));
}

}  // namespace

void run_in_turn(std::vector<std::function<void()>>& tasks) {
  for (auto& task : tasks) task();
}

namespace {

void conclude(Plan& plan, Part part, const RunTasks& run, Report& report) {
  // 1. The parts in one order, whoever made them.
  std::sort(part.verdicts.begin(), part.verdicts.end(),
            [](const EntryVerdict& a, const EntryVerdict& b) { return a.position < b.position; });
  std::sort(part.proofs.begin(), part.proofs.end());
  report = plan.opening();
  report.absorb(part.report);
  if (report[CheckId::files].checked != plan.files())
    report.fail(CheckId::files, "",
                "the parts looked at " + std::to_string(report[CheckId::files].checked) + " of " +
                    std::to_string(plan.files()) + " files");
  // 2. The log.
  check_root(plan, report);
  check_seen(plan, report);
  // 3. The election that is trusted.
  report.count(CheckId::definition);
  auto election = read_election(plan);
  write_facts(plan, election ? &*election : nullptr, report);
  if (!election) {
    report.fail(CheckId::definition, election.error().where, election.error().message);
    return;
  }
  // 4. The folds, and what they say about everything that is claimed.
  auto all = stable_fold(*election, plan.trust().roots,
                         [&](ElectionFold& fold) { return feed(plan, part.verdicts, plan.entries(), fold); });
  if (!all) {
    report.fail(CheckId::definition, all.error().where, all.error().message);
    return;
  }
  Judge judge{plan, *election, part, report, run};
  judge.definition((*all)->book());
  judge.publisher((*all)->book());
  judge.issues((*all)->book());
  judge.named_files((*all)->book());
  judge.papers((*all)->tally(), (*all)->book());
  report.count(CheckId::claim);
  if ((*all)->claims().empty()) {
    report.fail(CheckId::claim, "", "no result claim is in effect");
    return;
  }
  const ClaimInEffect& claim = (*all)->claims().back();
  auto as_of = static_cast<std::uint64_t>(claim.claim.as_of);
  if (as_of > claim.position) {
    report.fail(CheckId::claim, to_hex(claim.id), "it claims entries that come after it");
    return;
  }
  // 5. Exactly the entries [0, as_of). Where only claims follow, that is the same fold.
  std::unique_ptr<ElectionFold> then;
  if (changed_since((*all)->book(), as_of)) {
    auto again = stable_fold(*election, plan.trust().roots,
                             [&](ElectionFold& fold) { return feed(plan, part.verdicts, as_of, fold); });
    if (!again) {
      report.fail(CheckId::claim, again.error().where, again.error().message);
      return;
    }
    then = std::move(*again);
    tell_what_follows((*all)->book(), as_of, report);
  }
  const ElectionFold& as_claimed = then ? *then : **all;
  judge.claim(claim, as_claimed.tally());
  judge.sheets(as_claimed.tally(), as_claimed.book());
  judge.proofs(as_claimed, **all);
}

}  // namespace

Report conclude(Plan& plan, Part part, const RunTasks& run) {
  Report report;
  conclude(plan, std::move(part), run, report);
  report.sort_findings();
  return report;
}

}  // namespace scrutineer
