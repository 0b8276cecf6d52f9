#include "app/server/uplink.h"

#include <algorithm>
#include <chrono>

#include "app/projection/log_directory.h"
#include "core/base/limits.h"
#include "core/codec/json.h"
#include "core/codec/object_reader.h"
#include "core/handover/package.h"

namespace scrutineer {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kAnswerBytes = 64u << 10;
constexpr std::size_t kAtOnce = 256;      // entries between two times of writing down how far it is
constexpr std::size_t kWordsBytes = 500;  // kept of what the server said
constexpr int kOddAnswers = 5;            // to one record, from a server that is well; then it is set aside
constexpr milliseconds kRetry{1'000};
constexpr milliseconds kLook{500};
constexpr std::chrono::seconds kGreetAgain{5};     // nothing happens: is it still there
constexpr std::chrono::seconds kTryAgain{5 * 60};  // what was set aside

std::string words_of(std::string_view text) {
  std::string out(text.substr(0, utf8_prefix(text.substr(0, kWordsBytes))));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return out;
}

// A member of an answer in JSON; empty: it is none, or has none of that name.
std::string member_of(const http::ClientAnswer& answer, std::string_view name) {
  auto json = Json::parse(answer.body);
  if (!json || !json->root().is_object()) return {};
  auto member = json->root().find(name);
  return member ? std::string(member->as_string().value_or("")) : std::string();
}

}  // namespace

Result<std::unique_ptr<Uplink>> Uplink::start(Disk& disk, const std::string& log_directory, const RecordId& election,
                                              const LogReader& log, const Collector& collector,
                                              const http::ClientOptions& upstream) {
  std::unique_ptr<Uplink> uplink(new Uplink(disk, log_directory, election, log, collector));
  SCRUTINEER_TRY(uplink->file_, read_link_file(disk, log_directory));
  // A log that was made again from a copy may be shorter: then nobody knows what became of the rest.
  if (uplink->file_.handed_over > log.size()) uplink->file_ = {0, uplink->file_.off, {}, 0};
  std::erase_if(uplink->file_.set_aside, [&](std::uint64_t index) { return index >= log.size(); });
  uplink->off_ = uplink->file_.off;
  SCRUTINEER_TRY(uplink->client_, http::Client::make(upstream));
  uplink->thread_ = std::thread([raw = uplink.get()] { raw->run(); });
  return uplink;
}

Uplink::~Uplink() {
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

UplinkState Uplink::state() const {
  return off_ ? UplinkState::off : connected_ ? UplinkState::connected : UplinkState::waiting;
}

std::vector<std::uint64_t> Uplink::waiting() const {
  const std::uint64_t end = collector_.acknowledged();
  std::lock_guard lock(mutex_);
  std::vector<std::uint64_t> positions = file_.set_aside;
  for (std::uint64_t index = file_.handed_over; index < end; ++index) positions.push_back(index);
  return positions;
}

std::uint64_t Uplink::waiting_count() const {
  const std::uint64_t end = collector_.acknowledged();
  std::lock_guard lock(mutex_);
  return file_.set_aside.size() + (end > file_.handed_over ? end - file_.handed_over : 0);
}

Uplink::Refusals Uplink::refusals() const {
  std::lock_guard lock(mutex_);
  return {file_.set_aside.size(), last_refusal_};
}

Status Uplink::set_off(bool off) {
  {
    std::lock_guard lock(mutex_);
    LinkFile changed = file_;
    changed.off = off;
    SCRUTINEER_CHECKED(write_link_file(disk_, directory_, changed));
    file_.off = off;
    if (off_ && !off) again_ = true;
    off_ = off;
  }
  wake_.notify_all();
  return {};
}

// A disk that is full keeps nobody from handing on what stands in the log: then it is said twice.
void Uplink::save() {
  std::lock_guard lock(mutex_);
  (void)write_link_file(disk_, directory_, file_);
}

void Uplink::pause(milliseconds time) {
  std::unique_lock lock(mutex_);
  const bool was_off = off_;
  wake_.wait_for(lock, time, [&] { return ending_ || off_ != was_off; });
}

// Is that our server, of our election? Whatever else answers there (a hotel's sign-in page, a proxy's error) gets no
// record and acknowledges none; nor does one that has stopped taking anything. A server whose log has become shorter
// was made again from a copy: it is told everything once more.
bool Uplink::greet() {
  auto answer = client_->get("/api/v1/status", kAnswerBytes);
  greeted_ = answer && answer->status == 200 && member_of(*answer, "election") == to_hex(election_);
  connected_ = greeted_;
  next_greeting_ = std::chrono::steady_clock::now() + kGreetAgain;
  if (!greeted_) return false;
  auto json = Json::parse(answer->body);
  auto size = json->root().find("size"), accepting = json->root().find("accepting");
  const auto told = static_cast<std::uint64_t>(std::max<std::int64_t>(0, size ? size->as_integer().value_or(0) : 0));
  std::lock_guard lock(mutex_);
  if (told < file_.server_size) again_ = true;
  file_.server_size = told;
  return greeted_ = !accepting || accepting->as_boolean().value_or(true);
}

// What an answer to a record or a blob means. Only our server's own words count: `member` with the right value, or a
// problem with a code (docs/formats/desk.md).
Uplink::Answer Uplink::judge(const Result<http::ClientAnswer>& answer, std::string_view member,
                             const std::string& value) {
  if (!answer) return Answer::not_now;
  if (answer->status == 200 && member_of(*answer, member) == value) return Answer::known;
  const bool wait = answer->status == 429 || answer->status == 408 || answer->status >= 500;
  const bool refused = answer->status >= 400 && !wait && !member_of(*answer, "code").empty();
  std::lock_guard lock(mutex_);
  if (refused) last_refusal_ = words_of(member_of(*answer, "detail"));
  if (!refused) last_refusal_ = "status " + std::to_string(answer->status);
  return refused ? Answer::refused : Answer::not_now;
}

Uplink::Answer Uplink::hand_over_blobs(const RecordId& id, const Bytes& note) {
  for (const BlobRef& blob : blobs_named_by(note)) {
    auto bytes = read_file(disk_, blob_file(directory_, blob.sha256), limits::kBlobBytes);
    if (!bytes) {
      std::lock_guard lock(mutex_);
      last_refusal_ = "an attachment is not here: " + to_hex(blob.sha256);
      return Answer::refused;
    }
    auto answer = client_->post("/api/v1/blobs?record=" + to_hex(id), "application/octet-stream", *bytes, kAnswerBytes);
    if (auto judged = judge(answer, "sha256", to_hex(blob.sha256)); judged != Answer::known) return judged;
  }
  return Answer::known;
}

Uplink::Answer Uplink::hand_over_one(std::uint64_t index) {
  auto note = log_.entry(index);
  if (!note) return Answer::not_now;
  auto entry = parse_entry(*note);
  if (!entry) return Answer::known;  // no record: nothing that a server would take
  const std::string id = to_hex(entry->id);
  auto answer = judge(client_->post("/api/v1/records", "text/plain; charset=utf-8", *note, kAnswerBytes), "record", id);
  // Its tables came from there.
  if (answer != Answer::known || entry->record.type() == RecordType::definition) return answer;
  return hand_over_blobs(entry->id, *note);
}

// Notes what became of a record. False: it has to wait, and everything behind it.
bool Uplink::keep(std::uint64_t index, Answer answer) {
  if (answer == Answer::not_now) {
    odd_ = odd_at_ == index ? odd_ + 1 : 1;
    odd_at_ = index;
    // Only where the server itself is well: a line that is down sets nothing aside.
    if (odd_ < kOddAnswers || !greet()) return false;
    answer = Answer::refused;
  }
  odd_ = 0;
  std::lock_guard lock(mutex_);
  auto& aside = file_.set_aside;
  auto place = std::lower_bound(aside.begin(), aside.end(), index);
  const bool there = place != aside.end() && *place == index;
  if (answer == Answer::known && there) aside.erase(place);
  if (answer == Answer::refused && !there) {
    if (aside.size() >= kSetAside) return false;
    aside.insert(place, index);
  }
  file_.handed_over = std::max(file_.handed_over, index + 1);
  return true;
}

bool Uplink::hand_over(std::uint64_t begin, std::uint64_t end) {
  bool good = true;
  for (std::uint64_t index = begin; good && index < end && stay(); ++index) good = keep(index, hand_over_one(index));
  save();
  return good;
}

// Everything below handed_over, or what was set aside, once more.
bool Uplink::hand_over_again() {
  const bool all = again_.exchange(false);
  std::vector<std::uint64_t> positions;
  {
    std::lock_guard lock(mutex_);
    positions = file_.set_aside;
    if (all) positions.resize(file_.handed_over);
  }
  for (std::uint64_t index = 0; all && index < positions.size(); ++index) positions[index] = index;
  next_try_ = std::chrono::steady_clock::now() + kTryAgain;
  for (std::uint64_t index : positions) {
    if (!stay()) break;
    if (keep(index, hand_over_one(index))) continue;
    if (all) again_ = true;
    save();
    return false;
  }
  save();
  return true;
}

void Uplink::run() {
  milliseconds wait = kRetry;
  while (!ending_) {
    if (off_) {
      greeted_ = connected_ = false;
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return ending_ || !off_; });
      continue;
    }
    const auto now = std::chrono::steady_clock::now();
    std::uint64_t end = collector_.acknowledged(), begin = 0;
    bool aside = false;
    {
      std::lock_guard lock(mutex_);
      begin = file_.handed_over;
      aside = again_ || (!file_.set_aside.empty() && now >= next_try_);
    }
    bool good = greeted_ || greet();
    if (good && begin < end)
      good = hand_over(begin, std::min<std::uint64_t>(end, begin + kAtOnce));
    else if (good && aside)
      good = hand_over_again();
    else if (good) {
      if (now >= next_greeting_) good = greet();
      // A log that has stopped wakes whoever waits at once.
      if (collector_.wait_for_change(end, kLook) == end && collector_.stopped()) pause(kRetry);
    }
    if (good) {
      wait = kRetry;
      continue;
    }
    greeted_ = connected_ = false;
    pause(wait);
    wait = std::min(wait * 2, milliseconds(kGreetAgain));
  }
}

}  // namespace scrutineer
