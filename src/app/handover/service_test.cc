#include "app/handover/service.h"

#include <doctest/doctest.h>

#include <map>

#include "app/disk/sim_disk.h"
#include "app/projection/intake.h"
#include "tests/support/world.h"

namespace scrutineer {
namespace {

using namespace scrutineer::testing;

NamedKey key_of(const std::string& name) {
  PrivateKey secret{KeyType::ed25519, SecretBytes::copy_of(sha256("seed " + name).view())};
  return named_key(name, std::move(secret)).value();
}

// The server: a real log behind a real intake, blobs in memory.
class Server {
 public:
  explicit Server(const World& world) : world_(world) {
    log_ = Log::create(disk_, "log", "log.example", *key_).value();
    intake_ = Intake::open(*log_, world.election(), world.roots(), 1).value();
  }
  void append(std::span<const Bytes> entries) {
    for (const auto& result : intake_->append(entries)) REQUIRE(result.has_value());
  }
  Result<ImportReport> import(BytesView file, PackerCheck check = PackerCheck::before) {
    return import_package(
        file, world_.election(), [&](std::span<const Bytes> entries) { return intake_->append(entries); },
        [&](BytesView blob) -> Status {
          if (full) return fail(ErrorCode::disk_full, "the disk is full");
          blobs[blob_hash(blob)] = Bytes(blob);
          return {};
        },
        intake_->fold().book(), check);
  }
  std::uint64_t size() const { return log_->reader().size(); }
  std::int64_t counted() { return intake_->fold().tally().totals(0, 0).sheets; }
  const LogReader& reader() const { return log_->reader(); }

  std::map<BlobHash, Bytes> blobs;
  bool full = false;

 private:
  const World& world_;
  SimDisk disk_;
  std::unique_ptr<Signer> key_ = signer_from("log.example");
  std::unique_ptr<Log> log_;
  std::unique_ptr<Intake> intake_;
};

// Three sheets of a polling station that has no network, on top of what the server knows.
struct Night {
  World world;
  std::vector<Bytes> known, counted;
  Bytes photograph = "a photograph of the sheet";

