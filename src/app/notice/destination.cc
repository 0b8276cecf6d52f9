#include "app/notice/destination.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kSentLine = "scrutineer/sent/1\n";
constexpr std::size_t kSentBytes = 1u << 20;
constexpr std::size_t kToldDigits = 20;
constexpr int kFewAtWork = 4;                               // destinations; where more have something to send,
constexpr milliseconds kGatherForEach{25}, kGather{1'500};  // each waits so long for each of them, or until it has
constexpr std::size_t kGathered = 128;                      // so many records
constexpr milliseconds kFirstPause{250}, kLongestPause{30'000};
constexpr std::chrono::seconds kTryAgain{60};  // what was set aside
constexpr milliseconds kConnect{2'000}, kWhole{30'000};

}  // namespace

Result<SentFile> read_sent_file(Disk& disk, const std::string& path) {
  SentFile file;
  SCRUTINEER_TRY(bool there, disk.exists(path));
  if (!there) return file;
  SCRUTINEER_TRY(Bytes text, read_file(disk, path, kSentBytes));
  std::string_view rest = text;
  if (!rest.starts_with(kSentLine)) return file;
  rest.remove_prefix(kSentLine.size());
  bool first = true;
  for (std::size_t end; (end = rest.find('\n')) != rest.npos; rest.remove_prefix(end + 1)) {
    std::string_view line = rest.substr(0, end);
    if (line == "." && !first) return file;
    if (first) line.remove_prefix(std::min(line.find_first_not_of('0'), line.size() - 1));  // padded
    auto number = parse_decimal(line);
    if (!number) break;
    if (first)
      file.told = *number;
    else
      file.aside.insert(*number);
    first = false;
  }
  return SentFile();  // everything is told once more
}

// `told` is padded, so that it is written over in place: a new file for each batch would cost more than the batch.
Bytes to_bytes(const SentFile& file) {
  Bytes text(kSentLine);
  const std::string told = std::to_string(file.told);
  text += std::string(kToldDigits - told.size(), '0') + told + "\n";
  for (std::uint64_t index : file.aside) text += std::to_string(index) + "\n";
  return text + ".\n";
}

Result<std::unique_ptr<Destination>> Destination::open(DestinationHost& host, const PeerAddress& address,
                                                       const std::string& file) {
  std::unique_ptr<Destination> destination(new Destination(host, address, file));
  SCRUTINEER_TRY(destination->file_, read_sent_file(host.disk, destination->path_));
  SCRUTINEER_TRY(destination->saved_, host.disk.open(destination->path_, OpenMode::create));
  if (address.url.empty()) destination->trouble_ = "the agreement gives no https address for it";
  return destination;
}

Destination::~Destination() {
  stop();
}

void Destination::move_to(const std::string& url) {
  std::lock_guard lock(mutex_);
  if (url.empty() || url == url_) return;
  url_ = url;
  moved_ = true;
}

void Destination::add(std::uint64_t index, std::uint64_t upto) {
  std::lock_guard lock(mutex_);
  if (upto >= file_.told) pending_.push_back({index, upto});
}

// Only where there is something to do: everybody is asked whenever anything becomes durable.
void Destination::wake() {
  std::lock_guard lock(mutex_);
  if (waiting_ && ready()) wake_.notify_all();
}

void Destination::start() {
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
}

void Destination::stop() {
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

// mutex_ held.
bool Destination::ready() const {
  if (url_.empty()) return false;
  if (!file_.aside.empty() && std::chrono::steady_clock::now() >= next_again_) return true;
  return !pending_.empty() && pending_.front().upto < host_.acknowledged() && file_.aside.size() < kSetAsideEntries;
}

void Destination::run() {
  milliseconds pause = kFirstPause;
  std::unique_lock lock(mutex_);
  while (!ending_) {
    // Looks by itself now and then, too: for what was set aside.
    waiting_ = true;
    wake_.wait_for(lock, std::chrono::seconds(1), [&] { return ending_ || ready(); });
    waiting_ = false;
    if (ending_) return;
    if (!ready()) continue;
    ++host_.at_work;
    if (const milliseconds more = to_gather(); more.count() > 0)
      wake_.wait_for(lock, more, [&] { return ending_ || pending_.size() >= kGathered; });
    last_send_ = std::chrono::steady_clock::now();
    lock.unlock();
    const bool good = deliver_once();
    --host_.at_work;
    lock.lock();
    if (good) {
      pause = kFirstPause;
      continue;
    }
    wake_.wait_for(lock, pause, [&] { return ending_; });
    pause = std::min(pause * 2, kLongestPause);
  }
}

// Where many are told at the same time, each gets more at once, for the same syncs of its disk.
milliseconds Destination::to_gather() const {
  const int at_work = host_.at_work.load();
  if (at_work <= kFewAtWork || pending_.size() >= kGathered) return milliseconds(0);
  const auto gather = std::min<milliseconds>(kGather, kGatherForEach * at_work);
  const auto since = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - last_send_);
  return std::max(milliseconds(0), gather - since);
}

bool Destination::deliver() {
  for (;;) {
    {
      std::lock_guard lock(mutex_);
      if (ending_ || !ready()) return true;
    }
    if (!deliver_once()) return false;
  }
}

bool Destination::deliver_once() {
  std::lock_guard one(delivering_);
  Batch batch = next_batch();
  if (batch.items.empty()) {
    note_trouble("an entry of this node's own log cannot be read");
    return false;
  }
  return send(batch);
}

// False: it does not fit any more.
bool Destination::fill(Batch& batch, const Item& item, std::size_t& bytes) {
  auto note = host_.entry(item.index);
  if (!note) return false;
  std::size_t more = note->size();
  std::optional<Bytes> blob;
  auto parsed = parse_notice_entry(*note);
  if (const SealedContent* content = parsed ? content_of(parsed->record) : nullptr;
      content && contents_travel(parsed->record.type(), peer_)) {
    if (auto sealed = host_.sealed(content->ciphertext.sha256)) {
      more += sealed->size();
      blob = std::move(*sealed);
    }
  }
  if (!batch.items.empty() && bytes + more > kBatchBytes) return false;
  bytes += more;
  batch.items.push_back(item);
  batch.records.push_back(std::move(*note));
  if (blob) batch.blobs.push_back(std::move(*blob));
  return true;
}

Destination::Batch Destination::next_batch() {
  std::vector<Item> items;
  Batch batch;
  {
    std::lock_guard lock(mutex_);
    batch.again = !file_.aside.empty() && std::chrono::steady_clock::now() >= next_again_;
    const std::uint64_t end = host_.acknowledged();
    if (batch.again) {
      for (std::uint64_t index : file_.aside)
        if (items.size() < kBatchRecords) items.push_back({index, index});
      next_again_ = std::chrono::steady_clock::now() + kTryAgain;
    } else {
      for (const Item& item : pending_) {
        if (item.upto >= end || items.size() == kBatchRecords) break;
        items.push_back(item);
      }
    }
  }
  std::size_t bytes = 0;
  for (const Item& item : items)
    if (!fill(batch, item, bytes)) break;
  return batch;
}

bool Destination::send(Batch& batch) {
  std::string url;
  {
    std::lock_guard lock(mutex_);
    if (moved_) client_.reset();
    moved_ = false;
    url = url_;
  }
  if (!client_) {
    auto made = http::Client::make({url, kConnect, kWhole, host_.ca_file});
    if (!made) return note_trouble(to_string(made.error())), false;
    client_ = std::move(*made);
  }
  auto envelope = write_envelope(batch.records, batch.blobs);
  if (!envelope) return note_trouble(to_string(envelope.error())), false;
  auto answer = client_->post(kEnvelopePath, kEnvelopeType, *envelope, kEnvelopeAnswerBytes);
  if (!answer) return note_trouble(to_string(answer.error())), false;
  if (answer->status != 200) return note_trouble("it answered with status " + std::to_string(answer->status)), false;
  auto read = read_envelope_answer(answer->body);
  if (!read || read->results.size() != batch.items.size())
    return note_trouble("what answers there is no node of this exchange"), false;
  // First what it said, durably, then how far it is.
  if (!read->said.empty()) host_.said(std::move(read->said));
  return judge(batch, *read);
}

bool Destination::judge(const Batch& batch, const EnvelopeAnswer& answer) {
  std::string trouble;
  std::size_t done = 0;
  bool not_now = false;
  {
    std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < batch.items.size() && !not_now; ++i) {
      const EnvelopeAnswer::One& one = answer.results[i];
      const std::uint64_t index = batch.items[i].index;
      const bool taken = one.outcome == TakenIn::Outcome::added || one.outcome == TakenIn::Outcome::known;
      if (!taken) trouble = one.sentence.empty() ? "it does not take a record" : one.sentence;
      not_now = !taken && one.not_now();
      if (not_now) break;
      if (taken)
        file_.aside.erase(index);
      else
        file_.aside.insert(index);
      ++done;
    }
    if (!batch.again && done > 0) {
      pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(done));
      // An entry may make several be told: it is done with the last of them.
      const std::uint64_t upto = batch.items[done - 1].upto;
      const bool whole = pending_.empty() || pending_.front().upto != upto;
      file_.told = std::max(file_.told, upto + (whole ? 1 : 0));
    }
    if (file_.aside.empty() || not_now || !trouble.empty()) {
      if (trouble_.empty() != trouble.empty()) since_ = host_.clock.now().value;
      trouble_ = trouble;
    }
    if (!trouble.empty() && !batch.again) next_again_ = std::chrono::steady_clock::now() + kTryAgain;
  }
  save();
  return !not_now;
}

void Destination::note_trouble(std::string words) {
  bool news = false;
  {
    std::lock_guard lock(mutex_);
    news = trouble_.empty();
    if (news) since_ = host_.clock.now().value;
    trouble_ = words;
  }
  if (news && host_.tell) host_.tell(name_ + ": " + words);
}

// A loss costs telling things twice.
void Destination::save() {
  SentFile copy;
  {
    std::lock_guard lock(mutex_);
    copy = file_;
  }
  (void)saved_->write_at(0, to_bytes(copy));
}

Standing Destination::standing() const {
  std::lock_guard lock(mutex_);
  Standing standing{name_, url_, file_.told, pending_.size() + file_.aside.size(), trouble_, since_};
  return standing;
}

}  // namespace scrutineer
