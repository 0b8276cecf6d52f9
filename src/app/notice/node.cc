#include "app/notice/node.h"

#include "app/notice/node_core.h"

namespace scrutineer {

NodeCore::NodeCore(Disk& disk, Clock& clock, Rng& rng, NodeOptions options)
    : disk_(disk),
      clock_(clock),
      rng_(rng),
      options_(std::move(options)),
      host_{disk, clock, options_.directory + "/sent", options_.ca_file, {}, {}, {}, {}, options_.tell, 0} {}

NodeCore::~NodeCore() {
  stop();
}

void NodeCore::tell(const std::string& line) const {
  if (options_.tell) options_.tell(line);
}

Status NodeCore::open() {
  const std::string& directory = options_.directory;
  SCRUTINEER_TRY(lock_, disk_.lock(directory + "/lock", "node"));  // before anything is mended here
  SCRUTINEER_TRY(keys_, read_node(disk_, directory));
  SCRUTINEER_TRY(std::vector<RecordId> accepted, read_accepted(disk_, directory));
  accepted_.insert(accepted.begin(), accepted.end());
  SCRUTINEER_CHECKED(disk_.make_directories(directory + "/sent"));
  SCRUTINEER_CHECKED(disk_.make_directories(directory + "/copies"));
  SCRUTINEER_CHECKED(disk_.make_directories(directory + "/outbox/mail"));
  SCRUTINEER_CHECKED(disk_.make_directories(directory + "/inbox"));
  SCRUTINEER_TRY(sealed_, SealedStore::open(disk_, directory + "/sealed"));
  host_.acknowledged = [this] { return ledger_->acknowledged(); };
  host_.entry = [this](std::uint64_t index) { return ledger_->log().entry(index); };
  host_.sealed = [this](const BlobHash& hash) { return sealed_->get(hash); };
  host_.said = [this](std::vector<Bytes> said) { take_in(Envelope{std::move(said), {}}, Channel::https); };
  auto entered = [this](const Ledger& ledger, NoticeIndex record, std::uint64_t index) {
    on_entered(ledger, record, index);
  };
  SCRUTINEER_TRY(ledger_, Ledger::open(disk_, clock_, directory, keys_.log, *keys_.log_signer, entered));
  {
    SCRUTINEER_TRY(WitnessedList list, WitnessedList::open(disk_, directory + "/witnessed", keys_.log));
    witnessed_ = std::move(list);
    // Going on from here would put other entries where witnesses have seen some: a fork that everybody could show.
    if (witnessed_->largest() > ledger_->log().size())
      return fail(ErrorCode::conflict,
                  "the log is older than what witnesses have seen of it: it was put back from an old copy", directory);
  }
  SCRUTINEER_TRY(std::vector<WitnessAddress> witnesses, read_witnesses(disk_, directory));
  witness_count_ = witnesses.size();
  if (!witnesses.empty()) {
    AskOptions ask;
    ask.ca_file = options_.ca_file;
    SCRUTINEER_TRY(
        pool_,
        WitnessPool::start(
            std::move(witnesses),
            [this](std::uint64_t from, std::uint64_t to) { return ledger_->log().consistency_proof(from, to); }, ask));
  }
  // What a crash left between a notice and what is said about it.
  std::vector<RecordId> notices;
  {
    auto lock = ledger_->reading();
    for (const BookedNotice& record : ledger_->book().records())
      if (record.record.type() == NoticeType::notice) notices.push_back(record.id);
  }
  std::vector<Bytes> said;
  respond(notices, Channel::https, said);
  start();
  return {};
}

NoticeNode::NoticeNode(std::unique_ptr<NodeCore> core) : core_(std::move(core)) {}
NoticeNode::~NoticeNode() = default;

Result<std::unique_ptr<NoticeNode>> NoticeNode::open(Disk& disk, Clock& clock, Rng& rng, NodeOptions options) {
  auto core = std::make_unique<NodeCore>(disk, clock, rng, std::move(options));
  SCRUTINEER_CHECKED(core->open());
  return std::unique_ptr<NoticeNode>(new NoticeNode(std::move(core)));
}

NodeRole NoticeNode::role() const {
  return core_->keys().role;
}
const Bilingual& NoticeNode::title() const {
  return core_->keys().title;
}
const VerifierKey& NoticeNode::log_key() const {
  return core_->keys().log;
}
const VerifierKey& NoticeNode::machine_key() const {
  return core_->keys().machines.back().vkey;
}
std::vector<AgreedBox> NoticeNode::boxes() const {
  std::vector<AgreedBox> boxes;
  for (const NodeBox& box : core_->keys().boxes) boxes.push_back(box.box);
  return boxes;
}

Status NoticeNode::accept(const RecordId& agreement) {
  return core_->accept(agreement);
}
TakenInAll NoticeNode::take_in(const Envelope& envelope, Channel channel) {
  return core_->take_in(envelope, channel);
}
Result<UnsignedRecord> NoticeNode::draft_notice(const RecordId& agreement, NoticeKind kind, NoticeChange change,
                                                const std::optional<RecordId>& replaces,
                                                std::span<const PayloadField> fields,
                                                std::span<const PayloadFile> files) {
  return core_->draft_notice(agreement, kind, change, replaces, fields, files);
}
Result<UnsignedRecord> NoticeNode::draft_answer(const RecordId& notice, AnswerStage stage,
                                                std::span<const PayloadField> fields,
                                                std::span<const PayloadFile> files) {
  return core_->draft_answer(notice, stage, fields, files);
}
Result<UnsignedRecord> NoticeNode::draft(NoticeRecord record) {
  return core_->draft(std::move(record));
}
Result<TakenIn> NoticeNode::say(const Bytes& note, BytesView ciphertext) {
  return core_->say(note, ciphertext);
}
Result<TakenIn> NoticeNode::say_as_machine(const UnsignedRecord& draft) {
  return core_->say_as_machine(draft);
}
std::vector<Result<TakenIn>> NoticeNode::notify_many(std::span<const RecordId> agreements, NoticeKind kind,
                                                     std::span<const PayloadField> fields,
                                                     std::span<const PayloadFile> files) {
  return core_->notify_many(agreements, kind, fields, files);
}
Result<Bytes> NoticeNode::open_content(const RecordId& record) {
  return core_->open_content(record);
}
Result<Bytes> NoticeNode::envelope_of(const RecordId& record) const {
  return core_->envelope_of(record);
}
std::string NoticeNode::call_code(const RecordId& notice, const VerifierKey& person) {
  return core_->call_code(notice, person);
}

std::shared_lock<std::shared_mutex> NoticeNode::reading() const {
  return core_->ledger().reading();
}
NoticeNode::View NoticeNode::view() const {
  return {core_->ledger().book(), core_->ledger().known_since()};
}
std::uint64_t NoticeNode::wait_for_change(std::uint64_t seen, std::chrono::milliseconds at_most) const {
  return core_->ledger().wait_for_change(seen, at_most);
}
const LogReader& NoticeNode::log() const {
  return core_->ledger().log();
}
std::vector<Standing> NoticeNode::destinations() const {
  return core_->destinations();
}
NoticeNode::WitnessedBy NoticeNode::witnessed() const {
  return core_->witnessed();
}
std::vector<NoticeNode::CopyStanding> NoticeNode::copies() const {
  return core_->copies();
}
Status NoticeNode::write_evidence(const EvidenceRequest& request, const std::string& directory) {
  return core_->write_evidence(request, directory);
}

void NoticeNode::tick() {
  core_->deliver_all();
  core_->poll();
  core_->witness_round();
  core_->escalate();
  core_->deliver_all();
}

Result<Bytes> NoticeNode::sealed(const BlobHash& hash) const {
  return core_->sealed().get(hash);
}
Result<Bytes> NoticeNode::sealed_for(BytesView signed_request) const {
  return core_->sealed_for(signed_request);
}
Bytes NoticeNode::witnessed_since(std::uint64_t size) const {
  return core_->witnessed_since(size);
}

}  // namespace scrutineer
