#include "core/merkle/policy.h"

#include <algorithm>

namespace scrutineer {

const VerifierKey* Policy::log_key(std::string_view origin) const {
  for (const Log& log : logs_)
    if (log.key.name == origin) return &log.key;
  return nullptr;
}

bool Policy::met(const Member& member, const std::vector<bool>& cosigned) const {
  if (!member.is_group) return cosigned[member.index];
  const Group& group = groups_[member.index];
  auto witnessed = std::count_if(group.members.begin(), group.members.end(),
                                 [&](const Member& inner) { return met(inner, cosigned); });
  return static_cast<std::size_t>(witnessed) >= group.threshold;
}

bool Policy::quorum_met(const std::vector<bool>& cosigned) const {
  return !quorum_ || met(*quorum_, cosigned);
}

namespace {

// "Signed by any one of the listed logs": several keys may share an origin (a log that changed its key).
Status check_log_signature(const Policy& policy, const SignedCheckpoint& checkpoint) {
  bool known = false;
  bool good = false;
  for (const Policy::Log& log : policy.logs()) {
    if (log.key.name != checkpoint.checkpoint.origin) continue;
    known = true;
    for (const NoteSignature& signature : checkpoint.note.signatures) {
      if (signature.name != log.key.name || signature.id != log.key.id) continue;
      if (!verify_note_signature(checkpoint.note.text, signature, log.key))
        return fail(ErrorCode::bad_signature, "the log's signature on the checkpoint does not verify");
      good = true;
    }
  }
  if (!known) return fail(ErrorCode::unauthorised, "the policy does not name the log " + checkpoint.checkpoint.origin);
  if (!good)
    return fail(ErrorCode::bad_signature, "the checkpoint is not signed by the log " + checkpoint.checkpoint.origin);
  return {};
}

}  // namespace

Result<Witnessing> evaluate(const Policy& policy, const SignedCheckpoint& checkpoint) {
  SCRUTINEER_CHECKED(check_log_signature(policy, checkpoint));
  Witnessing out;
  out.known = policy.witnesses().size();
  out.times.resize(out.known);
  std::vector<bool> cosigned(out.known);
  for (std::size_t i = 0; i < out.known; ++i) {
    const VerifierKey& key = policy.witnesses()[i].key;
    for (const NoteSignature& signature : checkpoint.note.signatures) {
      if (signature.name != key.name || signature.id != key.id) continue;
      SCRUTINEER_TRY(UnixSeconds time, verify_cosignature(checkpoint.note.text, signature, key));
      out.times[i] = std::max(out.times[i].value_or(time), time);  // several: the latest statement
      cosigned[i] = true;
    }
  }
  out.cosigned = static_cast<std::size_t>(std::count(cosigned.begin(), cosigned.end(), true));
  out.quorum_required = policy.quorum().has_value();
  out.quorum_met = policy.quorum_met(cosigned);
  return out;
}

}  // namespace scrutineer
