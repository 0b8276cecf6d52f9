// A machine's statement of itself: looked around, measured, compared, answered by its TPM.
#pragma once

#include <functional>

#include "app/device/look.h"
#include "app/device/tpm.h"
#include "core/base/clock.h"
#include "core/base/disk.h"
#include "core/device/allowed.h"
#include "core/record/record.h"

namespace scrutineer::device {

inline constexpr std::uint64_t kMeasuredBytes = 4ull << 30;  // of a file that is measured
inline constexpr const char* kOwnProgram = "/proc/self/exe";

struct StateRequest {
  RecordId election;
  std::string area, device;
  DeviceEvent event = DeviceEvent::open;
  std::vector<std::string> software;   // files; empty: this program
  std::string definition, thresholds;  // files; empty: none
  std::optional<AllowedList> allowed;
  std::optional<Hash256> allowed_hash;
  std::optional<RecordId> previous;
  std::string root;  // look_around()
  Bytes nonce;       // empty: the TPM is not asked
  std::string tpm = kTpmPath;
  std::vector<std::int64_t> registers;  // empty: the usual ones
};

struct State {
  DeviceStatement statement;
  Inventory inventory;                   // also where the statement names a blob
  std::string inventory_blob;            // not empty: the bytes of that blob
  std::vector<std::string> disclosures;  // private: serial numbers and addresses, with their salts
};

// SHA-256 of a file's bytes. Errors: those of the disk, limit_exceeded.
Result<Hash256> measure(const std::string& path);

// Errors: invalid_argument (a nonce of another size), those of reading what is to be measured. A TPM that fails is no
// error: the statement says so.
Result<State> state_of(const StateRequest& request, Rng& rng);

// The record to be signed. Errors: limit_exceeded, malformed (a name that a record does not take).
Result<std::string> state_record(const StateRequest& request, const State& state, const std::string& at);

// Looks every `interval_ms` and calls `each` with the statement at first and then one for every change of what is
// there, runs or is connected; until `stop` says so or `each` fails. `wait`: sleeps so long. Each statement names the
// one before.
Status watch(StateRequest request, Rng& rng, const std::function<bool()>& stop, const std::function<void()>& wait,
             const std::function<Result<RecordId>(const StateRequest&, const State&)>& each);

}  // namespace scrutineer::device
