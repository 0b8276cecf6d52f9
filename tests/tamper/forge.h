// The authority as attacker: it holds the log's key, the publisher's and whatever else a row of a table gives it, and
// builds a bundle that is consistent in itself from entries of its own choosing. Nothing here checks anything.
#pragma once

#include <functional>

#include "core/tally/fold.h"
#include "tests/tamper/night.h"

namespace scrutineer::tamper {

// One unit's sheet in the honest log.
struct Station {
  std::string prefix;  // "d001/u00001": its people are prefix + "/chair", "/member-1", "/member-2"
  std::size_t entry = 0;
  CountSheet sheet;
  std::string at;
  std::vector<std::string> people() const { return {prefix + "/chair", prefix + "/member-1", prefix + "/member-2"}; }
};

class Forge {
 public:
  explicit Forge(std::size_t units = 6, const std::string& seed = "1");

  // What goes into the bundle; rows change these.
  std::vector<Bytes> entries;    // of the log, before the claim
  std::vector<Bytes> pretended;  // what the claims are computed from; empty: from `entries`
  std::vector<Bytes> later;      // of the log, after the claim
  std::optional<std::int64_t> as_of;
  bool claimed = true;  // false: no claim record
  std::vector<std::string> claim_signers = {"publisher"};
  std::string manifest_signer = "publisher", log_name, log_key;
  std::function<void(Files&)> claims;       // the claim files, before they are hashed into the claim
  std::function<void(ResultClaim&)> claim;  // before it is signed
  std::function<void(Files&)> files;        // everything, before it is listed and signed
  RecordId manifest_election;
  std::vector<std::pair<std::string, Bytes>> seen;  // what the verifier kept from before
  Files made;                                       // of the last make()

  // The bundle. `files` is applied before the manifest is signed.
  Files make();
  TrustFiles trust() const;

  const std::vector<Station>& stations() const { return stations_; }
  const SimulatedElection& simulated() const { return simulated_; }
  const Election& election() const { return election_; }
  std::size_t setup() const { return simulated_.setup_size(); }

  // Records of this election, signed by people named as in the simulation. "NAME~WORD": NAME with a key made from
  // WORD; "!NAME": garbage under NAME's name and key id.
  std::string text(RecordBody body, const std::string& at = "2031-03-05T23:30:00+09:00") const;
  Bytes sign(const std::string& text, const std::vector<std::string>& names) const;
  Bytes record(RecordBody body, const std::vector<std::string>& names) const {
    return sign(text(std::move(body)), names);
  }
  NoteSignature signature(const std::string& text, const std::string& name) const;
  VerifierKey vkey(const std::string& name) const;
  // The position of the grant to that name.
  std::size_t grant_of(const std::string& name) const;

 private:
  std::unique_ptr<Signer> signer(const std::string& name) const;
  std::unique_ptr<ElectionFold> fold(const std::vector<Bytes>& entries) const;
  Bytes claim_entry(Files& out, const ElectionFold& fold) const;

  std::string seed_;
  SimulatedElection simulated_;
  Election election_;
  std::vector<Station> stations_;
};

// The tree over these entries as files, with a checkpoint signed by that key.
void put_log(const std::vector<Bytes>& entries, const std::string& origin, Signer& key, Files& out);

}  // namespace scrutineer::tamper
