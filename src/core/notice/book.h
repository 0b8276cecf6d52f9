// The book of notices: who agreed what, who may speak, and everything said about each notice. A fold over records that
// gives the same book in whatever order they come: replayed and reordered records change nothing.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/record/notice_record.h"

namespace scrutineer {

using NoticeIndex = std::uint32_t;  // of a record in the book, in the order in which they came

// In what capacity a key speaks under an agreement.
enum class Capacity : std::uint8_t { person, machine, relay };
struct Speaker {
  VerifierKey key;
  Capacity capacity = Capacity::person;
  PartyRole party = PartyRole::notifier;            // of persons and machines
  Duty duty = Duty::officer;                        // of persons
  std::size_t relay = 0;                            // index into Agreement::relays
  std::optional<NoticeIndex> added_by, removed_by;  // the key changes; absent: from the agreement, never removed
};

// What became of a record's signatures.
struct NoticeSigner {
  std::size_t speaker = 0;  // index into AgreementState::speakers
};

struct BookedNotice {
  RecordId id;
  NoticeRecord record;
  std::vector<NoticeSigner> signers;  // good signatures by keys of the agreement that may say this, one a key
  std::size_t strangers = 0;          // signatures by keys that the agreement does not know, or that may not say this
  bool counts = false;                // signers suffice; an agreement: both parties have signed
};

struct AgreementState {
  RecordId id;
  NoticeIndex record = 0;
  Agreement terms;
  bool in_effect = false;                    // both sides have signed
  std::vector<Speaker> speakers;             // with those that key changes added; removed ones stay, marked
  std::vector<AgreedBox> boxes[3];           // by PartyRole: what to seal to now
  std::vector<AgreedBox> replaced_boxes[3];  // and what not any more
  std::vector<NoticeIndex> rotas, changes, statements;
  std::vector<RecordId> notices;  // first versions, in the order in which they came
  // What contents are sealed to: those who say something keep being able to read it.
  std::vector<AgreedBox> boxes_of_both() const;
  std::optional<std::size_t> find_speaker(std::string_view name, const KeyId& key) const;  // the one not removed first
  // Speakers by their key's id, and the changes that removed keys: for the book.
  std::multimap<KeyId, std::size_t> speakers_by_key;
  std::map<std::pair<PartyRole, std::string>, NoticeIndex> removals;
};

// One version of a notice and what was said about it: records that count, by type, in the order in which they came.
struct NoticeVersion {
  RecordId id;
  NoticeIndex record = 0;
  bool booked = false;  // the notice itself is there, and not only what was said about it
  std::vector<NoticeIndex> availabilities, receipts, acknowledgements, answers, refusals, calls, escalations, silences,
      closings;
};

// A notice with all its versions, by the id of the first.
struct Exchange {
  RecordId agreement;
  std::vector<RecordId> versions;  // first to last; forks of versions stand side by side in the order of arrival
};

enum class SignedBy : std::uint8_t { good, bad, stranger };

class NoticeBook {
 public:
  // What apply() made of an entry.
  enum class Outcome : std::uint8_t {
    added,    // a record that was not there
    signers,  // a known record with further signers
    known,    // nothing new
    waiting,  // its agreement (or notice) is not there yet: kept, and taken in when it comes
  };
  struct Applied {
    Outcome outcome = Outcome::known;
    NoticeIndex index = 0;
  };

  // Takes in an entry with one verdict a signature: good or bad against key_of(), `stranger` where that knows no key.
  // Errors: none: what may not be said is booked and does not count. Records that came before their agreement are
  // verified here when it comes.
  Applied apply(const ParsedNotice& entry, std::span<const SignedBy> checks);

  // The key that the agreement (of the record, or the record itself) gives to this signature; nullopt: a stranger's.
  std::optional<VerifierKey> key_of(const ParsedNotice& entry, const NoteSignature& signature) const;

  // Intake: whether an entry may enter a log. unauthorised: signed by nobody whom the agreement lets say this (or an
  // agreement that this node is no party to: the caller knows); bad_signature; not_found: no such agreement.
  Status may_enter(const ParsedNotice& entry, std::span<const SignedBy> checks) const;

  const std::vector<BookedNotice>& records() const { return records_; }
  std::optional<NoticeIndex> find(const RecordId& id) const;
  const AgreementState* agreement(const RecordId& id) const;
  std::vector<const AgreementState*> agreements() const;  // in the order of arrival
  const NoticeVersion* version(const RecordId& notice) const;
  // What was said about a notice, also where the notice itself is not there.
  const NoticeVersion* said_about(const RecordId& notice) const;
  const Exchange* exchange(const RecordId& first) const;
  const RecordId* first_of(const RecordId& notice) const;  // of any version

 private:
  struct Waiting {
    ParsedNotice entry;
    std::vector<SignedBy> checks;
  };
  AgreementState* state_of(const ParsedNotice& entry, AgreementState& own);
  Applied book(const ParsedNotice& entry, std::span<const SignedBy> checks);
  bool add_signers(AgreementState& state, BookedNotice& record, const ParsedNotice& entry,
                   std::span<const SignedBy> checks);
  void take_effect(AgreementState& state, NoticeIndex index);
  void add_version(AgreementState& state, NoticeIndex index);
  void stand_alone(const RecordId& agreement, Exchange& exchange);
  void take_waiting(const RecordId& agreement);
  NoticeVersion& version_at(const RecordId& notice);

  std::vector<BookedNotice> records_;
  std::unordered_map<RecordId, NoticeIndex> by_id_;
  std::map<RecordId, AgreementState> agreements_;
  std::vector<RecordId> agreement_order_;
  std::unordered_map<RecordId, NoticeVersion> versions_;
  std::unordered_map<RecordId, Exchange> exchanges_;
  std::unordered_map<RecordId, RecordId> firsts_;
  std::map<RecordId, std::vector<Waiting>> waiting_;  // by the agreement that has not come
  std::size_t waiting_count_ = 0;
};

}  // namespace scrutineer