  Night() {
    known.push_back(World::entry(world.definition_text(), {"root-1", "root-2"}));
    for (const char* name : {"chair", "member-1", "member-2", "stick"})
      known.push_back(World::entry(
          world.text(Grant{Signatory(name).key, Role(name[0] == 'm' ? "member" : "chair"), {{"/"}, {"*"}}}),
          {"root-1", "root-2"}));
    for (const char* unit : {"a1", "a2", "b1"}) counted.push_back(sheet(unit, {"chair", "member-1", "member-2"}));
    Attachment paper{UnitId("a1"), ContestId("mayor"), blob_of(photograph, "image/png"), ""};
    counted.push_back(World::entry(world.text(paper), {"chair"}));
  }
  Bytes sheet(const char* unit, const std::vector<std::string>& signers, std::int64_t votes = 7) const {
    CountSheet sheet;
    sheet.unit = UnitId(unit);
    sheet.contest = ContestId("mayor");
    sheet.valid = votes;
    sheet.votes = {{OptionId("A"), votes}, {OptionId("B"), 0}, {OptionId("C"), 0}};
    return World::entry(world.text(sheet), signers);
  }
  Bytes pack(const std::vector<Bytes>& entries, const std::vector<Bytes>& blobs = {}, std::string by = "stick") const {
    return write_handover(world.election().id(), by, "2025-06-03T21:00:00Z", entries, blobs, *signer_from(by)).value();
  }
};

std::string outcome(const Result<ImportReport>& report) {
  if (!report) return std::string(error_code_name(report.error().code));
  std::string out;
  for (const ImportedRecord& record : report->records) {
    out += out.empty() ? "" : " ";
    out += kImportOutcomeNames[static_cast<std::size_t>(record.outcome)];
    if (record.why) out += ":" + std::string(error_code_name(record.why->code));
    CHECK(record.why.has_value() == (record.outcome == ImportOutcome::refused));
  }
  return out;
}

}  // namespace

TEST_CASE("a stick is handed in twice: each sheet counts once") {
  Night night;
  Server server(night.world);
  server.append(night.known);
  Bytes file = night.pack(night.counted, {night.photograph});
  auto first = server.import(file);
  CHECK(outcome(first) == "new new new new");
  CHECK(first->records[0].what == "count-sheet a1 mayor");
  CHECK(first->records[3].position == 8);
  CHECK(first->blobs_kept == 1);
  CHECK(server.blobs.contains(blob_hash(night.photograph)));
  CHECK(server.counted() == 3);
  auto again = server.import(file);
  CHECK(outcome(again) == "known known known known");
  CHECK(again->records[2].position == first->records[2].position);
  CHECK(server.size() == 9);
  CHECK(server.counted() == 3);
}

TEST_CASE("what a bad package does: nothing") {
  Night night;
  Bytes good = night.pack(night.counted, {night.photograph});
  auto flipped = [&](std::size_t at) {
    Bytes file = good;
    file[at] = static_cast<char>(file[at] ^ 1);
    return file;
  };
  World other;
  struct Bad {
    const char* name;
    Bytes file;
    const char* outcome;
  };
  const Bad rows[] = {
      {"truncated", good.substr(0, good.size() - 1), "corrupt"},
      {"a bit flipped in a sheet", flipped(good.size() - night.photograph.size() - 200), "corrupt"},
      {"two packages in one file", good + good, "corrupt"},
      {"by somebody without a grant", night.pack(night.counted, {}, "stranger"), "unauthorised"},
      {"by a stranger under a granted name",
       write_handover(night.world.election().id(), "stick", "2025-06-03T21:00:00Z", night.counted, {},
                      *signer_from("stranger"))
           .value(),
       "unauthorised"},
      {"of another election",
       write_handover(RecordId{}, "stick", "2025-06-03T21:00:00Z", night.counted, {}, *signer_from("stick")).value(),
       "conflict"},
  };
  for (const Bad& row : rows) {
    CAPTURE(row.name);
    Server server(night.world);
    server.append(night.known);
    CHECK(outcome(server.import(row.file)) == row.outcome);
    CHECK(server.size() == night.known.size());
    CHECK(server.blobs.empty());
  }
}

TEST_CASE("each record stands on its own signatures, whoever carries it") {
  Night night;
  Server server(night.world);
  server.append(night.known);
  Bytes forged = night.sheet("s1", {"!chair", "member-1", "member-2"});
  Bytes strangers = night.sheet("s2", {"stranger-1", "stranger-2"});
  Bytes one_member = night.sheet("s1", {"member-1"});
  auto report = server.import(night.pack({forged, night.counted[0], strangers, "no record at all\n", one_member}));
  CHECK(outcome(report) == "refused:bad_signature new refused:unauthorised refused:malformed new");
  CHECK_FALSE(report->records[3].id.has_value());
  CHECK(server.counted() == 1);  // one member's name is kept and does not count

  // The other signatures follow on another stick: the same record, more signers.
  CHECK(outcome(server.import(night.pack({night.sheet("s1", {"chair", "member-2"})}))) == "new");
  CHECK(server.counted() == 2);
}

TEST_CASE("records in another order: refused until what they rest on is there, then taken") {
  Night night;
  Server server(night.world);
  server.append(night.known);
  Bytes grant =
      World::entry(night.world.text(Grant{Signatory("late").key, Role("clerk"), {{"/"}, {"*"}}}), {"root-1", "root-2"});
  Bytes sheet = night.sheet("s2", {"late"});
  Bytes file = night.pack({sheet, grant});
  CHECK(outcome(server.import(file)) == "refused:unauthorised new");
  CHECK(server.counted() == 0);
  CHECK(outcome(server.import(file)) == "new known");
  CHECK(server.counted() == 1);
}

TEST_CASE("blobs: what no record names is not kept; a full disk takes nothing and loses nothing") {
  Night night;
  Server server(night.world);
  server.append(night.known);
  Bytes file = night.pack(night.counted, {night.photograph, "a film that nobody asked for"});
  server.full = true;
  CHECK(outcome(server.import(file)) == "disk_full");
  CHECK(server.size() == night.known.size());
  server.full = false;
  auto report = server.import(file);
  CHECK(outcome(report) == "new new new new");
  CHECK(report->blobs_kept == 1);
  CHECK(report->blobs_unnamed == 1);
  CHECK(server.blobs.size() == 1);
}

TEST_CASE("what one log packs another takes; an empty log begins with it") {
  Night night;
  Server centre(night.world), server(night.world);
  centre.append(night.known);
  centre.append(night.counted);
  auto read_blob = [&](const BlobHash& hash) -> Result<Bytes> {
    if (hash == blob_hash(night.photograph)) return night.photograph;
    return fail(ErrorCode::not_found, "not here");
  };
  RecordId election = night.world.election().id();
  NamedKey key = key_of("stick");
  auto packed = pack_records(centre.reader(), election, {.since = 5, .records = {}}, read_blob, key, UnixSeconds{0});
  REQUIRE(packed.has_value());
  CHECK(packed->entries == 4);
  CHECK(packed->blobs == 1);
  CHECK(packed->absent.empty());
  // Nobody is granted anything in a log that is empty.
  CHECK(outcome(server.import(packed->file)) == "unauthorised");

  auto everything = pack_records(centre.reader(), election, {}, read_blob, key, UnixSeconds{0});
  REQUIRE(everything.has_value());
  CHECK(everything->absent.size() == 3);  // the tables, which this test keeps elsewhere
  CHECK(outcome(server.import(everything->file, PackerCheck::none)) == "new new new new new new new new new");
  CHECK(server.counted() == 3);
  CHECK(server.reader().root(9).value() == centre.reader().root(9).value());

  RecordId sheet = parse_entry(night.counted[1])->id;
  auto one = pack_records(centre.reader(), election, {.since = 0, .records = std::vector{sheet}}, read_blob, key,
                          UnixSeconds{0});
  REQUIRE(one.has_value());
  CHECK(outcome(server.import(one->file)) == "known");
  CHECK(pack_records(centre.reader(), election, {.since = 0, .records = std::vector{RecordId{}}}, read_blob, key,
                     UnixSeconds{0})
            .error()
            .code == ErrorCode::not_found);
}

}  // namespace scrutineer
