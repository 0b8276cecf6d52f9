// What could not be searched, and why: part of every result, since silence about it would look like a clean bill.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/limits.h"

namespace scrutineer::hunt {

enum class Why : std::uint8_t {
  unreadable,     // the system refused it, or it ended early
  not_a_file,     // a device, a pipe, a socket
  link,           // links are not followed
  too_many,       // more inputs than a hunt takes; deeper than it goes
  changed,        // it had another size at the end than at the beginning
  archive,        // zip, tar, ...: its members are not opened
  compressed,     // a compression that is not known here
  nested,         // compressed twice
  encrypted,      // PGP, age, OpenSSL, ...
  expansion,      // more came out of it than the limit
  damaged,        // its compression is broken
  binary,         // no text: searched as bytes
  encoding,       // UTF-32, UTF-16 without its mark: searched as bytes, which finds nothing in it
  mail_encoding,  // parts of a mail in base64 or quoted-printable
  indicator,      // an indicator that is none
  pattern,        // a STIX pattern that is not understood
  revoked,        // an indicator that its maker has withdrawn
};
inline constexpr std::size_t kWhys = 17;

struct WhyWords {
  std::string_view code, ko, en;
};
const WhyWords& words_of(Why why);

struct NotSearched {
  std::string what;  // a file, "file:line" of a list, "file: id" of a STIX object
  Why why = Why::unreadable;
  std::string detail;  // in English; may be empty
};

// Lists limits::kHuntNotSearched of them and counts all.
class NotSearchedList {
 public:
  void add(std::string what, Why why, std::string detail = {}) {
    ++count_;
    if (listed_.size() < limits::kHuntNotSearched) listed_.push_back({std::move(what), why, std::move(detail)});
  }
  void append(const NotSearchedList& other) {
    for (const NotSearched& entry : other.listed_) add(entry.what, entry.why, entry.detail);
    count_ += other.count_ - other.listed_.size();
  }
  std::size_t count() const { return count_; }
  const std::vector<NotSearched>& listed() const { return listed_; }

 private:
  std::vector<NotSearched> listed_;
  std::size_t count_ = 0;
};

}  // namespace scrutineer::hunt
