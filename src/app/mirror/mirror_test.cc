#include "app/mirror/mirror.h"

#include <doctest/doctest.h>

#include "app/disk/sim_disk.h"
#include "app/mirror/served_for_test.h"

namespace scrutineer {
namespace {

using namespace testing;

Policy policy() {
  return parse_policy(policy_text()).value();
}

// What anybody may ask a tlog-tiles server for, out of a directory.
std::map<std::string, Bytes> log_files(Disk& disk, const std::string& directory) {
  auto files = files_below(disk, directory);
  std::erase_if(files, [](const auto& file) { return file.first != "checkpoint" && !file.first.starts_with("tile/"); });
  return files;
}
// The same from the log itself, without the partial tiles of earlier sizes.
std::map<std::string, Bytes> fresh_export(const Log& log) {
  SimDisk disk;
  REQUIRE(export_directory(log.reader(), disk, "out"));
  return log_files(disk, "out");
}

struct Fixture {
  SimDisk theirs;  // the operator's
  SimDisk ours;    // the mirror's
  Operator log{theirs, "op"};
  ServedFiles source{theirs, "op/served"};
  Fixture() { log.create(); }

  void serve(std::uint64_t size, const std::string& branch = {}) {
    log.grow_to(size, branch);
    log.serve();
  }
  Result<Mirrored> update() {
    SCRUTINEER_TRY(auto mirror, Mirror::open(ours, "copy", policy()));
    return mirror->update(source);
  }
  // A second server with the same key: the same first `size` entries, then others.
  struct Branch {
    SimDisk disk;
    Operator log{disk, "op"};
    ServedFiles source{disk, "op/served"};
  };
  std::unique_ptr<Branch> branch_from(std::uint64_t size, std::uint64_t to) {
    auto out = std::make_unique<Branch>();
    out->log.create();
    out->log.grow_to(size);
    out->log.grow_to(to, "other ");
    out->log.serve();
    return out;
  }
  Result<Mirrored> update_from(MirrorSource& other) {
    SCRUTINEER_TRY(auto mirror, Mirror::open(ours, "copy", policy()));
    return mirror->update(other);
  }
  std::map<std::string, Bytes> evidence() {
    auto files = files_below(ours, "copy");
    std::erase_if(files, [](const auto& file) { return !file.first.starts_with("evidence/"); });
    return files;
  }
};

}  // namespace

TEST_CASE("mirror: at every size it holds the log's own tiles, and nothing of earlier sizes") {
  Fixture f;
  std::uint64_t before = 0;
  for (std::uint64_t size : {0, 1, 255, 256, 257, 300, 300, 511, 512, 700, 1'024}) {
    CAPTURE(size);
    f.serve(size);
    auto done = f.update();
    REQUIRE_MESSAGE(done.has_value(), (done ? "" : to_string(done.error())));
    CHECK(done->had == before);
    CHECK(done->checkpoint == f.log.log().checkpoint().checkpoint);
    CHECK(log_files(f.ours, "copy") == fresh_export(f.log.log()));
    before = size;
  }
  CHECK(files_below(f.ours, "copy").contains("checkpoints/257"));
  f.source.asked = 0;
  REQUIRE(f.update());
  CHECK(f.source.asked == 1);  // nothing new: the checkpoint alone
}

TEST_CASE("mirror: broken off anywhere, it goes on where it was") {
  Fixture f;
  f.serve(700);
  int needed = 0;
  for (int cut = 0;; ++cut) {
    CAPTURE(cut);
    f.source.left = cut;
    f.source.asked = 0;
    auto done = f.update();
    if (done) break;
    CHECK(done.error().code == ErrorCode::io_error);
    REQUIRE(cut < 100);
    needed = f.source.asked;
  }
  CHECK(needed <= 2);  // each attempt asked for the checkpoint, and kept the bundle that it got beside it
  CHECK(log_files(f.ours, "copy") == fresh_export(f.log.log()));
}

TEST_CASE("mirror: power fails at any point, and what it says it has, it has") {
  for (std::uint64_t at = 1;; at += 3) {
    Fixture f;
    f.serve(300);
    REQUIRE(f.update());
    f.serve(600);
    f.ours.inject(at, DiskFault::error);
    bool done = f.update().has_value();
    if (done && !f.ours.injected()) break;
    f.ours.crash();
    f.ours.inject(0, DiskFault::error);
    CAPTURE(at);
    auto mirror = Mirror::open(f.ours, "copy", policy());
    REQUIRE_MESSAGE(mirror.has_value(), (mirror ? "" : to_string(mirror.error())));
    REQUIRE((*mirror)->checkpoint().has_value());
    std::uint64_t size = (*mirror)->checkpoint()->checkpoint.size;
    CHECK((size == 300 || size == 600));
    Frontier tree;
    REQUIRE(visit_copy(f.ours, "copy", size, [&](std::uint64_t, BytesView entry) -> Status {
      tree.append(leaf_hash(entry));
      return {};
    }));
    CHECK(tree.root() == (*mirror)->checkpoint()->checkpoint.root);
    REQUIRE((*mirror)->update(f.source));
    CHECK((*mirror)->checkpoint()->checkpoint.size == 600);
  }
}

TEST_CASE("mirror: what is served is not what was signed") {
  auto flip = [](Bytes bytes, std::size_t at) {
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    return bytes;
  };
  struct Change {
    const char* what;
    const char* path;
    std::function<Bytes(const Bytes&)> change;
    ErrorCode code;
  } rows[] = {
      {"an entry's byte", "tile/entries/001.p/188", [&](const Bytes& b) { return flip(b, 900); }, ErrorCode::corrupt},
      {"an entry's byte in a full bundle", "tile/entries/000", [&](const Bytes& b) { return flip(b, 900); },
       ErrorCode::corrupt},
      {"a bundle cut short", "tile/entries/000", [](const Bytes& b) { return b.substr(0, b.size() - 1); },
       ErrorCode::malformed},
      {"an empty bundle", "tile/entries/001.p/188", [](const Bytes&) { return Bytes(); }, ErrorCode::malformed},
      {"the checkpoint's size", "checkpoint", [](const Bytes& b) { return "log.example/2026\n445" + b.substr(20); },
       ErrorCode::bad_signature},
      {"the checkpoint's root", "checkpoint", [&](const Bytes& b) { return flip(b, 26); }, ErrorCode::bad_signature},
      {"no checkpoint", "checkpoint", [](const Bytes&) { return Bytes("hello\n"); }, ErrorCode::malformed},
      {"signed by another log", "checkpoint",
       [](const Bytes& b) {
         SignedNote note = parse_note(b).value();
         return to_bytes(sign_checkpoint(parse_checkpoint_text(note.text).value(), *signer_from("x")).value());
       },
       ErrorCode::bad_signature},
      {"another log's", "checkpoint",
       [](const Bytes&) {
         return to_bytes(sign_checkpoint({"other.example/log", 5, empty_root()}, *signer_from("x")).value());
       },
       ErrorCode::unauthorised},
  };
  for (std::uint64_t had : {0, 100, 300}) {
    for (const Change& row : rows) {
      CAPTURE(had);
      CAPTURE(row.what);
      Fixture f;
      if (had > 0) {
        f.serve(had);
        REQUIRE(f.update());
      }
      std::map<std::string, Bytes> before;
      if (had > 0) before = log_files(f.ours, "copy");
      f.serve(444);
      if (had == 300 && row.path == std::string("tile/entries/000")) continue;  // it is not fetched again
      f.source.instead[row.path] = row.change(f.source.get(row.path, 1u << 24).value());
      auto done = f.update();
      REQUIRE_FALSE(done.has_value());
      CHECK(done.error().code == row.code);
      CHECK(log_files(f.ours, "copy") == before);
      CHECK(f.evidence().empty());
      f.source.instead.clear();
      CHECK(f.update());
      CHECK(log_files(f.ours, "copy") == fresh_export(f.log.log()));
    }
  }
}

TEST_CASE("mirror: what was left over from a lying server does no harm") {
  Fixture f;
  f.serve(700);
  Bytes good = f.source.get("tile/entries/000", 1u << 24).value();
  good[900] = static_cast<char>(good[900] ^ 1);
  f.source.instead["tile/entries/000"] = good;
  f.source.left = 2;  // the checkpoint and the false bundle, then the line is cut
  CHECK_FALSE(f.update());
  CHECK(files_below(f.ours, "copy").contains("tile/entries/000"));
  f.source.instead.clear();
  f.source.left = -1;
  CHECK(f.update());
  CHECK(log_files(f.ours, "copy") == fresh_export(f.log.log()));
}

TEST_CASE("mirror: a fork and a rollback are refused, and both checkpoints kept") {
  struct Change {
    const char* what;
    std::uint64_t common, to;
    ErrorCode code;
  } rows[] = {
      {"the same size, other entries", 250, 444, ErrorCode::conflict},
      {"smaller, other entries", 250, 440, ErrorCode::conflict},
      {"smaller, the same entries", 440, 440, ErrorCode::stale},
      {"empty again", 0, 0, ErrorCode::stale},
      {"larger, other entries in the last bundle", 400, 600, ErrorCode::conflict},
      {"larger, other entries in the first bundle", 100, 600, ErrorCode::conflict},
      {"larger, the last entry another one", 443, 600, ErrorCode::conflict},
      {"larger, and nothing in common", 0, 2'000, ErrorCode::conflict},
  };
  for (const Change& row : rows) {
    CAPTURE(row.what);
    Fixture f;
    f.serve(444);
    REQUIRE(f.update());
    auto before = log_files(f.ours, "copy");
    auto branch = f.branch_from(row.common, row.to);
    auto done = f.update_from(branch->source);
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().code == row.code);
    CHECK(log_files(f.ours, "copy") == before);
    auto evidence = f.evidence();
    REQUIRE(evidence.size() == 2);
    for (const auto& [path, note] : evidence) {
      auto checkpoint = verify_checkpoint(note, log_key().vkey);
      REQUIRE(checkpoint.has_value());
      CHECK(checkpoint->checkpoint.size == (path.ends_with(".kept") ? 444 : row.to));
    }
    f.serve(500);  // the true log goes on
    CHECK(f.update());
    // A fork whose tiles do not show it cannot be told from nonsense, and is refused as such.
    CHECK(log_files(f.ours, "copy") == fresh_export(f.log.log()));
  }
}

TEST_CASE("mirror: blobs come by their hash, and what is not served yet is asked for again") {
  Fixture f;
  World world;
  f.log.begin_election(world);
  const Bytes photo = "a photograph of a sheet", hidden = "shown after the announcement";
  auto ref = [](const Bytes& blob) {
    return R"({"sha256":")" + to_hex(blob_hash(blob)) + R"(","size":)" + std::to_string(blob.size()) +
           R"(,"type":"image/png"})";
  };
  f.log.append(note_of(R"({"pages":[)" + ref(photo) + "," + ref(hidden) + "," + ref(photo) + "]}"));
  f.log.append(
      to_bytes(SignedNote{"scrutineer/result-claim/1\n" + ref("a claim") + "\n", {Signatory("p").sign("x\n")}}));
  f.log.serve_blob(photo);
  f.serve(10);
  auto done = f.update().value();
  CHECK(done.blobs == 4);  // three tables and the photograph
  CHECK(done.missing == 1);
  CHECK(read_file(f.ours, "copy/" + blob_path(blob_hash(photo)), 100).value() == photo);

  const std::string path = blob_path(blob_hash(hidden));
  f.source.instead[path] = "shown after the announcemenT";
  done = f.update().value();
  CHECK(done.missing == 1);
  CHECK_FALSE(f.ours.exists("copy/" + path).value());
  f.source.instead[path] = hidden + "more";
  CHECK(f.update().value().missing == 1);
  f.source.instead.clear();
  f.log.serve_blob(hidden);
  done = f.update().value();
  CHECK(done.blobs == 1);
  CHECK(done.missing == 0);
  f.source.asked = 0;
  CHECK(f.update().value().missing == 0);
  CHECK(f.source.asked == 1);
}

TEST_CASE("mirror: more cosignatures are taken in, fewer are not") {
  Fixture f;
  auto witness = signer_from("w");
  VerifierKey vkey = cosigner_vkey("w.example", witness->public_key()).value();
  Policy asks = parse_policy(policy_text("witness w " + to_string(vkey) + "\nquorum w\n")).value();
  f.serve(5);
  auto update = [&] { return Mirror::open(f.ours, "copy", asks).value()->update(f.source); };
  CHECK_FALSE(update().value().witnessing.quorum_met);
  SignedNote note = parse_note(f.source.get("checkpoint", 1u << 20).value()).value();
  note.signatures.push_back(cosign(note.text, "w.example", UnixSeconds{1'700'000'000}, *witness).value());
  f.source.instead["checkpoint"] = to_bytes(note);
  CHECK(update().value().witnessing.quorum_met);
  f.source.instead.clear();
  CHECK_FALSE(update().value().witnessing.quorum_met);  // as served
  CHECK(read_file(f.ours, "copy/checkpoint", 1u << 20).value() == to_bytes(note));
  note.signatures[1].signature[20] ^= 1;
  f.source.instead["checkpoint"] = to_bytes(note);
  CHECK(update().error().code == ErrorCode::bad_signature);
}

TEST_CASE("mirror: a damaged copy and a copy of another log are told") {
  Fixture f;
  f.serve(300);
  REQUIRE(f.update());
  SUBCASE("a tile of the right edge") {
    f.ours.flip("copy/tile/0/001.p/44", 7, 1);
    CHECK(f.update().error().code == ErrorCode::corrupt);
  }
  SUBCASE("its checkpoint") {
    f.ours.flip("copy/checkpoint", 20, 1);
    CHECK_FALSE(f.update());
  }
  SUBCASE("another policy") {
    Policy other = parse_policy("log " + to_string(Signatory("x.example").key) + "\nquorum none\n").value();
    CHECK(Mirror::open(f.ours, "copy", other).error().code == ErrorCode::unauthorised);
  }
  SUBCASE("two mirrors in one directory") {
    auto first = Mirror::open(f.ours, "copy", policy()).value();
    CHECK(Mirror::open(f.ours, "copy", policy()).error().code == ErrorCode::busy);
  }
}

}  // namespace scrutineer
