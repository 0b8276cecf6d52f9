// 61,000 exchanges of notices judged, against the bare cost of their hashes and signatures, in one run: 61 agreements
// of one notifier with three relays, 1,000 notices each, all received and acknowledged; every log in the evidence.
//
//   evidence_bench [THREADS [INSTITUTIONS]]      default 2 61
#include <ctime>
#include <string>

#include "app/threads/parallel.h"
#include "bench/measure.h"
#include "core/merkle/checkpoint.h"
#include "core/notice/agreement_for_test.h"
#include "core/notice/verdict.h"

namespace scrutineer::bench {
namespace {

using testing::Cast;

std::size_t institutions = 61;  // all of them, but for a profiler
constexpr std::size_t kNotices = 1'000, kRelays = 3;
constexpr std::size_t kCheckpoints = 50;  // of each log
constexpr std::int64_t kStart = 1'618'800'000, kBetween = 30;
constexpr int kRounds = 5;
constexpr double kRatio = 1.3;

// One agreement with everything said under it, in the order in which it was said.
struct Exchanges {
  RecordId id;
  std::vector<Bytes> shared;                 // of every log
  std::vector<Bytes> availability[kRelays];  // of that relay's log and the notifier's
};

SealedContent content_of(std::size_t institution, std::size_t notice) {
  const std::string seed = std::to_string(institution) + " " + std::to_string(notice);
  SealedContent content;
  content.ciphertext = {BlobHash{sha256("ciphertext " + seed)}, 4'000, "application/vnd.scrutineer.sealed"};
  content.payload = sha256("payload " + seed);
  for (int i = 0; i < 8; ++i) {
    std::string digest = to_base64(sha256(seed + " field " + std::to_string(i)).view()).substr(0, 43);
    for (char& c : digest) c = c == '+' ? '-' : c == '/' ? '_' : c;
    content.digests.push_back(std::move(digest));
  }
  std::sort(content.digests.begin(), content.digests.end());
  return content;
}

Exchanges make_exchanges(std::size_t number) {
  Cast cast;
  const std::string institution = "commission-" + std::to_string(number);
  Exchanges out;
  const std::string terms = notice_record_text({{}, {}, testing::agreement_for_test(cast, institution)});
  out.id = record_id(terms);
  out.shared.push_back(cast.sign(terms, {"service/head", institution + "/head"}));
  auto say = [&](NoticeBody body, const std::string& signer) {
    return cast.sign(NoticeRecord{out.id, to_rfc3339(UnixSeconds{kStart}), std::move(body)}, {signer});
  };
  std::vector<RecordId> ids;
  std::vector<SealedContent> contents;
  for (std::size_t i = 0; i < kNotices; ++i) {
    contents.push_back(content_of(number, i));
    out.shared.push_back(
        say(Notice{NoticeKind::attack, NoticeChange::first, {}, {}, contents.back()}, "service/machine"));
    ids.push_back(testing::id_of(out.shared.back()));
  }
  for (std::size_t relay = 0; relay < kRelays; ++relay) {
    const std::string name = "relay-" + std::to_string(relay + 1);
    for (std::size_t first = 0; first < kNotices; first += kNoticesPerAvailability) {
      const std::size_t end = std::min(kNotices, first + kNoticesPerAvailability);
      Availability held{
          {ids.begin() + static_cast<std::ptrdiff_t>(first), ids.begin() + static_cast<std::ptrdiff_t>(end)},
          name + ".example/notices"};
      out.availability[relay].push_back(say(std::move(held), name + "/machine"));
    }
  }
  for (std::size_t i = 0; i < kNotices; ++i) {
    const SealedContent& content = contents[i];
    out.shared.push_back(say(Receipt{ids[i],
                                     Channel::https,
                                     content.ciphertext.sha256,
                                     content.payload,
                                     content.digests,
                                     {},
                                     ReceiptTrouble::none},
                             institution + "/machine"));
    out.shared.push_back(say(Acknowledgement{ids[i], content.payload}, institution + "/officer-1"));
  }
  return out;
}

// All logs of all parties, with their checkpoints.
struct World {
  std::vector<Exchanges> exchanges = std::vector<Exchanges>(institutions);
  std::vector<EvidenceLog> logs;
  std::vector<std::vector<Bytes>> checkpoints;
  Evidence evidence;
};

void add_entries(EvidenceLog& log, const Exchanges& one, std::size_t relay_first, std::size_t relay_end) {
  log.entries.insert(log.entries.end(), one.shared.begin(), one.shared.end());
  for (std::size_t relay = relay_first; relay < relay_end; ++relay)
    log.entries.insert(log.entries.end(), one.availability[relay].begin(), one.availability[relay].end());
}

std::vector<Bytes> make_checkpoints(const EvidenceLog& log) {
  Cast cast;
  std::vector<Bytes> notes;
  Frontier tree;
  for (std::size_t i = 0; i <= kCheckpoints; ++i) {
    const std::size_t size = log.entries.size() * i / kCheckpoints;
    while (tree.size() < size) tree.append(leaf_hash(log.entries[tree.size()]));
    SignedNote note =
        must(sign_checkpoint(Checkpoint{log.origin, tree.size(), tree.root()}, *cast.actor(log.origin).signer));
    for (const char* witness : {"witness-1", "witness-2", "witness-3"})
      note.signatures.push_back(
          must(cosign(note.text, witness, UnixSeconds{kStart + kBetween * static_cast<std::int64_t>(i)},
                      *cast.actor(witness, KeyType::cosignature_ed25519).signer)));
    notes.push_back(to_bytes(note));
  }
  return notes;
}

void make_world(World& world, std::size_t threads) {
  parallel_for(institutions, threads, 1, [&](std::size_t i, std::size_t) { world.exchanges[i] = make_exchanges(i); });
  auto& logs = world.logs;
  logs.push_back({"service.example/notices", {}, {}});
  for (std::size_t relay = 0; relay < kRelays; ++relay)
    logs.push_back({"relay-" + std::to_string(relay + 1) + ".example/notices", {}, {}});
  for (std::size_t i = 0; i < institutions; ++i) {
    const Exchanges& one = world.exchanges[i];
    add_entries(logs[0], one, 0, kRelays);
    for (std::size_t relay = 0; relay < kRelays; ++relay) add_entries(logs[1 + relay], one, relay, relay + 1);
    logs.push_back({"commission-" + std::to_string(i) + ".example/notices", {}, {}});
    add_entries(logs.back(), one, 0, 0);
  }
  world.checkpoints.resize(logs.size());
  parallel_for(logs.size(), threads, 1,
               [&](std::size_t i, std::size_t) { world.checkpoints[i] = make_checkpoints(logs[i]); });
  for (std::size_t i = 0; i < logs.size(); ++i)
    logs[i].checkpoints.assign(world.checkpoints[i].begin(), world.checkpoints[i].end());
  world.evidence.logs = logs;
}

// Every signature that any verifier has to check, ready to be checked.
struct BareSignature {
  const PublicKey* key;
  Bytes message, signature;
};
struct Bare {
  std::vector<std::string> texts;  // of distinct records
  std::vector<BareSignature> signatures;
  std::map<std::string, VerifierKey> keys;
};

void add_note(Bare& bare, BytesView bytes, Cast& cast) {
  const NoteView note = must(parse_note_view(bytes));
  bare.texts.emplace_back(note.text);
  for (const NoteSignature& one : note.signatures) {
    const VerifierKey& key = bare.keys.try_emplace(one.name, cast.actor(one.name).vkey).first->second;
    bare.signatures.push_back({&key.key, Bytes(note.text), one.signature});
  }
}

void add_checkpoint(Bare& bare, BytesView bytes, Cast& cast) {
  const NoteView note = must(parse_note_view(bytes));
  for (const NoteSignature& one : note.signatures) {
    const bool witness = one.name.starts_with("witness");
    const KeyType type = witness ? KeyType::cosignature_ed25519 : KeyType::ed25519;
    const VerifierKey& key = bare.keys.try_emplace(one.name, cast.actor(one.name, type).vkey).first->second;
    if (!witness) {
      bare.signatures.push_back({&key.key, Bytes(note.text), one.signature});
      continue;
    }
    const UnixSeconds time{static_cast<std::int64_t>(read_be64(one.signature.data()))};
    bare.signatures.push_back({&key.key, cosignature_message(note.text, time), one.signature.substr(8)});
  }
}

Bare load(const World& world) {
  Bare bare;
  Cast cast;
  for (const Exchanges& one : world.exchanges) {
    for (const Bytes& entry : one.shared) add_note(bare, entry, cast);
    for (const auto& relay : one.availability)
      for (const Bytes& entry : relay) add_note(bare, entry, cast);
  }
  for (const auto& log : world.checkpoints)
    for (const Bytes& note : log) add_checkpoint(bare, note, cast);
  return bare;
}

// Leaf hashes and tree hashes of every log, the ids of the records, every signature.
void pay(const World& world, const Bare& bare, std::size_t threads) {
  constexpr std::size_t kPiece = 4'096;
  std::vector<std::pair<std::size_t, std::size_t>> pieces;
  std::vector<std::vector<LeafHash>> leaves(world.logs.size());
  for (std::size_t log = 0; log < world.logs.size(); ++log) {
    leaves[log].resize(world.logs[log].entries.size());
    for (std::size_t first = 0; first < leaves[log].size(); first += kPiece) pieces.emplace_back(log, first);
  }
  parallel_for(pieces.size(), threads, 1, [&](std::size_t i, std::size_t) {
    const auto [log, first] = pieces[i];
    for (std::size_t k = first; k < std::min(first + kPiece, leaves[log].size()); ++k)
      leaves[log][k] = leaf_hash(world.logs[log].entries[k]);
  });
  parallel_for(world.logs.size(), threads, 1, [&](std::size_t i, std::size_t) {
    Frontier tree;
    for (const LeafHash& leaf : leaves[i]) tree.append(leaf);
    volatile unsigned char keep = tree.root().hash.bytes[0];
    (void)keep;
  });
  parallel_for(bare.texts.size(), threads, 64, [&](std::size_t i, std::size_t) {
    volatile unsigned char keep = record_id(bare.texts[i]).hash.bytes[0];
    (void)keep;
  });
  parallel_for(bare.signatures.size(), threads, 64, [&](std::size_t i, std::size_t) {
    const BareSignature& one = bare.signatures[i];
    if (!verify_signature(*one.key, one.message, one.signature)) std::abort();
  });
}

EvidenceReport judge(const World& world, std::size_t threads) {
  EvidenceOptions options;
  for (const Exchanges& one : world.exchanges) options.agreements.push_back(one.id);
  options.parallel = [&](std::size_t n, const std::function<void(std::size_t)>& job) {
    parallel_for(n, threads, 1, [&](std::size_t i, std::size_t) { job(i); });
  };
  return must(judge_evidence(world.evidence, options));
}

int run(std::size_t threads) {
  Table table(
      ("evidence_bench " + std::to_string(threads) + ": 61 agreements x 1,000 notices, all acknowledged").c_str());
  World world;
  table.note("making it: every record and checkpoint signed", seconds_of([&] { make_world(world, threads); }), "s");
  const Bare bare = load(world);
  std::vector<double> bare_seconds, judge_seconds, ratios, cpu_ratios;
  for (int round = 0; round < kRounds; ++round) {
    const std::clock_t start = std::clock();
    bare_seconds.push_back(seconds_of([&] { pay(world, bare, threads); }));
    const std::clock_t paid = std::clock();
    EvidenceReport report;
    judge_seconds.push_back(seconds_of([&] { report = judge(world, threads); }));
    cpu_ratios.push_back(static_cast<double>(std::clock() - paid) / static_cast<double>(paid - start));
    ratios.push_back(judge_seconds.back() / bare_seconds.back());
    const bool right = report.agreement_shown && report.findings.empty() &&
                       report.notices.size() == institutions * kNotices &&
                       std::all_of(report.notices.begin(), report.notices.end(), [](const ShownNotice& one) {
                         return one.verdict == NoticeVerdict::acknowledged && one.relays_holding == kRelays;
                       });
    if (!right) std::fprintf(stderr, "bench: not the verdicts that it must be\n"), std::exit(2);
  }
  table.note("signatures", static_cast<double>(bare.signatures.size()), "");
  table.note("hashes and signatures alone, in memory (median)", median(bare_seconds), "s");
  table.note("judging 61,000 exchanges (median)", median(judge_seconds), "s");
  table.note("resident memory", resident_mb(), "MB");
  table.note("judging / bare in processor time (median of pairs)", median(cpu_ratios), "x");
  table.at_most("judging / bare (median of pairs)", median(ratios), kRatio, "x");
  return table.exit_code();
}

}  // namespace
}  // namespace scrutineer::bench

int main(int argc, char** argv) {
  if (argc > 2) scrutineer::bench::institutions = std::strtoul(argv[2], nullptr, 10);
  return scrutineer::bench::run(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 2);
}
