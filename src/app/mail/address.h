// Addresses and names of mails. Only what passed parse() ever stands in a header or an SMTP command.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace scrutineer::mail {

// RFC 5321 section 4.1.2, the part of it that is in use: Dot-string "@" Domain, in ASCII; domains in other letters in
// their xn-- form. No quoted local parts, no address literals, no comments.
class Address {
 public:
  // Errors: malformed (says why and at which byte, never what), limit_exceeded (section 4.5.3.1).
  static Result<Address> parse(std::string_view text);
  const std::string& value() const { return value_; }
  std::string_view domain() const { return std::string_view(value_).substr(value_.find('@') + 1); }
  friend bool operator==(const Address&, const Address&) = default;

 private:
  explicit Address(std::string value) : value_(std::move(value)) {}
  std::string value_;
};

// RFC 5322 section 3.6.4, without the angle brackets: dot-atom "@" dot-atom, at most 200 bytes.
class MessageId {
 public:
  static Result<MessageId> parse(std::string_view text);  // errors as Address
  const std::string& value() const { return value_; }
  friend bool operator==(const MessageId&, const MessageId&) = default;

 private:
  explicit MessageId(std::string value) : value_(std::move(value)) {}
  std::string value_;
};

// By which both sides speak of a notice: it stands in the subject and in a file's name, so it must say nothing else.
// 1 to 40 letters, digits and '-', beginning with a letter or digit.
class Number {
 public:
  static Result<Number> parse(std::string_view text);  // errors: malformed
  const std::string& value() const { return value_; }
  friend bool operator==(const Number&, const Number&) = default;

 private:
  explicit Number(std::string value) : value_(std::move(value)) {}
  std::string value_;
};

}  // namespace scrutineer::mail
