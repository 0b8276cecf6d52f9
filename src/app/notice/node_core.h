// The parts of a node put together. Private to app/notice; one .cc file for each thing that it does: intake, respond,
// speak, deliver, poll, rounds, evidence_files.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "app/notice/destination.h"
#include "app/notice/ledger.h"
#include "app/notice/log_copy.h"
#include "app/notice/node.h"
#include "app/notice/sealed_store.h"
#include "app/notice/witnessed.h"
#include "app/witness/ask.h"

namespace scrutineer {

// The box keys that open what is sealed under one agreement.
struct KeyRing {
  std::vector<BoxKey> current, replaced;
};

class NodeCore {
 public:
  NodeCore(Disk& disk, Clock& clock, Rng& rng, NodeOptions options);
  ~NodeCore();
  Status open();

  // intake.cc
  Status accept(const RecordId& agreement);
  TakenInAll take_in(const Envelope& envelope, Channel channel);
  Result<TakenIn> say(const Bytes& note, BytesView ciphertext);
  Result<TakenIn> enter_own(std::vector<NoticeCandidate> candidates);  // signed by this node; the first result

  // speak.cc
  Result<UnsignedRecord> draft_notice(const RecordId& agreement, NoticeKind kind, NoticeChange change,
                                      const std::optional<RecordId>& replaces, std::span<const PayloadField> fields,
                                      std::span<const PayloadFile> files) const;
  Result<UnsignedRecord> draft_answer(const RecordId& notice, AnswerStage stage, std::span<const PayloadField> fields,
                                      std::span<const PayloadFile> files) const;
  Result<UnsignedRecord> draft(NoticeRecord record) const;
  Result<TakenIn> say_as_machine(const UnsignedRecord& draft);
  std::vector<Result<TakenIn>> notify_many(std::span<const RecordId> agreements, NoticeKind kind,
                                           std::span<const PayloadField> fields, std::span<const PayloadFile> files);
  Result<Bytes> open_content(const RecordId& record) const;
  Result<Bytes> envelope_of(const RecordId& record) const;
  std::string call_code(const RecordId& notice, const VerifierKey& person);
  // A note by the machine's key that the agreement knows. Errors: unauthorised (it knows none of this node's).
  Result<NoticeCandidate> signed_by_machine(const std::string& text, std::size_t machine) const;
  std::optional<std::size_t> machine_for(const AgreementState& agreement) const;   // inside reading()
  std::shared_ptr<const KeyRing> key_ring(const AgreementState& agreement) const;  // inside reading()

  // deliver.cc
  void on_entered(const Ledger& ledger, NoticeIndex record, std::uint64_t index);
  void wake_destinations();
  void deliver_all();
  std::vector<Standing> destinations() const;

  // poll.cc
  void poll();
  std::vector<NoticeNode::CopyStanding> copies() const;
  Result<Bytes> sealed_for(BytesView signed_request) const;

  // rounds.cc
  void start();
  void stop();
  void witness_round();
  void escalate();
  Bytes witnessed_since(std::uint64_t size) const;
  NoticeNode::WitnessedBy witnessed() const;

  // evidence_files.cc
  Status write_evidence(const NoticeNode::EvidenceRequest& request, const std::string& directory);

  const Ledger& ledger() const { return *ledger_; }
  const NodeKeys& keys() const { return keys_; }
  const SealedStore& sealed() const { return *sealed_; }

 private:
  struct Peered {  // another node, and what is copied of its log
    PeerAddress address;
    std::unique_ptr<LogCopy> copy;
    std::unique_ptr<http::Client> client;
    std::string trouble;
    std::vector<std::string> urls;  // as agreements say; after a failure the next one is asked
    std::size_t asked = 0;
    RecordId asked_last;                                 // for its contents
    std::chrono::steady_clock::time_point rest_until{};  // it held everybody up
  };

  // intake.cc
  struct Incoming;
  bool is_accepted(const RecordId& agreement);
  std::optional<Error> may_take(const ParsedNotice& entry);
  void take_run(Incoming& incoming, std::size_t begin, std::size_t end);
  Status keep_contents(Incoming& incoming, std::span<NoticeCandidate> candidates);

