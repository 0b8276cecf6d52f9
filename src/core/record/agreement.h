// agreement/1: what a notifier and an institution agreed before the first notice (docs/formats/notice.md). Its record
// id is the agreement's name in every other record of the exchange, and all that a verifier has to be given.
#pragma once

#include "core/note/vkey.h"
#include "core/record/body.h"

namespace scrutineer {

inline constexpr std::size_t kAgreementPeople = 64;     // of one party
inline constexpr std::size_t kAgreementRelays = 15;     //
inline constexpr std::size_t kAgreementWitnesses = 15;  // as many as a checkpoint has room for
inline constexpr std::size_t kAgreementDeadlines = 32;
inline constexpr std::size_t kAgreementAddresses = 16;  // of one party
inline constexpr std::size_t kAgreementBoxes = 8;       // of one party
inline constexpr std::int64_t kDeadlineSeconds = 366LL * 86'400;

enum class PartyRole : std::uint8_t { notifier, institution, oversight };
inline constexpr std::string_view kPartyRoleNames[] = {"notifier", "institution", "oversight"};

// What somebody does for a party. `representative`: signs agreements, rotas and changes of keys.
enum class Duty : std::uint8_t { officer, deputy, telephone, representative };
inline constexpr std::string_view kDutyNames[] = {"officer", "deputy", "telephone", "representative"};

struct AgreedPerson {
  VerifierKey key;  // its name is a role name: "commission/officer-1"
  Duty duty = Duty::officer;
  friend bool operator==(const AgreedPerson&, const AgreedPerson&) = default;
};

// What contents are sealed to: an X25519 public key.
struct AgreedBox {
  std::string name;
  Bytes public_key;  // 32 bytes
  friend bool operator==(const AgreedBox&, const AgreedBox&) = default;
};

enum class Channel : std::uint8_t { https, taxii, mail, stick, telephone, relay };
inline constexpr std::string_view kChannelNames[] = {"https", "taxii", "mail", "stick", "telephone", "relay"};

struct AgreedAddress {
  Channel channel = Channel::https;
  std::string address;  // URL, mail address, telephone number
  friend bool operator==(const AgreedAddress&, const AgreedAddress&) = default;
};

struct AgreedParty {
  Bilingual title;
  VerifierKey log;      // of its own log: the name is the origin
  VerifierKey machine;  // signs what happens by itself: notices to many, receipts
  std::vector<AgreedBox> boxes;
  std::vector<AgreedPerson> people;
  std::int64_t threshold = 1;  // representatives that must sign for it
  std::vector<AgreedAddress> addresses;
  friend bool operator==(const AgreedParty&, const AgreedParty&) = default;
};

struct AgreedRelay {
  Bilingual title;
  VerifierKey log;
  VerifierKey key;  // signs what is available there
  std::string url;
  friend bool operator==(const AgreedRelay&, const AgreedRelay&) = default;
};

// When a notice counts as received: at a quorum of relays, whether the institution looks or not; or with its receipt.
enum class CountsAsReceived : std::uint8_t { available, receipt };
inline constexpr std::string_view kCountsAsReceivedNames[] = {"available", "receipt"};

// What has to happen in time. initial, full, final: the stages of an answer.
enum class NoticeStep : std::uint8_t { receipt, acknowledgement, initial, full, final };
inline constexpr std::string_view kNoticeStepNames[] = {"receipt", "acknowledgement", "initial", "full", "final"};

// What happens by itself where it did not.
enum class EscalateTo : std::uint8_t { none, mail, deputy, telephone, oversight };
inline constexpr std::string_view kEscalateToNames[] = {"none", "mail", "deputy", "telephone", "oversight"};

struct AgreedDeadline {
  std::string code;  // "person-15m"; unique in the agreement
  NoticeStep step = NoticeStep::receipt;
  std::int64_t after = 0;  // seconds from when the notice counts as received
  EscalateTo then = EscalateTo::none;
  std::vector<std::string> kinds;  // of notices (kNoticeKindNames) that it holds for; empty: all
  std::string law;                 // whose clock it is, where it is the law's; may be empty
  friend bool operator==(const AgreedDeadline&, const AgreedDeadline&) = default;
};

struct Agreement {
  Bilingual title;
  bool simulated = false;
  AgreedParty notifier, institution;
  std::optional<AgreedParty> oversight;
  std::vector<AgreedRelay> relays;
  std::int64_t quorum = 1;  // of relays
  std::vector<VerifierKey> witnesses;
  std::int64_t witness_quorum = 1;
  std::int64_t heartbeat = 60;  // seconds: every log of the agreement is witnessed at least so often
  CountsAsReceived received = CountsAsReceived::available;
  std::vector<AgreedDeadline> deadlines;
  const AgreedParty* party(PartyRole role) const;  // nullptr: there is no such party
};
// As JSON objects, as they stand in an agreement: for whoever writes one.
void write(JsonWriter& out, const AgreedParty& party);
void write(JsonWriter& out, const AgreedRelay& relay);
void write_members(JsonWriter& out, const Agreement& agreement);
Agreement read_agreement(const ObjectReader& in);

// key-change/1 {agreement, party, part, add?, duty?, remove?, reason}: a party replaces, adds or withdraws a key.
// Signed by its representatives as they were before. `add`, `remove`: vkeys; of boxes "NAME base64".
enum class KeyPart : std::uint8_t { person, machine, box };
inline constexpr std::string_view kKeyPartNames[] = {"person", "machine", "box"};
struct KeyChange {
  PartyRole party = PartyRole::institution;
  KeyPart part = KeyPart::person;
  std::string add, remove;  // either may be empty, not both; a machine's key is always replaced
  Duty duty = Duty::officer;
  std::string reason;
};
void write_members(JsonWriter& out, const KeyChange& change);
KeyChange read_key_change(const ObjectReader& in);

// "NAME base64(key)"; nullopt where it is none.
std::string to_string(const AgreedBox& box);
std::optional<AgreedBox> parse_box(std::string_view text);

// duty/1 {agreement, party, from, until, officers, deputies}: who is on duty. Signed by a representative, before it
// begins: a rota that the log holds only afterwards proves nothing.
struct DutyRota {
  PartyRole party = PartyRole::institution;
  std::string from, until;            // RFC 3339
  std::vector<std::string> officers;  // names of keys
  std::vector<std::string> deputies;
};
void write_members(JsonWriter& out, const DutyRota& rota);
DutyRota read_duty_rota(const ObjectReader& in);

}  // namespace scrutineer
