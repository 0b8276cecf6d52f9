// A notifier, an institution and three relays in memory, with logs, witnesses whose clocks differ, and a clock that
// ticks. Everything is signed, sealed and opened as the program does it; nothing is pretended but the network.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/merkle/checkpoint.h"
#include "core/notice/agreement_for_test.h"
#include "core/notice/payload.h"
#include "core/notice/verdict.h"

namespace scrutineer::testing {

// Whom a record reaches, beside the log of whoever says it.
struct Reach {
  bool other_party = true;
  std::set<std::string> relays = {"relay-1", "relay-2", "relay-3"};
  static Reach nobody() { return {false, {}}; }
};

// What a party hands over, kept alive with the bytes that it views.
struct HandedOver {
  Evidence evidence;
  std::vector<Bytes> bytes;
};

class NoticeWorld {
 public:
  explicit NoticeWorld(std::int64_t start);

  // Lets time pass: just before `time` every log is witnessed as it stands.
  void pass_to(std::int64_t time);
  // Every log is witnessed now.
  void witness_all();

  // A record by people or machines of `party`, into its own log and to whom it reaches. Relays answer a notice with
  // what they hold.
  RecordId say(const std::string& party, const NoticeBody& body, const std::vector<std::string>& signers,
               const Reach& reach);
  // An entry that stands in one log alone, whatever it is.
  void put(const std::string& log, const Bytes& entry);

  // Contents sealed by `party` for the other.
  SealedContent seal(const std::string& from, const std::vector<PayloadField>& fields);
  // As the institution's machine does it, with the keys that it has.
  Receipt open(const RecordId& notice, bool has_keys);

  // A second history of a log, from entry `from` on, without one record: a checkpoint of it, witnessed by nobody.
  Bytes fork(const std::string& log, const RecordId& without);

  HandedOver evidence(const std::set<std::string>& logs, const std::vector<Hash256>& opened,
                      const std::vector<std::string>& disclosures, const std::vector<Bytes>& more_plaintexts,
                      const std::map<std::string, std::vector<Bytes>>& more_checkpoints) const;

  // The key behind the name of a box: "commission/box" is the one that the agreement names.
  BoxKey box_key_of(const std::string& name) {
    return cast.box(name.ends_with("/box") ? name.substr(0, name.rfind('/')) : name);
  }

  const Notice& notice(const RecordId& id) const { return notices_.at(id); }
  const Sealed& sealed(const Hash256& payload) const { return sealed_.at(payload); }
  std::int64_t now() const { return now_; }

  Cast cast;
  Agreement terms;
  RecordId agreement;
  std::set<std::string> down;                        // parties and relays that get nothing
  std::map<std::string, std::int64_t> witness_skew;  // seconds
  std::set<std::string> stopped;                     // logs that are not witnessed any more
  std::string box = "commission/box";                // what the notifier seals to

 private:
  struct MemoryLog {
    std::string key;  // name of its key
    std::vector<Bytes> entries;
    std::vector<Bytes> checkpoints;
    Frontier tree;
    std::set<LeafHash> known;
  };
  void witness(MemoryLog& log);
  NoticeRecord wrap(NoticeBody body) const;
  MemoryLog& log(const std::string& party) { return logs_.at(party); }

  CountingRng rng_;
  std::int64_t now_;
  std::map<std::string, MemoryLog> logs_;
  std::map<RecordId, Notice> notices_;
  std::map<Hash256, Sealed> sealed_;  // by payload
};

}  // namespace scrutineer::testing
