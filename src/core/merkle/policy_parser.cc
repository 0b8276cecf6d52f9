#include <algorithm>
#include <map>

#include "core/base/limits.h"
#include "core/merkle/policy.h"

namespace scrutineer {
namespace {

tl::unexpected<Error> malformed(std::string message) {
  return fail(ErrorCode::malformed, std::move(message));
}

bool allowed_octet(unsigned char c) {
  return c == '\t' || (c >= 0x20 && c != 0x7f);
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (;;) {
    std::size_t begin = line.find_first_not_of(" \t");
    if (begin == line.npos) return words;
    std::size_t end = std::min(line.find_first_of(" \t", begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    line.remove_prefix(end);
  }
}

using Words = std::span<const std::string_view>;  // of a line, without its keyword

}  // namespace

// One method a keyword; the grammar is C2SP tlog-policy, "Policy file syntax and structure".
class PolicyParser {
 public:
  Status line(std::string_view text) {
    std::vector<std::string_view> words = words_of(text);
    if (words.empty() || words[0].starts_with('#')) return {};
    Words rest = Words(words).subspan(1);
    if (words[0] == "log") return log(rest);
    if (words[0] == "witness") return witness(rest);
    if (words[0] == "group") return group(rest);
    if (words[0] == "quorum") return quorum(rest);
    return malformed("a policy line starts with log, witness, group or quorum");
  }

  Result<Policy> finish() {
    if (!has_quorum_) return malformed("a policy has a quorum line");
    return std::move(policy_);
  }

 private:
  Status log(Words words) {
    if (words.empty() || words.size() > 2) return malformed("a log line reads: log VKEY [URL]");
    SCRUTINEER_TRY(VerifierKey key, vkey(words[0], KeyType::ed25519, "a log's key is of type 01 (Ed25519)"));
    for (const Policy::Log& other : policy_.logs_)
      if (other.key.key == key.key) return malformed("this log's key was given before");
    if (policy_.logs_.size() == limits::kPolicyNames) return too_many();
    policy_.logs_.push_back({std::move(key), std::string(words.size() > 1 ? words[1] : "")});
    return {};
  }

  Status witness(Words words) {
    if (words.size() < 2 || words.size() > 3) return malformed("a witness line reads: witness NAME VKEY [URL]");
    SCRUTINEER_TRY(VerifierKey key,
                   vkey(words[1], KeyType::cosignature_ed25519, "a witness's key is of type 04 (cosignature)"));
    for (const Policy::Witness& other : policy_.witnesses_)
      if (other.key.key == key.key) return malformed("this witness's key was given before");
    SCRUTINEER_CHECKED(define(words[0], {false, policy_.witnesses_.size()}));
    policy_.witnesses_.push_back(
        {std::string(words[0]), std::move(key), std::string(words.size() > 2 ? words[2] : "")});
    return {};
  }

  Status group(Words words) {
    if (words.size() < 3) return malformed("a group line reads: group NAME K|all|any MEMBER...");
    Policy::Group group{std::string(words[0]), 1, {}};
    for (std::string_view name : words.subspan(2)) {
      SCRUTINEER_TRY(Policy::Member member, defined(name));
      if (std::exchange(used_[std::string(name)], true))
        return malformed(std::string(name) + " is a member of a group already");
      group.members.push_back(member);
    }
    SCRUTINEER_TRY(group.threshold, threshold(words[1], group.members.size()));
    SCRUTINEER_CHECKED(define(words[0], {true, policy_.groups_.size()}));
    policy_.groups_.push_back(std::move(group));
    return {};
  }

  Status quorum(Words words) {
    if (words.size() != 1) return malformed("a quorum line reads: quorum NAME|none");
    if (std::exchange(has_quorum_, true)) return malformed("a policy has one quorum line");
    if (words[0] == "none") return {};
    SCRUTINEER_TRY(policy_.quorum_, defined(words[0]));
    return {};
  }

  static Result<VerifierKey> vkey(std::string_view text, KeyType type, const char* wrong_type) {
    SCRUTINEER_TRY(VerifierKey key, parse_vkey(text));
    if (key.key.type != type) return fail(ErrorCode::unsupported, wrong_type);
    return key;
  }

  static Result<std::size_t> threshold(std::string_view word, std::size_t members) {
    if (word == "any") return 1;
    if (word == "all") return members;
    auto number = parse_decimal(word);
    if (!number || *number < 1 || *number > members)
      return malformed("a group's threshold is all, any or a number from 1 to its members");
    return static_cast<std::size_t>(*number);
  }

  Status define(std::string_view name, Policy::Member member) {
    if (name == "none") return malformed("\"none\" is not a name");
    if (names_.size() == limits::kPolicyNames) return too_many();
    if (!names_.emplace(name, member).second) return malformed(std::string(name) + " was defined before");
    return {};
  }

  Result<Policy::Member> defined(std::string_view name) const {
    auto found = names_.find(std::string(name));
    if (found == names_.end()) return malformed(std::string(name) + " is not defined on a line before this one");
    return found->second;
  }

  static tl::unexpected<Error> too_many() {
    return fail(ErrorCode::limit_exceeded, "a policy has at most 256 logs, and 256 witnesses and groups");
  }

  Policy policy_;
  std::map<std::string, Policy::Member> names_;
  std::map<std::string, bool> used_;
  bool has_quorum_ = false;
};

Result<Policy> parse_policy(std::string_view text) {
  if (text.size() > limits::kTrustFileBytes) return fail(ErrorCode::limit_exceeded, "a policy has at most 1 MiB");
  if (!text.empty() && !text.ends_with('\n')) return malformed("a policy's last line ends in a line feed");
  PolicyParser parser;
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string where = "line " + std::to_string(number);
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() + 1);
    if (!std::all_of(line.begin(), line.end(), allowed_octet))
      return fail(ErrorCode::malformed, "a policy has no control characters but tab and line feed", where);
    if (Status done = parser.line(line); !done) return tl::unexpected(placed(std::move(done).error(), where));
  }
  return parser.finish();
}

}  // namespace scrutineer
