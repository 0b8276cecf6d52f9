// What is known of every record: a large election has a million of them, so that they are kept packed (60 bytes, and 8
// for each signer) and handed out as values.
#pragma once

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_map>

#include "core/authority/chunks.h"
#include "core/authority/grants.h"
#include "core/authority/record_index.h"
#include "core/record/record.h"

namespace scrutineer {

using RecordIndex = std::uint32_t;

enum class SignerState : std::uint8_t {
  authorised,   // held a role that the rule asks for, over this unit and contest, at this position
  stranger,     // no key of that name and id was known at that position
  not_granted,  // known, but not (yet) granted such a role there
  revoked,      // the grant had been revoked
  compromised,  // signed after the position from which its key counts as compromised
  adopted,      // counts because a coordinator adopted the record
};
inline constexpr std::string_view kSignerStateNames[] = {"authorised", "stranger",    "not-granted",
                                                         "revoked",    "compromised", "adopted"};

inline constexpr KeyIndex kStranger = ~KeyIndex{0};

struct RecordSigner {
  KeyIndex key = kStranger;
  std::uint32_t stranger = 0;  // index into RecordBook::strangers(), of strangers
  Position position = 0;       // of the entry that brought this signature
  SignerState state = SignerState::not_granted;
};

// Reads members of type Value out of a list by number: what for-loops and <algorithm> need.
template <class List>
class ByIndex {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = decltype(std::declval<const List&>()[0]);
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = value_type;
  ByIndex(const List* list, std::size_t at) : list_(list), at_(at) {}
  value_type operator*() const { return (*list_)[at_]; }
  ByIndex& operator++() {
    ++at_;
    return *this;
  }
  friend bool operator==(const ByIndex&, const ByIndex&) = default;

 private:
  const List* list_;
  std::size_t at_;
};

class RecordStates;

// One a key, in the order in which they arrived. Valid as long as the book; later signers are not in it.
class SignerList {
 public:
  RecordSigner operator[](std::size_t i) const;
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  ByIndex<SignerList> begin() const { return {this, 0}; }
  ByIndex<SignerList> end() const { return {this, size_}; }

 private:
  friend class RecordStates;
  const RecordStates* states_ = nullptr;
  Position first_ = 0;
  std::uint32_t begin_ = 0;
  std::uint32_t size_ = 0;
};

// A record as it is when it is asked for.
struct RecordState {
  RecordId id;
  RecordType type = RecordType::count_sheet;
  Position first = 0;        // the first entry with this text
  Position effect = kNever;  // where it took effect
  int alternative = -1;      // the best alternative of its signing rule that is met; -1: none
  bool adopted = false;
  Position adopted_at = 0;       // the latest adoption: it covers the signatures that stood before it
  std::optional<Target> target;  // absent: it names nothing that the election has
  SignerList signers;
};

class RecordStates {
 public:
  RecordStates() = default;
  RecordStates(const RecordStates&) = delete;  // signer lists point here
  RecordStates& operator=(const RecordStates&) = delete;

  std::size_t size() const { return records_.size(); }
  RecordState operator[](std::size_t index) const;
  RecordState back() const { return (*this)[size() - 1]; }
  ByIndex<RecordStates> begin() const { return {this, 0}; }
  ByIndex<RecordStates> end() const { return {this, size()}; }
  const RecordId& id(std::size_t index) const { return records_[index].id; }
  std::optional<RecordIndex> find(const RecordId& id) const;

  void reserve(std::size_t records);
  RecordIndex add(const RecordId& id, RecordType type, Position first, const std::optional<Target>& target);
  void set_effect(RecordIndex index, Position effect);
  void set_alternative(RecordIndex index, int alternative);
  void set_adopted(RecordIndex index, Position at);
  // False: the record has as many as it can keep (kSignersPerRecord).
  bool add_signer(RecordIndex index, const RecordSigner& signer);
  void set_signer(RecordIndex index, std::size_t number, KeyIndex key, SignerState state);

 private:
  friend class SignerList;
  struct Packed {
    RecordId id;
    std::uint32_t first_low, effect_low;
    std::uint32_t units_first, units_end;
    std::uint32_t signers;  // the first in signers_
    std::uint8_t first_high, effect_high;
    RecordType type;
    std::uint8_t contest;
    std::uint16_t alternative_and_one : 12, flags : 4;
    std::uint16_t signer_count;
  };
  struct PackedSigner {
    std::uint32_t who;  // a key, or a stranger
    std::uint32_t is_stranger : 1, state : 3, later : 28;
  };
  static_assert(sizeof(Packed) == 60 && sizeof(PackedSigner) == 8);
  PackedSigner pack(const RecordSigner& signer, Position first, std::size_t place);

  Chunks<Packed> records_;
  Chunks<PackedSigner> signers_;  // of each record in one run; a run that has to grow moves to the end
  std::unordered_map<RecordIndex, Position> adopted_at_;
  std::unordered_map<std::uint32_t, Position> far_;  // place in signers_ -> its position, if it came very much later
  IndexTable by_id_;
};

// Signers that one record keeps; more are ignored. No rule needs so many people, and each of them holds a grant.
inline constexpr std::size_t kSignersPerRecord = 65'535;

}  // namespace scrutineer
