#include "app/mirror/restore.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

#include "app/disk/posix_disk.h"
#include "app/log/check.h"
#include "app/mirror/served_for_test.h"

namespace scrutineer {
namespace {

using namespace testing;
namespace fs = std::filesystem;

// A server that ran, was mirrored twice, and is gone.
struct Fixture {
  std::string top;
  PosixDisk disk;
  World world;
  Operator server;
  ServedFiles source;
  Bytes photo = "a photograph of a sheet";
  Checkpoint last;
  Bytes first_published;

  static std::string temporary() {
    std::string pattern = (fs::temp_directory_path() / "restore-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    return pattern;
  }
  Fixture() : top(temporary()), disk(top), server(disk, "op"), source(disk, "op/served") {
    server.create();
    server.begin_election(world);
    server.append(note_of(R"({"page":{"sha256":")" + to_hex(blob_hash(photo)) + R"(","size":)" +
                          std::to_string(photo.size()) + R"(,"type":"image/png"}})"));
    server.keep(photo);
    server.append(numbered(7));
    server.append(numbered(7));  // the same again stands at a position of its own
    server.grow_to(200);
    server.serve();
    mirror();
    first_published = read_file(disk, "copy/checkpoint", 1000).value();
    server.grow_to(700);
    server.serve();
    mirror();
    last = server.log().checkpoint().checkpoint;
    server.close();
    fs::remove_all(top + "/op/log");
  }
  ~Fixture() { fs::remove_all(top); }

  void mirror() {
    auto done = Mirror::open(disk, "copy", parse_policy(policy_text()).value()).value()->update(source);
    REQUIRE_MESSAGE(done.has_value(), (done ? "" : to_string(done.error())));
    CHECK(done->missing == 0);
  }
  RestoreOptions options() const {
    return {
        "copy", "op/log", {policy_text(), to_text(world.roots()), to_hex(world.election().id()) + "\n", {}}, {}, {}};
  }
  Result<Restored> restore(const RestoreOptions& options) {
    return restore_log(disk, server.key(), Bytes("the key's file\n"), options);
  }
};

}  // namespace

TEST_CASE("restored from a mirror, the log goes on, and so does the mirror") {
  Fixture f;
  auto done = f.restore(f.options());
  REQUIRE_MESSAGE(done.has_value(), (done ? "" : to_string(done.error())));
  CHECK(done->checkpoint == f.last);
  CHECK(done->blobs == 4);
  CHECK(done->blobs_missing == 0);
  CHECK(done->published == 2);
  CHECK_FALSE(f.disk.exists("op/log.restoring").value());
  LogCheck check = check_log(f.disk, "op/log/store").value();
  CHECK_MESSAGE(check.good(), (check.good() ? "" : check.problems[0]));
  CHECK(read_file(f.disk, "op/log/log.key", 100).value() == "the key's file\n");
  struct stat status {};
  REQUIRE(::stat((f.top + "/op/log/log.key").c_str(), &status) == 0);
  CHECK((status.st_mode & 077) == 0);
  CHECK(read_file(f.disk, "op/log/trust/policy", 1000).value() == policy_text());
  CHECK(read_file(f.disk, blob_file("op/log", blob_hash(f.photo)), 1000).value() == f.photo);

  f.server.open();
  const LogReader& reader = f.server.log().reader();
  CHECK(reader.checkpoint().checkpoint == f.last);
  CHECK(reader.entry(699).value() == numbered(699));
  CHECK(reader.first_published_covering(50).value() == f.first_published);
  // Records are found by their ids, as intake needs; both of the repeated ones.
  CHECK(read_election(f.disk, "op/log", reader, f.world.election().id()));
  CHECK(reader.find(record_id(parse_note(numbered(7)).value().text)).value() == std::vector<std::uint64_t>{2, 3, 7});

  f.server.grow_to(1'000);
  f.server.serve();
  f.mirror();
  CHECK(read_file(f.disk, "copy/checkpoint", 1000).value() == to_bytes(reader.checkpoint().note));
}

TEST_CASE("restored from what a web server carried, not from a mirror's own directory") {
  Fixture f;
  RestoreOptions options = f.options();
  options.from = "op/served";
  CHECK(f.restore(options).value().checkpoint == f.last);
}

TEST_CASE("a copy that is not what the log signed: nothing is written") {
  auto flip = [](const std::string& path, std::uint64_t at) {
    return [=](Fixture& f, RestoreOptions&) {
      Bytes bytes = read_file(f.disk, path, 1u << 24).value();
      bytes[at] = static_cast<char>(bytes[at] ^ 1);
      REQUIRE(write_file(f.disk, path, bytes, Durability::cached));
    };
  };
  auto remove = [](const std::string& path) {
    return [=](Fixture& f, RestoreOptions&) { REQUIRE(f.disk.remove(path)); };
  };
  Fixture sample;
  const std::string photo = "copy/" + blob_path(blob_hash(sample.photo));
  const std::string units = "copy/" + blob_path(blob_hash(sample.world.country().unit_table()));
  struct {
    const char* what;
    std::function<void(Fixture&, RestoreOptions&)> change;
    ErrorCode code;
  } rows[] = {
      {"an entry's byte", flip("copy/tile/entries/001", 900), ErrorCode::corrupt},
      {"a bundle is gone", remove("copy/tile/entries/000"), ErrorCode::not_found},
      {"the checkpoint's root", flip("copy/checkpoint", 26), ErrorCode::bad_signature},
      {"an older checkpoint of the same log",
       [](Fixture& f, RestoreOptions&) {
         REQUIRE(write_file(f.disk, "copy/checkpoint", f.first_published, Durability::cached));
       },
       ErrorCode::not_found},  // its partial bundle is gone
      {"no checkpoint", remove("copy/checkpoint"), ErrorCode::not_found},
      {"a blob's byte", flip(photo, 3), ErrorCode::corrupt},
      {"the table of units is gone", remove(units), ErrorCode::not_found},
      {"another election's trust", [](Fixture&, RestoreOptions& o) { o.trust.election = std::string(64, 'a') + "\n"; },
       ErrorCode::conflict},
      {"another log's policy",
       [](Fixture&, RestoreOptions& o) {
         o.trust.policy = "log " + to_string(Signatory("x.example").key) + "\nquorum none\n";
       },
       ErrorCode::unauthorised},
      {"a witness has seen more",
       [](Fixture&, RestoreOptions& o) {
         Checkpoint more{kOrigin, 701, empty_root()};
         o.seen.push_back({more, sign_checkpoint(more, *signer_from("log")).value()});
       },
       ErrorCode::stale},
      {"a witness has seen something else",
       [](Fixture&, RestoreOptions& o) {
         Checkpoint other{kOrigin, 500, as_node(leaf_hash("x"))};
         o.seen.push_back({other, sign_checkpoint(other, *signer_from("log")).value()});
       },
       ErrorCode::conflict},
      {"something stands there",
       [](Fixture& f, RestoreOptions&) {
         REQUIRE(f.disk.make_directories("op/log"));
         REQUIRE(write_file(f.disk, "op/log/precious", "x", Durability::cached));
       },
       ErrorCode::conflict},
  };
  for (auto& row : rows) {
    CAPTURE(row.what);
    Fixture f;
    RestoreOptions options = f.options();
    row.change(f, options);
    auto done = f.restore(options);
    REQUIRE_FALSE(done.has_value());
    CHECK_MESSAGE(done.error().code == row.code, to_string(done.error()));
    CHECK_FALSE(f.disk.exists("op/log/store").value());
    CHECK_FALSE(f.disk.exists("op/log.restoring").value());
  }
}

TEST_CASE("restored with the wrong log key, or over what was broken off") {
  Fixture f;
  NamedKey other = log_key("another");
  CHECK(restore_log(f.disk, other, std::nullopt, f.options()).error().code == ErrorCode::conflict);
  REQUIRE(f.disk.make_directories("op/log.restoring/store"));
  REQUIRE(write_file(f.disk, "op/log.restoring/store/junk", "x", Durability::cached));
  RestoreOptions options = f.options();
  options.log_directory = "op/log/";
  CHECK(restore_log(f.disk, f.server.key(), std::nullopt, options));
  CHECK_FALSE(f.disk.exists("op/log/store/junk").value());
  CHECK_FALSE(f.disk.exists("op/log/log.key").value());
  CHECK(f.restore(f.options()).error().code == ErrorCode::conflict);  // it is there now
}

TEST_CASE("a blob that nobody served is told, and no reason to stay without a server") {
  Fixture f;
  REQUIRE(f.disk.remove("copy/" + blob_path(blob_hash(f.photo))));
  auto done = f.restore(f.options()).value();
  CHECK(done.blobs == 3);
  CHECK(done.blobs_missing == 1);
}

}  // namespace scrutineer
