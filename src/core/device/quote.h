// A TPM 2.0's answer to an observer's own nonce: taken apart and checked. Sections are of the "TPM 2.0 Library",
// revision 1.59, Part 2 (Structures). docs/formats/device-statement.md.
#pragma once

#include "core/record/device.h"

namespace scrutineer::device {

// TPMS_ATTEST (section 10.12.12) with TPMS_QUOTE_INFO (10.12.4) in it.
struct Quote {
  Bytes answer;                    // extraData: what was asked
  std::uint64_t clock = 0;         // milliseconds that the chip has run, ever
  std::uint32_t resets = 0;        // how often the machine was started since the chip was cleared
  std::uint32_t restarts = 0;      // how often it woke from sleep since
  bool safe = false;               // the clock has not been set back by a loss of power
  std::vector<std::int64_t> pcrs;  // registers of the SHA-256 bank, ascending
  Hash256 registers;               // SHA-256 of their values, in that order
};

// Every byte is read; nothing may be missing or stand behind it. Errors: malformed (where: the field), unsupported (not
// a quote, or over registers of another bank).
Result<Quote> parse_quote(BytesView attest);

// SHA-256("scrutineer/device-quote" LF nonce measured): what the chip is asked to sign.
Hash256 quote_answer(BytesView nonce, const Hash256& measured);

// r and s as fixed 32-byte numbers, as ASN.1 DER, which verify_signature() reads.
Bytes der_signature(BytesView r, BytesView s);

// The public key with these coordinates (32 bytes each) as SubjectPublicKeyInfo. Error malformed: not on the curve.
Result<PublicKey> p256_key(BytesView x, BytesView y);

struct QuoteQuestion {
  Bytes nonce;                          // the observer's own
  Hash256 measured;                     // of the statement that it must belong to
  PublicKey key;                        // of the enrolment
  std::vector<RegisterValue> enrolled;  // what the registers held when it was sealed; empty: nobody wrote it down
};

// Whether this chip answered this nonce for these measured values with registers as they were enrolled. Errors:
// malformed and unsupported (parse_quote), bad_signature (another key, or a changed byte), stale (another nonce, or
// another statement: the chip's answer does not tell which), conflict (registers).
Result<Quote> check_quote(const TpmAnswer& answer, const QuoteQuestion& question);

// The same in one line of text, for a QR code.
struct QuoteText {
  std::string device;
  Hash256 measured;
  TpmAnswer answer;  // state quote
  friend bool operator==(const QuoteText&, const QuoteText&) = default;
};
inline constexpr std::string_view kQuoteStart = "SCRUTINEER-QUOTE/1 ";
inline constexpr std::size_t kQuoteTextBytes = 8u << 10;
std::string to_text(const QuoteText& quote);
// The same where it has at most so many characters; else without the values of the registers, which are then compared
// with those of the enrolment.
std::string to_code_text(const QuoteText& quote, std::size_t most);
// Errors: malformed (where: the field), limit_exceeded.
Result<QuoteText> parse_quote_text(std::string_view text);

}  // namespace scrutineer::device
