// The few commands to a TPM 2.0 that a quote takes, as bytes, and their answers taken apart: "TPM 2.0 Library",
// revision 1.59, Part 3 (Commands); structures of Part 2. Nothing here talks to a chip (app/device/tpm.h does).
#pragma once

#include <span>

#include "core/record/device.h"

namespace scrutineer::device {

inline constexpr std::size_t kTpmBytes = 4'096;   // of a command and of an answer (PC Client Platform TPM Profile)
inline constexpr std::size_t kTpmReadAtOnce = 8;  // registers in one answer of TPM2_PCR_Read

Bytes startup_command();  // section 9.3: of a chip that nobody has started
// Section 24.1: the key of the endorsement hierarchy for one template; the same chip makes the same key each time.
Bytes create_key_command();
Bytes flush_command(std::uint32_t handle);  // section 28.4
// Section 22.4: of the SHA-256 bank, indices ascending, at most kTpmReadAtOnce.
Bytes read_registers_command(std::span<const std::int64_t> indices);
// Section 18.4: signs `answer` and the registers with the key of that handle.
Bytes quote_command(std::uint32_t handle, BytesView answer, std::span<const std::int64_t> indices);

// What an answer holds. Errors: malformed; unsupported (the chip refused: its response code, Part 2 section 6.6, stands
// in `where`).
Status read_plain_answer(BytesView answer);
struct CreatedKey {
  std::uint32_t handle = 0;
  PublicKey key;  // P-256
};
Result<CreatedKey> read_created_key(BytesView answer);
// Fewer than asked for where the chip has no such register.
Result<std::vector<RegisterValue>> read_register_values(BytesView answer);
struct QuoteAnswer {
  Bytes attest, signature;  // TPMS_ATTEST; r and s in DER
};
Result<QuoteAnswer> read_quote_answer(BytesView answer);

// The size that an answer's header states: 0 until the header is there.
std::size_t tpm_answer_size(BytesView start);

}  // namespace scrutineer::device
