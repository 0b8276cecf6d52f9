// Trust policies (C2SP tlog-policy): which logs, which witnesses, and how many of them make a quorum.
#pragma once

#include <optional>
#include <variant>

#include "core/merkle/checkpoint.h"

namespace scrutineer {

// Lines are: "log <vkey> [<url>]", "witness <name> <vkey> [<url>]", "group <name> <k|all|any> <member>...",
// "quorum <name|none>", blank, or "# comment". A name is defined before it is used, and is a member of one group at
// most.
class Policy {
 public:
  struct Log {
    VerifierKey key;
    std::string url;  // may be empty
  };
  struct Witness {
    std::string name;  // inside this policy only
    VerifierKey key;   // type 04
    std::string url;
  };
  struct Member {
    bool is_group = false;
    std::size_t index = 0;  // into witnesses() or groups()
  };
  struct Group {
    std::string name;
    std::size_t threshold = 1;  // 1..members.size()
    std::vector<Member> members;
  };

  const std::vector<Log>& logs() const { return logs_; }
  const std::vector<Witness>& witnesses() const { return witnesses_; }
  const std::vector<Group>& groups() const { return groups_; }
  const std::optional<Member>& quorum() const { return quorum_; }  // nullopt: "quorum none"

  // The log key of this origin, or nullptr.
  const VerifierKey* log_key(std::string_view origin) const;
  // True if these witnesses (one flag for each of witnesses()) make the quorum.
  bool quorum_met(const std::vector<bool>& cosigned) const;

 private:
  friend class PolicyParser;
  bool met(const Member& member, const std::vector<bool>& cosigned) const;
  std::vector<Log> logs_;
  std::vector<Witness> witnesses_;
  std::vector<Group> groups_;
  std::optional<Member> quorum_;
};

// Errors: malformed with the line (where = "line N"), limit_exceeded, unsupported (a key type we do not verify).
Result<Policy> parse_policy(std::string_view text);

// What a policy makes of a checkpoint. "Witnessed k of n" is shown to people; it never delays anything.
struct Witnessing {
  std::size_t cosigned = 0;                       // k: known witnesses whose cosignature is good
  std::size_t known = 0;                          // n: witnesses in the policy
  std::vector<std::optional<UnixSeconds>> times;  // for each of policy.witnesses(): when it cosigned
  bool quorum_met = false;
  bool quorum_required = false;  // false: "quorum none"
};

// Errors: bad_signature (no good signature by a known log, or a known key with a signature that is not good: such a
// note is rejected as a whole), unauthorised (a log that the policy does not know). An unmet quorum is not an error
// here but a fact in the result: the caller decides and says so.
Result<Witnessing> evaluate(const Policy& policy, const SignedCheckpoint& checkpoint);

}  // namespace scrutineer
