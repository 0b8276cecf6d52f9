// What the `notice` commands share: a node's book read from its log, and a way to hand records to the node, whether it
// runs or not.
#pragma once

#include <string>
#include <vector>

#include "app/disk/posix_disk.h"
#include "app/log/reader.h"
#include "app/notice/node.h"

namespace scrutineer::cli {

// The node of a directory as its log has it, read beside whoever runs it.
class NodeBook {
 public:
  static Result<NodeBook> open(const std::string& directory);
  const NoticeBook& book() const { return *book_; }
  const std::string& directory() const { return directory_; }
  // A notice by its record id, or by the first digits of one, eight at least. Errors: not_found; conflict: several.
  Result<RecordId> find_notice(const std::string& text) const;
  // The same for answers as well.
  Result<RecordId> find_sealed(const std::string& text) const;
  // The same for agreements; "" where there is only one.
  Result<RecordId> find_agreement(const std::string& text) const;
  // The entry that carries a record.
  Result<Bytes> note_of(const RecordId& id) const;

 private:
  std::string directory_;
  std::unique_ptr<PosixDisk> disk_;  // stays where it is: the reader borrows it
  std::unique_ptr<LogReader> log_;   // null: there is none yet
  std::unique_ptr<NoticeBook> book_;
};

// Where a running node says that it listens.
std::string listening_path(const std::string& directory);

// What came of one record that was handed to a node.
struct HandedIn {
  RecordId record;  // zero where it could not be read
  TakenIn::Outcome outcome = TakenIn::Outcome::refused;
  std::string reason;  // of what was not taken
  bool not_now = false;
  bool taken() const { return outcome == TakenIn::Outcome::added || outcome == TakenIn::Outcome::known; }
  bool later() const { return not_now || outcome == TakenIn::Outcome::waiting; }  // hand it in again
};

// Hands these to the node: over HTTP where it runs, else by opening it for the moment.
Result<std::vector<HandedIn>> hand_over(const std::string& directory, const Envelope& envelope, Channel channel);

// One line a record on stderr. Returns the exit code: kAnswerIsNo where something was refused for good, kCouldNotRun
// where something is to be handed in again.
int tell_handed(const std::vector<HandedIn>& handed);
int hand_in(const std::string& directory, const Envelope& envelope, Channel channel);

// The node itself, for the moment: nothing is sent. Error busy: it runs; its pages do the same.
Result<std::unique_ptr<NoticeNode>> open_quietly(Disk& disk, Clock& clock, Rng& rng, const std::string& directory);

// Signs the text as that key and makes the note of it.
Result<Bytes> sign_as(const std::string& text, const std::string& key_file, const std::string& passphrase_file);

std::string short_id(const RecordId& id);  // 12 digits, as pages and people say it
std::string now_text();                    // RFC 3339

}  // namespace scrutineer::cli
