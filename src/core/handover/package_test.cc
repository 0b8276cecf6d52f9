#include "core/handover/package.h"

#include <doctest/doctest.h>

#include "core/crypto/hash.h"
#include "tests/support/world.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

constexpr std::string_view kAt = "2025-06-03T21:00:00Z";
const RecordId kElection{sha256("an election")};

Bytes pack(const std::vector<Bytes>& entries, const std::vector<Bytes>& blobs = {}) {
  return write_handover(kElection, "d1/chair", kAt, entries, blobs, *signer_from("d1/chair")).value();
}

// A package whose packer signs whatever payload he likes: the numbers in the header are his.
Bytes signed_anyway(BytesView payload, int records, int blobs, std::string from = "d1/chair") {
  std::string text = "scrutineer/handover/1\n{\"election\":\"" + to_hex(kElection) + "\",\"from\":\"" + from +
                     "\",\"at\":\"" + std::string(kAt) + "\",\"records\":" + std::to_string(records) +
                     ",\"blobs\":" + std::to_string(blobs) + ",\"size\":" + std::to_string(payload.size()) +
                     ",\"sha256\":\"" + to_hex(sha256(payload)) + "\"}\n";
  return to_bytes(SignedNote{text, {Signatory("d1/chair").sign(text)}}) + Bytes(payload);
}

Bytes frame(BytesView bytes) {
  Bytes out;
  append_be32(out, static_cast<std::uint32_t>(bytes.size()));
  return out.append(bytes);
}

// "code where" of what parse_handover says, "good" where it says nothing.
std::string verdict(BytesView file) {
  auto package = parse_handover(file);
  if (package) return "good";
  CHECK(package.error().message.size() > 20);  // a sentence
  return std::string(error_code_name(package.error().code)) + " " + package.error().where;
}

Bytes entry_naming(std::string_view blob) {
  World world;
  ResultClaim claim{3, {{"results.csv", blob_of(blob, "text/csv")}, {"again.csv", blob_of(blob, "text/csv")}}};
  return World::entry(world.text(claim), {"publisher"});
}

}  // namespace

