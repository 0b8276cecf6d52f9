#include "app/device/state.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "core/crypto/hash.h"
#include "core/record/disclosure.h"

namespace scrutineer::device {
namespace {

Result<std::vector<MeasuredFile>> measure_software(const StateRequest& request) {
  std::vector<MeasuredFile> out;
  const std::vector<std::string> own = {kOwnProgram};
  const auto& files = request.software.empty() ? own : request.software;
  if (files.size() > kDeviceSoftware) return fail(ErrorCode::limit_exceeded, "a statement names at most 32 files");
  for (const std::string& path : files) {
    SCRUTINEER_TRY(Hash256 hash, measure(path));
    const bool self = path == kOwnProgram;
    out.push_back({self ? "scrutineer" : tidy(path.substr(path.rfind('/') + 1)), hash});
  }
  return out;
}

Result<std::optional<Hash256>> measure_one(const std::string& path) {
  if (path.empty()) return std::nullopt;
  SCRUTINEER_TRY(Hash256 hash, measure(path));
  return hash;
}

std::string as_json(const std::string& text) {
  JsonWriter out;
  out.string(text);
  return out.take();
}

void commit_to(const std::vector<Identifier>& identifiers, State& state, Rng& rng) {
  for (const Identifier& one : identifiers) {
    if (state.disclosures.size() == kDeviceDigests) {
      state.inventory.unread.push_back({"serial numbers and addresses", "more than a statement commits to"});
      put_in_order(state.inventory);
      return;
    }
    state.disclosures.push_back(make_disclosure(one.name, as_json(one.value), rng));
    state.statement.digests.push_back(disclosure_digest(state.disclosures.back()));
  }
  // In no order: which digest is of what must not show.
  std::sort(state.statement.digests.begin(), state.statement.digests.end());
}

void place_inventory(State& state) {
  std::string text = inventory_text(state.inventory);
  if (text.size() <= kInventoryInline) {
    state.statement.inventory = state.inventory;
    return;
  }
  state.statement.inventory_blob = BlobRef{blob_hash(text), static_cast<std::int64_t>(text.size()), "application/json"};
  state.inventory_blob = std::move(text);
}

TpmAnswer ask(const StateRequest& request, bool has_tpm, const Hash256& measured) {
  TpmAnswer out;
  // A socket that was named is a TPM, whatever the kernel knows.
  const bool named = request.tpm != kTpmPath;
  out.state = has_tpm || named ? TpmState::not_asked : TpmState::none;
  if (request.nonce.empty() || out.state == TpmState::none) return out;
  auto failed = [&](const Error& error) {
    out.state = TpmState::failed;
    out.trouble = tidy(to_string(error));
    return out;
  };
  auto channel = open_tpm(request.tpm);
  if (!channel) return failed(channel.error());
  std::vector<std::int64_t> registers = request.registers;
  if (registers.empty()) registers.assign(std::begin(kUsualRegisters), std::end(kUsualRegisters));
  auto answer = ask_for_quote(**channel, request.nonce, measured, registers);
  if (!answer) return failed(answer.error());
  return *answer;
}

}  // namespace

Result<Hash256> measure(const std::string& path) {
  auto trouble = [&] {
    const int number = errno;
    return fail(number == ENOENT ? ErrorCode::not_found : ErrorCode::io_error, std::generic_category().message(number),
                path);
  };
  const int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (number < 0) return trouble();
  struct Closer {
    int number;
    ~Closer() { ::close(number); }
  } closer{number};
  Sha256 hash;
  std::uint64_t size = 0;
  std::string buffer(256 << 10, '\0');
  while (true) {
    const ssize_t n = ::read(number, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return trouble();
    if (n == 0) return hash.finish();
    hash.update(BytesView(buffer).substr(0, static_cast<std::size_t>(n)));
    size += static_cast<std::uint64_t>(n);
    if (size > kMeasuredBytes) return fail(ErrorCode::limit_exceeded, "larger than 4 GiB", path);
  }
}

Result<State> state_of(const StateRequest& request, Rng& rng) {
  if (!request.nonce.empty() && (request.nonce.size() < kNonceLeast || request.nonce.size() > kNonceMost))
    return fail(ErrorCode::invalid_argument, "an observer's nonce has 16 to 64 bytes (32 to 128 hex digits)");
  State state;
  DeviceStatement& statement = state.statement;
  statement.area = request.area;
  statement.device = request.device;
  statement.event = request.event;
  statement.previous = request.previous;
  SCRUTINEER_TRY(statement.software, measure_software(request));
  SCRUTINEER_TRY(statement.definition, measure_one(request.definition));
  SCRUTINEER_TRY(statement.thresholds, measure_one(request.thresholds));
  Looked looked = look_around(request.root);
  state.inventory = std::move(looked.inventory);
  commit_to(looked.identifiers, state, rng);
  place_inventory(state);
  statement.tpm = ask(request, looked.has_tpm, measured_hash(statement));
  if (request.allowed) {
    statement.allowed = request.allowed_hash;
    statement.differences = differences(statement, state.inventory, *request.allowed);
  }
  return state;
}

Result<std::string> state_record(const StateRequest& request, const State& state, const std::string& at) {
  std::string text = record_text(Record{request.election, at, state.statement});
  SCRUTINEER_CHECKED(read_record_text(text).map([](const Record&) {}));
  return text;
}

Status watch(StateRequest request, Rng& rng, const std::function<bool()>& stop, const std::function<void()>& wait,
             const std::function<Result<RecordId>(const StateRequest&, const State&)>& each) {
  std::optional<Hash256> before;
  while (!stop()) {
    if (before) request.event = DeviceEvent::change;
    SCRUTINEER_TRY(State state, state_of(request, rng));
    const Hash256 now = measured_hash(state.statement);
    if (before != now) {
      SCRUTINEER_TRY(request.previous, each(request, state));
      before = now;
      request.nonce.clear();  // an observer's nonce is answered once
    }
    wait();
  }
  return {};
}

}  // namespace scrutineer::device
