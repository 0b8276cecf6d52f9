// A log that a script fills, and a publisher that follows it, on a disk in memory.
#pragma once

#include "app/bundle/publish.h"
#include "app/disk/sim_disk.h"
#include "app/projection/log_directory.h"
#include "app/verify/directory_source.h"
#include "app/verify/service.h"
#include "core/base/limits.h"
#include "tests/support/script.h"

namespace scrutineer::testing {

class SetClock final : public Clock {
 public:
  UnixSeconds now() override { return {seconds}; }
  std::uint64_t monotonic_ns() override { return ns; }
  std::int64_t seconds = 1'900'000'000;
  std::uint64_t ns = 0;
};

template <class T>
T must(Result<T> result) {
  REQUIRE_MESSAGE(result.has_value(), (result ? "" : to_string(result.error())));
  return std::move(*result);
}

// A directory of the disk in memory.
class SimSource final : public BundleSource {
 public:
  SimSource(SimDisk& disk, std::string directory) : disk_(disk), below_(std::move(directory) + "/") {}
  Result<std::vector<std::string>> list() override {
    std::vector<std::string> out;
    for (const std::string& file : disk_.files())
      if (file.starts_with(below_)) out.push_back(file.substr(below_.size()));
    std::sort(out.begin(), out.end());
    return out;
  }
  Result<Bytes> read(const std::string& path, std::size_t limit) override {
    return read_file(disk_, below_ + path, limit);
  }

 private:
  SimDisk& disk_;
  std::string below_;
};

class Publishing {
 public:
  static constexpr const char* kLog = "log";
  static constexpr const char* kOut = "bundle";

  explicit Publishing(Country country = {})
      : script(std::move(country)), log_signer_(signer_from("log")), key_{Signatory("pub").key, secret_of("pub")} {
    REQUIRE(disk.make_directories(kLog).has_value());
    log = must(Log::create(disk, store_path(kLog), "log.example/test", *log_signer_));
    World& world = script.world();
    for (const std::string& table :
         {world.country().unit_table(), world.country().option_table(), world.country().rules})
      REQUIRE(keep_blob(disk, kLog, table).has_value());
    REQUIRE(write_trust_directory(disk, trust_path(kLog), log->reader().key(), world.roots(), world.election().id())
                .has_value());
    intake = must(Intake::open(*log, world.election(), world.roots(), 1));
    take();
  }

  // Lines of the script, taken into the log.
  void run(std::string_view lines) {
    script.run(lines);
    take();
  }
  RecordId say(RecordBody body, const std::vector<std::string>& names) {
    std::string text = script.world().text(std::move(body));
    script.world().append(text, names);
    take();
    return record_id(text);
  }

  PublishOptions options(const char* out, bool live) const {
    PublishOptions options;
    options.log_directory = kLog;
    options.out = out;
    options.data_lang = "en";
    options.live = live;
    return options;
  }
  void start(bool live = false) {
    publisher = must(LivePublisher::start(disk, *log, source_of(*intake), script.world().election(), key_, clock,
                                          options(kOut, live)));
  }
  // Everything at once, into a directory of its own.
  void publish_all(const char* out) {
    auto published = scrutineer::publish(disk, *log, source_of(*intake), script.world().election(), key_, clock,
                                         options(out, false));
    REQUIRE(published.has_value());
  }

  Report verify(const char* bundle = kOut) {
    SimSource bundle_files(disk, bundle);
    auto report = verify_bundle(bundle_files, read_trust(disk, trust_path(kLog), {}).value(), 1);
    REQUIRE_MESSAGE(report.has_value(), (report ? "" : to_string(report.error())));
    return *report;
  }
  std::vector<std::string> files(const char* bundle = kOut) { return SimSource(disk, bundle).list().value(); }
  Bytes file(const std::string& path, const char* bundle = kOut) {
    auto bytes = read_file(disk, std::string(bundle) + "/" + path, limits::kBlobBytes);
    REQUIRE_MESSAGE(bytes.has_value(), path);
    return *bytes;
  }
  std::string unit_page(const char* unit) {
    const UnitTree& tree = script.world().election().tree();
    return file("en/unit/" + std::to_string(tree.units()[*tree.find_unit(UnitId(unit))].row) + ".html");
  }

  SimDisk disk;
  SetClock clock;
  Script script;
  std::unique_ptr<Log> log;
  std::unique_ptr<Intake> intake;
  std::unique_ptr<LivePublisher> publisher;

 private:
  static PrivateKey secret_of(const std::string& word) {
    return {KeyType::ed25519, SecretBytes::copy_of(sha256("seed " + word).view())};
  }
  void take() {
    const auto& entries = script.world().entries();
    for (; taken_ < entries.size(); ++taken_) {
      auto appended = intake->append(entries[taken_]);
      REQUIRE_MESSAGE(appended.has_value(), (appended ? "" : to_string(appended.error())));
    }
  }

  std::unique_ptr<Signer> log_signer_;
  NamedKey key_;
  std::size_t taken_ = 0;
};

}  // namespace scrutineer::testing
