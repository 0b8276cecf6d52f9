#include "tests/scenario/world.h"

#include "core/base/check.h"
#include "core/record/record.h"

namespace scrutineer::testing {
namespace {

constexpr std::int64_t kBefore = 2;  // seconds before an event at which logs were witnessed last

std::string log_key(const std::string& party) {
  return party + ".example/notices";
}

}  // namespace

NoticeWorld::NoticeWorld(std::int64_t start) : terms(agreement_for_test(cast)), now_(start) {
  for (const char* party : {"service", "commission", "relay-1", "relay-2", "relay-3"})
    logs_[party].key = log_key(party);
  witness_skew = {{"witness-1", 0}, {"witness-2", 1}, {"witness-3", -1}};
  witness_all();
  const std::string text = notice_record_text(NoticeRecord{{}, {}, terms});
  agreement = record_id(text);
  const Bytes entry = cast.sign(text, {"service/head", "commission/head"});
  for (auto& [party, one] : logs_) put(party, entry);
  witness_all();
}

NoticeRecord NoticeWorld::wrap(NoticeBody body) const {
  return NoticeRecord{agreement, to_rfc3339(UnixSeconds{now_}), std::move(body)};
}

void NoticeWorld::put(const std::string& party, const Bytes& entry) {
  MemoryLog& into = log(party);
  if (!into.known.insert(leaf_hash(entry)).second) return;
  into.entries.push_back(entry);
  into.tree.append(leaf_hash(entry));
}

void NoticeWorld::witness(MemoryLog& log) {
  SignedNote note =
      *sign_checkpoint(Checkpoint{log.key, log.tree.size(), log.tree.root()}, *cast.actor(log.key).signer);
  for (const auto& [name, skew] : witness_skew)
    note.signatures.push_back(
        *cosign(note.text, name, UnixSeconds{now_ + skew}, *cast.actor(name, KeyType::cosignature_ed25519).signer));
  log.checkpoints.push_back(to_bytes(note));
}

void NoticeWorld::witness_all() {
  for (auto& [party, one] : logs_)
    if (!stopped.contains(party)) witness(one);
}

void NoticeWorld::pass_to(std::int64_t time) {
  check(time >= now_, "time passes forwards");
  if (time - kBefore > now_) {
    now_ = time - kBefore;
    witness_all();
  }
  now_ = time;
}

RecordId NoticeWorld::say(const std::string& party, const NoticeBody& body, const std::vector<std::string>& signers,
                          const Reach& reach) {
  const std::string text = notice_record_text(wrap(body));
  const RecordId id = record_id(text);
  const Bytes entry = cast.sign(text, signers);
  put(party, entry);
  const std::string other = party == "service" ? "commission" : "service";
  if (reach.other_party && !down.contains(other)) put(other, entry);
  const auto* notice = std::get_if<Notice>(&body);
  if (notice) notices_[id] = *notice;
  for (const std::string& relay : reach.relays) {
    if (down.contains(relay)) continue;
    put(relay, entry);
    if (!notice) continue;
    const Bytes holds = cast.sign(wrap(Availability{{id}, log_key(relay)}), {relay + "/machine"});
    put(relay, holds);
    put("service", holds);
  }
  return id;
}

SealedContent NoticeWorld::seal(const std::string& from, const std::vector<PayloadField>& fields) {
  const std::string to = from == "service" ? box : "service/box";
  const std::vector<AgreedBox> boxes = {{to, box_key_of(to).public_key}};
  Sealed sealed = *seal_payload(agreement, fields, {}, boxes, rng_);
  SealedContent content = sealed.content;
  sealed_.insert_or_assign(content.payload, std::move(sealed));
  return content;
}

Receipt NoticeWorld::open(const RecordId& id, bool has_keys) {
  std::vector<BoxKey> keys;
  if (has_keys) keys.push_back(box_key_of("commission/box"));
  if (has_keys) keys.push_back(box_key_of("commission/box-2"));
  const Notice& notice = notices_.at(id);
  return try_to_open(id, agreement, notice.content, sealed_.at(notice.content.payload).ciphertext, keys, {},
                     Channel::https)
      .receipt;
}

Bytes NoticeWorld::fork(const std::string& party, const RecordId& without) {
  Frontier tree;
  for (const Bytes& entry : log(party).entries)
    if (id_of(entry) != without) tree.append(leaf_hash(entry));
  const std::string& key = log(party).key;
  return to_bytes(*sign_checkpoint(Checkpoint{key, tree.size(), tree.root()}, *cast.actor(key).signer));
}

HandedOver NoticeWorld::evidence(const std::set<std::string>& parties, const std::vector<Hash256>& opened,
                                 const std::vector<std::string>& disclosures, const std::vector<Bytes>& more_plaintexts,
                                 const std::map<std::string, std::vector<Bytes>>& more_checkpoints) const {
  HandedOver out;
  // Through the file format and back, as whoever gets it does.
  Evidence whole;
  for (const std::string& party : parties) {
    const MemoryLog& log = logs_.at(party);
    EvidenceLog one{
        log.key, {log.entries.begin(), log.entries.end()}, {log.checkpoints.begin(), log.checkpoints.end()}};
    if (const auto more = more_checkpoints.find(party); more != more_checkpoints.end())
      one.checkpoints.insert(one.checkpoints.end(), more->second.begin(), more->second.end());
    whole.logs.push_back(std::move(one));
  }
  for (const auto& [payload, sealed] : sealed_) whole.ciphertexts.push_back(sealed.ciphertext);
  for (const Hash256& payload : opened) whole.plaintexts.push_back(sealed_.at(payload).plaintext);
  whole.plaintexts.insert(whole.plaintexts.end(), more_plaintexts.begin(), more_plaintexts.end());
  whole.disclosures.assign(disclosures.begin(), disclosures.end());
  std::vector<EvidenceFile> files;
  for (EvidenceBytes& file : write_evidence(whole)) {
    out.bytes.push_back(std::move(file.bytes));
    files.push_back({std::move(file.path), {}});
  }
  for (std::size_t i = 0; i < files.size(); ++i) files[i].bytes = out.bytes[i];
  out.evidence = read_evidence(files).value();
  return out;
}

}  // namespace scrutineer::testing
