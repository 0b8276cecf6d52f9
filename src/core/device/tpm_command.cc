#include "core/device/tpm_command.h"

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/device/quote.h"
#include "core/device/tpm_bytes.h"

namespace scrutineer::device {
namespace {

// Part 2: 6.9 (structure tags), 6.5.2 (command codes), 6.3 (algorithms), 6.4 (curves), 7.4 (permanent handles).
constexpr std::uint16_t kNoSessions = 0x8001, kSessions = 0x8002;
constexpr std::uint32_t kStartup = 0x144, kCreatePrimary = 0x131, kFlushContext = 0x165, kPcrRead = 0x17e,
                        kQuote = 0x158;
constexpr std::uint16_t kAlgSha256 = 0x000b, kAlgNull = 0x0010, kAlgEcdsa = 0x0018, kAlgEcc = 0x0023;
constexpr std::uint16_t kCurveP256 = 0x0003;
constexpr std::uint32_t kEndorsement = 0x4000000b, kPassword = 0x40000009;
constexpr std::uint32_t kInitialized = 0x100;  // 6.6.3, TPM_RC_INITIALIZE: it has been started already
// 8.3, TPMA_OBJECT: fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, noDA, restricted, sign. Restricted: it
// signs only what the chip itself has made.
constexpr std::uint32_t kAttributes = 1u << 1 | 1u << 4 | 1u << 5 | 1u << 6 | 1u << 10 | 1u << 16 | 1u << 18;
constexpr std::size_t kHeaderBytes = 10;
constexpr std::size_t kSelectBytes = 3;  // 24 registers

Bytes command(std::uint16_t tag, std::uint32_t code, BytesView rest) {
  Bytes out;
  append_be16(out, tag);
  append_be32(out, static_cast<std::uint32_t>(kHeaderBytes + rest.size()));
  append_be32(out, code);
  return out.append(rest);
}

void append_sized(Bytes& out, BytesView bytes) {
  append_be16(out, static_cast<std::uint16_t>(bytes.size()));
  out.append(bytes);
}

// Part 1, 19.4: a password authorisation with an empty password, as one session.
void append_empty_password(Bytes& out) {
  append_be32(out, 9);
  append_be32(out, kPassword);
  append_be16(out, 0);  // nonce
  out += '\0';          // attributes
  append_be16(out, 0);  // password
}

void append_selection(Bytes& out, std::span<const std::int64_t> indices) {
  Bytes bits(kSelectBytes, '\0');
  for (std::int64_t index : indices) {
    check(index >= 0 && index < static_cast<std::int64_t>(kSelectBytes * 8), "a TPM has registers 0 to 23");
    bits[index / 8] = static_cast<char>(static_cast<unsigned char>(bits[index / 8]) | 1u << (index % 8));
  }
  append_be32(out, 1);
  append_be16(out, kAlgSha256);
  out += static_cast<char>(kSelectBytes);
  out.append(bits);
}

// Part 3, 5.3: tag, size, response code. What follows is in `in`.
Status read_header(TpmBytes& in, std::size_t size, std::uint16_t wanted) {
  const std::uint16_t tag = in.u16("tag");
  const std::uint32_t stated = in.u32("responseSize"), code = in.u32("responseCode");
  if (in.bad() || stated != size) return fail(ErrorCode::malformed, "the TPM's answer is cut, or longer than it says");
  if (code != 0) return fail(ErrorCode::unsupported, "the TPM refused", fmt::format("response code 0x{:03x}", code));
  if (tag != wanted) return fail(ErrorCode::malformed, "the TPM answered something else than what it was asked");
  return {};
}

// Part 2, 12.2.4: TPMT_PUBLIC of the template.
Result<PublicKey> read_public(BytesView area) {
  TpmBytes in(area);
  const bool ours = in.u16("type") == kAlgEcc && in.u16("nameAlg") == kAlgSha256 &&
                    in.u32("objectAttributes") == kAttributes && in.sized("authPolicy").empty() &&
                    in.u16("symmetric") == kAlgNull && in.u16("scheme") == kAlgEcdsa && in.u16("hash") == kAlgSha256 &&
                    in.u16("curve") == kCurveP256 && in.u16("kdf") == kAlgNull;
  BytesView x = in.sized("x"), y = in.sized("y");
  SCRUTINEER_CHECKED(in.finish());
  if (!ours) return fail(ErrorCode::malformed, "the TPM made another key than the one asked for");
  return p256_key(x, y);
}

}  // namespace

Bytes startup_command() {
  Bytes rest;
  append_be16(rest, 0);  // TPM_SU_CLEAR
  return command(kNoSessions, kStartup, rest);
}

Bytes create_key_command() {
  Bytes area;
  append_be16(area, kAlgEcc);
  append_be16(area, kAlgSha256);
  append_be32(area, kAttributes);
  append_be16(area, 0);         // authPolicy
  append_be16(area, kAlgNull);  // symmetric
  append_be16(area, kAlgEcdsa);
  append_be16(area, kAlgSha256);
  append_be16(area, kCurveP256);
  append_be16(area, kAlgNull);  // kdf
  append_be16(area, 0);         // unique.x
  append_be16(area, 0);         // unique.y
  Bytes rest;
  append_be32(rest, kEndorsement);
  append_empty_password(rest);
  append_sized(rest, BytesView("\0\0\0\0", 4));  // inSensitive: no password, no data
  append_sized(rest, area);
  append_be16(rest, 0);  // outsideInfo
  append_be32(rest, 0);  // creationPCR
  return command(kSessions, kCreatePrimary, rest);
}

Bytes flush_command(std::uint32_t handle) {
  Bytes rest;
  append_be32(rest, handle);
  return command(kNoSessions, kFlushContext, rest);
}

Bytes read_registers_command(std::span<const std::int64_t> indices) {
  Bytes rest;
  append_selection(rest, indices);
  return command(kNoSessions, kPcrRead, rest);
}

Bytes quote_command(std::uint32_t handle, BytesView answer, std::span<const std::int64_t> indices) {
  Bytes rest;
  append_be32(rest, handle);
  append_empty_password(rest);
  append_sized(rest, answer);
  append_be16(rest, kAlgNull);  // inScheme: the key's own
  append_selection(rest, indices);
  return command(kSessions, kQuote, rest);
}

Status read_plain_answer(BytesView answer) {
  TpmBytes in(answer);
  auto header = read_header(in, answer.size(), kNoSessions);
  if (!header && answer.size() == kHeaderBytes && read_be32(answer.data() + 6) == kInitialized) return {};
  SCRUTINEER_CHECKED(std::move(header));
  return in.finish();
}

Result<CreatedKey> read_created_key(BytesView answer) {
  TpmBytes in(answer);
  SCRUTINEER_CHECKED(read_header(in, answer.size(), kSessions));
  CreatedKey created;
  created.handle = in.u32("objectHandle");
  TpmBytes parameters(in.take(in.u32("parameterSize"), "parameters"));
  BytesView area = parameters.sized("outPublic");
  if (in.bad() || parameters.bad()) return fail(ErrorCode::malformed, "the TPM's answer about its key is cut");
  SCRUTINEER_TRY(created.key, read_public(area));
  return created;
}

Result<std::vector<RegisterValue>> read_register_values(BytesView answer) {
  TpmBytes in(answer);
  SCRUTINEER_CHECKED(read_header(in, answer.size(), kNoSessions));
  in.u32("pcrUpdateCounter");
  std::vector<std::int64_t> indices;
  const std::uint32_t banks = in.u32("pcrSelectionOut");
  for (std::uint32_t bank = 0; bank < banks && !in.bad(); ++bank) {
    if (in.u16("hash") != kAlgSha256) return fail(ErrorCode::malformed, "the TPM read registers of another bank");
    BytesView bits = in.take(in.u8("sizeofSelect"), "pcrSelect");
    for (std::size_t i = 0; i < bits.size() * 8; ++i)
      if ((static_cast<unsigned char>(bits[i / 8]) >> (i % 8) & 1) != 0)
        indices.push_back(static_cast<std::int64_t>(i));
  }
  const std::uint32_t count = in.u32("pcrValues");
  if (count != indices.size() || count > kTpmReadAtOnce)
    return fail(ErrorCode::malformed, "the TPM read other registers than it says");
  std::vector<RegisterValue> values;
  for (std::int64_t index : indices) {
    auto hash = hash_from_bytes(in.sized("pcrValues"));
    if (!hash) return fail(ErrorCode::malformed, "a register of the SHA-256 bank holds 32 bytes");
    values.push_back({index, *hash});
  }
  SCRUTINEER_CHECKED(in.finish());
  return values;
}

Result<QuoteAnswer> read_quote_answer(BytesView answer) {
  TpmBytes in(answer);
  SCRUTINEER_CHECKED(read_header(in, answer.size(), kSessions));
  TpmBytes parameters(in.take(in.u32("parameterSize"), "parameters"));
  QuoteAnswer out;
  out.attest = Bytes(parameters.sized("quoted"));
  // Part 2, 11.3.4: TPMT_SIGNATURE.
  const bool ours = parameters.u16("sigAlg") == kAlgEcdsa && parameters.u16("hash") == kAlgSha256;
  BytesView r = parameters.sized("signatureR"), s = parameters.sized("signatureS");
  if (in.bad()) return fail(ErrorCode::malformed, "the TPM's quote is cut");
  SCRUTINEER_CHECKED(parameters.finish());
  if (!ours || r.empty() || s.empty() || r.size() > 32 || s.size() > 32)
    return fail(ErrorCode::malformed, "the TPM signed by another algorithm than the one asked for");
  out.signature = der_signature(r, s);
  return out;
}

std::size_t tpm_answer_size(BytesView start) {
  return start.size() < kHeaderBytes ? 0 : read_be32(start.data() + 2);
}

}  // namespace scrutineer::device
