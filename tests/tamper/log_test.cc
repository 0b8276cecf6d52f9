// The authority as attacker, further: definitions, tables, entries that are no records, tiles, checkpoints, claims.
#include <doctest/doctest.h>

#include "core/crypto/hash.h"
#include "core/merkle/tile.h"
#include "core/verify/manifest.h"
#include "tests/tamper/attack.h"

using namespace scrutineer;
using namespace scrutineer::tamper;

namespace {

std::string definition_text(const Forge& f) {
  return std::string(entry_text(f.entries[0]));
}

Bytes& blob(Files& out, const BlobRef& table) {
  return out.at(blob_path(table.sha256));
}

void replace(std::string& in, std::string_view from, std::string_view to) {
  std::size_t at = in.find(from);
  REQUIRE(at != in.npos);
  in.replace(at, from.size(), to);
}

// A note of any text, signed by unit 1's chair.
Bytes note(const Forge& f, const std::string& text) {
  return to_bytes(SignedNote{text, {f.signature(text, "d001/u00001/chair")}});
}

}  // namespace

TEST_SUITE("log") {
  TEST_CASE("log: the definition and its tables") {
    run({
        {"fewer roots than the threshold signed it",
         [](Forge& f) { f.entries[0] = f.sign(definition_text(f), {"root-1"}); }, Answer::refused, CheckId::definition,
         "too few of the trusted roots"},
        {"one root signed it under two names",
         [](Forge& f) {
           std::string text = definition_text(f);
           auto signer = make_signer(key_of("1", "root-1")).value();
           f.entries[0] =
               entry_bytes(text, {f.signature(text, "root-1"), sign_note(text, "root-9", *signer).value()}).value();
         },
         Answer::refused, CheckId::definition, "too few of the trusted roots"},
        {"signed under the roots' names with other keys",
         [](Forge& f) {
           f.entries[0] = f.sign(definition_text(f), {"root-1~a", "root-2~b"});
         },
         Answer::refused, CheckId::definition, "too few of the trusted roots"},
        {"garbage under the roots' names",
         [](Forge& f) {
           f.entries[0] = f.sign(definition_text(f), {"!root-1", "!root-2"});
         },
         Answer::refused, CheckId::signatures, "bad-signature"},
        {"a second definition, signed by the roots",
         [](Forge& f) {
           Definition second = f.simulated().definition();
           second.signing[0].any_of[0].needs = {{Role("coordinator"), 1}};
           f.entries.insert(f.entries.begin() + 1, f.sign(record_text(Record{{}, {}, second}), {"root-1", "root-2"}));
         },
         Answer::refused, CheckId::entries, "other-definition"},
        {"another definition in its place",
         [](Forge& f) {
           Definition second = f.simulated().definition();
           second.simulated = false;
           f.entries[0] = f.sign(record_text(Record{{}, {}, second}), {"root-1", "root-2"});
         },
         Answer::refused, CheckId::definition, "is not in this log"},
        {"no definition", [](Forge& f) { f.entries[0] = f.entries[1]; }, Answer::refused, CheckId::definition,
         "is not in this log"},
        {"another unit table under the old name",
         [](Forge& f) {
           f.files = [&f](Files& out) { replace(blob(out, f.simulated().definition().units), "투표", "투포"); };
         },
         Answer::refused, CheckId::definition, "not the table that the definition names"},
        {"two options' names exchanged",
         [](Forge& f) {
           f.files = [&f](Files& out) {
             Bytes& table = blob(out, f.simulated().definition().options);
             replace(table, "모의 새벽당", "모의 X");
             replace(table, "모의 한결당", "모의 새벽당");
             replace(table, "모의 X", "모의 한결당");
           };
         },
         Answer::refused, CheckId::definition, "not the table that the definition names"},
        {"no plausibility rules",
         [](Forge& f) {
           f.files = [&f](Files& out) {
             out.at(blob_path(f.simulated().definition().rules.sha256)) = R"({"rules":[]})";
           };
         },
         Answer::refused, CheckId::definition, "not the table that the definition names"},
        {"a table left out",
         [](Forge& f) {
           f.files = [&f](Files& out) { out.erase(blob_path(f.simulated().definition().options.sha256)); };
         },
         Answer::refused, CheckId::definition, ""},
        {"a blob under another's name",
         [](Forge& f) {
           f.files = [](Files& out) { out[blob_path(blob_hash("a photograph"))] = "another photograph"; };
         },
         Answer::refused, CheckId::files, "blob/"},
    });
  }

  TEST_CASE("log: entries that are no records of this election") {
    run({
        {"text without a record", [](Forge& f) { f.entries.push_back(note(f, "hello\n")); }, Answer::refused,
         CheckId::entries, "entry "},
        {"bytes that are no note", [](Forge& f) { f.entries.push_back(Bytes("\0\1\2", 3)); }, Answer::refused,
         CheckId::entries, "entry "},
        {"an empty entry", [](Forge& f) { f.entries.push_back({}); }, Answer::refused, CheckId::entries, "entry "},
        {"one name twice in one sheet",
         [](Forge& f) {
           const Station& station = f.stations()[0];
           std::string text = f.text(station.sheet);
           replace(text, "\"unit\"", "\"unit\":\"U00002\",\"unit\"");
           std::vector<NoteSignature> signatures;
           Bytes entry = text + "\n";
           for (const std::string& name : station.people()) append_signature_line(entry, f.signature(text, name));
           f.entries.push_back(entry);
         },
         Answer::refused, CheckId::entries, "entry "},
        {"votes below zero",
         [](Forge& f) {
           CountSheet sheet = f.stations()[0].sheet;
           sheet.votes[0].second = -1;
           std::string text = f.text(sheet);
           Bytes entry = text + "\n";
           for (const std::string& name : f.stations()[0].people())
             append_signature_line(entry, f.signature(text, name));
           f.entries[f.stations()[0].entry] = entry;
         },
         Answer::refused, CheckId::entries, "entry "},
        {"a record type of the future",
         [](Forge& f) {
           f.entries.push_back(note(f, "scrutineer/magic/1\n{\"election\":\"" + std::string(64, '0') + "\"}\n"));
         },
         Answer::shown, CheckId::entries, "a newer verifier may"},
        {"a sheet of a later version",
         [](Forge& f) {
           std::string text = f.text(f.stations()[0].sheet);
           replace(text, "count-sheet/1", "count-sheet/2");
           f.pretended = f.entries;
           f.entries[f.stations()[0].entry] = note(f, text);
         },
         Answer::shown, CheckId::entries, "a newer verifier may", 5},
    });
  }

  TEST_CASE("log: tiles and checkpoint") {
    const std::string bundle = "tile/entries/000.p/29", tile = "tile/0/000.p/29";
    run({
        {"a tile that holds another hash", [&](Forge& f) { f.files = [&](Files& out) { out.at(tile)[40] ^= 1; }; },
         Answer::refused, CheckId::tiles, "the tile does not hold the hash"},
        {"a tile of zeros",
         [&](Forge& f) { f.files = [&](Files& out) { out.at(tile).assign(out.at(tile).size(), '\0'); }; },
         Answer::refused, CheckId::root, "root"},
        {"other entries, tiles to match, the honest checkpoint",
         [](Forge& f) {
           Forge honest;
           Bytes checkpoint = honest.make().at(kCheckpointPath);
           std::swap(f.entries[f.setup()], f.entries[f.setup() + 1]);
           f.files = [checkpoint](Files& out) { out.at(kCheckpointPath) = checkpoint; };
         },
         Answer::refused, CheckId::root, "do not have the root"},
        {"a tile that is not of this size",
         [&](Forge& f) { f.files = [&](Files& out) { out["tile/0/000.p/28"] = out.at(tile).substr(0, 28 * 32); }; },
         Answer::refused, CheckId::tiles, "no such tile"},
        {"entries that are not of this size",
         [&](Forge& f) { f.files = [&](Files& out) { out["tile/entries/000.p/7"] = out.at(bundle); }; },
         Answer::refused, CheckId::entries, "no such entries"},
        {"a tile of a level that is not there",
         [&](Forge& f) { f.files = [&](Files& out) { out["tile/1/000.p/1"] = Bytes(32, 'x'); }; }, Answer::refused,
         CheckId::tiles, "no such tile"},
        {"no entries at all", [&](Forge& f) { f.files = [&](Files& out) { out.erase(bundle); }; }, Answer::refused,
         CheckId::entries, "are missing"},
        {"a checkpoint signed by another key of the same name", [](Forge& f) { f.log_key = "x~other"; },
         Answer::refused, CheckId::checkpoint, ""},
        {"a log of another name", [](Forge& f) { f.log_name = "other.example/2031"; }, Answer::refused,
         CheckId::checkpoint, ""},
        {"a checkpoint that nobody signed",
         [](Forge& f) {
           f.files = [&f](Files& out) {
             SignedNote unsigned_by_log = parse_note(out.at(kCheckpointPath)).value();
             unsigned_by_log.signatures = {f.signature(unsigned_by_log.text, "publisher")};
             out.at(kCheckpointPath) = to_bytes(unsigned_by_log);
           };
         },
         Answer::refused, CheckId::checkpoint, ""},
    });
  }

  TEST_CASE("log: claims") {
    run({
        {"none", [](Forge& f) { f.claimed = false; }, Answer::refused, CheckId::claim, "no result claim is in effect"},
        {"by a coordinator", [](Forge& f) { f.claim_signers = {"d001/coordinator"}; }, Answer::refused, CheckId::claim,
         "no result claim is in effect"},
        {"by roots",
         [](Forge& f) {
           f.claim_signers = {"root-1", "root-2"};
         },
         Answer::refused, CheckId::claim, "no result claim is in effect"},
        {"by a publisher who is revoked",
         [](Forge& f) {
           Revoke lost{record_id(entry_text(f.entries[f.grant_of("publisher")])), "left"};
           f.entries.push_back(f.record(lost, {"root-1", "root-2"}));
         },
         Answer::refused, CheckId::claim, "no result claim is in effect"},
        {"by a publisher who was revoked since: the list of files",
         [](Forge& f) {
           Revoke lost{record_id(entry_text(f.entries[f.grant_of("publisher")])), "left"};
           f.later.push_back(f.record(lost, {"root-1", "root-2"}));
         },
         Answer::refused, CheckId::manifest_signature, "nobody who may publish"},
        {"about entries that come after it", [](Forge& f) { f.as_of = 1'000; }, Answer::refused, CheckId::claim,
         "entries that come after it"},
        {"about fewer entries, with the figures of all",
         [](Forge& f) {
           f.as_of = std::ssize(f.entries) - 1;
           f.pretended = f.entries;
         },
         Answer::refused, CheckId::claimed_values, "claims/"},
        {"about fewer entries, honestly", [](Forge& f) { f.as_of = std::ssize(f.entries) - 1; }, Answer::shown,
         CheckId::claim, "1 records took effect since", 5},
        {"about nothing at all", [](Forge& f) { f.as_of = 0; }, Answer::shown, CheckId::claim,
         "28 records took effect since", 0},
        {"that goes back behind an earlier one",
         [](Forge& f) {
           Forge first;
           first.make();
           f.entries.push_back(first.record(ResultClaim{std::ssize(first.entries), {}}, {"publisher"}));
           f.as_of = std::ssize(f.entries) - 2;
         },
         Answer::shown, CheckId::claim, "1 records took effect since", 5},
        {"that leaves a file out", [](Forge& f) { f.claims = [](Files& files) { files.erase("claims/seats.json"); }; },
         Answer::refused, CheckId::claim, "does not name claims/seats.json"},
        {"that names a file of its own",
         [](Forge& f) { f.claims = [](Files& files) { files["claims/final.csv"] = "we won\n"; }; }, Answer::refused,
         CheckId::claim, "cannot recompute"},
        {"that names one file twice, with two contents",
         [](Forge& f) {
           f.claim = [](ResultClaim& claim) {
             claim.files.push_back(claim.files[0]);
             claim.files.back().blob.sha256 = blob_hash("other figures");
           };
         },
         Answer::refused, CheckId::claim, "claims/results-1.csv"},
        {"that states another size", [](Forge& f) { f.claim = [](ResultClaim& claim) { ++claim.files[0].blob.size; }; },
         Answer::refused, CheckId::claim, "claims/results-1.csv"},
        {"that names other bytes than those published",
         [](Forge& f) {
           f.claim = [](ResultClaim& claim) { claim.files[0].blob.sha256 = blob_hash("other figures"); };
         },
         Answer::refused, CheckId::claim, "is not the one that the signed claim names"},
    });
  }
}
