// One node of the exchange of notices: a notifier, an institution, a relay, or an oversight body. Its own log, the book
// folded from it, sealed contents, delivery to the others, copies of their logs, witnesses.
// docs/formats/notice-node.md.
//
// DIR/node.json       role, name, title
// DIR/private/        log.key, machine-N.key, box-N.key: for the owner alone; replaced ones stay
// DIR/lock            of whoever has the node open
// DIR/log/            the log (app/log)
// DIR/agreements      record ids that this node takes part in, one a line: whoever operates it accepts them by name
// DIR/witnesses       whom the log asks (app/witness/ask.h)
// DIR/witnessed       checkpoints with cosignatures: of each size the first and the last that each witness gave
// DIR/known           for each entry of the log, when this node took it in (be64 Unix seconds): for its own clocks
// DIR/sealed/         ciphertexts (sealed_store.h). No plaintext is ever written
// DIR/sent/<name>     how far each destination has been told of this log (destination.h)
// DIR/copies/<name>/  verified copies of the other logs of the agreements: evidence of silence needs them
// DIR/outbox/mail/    envelopes that go by mail: <record>.envelope, then <record>.to (an address, LF)
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "app/log/reader.h"
#include "app/notice/destination.h"
#include "app/notice/keys.h"
#include "app/notice/wire.h"
#include "core/base/clock.h"
#include "core/base/disk.h"
#include "core/notice/book.h"
#include "core/notice/envelope.h"
#include "core/notice/escalate.h"
#include "core/notice/payload.h"

namespace scrutineer {

inline constexpr std::size_t kEnvelopesAtOnce = 64;  // being taken in by one node; then it says that it is busy
inline constexpr std::int64_t kCallCodeSeconds = 600;

struct NodeOptions {
  std::string directory;
  std::chrono::milliseconds poll{2'000};              // of the other logs, for what did not come by itself
  bool background = true;                             // false: no threads; tests call tick()
  std::string ca_file;                                // PEM, for https
  std::function<void(const std::string& line)> tell;  // for the operator's terminal; never content
};

// What somebody is about to say: the exact text to sign, and the sealed contents that it names.
struct UnsignedRecord {
  std::string text;
  std::optional<Sealed> sealed;
};

class NodeCore;

// Thread-safe.
class NoticeNode {
 public:
  // Errors: those of the parts. Recovers whatever a crash left: everything acknowledged is there, everything else comes
  // again from whoever sent it.
  static Result<std::unique_ptr<NoticeNode>> open(Disk& disk, Clock& clock, Rng& rng, NodeOptions options);
  ~NoticeNode();  // finishes what is being sent, at most some seconds

  NodeRole role() const;
  const Bilingual& title() const;
  const VerifierKey& log_key() const;
  const VerifierKey& machine_key() const;  // the newest
  std::vector<AgreedBox> boxes() const;    // the newest last

  // Takes part in this agreement from now on (DIR/agreements). Durable.
  Status accept(const RecordId& agreement);

  // From outside, by whatever channel: verifies, decides, keeps, logs, opens (an institution), attests (a relay), and
  // answers when all of it is durable. Never throws anything away that it acknowledged. The same again changes nothing,
  // and is answered the same.
  TakenInAll take_in(const Envelope& envelope, Channel channel);

  // From people here: drafts are made by this node, signed elsewhere (browser, agent, key file) and brought back.
  // Errors: not_found, invalid_argument, limit_exceeded; unauthorised where the node's role does not say such things.
  Result<UnsignedRecord> draft_notice(const RecordId& agreement, NoticeKind kind, NoticeChange change,
                                      const std::optional<RecordId>& replaces, std::span<const PayloadField> fields,
                                      std::span<const PayloadFile> files);
  Result<UnsignedRecord> draft_answer(const RecordId& notice, AnswerStage stage, std::span<const PayloadField> fields,
                                      std::span<const PayloadFile> files);
  // Everything that holds no sealed contents (agreement, acknowledgement, refusal, call, duty, key change, statement,
  // closing).
  Result<UnsignedRecord> draft(NoticeRecord record);
  // Takes a signed note (and the ciphertext of its draft, where this node does not keep it yet) into the log and sends
  // it on. Idempotent. Errors: those of NoticeBook::may_enter, of the log.
  Result<TakenIn> say(const Bytes& note, BytesView ciphertext = {});
  // Signs by the machine's key and says it: notices to many, escalations.
  Result<TakenIn> say_as_machine(const UnsignedRecord& draft);
  // One notice to each of these agreements; the fields and files are the same, the salts are not. One result each.
  std::vector<Result<TakenIn>> notify_many(std::span<const RecordId> agreements, NoticeKind kind,
                                           std::span<const PayloadField> fields, std::span<const PayloadFile> files);

  // The plaintext, opened on demand with this node's box keys and checked against the record. Errors: not_found,
  // unauthorised (not for this node), corrupt. wipe() it after use.
  Result<Bytes> open_content(const RecordId& record);

  // A record with its agreement and its sealed contents as one file, for mail or a stick.
  Result<Bytes> envelope_of(const RecordId& record) const;

  // The code that this system shows for a call about that notice, to be read out: 8 digits, the same until the call is
  // recorded or ten minutes have passed.
  std::string call_code(const RecordId& notice, const VerifierKey& person);

  // What readers are shown; valid inside the call only. Be short.
  struct View {
    const NoticeBook& book;
    const std::vector<std::int64_t>& known_since;  // by NoticeIndex: Unix seconds, this node's clock
  };
  template <class Look>
  auto read(Look&& look) const {
    auto lock = reading();
    return look(view());
  }
  // Waits until more than `seen` entries of the log are durable, or until the time is over; how many are.
  std::uint64_t wait_for_change(std::uint64_t seen, std::chrono::milliseconds at_most) const;

  const LogReader& log() const;
  using Standing = scrutineer::Standing;
  std::vector<Standing> destinations() const;
  struct WitnessedBy {
    std::size_t cosigned = 0, known = 0;
    std::uint64_t size = 0;
    std::int64_t time = 0;  // of the last round
  };
  WitnessedBy witnessed() const;
  // Copies of the others' logs, and whether one of them has forked.
  struct CopyStanding {
    std::string name, url;
    std::uint64_t size = 0;
    std::size_t forks = 0;
    std::string trouble;
  };
  std::vector<CopyStanding> copies() const;

  // Everything that evidence is made of, for these notices (empty: all) and with these contents opened. `directory` is
  // made and must be empty or absent. Errors: conflict, not_found, io_error.
  struct EvidenceRequest {
    std::vector<RecordId> agreements;
    std::vector<RecordId> open;                              // records whose whole content is shown
    std::vector<std::pair<RecordId, std::string>> disclose;  // single fields: record, field name
  };
  Status write_evidence(const EvidenceRequest& request, const std::string& directory);

  // One round of everything that happens by itself: deliver, fetch, copy, witness, escalate. For tests.
  void tick();

  // For the HTTP routes (routes.h).
  Result<Bytes> sealed(const BlobHash& hash) const;
  // The answer to a signed request: an envelope of sealed contents. Errors: unauthorised, stale, malformed.
  Result<Bytes> sealed_for(BytesView signed_request) const;
  // Checkpoints with cosignatures from `size` on, be32-framed; the newest of the log's own last.
  Bytes witnessed_since(std::uint64_t size) const;

 private:
  explicit NoticeNode(std::unique_ptr<NodeCore> core);
  std::shared_lock<std::shared_mutex> reading() const;
  View view() const;
  std::unique_ptr<NodeCore> core_;
};

}  // namespace scrutineer