TEST_CASE("what goes into a package comes out of it") {
  std::vector<Bytes> entries = {"second\n", "first\n", std::string(65'535, 'x')};
  std::vector<Bytes> blobs = {"photograph", "", "photograph", std::string(1, '\0')};
  Bytes file = pack(entries, blobs);
  auto package = parse_handover(file);
  REQUIRE(package.has_value());
  CHECK(package->header.election == kElection);
  CHECK(package->header.from == "d1/chair");
  CHECK(package->header.at == kAt);
  CHECK(std::equal(package->entries.begin(), package->entries.end(), entries.begin(), entries.end()));
  REQUIRE(package->blobs.size() == 3);  // the same one once
  for (std::size_t i = 1; i < 3; ++i) CHECK(blob_hash(package->blobs[i - 1]) < blob_hash(package->blobs[i]));
  CHECK(pack(entries, blobs) == file);  // the same bytes again
  CHECK(parse_handover(pack({})).has_value());
}

TEST_CASE("what is wrong with a file, and where") {
  Bytes good = pack({"one\n", "two\n"}, {"blob"});
  auto with = [&](std::string_view from, std::string_view to) {
    Bytes file = good;
    return file.replace(file.find(from), from.size(), to);
  };
  struct Row {
    const char* name;
    Bytes file;
    const char* verdict;
  };
  Bytes a = frame("a"), b = frame("b");
  Bytes low = blob_hash("a") < blob_hash("b") ? a : b, high = low == a ? b : a;
  const Row rows[] = {
      {"nothing", "", "malformed line 1"},
      {"something else", "PK\x03\x04", "malformed line 1"},
      {"a later version", with("handover/1", "handover/2"), "unsupported line 1"},
      {"cut in the header", good.substr(0, 60), "malformed header"},
      {"cut in the payload", good.substr(0, good.size() - 1), "corrupt payload"},
      {"without its payload", good.substr(0, good.size() - 24), "corrupt payload"},
      {"something after the end", good + "x", "corrupt payload"},
      {"twice in one file", good + good, "corrupt payload"},
      {"a byte of a record changed", with("two\n", "twO\n"), "corrupt payload"},
      {"two records swapped", with(frame("one\n") + frame("two\n"), frame("two\n") + frame("one\n")),
       "corrupt payload"},
      {"from somebody else", signed_anyway("", 0, 0, "d2/chair"), "malformed header"},
      {"no time", with("21:00:00Z", "21:00:00 "), "malformed line 2: at"},
      {"no JSON", with("{\"election", "[\"election"), "malformed line 2: byte 11"},
      // Signed by the packer himself:
      {"an empty entry", signed_anyway(frame(""), 1, 0), "malformed entry 1"},
      {"an entry that no log takes", signed_anyway(frame(std::string(65'536, 'x')), 1, 0), "limit_exceeded entry 1"},
      {"an entry twice", signed_anyway(a + b + a, 3, 0), "malformed entry 3"},
      {"fewer entries than stated", signed_anyway(a, 2, 0), "malformed entry 2"},
      {"more entries than stated", signed_anyway(a + b, 1, 0), "malformed payload"},
      {"a length beyond the end", signed_anyway(BytesView(a).substr(0, 4), 1, 0), "malformed entry 1"},
      {"blobs in order", signed_anyway(low + high, 0, 2), "good"},
      {"blobs out of order", signed_anyway(high + low, 0, 2), "malformed blob 2"},
      {"a blob twice", signed_anyway(a + a, 0, 2), "malformed blob 2"},
      {"more than the limit", signed_anyway("", 1'000'001, 0), "malformed line 2: records"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(verdict(row.file) == row.verdict);
  }
  CHECK(verdict(good) == "good");
}

TEST_CASE("no prefix of a package and no flipped bit passes for the package") {
  Bytes good = pack({"one\n"}, {"blob"});
  auto package = parse_handover(good);
  REQUIRE(package.has_value());
  VerifierKey key = Signatory("d1/chair").key;
  auto passes = [&](const Bytes& file) {
    auto parsed = parse_handover(file);
    return parsed && verify_note_signature(parsed->text, parsed->signature, key);
  };
  REQUIRE(passes(good));
  for (std::size_t size = 0; size < good.size(); ++size) CHECK_FALSE(passes(good.substr(0, size)));
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    Bytes file = good;
    file[bit / 8] = static_cast<char>(file[bit / 8] ^ (1 << bit % 8));
    CAPTURE(bit);
    CHECK_FALSE(passes(file));
  }
}

TEST_CASE("whoever packs holds a grant") {
  World world;
  world.append(world.definition_text(), {"root-1", "root-2"});
  auto grant = [&](const char* name) {
    std::string text = world.text(Grant{Signatory(name).key, Role("chair"), {{"/"}, {"*"}}}, std::string(kAt));
    world.append(text, {"root-1", "root-2"});
    return record_id(text);
  };
  grant("d1/chair");
  RecordId gone = grant("d2/chair");
  world.append(world.text(Revoke{gone, "left"}), {"root-1", "root-2"});
  grant("d3/chair");
  world.append(world.text(Compromised{Signatory("d3/chair").key, 0, "stolen"}), {"root-1", "root-2"});
  auto fold = world.fold();
  REQUIRE(fold.has_value());
  auto said = [&](const std::string& name, const std::string& key) -> std::string {
    Bytes file = write_handover(kElection, name, kAt, {}, {}, *signer_from(key)).value();
    Status status = check_packer(parse_handover(file).value(), (*fold)->book());
    return status ? "good" : std::string(error_code_name(status.error().code));
  };
  CHECK(said("d1/chair", "d1/chair") == "good");
  CHECK(said("root-3", "root-3") == "good");
  CHECK(said("d2/chair", "d2/chair") == "unauthorised");  // revoked
  CHECK(said("d3/chair", "d3/chair") == "unauthorised");  // compromised
  CHECK(said("d4/chair", "d4/chair") == "unauthorised");  // unknown
  CHECK(said("d1/chair", "d4/chair") == "unauthorised");  // another key under a known name
  Bytes file = write_handover(kElection, "d1/chair", kAt, {}, {}, *signer_from("d1/chair")).value();
  Handover forged = parse_handover(file).value();
  forged.signature = Signatory("d1/chair").garbage();
  CHECK(check_packer(forged, (*fold)->book()).error().code == ErrorCode::bad_signature);
}

TEST_CASE("what a record names by hash travels along") {
  auto blobs = blobs_named_by(entry_naming("a,b\n"));
  REQUIRE(blobs.size() == 1);
  CHECK(blobs[0] == blob_of("a,b\n", "text/csv"));
  World world;
  CHECK(blobs_named_by(World::entry(world.definition_text(), {"root-1"})).size() == 3);
  // A record type that this version does not know.
  std::string later = "scrutineer/later/9\n{\"x\":[{\"y\":{\"sha256\":\"" + std::string(64, 'a') +
                      "\",\"size\":3,\"type\":\"image/png\"}}]}\n";
  CHECK(blobs_named_by(World::entry(later, {"chair"})).size() == 1);
  CHECK(blobs_named_by("no note").empty());
  CHECK(blobs_named_by("").empty());
  CHECK(blobs_named_by(World::entry("one line\n", {"chair"})).empty());
}
