// Asks a TPM 2.0 for its key and for a quote. Speaks to the chip directly, in the five commands that this takes
// (core/device/tpm_command.h): no library of others is linked, no program is started.
#pragma once

#include <memory>
#include <span>

#include "core/base/bytes.h"
#include "core/record/device.h"

namespace scrutineer::device {

inline constexpr const char* kTpmPath = "/dev/tpmrm0";  // with the kernel's resource manager
inline constexpr int kTpmSeconds = 60;                  // for one answer: making a key may take long
// Firmware, its settings, option code, boot loader and its settings, secure boot (TCG PC Client Platform Firmware
// Profile, 3.3.4), and what the boot loader started (8, 9).
inline constexpr std::int64_t kUsualRegisters[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

// One command, one answer. Not thread-safe.
class TpmChannel {
 public:
  virtual ~TpmChannel() = default;
  // Errors: io_error.
  virtual Result<Bytes> exchange(BytesView command) = 0;
};

// The kernel's device, or the socket of a TPM of software (swtpm). Errors: not_found, io_error, unsupported.
Result<std::unique_ptr<TpmChannel>> open_tpm(const std::string& path);

struct EnrolledTpm {
  PublicKey key;
  std::vector<RegisterValue> registers;
};
// What an enrolment says of the chip. Errors: those of the commands; not_found (a register that it does not have).
Result<EnrolledTpm> ask_for_key(TpmChannel& tpm, std::span<const std::int64_t> registers);

// The chip's answer to a nonce. Errors as above.
Result<TpmAnswer> ask_for_quote(TpmChannel& tpm, BytesView nonce, const Hash256& measured,
                                std::span<const std::int64_t> registers);

}  // namespace scrutineer::device