  // respond.cc
  void respond(const std::vector<RecordId>& notices, Channel channel, std::vector<Bytes>& said);
  void open_and_receipt(const std::vector<RecordId>& notices, Channel channel, std::vector<Bytes>& said);
  void attest(const std::vector<RecordId>& notices, std::vector<Bytes>& said);
  bool enter_said(std::vector<NoticeCandidate>& made, std::vector<Bytes>& said);
  std::optional<std::uint64_t> own_place(const AgreementState& agreement, const std::vector<NoticeIndex>& said) const;

  // deliver.cc
  void on_agreement(const NoticeBook& book, const AgreementState& agreement);
  bool may_move(const NoticeBook& book, const AgreementState& agreement, const AgreementState& other, Peer peer) const;
  void add_peer(const PeerAddress& peer);
  void add_destination(const RecordId& agreement, const PeerAddress& peer);
  void move_others(const NoticeBook& book, const AgreementState& agreement, const PeerAddress& peer);
  void route(const Ledger& ledger, NoticeIndex record, std::uint64_t index);

  // poll.cc
  Status open_copy(Peered& peer);
  void poll_one(Peered& peer);
  void examine(Peered& peer, std::uint64_t end);
  void fetch_missing(Peered& peer);
  Result<std::vector<Bytes>> ask_for(Peered& peer, std::span<const RecordId> records);
  bool is_wanted(BytesView note, ParsedNotice& parsed) const;

  // rounds.cc
  struct Due {
    RecordId agreement, notice;
    DueEscalation what;
  };
  void run_rounds();
  std::vector<Due> due_now(std::int64_t now);
  Status send_by_mail(const RecordId& notice);
  void say_silences();
  std::vector<LogHead> heads_past(const Agreement& terms, std::int64_t time) const;

  void tell(const std::string& line) const;

  Disk& disk_;
  std::unique_ptr<DiskLock> lock_;  // of the directory
  Clock& clock_;
  Rng& rng_;
  const NodeOptions options_;
  NodeKeys keys_;
  mutable std::mutex signing_;
  std::unique_ptr<SealedStore> sealed_;
  std::unique_ptr<Ledger> ledger_;
  std::atomic<std::size_t> envelopes_{0};

  mutable std::mutex accepted_mutex_;
  std::unordered_set<RecordId> accepted_;
  std::int64_t accepted_read_ = 0;

  mutable std::mutex rings_mutex_;
  mutable std::map<RecordId, std::shared_ptr<const KeyRing>> rings_;

  // Notices that some thread is opening or attesting: each is, once.
  std::mutex responding_mutex_;
  std::condition_variable responded_;
  std::unordered_set<RecordId> responding_;

  // Touched inside the book's lock and by threads that deliver and poll.
  DestinationHost host_;
  mutable std::mutex peers_mutex_;
  std::map<std::string, std::unique_ptr<Destination>> destinations_;  // by their log's key and address
  std::map<std::pair<RecordId, std::string>, Destination*> told_;     // by agreement and log's key
  std::size_t moves_ = 0;
  std::set<std::string> files_;                            // names of logs with a file in DIR/sent
  std::map<std::string, std::unique_ptr<Peered>> peers_;   // by the name of their log
  std::vector<VerifierKey> witnesses_;                     // of all agreements
  std::int64_t heartbeat_ = 0;                             // the shortest of all agreements; 0: none
  std::set<RecordId> missing_;                             // records whose contents are for this node and are not here
  std::multimap<std::int64_t, RecordId> watched_;          // notices, by when something may be due
  std::unordered_set<RecordId> changed_;                   // notices to be looked at again
  std::set<std::pair<RecordId, std::string>> unanswered_;  // notice, deadline: passed, and not yet said to be silent
  bool started_ = false;

  std::mutex polling_;
  mutable std::mutex witness_mutex_;
  std::unique_ptr<WitnessPool> pool_;
  std::optional<WitnessedList> witnessed_;
  std::size_t witness_count_ = 0;
  std::uint64_t offered_ = 0;
  std::int64_t refreshed_ = 0;

  std::mutex codes_mutex_;
  struct Code {
    std::string digits;
    std::int64_t until = 0;
  };
  std::map<std::pair<RecordId, std::string>, Code> codes_;

  std::mutex threads_mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::thread rounds_thread_, poll_thread_;
};

}  // namespace scrutineer
