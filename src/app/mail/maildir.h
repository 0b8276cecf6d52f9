// A Maildir (https://cr.yp.to/proto/maildir.html), into which every mail server delivers. It belongs to this program
// alone.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/mail/limits.h"
#include "core/base/disk.h"

namespace scrutineer::mail {

// What one look into new/ came to.
struct Round {
  std::size_t taken = 0;
  std::size_t refused = 0;
  std::size_t waiting = 0;    // left in new/: `take` could not for now
  std::optional<Error> last;  // why the last one waits
};

class Maildir {
 public:
  // Handed every mail; what it keeps must be durable when it returns. After a crash it may be handed the same mail
  // again. Errors busy, io_error, disk_full and stale: the mail waits in new/. Any other: it is refused for good.
  using Take = std::function<Status(BytesView mail)>;

  // Makes the folders where they are missing. `disk` outlives it.
  static Result<Maildir> open(Disk& disk, std::string path);

  // New mails, oldest first, `most` at most. What was taken goes to cur/; what was refused to .refused/new/, with the
  // code and the sentence (nothing of the mail) in .refused/why/NAME.txt. A full disk ends the round. Killed at any
  // moment nothing is lost. Errors: those of the disk where a mail could not be put away; this Maildir then does
  // nothing more until it is opened again. Not thread-safe.
  Result<Round> take_new(const Take& take, std::size_t most = kMailsAtOnce);

 private:
  Maildir(Disk& disk, std::string path) : disk_(&disk), path_(std::move(path)) {}
  Result<std::vector<std::string>> new_names();
  Status hand_over(const std::string& name, const Take& take);
  Status move_to_cur(const std::string& name);
  Status refuse(const std::string& name, const Error& why);
  Status put_away(const std::string& name, const std::string& to);
  Status broken(Error error);

  Disk* disk_;
  std::string path_;
  std::optional<Error> broken_;  // after a failed sync nobody knows what is on the disk
};

}  // namespace scrutineer::mail
