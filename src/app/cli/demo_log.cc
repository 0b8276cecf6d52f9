#include "app/cli/demo_log.h"

#include "app/disk/posix_disk.h"
#include "app/threads/parallel.h"
#include "core/count/form.h"

namespace scrutineer::cli {

Result<std::unique_ptr<DemoLog>> DemoLog::open(const std::string& centre, const std::string& keys, UnixSeconds now) {
  PosixDisk disk;
  auto log = std::make_unique<DemoLog>();
  log->keys_ = keys;
  SCRUTINEER_TRY(log->session_, Session::open(centre, "", ""));
  SCRUTINEER_TRY(log->trusted_, read_trusted_election(disk, centre, log->session_->log().reader()));
  SCRUTINEER_TRY(log->collector_, Collector::open(log->session_->log(), log->trusted_.election, log->trusted_.roots,
                                                  {default_threads()}));
  log->at_ = local_time(count_clock(log->trusted_.election.definition()), now.value);
  return log;
}

Result<RecordId> DemoLog::sign(RecordBody body, std::initializer_list<const char*> signers) {
  PosixDisk disk;
  const std::string text = record_text({election(), at_, std::move(body)});
  std::vector<NoteSignature> signatures;
  for (const char* name : signers) {
    SCRUTINEER_TRY(NamedKey key, load_key(disk, keys_ + "/" + name + ".key", ""));
    SCRUTINEER_TRY(auto signer, make_signer(key.secret));
    SCRUTINEER_TRY(signatures.emplace_back(), sign_note(text, key.vkey.name, *signer));
  }
  SCRUTINEER_TRY(Bytes note, entry_bytes(text, signatures));
  SCRUTINEER_CHECKED(collector_->submit(std::move(note)).map([](const Appended&) {}));
  return record_id(text);
}

}  // namespace scrutineer::cli
