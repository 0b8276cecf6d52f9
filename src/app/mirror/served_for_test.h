// A log as its operator runs and serves it, in directories of one disk, for tests.
#pragma once

#include <map>

#include "app/log/export.h"
#include "app/log/log.h"
#include "app/mirror/mirror.h"
#include "app/projection/log_directory.h"
#include "core/note/key_file.h"
#include "core/verify/manifest.h"
#include "tests/support/world.h"

namespace scrutineer::testing {

inline constexpr const char* kOrigin = "log.example/2026";

inline NamedKey log_key(const std::string& word = "log") {
  return named_key(kOrigin, PrivateKey{KeyType::ed25519, SecretBytes::copy_of(sha256("seed " + word).view())}).value();
}
inline Bytes policy_text(const std::string& more = "quorum none\n") {
  return "log " + to_string(log_key().vkey) + "\n" + more;
}

// A record of no type that counts anything: the log takes it, mirrors look for blobs in it.
inline Bytes note_of(const std::string& json) {
  std::string text = "scrutineer/test/1\n" + json + "\n";
  return to_bytes(SignedNote{text, {Signatory("somebody").sign(text)}});
}
inline Bytes numbered(std::uint64_t i) {
  return note_of(R"({"n":)" + std::to_string(i) + R"(,"words":")" + std::string(i * 37 % 101, 'x') + R"("})");
}

// DIR/log (store, blob), DIR/served (what a web server carries).
class Operator {
 public:
  Operator(Disk& disk, std::string directory) : disk_(disk), directory_(std::move(directory)), key_(log_key()) {
    signer_ = make_signer(key_.secret).value();
    check(disk_.make_directories(log_directory()).has_value(), "a folder");
  }
  std::string log_directory() const { return directory_ + "/log"; }
  std::string served() const { return directory_ + "/served"; }

  void create() { log_ = Log::create(disk_, store_path(log_directory()), kOrigin, *signer_, options()).value(); }
  void open() { log_ = Log::open(disk_, store_path(log_directory()), *signer_, options()).value(); }
  void close() { log_.reset(); }
  Log& log() { return *log_; }
  const NamedKey& key() const { return key_; }

  void append(const Bytes& entry) {
    auto note = parse_note_view(entry);
    check(log_->submit(entry, record_id(note->text), {}, Log::Repeats::adds).has_value(), "an entry is taken");
  }
  void grow_to(std::uint64_t size, const std::string& branch = {}) {
    check(log_->settle().has_value(), "settled");
    for (std::uint64_t i = log_->reader().size(); i < size; ++i)
      append(branch.empty() ? numbered(i) : note_of(R"({"branch":")" + branch + std::to_string(i) + R"("})"));
    check(log_->settle().has_value(), "settled");
  }
  // The definition of a small election, its tables among the blobs.
  void begin_election(const World& world) {
    append(World::entry(world.definition_text(), {"root-1", "root-2"}));
    for (const std::string& table :
         {world.country().unit_table(), world.country().option_table(), world.country().rules})
      keep(table);
  }
  void keep(BytesView blob) {
    check(keep_blob(disk_, log_directory(), blob).has_value(), "a blob is kept");
    serve_blob(blob);
  }
  void serve_blob(BytesView blob) {
    const std::string path = served() + "/" + blob_path(blob_hash(blob));
    check(disk_.make_directories(directory_of(path)).has_value(), "a folder");
    check(write_file(disk_, path, blob, Durability::cached).has_value(), "a blob is served");
  }
  void serve() { check(export_directory(log_->reader(), disk_, served()).has_value(), "the log is served"); }

 private:
  static LogOptions options() {
    LogOptions options;
    options.background = false;
    options.commit_interval = std::chrono::microseconds(0);
    return options;
  }
  Disk& disk_;
  std::string directory_;
  NamedKey key_;
  std::unique_ptr<Signer> signer_;
  std::unique_ptr<Log> log_;
};

// Files of a directory, as a web server would give them; some of them others than they are.
class ServedFiles final : public MirrorSource {
 public:
  ServedFiles(Disk& disk, std::string directory) : disk_(disk), directory_(std::move(directory)) {}
  Result<Bytes> get(const std::string& path, std::size_t limit) override {
    if (left == 0) return fail(ErrorCode::io_error, "the line is cut", path);
    if (left > 0) --left;
    ++asked;
    if (auto found = instead.find(path); found != instead.end()) return found->second;
    SCRUTINEER_TRY(bool there, disk_.exists(directory_ + "/" + path));
    if (!there) return fail(ErrorCode::not_found, "not served", path);
    return read_file(disk_, directory_ + "/" + path, limit);
  }
  std::map<std::string, Bytes> instead;
  int left = -1;  // answers before the line is cut; below 0: no end
  int asked = 0;

 private:
  Disk& disk_;
  std::string directory_;
};

// Every file below a directory with its bytes.
inline std::map<std::string, Bytes> files_below(Disk& disk, const std::string& directory,
                                                const std::string& prefix = {}) {
  std::map<std::string, Bytes> out;
  const std::vector<std::string> names = disk.list(directory).value();
  for (const std::string& name : names) {
    if (name.ends_with('/'))
      out.merge(files_below(disk, directory + "/" + name.substr(0, name.size() - 1), prefix + name));
    else
      out[prefix + name] = read_file(disk, directory + "/" + name, 1u << 30).value();
  }
  return out;
}

}  // namespace scrutineer::testing
