#include "app/server/uplink.h"

#include <chrono>

#include "app/projection/log_directory.h"
#include "core/base/limits.h"
#include "core/codec/json.h"

namespace scrutineer {
namespace {

constexpr std::size_t kStateBytes = 4'096;
constexpr std::size_t kAnswerBytes = 64u << 10;
constexpr std::size_t kAtOnce = 256;  // entries between two times of writing down how far it is
constexpr std::chrono::milliseconds kRetry{1'000};

// A server that is busy or ailing is asked again; anything else that it says about a record is its answer.
bool is_answer(int status) {
  return status < 500 && status != 429 && status != 408;
}

}  // namespace

Result<std::unique_ptr<Uplink>> Uplink::start(Disk& disk, const std::string& log_directory, const LogReader& log,
                                              const Collector& collector, const http::ClientOptions& upstream) {
  std::unique_ptr<Uplink> uplink(new Uplink(disk, log_directory, log, collector));
  std::string path = log_directory + std::string(kUplinkFile);
  SCRUTINEER_TRY(bool there, disk.exists(path));
  if (there) {
    SCRUTINEER_TRY(Bytes text, read_file(disk, path, kStateBytes));
    SCRUTINEER_TRY(Json state, Json::parse(text));
    Problems problems;
    ObjectReader in(state.root(), problems);
    uplink->handed_over_ = static_cast<std::uint64_t>(in.integer("handed_over", 0, limits::kMaxInteger));
    uplink->off_ = in.boolean("off");
    if (!problems.empty()) return tl::unexpected(placed(problems.first(ErrorCode::corrupt), path));
  }
  SCRUTINEER_TRY(uplink->client_, http::Client::make(upstream));
  uplink->thread_ = std::thread([raw = uplink.get()] { raw->run(); });
  return uplink;
}

Uplink::~Uplink() {
  ending_ = true;
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

LinkState Uplink::state() const {
  return off_ ? LinkState::off : connected_ ? LinkState::connected : LinkState::waiting;
}

Status Uplink::save() {
  JsonWriter out;
  out.begin_object().member("handed_over", static_cast<std::int64_t>(handed_over_.load())).name("off").boolean(off_);
  out.end_object();
  std::string path = directory_ + std::string(kUplinkFile);
  SCRUTINEER_CHECKED(disk_.make_directories(directory_of(path)));
  return write_file(disk_, path, out.text() + "\n", Durability::durable);
}

Status Uplink::set_off(bool off) {
  std::lock_guard lock(mutex_);
  off_ = off;
  wake_.notify_all();
  return save();
}

std::string Uplink::last_refusal() const {
  std::lock_guard lock(mutex_);
  return last_refusal_;
}

Status Uplink::hand_over_blobs(const Bytes& note) {
  SCRUTINEER_TRY(ParsedEntry entry, parse_entry(note));
  const BlobRef* blob = nullptr;
  if (const auto* attachment = std::get_if<Attachment>(&entry.record.body)) blob = &attachment->blob;
  if (const auto* tally = std::get_if<IndependentTally>(&entry.record.body)) blob = &tally->blob;
  if (!blob) return {};
  SCRUTINEER_TRY(Bytes bytes, read_file(disk_, blob_file(directory_, blob->sha256), limits::kBlobBytes));
  SCRUTINEER_TRY(http::ClientAnswer answer, client_->post("/api/v1/blobs?record=" + to_hex(entry.id),
                                                          "application/octet-stream", bytes, kAnswerBytes));
  if (!is_answer(answer.status)) return fail(ErrorCode::busy, "the server does not take the blob now");
  return {};
}

Status Uplink::hand_over_some(std::uint64_t end) {
  for (std::uint64_t index = handed_over_; index < end && !off_ && !ending_; ++index) {
    SCRUTINEER_TRY(Bytes note, log_.entry(index));
    SCRUTINEER_TRY(http::ClientAnswer answer,
                   client_->post("/api/v1/records", "text/plain; charset=utf-8", note, kAnswerBytes));
    if (!is_answer(answer.status)) return fail(ErrorCode::busy, "the server does not take records now");
    connected_ = true;
    if (answer.status >= 400) {
      std::lock_guard lock(mutex_);
      last_refusal_ = answer.body.substr(0, 2'000);
    } else {
      SCRUTINEER_CHECKED(hand_over_blobs(note));
    }
    handed_over_ = index + 1;
  }
  std::lock_guard lock(mutex_);
  return save();
}

void Uplink::run() {
  while (!ending_) {
    std::uint64_t end = collector_.acknowledged();
    if (off_ || handed_over_ >= end) {
      if (!off_ && !connected_) connected_ = client_->get("/api/v1/status", kAnswerBytes).has_value();
      collector_.wait_for_change(end, std::chrono::milliseconds(off_ ? 200 : 500));
      if (off_) {
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, kRetry, [&] { return ending_ || !off_; });
      } else if (handed_over_ >= collector_.acknowledged()) {
        connected_ = client_->get("/api/v1/status", kAnswerBytes).has_value();
      }
      continue;
    }
    if (hand_over_some(std::min(end, handed_over_ + kAtOnce))) continue;
    connected_ = false;
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, kRetry, [&] { return ending_.load(); });
  }
}

}  // namespace scrutineer
