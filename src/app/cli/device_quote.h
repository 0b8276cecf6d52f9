// Reading the records about machines from files, and checking a TPM's answer offline: for `scrutineer device` and for
// scrutineer-verify.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/disk/posix_disk.h"
#include "core/device/history.h"
#include "core/record/record.h"

namespace scrutineer::cli {

struct ReadRecord {
  Record record;
  RecordId id;
  std::vector<std::string> signers;  // names that the note states
};
// A record's text, or a signed note of it. Who signed it is not looked at.
Result<ReadRecord> read_record_file(PosixDisk& disk, const std::string& path);

template <class Body>
Result<Body> body_of(const ReadRecord& read, const std::string& path, const char* what) {
  if (const auto* body = std::get_if<Body>(&read.record.body)) return *body;
  return fail(ErrorCode::invalid_argument, std::string("this is no ") + what, path);
}

// What people wrote down about one machine: enrolment and inspections, in the order of `paths`; signers as the notes
// name them, of which nothing was verified.
struct Beside {
  std::vector<ReadRecord> read;
  std::vector<device::DeviceRecord> records;
  device::DeviceView view;
};
Result<std::unique_ptr<Beside>> read_beside(PosixDisk& disk, const std::vector<std::string>& paths,
                                            const std::string& machine);

struct QuoteFiles {
  std::string quote;      // the QR code's text, or a statement with a quote in it
  std::string enrolment;  // of this machine
  std::string nonce;      // hex: the observer's own
  std::string statement;  // may be empty: what the quote must belong to
  std::string lang = "en";
};
// Exit code: 0 it holds, 1 it does not (with the reason), 2 could not run. `text`: not empty where the code was read
// from an image already.
int check_quote_files(const QuoteFiles& files, const std::string& text);

// scrutineer-verify --quote FILE --key ENROLMENT --nonce HEX
int verify_quote_command(int argc, char** argv);

}  // namespace scrutineer::cli
