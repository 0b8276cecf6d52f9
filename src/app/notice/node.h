// One node of the exchange of notices: a notifier, an institution, a relay, or an oversight body. Its own log, the book
// folded from it, sealed contents, delivery to the others, copies of their logs, witnesses.
// docs/formats/notice-node.md.
//
// DIR/node.json       role, title, origins of browsers, box and machine key names (NodeConfig)
// DIR/log/            the log (app/log); DIR/keys/{log,machine}.key, DIR/keys/box-*.key: mode 600
// DIR/agreements      record ids that this node takes part in, one a line: whoever operates it accepts them by name
// DIR/witnesses       whom the log asks (app/witness/ask.h)
// DIR/witnessed       checkpoints with cosignatures: of each size the first and the last that each witness gave
// DIR/known           for each entry of the log, when this node took it in (be64 Unix seconds): for its own clocks
// DIR/sealed/<aa>/    ciphertexts by SHA-256. No plaintext is ever written
// DIR/sent/<name>     how far each destination has been told of this log (as app/server/uplink.h has it)
// DIR/copies/<name>/  verified copies of the other logs of the agreements: evidence of silence needs them
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "app/log/log.h"
#include "core/base/clock.h"
#include "core/base/disk.h"
#include "core/note/key_file.h"
#include "core/notice/book.h"
#include "core/notice/envelope.h"
#include "core/notice/escalate.h"
#include "core/notice/payload.h"
#include "core/record/body.h"

namespace scrutineer {

enum class NodeRole : std::uint8_t { notifier, institution, relay, oversight };
inline constexpr std::string_view kNodeRoleNames[] = {"notifier", "institution", "relay", "oversight"};

struct NodeOptions {
  std::string directory;
  std::chrono::milliseconds poll{2'000};              // of relays, for what did not come by itself
  bool background = true;                             // false: no threads; tests call tick()
  std::string ca_file;                                // PEM, for https
  std::function<void(const std::string& line)> tell;  // for the operator's terminal; never content
};

// What came of one record of an envelope.
struct TakenIn {
  RecordId record;
  enum class Outcome : std::uint8_t { added, known, waiting, refused } outcome = Outcome::refused;
  std::optional<Error> error;  // of `refused`
  std::uint64_t index = 0;     // in the own log; of added and known
};
struct TakenInAll {
  std::vector<TakenIn> results;  // one a record, in order
  std::vector<Bytes> said;       // what this node said about it: availabilities, receipts; signed notes, durable
};

// What somebody is about to say: the exact text to sign, and the sealed contents that it names.
struct Draft {
  std::string text;
  std::optional<Sealed> sealed;
};

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
  const VerifierKey& machine_key() const;

  // From outside, by whatever channel: verifies, decides, keeps, logs, opens (an institution), attests (a relay), and
  // answers when all of it is durable. Never throws anything away that it acknowledged. The same again changes nothing,
  // and is answered the same.
  TakenInAll take_in(const Envelope& envelope, Channel channel);

  // From people here: drafts are made by this node, signed elsewhere (browser, agent, key file) and brought back.
  // Errors: not_found, invalid_argument, limit_exceeded; unauthorised where the node's role does not say such things.
  Result<Draft> draft_notice(const RecordId& agreement, NoticeKind kind, NoticeChange change,
                             const std::optional<RecordId>& replaces, std::span<const PayloadField> fields,
                             std::span<const PayloadFile> files);
  Result<Draft> draft_answer(const RecordId& notice, AnswerStage stage, std::span<const PayloadField> fields,
                             std::span<const PayloadFile> files);
  // Everything that holds no sealed contents (acknowledgement, refusal, call, duty, key change, statement, closing).
  Result<Draft> draft(NoticeRecord record);
  // Takes a signed note (and the ciphertext of its draft, where this node does not keep it yet) into the log and sends
  // it on. Idempotent. Errors: those of NoticeBook::may_enter, of the log.
  Result<TakenIn> say(const Bytes& note, BytesView ciphertext = {});
  // Signs by the machine's key and says it: notices to many, escalations.
  Result<TakenIn> say_as_machine(const Draft& draft);
  // One notice to each of these agreements; the fields and files are the same, the salts are not. One result each.
  std::vector<Result<TakenIn>> notify_many(std::span<const RecordId> agreements, NoticeKind kind,
                                           std::span<const PayloadField> fields, std::span<const PayloadFile> files);

  // The plaintext, opened on demand with this node's box keys and checked against the record. Errors: not_found,
  // unauthorised (not for this node), corrupt. wipe() it after use.
  Result<Bytes> open_content(const RecordId& record);

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
    std::shared_lock lock(book_mutex_);
    return look(view());
  }
  // Waits until the book holds more than `seen` records, or until the time is over; how many it holds.
  std::uint64_t wait_for_change(std::uint64_t seen, std::chrono::milliseconds at_most) const;

  const LogReader& log() const;
  struct Standing {
    std::string name, url;
    std::uint64_t told = 0;     // entries of this log that it has taken
    std::uint64_t waiting = 0;  // records for it that it has not
    std::string trouble;        // in words; empty: none
    std::int64_t since = 0;     // of the trouble
  };
  std::vector<Standing> destinations() const;
  struct WitnessedBy {
    std::size_t cosigned = 0, known = 0;
    std::uint64_t size = 0;
    std::int64_t time = 0;  // of the last round
  };
  WitnessedBy witnessed() const;

  // Everything that evidence is made of, for these notices (empty: all) and with these contents opened.
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
  Result<Bytes> witnessed_since(std::uint64_t size) const;  // be32-framed notes

 private:
  struct State;
  explicit NoticeNode(std::unique_ptr<State> state);
  View view() const;
  mutable std::shared_mutex book_mutex_;
  std::unique_ptr<State> state_;
};

// A new node: makes DIR with its keys. `name`: "nis.example/notices": the log's origin, and the stem of its keys'
// names.
struct NewNode {
  NodeRole role = NodeRole::relay;
  std::string name;
  Bilingual title;
};
Status make_node(Disk& disk, Rng& rng, const std::string& directory, const NewNode& node);

}  // namespace scrutineer
