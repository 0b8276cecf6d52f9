#include "core/device/quote.h"

#include <algorithm>

#include "core/crypto/hash.h"
#include "core/device/tpm_bytes.h"

namespace scrutineer::device {
namespace {

// Part 2, section 6.2 (TPM_GENERATED_VALUE) and 6.9 (TPM_ST_ATTEST_QUOTE), 6.3 (TPM_ALG_SHA256).
constexpr std::uint32_t kGenerated = 0xff544347;
constexpr std::uint16_t kAttestQuote = 0x8018;
constexpr std::uint16_t kSha256 = 0x000b;
constexpr std::size_t kNumberBytes = 32;  // coordinates and signature halves of P-256
constexpr std::size_t kSelectBytes = 8;   // of a selection of registers; three are usual

// Section 10.12.12: the members before `attested`.
Result<Quote> read_head(TpmBytes& in) {
  Quote quote;
  if (in.u32("magic") != kGenerated && !in.bad())
    return fail(ErrorCode::malformed, "no TPM made this: it does not begin with TPM_GENERATED_VALUE", "magic");
  if (in.u16("type") != kAttestQuote && !in.bad())
    return fail(ErrorCode::unsupported, "a TPM signed this, but it is not a quote", "type");
  in.sized("qualifiedSigner");
  quote.answer = Bytes(in.sized("extraData"));
  quote.clock = in.u64("clock");  // section 10.11.1, TPMS_CLOCK_INFO
  quote.resets = in.u32("resetCount");
  quote.restarts = in.u32("restartCount");
  const std::uint8_t safe = in.u8("safe");
  if (safe > 1) return fail(ErrorCode::malformed, "it is neither yes nor no", "safe");  // section 9.2, TPMI_YES_NO
  quote.safe = safe == 1;
  in.u64("firmwareVersion");
  return quote;
}

// Section 10.12.4: TPML_PCR_SELECTION (10.9.7) of one bank, and the digest.
Status read_registers(TpmBytes& in, Quote& quote) {
  const std::uint32_t banks = in.u32("pcrSelect");
  if (!in.bad() && banks != 1) return fail(ErrorCode::unsupported, "expected registers of one bank", "pcrSelect");
  if (in.u16("pcrSelect.hash") != kSha256 && !in.bad())
    return fail(ErrorCode::unsupported, "expected registers of the SHA-256 bank", "pcrSelect.hash");
  const std::size_t size = in.u8("pcrSelect.sizeofSelect");
  if (size > kSelectBytes) return fail(ErrorCode::malformed, "too many registers", "pcrSelect.sizeofSelect");
  BytesView bits = in.take(size, "pcrSelect.pcrSelect");
  for (std::size_t i = 0; i < bits.size() * 8; ++i)
    if ((static_cast<unsigned char>(bits[i / 8]) >> (i % 8) & 1) != 0)
      quote.pcrs.push_back(static_cast<std::int64_t>(i));
  BytesView digest = in.sized("pcrDigest");
  if (in.bad()) return {};
  auto hash = hash_from_bytes(digest);
  if (!hash) return fail(ErrorCode::malformed, "expected 32 bytes", "pcrDigest");
  quote.registers = *hash;
  return {};
}

// ASN.1 INTEGER, DER: no needless zeros, one where the first bit is set.
void append_integer(Bytes& out, BytesView number) {
  while (number.size() > 1 && number[0] == 0) number.remove_prefix(1);
  const bool pad = !number.empty() && (static_cast<unsigned char>(number[0]) & 0x80) != 0;
  out += '\x02';
  out += static_cast<char>(number.size() + (pad ? 1 : 0));
  if (pad) out += '\0';
  out.append(number);
}

// A short code leaves the values out: then they can only be those that were written down at sealing.
Status check_enrolled_alone(const Quote& quote, const std::vector<RegisterValue>& enrolled) {
  Sha256 digest;
  std::size_t known = 0;
  for (const RegisterValue& value : enrolled) {
    if (std::find(quote.pcrs.begin(), quote.pcrs.end(), value.index) == quote.pcrs.end())
      return fail(ErrorCode::conflict, "the quote leaves out a register whose value was written down at sealing",
                  "register " + std::to_string(value.index));
    digest.update(value.sha256.view());
    ++known;
  }
  if (known != quote.pcrs.size())
    return fail(ErrorCode::conflict,
                "the code leaves out what the registers held, and that was not written down at sealing: check the "
                "statement itself");
  if (digest.finish() != quote.registers)
    return fail(ErrorCode::conflict,
                "what the machine started with is not what it started with when it was sealed (the statement itself "
                "tells which register)");
  return {};
}

Status check_registers(const Quote& quote, const std::vector<RegisterValue>& shown,
                       const std::vector<RegisterValue>& enrolled) {
  if (shown.empty() && !quote.pcrs.empty()) return check_enrolled_alone(quote, enrolled);
  Sha256 digest;
  std::vector<std::int64_t> indices;
  for (const RegisterValue& value : shown) {
    indices.push_back(value.index);
    digest.update(value.sha256.view());
  }
  if (indices != quote.pcrs)
    return fail(ErrorCode::conflict, "the values shown are of other registers than those that the TPM signed", "pcrs");
  if (digest.finish() != quote.registers)
    return fail(ErrorCode::conflict, "the TPM signed other values of its registers than those shown", "pcrs");
  for (const RegisterValue& wanted : enrolled) {
    auto found =
        std::find_if(shown.begin(), shown.end(), [&](const auto& value) { return value.index == wanted.index; });
    const std::string where = "register " + std::to_string(wanted.index);
    if (found == shown.end())
      return fail(ErrorCode::conflict, "the quote leaves out a register whose value was written down at sealing",
                  where);
    if (found->sha256 != wanted.sha256)
      return fail(ErrorCode::conflict, "what the machine started with is not what it started with when it was sealed",
                  where);
  }
  return {};
}

// ---- one line of text ----

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
         c == '-' || c == '/';
}

std::string token(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (char c : text) {
    if (is_plain(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

std::optional<std::string> from_token(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    const std::size_t high = kDigits.find(text[i + 1]), low = kDigits.find(text[i + 2]);
    if (high == kDigits.npos || low == kDigits.npos) return std::nullopt;
    out += static_cast<char>(high << 4 | low);
    i += 2;
  }
  if (out.empty() || out.size() > kShortBytes || !is_utf8(out) || token(out) != text) return std::nullopt;
  return out;
}

std::optional<std::vector<RegisterValue>> read_values(std::string_view text) {
  std::vector<RegisterValue> values;
  if (text == "-") return values;
  while (true) {
    const std::size_t comma = text.find(',');
    std::string_view one = text.substr(0, comma);
    const std::size_t equals = one.find('=');
    if (equals == one.npos) return std::nullopt;
    auto index = parse_decimal(one.substr(0, equals));
    auto hash = hash_from_hex(one.substr(equals + 1));
    if (!index || *index >= kDevicePcrs || !hash) return std::nullopt;
    if (!values.empty() && values.back().index >= static_cast<std::int64_t>(*index)) return std::nullopt;
    values.push_back({static_cast<std::int64_t>(*index), *hash});
    if (comma == text.npos) return values;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

Result<Quote> parse_quote(BytesView attest) {
  TpmBytes in(attest);
  SCRUTINEER_TRY(Quote quote, read_head(in));
  SCRUTINEER_CHECKED(read_registers(in, quote));
  SCRUTINEER_CHECKED(in.finish());
  return quote;
}

Hash256 quote_answer(BytesView nonce, const Hash256& measured) {
  return Sha256().update("scrutineer/device-quote\n").update(nonce).update(measured.view()).finish();
}

Bytes der_signature(BytesView r, BytesView s) {
  Bytes numbers;
  append_integer(numbers, r);
  append_integer(numbers, s);
  Bytes out = "\x30";
  out += static_cast<char>(numbers.size());
  return out + numbers;
}

Result<PublicKey> p256_key(BytesView x, BytesView y) {
  // RFC 5480: id-ecPublicKey, secp256r1, and the uncompressed point.
  constexpr std::string_view kHead(
      "\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00\x04",
      27);
  if (x.size() > kNumberBytes || y.size() > kNumberBytes)
    return fail(ErrorCode::malformed, "a coordinate of this key has more than 32 bytes");
  PublicKey key{KeyType::ecdsa_p256, Bytes(kHead)};
  key.bytes.append(kNumberBytes - x.size(), '\0').append(x);
  key.bytes.append(kNumberBytes - y.size(), '\0').append(y);
  SCRUTINEER_CHECKED(check_public_key(key));
  return key;
}

Result<Quote> check_quote(const TpmAnswer& answer, const QuoteQuestion& question) {
  if (answer.state != TpmState::quote) return fail(ErrorCode::not_found, "there is no quote in it");
  SCRUTINEER_TRY(Quote quote, parse_quote(answer.attest));
  if (!verify_signature(question.key, answer.attest, answer.signature))
    return fail(ErrorCode::bad_signature,
                "the signature is not by the key that was enrolled when the machine was sealed, or something was "
                "changed since");
  if (quote.answer != quote_answer(question.nonce, question.measured).view()) {
    // The answer is a hash: it tells that it answers something else, and its own nonce tells what.
    if (quote.answer == quote_answer(answer.nonce, question.measured).view())
      return fail(ErrorCode::stale, "it answers another nonce than yours: it may be an old one that is shown again");
    if (answer.nonce == question.nonce)
      return fail(ErrorCode::conflict,
                  "it answers your nonce, but for other measured values than those of the statement");
    return fail(ErrorCode::stale, "it answers neither your nonce nor for the measured values of the statement");
  }
  SCRUTINEER_CHECKED(check_registers(quote, answer.pcrs, question.enrolled));
  return quote;
}

std::string to_text(const QuoteText& quote) {
  std::string values;
  for (const RegisterValue& value : quote.answer.pcrs)
    values += (values.empty() ? "" : ",") + std::to_string(value.index) + "=" + to_hex(value.sha256);
  return std::string(kQuoteStart) + token(quote.device) + " " + to_hex(quote.answer.nonce) + " " +
         to_hex(quote.measured) + " " + (values.empty() ? "-" : values) + " " + to_base64(quote.answer.attest) + " " +
         to_base64(quote.answer.signature);
}

std::string to_code_text(const QuoteText& quote, std::size_t most) {
  std::string text = to_text(quote);
  if (text.size() <= most) return text;
  QuoteText shorter = quote;
  shorter.answer.pcrs.clear();
  return to_text(shorter);
}

Result<QuoteText> parse_quote_text(std::string_view text) {
  if (text.size() > kQuoteTextBytes) return fail(ErrorCode::limit_exceeded, "a quote has at most 8 KiB");
  if (!text.starts_with(kQuoteStart)) return fail(ErrorCode::malformed, "this is no quote of a counting machine");
  text.remove_prefix(kQuoteStart.size());
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  std::vector<std::string_view> fields;
  for (std::size_t at = 0; fields.size() <= 6; at = text.find(' ', at) + 1) {
    const std::size_t end = text.find(' ', at);
    fields.push_back(text.substr(at, end == text.npos ? text.npos : end - at));
    if (end == text.npos) break;
  }
  if (fields.size() != 6) return fail(ErrorCode::malformed, "a quote has six fields: this one was cut, or has more");
  QuoteText quote;
  quote.answer.state = TpmState::quote;
  auto device = from_token(fields[0]);
  auto nonce = from_hex(fields[1]);
  auto measured = hash_from_hex(fields[2]);
  auto values = read_values(fields[3]);
  auto attest = from_base64(fields[4]), signature = from_base64(fields[5]);
  if (!device) return fail(ErrorCode::malformed, "expected the machine's name", "device");
  if (!nonce || nonce->size() < kNonceLeast || nonce->size() > kNonceMost)
    return fail(ErrorCode::malformed, "expected 16 to 64 bytes in hex", "nonce");
  if (!measured) return fail(ErrorCode::malformed, "expected 64 hex digits", "measured");
  if (!values) return fail(ErrorCode::malformed, "expected values of registers", "pcrs");
  if (!attest || attest->size() > kQuoteBytes) return fail(ErrorCode::malformed, "expected base64", "attest");
  if (!signature || signature->size() > kQuoteBytes) return fail(ErrorCode::malformed, "expected base64", "signature");
  quote.device = std::move(*device);
  quote.measured = *measured;
  quote.answer.nonce = std::move(*nonce);
  quote.answer.pcrs = std::move(*values);
  quote.answer.attest = std::move(*attest);
  quote.answer.signature = std::move(*signature);
  return quote;
}

}  // namespace scrutineer::device
